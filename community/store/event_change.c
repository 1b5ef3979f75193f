#include "event_store.h"

#include <stdio.h>

#include "html_text.h"
#include "store_private.h"
#include "str.h"
#include "zone.h"

/* "2026-03-03 14:30" as a clock in the event's zone shows it; dates alone for all-day events, which are kept
 * as midnight UTC. */
static void wall_clock(char out[20], const struct event *e, const struct zone *z, int64_t ms)
{
	int64_t s = ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
	struct civil c = e->all_day ? civil_from_seconds(s) : zone_civil(z, s);
	out[0] = '\0';
	if (ms == 0 || c.year < 0 || c.year > CIVIL_MAX_YEAR)
		return;
	int n = snprintf(out, 20, "%04d-%02d-%02d", c.year % 10000, c.month % 100, c.day % 100);
	if (!e->all_day)
		snprintf(out + n, 20 - (size_t)n, " %02d:%02d", c.hour % 100, c.minute % 100);
}

static bool put_occurrence(struct store *s, const struct event *e, const struct zone *z, struct occurrence o,
	struct error *err)
{
	static const int64_t DayMs = 24LL * 3600 * 1000;
	char starts[20], ends[20];
	wall_clock(starts, e, z, o.starts_ms);
	wall_clock(ends, e, z, o.ends_ms);
	int64_t last = o.ends_ms > o.starts_ms ? o.ends_ms : o.starts_ms;
	return sql_run(s->db, err,
		"INSERT OR REPLACE INTO occurrence(event_id, starts_ms, ends_ms, last_ms, starts_wall,"
		" ends_wall) VALUES (?, ?, ?, ?, ?, ?)",
		"iiiiss", e->id, o.starts_ms, o.ends_ms, e->all_day ? last + DayMs - 1 : last, starts, ends);
}

/* An event in a post can lack the dates of its series: those that are known stay, as long as its start is one. */
static bool keeps_dates(struct store *s, const struct event *e)
{
	return e->occurrence_count == 0 && sql_get_int(s->db, 0, "SELECT count(*) FROM occurrence WHERE event_id = ?"
		" AND starts_ms = ? AND ends_ms = ?", "iii", e->id, e->starts_ms, e->ends_ms) > 0;
}

/* The server expands a series from today on: what lies before the first one it names was told earlier and
 * stays. */
static bool put_occurrences(struct store *s, const struct event *e, struct error *err)
{
	const struct zone *z = e->timezone == NULL ? zone_utc() : zone_get(e->timezone);
	if (z == NULL)
		z = zone_utc();
	bool series = e->recurrence != NULL || e->rrule != NULL;
	int64_t first = e->starts_ms;
	for (int i = 0; i < e->occurrence_count; i++)
		if (first == 0 || e->occurrence[i].starts_ms < first)
			first = e->occurrence[i].starts_ms;
	if (series && (first == 0 || keeps_dates(s, e)))
		return true;
	if (!sql_run(s->db, err, "DELETE FROM occurrence WHERE event_id = ? AND starts_ms >= ?", "ii", e->id,
		series ? first : INT64_MIN))
		return false;
	for (int i = 0; i < e->occurrence_count; i++)
		if (!put_occurrence(s, e, z, e->occurrence[i], err))
			return false;
	struct occurrence only = {.starts_ms = e->starts_ms, .ends_ms = e->ends_ms};
	return e->occurrence_count > 0 || e->starts_ms == 0 || put_occurrence(s, e, z, only, err);
}

static bool put_basics(struct store *s, const struct event *e, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT INTO event(id, topic_id, category_id, name, topic_title, starts_ms, ends_ms, timezone,"
		" all_day, show_local_time, recurrence, rrule, going, interested, not_going, invited, mine, "
		"detailed, status,"
		" closed, max_attendees)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1, -1, -1, -1, 0, 0, 0, 0, 0)"
		" ON CONFLICT(id) DO UPDATE SET"
		" topic_id = CASE WHEN excluded.topic_id <> 0 THEN excluded.topic_id ELSE topic_id END,"
		" category_id = CASE WHEN excluded.category_id <> 0 THEN excluded.category_id ELSE category_id END,"
		" name = excluded.name, topic_title = coalesce(excluded.topic_title, topic_title),"
		" starts_ms = excluded.starts_ms, ends_ms = excluded.ends_ms, timezone = excluded.timezone,"
		" all_day = excluded.all_day, show_local_time = excluded.show_local_time, recurrence = "
		"excluded.recurrence,"
		" rrule = excluded.rrule",
		"iiissiisnnss", e->id, e->topic_id, e->category_id, e->name, e->topic_title, e->starts_ms, e->ends_ms,
		e->timezone, e->all_day, e->show_local_time, e->recurrence, e->rrule);
}

static bool put_details(struct store *s, const struct event *e, struct error *err)
{
	return sql_run(s->db, err,
		"UPDATE event SET url = ?2, location = ?3, description = ?4, status = ?5, closed = ?6,"
		" expired = ?7, minimal = ?8, max_attendees = ?9, at_capacity = ?10, can_sign_up = ?11, can_act = "
		"?12, going = ?13,"
		" interested = ?14, not_going = ?15, invited = ?16, mine = ?17, my_invitee_id = ?18, creator = ?19, "
		"detailed = 1"
		" WHERE id = ?1",
		"isssnnnnnnnnnnnnnis", e->id, e->url, e->location, e->description, (int)e->status, e->closed,
		e->expired, e->minimal, e->max_attendees, e->at_capacity, e->can_sign_up, e->can_act, e->going,
		e->interested, e->not_going, e->invited, (int)e->mine, e->my_invitee_id, e->creator);
}

static bool put_text(struct store *s, const struct event *e, struct error *err)
{
	struct sbuf body = {0};
	html_text(&body, str_or_empty(e->description));
	bool ok = sql_run(s->db, err,
		"INSERT OR REPLACE INTO event_text(rowid, title, place, body) VALUES (?, ?, ?, ?)", "isss", e->id,
		str_or_empty(event_title(e)), str_or_empty(e->location), sbuf_str(&body));
	sbuf_fini(&body);
	return ok;
}

static bool put_invitee(struct store *s, int64_t event_id, const struct invitee *v, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT OR REPLACE INTO invitee(event_id, username, user_id, id, name, attendance)"
		" VALUES (?, ?, ?, ?, ?, ?)",
		"isiisn", event_id, str_or_empty(v->username), v->user_id, v->id, v->name, (int)v->attendance);
}

/* An answer that names fewer people than it counts is a sample: it adds to what is known. */
static bool put_sample(struct store *s, const struct event *e, struct error *err)
{
	int going = 0;
	for (int i = 0; i < e->invitee_count; i++)
		going += e->invitee[i].attendance == ATTENDANCE_GOING;
	if (going >= e->going
		&& !sql_run(s->db, err, "DELETE FROM invitee WHERE event_id = ? AND attendance = 1", "i", e->id))
		return false;
	for (int i = 0; i < e->invitee_count; i++)
		if (!put_invitee(s, e->id, &e->invitee[i], err))
			return false;
	return true;
}

bool event_store_put(struct store *s, const struct event *e, struct error *err)
{
	store_changed(s, STORE_EVENTS);
	return put_basics(s, e, err) && put_occurrences(s, e, err) && (!e->detailed || put_details(s, e, err))
		&& (!e->detailed || put_sample(s, e, err)) && put_text(s, e, err);
}

bool event_store_keep_invitees(struct store *s, int64_t event_id, struct error *err)
{
	return sql_run(s->db, err, "UPDATE event SET invitees_for = going * 100000 + interested WHERE id = ?",
		"i", event_id);
}

bool event_store_put_invitees(
	struct store *s, int64_t event_id, const struct invitee *v, int count, struct error *err)
{
	store_changed(s, STORE_EVENTS);
	if (!sql_run(s->db, err, "DELETE FROM invitee WHERE event_id = ?", "i", event_id)
		|| !event_store_keep_invitees(s, event_id, err))
		return false;
	for (int i = 0; i < count; i++)
		if (!put_invitee(s, event_id, &v[i], err))
			return false;
	return true;
}

bool event_store_remove(struct store *s, int64_t id, struct error *err)
{
	static const char *const table[] = {
		"DELETE FROM event WHERE id = ?", "DELETE FROM occurrence WHERE event_id = ?",
		"DELETE FROM invitee WHERE event_id = ?", "DELETE FROM event_text WHERE rowid = ?",
	};
	if (sql_get_int(s->db, 0, "SELECT 1 FROM event WHERE id = ?", "i", id) == 0)
		return true;
	store_changed(s, STORE_EVENTS);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (!sql_run(s->db, err, table[i], "i", id))
			return false;
	return true;
}

bool event_store_remove_topic(struct store *s, int64_t topic_id, struct error *err)
{
	for (int64_t id; (id = event_store_by_topic(s, topic_id)) != 0;)
		if (!event_store_remove(s, id, err))
			return false;
	return true;
}

bool event_store_seen(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	return sql_run(s->db, err, "UPDATE event SET seen_ms = ?2 WHERE id = ?1", "ii", id, now_ms);
}

int event_store_remove_unseen(
	struct store *s, int64_t from_ms, int64_t to_ms, int64_t since_ms, struct error *err)
{
	int removed = 0;
	for (int64_t id; (id = sql_get_int(s->db, 0,
						  "SELECT id FROM event WHERE seen_ms < ? AND starts_ms >= ? AND starts_ms < ?"
						  " LIMIT 1",
						  "iii", since_ms, from_ms, to_ms))
		 != 0;
		 removed++)
		if (!event_store_remove(s, id, err))
			return -1;
	return removed;
}
