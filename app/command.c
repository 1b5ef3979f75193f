#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "file.h"
#include "text.h"

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
	c->command = cmd;
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
