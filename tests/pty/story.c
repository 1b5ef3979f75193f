#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "mem.h"
#include "sbuf.h"
#include "str.h"
#include "terminal.h"

/* Of ncurses: its own header has the name of ours. */
extern int setupterm(const char *name, int fd, int *code);
extern char *tigetstr(const char *name);

/* Runs one story: story FILE.tt KRING KRINGD [TERM]. See README.md. */
enum { WaitMs = 30000, MaxEnv = 64, MaxArgs = 64 };

struct story {
	const char *path, *kring, *kringd;
	int line;
	const char *term_name; /* "xterm" unless told; its keys are sent */
	char dir[64];
	char *env[MaxEnv];
	int env_count;
	int rows, cols;
	const char *lang;
	struct sbuf config;
	struct terminal term;
	bool running;         /* the terminal has a program */
	pid_t server;
	char url[100];
	struct sbuf out, err; /* of the last `run` */
	struct sbuf kept;     /* by `keep` */
	int code;
};

static void stop_server(struct story *s, int number);

static void give_up(struct story *s, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));

static void give_up(struct story *s, const char *fmt, ...)
{
	va_list ap;
	fprintf(stderr, "%s:%d: ", s->path, s->line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	if (s->term.vt != NULL) {
		struct sbuf text = {0};
		terminal_text(&s->term, &text);
		fprintf(stderr, "The screen:\n%s", sbuf_str(&text));
	}
	if (s->out.n + s->err.n > 0)
		fprintf(stderr, "The last output:\n%s%s\n", sbuf_str(&s->out), sbuf_str(&s->err));
	terminal_kill(&s->term);
	stop_server(s, SIGKILL);
	exit(1);
}

static void set_env(struct story *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void set_env(struct story *s, const char *fmt, ...)
{
	char *text;
	va_list ap;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	size_t name = strcspn(text, "=") + 1;
	for (int i = 0; i < s->env_count; i++)
		if (strncmp(s->env[i], text, name) == 0) {
			free(s->env[i]);
			s->env[i] = text;
			return;
		}
	if (s->env_count + 1 == MaxEnv)
		give_up(s, "too many variables");
	s->env[s->env_count++] = text;
}

static void make_home(struct story *s)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(s->dir, sizeof s->dir, "%s/kring-story-XXXXXX", str_empty(tmp) || strlen(tmp) > 30 ? "/tmp" : tmp);
	if (mkdtemp(s->dir) == NULL)
		give_up(s, "mkdtemp: %s", strerror(errno));
	set_env(s, "HOME=%s/home", s->dir);
	set_env(s, "XDG_DATA_HOME=%s/home/data", s->dir);
	set_env(s, "XDG_CONFIG_HOME=%s/home/config", s->dir);
	set_env(s, "PATH=%s", str_or_empty(getenv("PATH")));
	set_env(s, "LC_ALL=C.UTF-8");
	set_env(s, "TZ=Europe/Amsterdam");
	set_env(s, "TERM=%s", s->term_name);
	/* Sanitizers say where they write. */
	static const char *const pass[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"};
	for (size_t i = 0; i < COUNT(pass); i++)
		if (getenv(pass[i]) != NULL)
			set_env(s, "%s=%s", pass[i], getenv(pass[i]));
	char *path = xasprintf("%s/home/config/kring", s->dir);
	if (!dir_make_private(path, NULL))
		give_up(s, "cannot make %s", path);
	free(path);
}

static void write_config(struct story *s)
{
	char *path = xasprintf("%s/home/config/kring/config.yaml", s->dir);
	struct sbuf text = {0};
	if (strcmp(s->lang, "none") == 0) {
		free(path);
		return;
	}
	sbuf_addf(&text, "language: %s\n%s", s->lang, sbuf_str(&s->config));
	if (!file_write(path, text.p, text.n, NULL))
		give_up(s, "cannot write %s", path);
	sbuf_fini(&text);
	free(path);
}

/* Words separated by spaces; "quoted words" are one. In place. */
static int split(char *text, char *argv[], int max)
{
	int n = 0;
	while (n < max - 1) {
		while (*text == ' ')
			text++;
		if (*text == '\0')
			break;
		char end = *text == '"' ? '"' : ' ';
		text += end == '"';
		argv[n++] = text;
		text += strcspn(text, end == '"' ? "\"" : " ");
		if (*text == '\0')
			break;
		*text++ = '\0';
	}
	argv[n] = NULL;
	return n;
}

static void read_pipe(int fd, struct sbuf *out)
{
	sbuf_reset(out);
	file_read_fd(fd, 64 * 1024 * 1024, out, NULL);
	close(fd);
}

/* Runs a program to its end; what it says on stderr goes to a file and is read afterwards, so that neither blocks. */
static void run_program(struct story *s, const char *program, char **args, const char *input)
{
	char *argv[MaxArgs] = {(char *)(uintptr_t)program};
	char *err_path = xasprintf("%s/err", s->dir), *in_path = xasprintf("%s/in", s->dir);
	int n = 1, out[2];
	for (; args[n - 1] != NULL && n < MaxArgs - 1; n++)
		argv[n] = args[n - 1];
	file_write(in_path, input, strlen(input), NULL);
	if (pipe(out) != 0)
		give_up(s, "pipe: %s", strerror(errno));
	pid_t pid = fork();
	if (pid == 0) {
		int in = open(in_path, O_RDONLY), err = open(err_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(in, 0);
		dup2(out[1], 1);
		dup2(err, 2);
		close(out[0]);
		execve(program, argv, s->env);
		_exit(127);
	}
	close(out[1]);
	read_pipe(out[0], &s->out);
	int status = 0;
	waitpid(pid, &status, 0);
	s->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	sbuf_reset(&s->err);
	file_read(err_path, 1024 * 1024, &s->err, NULL);
	free(err_path);
	free(in_path);
}

static void must_run(struct story *s, const char *program, char **args, const char *input)
{
	run_program(s, program, args, input);
	if (s->code != 0)
		give_up(s, "%s %s ended with %d", program, args[0], s->code);
}

/* The port stays the same, so that a server that comes back is the same community. */
static void serve(struct story *s)
{
	char *data = xasprintf("%s/community", s->dir), line[200] = "";
	const char *port = strrchr(s->url, ':');
	char *listen = xasprintf("127.0.0.1:%s", port == NULL ? "0" : port + 1);
	char *argv[] = {(char *)(uintptr_t)s->kringd, "serve", "--data", data, "--listen", listen, "--tls-self-signed",
		"--no-limits", NULL};
	int out[2];
	if (pipe(out) != 0)
		give_up(s, "pipe: %s", strerror(errno));
	s->server = fork();
	if (s->server == 0) {
		dup2(out[1], 1);
		close(out[0]);
		close(out[1]);
		execve(s->kringd, argv, s->env);
		_exit(127);
	}
	close(out[1]);
	FILE *f = fdopen(out[0], "r");
	if (fgets(line, sizeof line, f) == NULL || sscanf(line, "kringd: ready %99s", s->url) != 1)
		give_up(s, "kringd did not start: %s", line);
	fclose(f);
	free(listen);
	free(data);
}

static void stop_server(struct story *s, int number)
{
	if (s->server <= 0)
		return;
	kill(s->server, number);
	int status;
	waitpid(s->server, &status, 0);
	s->server = 0;
	if (number == SIGTERM && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		give_up(s, "kringd did not end cleanly (%d)", status);
}

static void do_server(struct story *s, char *rest)
{
	char *data = xasprintf("%s/community", s->dir);
	if (strcmp(rest, "stop") == 0) {
		stop_server(s, SIGTERM);
	} else if (strcmp(rest, "kill") == 0) {
		stop_server(s, SIGKILL);
	} else {
		char *argv[] = {"init", "--data", data, "--sample", (char *)(uintptr_t)s->lang, NULL};
		if (rest[0] == '\0')
			must_run(s, s->kringd, argv, "");
		serve(s);
	}
	free(data);
}

static void do_login(struct story *s, char *name)
{
	char *data = xasprintf("%s/community", s->dir), *ca = xasprintf("%s/community/ca.pem", s->dir);
	char *key_args[] = {"key", "--data", data, name, NULL};
	must_run(s, s->kringd, key_args, "");
	char *key = xstrdup(sbuf_str(&s->out));
	char *args[] = {"login", s->url, "--ca-file", ca, "--user", name, "--key-stdin", NULL};
	write_config(s);
	must_run(s, s->kring, args, key);
	free(key);
	free(ca);
	free(data);
}

static size_t take_answer(char *bytes, size_t size, size_t n, void *out)
{
	sbuf_addn(out, bytes, size * n);
	return size * n;
}

/* The answer is the last output. */
static void ask_site(
	struct story *s, const char *method, const char *path, const char *form, struct curl_slist *headers)
{
	char *ca = xasprintf("%s/community/ca.pem", s->dir), *address = xasprintf("%s%s", s->url, path);
	long status = 0;
	CURL *c = curl_easy_init();
	sbuf_reset(&s->out);
	sbuf_reset(&s->err);
	curl_easy_setopt(c, CURLOPT_URL, address);
	curl_easy_setopt(c, CURLOPT_CAINFO, ca);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &s->out);
	CURLcode code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	free(address);
	free(ca);
	if (code != CURLE_OK || status >= 400)
		give_up(s, "%s %s: %s, status %ld", method, path, curl_easy_strerror(code), status);
}

/* What somebody else does on the site, with a key of their own. */
static void do_api(struct story *s, char *rest)
{
	char *part[5], *data = xasprintf("%s/community", s->dir);
	if (split(rest, part, COUNT(part)) != 4)
		give_up(s, "api NAME METHOD PATH \"FORM\"");
	char *key_args[] = {"key", "--data", data, part[0], NULL};
	must_run(s, s->kringd, key_args, "");
	char *key = xasprintf("User-Api-Key: %s", str_trim(s->out.p));
	struct curl_slist *headers = curl_slist_append(NULL, key);
	ask_site(s, part[1], part[2], part[3], headers);
	curl_slist_free_all(headers);
	free(key);
	free(data);
}

static void do_start(struct story *s, char *rest)
{
	char *argv[MaxArgs] = {(char *)(uintptr_t)s->kring};
	split(rest, &argv[1], MaxArgs - 1);
	terminal_kill(&s->term);
	write_config(s);
	terminal_start(&s->term, s->rows, s->cols, argv, s->env);
	s->running = true;
}

/* A shell with job control, in which $KRING is the program. */
static void do_shell(struct story *s)
{
	char *argv[] = {"/bin/bash", "--norc", "--noprofile", "-i", NULL};
	terminal_kill(&s->term);
	write_config(s);
	set_env(s, "KRING=%s", s->kring);
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

/* `capability`: what terminfo calls it; bytes: of xterm, and of terminals that have no such key. */
static const struct {
	const char *name, *bytes, *capability;
} named_keys[] = {
	{"Enter", "\r"}, {"Esc", "\033"}, {"Tab", "\t"}, {"BS", "\177", "kbs"}, {"Space", " "}, {"Up", "\033OA", "kcuu1"},
	{"Down", "\033OB", "kcud1"}, {"Right", "\033OC", "kcuf1"}, {"Left", "\033OD", "kcub1"}, {"Home", "\033OH", "khome"},
	{"End", "\033OF", "kend"}, {"PageUp", "\033[5~", "kpp"}, {"PageDown", "\033[6~", "knp"}, {"Delete", "\033[3~", "kdch1"},
	{"F1", "\033OP", "kf1"}, {"F2", "\033OQ", "kf2"}, {"F3", "\033OR", "kf3"}, {"F4", "\033OS", "kf4"},
	{"F5", "\033[15~", "kf5"}, {"F6", "\033[17~", "kf6"}, {"F7", "\033[18~", "kf7"}, {"F8", "\033[19~", "kf8"},
	{"F9", "\033[20~", "kf9"}, {"F10", "\033[21~", "kf10"}, {"F12", "\033[24~", "kf12"}, {"lt", "<"},
	{"Paste", "\033[200~"}, {"EndPaste", "\033[201~"},
};

static const char *capability(const char *name)
{
	const char *bytes = name == NULL ? NULL : tigetstr(name);
	return bytes == (const char *)-1 ? NULL : bytes;
}

static void send_named(struct story *s, const char *name)
{
	if (strncmp(name, "C-", 2) == 0) {
		char c = (char)(name[2] & 0x1F);
		terminal_send(&s->term, &c, 1);
		return;
	}
	for (size_t i = 0; i < COUNT(named_keys); i++)
		if (strcmp(named_keys[i].name, name) == 0) {
			const char *own = capability(named_keys[i].capability);
			const char *bytes = own == NULL ? named_keys[i].bytes : own;
			terminal_send(&s->term, bytes, strlen(bytes));
			return;
		}
	give_up(s, "no key is called <%s>", name);
}

/* Each key waits until kring is quiet, as fingers do; an Esc is told apart from a function key by time. */
static void do_keys(struct story *s, char *text)
{
	while (*text != '\0') {
		if (*text == '<' && strchr(text, '>') != NULL) {
			char *end = strchr(text, '>');
			*end = '\0';
			send_named(s, text + 1);
			text = end + 1;
		} else {
			size_t n = strcspn(text, "<");
			terminal_send(&s->term, text, n == 0 ? 1 : n);
			text += n == 0 ? 1 : n;
		}
		terminal_read(&s->term, 300);
		while (terminal_read(&s->term, 30))
			;
	}
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

/* Many lines in one go. Drawing them takes no more than one screen, however many there are. */
static void do_lines(struct story *s, const char *rest, bool marked)
{
	struct sbuf text = {0};
	int lines = atoi(rest);
	size_t before = s->term.raw.n, most = (size_t)(s->rows * s->cols * 2);
	sbuf_add(&text, marked ? "\033[200~" : "");
	for (int i = 1; i <= lines; i++)
		sbuf_addf(&text, "Dit is regel %d van een tekst die ergens anders geschreven is.\r", i);
	sbuf_add(&text, marked ? "\033[201~" : "");
	terminal_send(&s->term, sbuf_str(&text), text.n);
	sbuf_fini(&text);
	terminal_read(&s->term, 2000);
	while (terminal_read(&s->term, 300))
		;
	if (s->term.raw.n - before > most)
		give_up(s, "%zu bytes came for one drawing", s->term.raw.n - before);
}

static void do_row(struct story *s, char *rest)
{
	char *args[3];
	if (split(rest, args, 3) != 2)
		give_up(s, "row N \"WORDS\"");
	wait_row(s, atoi(args[0]), args[1], false);
}

static void do_idle(struct story *s, const char *rest)
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

static bool has_sgr(const struct sbuf *raw, bool (*is_bad)(int))
{
	for (const char *p = sbuf_str(raw); (p = strstr(p, "\033[")) != NULL; p += 2) {
		const char *q = p + 2;
		size_t n = strspn(q, "0123456789;");
		if (q[n] != 'm')
			continue;
		for (const char *d = q; d < q + n; d += strcspn(d, ";m") + 1)
			if (is_bad(atoi(d)))
				return true;
	}
	return false;
}

static bool is_blink(int sgr)
{
	return sgr == 5 || sgr == 6;
}

static bool is_colour(int sgr)
{
	return (sgr >= 30 && sgr <= 38) || (sgr >= 40 && sgr <= 48) || (sgr >= 90 && sgr <= 107);
}

/* R3 and R27 over every byte of a story. */
static void check_calm(struct story *s)
{
	static const char *const never[] = {"\a", "\033[?5h", "\033[?12h", "\033[?12;25h", "\033]0;", "\033]2;", "\033[2J\033[2J"};
	static const char *const loud[] = {"bel", "flash", "blink", "cvvis"};
	for (size_t i = 0; i < COUNT(never); i++)
		if (s->term.raw.p != NULL && strstr(s->term.raw.p, never[i]) != NULL)
			give_up(s, "kring wrote something that is never calm (number %zu)", i);
	for (size_t i = 0; i < COUNT(loud); i++)
		if (capability(loud[i]) != NULL && strstr(sbuf_str(&s->term.raw), capability(loud[i])) != NULL)
			give_up(s, "kring wrote the %s of this terminal", loud[i]);
	if (has_sgr(&s->term.raw, is_blink))
		give_up(s, "kring made something blink");
	if (strstr(sbuf_str(&s->config), "theme:") == NULL && has_sgr(&s->term.raw, is_colour))
		give_up(s, "kring set a colour without a theme");
}

static void check_modes(struct story *s)
{
	struct termios mode;
	if (tcgetattr(s->term.fd, &mode) == 0 && (~mode.c_lflag & (ECHO | ICANON | ISIG)) != 0)
		give_up(s, "kring left the terminal as it was for its own use");
}

static void do_end(struct story *s, const char *rest)
{
	if (!terminal_wait(&s->term, WaitMs))
		give_up(s, "kring does not end");
	int code = WIFEXITED(s->term.status) ? WEXITSTATUS(s->term.status) : 128 + WTERMSIG(s->term.status);
	if (code != atoi(rest))
		give_up(s, "kring ended with %d", code);
	if (code != 128 + SIGKILL)
		check_modes(s);
	check_calm(s);
	s->running = false;
}

static void do_signal(struct story *s, const char *name)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = {{"TERM", SIGTERM}, {"HUP", SIGHUP}, {"INT", SIGINT}, {"KILL", SIGKILL}, {"SEGV", SIGSEGV},
		{"TSTP", SIGTSTP}, {"CONT", SIGCONT}};
	for (size_t i = 0; i < COUNT(signals); i++)
		if (strcmp(signals[i].name, name) == 0) {
			kill(s->term.pid, signals[i].number);
			return;
		}
	give_up(s, "no signal is called %s", name);
}

/* $DIR, $URL and $CA stand for the story's own. */
static char *expand(struct story *s, const char *text)
{
	struct sbuf b = {0};
	while (*text != '\0') {
		if (str_starts(text, "$DIR")) {
			sbuf_add(&b, s->dir);
			text += 4;
		} else if (str_starts(text, "$URL")) {
			sbuf_add(&b, s->url);
			text += 4;
		} else if (str_starts(text, "$CA")) {
			sbuf_addf(&b, "%s/community/ca.pem", s->dir);
			text += 3;
		} else {
			sbuf_addc(&b, *text++);
		}
	}
	return sbuf_take(&b);
}

static void do_run(struct story *s, char *rest)
{
	char *args[MaxArgs], *input = strstr(rest, " << ");
	const char *given = "";
	if (input != NULL) {
		*input = '\0';
		given = input + 4;
	}
	int n = split(rest, args, MaxArgs);
	char *typed = xasprintf("%s\n", given);
	for (char *p = typed; (p = strchr(p, '|')) != NULL;)
		*p = '\n';
	write_config(s);
	if (n > 0 && strcmp(args[0], "kring") == 0)
		run_program(s, s->kring, &args[1], typed);
	else if (n > 0 && strcmp(args[0], "kringd") == 0)
		run_program(s, s->kringd, &args[1], typed);
	else if (n > 0)
		run_program(s, args[0], &args[1], typed);
	free(typed);
}

static void do_size(struct story *s, char *rest)
{
	if (sscanf(rest, "%d %d", &s->cols, &s->rows) != 2)
		give_up(s, "size COLS ROWS");
}

static void do_resize(struct story *s, char *rest)
{
	do_size(s, rest);
	terminal_resize(&s->term, s->rows, s->cols);
}

/* The last output without ids and times, which are never the same twice. */
static void add_lasting(const struct sbuf *text, struct sbuf *out)
{
	static const char *const passing[] = {"\"id\":", "_at\":", "_ms\":"};
	const char *line = sbuf_str(text);
	for (size_t n; *line != '\0'; line += n + (line[n] == '\n')) {
		bool lasts = true;
		n = strcspn(line, "\n");
		for (size_t i = 0; i < COUNT(passing); i++)
			lasts = lasts && memmem(line, n, passing[i], strlen(passing[i])) == NULL;
		if (lasts)
			sbuf_addf(out, "%.*s\n", (int)n, line);
	}
}

static void do_same(struct story *s)
{
	struct sbuf now = {0};
	add_lasting(&s->out, &now);
	if (strcmp(sbuf_str(&now), sbuf_str(&s->kept)) != 0)
		give_up(s, "the outcome was:\n%s\nand is now:\n%s", sbuf_str(&s->kept), sbuf_str(&now));
	sbuf_fini(&now);
}

static void do_keep(struct story *s)
{
	sbuf_reset(&s->kept);
	add_lasting(&s->out, &s->kept);
}

/* Nothing but text: append-only, as speech and braille want it. */
static void do_plain(struct story *s)
{
	for (size_t i = 0; i < s->out.n; i++)
		if ((unsigned char)s->out.p[i] < 0x20 && s->out.p[i] != '\n')
			give_up(s, "the output has the control character %d", s->out.p[i]);
}

/* Many sizes at once, the last one as it was. */
static void do_storm(struct story *s, const char *rest)
{
	for (int i = 0; i < atoi(rest); i++) {
		terminal_resize(&s->term, 8 + i * 7 % 40, 20 + i * 13 % 120);
		terminal_read(&s->term, i % 10 == 0 ? 5 : 0);
	}
	terminal_resize(&s->term, s->rows, s->cols);
}

static void must_have(struct story *s, const struct sbuf *text, const char *words)
{
	if (strstr(sbuf_str(text), words) == NULL)
		give_up(s, "the output lacks \"%s\"", words);
}

/* "words" without the quotes; \" is a quote. In place. */
static char *unquote(char *text)
{
	size_t n = strlen(text);
	if (n < 2 || text[0] != '"' || text[n - 1] != '"')
		return text;
	text[n - 1] = '\0';
	char *to = ++text;
	for (const char *from = text; *from != '\0'; from++)
		if (from[0] != '\\' || from[1] != '"')
			*to++ = *from;
	*to = '\0';
	return text;
}

static void do_step(struct story *s, const char *verb, char *rest)
{
	if (strcmp(verb, "size") == 0)
		do_size(s, rest);
	else if (strcmp(verb, "lang") == 0)
		s->lang = xstrdup(rest);
	else if (strcmp(verb, "env") == 0)
		set_env(s, "%s", rest);
	else if (strcmp(verb, "config") == 0)
		sbuf_addf(&s->config, "%s\n", rest);
	else if (strcmp(verb, "server") == 0)
		do_server(s, rest);
	else if (strcmp(verb, "login") == 0)
		do_login(s, rest);
	else if (strcmp(verb, "api") == 0)
		do_api(s, rest);
	else if (strcmp(verb, "start") == 0)
		do_start(s, rest);
	else if (strcmp(verb, "keys") == 0)
		do_keys(s, rest);
	else if (strcmp(verb, "paste") == 0 || strcmp(verb, "burst") == 0)
		do_lines(s, rest, verb[0] == 'p');
	else if (strcmp(verb, "see") == 0)
		wait_screen(s, unquote(rest), true);
	else if (strcmp(verb, "gone") == 0)
		wait_screen(s, unquote(rest), false);
	else if (strcmp(verb, "row") == 0)
		do_row(s, rest);
	else if (strcmp(verb, "mark") == 0)
		wait_row(s, 0, unquote(rest), true);
	else if (strcmp(verb, "idle") == 0)
		do_idle(s, rest);
	else if (strcmp(verb, "resize") == 0)
		do_resize(s, rest);
	else if (strcmp(verb, "shell") == 0)
		do_shell(s);
	else if (strcmp(verb, "keep") == 0)
		do_keep(s);
	else if (strcmp(verb, "same") == 0)
		do_same(s);
	else if (strcmp(verb, "plain") == 0)
		do_plain(s);
	else if (strcmp(verb, "storm") == 0)
		do_storm(s, rest);
	else if (strcmp(verb, "signal") == 0)
		do_signal(s, rest);
	else if (strcmp(verb, "end") == 0)
		do_end(s, rest);
	else if (strcmp(verb, "run") == 0)
		do_run(s, rest);
	else if (strcmp(verb, "code") == 0 && s->code != atoi(rest))
		give_up(s, "the exit code is %d", s->code);
	else if (strcmp(verb, "out") == 0)
		must_have(s, &s->out, unquote(rest));
	else if (strcmp(verb, "err") == 0)
		must_have(s, &s->err, unquote(rest));
	else if (strcmp(verb, "no") == 0 && strstr(sbuf_str(&s->out), unquote(rest)) != NULL)
		give_up(s, "the output has %s", rest);
	else if (strcmp(verb, "code") != 0 && strcmp(verb, "no") != 0)
		give_up(s, "unknown step: %s", verb);
}

static void do_line(struct story *s, char *line)
{
	line = str_trim(line);
	if (line[0] == '\0' || line[0] == '#')
		return;
	size_t n = strcspn(line, " ");
	char *verb = xstrndup(line, n), *rest = expand(s, line + n + (line[n] == ' '));
	do_step(s, verb, str_trim(rest));
	free(verb);
	free(rest);
}

int main(int argc, char **argv)
{
	enum { Skipped = 77 };
	int code;
	if (argc != 4 && argc != 5) {
		fprintf(stderr, "usage: story FILE.tt KRING KRINGD [TERM]\n");
		return 2;
	}
	struct story s = {.path = argv[1], .kring = argv[2], .kringd = argv[3], .term_name = argc == 5 ? argv[4] : "xterm",
		.rows = 24, .cols = 80, .lang = "nl"};
	if (setupterm(s.term_name, STDOUT_FILENO, &code) != 0) {
		printf("skipped: the terminal %s is not known here\n", s.term_name);
		return Skipped;
	}
	char line[4096];
	signal(SIGPIPE, SIG_IGN);
	FILE *f = fopen(s.path, "r");
	if (f == NULL)
		give_up(&s, "%s", strerror(errno));
	make_home(&s);
	while (fgets(line, sizeof line, f) != NULL) {
		s.line++;
		do_line(&s, line);
	}
	fclose(f);
	if (s.running)
		check_calm(&s);
	terminal_kill(&s.term);
	stop_server(&s, SIGTERM);
	char *remove[] = {"-rf", s.dir, NULL};
	run_program(&s, "/bin/rm", remove, "");
	return 0;
}
