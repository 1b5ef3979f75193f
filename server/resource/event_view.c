#include "event_view.h"

#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "people.h"
#include "str.h"
#include "zone.h"

enum { DAY_MS = 86400 * 1000 };

const char *event_view_title(const struct event_view *v)
{
	return str_empty(v->e.name) ? v->topic_title : v->e.name;
}

const struct zone *event_view_zone(const struct event_view *v)
{
	const struct zone *z = str_empty(v->e.timezone) ? NULL : zone_get(v->e.timezone);
	return z == NULL ? zone_utc() : z;
}

static bool facts_load(struct request *r, int64_t id, struct event_view *v)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT t.id, t.category_id, p.user_id, t.title, t.slug, c.slug, u.username, u.name, p.cooked"
		" FROM post p JOIN topic t ON t.id = p.topic_id JOIN user u ON u.id = p.user_id"
		" LEFT JOIN category c ON c.id = t.category_id WHERE p.id = ?", "i", id);
	bool found = sql_next(q);
	if (found) {
		v->topic_id = sql_int(q, 0);
		v->category_id = sql_int(q, 1);
		v->creator_id = sql_int(q, 2);
		v->topic_title = sql_text_in(q, 3, r->mem);
		v->topic_slug = sql_text_in(q, 4, r->mem);
		v->category_slug = sql_text_in(q, 5, r->mem);
		v->creator = sql_text_in(q, 6, r->mem);
		v->creator_name = sql_text_in(q, 7, r->mem);
		v->post_cooked = sql_text_in(q, 8, r->mem);
	}
	sql_end(q, NULL);
	return found;
}

/* Is the member in one of the groups of a private event? */
static bool invited(struct request *r, const struct event_view *v)
{
	return r->me.user_id != 0 && sql_get_int(r->db, 0,
		"SELECT 1 FROM group_member m JOIN groups g ON g.id = m.group_id WHERE m.user_id = ?1"
		" AND g.name IN (SELECT value COLLATE NOCASE FROM json_each(?2))", "is", r->me.user_id,
		list_as_json(r->mem, v->e.allowed_groups, ",")) != 0;
}

/* Without an end an event lasts until its day is over. */
static int64_t last_moment(const struct event_view *v, const struct occurrence *o)
{
	if (o->ends_ms != 0)
		return o->ends_ms;
	if (v->e.all_day)
		return o->starts_ms + DAY_MS;
	struct civil day = zone_civil(event_view_zone(v), o->starts_ms / 1000);
	day.hour = 23;
	day.minute = day.second = 59;
	return zone_instant(event_view_zone(v), &day, NULL) * 1000 + 999;
}

static void times_fill(struct request *r, struct event_view *v)
{
	bool recurring = !str_empty(v->e.recurrence);
	v->now = (struct occurrence){v->e.starts_ms, v->e.ends_ms};
	if (recurring) {
		struct occurrence next;
		v->ended = v->e.recurrence_until_ms != 0 && v->e.recurrence_until_ms < r->now_ms;
		if (!v->ended && forum_event_next(&v->e, r->now_ms, &next))
			v->now = next;
		else
			v->ended = true;
	}
	int64_t last_ms = last_moment(v, &v->now);
	v->expired = recurring ? v->ended : last_ms <= r->now_ms;
	v->ongoing = !v->e.closed && !v->expired && v->now.starts_ms <= r->now_ms && r->now_ms <= last_ms;
}

static void counts_fill(struct request *r, struct event_view *v)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT sum(status = 'going'), sum(status = 'going' AND recurring), sum(status = 'interested'),"
		" sum(status = 'not_going'), sum(status IS NULL) FROM invitee WHERE event_id = ?", "i", v->id);
	if (sql_next(q)) {
		v->going = (int)sql_int(q, 0);
		v->going_recurring = (int)sql_int(q, 1);
		v->interested = (int)sql_int(q, 2);
		v->not_going = (int)sql_int(q, 3);
		v->unanswered = (int)sql_int(q, 4);
	}
	sql_end(q, NULL);
	if (str_equal(v->e.status, "private"))
		v->unanswered += (int)sql_get_int(r->db, 0,
			"SELECT count(DISTINCT m.user_id) FROM group_member m JOIN groups g ON g.id = m.group_id"
			" WHERE g.name IN (SELECT value COLLATE NOCASE FROM json_each(?1))"
			" AND m.user_id NOT IN (SELECT user_id FROM invitee WHERE event_id = ?2)", "si",
			list_as_json(r->mem, v->e.allowed_groups, ","), v->id);
}

static void rights_fill(struct request *r, struct event_view *v)
{
	bool closed_group = str_equal(v->e.status, "private");
	v->mine_to_act = r->me.user_id != 0 && (r->me.staff || r->me.user_id == v->creator_id) &&
		forum_event_may_create(r->db, forum_viewer(r));
	v->invited = closed_group ? invited(r, v) : true;
	v->shows_invitees = !closed_group || v->invited || v->mine_to_act;
	v->answerable = r->me.user_id != 0 && !v->e.closed && !v->expired &&
		(str_equal(v->e.status, "public") || (closed_group && v->invited));
}

bool event_view_load(struct request *r, int64_t id, struct event_view *out)
{
	*out = (struct event_view){.id = id};
	if (!forum_event_load(r->db, id, r->mem, &out->e) || !facts_load(r, id, out))
		return false;
	times_fill(r, out);
	rights_fill(r, out);
	counts_fill(r, out);
	return true;
}

static bool time_param(struct request *r, struct response *w, const char *name, int64_t *ms)
{
	const char *text = request_param(r, name);
	*ms = 0;
	if (str_empty(text))
		return true;
	if (str_equal(text, "now")) {
		*ms = r->now_ms;
		return true;
	}
	if (time_parse(text, ms, NULL))
		return true;
	response_invalid(r, w, name);
	return false;
}

static bool limit_param(struct request *r, struct response *w, struct event_filter *f)
{
	enum { LIMIT_MAX = 200 };
	const char *text = request_param(r, "limit");
	int64_t limit = LIMIT_MAX;
	if (!str_empty(text) && !str_to_int(text, 1, INT64_MAX, &limit)) {
		response_invalid(r, w, "limit");
		return false;
	}
	f->limited = !str_empty(text);
	f->limit = limit > LIMIT_MAX ? LIMIT_MAX : (int)limit;
	return true;
}

static int64_t attending_param(struct request *r)
{
	const char *username = request_param(r, "attending_user");
	if (str_empty(username))
		return 0;
	return sql_get_int(r->db, -1, "SELECT id FROM user WHERE username = ?", "s", username);
}

bool event_filter_read(struct request *r, struct response *w, struct event_filter *out)
{
	*out = (struct event_filter){
		.post_id = request_param_int(r, "post_id", 0),
		.topic_id = request_param_int(r, "topic_id", 0),
		.category_id = request_param_int(r, "category_id", 0),
		.attending_id = attending_param(r),
		.search = request_param(r, "search"),
		.status = request_param(r, "status"),
		.tags = request_param(r, "tags"),
		.subcategories = request_param_bool(r, "include_subcategories", false),
		.ongoing = request_param_bool(r, "include_ongoing", false),
		.closed = request_param_bool(r, "include_closed", false),
		.expired = request_param_bool(r, "include_expired", false),
		.descending = str_equal(request_param(r, "order"), "desc"),
	};
	out->interested = request_param_bool(r, "include_interested", false) &&
		(r->me.admin || out->attending_id == r->me.user_id);
	return time_param(r, w, "after", &out->after_ms) && time_param(r, w, "before", &out->before_ms) &&
		limit_param(r, w, out);
}

/* ?1 and ?2 as the conditions of forum.h want them. Dates of a series are looked at when it is unrolled. */
static const char filter_sql[] =
	"SELECT e.id FROM event e JOIN post p ON p.id = e.id JOIN topic t ON t.id = e.topic_id"
	" WHERE p.deleted_ms IS NULL AND (" FORUM_TOPIC_LISTED("t") " OR " FORUM_MESSAGE_MINE("t") ")"
	" AND (?3 = 0 OR e.id = ?3) AND (?4 = 0 OR t.id = ?4)"
	" AND (?5 = 0 OR t.category_id = ?5 OR (?6 AND t.category_id IN (SELECT id FROM category"
	" WHERE parent_id = ?5))) AND (?7 OR NOT e.closed)"
	" AND (?8 = 0 OR EXISTS (SELECT 1 FROM invitee i WHERE i.event_id = e.id AND i.user_id = ?8"
	"  AND (i.status = 'going' OR (?9 AND i.status = 'interested'))))"
	" AND (?10 IS NULL OR instr(fold(coalesce(e.name, '')), fold(?10)) > 0"
	"  OR instr(fold(coalesce(e.description, '')), fold(?10)) > 0"
	"  OR instr(fold(coalesce(e.location, '')), fold(?10)) > 0)"
	" AND (?11 IS NULL OR e.status IN (SELECT value FROM json_each(?11)))"
	" AND (?12 = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(?12) wanted WHERE NOT EXISTS (SELECT 1"
	" FROM topic_tag x"
	"  JOIN tag ON tag.id = x.tag_id WHERE x.topic_id = t.id AND tag.name = lower(wanted.value))))"
	" AND (?13 = 0 OR e.recurrence IS NOT NULL OR e.starts_ms >= ?13 OR (?14 AND e.ends_ms >= ?13))"
	" AND (?13 = 0 OR e.recurrence IS NULL OR e.starts_ms >= ?13 OR e.recurrence_until_ms IS NULL"
	"  OR e.recurrence_until_ms >= ?13)"
	" AND (?15 = 0 OR e.starts_ms < ?15) ORDER BY e.starts_ms, e.id";

static int by_beginning(const void *a, const void *b)
{
	const struct event_view *x = a, *y = b;
	if (x->now.starts_ms != y->now.starts_ms)
		return x->now.starts_ms < y->now.starts_ms ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int by_beginning_down(const void *a, const void *b)
{
	return by_beginning(b, a);
}

static bool kept(struct request *r, const struct event_filter *f, const struct event_view *v)
{
	bool old = r->server->options->old_discourse;
	if (f->attending_id != 0 && str_equal(v->e.status, "private") && !v->invited && !r->me.admin)
		return false;
	return !old || f->expired || !v->expired;
}

int event_filter_run(struct request *r, const struct event_filter *f, struct event_view **out)
{
	bool old = r->server->options->old_discourse;
	struct event_view *list = NULL;
	int count = 0, room = 0;
	struct sql_query *q = sql_query(r->db, filter_sql, "iniiinninsssini", FORUM_VIEWER(forum_viewer(r)), f->post_id,
		f->topic_id, f->category_id, f->subcategories, f->closed || old, f->attending_id, f->interested,
		str_empty(f->search) ? NULL : f->search,
		str_empty(f->status) ? NULL : list_as_json(r->mem, f->status, ","), list_as_json(r->mem, f->tags, ","),
		old ? INT64_C(0) : f->after_ms, f->ongoing, f->before_ms);
	while (sql_next(q)) {
		if (count == room) {
			room = room == 0 ? 64 : room * 2;
			list = arena_grow(r->mem, list, (size_t)count, (size_t)room, sizeof *list);
		}
		if (event_view_load(r, sql_int(q, 0), &list[count]) && kept(r, f, &list[count]))
			count++;
	}
	sql_end(q, NULL);
	if (count > 0)
		qsort(list, (size_t)count, sizeof *list, f->descending ? by_beginning_down : by_beginning);
	*out = list;
	return count > f->limit ? f->limit : count;
}
