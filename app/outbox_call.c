#include "outbox_call.h"

#include <stdio.h>
#include <unistd.h>

#include "charset.h"
#include "clock.h"
#include "commands.h"
#include "file.h"
#include "outbox_text.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "when.h"

enum { MaxText = 1024 * 1024, LongestPushMs = 30 * 1000 };

const char *outbox_call_text(struct call *c, struct error *err)
{
	struct sbuf raw = {0}, text = {0}, clean = {0};
	if (isatty(STDIN_FILENO))
		fprintf(stderr, "%s\n", _("Type the text. End with Enter and Ctrl-D."));
	bool ok = file_read_fd(STDIN_FILENO, MaxText, &raw, err);
	if (utf8_valid(sbuf_str(&raw), raw.n))
		sbuf_addn(&text, sbuf_str(&raw), raw.n);
	else
		charset_decode(&text, raw.p, raw.n);
	sbuf_fini(&raw);
	if (ok && !utf8_valid(sbuf_str(&text), text.n))
		ok = fail(err, ERR_INVALID, _("The text is not in UTF-8."));
	char *out = NULL;
	if (ok) {
		utf8_clean(&clean, sbuf_str(&text), text.n, UTF8_LINES, MaxText);
		out = arena_strdup(&c->mem, sbuf_str(&clean));
		for (size_t n = clean.n; n > 0 && (out[n - 1] == '\n' || out[n - 1] == ' '); n--)
			out[n - 1] = '\0';
	}
	sbuf_fini(&text);
	sbuf_fini(&clean);
	return out;
}

bool outbox_call_write(
	struct call *c, bool (*write)(struct store *s, void *what, struct error *err), void *what, struct error *err)
{
	struct store *s = store_open(c->program->account->dir, STORE_READ | STORE_WRITE, err);
	if (s == NULL)
		return false;
	bool ok = store_begin(s, err) && write(s, what, err);
	if (ok)
		ok = store_commit(s, NULL, err);
	else
		store_rollback(s);
	store_close(s);
	return ok;
}

static void add_error(struct json *o, const struct outbox_row *r)
{
	if (r->error == ERR_NONE)
		return;
	struct json *e = json_add_object(o, "error");
	json_add_string(e, "kind", error_word(r->error));
	json_add_int(e, "http_status", r->http_status);
	json_add_string(e, "what", r->error_what);
}

static void add_id(struct json *o, const char *name, int64_t id)
{
	if (id != 0)
		json_add_int(o, name, id);
}

static void add_text(struct json *o, const char *name, const char *text)
{
	if (!str_empty(text))
		json_add_string(o, name, text);
}

static int64_t known(int64_t now, int64_t before)
{
	return now != 0 ? now : before;
}

struct json *outbox_call_json(struct call *c, const struct outbox_row *r)
{
	struct json *o = json_object();
	const struct change *ch = &r->change;
	/* As a text: it has more digits than many programs keep of a number. */
	json_add_string(o, "id", arena_printf(&c->mem, "%lld", (long long)ch->id));
	json_add_string(o, "kind", change_kind_word(ch->kind));
	json_add_string(o, "state", change_state_word(ch->state));
	json_add_bool(o, "held", r->held);
	add_id(o, "topic_id", known(r->done_topic_id, ch->topic_id));
	add_id(o, "post_id", known(r->done_post_id, ch->post_id));
	add_id(o, "post_number", r->done_post_number);
	add_id(o, "category_id", ch->category_id);
	if (ch->kind == CHANGE_ATTENDANCE)
		json_add_string(o, "status", attendance_word((enum attendance)ch->number));
	add_text(o, "where", r->where);
	add_text(o, "title", ch->title);
	add_text(o, "names", ch->names);
	add_text(o, "raw", ch->body);
	call_add_time(o, "created_at", ch->created_ms);
	call_add_time(o, "done_at", r->done_ms);
	add_error(o, r);
	return o;
}

void outbox_call_show(struct call *c, const struct outbox_row *r, struct json *list)
{
	struct sbuf state = {0};
	const struct program *p = c->program;
	json_append(list, outbox_call_json(c, r));
	outbox_text_state(&state, r, p->ctx.now_ms, p->ctx.zone);
	call_line(c, "%s", outbox_text_title(r, &c->mem));
	call_line(c, "  %s: %lld", _("Number"), (long long)r->change.id);
	call_line(c, "  %s: %s", _("State"), sbuf_str(&state));
	if (!str_empty(r->error_what) && r->change.state != CHANGE_DONE)
		call_line(c, "  %s: %s", _("Reason"), r->error_what);
	if (r->done_topic_id != 0)
		call_line(c, "  %s: %lld", _("Topic"), (long long)r->done_topic_id);
	sbuf_fini(&state);
}

/* One item on its way out. */
struct push {
	struct call *call;
	int64_t id, until_ms;
	int64_t sent_ms;      /* of the try before */
};

static const struct outbox_row *row_of(const struct push *p, struct arena *a)
{
	return outbox_store_get(p->call->program->store, p->id, a);
}

static bool is_underway(const struct outbox_row *r)
{
	return r != NULL && (r->change.state == CHANGE_WAITING || r->change.state == CHANGE_SENDING ||
		r->change.state == CHANGE_UNSURE);
}

/* It was tried, and a few seconds do not mend what went wrong. */
static bool waits_long(const struct push *p, const struct outbox_row *r)
{
	if (r->sent_ms == p->sent_ms)
		return false;
	if (r->error == ERR_LIMIT)
		return r->next_ms - r->sent_ms > LongestPushMs;
	return r->error == ERR_READONLY && r->change.state == CHANGE_WAITING;
}

/* What else there is to fetch can wait. Another kring may be the one that sends. */
static bool is_over(void *context)
{
	const struct push *p = context;
	struct arena a = {0};
	const struct outbox_row *r = row_of(p, &a);
	bool over = clock_mono_ms() > p->until_ms || !is_underway(r) || waits_long(p, r);
	arena_fini(&a);
	return over;
}

static int say_refused(struct call *c, const struct outbox_row *r)
{
	struct error err;
	fail(&err, r->error, "%s", r->error_what);
	return call_fail(c, &err);
}

/* *why: why it is not out; ERR_NONE when there is no reason but time. */
static int say_waiting(struct call *c, const struct outbox_row *r, const struct error *why)
{
	struct error err = *why;
	bool known = why->kind != ERR_NONE && why->kind != ERR_CANCELLED;
	if (!known && r->change.state == CHANGE_UNSURE)
		fail(&err, ERR_OFFLINE, "%s", _("Not sure if it arrived. kring first asks the site."));
	else if (!known && r->error != ERR_NONE)
		fail(&err, r->error, "%s", r->error_what);
	else if (!known)
		fail(&err, ERR_OFFLINE, "%s", _("It was not sent yet."));
	error_advise(&err, _("It is kept in the outbox and sent later."),
		err.kind == ERR_AUTH ? _("Log in again.") : _("See kring outbox."));
	int code = call_fail(c, &err);
	return code == EXIT_NOT_LOGGED_IN ? code : EXIT_OFFLINE;
}

static int say_result(struct call *c, int64_t id, const struct error *why)
{
	const struct outbox_row *r = outbox_store_get(c->program->store, id, &c->mem);
	struct json *list = json_add_array(c->doc, "outbox");
	c->answered = true;
	if (r == NULL) {
		call_line(c, "%s", _("There is nothing left to send."));
		return EXIT_OK;
	}
	outbox_call_show(c, r, list);
	if (r->change.state == CHANGE_REFUSED)
		return say_refused(c, r);
	return is_underway(r) ? say_waiting(c, r, why) : EXIT_OK;
}

int outbox_call_push(struct call *c, int64_t id)
{
	struct error err = {0};
	const struct outbox_row *r = outbox_store_get(c->program->store, id, &c->mem);
	struct push push = {.call = c, .id = id, .until_ms = clock_mono_ms() + LongestPushMs,
		.sent_ms = r == NULL ? 0 : r->sent_ms};
	if (c->program->offline)
		fail(&err, ERR_OFFLINE, _("You asked to stay offline."));
	else if (!is_over(&push) && sync_until(c, is_over, &push, &err))
		err = (struct error){0};
	return say_result(c, id, &err);
}

static bool put(struct store *s, void *what, struct error *err)
{
	return outbox_store_send(s, what, err);
}

int outbox_call_send(struct call *c, struct change *change)
{
	struct error err;
	change->id = change_new_id();
	change->created_ms = c->program->ctx.now_ms;
	if (!outbox_call_write(c, put, change, &err))
		return call_fail(c, &err);
	return outbox_call_push(c, change->id);
}
