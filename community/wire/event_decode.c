#include "event_decode.h"

#include "clock.h"
#include "str.h"
#include "take.h"
#include "zone.h"

/* Discourse gives instants, wall-clock times without a zone (show_local_time) or dates (all_day). */
static int64_t event_time(const struct json *object, const char *name, const struct event *e)
{
	int64_t ms;
	bool naive = false;
	if (!time_parse(json_string(object, name), &ms, &naive))
		return 0;
	const struct zone *zone = naive && !e->all_day ? zone_get(e->timezone) : NULL;
	if (zone == NULL)
		return ms;
	struct civil wall = civil_from_seconds(ms / 1000);
	return zone_instant(zone, &wall, NULL) * 1000;
}

static void read_occurrences(const struct json *object, struct arena *a, struct event *out)
{
	const struct json *rows = json_get(object, "occurrences");
	if (!json_is_array(rows))
		rows = json_get(object, "upcoming_dates"); /* before 2026 */
	int max = take_rows(rows, WIRE_FEW);
	struct occurrence *to = ARENA_ARRAY(a, (size_t)max + 1, struct occurrence);
	JSON_EACH (row, max > 0 ? rows : NULL) {
		struct occurrence o = {event_time(row, "starts_at", out), event_time(row, "ends_at", out)};
		if (out->occurrence_count < max && o.starts_ms != 0)
			to[out->occurrence_count++] = o;
	}
	out->occurrence = to;
}

static bool invitee_decode(const struct json *object, struct arena *a, struct invitee *out)
{
	const struct json *user = json_get(object, "user");
	*out = (struct invitee){
		.id = take_id(object, "id"),
		.user_id = take_id(user, "id"),
		.username = take_name(user, "username", a),
		.name = take_name(user, "name", a),
		.attendance = attendance_from(json_string(object, "status")),
	};
	return out->username != NULL;
}

static int read_invitees(const struct json *rows, struct arena *a, const struct invitee **out)
{
	int max = take_rows(rows, WIRE_ITEMS), n = 0;
	struct invitee *to = ARENA_ARRAY(a, (size_t)max + 1, struct invitee);
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (n < max && invitee_decode(row, a, &to[n]))
			n++;
	*out = to;
	return n;
}

static enum event_status status(const struct json *object)
{
	const char *word = json_string(object, "status");
	if (word != NULL)
		return event_status_from(word);
	if (json_bool(object, "is_private", false))
		return EVENT_PRIVATE;
	return json_bool(object, "is_standalone", false) ? EVENT_STANDALONE : EVENT_PUBLIC;
}

static void read_details(const struct json *object, struct arena *a, struct event *out)
{
	const struct json *stats = json_get(object, "stats"), *mine = json_get(object, "watching_invitee");
	out->detailed = json_get(object, "status") != NULL || json_get(object, "is_public") != NULL || stats != NULL;
	out->status = status(object);
	out->closed = json_bool(object, "is_closed", json_bool(object, "closed", false));
	out->expired = json_bool(object, "is_expired", json_bool(object, "expired", false));
	out->minimal = json_bool(object, "minimal", false);
	out->max_attendees = take_count(object, "max_attendees");
	out->at_capacity = json_bool(object, "at_capacity", false);
	out->can_sign_up = json_bool(object, "can_update_attendance", false);
	out->can_act = json_bool(object, "can_act_on_discourse_post_event", false);
	out->going = take_int(stats, "going", 0, 1 << 30, -1);
	out->interested = take_int(stats, "interested", 0, 1 << 30, -1);
	out->not_going = take_int(stats, "not_going", 0, 1 << 30, -1);
	out->invited = take_int(stats, "invited", 0, 1 << 30, -1);
	out->mine = attendance_from(json_string(mine, "status"));
	out->my_invitee_id = take_id(mine, "id");
	out->creator = take_name(json_get(object, "creator"), "username", a);
	out->invitee_count = read_invitees(json_get(object, "sample_invitees"), a, &out->invitee);
}

bool event_decode(const struct json *object, struct arena *a, struct event *out)
{
	const struct json *post = json_get(object, "post"), *topic = json_get(post, "topic");
	*out = (struct event){
		.id = take_id(object, "id"),
		.topic_id = take_id(topic, "id"),
		.category_id = take_id(object, "category_id"),
		.name = take_title(object, "name", a),
		.topic_title = take_title(topic, "title", a),
		.timezone = take_name(object, "timezone", a),
		.all_day = json_bool(object, "all_day", false),
		.show_local_time = json_bool(object, "show_local_time", false),
		.recurrence = take_name(object, "recurrence", a),
		.rrule = json_text(object, "rrule", WIRE_SHORT, a),
		.url = json_text(object, "url", WIRE_URL, a),
		.location = json_text(object, "location", WIRE_SHORT, a),
		.description = json_lines(object, "description", WIRE_LONG, a),
	};
	if (out->id == 0)
		return false;
	if (out->topic_id == 0)
		out->topic_id = take_id(post, "topic_id");
	if (out->category_id == 0)
		out->category_id = take_id(topic, "category_id");
	out->starts_ms = event_time(object, "starts_at", out);
	out->ends_ms = event_time(object, "ends_at", out);
	out->recurrence_until_ms = event_time(object, "recurrence_until", out);
	if (out->ends_ms < out->starts_ms)
		out->ends_ms = 0;
	read_occurrences(object, a, out);
	read_details(object, a, out);
	return true;
}

bool event_list_decode(const struct json *root, struct arena *a, struct event_list *out)
{
	const struct json *rows = json_get(root, "events");
	int max = json_is_array(rows) ? take_rows(rows, WIRE_ITEMS) : 1;
	struct event *to = ARENA_ARRAY(a, (size_t)max + 1, struct event);
	*out = (struct event_list){.event = to};
	JSON_EACH (row, json_is_array(rows) ? rows : NULL)
		if (out->count < max && event_decode(row, a, &to[out->count]))
			out->count++;
	if (!json_is_array(rows))
		out->count = event_decode(json_get(root, "event"), a, to);
	return json_is_array(rows) || out->count == 1;
}

bool invitee_list_decode(const struct json *root, struct arena *a, struct invitee_list *out)
{
	const struct json *rows = json_get(root, "invitees");
	struct invitee *one = ARENA_NEW(a, struct invitee);
	*out = (struct invitee_list){.invitee = one};
	if (json_is_array(rows)) {
		out->count = read_invitees(rows, a, &out->invitee);
		return true;
	}
	out->count = invitee_decode(json_get(root, "invitee"), a, one);
	return out->count == 1;
}
