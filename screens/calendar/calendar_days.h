#pragma once
#include "event_store.h"

/* A list of meetings under headings of days: which of both stands on each row. */
struct calendar_line {
	int64_t id, starts_ms;  /* of a meeting; id 0: a heading */
	int64_t day;
	int meetings;           /* of a heading: how many follow; of a meeting: its number in the list, from 1 */
	bool first_of_week;     /* of a heading */
};

struct calendar_days {
	struct calendar_line *line;
	int count, meetings;
};

/* Meetings that began before `from_day` stand under that day; those that are past on it are left out. */
struct calendar_days calendar_days_cut(const struct event_times *times, int64_t from_day, int64_t to_day,
	bool newest_first, struct arena *a);
/* The line of a meeting (id, starts_ms) or a heading (0, day); -1 when it is not there. starts_ms 0: any time. */
int calendar_days_find(const struct calendar_days *d, int64_t id, int64_t starts_ms, int64_t day);
