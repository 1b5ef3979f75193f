#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build_config.h"
#include "charset.h"
#include "command.h"
#include "demo.h"
#include "fullscreen.h"
#include "line_mode.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

static void print_help(void)
{
	printf("%s\n\n", _("kring: members, board and calendar of your community, in the terminal."));
	printf("  kring\n      %s\n", _("The full-screen program"));
	printf("  kring --text\n      %s\n", _("The same as questions and answers, for speech and braille"));
	for (const struct command *c = commands; c->name != NULL; c++)
		printf("  kring %s%s%s\n      %s\n", c->name, c->usage[0] == '\0' ? "" : " ", c->usage, _(c->says));
	printf("\n%s\n", _("Options of every command:"));
	printf("  --json       %s\n", _("One JSON document on standard output"));
	printf("  --site NAME  %s\n", _("Which community, when you have more than one"));
	printf("  --offline    %s\n", _("Use no network"));
	printf("  --help       %s\n", _("This text"));
	printf("  --version    %s\n", _("The version of kring"));
	printf("\n%s\n", _("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 offline, 4 not logged in."));
}

/* The last thing that this program does. */
static int to_demo(bool text)
{
	struct error err;
	demo_become(demo_language(), text, &err);
	fprintf(stderr, "kring: %s %s %s\n", err.what, error_kept(&err), error_todo(&err));
	return EXIT_FAILED;
}

static int interactive(struct program *p, bool text)
{
	struct error err = {0};
	program_open(p, &err);
	p->text = text || p->config.mode == MODE_TEXT || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
	int code = p->text ? -1 : fullscreen_run(p, &err);
	if (code >= 0 && !p->to_text)
		return code;
	p->leaving = false;
	if (!p->text && !p->to_text)
		fprintf(stderr, _("%s kring goes on in text mode.\n"), err.what);
	p->text = true;
	network_fini(&p->network);
	return line_mode_run(p);
}

static void print_problems(const struct program *p)
{
	struct arena a = {0};
	for (const struct config_problem *c = p->problems; c != NULL; c = c->next)
		fprintf(stderr, "kring: %s\n", config_problem_text(c, &a));
	if (p->problems != NULL)
		fprintf(stderr, "kring: %s\n", config_problem_advice());
	arena_fini(&a);
}

/* The index of the command: the first argument that is not an option or an option's value. */
static int command_index(int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--site") == 0)
			i++;
		else if (!str_starts(argv[i], "-"))
			return i;
	}
	return -1;
}

static int wrong_usage(const char *word)
{
	struct sbuf clean = {0};
	utf8_clean(&clean, word, strlen(word), 0, 200);
	fprintf(stderr, _("kring: kring does not know \"%s\". Nothing is changed. See kring --help.\n"),
		sbuf_str(&clean));
	sbuf_fini(&clean);
	return EXIT_USAGE;
}

static int run(struct program *p, int argc, char **argv)
{
	struct call c = {.program = p, .argc = argc, .argv = argv};
	int at = command_index(argc, argv);
	const struct command *cmd = at < 0 ? NULL : command_find(argv[at]);
	if (at >= 0 && cmd == NULL)
		return wrong_usage(argv[at]);
	if (cmd != NULL) {
		memmove(&argv[at], &argv[at + 1], (size_t)(argc - at - 1) * sizeof argv[0]);
		c.argc--;
	}
	if (call_flag(&c, "--help") || call_flag(&c, "-h")) {
		print_help();
		return EXIT_OK;
	}
	if (call_flag(&c, "--version")) {
		printf("kring %s\n", KRING_VERSION);
		return EXIT_OK;
	}
	c.json = call_flag(&c, "--json");
	p->offline = call_flag(&c, "--offline");
	p->site = str_or_empty(call_option(&c, "--site"));
	bool text = call_flag(&c, "--text");
	if (cmd != NULL) {
		print_problems(p);
		return command_run(cmd, &c);
	}
	if (c.argc > 0)
		return wrong_usage(c.argv[0]);
	return interactive(p, text);
}

static ssize_t write_shown(void *fd, const char *text, size_t n)
{
	return call_write(*(const int *)fd, text, n) ? (ssize_t)n : 0;
}

/* A terminal that has not all characters gets what stands for them, also of what the program prints by itself. */
static void print_as_shown(FILE **stream, const int *fd)
{
	FILE *shown = fopencookie((void *)(uintptr_t)fd, "w", (cookie_io_functions_t){.write = write_shown});
	if (shown == NULL)
		return;
	setvbuf(shown, NULL, fd[0] == STDERR_FILENO ? _IONBF : _IOLBF, 0);
	*stream = shown;
}

static void fit_terminal(struct program *p, int argc, char **argv)
{
	static const int out = STDOUT_FILENO, err = STDERR_FILENO;
	if (!charset_spells())
		return;
	print_as_shown(&stdout, &out);
	print_as_shown(&stderr, &err);
	for (int i = 0; i < argc; i++) {
		struct sbuf typed = {0};
		charset_decode(&typed, argv[i], strlen(argv[i]));
		argv[i] = arena_strdup(&p->mem, sbuf_str(&typed));
		sbuf_fini(&typed);
	}
}

int main(int argc, char **argv)
{
	static struct program program; /* large, and most of it is seldom touched */
	umask(077);
	program_init(&program);
	fit_terminal(&program, argc - 1, argv + 1);
	int code = run(&program, argc - 1, argv + 1);
	program_disconnect(&program);
	program_fini(&program);
	return program.to_demo ? to_demo(program.text) : code;
}
