#include "event.h"

#include "mem.h"
#include "str.h"

static const char *const attendances[] = {NULL, "going", "interested", "not_going"};
static const char *const statuses[] = {"public", "private", "standalone"};

enum attendance attendance_from(const char *word)
{
	for (int i = 1; i < (int)COUNT(attendances); i++)
		if (str_equal(word, attendances[i]))
			return (enum attendance)i;
	return ATTENDANCE_NONE;
}

const char *attendance_word(enum attendance a)
{
	return attendances[a];
}

enum event_status event_status_from(const char *word)
{
	for (int i = 0; i < (int)COUNT(statuses); i++)
		if (str_equal(word, statuses[i]))
			return (enum event_status)i;
	return EVENT_PUBLIC;
}

const char *event_status_word(enum event_status s)
{
	return statuses[s];
}

int event_places_left(const struct event *e)
{
	if (e->max_attendees <= 0 || e->going < 0)
		return -1;
	return e->going >= e->max_attendees ? 0 : e->max_attendees - e->going;
}

const char *event_title(const struct event *e)
{
	return str_empty(e->name) ? str_or_empty(e->topic_title) : e->name;
}
