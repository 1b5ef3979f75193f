#pragma once
#include "cook.h"
#include "event.h"
#include "forum.h"

/* The event block of a topic's first post, checked and with its times as instants. */
struct forum_event {
	const char *name, *timezone, *status, *url, *location, *description, *recurrence, *reminders,
		*allowed_groups;
	int64_t starts_ms, ends_ms, recurrence_until_ms; /* 0: not given */
	int max_attendees;                               /* 0: no limit */
	bool all_day, show_local_time, minimal, closed;
	const char *attributes; /* JSON object of every other attribute; NULL when none */
};
/* ERR_INVALID says what is wrong with it. */
bool forum_event_parse(const struct cook_event *block, struct arena *a, struct forum_event *out,
	struct error *err);
/* Writes (or with NULL removes) the event of a first post. */
bool forum_event_store(struct forum *f, int64_t post_id, int64_t topic_id, const struct forum_event *e,
	struct error *err);

/* The first occurrence that ends after `from_ms`; false when the series has ended. Without recurrence: the
 * event itself. Ends are 0 when not given. All-day times are midnight UTC of their dates. */
bool forum_event_next(const struct forum_event *e, int64_t from_ms, struct occurrence *out);
/* Occurrences that begin before `to_ms` and end after `from_ms`, at most `max`; returns how many. */
int forum_event_occurrences(const struct forum_event *e, int64_t from_ms, int64_t to_ms,
	struct occurrence *out, int max);
/* Reads a row; false when there is none. Text lives in a. */
bool forum_event_load(struct sql *db, int64_t event_id, struct arena *a, struct forum_event *out);
/* "FREQ=WEEKLY;INTERVAL=2..." of a recurrence word, NULL for none. */
const char *forum_event_rrule(const struct forum_event *e, struct arena *a);

/* status: going, interested or not_going. Closed, past, standalone, not invited: ERR_FORBIDDEN; full:
 * ERR_REFUSED. invitee_id may be NULL. at_ms 0: now; `unchecked` skips the rules. */
bool forum_invitee_set(struct forum *f, int64_t event_id, int64_t user_id, const char *status, bool recurring,
	int64_t at_ms, bool unchecked, int64_t *invitee_id, struct error *err);
bool forum_invitee_remove(struct forum *f, int64_t event_id, int64_t user_id, struct error *err);
/* Sends the notification once. */
bool forum_event_invite(struct forum *f, int64_t event_id, int64_t by_user_id, int64_t user_id,
	struct error *err);
bool forum_event_may_create(struct sql *db, struct viewer v);
