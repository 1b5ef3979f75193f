#include "draft_day.h"

#include <stdio.h>
#include <string.h>

#include "when.h"

enum { DaysAhead = 731 };

void draft_day_add(int64_t seconds, const struct zone *z, struct sbuf *out)
{
	struct civil day = zone_civil(z, seconds);
	sbuf_addf(out, "%d-%d-%d", day.day, day.month, day.year);
}

void draft_day_write(int64_t seconds, const struct zone *z, struct sbuf *out)
{
	struct civil day = zone_civil(z, seconds);
	when_day(out, &day);
}

/* The words of a day in the language of kring are those that kring makes of it. */
static int64_t day_in_words(const char *text, const struct zone *z, int64_t now)
{
	struct sbuf words = {0};
	int64_t found = 0;
	for (int i = 0; i <= DaysAhead && found == 0; i++) {
		int64_t day = zone_day_start(z, now, i);
		sbuf_reset(&words);
		draft_day_write(day, z, &words);
		if (strcmp(sbuf_str(&words), text) == 0)
			found = day;
	}
	sbuf_fini(&words);
	return found;
}

int64_t draft_day_read(const char *text, const struct zone *z, int64_t now_ms)
{
	struct civil day = {0};
	char end;
	if (*text == '\0')
		return 0;
	if (sscanf(text, "%2d-%2d-%4d%c", &day.day, &day.month, &day.year, &end) == 3)
		return civil_valid(&day) && day.year > 1970 ? zone_instant(z, &day, NULL) : 0;
	return day_in_words(text, z, now_ms / 1000);
}
