#include "program.h"

#include <errno.h>
#include <stdlib.h>

#include "first_run.h"
#include "login_link.h"
#include "outbox_link.h"
#include "outside_editor.h"
#include "setting_link.h"
#include "stack.h"
#include "str.h"
#include "term.h"
#include "text.h"

static void fetch(void *self)
{
	struct program *p = self;
	if (p->network.thread == NULL || p->offline) {
		stack_say(p->ctx.stack, "%s", p->account == NULL ? _("You are not logged in, so there is nothing to fetch.")
			: _("kring was started offline. Start it again to fetch."));
		return;
	}
	p->ctx.waiting = true;
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOW});
	stack_say(p->ctx.stack, "%s", _("Fetching new items."));
}

static void fetch_topic(void *self, int64_t topic_id)
{
	struct program *p = self;
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_FETCH_TOPIC, .id = topic_id});
}

static void read_up_to(void *self, int64_t topic_id, int post_number, int64_t ms)
{
	struct program *p = self;
	uint64_t posted = network_post(&p->network, &(struct sync_intent){.kind = SYNC_READ, .id = topic_id,
		.number = post_number, .time_ms = ms});
	/* The list that is printed next stays as it is. */
	if (p->text)
		p->posted = posted;
}

static void read_notice(void *self, int64_t id)
{
	struct program *p = self;
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOTICE_READ, .id = id});
}

static void leave(void *self)
{
	struct program *p = self;
	p->leaving = true;
}

static void demo(void *self)
{
	struct program *p = self;
	p->leaving = p->to_demo = true;
}

void program_welcome(struct program *p)
{
	int step = p->account == NULL && str_empty(p->site) ? first_run_step() : FIRST_RUN_DONE;
	if (step == FIRST_RUN_DONE)
		return;
	stack_go(p->ctx.stack, &(struct target){.screen = "welcome", .number = step});
	/* Translators: how many steps, how long, what is needed, and that one can stop. */
	stack_say(p->ctx.stack, "%s", _("Four short steps, about two minutes. For logging in you need the address of your "
		"community. You can stop at each one and go on later."));
}

static void open_url(void *self, const char *url)
{
	struct program *p = self;
	if (browser_open(&p->browser, p->config.browser, url))
		stack_say(p->ctx.stack, "%s", _("The link was given to your browser."));
	else if (errno == EINVAL)
		stack_say(p->ctx.stack, "%s", _("kring only opens web addresses."));
	else
		stack_say(p->ctx.stack, _("The browser %s cannot be started. Copy the address to open it."),
			p->config.browser);
}

static bool no_editor(struct error *err)
{
	fail(err, ERR_NOT_FOUND, _("There is no editor on this computer that kring knows."));
	error_advise(err, _("Your text is as it was."), _("Name one with the setting editor."));
	return false;
}

static bool edit_outside(void *self, const char *text, struct sbuf *out, struct error *err)
{
	struct program *p = self;
	if (p->account == NULL)
		return fail(err, ERR_AUTH, _("Log in first. Then you can write."));
	char *command = outside_editor_command(p->config.editor);
	if (command == NULL)
		return no_editor(err);
	if (p->term != NULL)
		term_suspend(p->term);
	bool ok = outside_editor_run(command, p->account->dir, text, out, err);
	if (p->term != NULL)
		term_resume(p->term);
	free(command);
	return ok;
}

bool program_start(struct program *p, struct error *err)
{
	if (p->account == NULL)
		return true;
	bool ok = network_start(&p->network, p->account, &p->config, p->offline, err);
	p->host.outbox = ok ? &outbox_link_port : NULL;
	p->ctx.offline = p->offline;
	p->ctx.waiting = ok && !p->offline && p->store == NULL && p->store_error.kind == ERR_NOT_FOUND;
	if (p->ctx.waiting)
		network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOW});
	return ok;
}

void program_connect(struct program *p)
{
	p->host = (struct host){.self = p, .fetch = fetch, .fetch_topic = fetch_topic, .read_up_to = read_up_to,
		.read_notice = read_notice,
		.outbox = &outbox_link_port, .set_option = setting_link_set, .first_step = setting_link_step,
		.open_url = open_url, .leave = leave, .demo = demo, .edit_outside = edit_outside,
		.login = &login_link_port};
	p->ctx.host = &p->host;
}

void program_disconnect(struct program *p)
{
	login_link_end(p);
	setting_link_end(p);
}
