#include "event_rest.h"

#include <ctype.h>
#include <stdlib.h>

#include "labelled_list.h"
#include "zone.h"

enum { REST_DAY, REST_BEGIN, REST_END, REST_FIELDS };

static const char *const day_names[] = {"datum", "date", "dag", "day", NULL};
static const char *const begin_names[] = {"begin", "start", "aanvang", "begint om", "starts at", NULL};
static const char *const end_names[] = {"eind", "einde", "end", "tot", "eindigt om", "ends at", NULL};
static const char *const *const names[REST_FIELDS] = {day_names, begin_names, end_names};

/* The next number in a text; -1 when there is none any more. */
static long next_number(const char **at)
{
	char *end;
	while (**at != '\0' && !isdigit((unsigned char)**at))
		(*at)++;
	if (**at == '\0')
		return -1;
	long n = strtol(*at, &end, 10);
	*at = end;
	return n;
}

static bool says_day(const char *value, const struct civil *c)
{
	bool day = false, year = false;
	for (long n; (n = next_number(&value)) >= 0;) {
		if (n != c->day && n != c->year && n != c->month)
			return false;
		day |= n == c->day;
		year |= n == c->year;
	}
	return day && year;
}

static bool says_time(const char *value, const struct civil *c)
{
	const char *at = value;
	return next_number(&at) == c->hour && next_number(&at) == c->minute && next_number(&at) < 0;
}

static struct civil civil_of(const struct event *e, int64_t ms)
{
	const struct zone *z = e->all_day ? NULL : zone_get(e->timezone);
	return zone_civil(z == NULL ? zone_utc() : z, ms / 1000);
}

const char *event_rest(const struct event *e, const char *text, struct arena *a)
{
	struct labelled_list list;
	struct civil from = civil_of(e, e->starts_ms), to = civil_of(e, e->ends_ms);
	labelled_list_read(text, names, REST_FIELDS, &list, a);
	if (list.count == 0 || e->starts_ms == 0)
		return text;
	if ((list.value[REST_DAY] != NULL && !says_day(list.value[REST_DAY], &from))
		|| (list.value[REST_BEGIN] != NULL && !says_time(list.value[REST_BEGIN], &from))
		|| (list.value[REST_END] != NULL && (e->ends_ms == 0 || !says_time(list.value[REST_END], &to))))
		return text;
	return list.rest;
}
