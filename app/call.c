#include "call.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "charset.h"
#include "clock.h"
#include "file.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

bool call_write(int fd, const char *text, size_t n)
{
	struct sbuf shown = {0};
	charset_encode(&shown, text, n);
	bool ok = file_write_fd(fd, shown.p, shown.n);
	sbuf_fini(&shown);
	return ok;
}

static int exit_code(enum error_kind kind)
{
	if (kind == ERR_OFFLINE)
		return EXIT_OFFLINE;
	return kind == ERR_AUTH ? EXIT_NOT_LOGGED_IN : EXIT_FAILED;
}

int call_fail(const struct call *c, const struct error *err)
{
	struct sbuf text = {0};
	sbuf_addf(&text, "kring: %s %s %s\n", err->what, error_kept(err), error_todo(err));
	if (err->detail[0] != '\0')
		sbuf_addf(&text, "(%s)\n", err->detail);
	/* Some of these words are the server's or a library's. */
	struct sbuf clean = {0};
	utf8_clean(&clean, text.p, text.n, UTF8_LINES, text.n);
	call_write(STDERR_FILENO, clean.p, clean.n);
	sbuf_fini(&clean);
	sbuf_fini(&text);
	return exit_code(err->kind);
}

int call_usage(const struct call *c)
{
	fprintf(stderr, _("Usage: kring %s %s\n"), c->command->name, c->command->usage);
	return EXIT_USAGE;
}

static void take_out(struct call *c, int at, int count)
{
	memmove(&c->argv[at], &c->argv[at + count], (size_t)(c->argc - at - count) * sizeof c->argv[0]);
	c->argc -= count;
}

const char *call_option(struct call *c, const char *name)
{
	size_t n = strlen(name);
	for (int i = 0; i < c->argc && strcmp(c->argv[i], "--") != 0; i++) {
		char *arg = c->argv[i];
		const char *value = NULL;
		if (strncmp(arg, name, n) == 0 && arg[n] == '=')
			value = arg + n + 1;
		else if (strcmp(arg, name) == 0 && i + 1 < c->argc)
			value = c->argv[i + 1];
		if (value != NULL) {
			take_out(c, i, arg[n] == '=' ? 1 : 2);
			return value;
		}
	}
	return NULL;
}

bool call_flag(struct call *c, const char *name)
{
	for (int i = 0; i < c->argc && strcmp(c->argv[i], "--") != 0; i++)
		if (strcmp(c->argv[i], name) == 0) {
			take_out(c, i, 1);
			return true;
		}
	return false;
}

int call_limit(struct call *c, int standard)
{
	int64_t n;
	const char *text = call_option(c, "--limit");
	if (text == NULL)
		return standard;
	return str_to_int(text, 1, 100000, &n) ? (int)n : 0;
}

bool call_rest(const struct call *c, int most)
{
	if (c->argc > most)
		return false;
	for (int i = 0; i < c->argc; i++)
		if (str_starts(c->argv[i], "--"))
			return false;
	return true;
}

void call_label(struct call *c, const char *label, const char *value)
{
	if (!str_empty(value))
		sbuf_addf(&c->out, "%s: %s\n", label, value);
}

void call_line(struct call *c, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&c->out, fmt, ap);
	va_end(ap);
	sbuf_addc(&c->out, '\n');
}

void call_add_time(struct json *object, const char *name, int64_t ms)
{
	char text[32];
	time_format(ms / 1000, text);
	json_add_string(object, name, ms == 0 ? NULL : text);
}
