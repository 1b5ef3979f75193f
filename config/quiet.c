#include "quiet.h"

#include <stdio.h>

#include "str.h"
#include "text.h"

enum { HourMinutes = 60, DayHours = 24 };

bool quiet_parse(const char *text, struct quiet_hours *out)
{
	unsigned from, from_minute, to, to_minute;
	int used = 0;
	*out = (struct quiet_hours){0};
	if (str_empty(text))
		return true;
	if (sscanf(text, "%2u%*1[:.]%2u-%2u%*1[:.]%2u%n", &from, &from_minute, &to, &to_minute, &used) != 4)
		return false;
	if (text[used] != '\0')
		return false;
	if (from >= DayHours || to >= DayHours || from_minute >= HourMinutes || to_minute >= HourMinutes)
		return false;
	*out = (struct quiet_hours){.from = (int)(from * HourMinutes + from_minute),
		.to = (int)(to * HourMinutes + to_minute)};
	return true;
}

bool quiet_check(const char *text, struct error *err)
{
	struct quiet_hours q;
	return quiet_parse(text, &q) || fail(err, ERR_INVALID, _("write two times, such as 22:00-08:00"));
}

bool quiet_is(const struct quiet_hours *q, int minute)
{
	if (q->from <= q->to)
		return minute >= q->from && minute < q->to;
	return minute >= q->from || minute < q->to;
}
