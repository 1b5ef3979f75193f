#include "window.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "calm.h"
#include "clock.h"
#include "home.h"
#include "mem.h"
#include "str.h"

void step_start(struct story *s, char *rest)
{
	char *argv[MaxArgs] = {(char *)(uintptr_t)s->kring};
	story_split(rest, &argv[1], MaxArgs - 1);
	terminal_kill(&s->term);
	home_write_config(s);
	terminal_start(&s->term, s->rows, s->cols, argv, s->env);
	s->term.charmap = s->charmap;
	s->running = true;
}

/* A shell with job control, in which $KRING is the program. */
void step_shell(struct story *s, char *rest)
{
	char *argv[] = {"/bin/bash", "--norc", "--noprofile", "-i", NULL};
	terminal_kill(&s->term);
	home_write_config(s);
	home_set_env(s, "KRING=%s", s->kring);
	terminal_start(&s->term, s->rows, s->cols, argv, s->env);
	s->running = true;
}

static bool on_screen(struct story *s, const char *words)
{
	struct sbuf text = {0};
	terminal_text(&s->term, &text);
	bool found = strstr(sbuf_str(&text), words) != NULL;
	sbuf_fini(&text);
	return found;
}

static void wait_screen(struct story *s, const char *words, bool want)
{
	int64_t until = clock_mono_ms() + WaitMs;
	while (on_screen(s, words) != want) {
		if (clock_mono_ms() > until || (s->term.ended && !terminal_read(&s->term, 0)))
			give_up(s, want ? "\"%s\" does not come" : "\"%s\" does not go", words);
		terminal_read(&s->term, 50);
	}
}

void step_see(struct story *s, char *rest)
{
	wait_screen(s, story_unquote(rest), true);
}

void step_gone(struct story *s, char *rest)
{
	wait_screen(s, story_unquote(rest), false);
}

/* Waits until the row has the words; on the cursor's row there must also be the mark. */
static void wait_row(struct story *s, int row, const char *words, bool marked)
{
	int64_t until = clock_mono_ms() + WaitMs;
	for (;;) {
		struct sbuf text = {0};
		int at = row > 0 ? row - 1 : s->term.rows + row, col;
		if (marked)
			terminal_cursor(&s->term, &at, &col);
		terminal_row(&s->term, at, &text);
		bool fits = strstr(sbuf_str(&text), words) != NULL && (!marked || str_starts(sbuf_str(&text), ">"));
		if (!fits && (clock_mono_ms() > until || s->term.ended))
			give_up(s, "row %d is \"%s\"", at + 1, sbuf_str(&text));
		sbuf_fini(&text);
		if (fits)
			return;
		terminal_read(&s->term, 50);
	}
}

void step_row(struct story *s, char *rest)
{
	char *args[3];
	if (story_split(rest, args, 3) != 2)
		give_up(s, "row N \"WORDS\"");
	wait_row(s, atoi(args[0]), args[1], false);
}

void step_mark(struct story *s, char *rest)
{
	wait_row(s, 0, story_unquote(rest), true);
}

void step_idle(struct story *s, char *rest)
{
	while (terminal_read(&s->term, 300))
		;
	size_t before = s->term.raw.n;
	int64_t until = clock_mono_ms() + (int64_t)(atof(rest) * 1000);
	while (clock_mono_ms() < until)
		terminal_read(&s->term, 50);
	if (s->term.raw.n != before)
		give_up(s, "%zu bytes came while nobody pressed a key", s->term.raw.n - before);
}

void step_size(struct story *s, char *rest)
{
	if (sscanf(rest, "%d %d", &s->cols, &s->rows) != 2)
		give_up(s, "size COLS ROWS");
}

void step_resize(struct story *s, char *rest)
{
	step_size(s, rest);
	terminal_resize(&s->term, s->rows, s->cols);
}

/* Many sizes at once, the last one as it was. */
void step_storm(struct story *s, char *rest)
{
	for (int i = 0; i < atoi(rest); i++) {
		terminal_resize(&s->term, 8 + i * 7 % 40, 20 + i * 13 % 120);
		terminal_read(&s->term, i % 10 == 0 ? 5 : 0);
	}
	terminal_resize(&s->term, s->rows, s->cols);
}

void step_signal(struct story *s, char *name)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = {{"TERM", SIGTERM}, {"HUP", SIGHUP}, {"INT", SIGINT}, {"KILL", SIGKILL}, {"SEGV", SIGSEGV},
		{"TSTP", SIGTSTP}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"QUIT", SIGQUIT}, {"ABRT", SIGABRT},
			{"PIPE", SIGPIPE},
		{"USR1", SIGUSR1}, {"WINCH", SIGWINCH}};
	for (size_t i = 0; i < COUNT(signals); i++)
		if (strcmp(signals[i].name, name) == 0) {
			kill(s->term.pid, signals[i].number);
			return;
		}
	give_up(s, "no signal is called %s", name);
}

void step_end(struct story *s, char *rest)
{
	if (!terminal_wait(&s->term, WaitMs))
		give_up(s, "kring does not end");
	int code = WIFEXITED(s->term.status) ? WEXITSTATUS(s->term.status) : 128 + WTERMSIG(s->term.status);
	if (code != atoi(rest))
		give_up(s, "kring ended with %d", code);
	if (code != 128 + SIGKILL)
		calm_check_given_back(s);
	calm_check(s);
	s->running = false;
}
