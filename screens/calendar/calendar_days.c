#include "calendar_days.h"

#include <stdlib.h>

#include "when.h"

static int compare(const struct calendar_line *x, const struct calendar_line *y)
{
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->starts_ms != y->starts_ms)
		return x->starts_ms < y->starts_ms ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_time(const void *a, const void *b)
{
	return compare(a, b);
}

static int by_time_back(const void *a, const void *b)
{
	return compare(b, a);
}

static struct calendar_days sorted(const struct event_times *times, int64_t from_day, int64_t to_day, bool back,
	struct arena *a)
{
	struct calendar_days d = {.line = ARENA_ARRAY(a, (size_t)times->count + 1, struct calendar_line)};
	for (int i = 0; i < times->count; i++) {
		const struct event_time *t = &times->row[i];
		if (t->last_day < from_day || t->first_day > to_day)
			continue;
		d.line[d.count++] = (struct calendar_line){.id = t->id, .starts_ms = t->starts_ms,
			.day = t->first_day < from_day ? from_day : t->first_day};
	}
	qsort(d.line, (size_t)d.count, sizeof d.line[0], back ? by_time_back : by_time);
	d.meetings = d.count;
	return d;
}

struct calendar_days calendar_days_cut(const struct event_times *times, int64_t from_day, int64_t to_day,
	bool newest_first, struct arena *a)
{
	struct calendar_days flat = sorted(times, from_day, to_day, newest_first, a), out = {.meetings = flat.meetings};
	struct calendar_line *heading = NULL;
	out.line = ARENA_ARRAY(a, (size_t)flat.count * 2 + 1, struct calendar_line);
	for (int i = 0; i < flat.count; i++) {
		if (heading == NULL || heading->day != flat.line[i].day) {
			bool same_week = heading != NULL
				&& when_week_monday(heading->day) == when_week_monday(flat.line[i].day);
			heading = &out.line[out.count++];
			*heading = (struct calendar_line){.day = flat.line[i].day, .first_of_week = !same_week};
		}
		heading->meetings++;
		out.line[out.count] = flat.line[i];
		out.line[out.count++].meetings = i + 1;
	}
	return out;
}

int calendar_days_find(const struct calendar_days *d, int64_t id, int64_t starts_ms, int64_t day)
{
	for (int i = 0; i < d->count; i++) {
		const struct calendar_line *l = &d->line[i];
		if (l->id == id && (id == 0 ? l->day == day : starts_ms == 0 || l->starts_ms == starts_ms))
			return i;
	}
	return -1;
}
