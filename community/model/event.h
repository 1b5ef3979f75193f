#pragma once
#include <stdbool.h>
#include <stdint.h>

enum attendance { ATTENDANCE_NONE, ATTENDANCE_GOING, ATTENDANCE_INTERESTED, ATTENDANCE_NOT_GOING };
enum event_status { EVENT_PUBLIC, EVENT_PRIVATE, EVENT_STANDALONE };

struct occurrence {
	int64_t starts_ms, ends_ms; /* ends 0: not given */
};

struct invitee {
	int64_t id, user_id;
	const char *username, *name;
	enum attendance attendance;
};

/* An event of the discourse-post-event plugin; its id is that of the first post of its topic. */
struct event {
	int64_t id, topic_id, category_id;
	const char *name;             /* may be NULL: then the topic's title */
	const char *topic_title;
	int64_t starts_ms, ends_ms;   /* instants; 0 not given (a series that has ended) */
	const char *timezone;         /* IANA or Rails name; NULL: UTC */
	/* all_day: dates without a zone; show_local_time: wall-clock time, not converted */
	bool all_day, show_local_time;
	const char *recurrence, *rrule, *url, *location, *description;
	int64_t recurrence_until_ms;  /* told by the site, not kept: rrule has it too; 0 none */
	enum event_status status;
	bool closed, expired, minimal; /* closed: nobody can sign up any more; it may go on all the same */
	bool cancelled;               /* of the store: the text says that it does not go on */
	int max_attendees;            /* 0: no limit */
	bool at_capacity, can_sign_up, can_act;
	int going, interested, not_going, invited; /* -1: not shown */
	enum attendance mine;
	int64_t my_invitee_id;        /* 0: none */
	const char *creator;          /* username */
	const struct occurrence *occurrence; /* those the server expanded, the first one included; may be 0 */
	int occurrence_count;
	const struct invitee *invitee;
	int invitee_count;
	bool detailed;                /* the answer had the details (status, limits, who comes) */
};

enum attendance attendance_from(const char *word); /* going, interested, not_going; else NONE */
const char *attendance_word(enum attendance a);    /* NULL for NONE */
enum event_status event_status_from(const char *word);
const char *event_status_word(enum event_status s);
/* Places left; -1 when there is no limit or it is not known. */
int event_places_left(const struct event *e);
/* The title people see. */
const char *event_title(const struct event *e);
