#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "event.h"
#include "store.h"

/* One occurrence of an event, a line of the calendar. Texts are "" when empty, never NULL. */
struct event_row {
	int64_t id, topic_id, category_id;
	int64_t starts_ms, ends_ms;   /* ends 0: not given. all_day: midnight UTC of the dates */
	const char *title, *location, *timezone, *category, *creator, *url;
	const char *starts_wall,
		*ends_wall; /* "2026-03-03 14:30" in the event's own zone; "2026-03-03" when all_day */
	const char *recurrence, *rrule; /* of a series */
	bool all_day, show_local_time, closed, recurring;
	bool intervision, online;     /* by its category, tags, title, place, link and what its topic says */
	enum attendance mine;
	enum event_status status;
	int going, interested, max;   /* going and interested -1: not shown; max 0: no limit */
};

struct event_rows {
	struct event_row *row;
	int count;
};

struct zone;

/* Zeroed: everything, in order of time. The conditions add up. */
struct event_filter {
	const struct zone *zone; /* the member's: an all-day event is on dates there; NULL: UTC */
	int64_t from_ms, to_ms;  /* occurrences that end at or after from and start before to; 0: no limit */
	int64_t category_id;
	bool mine;               /* I go or am interested */
	bool intervision, other; /* those only; both or none: every meeting */
	bool online, on_site;    /* those only; both or none: wherever it is */
	bool free_places;        /* open, and not full as far as is known */
	bool newest_first;
	const char *attending;   /* username of a member who goes */
	const char *creator;
	const char *text;
	const char *place;       /* words of a place or region, in the event or in its post */
};

struct event_rows event_store_list(struct store *s, const struct event_filter *f, int64_t offset, int limit,
	struct arena *a);
/* The events of the list, each once, by id. */
int64_t *event_store_ids(struct store *s, const struct event_filter *f, int *count, struct arena *a);
int64_t event_store_count(struct store *s, const struct event_filter *f);
/* When the occurrences are, without what they are: for lists that are cut into days. At most `max`. */
struct event_time {
	int64_t id, starts_ms;
	int64_t first_day, last_day; /* since 1970-01-01, as event_store_days says */
};
struct event_times {
	struct event_time *row;
	int count;
};
struct event_times event_store_times(struct store *s, const struct event_filter *f, int max, struct arena *a);
/* Some of them in full, in the order given; one that is gone has id 0. */
struct event_row *event_store_pick(struct store *s, const struct event_time *want, int count, struct arena *a);
/* The days an occurrence is on: in the zone, or on its own calendar when all-day or by local time. An end at
 * midnight belongs to the day before. */
void event_store_days(const struct event_row *e, const struct zone *zone, int64_t *first, int64_t *last);
/* With occurrences and invitees. NULL when not known. */
const struct event *event_store_get(struct store *s, int64_t id, struct arena *a);
/* The event of a topic; 0 when it has none. */
int64_t event_store_by_topic(struct store *s, int64_t topic_id);

bool event_store_put(struct store *s, const struct event *e, struct error *err);
bool event_store_put_invitees(struct store *s, int64_t event_id, const struct invitee *v, int count,
	struct error *err);
/* Whoever is known is all that can be known at the moment. */
bool event_store_keep_invitees(struct store *s, int64_t event_id, struct error *err);
bool event_store_remove(struct store *s, int64_t id, struct error *err);
/* The server's list was read from since_ms of the clock on: removes events in [from_ms, to_ms) that were not
 * in it. */
bool event_store_seen(struct store *s, int64_t id, int64_t now_ms, struct error *err);
int event_store_remove_unseen(
	struct store *s, int64_t from_ms, int64_t to_ms, int64_t since_ms, struct error *err);
/* An event of which we do not know everyone who comes, soonest first; 0 when there is none. */
int64_t event_store_without_invitees(struct store *s, int64_t now_ms);
