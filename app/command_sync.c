#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"
#include "frame.h"
#include "str.h"
#include "text.h"

enum { ProgressMs = 2000 };

struct progress_line {
	struct call *call;
	int64_t shown_ms;
	char last[300];
};

static volatile sig_atomic_t got_end;

static void on_end(int number)
{
	got_end = number;
}

/* One plain line at most every two seconds, and only when its numbers moved. */
static bool show_progress(void *context)
{
	struct progress_line *p = context;
	struct program *program = p->call->program;
	struct sbuf line = {0};
	if (!isatty(STDERR_FILENO) || program->config.progress == PROGRESS_OFF
		|| clock_mono_ms() - p->shown_ms < ProgressMs)
		return got_end != 0;
	program_reopen_store(program);
	if (program->store != NULL)
		frame_status(&program->ctx, &line);
	if (line.n > 0 && !str_equal(p->last, sbuf_str(&line))) {
		snprintf(p->last, sizeof p->last, "%s", sbuf_str(&line));
		fprintf(stderr, "%s\n", p->last);
	}
	p->shown_ms = clock_mono_ms();
	sbuf_fini(&line);
	return got_end != 0;
}

static bool run(struct call *c, bool no_limits, bool (*progress)(void *context), void *context,
	struct sync_report *report, struct error *err)
{
	struct program *p = c->program;
	const struct sync_module *m = network_module(err);
	if (m == NULL)
		return false;
	struct sync_options o = network_options(p->account, &p->config);
	o.no_limits = o.no_limits || no_limits;
	sigaction(SIGINT, &(struct sigaction){.sa_handler = on_end}, NULL);
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_end}, NULL);
	sigaction(SIGHUP, &(struct sigaction){.sa_handler = on_end}, NULL);
	bool ok = m->run_once(&o, progress, context, report, err);
	if (report->calendar.kind != ERR_NONE)
		call_fail(c, &report->calendar);
	return ok;
}

int sync_fetch(struct call *c, bool no_limits, struct sync_report *report)
{
	struct error err;
	struct sync_report unused;
	struct progress_line line = {.call = c, .shown_ms = clock_mono_ms()};
	return run(c, no_limits, show_progress, &line, report == NULL ? &unused : report, &err) ? EXIT_OK
		: call_fail(c, &err);
}

struct until {
	bool (*enough)(void *context);
	void *context;
};

static bool is_enough(void *context)
{
	const struct until *u = context;
	return got_end != 0 || u->enough(u->context);
}

bool sync_until(struct call *c, bool (*enough)(void *context), void *context, struct error *err)
{
	struct until until = {enough, context};
	struct sync_report unused;
	return run(c, false, is_enough, &until, &unused, err);
}

static void add_report(struct call *c, const struct sync_report *r)
{
	json_add_int(c->doc, "requests", r->requests);
	json_add_int(c->doc, "posts", r->posts);
	json_add_int(c->doc, "edited", r->edited);
	json_add_int(c->doc, "deleted", r->deleted);
	json_add_int(c->doc, "members", r->members);
	json_add_int(c->doc, "events", r->events);
	json_add_int(c->doc, "sent", r->sent);
	json_add_int(c->doc, "refused", r->refused);
	json_add_int(c->doc, "waiting", r->waiting);
	json_add_int(c->doc, "bytes", r->bytes);
	json_add_double(c->doc, "seconds", r->seconds);
	json_add_bool(c->doc, "complete", r->complete);
	call_line(c, _("New posts: %lld"), (long long)r->posts);
	call_line(c, _("Changed: %lld. Removed: %lld."), (long long)r->edited, (long long)r->deleted);
	call_line(c, _("Members: %lld. Meetings: %lld."), (long long)r->members, (long long)r->events);
	if (r->sent > 0)
		call_line(c, _("Sent: %lld."), (long long)r->sent);
	if (r->refused > 0)
		call_line(c, _("Refused by the site: %lld. See kring outbox."), (long long)r->refused);
	if (r->waiting > 0)
		call_line(c, _("Waiting to be sent: %lld."), (long long)r->waiting);
	call_line(c, "%s", r->complete ? _("Everything is up to date.")
		: _("Not everything is here yet. Run kring sync again."));
}

int sync_run(struct call *c)
{
	struct error err;
	struct sync_report report = {0};
	bool no_limits = call_flag(c, "--no-limits");
	if (!call_rest(c, 0))
		return call_usage(c);
	if (!program_open(c->program, &err))
		return call_fail(c, &err);
	if (c->program->offline) {
		fail(&err, ERR_OFFLINE, _("You asked to stay offline, so nothing was fetched."));
		return call_fail(c, &err);
	}
	int code = sync_fetch(c, no_limits, &report);
	if (code == EXIT_OK)
		add_report(c, &report);
	return code;
}
