#include "commands.h"

#include "category_store.h"
#include "event_text.h"
#include "plain.h"
#include "post_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

struct json *event_json(const struct event_row *e)
{
	struct json *o = json_object();
	json_add_int(o, "id", e->id);
	json_add_int(o, "topic_id", e->topic_id);
	json_add_string(o, "name", e->title);
	call_add_time(o, "starts_at", e->starts_ms);
	call_add_time(o, "ends_at", e->ends_ms);
	json_add_bool(o, "all_day", e->all_day);
	json_add_bool(o, "show_local_time", e->show_local_time);
	json_add_string(o, "timezone", str_empty(e->timezone) ? NULL : e->timezone);
	json_add_string(o, "location", str_empty(e->location) ? NULL : e->location);
	json_add_string(o, "category", str_empty(e->category) ? NULL : e->category);
	json_add_int(o, "category_id", e->category_id);
	json_add_string(o, "status", event_status_word(e->status));
	json_add_bool(o, "closed", e->closed);
	json_add_bool(o, "recurring", e->recurring);
	json_add_bool(o, "intervision", e->intervision);
	json_add_bool(o, "online", e->online);
	json_add_string(o, "my_attendance", attendance_word(e->mine));
	if (e->going >= 0)
		json_add_int(o, "going", e->going);
	if (e->max > 0)
		json_add_int(o, "max_attendees", e->max);
	return o;
}

void event_lines(struct call *c, const struct event_row *e)
{
	struct sbuf when = {0};
	struct when_span span = event_text_span(e);
	const char *state = event_text_state(e, c->program->ctx.now_ms);
	when_span(&when, &span, c->program->ctx.zone);
	when_span_hints(&when, &span, c->program->ctx.now_ms, c->program->ctx.zone);
	call_line(c, "%s%s%s", e->title, state == NULL ? "" : ", ", str_or_empty(state));
	call_line(c, "  %s: %lld", _("Number"), (long long)e->id);
	call_line(c, "  %s: %s", _("When"), sbuf_str(&when));
	if (!str_empty(e->location))
		call_line(c, "  %s: %s", _("Where"), e->location);
	sbuf_reset(&when);
	when_repeats(&when, e->recurrence, e->rrule, c->program->ctx.zone);
	if (when.n > 0)
		call_line(c, "  %s: %s", _("Repeats"), sbuf_str(&when));
	sbuf_fini(&when);
}

/* The first moment of a day in the member's zone, `days_on` days later. */
static bool day_option(struct call *c, const char *name, int days_on, int64_t *ms, struct error *err)
{
	const char *text = call_option(c, name);
	int64_t day;
	bool naive = false;
	if (text == NULL)
		return true;
	if (!time_parse(text, &day, &naive) || !naive)
		return fail(err, ERR_INVALID, _("%s: write a day as 2026-03-31."), name);
	struct civil date = civil_from_seconds(day / 1000 + days_on * 86400LL);
	date.hour = date.minute = date.second = 0;
	*ms = zone_instant(c->program->ctx.zone, &date, NULL) * 1000;
	return true;
}

static bool category_option(struct call *c, int64_t *id, struct error *err)
{
	const char *name = call_option(c, "--category");
	if (name != NULL && (*id = category_store_find(c->program->store, name)) == 0)
		return fail(err, ERR_NOT_FOUND, _("There is no category \"%s\"."), name);
	return true;
}

static bool events_filter(struct call *c, struct event_filter *f, struct error *err)
{
	int64_t now = c->program->ctx.now_ms, from = 0, to = 0;
	bool past = call_flag(c, "--past");
	*f = (struct event_filter){.zone = c->program->ctx.zone, .mine = call_flag(c, "--mine"),
		.online = call_flag(c, "--online"), .on_site = call_flag(c, "--on-site"),
		.intervision = call_flag(c, "--intervision"), .free_places = call_flag(c, "--free"), .newest_first = past};
	if (!day_option(c, "--from", 0, &from, err) || !day_option(c, "--to", 1, &to, err)
		|| !category_option(c, &f->category_id, err))
		return false;
	f->from_ms = from != 0 || past ? from : to != 0 && to < now ? 0 : now;
	f->to_ms = to == 0 && past ? now : to;
	return true;
}

int events_run(struct call *c)
{
	struct event_filter f;
	struct error err;
	int limit = call_limit(c, 50);
	if (!events_filter(c, &f, &err))
		return call_fail(c, &err);
	if (limit == 0 || !call_rest(c, 0))
		return call_usage(c);
	struct event_rows list = event_store_list(c->program->store, &f, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, "events");
	for (int i = 0; i < list.count; i++) {
		json_append(array, event_json(&list.row[i]));
		event_lines(c, &list.row[i]);
	}
	if (list.count == 0)
		call_line(c, "%s", _("There are no meetings here."));
	return EXIT_OK;
}

static const char *event_plain(struct call *c, const struct event *e)
{
	struct plain p;
	const struct post_row *post = post_store_get(c->program->store, e->id, &c->mem);
	plain_begin(&p, c);
	p.look.no_event = true;
	styled_line(&p.builder, ROLE_TEXT, event_title(e));
	event_text_summary(&p.builder, e, c->program->ctx.zone, c->program->ctx.now_ms);
	if (post != NULL)
		post_text_add(&p.builder, post, &p.look);
	return plain_end(&p);
}

static void add_invitees(const struct event *e, struct json *object)
{
	struct json *array = json_add_array(object, "invitees");
	for (int i = 0; i < e->invitee_count; i++) {
		struct json *v = json_append_object(array);
		json_add_string(v, "username", e->invitee[i].username);
		json_add_string(v, "name", e->invitee[i].name);
		json_add_string(v, "status", attendance_word(e->invitee[i].attendance));
	}
}

static void show_event(struct call *c, const struct event *e)
{
	const struct event_row *listed = event_store_pick(c->program->store,
		&(struct event_time){.id = e->id, .starts_ms = e->starts_ms}, 1, &c->mem);
	struct event_row row = {
		.intervision = listed->intervision, .online = listed->online,
		.id = e->id, .topic_id = e->topic_id, .category_id = e->category_id, .starts_ms = e->starts_ms,
		.ends_ms = e->ends_ms, .title = event_title(e), .location = e->location, .timezone = e->timezone,
		.all_day = e->all_day, .show_local_time = e->show_local_time, .closed = e->closed,
		.recurring = !str_empty(e->recurrence), .mine = e->mine, .status = e->status, .going = e->going,
		.interested = e->interested, .max = e->max_attendees,
	};
	struct json *o = event_json(&row);
	const char *text = event_plain(c, e);
	json_add(c->doc, "event", o);
	json_add_string(o, "url", e->url);
	json_add_string(o, "description", e->description);
	json_add_string(o, "creator", e->creator);
	add_invitees(e, o);
	json_add_string(o, "text", text);
	sbuf_add(&c->out, text);
}

int event_run(struct call *c)
{
	int64_t id;
	if (!call_rest(c, 1) || c->argc != 1 || !str_to_int(c->argv[0], 1, INT64_MAX, &id))
		return call_usage(c);
	const struct event *e = event_store_get(c->program->store, id, &c->mem);
	if (e == NULL) {
		struct error err;
		fail(&err, ERR_NOT_FOUND, _("Meeting %lld is not in kring."), (long long)id);
		return call_fail(c, &err);
	}
	show_event(c, e);
	return EXIT_OK;
}
