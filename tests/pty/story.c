#include "story.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calm.h"
#include "home.h"
#include "keyboard.h"
#include "mem.h"
#include "outcome.h"
#include "process.h"
#include "site.h"
#include "story_locale.h"
#include "str.h"
#include "window.h"

/* Of ncurses: its own header has the name of ours. */
extern int setupterm(const char *name, int fd, int *code);

enum { Skipped = 77 };

/* Runs one story: story FILE.tt KRING KRINGD [TERM]. See README.md. */
void give_up(struct story *s, const char *fmt, ...)
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
	site_stop(s, SIGKILL);
	exit(1);
}

void story_skip(struct story *s, const char *fmt, ...)
{
	va_list ap;
	fputs("skipped: ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	terminal_kill(&s->term);
	site_stop(s, SIGKILL);
	exit(Skipped);
}

int story_split(char *text, char *argv[], int max)
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

char *story_unquote(char *text)
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

static void step_lang(struct story *s, char *rest)
{
	s->lang = xstrdup(rest);
}

static void step_env(struct story *s, char *rest)
{
	home_set_env(s, "%s", rest);
}

static void step_config(struct story *s, char *rest)
{
	sbuf_addf(&s->config, "%s\n", rest);
}

static const struct {
	const char *verb;
	void (*run)(struct story *s, char *rest);
} steps[] = {
	{"lang", step_lang}, {"env", step_env}, {"config", step_config},
	{"server", step_server}, {"login", step_login}, {"api", step_api}, {"afresh", step_afresh},
	{"start", step_start}, {"shell", step_shell}, {"size", step_size}, {"resize", step_resize},
		{"storm", step_storm},
	{"signal", step_signal}, {"end", step_end}, {"idle", step_idle},
	{"locale", step_locale}, {"keys", step_keys}, {"bytes", step_bytes}, {"send", step_send},
		{"slowly", step_slowly}, {"paste", step_paste}, {"burst", step_burst},
	{"see", step_see}, {"gone", step_gone}, {"row", step_row}, {"mark", step_mark},
	{"run", step_run}, {"code", step_code}, {"out", step_out}, {"err", step_err}, {"no", step_no},
	{"keep", step_keep}, {"same", step_same}, {"plain", step_plain},
};

static void do_step(struct story *s, const char *verb, char *rest)
{
	for (size_t i = 0; i < COUNT(steps); i++)
		if (strcmp(steps[i].verb, verb) == 0) {
			steps[i].run(s, rest);
			return;
		}
	give_up(s, "unknown step: %s", verb);
}

static void do_line(struct story *s, char *line)
{
	line = str_trim(line);
	if (line[0] == '\0' || line[0] == '#')
		return;
	size_t n = strcspn(line, " ");
	char *verb = xstrndup(line, n), *rest = expand(s, line + n + (line[n] == ' '));
	/* The blanks before a line of the settings have a meaning. */
	do_step(s, verb, strcmp(verb, "config") == 0 ? rest : str_trim(rest));
	free(verb);
	free(rest);
}

int main(int argc, char **argv)
{
	int code;
	if (argc != 4 && argc != 5) {
		fprintf(stderr, "usage: story FILE.tt KRING KRINGD [TERM]\n");
		return 2;
	}
	struct story s = {.path = argv[1], .kring = argv[2], .kringd = argv[3], .term_name = argc == 5 ? argv[4]
		: "xterm",
		.rows = 24, .cols = 80, .lang = "nl"};
	if (setupterm(s.term_name, STDOUT_FILENO, &code) != 0)
		story_skip(&s, "the terminal %s is not known here", s.term_name);
	char line[4096];
	signal(SIGPIPE, SIG_IGN);
	FILE *f = fopen(s.path, "r");
	if (f == NULL)
		give_up(&s, "%s", strerror(errno));
	home_make(&s);
	while (fgets(line, sizeof line, f) != NULL) {
		s.line++;
		do_line(&s, line);
	}
	fclose(f);
	if (s.running)
		calm_check(&s);
	terminal_kill(&s.term);
	site_stop(&s, SIGTERM);
	char *remove[] = {"-rf", s.dir, NULL};
	process_run(&s, "/bin/rm", remove, "");
	return 0;
}
