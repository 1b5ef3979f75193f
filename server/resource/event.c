#include "event_view.h"
#include "options.h"
#include "people.h"
#include "resources.h"
#include "str.h"

enum { OCCURRENCES_DEFAULT = 50, INVITEES_MAX = 200, SUGGESTED_MAX = 10 };

/* Has the asked-about member answered only for one date of the series? Then only that date is listed. */
static bool one_date_only(struct request *r, const struct event_filter *f, const struct event_view *v)
{
	return f->attending_id > 0 && sql_get_int(r->db, 0,
		"SELECT 1 FROM invitee WHERE event_id = ? AND user_id = ? AND status = 'going' AND NOT recurring",
		"ii", v->id, f->attending_id) != 0;
}

static int occurrences(struct request *r, const struct event_filter *f, const struct event_view *v,
	struct occurrence *list, int max)
{
	int64_t from_ms = f->after_ms == 0 ? r->now_ms : f->after_ms;
	int64_t to_ms = f->before_ms == 0 ? INT64_MAX : f->before_ms;
	if (str_empty(v->e.recurrence)) {
		list[0] = (struct occurrence){v->e.starts_ms, v->e.ends_ms};
		return 1;
	}
	if (!one_date_only(r, f, v))
		return forum_event_occurrences(&v->e, from_ms, to_ms, list, max);
	list[0] = v->now;
	return !v->ended && v->now.starts_ms < to_ms && (f->after_ms == 0 || v->now.starts_ms >= from_ms);
}

static void occurrences_encode(struct request *r, struct json *into, const struct event_filter *f,
	const struct event_view *v)
{
	int max = f->limited ? f->limit : OCCURRENCES_DEFAULT;
	struct occurrence *list = ARENA_ARRAY(r->mem, (size_t)max, struct occurrence);
	int count = occurrences(r, f, v, list, max);
	struct json *dates = json_add_array(into, "occurrences");
	for (int i = 0; i < count; i++) {
		struct json *date = json_append_object(dates);
		event_view_add_time(r, date, "starts_at", v, list[i].starts_ms);
		event_view_add_time(r, date, "ends_at", v, list[i].ends_ms);
	}
}

static void events_answer(struct request *r, struct response *w)
{
	struct event_filter f;
	if (!event_filter_read(r, w, &f))
		return;
	struct event_view *list;
	int count = event_filter_run(r, &f, &list);
	bool detailed = request_param_bool(r, "include_details", false);
	struct json *answer = json_object(), *events = json_add_array(answer, "events");
	for (int i = 0; i < count; i++) {
		struct json *event = json_append_object(events);
		event_view_encode(r, event, &list[i], detailed);
		if (!r->server->options->old_discourse)
			occurrences_encode(r, event, &f, &list[i]);
	}
	response_json(w, answer);
}

static bool events_enabled(struct request *r, struct response *w)
{
	if (people_setting_on(r, "discourse_post_event_enabled", true))
		return true;
	response_not_found(r, w);
	return false;
}

static void events_list(struct request *r, struct response *w)
{
	if (!events_enabled(r, w))
		return;
	if (str_equal(r->format, "ics"))
		event_calendar(r, w);
	else
		events_answer(r, w);
}

/* The event of a route's :id when the requester may see its post; else answered with 404. */
static bool event_of_route(struct request *r, struct response *w, struct event_view *v)
{
	int64_t id = request_part_id(r, "id");
	if (!events_enabled(r, w))
		return false;
	if (forum_post_visible(r->db, forum_viewer(r), id) && event_view_load(r, id, v))
		return true;
	response_not_found(r, w);
	return false;
}

static void event_show(struct request *r, struct response *w)
{
	struct event_view v;
	if (!event_of_route(r, w, &v))
		return;
	if (str_equal(r->format, "ics")) {
		event_calendar_one(r, w, v.id);
		return;
	}
	struct json *answer = json_object();
	event_encode(r, json_add_object(answer, "event"), v.id, true);
	response_json(w, answer);
}

static void suggested_encode(struct request *r, struct json *answer, const struct event_view *v, const char *filter)
{
	struct json *users = json_array();
	struct sql_query *q = sql_query(r->db,
		"SELECT id, username, name FROM user WHERE id > 0 AND active AND instr(fold(username), fold(?1)) > 0"
		" AND id NOT IN (SELECT user_id FROM invitee WHERE event_id = ?2)"
		" ORDER BY username COLLATE NOCASE LIMIT ?3", "sin", filter, v->id, SUGGESTED_MAX);
	while (sql_next(q))
		user_brief_encode(r, json_append_object(users), sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	sql_end(q, NULL);
	if (json_count(users) > 0)
		json_add(json_add_object(answer, "meta"), "suggested_users", users);
	else
		json_free(users);
}

static void invitees_encode(struct request *r, struct json *list, const struct event_view *v, const char *filter,
	const char *type)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT " INVITEE_COLUMNS " FROM invitee i JOIN user u ON u.id = i.user_id WHERE i.event_id = ?1"
		" AND (?2 IS NULL OR instr(fold(u.username), fold(?2)) > 0) AND (?3 IS NULL OR i.status = ?3)"
		" ORDER BY CASE i.status WHEN 'going' THEN 0 WHEN 'interested' THEN 1 WHEN 'not_going' THEN 2 ELSE 3 END,"
		" u.username COLLATE NOCASE LIMIT ?4", "issn", v->id, filter, type, INVITEES_MAX);
	while (sql_next(q))
		invitee_encode(r, json_append_object(list), v, q);
	sql_end(q, NULL);
}

static void event_invitees(struct request *r, struct response *w)
{
	const char *filter = request_param(r, "filter"), *type = request_param(r, "type");
	struct event_view v;
	if (!event_of_route(r, w, &v))
		return;
	if (!v.shows_invitees) {
		response_forbidden(r, w);
		return;
	}
	if (str_empty(type))
		type = NULL;
	if (type != NULL && !str_equal(type, "going") && !str_equal(type, "interested")
		&& !str_equal(type, "not_going")) {
		response_invalid(r, w, "type");
		return;
	}
	struct json *answer = json_object();
	invitees_encode(r, json_add_array(answer, "invitees"), &v, str_empty(filter) ? NULL : filter, type);
	if (!str_empty(filter) && v.mine_to_act)
		suggested_encode(r, answer, &v, filter);
	response_json(w, answer);
}

const struct route event_routes[] = {
	{"GET", "/discourse-post-event/events", events_list, ROUTE_PACKS},
	{"GET", "/discourse-post-event/events/:id", event_show},
	{"GET", "/discourse-post-event/events/:id/invitees", event_invitees},
	{0},
};
