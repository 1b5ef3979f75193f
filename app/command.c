#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "charset.h"
#include "clock.h"
#include "commands.h"
#include "file.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

const struct command commands[] = {
	{"today", "", N_("Show the meetings and what is new today"), today_run, true},
	{"topics", "[--category NAME] [--unread] [--limit N]", N_("List the topics of the board"), topics_run, true},
	{"topic", "ID", N_("Show a topic with its posts"), topic_run, true},
	{"members", "[WORDS] [--limit N]", N_("List the members"), members_run, true},
	{"member", "NAME", N_("Show the profile of a member"), member_run, true},
	{"events", "[--past] [--mine] [--free] [--intervision] [--online] [--on-site] [--category NAME] [--from DAY]"
		" [--to DAY] [--limit N]", N_("List the meetings"), events_run, true},
	{"event", "ID", N_("Show a meeting"), event_run, true},
	{"guide", "EVENT [--method NAME]", N_("Print the guide for a meeting, step by step"), guide_run, true},
	{"messages", "[--limit N]", N_("List your private messages"), messages_run, true},
	{"notices", "[--limit N]", N_("List your notices"), notices_run, true},
	{"post", "--category NAME --title TITLE [--tag TAG]", N_("Begin a topic; the text is on standard input"),
		post_run, true},
	{"reply", "TOPIC [--to N]", N_("Reply in a topic or a message; the text is on standard input"), reply_run,
		true},
	{"message", "NAME... --title TITLE", N_("Send a private message; the text is on standard input"),
		message_run, true},
	{"rsvp", "EVENT going|interested|not_going|none [--agree]", N_("Answer a meeting: are you coming?"),
		rsvp_run, true},
	{"outbox", "[--retry N | --drop N | --undo N] [--limit N]", N_("List what you wrote and how far it is"),
		outbox_run, true},
	{"notes", "[WORDS] [--limit N]", N_("List your own notes"), notes_run, true},
	{"note", "member|post NAME", N_("Keep a note on a member or a post; the text is on standard input"),
		note_run, true},
	{"export", "ics|vcf|mbox|json [NUMBER] [--all | --mine] [--out FILE]",
		N_("Write what is here for other programs"), export_run, true},
	{"search", "WORDS [--limit N]", N_("Search in everything that was fetched"), search_run, true},
	{"status", "", N_("Show where you are logged in and what is here"), status_run, false},
	{"sync", "[--no-limits]", N_("Fetch what is new"), sync_run, false},
	{"login", "URL [--ca-file F] [--user NAME] [--key-stdin | --password-stdin | --paste | --device]",
		N_("Log in at a community"), login_run, false},
	{"demo", "[nl|en]", N_("Try kring with a sample community on this computer"), demo_run, false},
	{"doctor", "", N_("Check whether kring can work here"), doctor_run, false},
	{"config", "check|show|keys|path|sample", N_("Check or show your settings"), config_run, false},
	{"wipe", "[--yes]", N_("Remove everything of one community from this computer"), wipe_run, false},
	{"completion", "bash|zsh|fish", N_("Print what your shell can fill in"), completion_run, false},
	{"logout", "", N_("Log out; what was fetched stays"), logout_run, false},
	{0},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

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

int call_usage(const struct call *c, const struct command *cmd)
{
	fprintf(stderr, _("Usage: kring %s %s\n"), cmd->name, cmd->usage);
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

/* Nothing was ever fetched: do that first, unless the member wants no network. */
static int first_fetch(struct call *c)
{
	struct program *p = c->program;
	struct error err = p->store_error;
	if (err.kind != ERR_NOT_FOUND)
		return call_fail(c, &err);
	if (p->offline) {
		fail(&err, ERR_OFFLINE, _("Nothing has been fetched yet."));
		error_advise(&err, _("Nothing is changed."), _("Try again when there is a connection."));
		return call_fail(c, &err);
	}
	int code = sync_fetch(c, false, NULL);
	if (code != EXIT_OK && code != EXIT_OFFLINE)
		return code;
	program_reopen_store(p);
	return p->store == NULL ? call_fail(c, &p->store_error) : EXIT_OK;
}

static int open_store(struct call *c)
{
	struct error err;
	if (!program_open(c->program, &err))
		return call_fail(c, &err);
	return c->program->store == NULL ? first_fetch(c) : EXIT_OK;
}

static int write_result(struct call *c, int code)
{
	if (c->json && (code == EXIT_OK || c->answered)) {
		sbuf_reset(&c->out);
		json_print_pretty(c->doc, &c->out);
		sbuf_addc(&c->out, '\n');
	}
	bool ok = c->json ? file_write_fd(STDOUT_FILENO, sbuf_str(&c->out), c->out.n)
		: call_write(STDOUT_FILENO, sbuf_str(&c->out), c->out.n);
	if (!ok && errno != EPIPE) {
		fprintf(stderr, _("kring: The output cannot be written. Nothing is changed. %s\n"), strerror(errno));
		return EXIT_FAILED;
	}
	return code;
}

int command_run(const struct command *cmd, struct call *c)
{
	c->doc = json_object();
	int code = cmd->needs_store ? open_store(c) : EXIT_OK;
	if (code == EXIT_OK)
		code = cmd->run(c);
	if (code == EXIT_OK && c->program->store != NULL && store_trouble(c->program->store) != NULL)
		code = call_fail(c, store_trouble(c->program->store));
	code = write_result(c, code);
	json_free(c->doc);
	sbuf_fini(&c->out);
	arena_fini(&c->mem);
	return code;
}
