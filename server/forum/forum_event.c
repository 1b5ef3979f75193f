#include "forum_event.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "forum_publish.h"
#include "json.h"
#include "str.h"
#include "text.h"
#include "zone.h"

static const char *attribute(const struct cook_event *e, const char *name)
{
	for (int i = 0; i < e->attribute_count; i++) {
		if (strcasecmp(e->attribute[i].name, name) == 0 && *e->attribute[i].value != '\0')
			return e->attribute[i].value;
	}
	return NULL;
}

static bool flag(const struct cook_event *e, const char *name)
{
	return str_equal(attribute(e, name), "true");
}

/* "2026-03-03 14:30" on the clock of z; a date alone is midnight. */
static bool read_time(const char *s, const struct zone *z, int64_t *ms)
{
	char text[32];
	size_t n = strlen(s);
	bool naive;
	if (n == 16)
		snprintf(text, sizeof text, "%.10sT%.5s:00", s, s + 11);
	else
		snprintf(text, sizeof text, "%.30s", s);
	if (!time_parse(text, ms, &naive))
		return false;
	if (naive) {
		struct civil c = civil_from_seconds(*ms / 1000);
		*ms = zone_instant(z, &c, NULL) * 1000;
	}
	return true;
}

static bool read_times(const struct cook_event *block, struct forum_event *e, struct error *err)
{
	const char *start = attribute(block, "start"), *end = attribute(block, "end"),
			   *until = attribute(block, "recurrenceUntil");
	const struct zone *z = zone_utc();
	if (e->timezone != NULL && !e->all_day && (z = zone_get(e->timezone)) == NULL)
		return fail(err, ERR_INVALID, N_("The event names a time zone that does not exist."));
	if (start == NULL || !read_time(start, z, &e->starts_ms))
		return fail(err, ERR_INVALID, N_("The event needs a start: a date and a time."));
	if (end != NULL && !read_time(end, z, &e->ends_ms))
		return fail(err, ERR_INVALID, N_("The end of the event is not a date and a time."));
	if (end != NULL && (e->all_day ? e->ends_ms < e->starts_ms : e->ends_ms <= e->starts_ms))
		return fail(err, ERR_INVALID, N_("The event ends before it begins."));
	if (until != NULL && !read_time(until, z, &e->recurrence_until_ms))
		return fail(err, ERR_INVALID, N_("The last day of the event is not a date."));
	return true;
}

static const char *const known[] = {
	"start",
	"end",
	"status",
	"name",
	"timezone",
	"url",
	"location",
	"recurrence",
	"recurrenceUntil",
	"reminders",
	"allowedGroups",
	"showLocalTime",
	"minimal",
	"closed",
	"maxAttendees",
	"allDay",
};

static const char *other_attributes(const struct cook_event *block, struct arena *a)
{
	struct json *j = json_object();
	for (int i = 0; i < block->attribute_count; i++) {
		bool other = true;
		for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
			other = other && strcasecmp(known[k], block->attribute[i].name) != 0;
		if (other)
			json_add_string(j, block->attribute[i].name, block->attribute[i].value);
	}
	struct sbuf b = {0};
	json_print(j, &b);
	char *text = json_count(j) > 0 ? arena_strdup(a, b.p) : NULL;
	sbuf_fini(&b);
	json_free(j);
	return text;
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (str_equal(word, *list))
			return true;
	}
	return false;
}

static bool check(const struct cook_event *block, struct forum_event *e, struct error *err)
{
	static const char *const statuses[] = {"public", "private", "standalone", NULL};
	static const char *const recurrences[] = {
		"every_day",
		"every_weekday",
		"every_week",
		"every_two_weeks",
		"every_four_weeks",
		"every_month",
		NULL,
	};
	int64_t max;
	const char *limit = attribute(block, "maxAttendees");
	if (e->name != NULL && (strlen(e->name) < 5 || strlen(e->name) > 255))
		return fail(err, ERR_INVALID, N_("The name of an event has 5 to 255 characters."));
	if (!one_of(e->status, statuses))
		return fail(err, ERR_INVALID, N_("The status of an event is public, private or standalone."));
	if (e->recurrence != NULL && !one_of(e->recurrence, recurrences))
		return fail(err, ERR_INVALID, N_("The event repeats in a way that is not known."));
	if (strlen(str_or_empty(e->location)) > 1000 || strlen(str_or_empty(e->description)) > 1000)
		return fail(err, ERR_INVALID, N_("The place and the text of an event have at most 1000 characters."));
	if (limit != NULL && !str_to_int(limit, 1, 100000, &max))
		return fail(err, ERR_INVALID, N_("The number of places of an event is at least 1."));
	e->max_attendees = limit == NULL ? 0 : (int)max;
	return true;
}

bool forum_event_parse(const struct cook_event *block, struct arena *a, struct forum_event *out,
	struct error *err)
{
	const char *status = attribute(block, "status");
	*out = (struct forum_event){
		.name = attribute(block, "name"),
		.timezone = attribute(block, "timezone"),
		.url = attribute(block, "url"),
		.status = status == NULL ? "standalone" : status,
		.location = attribute(block, "location"),
		.description = str_empty(block->description) ? NULL : block->description,
		.recurrence = attribute(block, "recurrence"),
		.reminders = attribute(block, "reminders"),
		.allowed_groups = attribute(block, "allowedGroups"),
		.all_day = flag(block, "allDay"),
		.show_local_time = flag(block, "showLocalTime"),
		.minimal = flag(block, "minimal"),
		.closed = flag(block, "closed"),
		.attributes = other_attributes(block, a),
	};
	return read_times(block, out, err) && check(block, out, err);
}

bool forum_event_store(struct forum *f, int64_t post_id, int64_t topic_id, const struct forum_event *e,
	struct error *err)
{
	if (e == NULL)
		return sql_run(f->db, err, "DELETE FROM event WHERE id = ?", "i", post_id);
	return sql_run(f->db, err,
			   "INSERT INTO event (id, topic_id, name, starts_ms, ends_ms, timezone, all_day, "
			   "show_local_time,"
			   " status, url, location, description, recurrence, recurrence_until_ms, reminders, "
			   "allowed_groups, max_attendees,"
			   " minimal, closed, attributes)"
			   " VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, nullif(?, 0), "
			   "?, ?, ?)"
			   " ON CONFLICT (id) DO UPDATE SET name = excluded.name, starts_ms = excluded.starts_ms, "
			   "ends_ms = excluded.ends_ms,"
			   " timezone = excluded.timezone, all_day = excluded.all_day, show_local_time = "
			   "excluded.show_local_time,"
			   " status = excluded.status, url = excluded.url, location = excluded.location, description = "
			   "excluded.description,"
			   " recurrence = excluded.recurrence, recurrence_until_ms = excluded.recurrence_until_ms,"
			   " reminders = excluded.reminders, allowed_groups = excluded.allowed_groups, max_attendees = "
			   "excluded.max_attendees,"
			   " minimal = excluded.minimal, closed = excluded.closed, attributes = excluded.attributes",
			   "iisiisnnsssssissnnns", post_id, topic_id, e->name, e->starts_ms, e->ends_ms, e->timezone,
			   (int)e->all_day, (int)e->show_local_time, e->status, e->url, e->location, e->description,
			   e->recurrence, e->recurrence_until_ms, e->reminders, e->allowed_groups, e->max_attendees,
			   (int)e->minimal, (int)e->closed, e->attributes) &&
		forum_publish_event(f, post_id);
}

bool forum_event_load(struct sql *db, int64_t event_id, struct arena *a, struct forum_event *out)
{
	struct sql_query *q = sql_query(db,
		"SELECT name, timezone, status, url, location, description, recurrence, reminders,"
		" allowed_groups, starts_ms, ends_ms, recurrence_until_ms, max_attendees, all_day, show_local_time, "
		"minimal, closed,"
		" attributes FROM event WHERE id = ?",
		"i", event_id);
	bool found = sql_next(q);
	if (found)
		*out = (struct forum_event){
			.name = sql_text_in(q, 0, a),
			.timezone = sql_text_in(q, 1, a),
			.status = sql_text_in(q, 2, a),
			.url = sql_text_in(q, 3, a),
			.location = sql_text_in(q, 4, a),
			.description = sql_text_in(q, 5, a),
			.recurrence = sql_text_in(q, 6, a),
			.reminders = sql_text_in(q, 7, a),
			.allowed_groups = sql_text_in(q, 8, a),
			.starts_ms = sql_int(q, 9),
			.ends_ms = sql_int(q, 10),
			.recurrence_until_ms = sql_int(q, 11),
			.max_attendees = (int)sql_int(q, 12),
			.all_day = sql_int(q, 13) == 1,
			.show_local_time = sql_int(q, 14) == 1,
			.minimal = sql_int(q, 15) == 1,
			.closed = sql_int(q, 16) == 1,
			.attributes = sql_text_in(q, 17, a),
		};
	sql_end(q, NULL);
	return found;
}
