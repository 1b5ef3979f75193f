/* Runs a program in a terminal of its own and says what it costs, one "name value" a line:
 *   measure --words W [--runs N] [--keys KEYS] [--open] [--idle SECONDS] PROGRAM [ARG...]
 * Times are in ms; of the runs the middle one, the best and the worst. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counters.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "terminal.h"

enum {
	Rows = 54, Cols = 80,
	MaxRuns = 100, Steps = 20, Pages = 10, Opens = 10,
	FirstByteMs = 500, QuietMs = 30, GiveUpMs = 60000,
};

static const char down[] = "\033OB";

struct task {
	const char *words;  /* on the screen when it is useful */
	const char *keys;   /* one byte a key, pressed before the rest is measured; d is the arrow down */
	int runs, idle_s;
	bool open;          /* Enter opens something and Esc goes back */
	char **argv;
	int instructions;   /* descriptor, -1 none */
};

struct cost {
	int64_t wall_us, cpu_us, instructions, bytes;
};

static void give_up(struct terminal *t, const char *what)
{
	struct sbuf text = {0};
	terminal_text(t, &text);
	fprintf(stderr, "measure: %s\n%s", what, sbuf_str(&text));
	terminal_kill(t);
	exit(1);
}

static bool on_screen(const struct terminal *t, const char *words)
{
	struct sbuf text = {0};
	terminal_text(t, &text);
	bool found = strstr(sbuf_str(&text), words) != NULL;
	sbuf_fini(&text);
	return found;
}

static void wait_words(struct terminal *t, const char *words)
{
	int64_t until = counters_now_us() + (int64_t)GiveUpMs * 1000;
	while (!on_screen(t, words)) {
		if (counters_now_us() > until || (t->ended && !terminal_read(t, 0)))
			give_up(t, "the words do not come");
		terminal_read(t, 50);
	}
}

static void wait_quiet(struct terminal *t, int ms)
{
	while (terminal_read(t, ms))
		;
}

static struct cost cost_now(const struct task *task, const struct terminal *t)
{
	return (struct cost){counters_now_us(), t->pid > 0 ? counters_cpu_us(t->pid) : 0,
		counters_instructions(task->instructions), (int64_t)t->raw.n};
}

static struct cost cost_between(const struct cost *from, const struct cost *to)
{
	return (struct cost){to->wall_us - from->wall_us, to->cpu_us - from->cpu_us,
		to->instructions - from->instructions, to->bytes - from->bytes};
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The middle, the best and the worst of one part of the costs. */
static void print_part(const char *what, const char *part, const struct cost *cost, int n, size_t at,
	double unit)
{
	int64_t v[MaxRuns];
	for (int i = 0; i < n; i++)
		memcpy(&v[i], (const char *)&cost[i] + at, sizeof v[i]);
	qsort(v, (size_t)n, sizeof v[0], by_size);
	printf("%s_%s %.*f\n", what, part, unit > 1 ? 2 : 0, (double)v[n / 2] / unit);
	printf("%s_%s_best %.*f\n", what, part, unit > 1 ? 2 : 0, (double)v[0] / unit);
	printf("%s_%s_worst %.*f\n", what, part, unit > 1 ? 2 : 0, (double)v[n - 1] / unit);
}

static void print_cost(const struct task *task, const char *what, const struct cost *cost, int n)
{
	print_part(what, "ms", cost, n, offsetof(struct cost, wall_us), 1000);
	print_part(what, "cpu", cost, n, offsetof(struct cost, cpu_us), 1000);
	print_part(what, "bytes", cost, n, offsetof(struct cost, bytes), 1);
	if (task->instructions >= 0)
		print_part(what, "instructions", cost, n, offsetof(struct cost, instructions), 1);
}

/* From before the fork until the words stand on the screen. */
static struct cost start(struct task *task, struct terminal *t)
{
	extern char **environ;
	struct terminal none = {0};
	if (task->instructions >= 0)
		close(task->instructions);
	task->instructions = counters_open_instructions();
	struct cost before = cost_now(task, &none);
	terminal_start(t, Rows, Cols, task->argv, environ);
	wait_words(t, task->words);
	wait_quiet(t, QuietMs);
	struct cost after = cost_now(task, t);
	after.wall_us -= (int64_t)QuietMs * 1000;
	return cost_between(&before, &after);
}

/* From the key until nothing more comes. */
static struct cost press(const struct task *task, struct terminal *t, const char *key)
{
	struct cost before = cost_now(task, t);
	terminal_send(t, key, strlen(key));
	if (terminal_read(t, FirstByteMs))
		wait_quiet(t, QuietMs);
	struct cost after = cost_now(task, t);
	after.wall_us -= (int64_t)QuietMs * 1000;
	return cost_between(&before, &after);
}

static void measure_starts(struct task *task, struct terminal *t)
{
	struct cost cost[MaxRuns];
	for (int i = 0; i < task->runs; i++) {
		terminal_kill(t);
		cost[i] = start(task, t);
	}
	print_cost(task, "start", cost, task->runs);
}

static void measure_key(const struct task *task, struct terminal *t, const char *what, const char *key, int n)
{
	struct cost cost[MaxRuns];
	for (int i = 0; i < n; i++)
		cost[i] = press(task, t, key);
	print_cost(task, what, cost, n);
}

static void measure_opening(const struct task *task, struct terminal *t)
{
	struct cost open[Opens], back[Opens];
	for (int i = 0; i < Opens; i++) {
		open[i] = press(task, t, "\r");
		back[i] = press(task, t, "\033");
		press(task, t, down);
	}
	print_cost(task, "open", open, Opens);
	print_cost(task, "back", back, Opens);
}

static void measure_idle(const struct task *task, struct terminal *t)
{
	if (task->idle_s == 0)
		return;
	wait_quiet(t, 5000);
	size_t bytes = t->raw.n;
	int64_t sleeps = counters_sleeps(t->pid), cpu = counters_cpu_us(t->pid);
	int64_t until = counters_now_us() + (int64_t)task->idle_s * 1000000;
	for (int64_t left; (left = until - counters_now_us()) > 0;)
		terminal_read(t, (int)(left / 1000) + 1);
	printf("idle_seconds %d\nidle_bytes %zu\nidle_wakeups %" PRId64 "\nidle_cpu %.2f\n", task->idle_s,
		t->raw.n - bytes, counters_sleeps(t->pid) - sleeps, (double)(counters_cpu_us(t->pid) - cpu) / 1000);
}

/* Without perf events: the whole run in callgrind, until it left again. */
static void measure_in_callgrind(const struct task *task)
{
	extern char **environ;
	char *argv[40] = {(char *)(uintptr_t) "/usr/bin/valgrind"}, file[] = "/tmp/kring-measure-XXXXXX";
	int fd = mkstemp(file), n = 1;
	struct terminal t = {0};
	struct sbuf text = {0};
	char *out = xasprintf("--callgrind-out-file=%s", file);
	argv[n++] = (char *)(uintptr_t) "--tool=callgrind";
	argv[n++] = out;
	for (char **a = task->argv; *a != NULL && n < 39; a++)
		argv[n++] = *a;
	if (fd < 0 || access(argv[0], X_OK) != 0)
		return;
	close(fd);
	terminal_start(&t, Rows, Cols, argv, environ);
	wait_words(&t, task->words);
	terminal_send(&t, "q", 1);
	terminal_wait(&t, GiveUpMs);
	const char *sum = file_read(file, SIZE_MAX / 2, &text, NULL) ? strstr(sbuf_str(&text), "\ntotals: ") : NULL;
	if (sum != NULL)
		printf("instructions_by callgrind\nstart_instructions %lld\n",
			strtoll(sum + strlen("\ntotals: "), NULL, 10));
	unlink(file);
	terminal_kill(&t);
	sbuf_fini(&text);
	free(out);
}

static bool read_options(struct task *task, int argc, char **argv)
{
	static const struct option longs[] = {
		{"words", required_argument, NULL, 'w'}, {"runs", required_argument, NULL, 'r'},
		{"keys", required_argument, NULL, 'k'}, {"idle", required_argument, NULL, 'i'},
		{"open", no_argument, NULL, 'o'}, {0}};
	*task = (struct task){.words = "", .keys = "", .runs = 21};
	for (int c; (c = getopt_long(argc, argv, "+", longs, NULL)) != -1;) {
		if (c == 'w')
			task->words = optarg;
		else if (c == 'r')
			task->runs = atoi(optarg);
		else if (c == 'k')
			task->keys = optarg;
		else if (c == 'i')
			task->idle_s = atoi(optarg);
		else if (c == 'o')
			task->open = true;
		else
			return false;
	}
	task->argv = &argv[optind];
	return optind < argc && task->runs >= 1 && task->runs <= MaxRuns && task->words[0] != '\0';
}

int main(int argc, char **argv)
{
	struct task task;
	struct terminal t = {0};
	if (!read_options(&task, argc, argv)) {
		fprintf(stderr, "measure --words W [--runs N] [--keys KEYS] [--open] [--idle SECONDS] PROGRAM [ARG...]\n");
		return 2;
	}
	task.instructions = -1;
	measure_starts(&task, &t);
	if (task.instructions >= 0)
		printf("instructions_by perf\n");
	for (const char *k = task.keys; *k != '\0'; k++)
		press(&task, &t, *k == 'd' ? down : (char[]){*k, '\0'});
	measure_key(&task, &t, "step", down, Steps);
	if (task.open) {
		measure_key(&task, &t, "page", "\033[6~", Pages);
		measure_opening(&task, &t);
	}
	measure_idle(&task, &t);
	printf("memory_kb %" PRId64 "\nmemory_share_kb %" PRId64 "\nmemory_own_kb %" PRId64 "\n",
		counters_peak_kb(t.pid), counters_share_kb(t.pid),
		counters_own_kb(t.pid));
	terminal_kill(&t);
	if (task.instructions < 0)
		measure_in_callgrind(&task);
	return 0;
}
