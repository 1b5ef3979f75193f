#include <stdio.h>
#include <string.h>

#include "event_view.h"
#include "options.h"
#include "people.h"
#include "str.h"
#include "zone.h"

enum { SAMPLE_INVITEES = 10, HOUR_MS = 3600 * 1000, UPCOMING_MAX = 366 };

static bool old_shape(const struct request *r)
{
	return r->server->options->old_discourse;
}

/* "2026-03-03T14:30:00.000+01:00", or with Z in UTC. */
static const char *zoned_time(struct request *r, const struct zone *z, int64_t ms)
{
	int64_t s = ms / 1000;
	int offset = zone_offset(z, s, NULL);
	struct civil c = zone_civil(z, s);
	if (zone_same(z, zone_utc()))
		return arena_printf(r->mem, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute,
			c.second, (int)(ms % 1000));
	int minutes = (offset < 0 ? -offset : offset) / 60;
	return arena_printf(r->mem, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", c.year, c.month, c.day, c.hour,
		c.minute, c.second, (int)(ms % 1000), offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void event_view_add_time(struct request *r, struct json *into, const char *name, const struct event_view *v,
	int64_t ms)
{
	const struct zone *z = event_view_zone(v);
	struct civil c = v->e.all_day ? civil_from_seconds(ms / 1000) : zone_civil(z, ms / 1000);
	if (ms == 0)
		json_add_null(into, name);
	else if (v->e.all_day && old_shape(r)) /* it knows no whole days: a date is its midnight on the spot */
		json_add_time_ms(into, name, zone_instant(z, &c, NULL) * 1000, 0);
	else if (v->e.all_day)
		json_add_string(into, name, arena_printf(r->mem, "%04d-%02d-%02d", c.year, c.month, c.day));
	else if (v->e.show_local_time)
		json_add_string(into, name, arena_printf(r->mem, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day,
			c.hour, c.minute, c.second));
	else
		json_add_string(into, name, zoned_time(r, old_shape(r) ? zone_utc() : z, ms));
}

int64_t event_view_end_ms(struct request *r, const struct event_view *v, const struct occurrence *o)
{
	if (o->ends_ms != 0 || v->e.all_day || old_shape(r))
		return o->ends_ms;
	return o->starts_ms + HOUR_MS;
}

static void tags_encode(struct request *r, struct json *topic, int64_t topic_id)
{
	struct json *tags = json_add_array(topic, "tags");
	struct sql_query *q = sql_query(r->db,
		"SELECT tag.name FROM topic_tag x JOIN tag ON tag.id = x.tag_id WHERE x.topic_id = ?"
		" ORDER BY tag.name", "i", topic_id);
	while (sql_next(q))
		json_append_string(tags, sql_text(q, 0));
	sql_end(q, NULL);
	json_add_object(topic, "tags_descriptions");
}

static void post_encode_small(struct request *r, struct json *into, const struct event_view *v)
{
	struct json *post = json_add_object(into, "post");
	json_add_int(post, "id", v->id);
	json_add_int(post, "post_number", 1);
	json_add_string(post, "url", arena_printf(r->mem, "/t/%s/%lld/1", v->topic_slug, (long long)v->topic_id));
	if (!old_shape(r))
		json_add_string(post, "category_slug", str_or_empty(v->category_slug));
	struct json *topic = json_add_object(post, "topic");
	json_add_int(topic, "id", v->topic_id);
	json_add_string(topic, "title", v->topic_title);
	if (old_shape(r))
		return;
	json_add_string(topic, "slug", v->topic_slug);
	tags_encode(r, topic, v->topic_id);
}

/* "weekly_room" is written weeklyRoom in the block. */
static const char *camel(struct request *r, const char *name)
{
	char *out = arena_strdup(r->mem, name), *to = out;
	for (const char *s = name; *s != '\0'; s++) {
		bool join = (*s == '_' || *s == '-') && s[1] != '\0';
		if (join)
			s++;
		*to++ = join && *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s;
	}
	*to = '\0';
	return out;
}

static void custom_fields_encode(struct request *r, struct json *into, const struct event_view *v)
{
	struct json *fields = json_add_object(into, "custom_fields");
	char *rest = arena_strdup(r->mem, forum_setting(r->db, r->mem,
		"discourse_post_event_allowed_custom_fields", ""));
	struct json *all = str_empty(v->e.attributes) ? NULL
		: json_parse(v->e.attributes, strlen(v->e.attributes), NULL);
	for (char *name = strtok_r(rest, "|", &rest); name != NULL; name = strtok_r(NULL, "|", &rest)) {
		const char *value = json_string(all, camel(r, name));
		if (value != NULL)
			json_add_string(fields, name, value);
	}
	json_free(all);
}

static const char *rrule_text(struct request *r, const struct event_view *v)
{
	struct civil c = zone_civil(event_view_zone(v), v->e.starts_ms / 1000);
	return arena_printf(r->mem, "DTSTART;TZID=%s:%04d%02d%02dT%02d%02d%02d\nRRULE:%s",
		str_empty(v->e.timezone) ? "UTC" : v->e.timezone, c.year, c.month, c.day, c.hour, c.minute, c.second,
		str_or_empty(forum_event_rrule(&v->e, r->mem)));
}

static void recurrence_encode(struct request *r, struct json *into, const struct event_view *v)
{
	bool recurring = !str_empty(v->e.recurrence);
	json_add_string(into, "recurrence", recurring ? v->e.recurrence : NULL);
	json_add_time_ms(into, "recurrence_until", v->e.recurrence_until_ms, 0);
	if (recurring)
		json_add_string(into, "rrule", rrule_text(r, v));
}

static void times_encode(struct request *r, struct json *into, const struct event_view *v)
{
	event_view_add_time(r, into, "starts_at", v, v->ended ? 0 : v->now.starts_ms);
	event_view_add_time(r, into, "ends_at", v, v->ended ? 0 : event_view_end_ms(r, v, &v->now));
	json_add_bool(into, "show_local_time", v->e.show_local_time);
	json_add_string(into, "timezone", str_empty(v->e.timezone) ? NULL : v->e.timezone);
	int64_t seconds = (v->e.ends_ms - v->e.starts_ms) / 1000;
	if (v->e.ends_ms != 0 && seconds < 100 * 3600 && !old_shape(r))
		json_add_string(into, "duration", arena_printf(r->mem, "%02d:%02d:%02d", (int)(seconds / 3600),
			(int)(seconds / 60 % 60), (int)(seconds % 60)));
}

/* What older sites unroll: a year of dates from now. */
static void upcoming_encode(struct request *r, struct json *into, const struct event_view *v)
{
	if (str_empty(v->e.recurrence))
		return;
	struct occurrence *list = ARENA_ARRAY(r->mem, UPCOMING_MAX, struct occurrence);
	int count = forum_event_occurrences(&v->e, r->now_ms, r->now_ms + INT64_C(365) * 24 * HOUR_MS, list,
		UPCOMING_MAX);
	struct json *dates = json_add_array(into, "upcoming_dates");
	for (int i = 0; i < count; i++) {
		struct json *date = json_append_object(dates);
		event_view_add_time(r, date, "starts_at", v, list[i].starts_ms);
		event_view_add_time(r, date, "ends_at", v, list[i].ends_ms == 0 ? list[i].starts_ms : list[i].ends_ms);
	}
}

static void basic_encode(struct request *r, struct json *into, const struct event_view *v)
{
	json_add_int(into, "id", v->id);
	if (v->category_id == 0)
		json_add_null(into, "category_id");
	else
		json_add_int(into, "category_id", v->category_id);
	json_add_string(into, "name", str_empty(v->e.name) ? NULL : v->e.name);
	times_encode(r, into, v);
	post_encode_small(r, into, v);
	if (old_shape(r)) {
		upcoming_encode(r, into, v);
		return;
	}
	recurrence_encode(r, into, v);
	json_add_bool(into, "all_day", v->e.all_day);
	custom_fields_encode(r, into, v);
}

static void stats_encode(struct request *r, struct json *into, const char *name, const struct event_view *v)
{
	struct json *stats = json_add_object(into, name);
	json_add_int(stats, "going", v->going);
	if (!old_shape(r))
		json_add_int(stats, "going_recurring", v->going_recurring);
	json_add_int(stats, "interested", v->interested);
	json_add_int(stats, "not_going", v->not_going);
	json_add_int(stats, "invited", v->going + v->interested + v->not_going + v->unanswered);
	if (old_shape(r))
		return;
	if (v->e.max_attendees == 0)
		json_add_null(stats, "capacity");
	else
		json_add_int(stats, "capacity", v->e.max_attendees);
}

static bool invitees_displayed(const struct event_view *v)
{
	if (str_equal(v->e.status, "public"))
		return v->going + v->interested + v->not_going + v->unanswered > 0;
	return str_equal(v->e.status, "private") && v->shows_invitees && !str_empty(v->e.allowed_groups);
}

void invitee_encode(struct request *r, struct json *into, const struct event_view *v, struct sql_query *q)
{
	json_add_int(into, "id", sql_int(q, 0));
	json_add_string(into, "status", sql_text(q, 1));
	if (!old_shape(r))
		json_add_bool(into, "recurring", sql_int(q, 2));
	user_brief_encode(r, json_add_object(into, "user"), sql_int(q, 3), sql_text(q, 4), sql_text(q, 5));
	json_add_int(into, "post_id", v->id);
	struct json *meta = json_add_object(into, "meta");
	json_add_bool(meta, "event_should_display_invitees", invitees_displayed(v));
	stats_encode(r, meta, "event_stats", v);
}

static void watching_encode(struct request *r, struct json *into, const struct event_view *v)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT " INVITEE_COLUMNS " FROM invitee i JOIN user u ON u.id = i.user_id WHERE i.event_id = ?"
		" AND i.user_id = ?", "ii", v->id, r->me.user_id);
	if (r->me.user_id != 0 && v->shows_invitees && sql_next(q))
		invitee_encode(r, json_add_object(into, "watching_invitee"), v, q);
	else
		json_add_null(into, "watching_invitee");
	sql_end(q, NULL);
}

static void sample_encode(struct request *r, struct json *into, const struct event_view *v)
{
	struct json *list = json_add_array(into, "sample_invitees");
	struct sql_query *q = sql_query(r->db,
		"SELECT " INVITEE_COLUMNS " FROM invitee i JOIN user u ON u.id = i.user_id WHERE i.event_id = ?"
		" ORDER BY CASE i.status WHEN 'going' THEN 0 WHEN 'interested' THEN 1 WHEN 'not_going' THEN 2 ELSE 3 END,"
		" i.created_ms, i.user_id LIMIT ?", "in", v->id, SAMPLE_INVITEES);
	while (sql_next(q))
		invitee_encode(r, json_append_object(list), v, q);
	sql_end(q, NULL);
}

static void raw_invitees_encode(struct request *r, struct json *into, const struct event_view *v)
{
	struct json *names = json_add_array(into, "raw_invitees");
	if (str_equal(v->e.status, "public"))
		json_append_string(names, "trust_level_0");
	if (!str_equal(v->e.status, "private"))
		return;
	char *rest = arena_strdup(r->mem, str_or_empty(v->e.allowed_groups));
	for (char *name = strtok_r(rest, ",", &rest); name != NULL; name = strtok_r(NULL, ",", &rest))
		json_append_string(names, str_trim(name));
}

/* "notification.1.hours,bumpTopic.-2.days": before when positive. */
static void reminders_encode(struct request *r, struct json *into, const struct event_view *v)
{
	struct json *list = json_add_array(into, "reminders");
	char *rest = arena_strdup(r->mem, str_or_empty(v->e.reminders));
	for (char *item = strtok_r(rest, ",", &rest); item != NULL; item = strtok_r(NULL, ",", &rest)) {
		char *type = strtok_r(item, ".", &item), *number = strtok_r(NULL, ".", &item),
			*unit = strtok_r(NULL, ".", &item);
		int64_t value = 0;
		if (unit == NULL || !str_to_int(number, -100000, 100000, &value))
			continue;
		struct json *reminder = json_append_object(list);
		json_add_int(reminder, "value", value < 0 ? -value : value);
		json_add_string(reminder, "unit", unit);
		json_add_string(reminder, "period", value > 0 ? "before" : "after");
		json_add_string(reminder, "type", str_trim(type));
	}
}

static void state_encode(struct request *r, struct json *into, const struct event_view *v)
{
	json_add_string(into, "status", v->e.status);
	json_add_bool(into, "is_public", str_equal(v->e.status, "public"));
	json_add_bool(into, "is_private", str_equal(v->e.status, "private"));
	json_add_bool(into, "is_standalone", str_equal(v->e.status, "standalone"));
	json_add_bool(into, "is_closed", v->e.closed);
	json_add_bool(into, "is_expired", v->expired);
	json_add_bool(into, "is_ongoing", v->ongoing);
	json_add_bool(into, "can_act_on_discourse_post_event", v->mine_to_act);
	json_add_bool(into, "can_update_attendance", v->answerable);
	json_add_bool(into, "should_display_invitees", invitees_displayed(v));
	json_add_bool(into, "minimal", v->e.minimal);
	if (v->e.max_attendees == 0)
		json_add_null(into, "max_attendees");
	else
		json_add_int(into, "max_attendees", v->e.max_attendees);
	json_add_bool(into, "at_capacity", v->e.max_attendees != 0 && v->going >= v->e.max_attendees);
}

static void place_encode(struct request *r, struct json *into, const struct event_view *v)
{
	if (!str_empty(v->e.url))
		json_add_string(into, "url", v->e.url);
	json_add_string(into, "description", str_empty(v->e.description) ? NULL : v->e.description);
	if (!str_empty(v->e.description) && !old_shape(r))
		json_add_string(into, "description_html", forum_escape(r->mem, v->e.description));
	json_add_string(into, "location", str_empty(v->e.location) ? NULL : v->e.location);
	if (old_shape(r))
		return;
	if (!str_empty(v->e.location))
		json_add_string(into, "location_html", forum_escape(r->mem, v->e.location));
	json_add_bool(into, "url_restates_location",
		!str_empty(v->e.location) && !str_empty(v->e.url) && strstr(v->e.location, v->e.url) != NULL);
	struct json *others = str_empty(v->e.attributes) ? NULL
		: json_parse(v->e.attributes, strlen(v->e.attributes), NULL);
	json_add_bool(into, "chat_enabled", str_equal(json_string(others, "chatEnabled"), "true"));
	json_add_bool(into, "livestream", str_equal(json_string(others, "livestream"), "true"));
	json_free(others);
	json_add_bool(into, "is_zoom_livestream", false);
	json_add_null(into, "image_upload");
}

void event_view_encode(struct request *r, struct json *into, const struct event_view *v, bool detailed)
{
	basic_encode(r, into, v);
	if (!detailed)
		return;
	if (old_shape(r)) {
		recurrence_encode(r, into, v);
		custom_fields_encode(r, into, v);
	}
	state_encode(r, into, v);
	place_encode(r, into, v);
	user_brief_encode(r, json_add_object(into, "creator"), v->creator_id, v->creator, v->creator_name);
	reminders_encode(r, into, v);
	watching_encode(r, into, v);
	if (!v->shows_invitees)
		return;
	raw_invitees_encode(r, into, v);
	sample_encode(r, into, v);
	stats_encode(r, into, "stats", v);
}

void event_encode(struct request *r, struct json *into, int64_t event_id, bool detailed)
{
	struct event_view v;
	if (!event_view_load(r, event_id, &v))
		return;
	event_view_encode(r, into, &v, detailed);
	if (!old_shape(r))
		json_add_null(into, "occurrences");
}
