/* Series and calendars: bounded, in order, and never a line that is not ours. Lines of the input: the zone,
 * the word or rule, the title, the place, an address; the first byte chooses how. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ics.h"
#include "panic.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_dates(const struct series *s)
{
	struct occurrence list[SERIES_MAX];
	int count = series_expand(s, s->starts_ms, s->starts_ms + INT64_C(400) * 86400000, list, SERIES_MAX, NULL);
	ensure(count <= SERIES_MAX);
	for (int i = 1; i < count; i++)
		ensure(list[i].starts_ms >= list[i - 1].starts_ms);
}

static void check_lines(const char *text)
{
	int begun = 0;
	for (const char *line = text; *line != '\0';) {
		const char *end = strstr(line, "\r\n");
		ensure(end != NULL && end - line <= 75 && utf8_valid(line, (size_t)(end - line)));
		for (const char *p = line; p < end; p++)
			ensure((unsigned char)*p >= ' ' || *p == '\t');
		begun += strncmp(line, "BEGIN:VEVENT\r\n", 14) == 0;
		line = end + 2;
	}
	ensure(begun <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *copy = malloc(n + 1), *rest = copy, *line[5];
	if (copy == NULL)
		return 0;
	memcpy(copy, data, n);
	copy[n] = '\0';
	int how = n == 0 ? 0 : (unsigned char)copy[0];
	for (int i = 0; i < 5; i++)
		line[i] = rest == NULL ? NULL : strsep(&rest, "\n");
	struct ics_person person = {.name = line[2], .url = line[4], .attendance = ATTENDANCE_GOING};
	struct ics_item item = {.uid = "event-1@kring.example", .summary = line[2], .location = line[3],
		.description = line[3], .url = line[4], .organizer = &person, .person = &person, .person_count = 1,
		.mine = how % 4, .reminder_minutes = how, .show_local_time = (how & 1) != 0, .series = {
			.starts_ms = INT64_C(1772544600000) + how * INT64_C(86400000), .timezone = line[0] == NULL ? NULL
				: line[0] + (n > 0),
			.all_day = (how & 2) != 0, .recurrence = (how & 4) != 0 ? line[1] : NULL,
			.rrule = (how & 4) != 0 ? NULL : line[1]}};
	check_dates(&item.series);
	struct ics *c = ics_new("-//kring//kring//EN", line[2]);
	ics_add(c, &item);
	char *text = ics_finish(c);
	check_lines(text);
	free(text);
	free(copy);
	return 0;
}
