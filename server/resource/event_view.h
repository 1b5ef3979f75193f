#pragma once
#include "encode.h"
#include "forum_event.h"

/* An event as the requester meets it: the row, its topic, and the occurrence that is current. Text lives in
 * r->mem. */
struct event_view {
	int64_t id, topic_id, category_id, creator_id; /* category_id 0: a message */
	const char *topic_title, *topic_slug, *category_slug, *creator, *creator_name, *post_cooked;
	struct forum_event e;
	struct occurrence now;  /* the current or next one of a series, else the event itself */
	bool ended;                   /* a series without a next one: `now` is its last beginning */
	bool expired, ongoing, mine_to_act, invited, shows_invitees, answerable;
	int going, going_recurring, interested, not_going, unanswered;
};
/* False: there is no such event. */
bool event_view_load(struct request *r, int64_t id, struct event_view *out);
/* The name people see. */
const char *event_view_title(const struct event_view *v);
/* The requester's zone rules do not matter here: an event keeps its own. Never NULL. */
const struct zone *event_view_zone(const struct event_view *v);

/* A time of the event in the form it has: a date, wall-clock time, or an instant with the zone's offset (in UTC for
 * clients of an older Discourse). ms 0 is null. */
void event_view_add_time(struct request *r, struct json *into, const char *name, const struct event_view *v,
	int64_t ms);
/* The end people see; Discourse shows an hour when none is given. */
int64_t event_view_end_ms(struct request *r, const struct event_view *v, const struct occurrence *o);
void event_view_encode(struct request *r, struct json *into, const struct event_view *v, bool detailed);
/* An invitee's row: columns id, status, recurring, user id, username, name of the statement. */
void invitee_encode(struct request *r, struct json *into, const struct event_view *v, struct sql_query *q);
#define INVITEE_COLUMNS "i.id, i.status, i.recurring, u.id, u.username, u.name"

/* Which events a list or calendar asks for. */
struct event_filter {
	int64_t post_id, topic_id, category_id;
	int64_t after_ms, before_ms;  /* 0: not given */
	int64_t attending_id;         /* 0: not asked, -1: a member that does not exist */
	const char *search, *status, *tags;
	bool subcategories, interested, ongoing, closed, expired, descending;
	int limit;
	bool limited;                 /* the limit was asked for */
};
/* False: a parameter is wrong and the answer (400) is written. */
bool event_filter_read(struct request *r, struct response *w, struct event_filter *out);
/* The events the requester may see, by their current beginning; returns how many. */
int event_filter_run(struct request *r, const struct event_filter *f, struct event_view **out);

/* GET /discourse-post-event/events.ics and .../events/ID.ics */
void event_calendar(struct request *r, struct response *w);
void event_calendar_one(struct request *r, struct response *w, int64_t id);
