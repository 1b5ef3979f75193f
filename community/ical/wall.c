#include "wall.h"

struct icaltimetype wall_to_ical(const struct civil *c, bool date)
{
	struct icaltimetype t = icaltime_null_time();
	t.year = c->year;
	t.month = c->month;
	t.day = c->day;
	t.hour = date ? 0 : c->hour;
	t.minute = date ? 0 : c->minute;
	t.second = date ? 0 : c->second;
	t.is_date = date;
	return t;
}

struct civil wall_from_ical(struct icaltimetype t)
{
	return (struct civil){.year = t.year, .month = t.month, .day = t.day, .hour = t.hour, .minute = t.minute,
		.second = t.second};
}
