#include "event_text.h"

#include <string.h>

#include "html.h"
#include "str.h"
#include "text.h"
#include "when.h"

enum { DayMs = 24 * 3600 * 1000 };

const char *event_text_answer(enum attendance a)
{
	static const char *const words[] = {NULL, N_("You are coming."), N_("You may come."),
		N_("You are not coming.")};
	return words[a] == NULL ? NULL : _(words[a]);
}

const char *event_text_state(const struct event_row *e, int64_t now_ms)
{
	int64_t last = e->ends_ms > e->starts_ms ? e->ends_ms : e->starts_ms, ends = last + (e->all_day ? DayMs : 0);
	if (e->mine == ATTENDANCE_GOING)
		return _("you are coming");
	if (e->mine == ATTENDANCE_INTERESTED)
		return _("maybe");
	if (ends < now_ms)
		return _("past");
	if (e->closed)
		return _("closed");
	return e->max > 0 && e->going >= e->max ? _("full") : NULL;
}

struct when_span event_text_span(const struct event_row *e)
{
	return (struct when_span){.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .all_day = e->all_day,
		.local = e->show_local_time, .timezone = e->timezone};
}

static struct when_span span_of(const struct event *e)
{
	return (struct when_span){.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .all_day = e->all_day,
		.local = e->show_local_time, .timezone = e->timezone};
}

static void add_when(struct styled_builder *b, const struct event *e, const struct zone *zone, int64_t now_ms)
{
	struct sbuf text = {0};
	struct when_span span = span_of(e);
	if (e->starts_ms == 0) {
		styled_label(b, _("When"), _("This series has ended."));
		return;
	}
	when_span(&text, &span, zone);
	styled_label(b, _("When"), sbuf_str(&text));
	sbuf_reset(&text);
	when_span_notes(&text, &span, zone);
	when_span_between(&text, &span, now_ms, zone);
	char *rest = text.p;
	for (char *line; rest != NULL && (line = strsep(&rest, "\n")) != NULL;)
		if (*line != '\0')
			styled_line(b, ROLE_TEXT, line);
	sbuf_fini(&text);
}

static void add_repeats(struct styled_builder *b, const struct event *e, const struct zone *zone)
{
	struct sbuf words = {0};
	when_repeats(&words, e->recurrence, e->rrule, zone);
	styled_label(b, _("Repeats"), sbuf_str(&words));
	sbuf_fini(&words);
}

static void add_places(struct styled_builder *b, const struct event *e)
{
	struct sbuf text = {0};
	int left = event_places_left(e);
	if (left == 0)
		sbuf_addf(&text, _("full, %d of %d places taken"), e->going, e->max_attendees);
	else if (left > 0)
		sbuf_addf(&text, _("%d free of %d"), left, e->max_attendees);
	styled_label(b, _("Places"), sbuf_str(&text));
	sbuf_reset(&text);
	if (e->going >= 0 && e->status != EVENT_STANDALONE)
		sbuf_addf(&text, _("%d yes, %d maybe, %d no"), e->going, e->interested, e->not_going);
	styled_label(b, _("Answers"), sbuf_str(&text));
	sbuf_fini(&text);
}

static const char *sign_up_words(const struct event *e)
{
	if (e->status == EVENT_STANDALONE)
		return _("You do not have to sign up.");
	if (e->expired)
		return _("This meeting is past.");
	if (e->closed)
		return _("Signing up is closed.");
	return e->status == EVENT_PRIVATE ? _("Only for members who were invited.") : NULL;
}

void event_text_summary(struct styled_builder *b, const struct event *e, const struct zone *zone, int64_t now_ms)
{
	styled_blank(b);
	if (!str_empty(e->name))
		styled_line(b, ROLE_STRONG, e->name);
	add_when(b, e, zone, now_ms);
	add_repeats(b, e, zone);
	styled_label(b, _("Where"), e->location);
	styled_label(b, _("Link"), e->url);
	add_places(b, e);
	styled_label(b, _("Signing up"), sign_up_words(e));
	styled_label(b, _("Your answer"), event_text_answer(e->mine));
	if (!str_empty(e->description)) {
		styled_blank(b);
		styled_add(b, ROLE_TEXT, e->description);
		styled_break(b);
	}
	styled_blank(b);
}
