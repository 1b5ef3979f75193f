#include "meeting.h"

#include <string.h>

#include "category_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

const char *const meeting_recurrences[] = {"", "every_day", "every_weekday", "every_week", "every_two_weeks",
	"every_four_weeks", "every_month", NULL};
const char *const meeting_reminders[] = {"", "notification.1.hours", "notification.1.days", "notification.1.weeks",
	"notification.1.weeks,notification.1.days", NULL};

const char *meeting_series_words(const char *recurrence)
{
	static const char *const words[] = {N_("Once"), N_("Every day"), N_("Every working day"), N_("Every week"),
		N_("Every two weeks"), N_("Every four weeks"), N_("Every month, the same weekday")};
	for (int i = 0; meeting_recurrences[i] != NULL; i++)
		if (strcmp(meeting_recurrences[i], recurrence) == 0)
			return _(words[i]);
	return NULL;
}

const char *meeting_reminder_words(const char *reminders)
{
	static const char *const words[] = {N_("None"), N_("One hour before"), N_("One day before"),
		N_("One week before"), N_("One week and one day before")};
	for (int i = 0; meeting_reminders[i] != NULL; i++)
		if (strcmp(meeting_reminders[i], reminders) == 0)
			return _(words[i]);
	return NULL;
}

const char *meeting_shape_words(enum meeting_shape kind)
{
	static const char *const words[SHAPES] = {[SHAPE_UNKNOWN] = N_("Meeting"),
		[SHAPE_CIRCLE_ONLINE] = N_("Intervision, online"), [SHAPE_CIRCLE] = N_("Intervision, on site"),
		[SHAPE_ON_SITE] = N_("Meeting on site"), [SHAPE_ONLINE] = N_("Meeting online")};
	return _(words[kind]);
}

const char *meeting_label(const struct meeting_plan *p, int part)
{
	static const char *const labels[] = {[MEETING_KIND] = N_("Kind of meeting"),
		[MEETING_CATEGORY] = N_("Category"), [MEETING_TITLE] = N_("Title"),
		[MEETING_NAME] = N_("Name in the calendar"), [MEETING_TAGS] = N_("Tags"), [MEETING_DAY] = N_("Date"),
		[MEETING_ALL_DAY] = N_("The whole day"), [MEETING_BEGIN] = N_("Begins at"), [MEETING_END] = N_("Ends at"),
		[MEETING_SINCE] = N_("Decided on"), [MEETING_WHY] = N_("Why it changes"), [MEETING_ZONE] = N_("Time zone"),
		[MEETING_SERIES] = N_("How often"), [MEETING_SERIES_END] = N_("Last day of the series"),
		[MEETING_PLACES] = N_("Number of places"), [MEETING_WHO] = N_("Who may sign up"),
		[MEETING_REMINDERS] = N_("Reminder to those who are coming"), [MEETING_PLACE] = N_("Place in the calendar"),
		[MEETING_TEXT] = N_("Text below it"),
		[MEETING_RAW] = N_("Everything as one text"), [MEETING_LOOK] = N_("Look at it before sending")};
	return part >= MEETING_FIELD ? p->set.field[part - MEETING_FIELD].label : _(labels[part]);
}

static const char *one_line(const char *text, const char *between, struct arena *a)
{
	struct sbuf line = {0};
	for (const char *s = text; *s != '\0'; s++)
		if (*s != '\n')
			sbuf_addc(&line, *s);
		else if (line.n > 0 && s[1] != '\0' && s[1] != '\n')
			sbuf_add(&line, between);
	char *out = arena_strdup(a, sbuf_str(&line));
	sbuf_fini(&line);
	return str_trim(out);
}

static const char *taken(struct sbuf *words, struct arena *a)
{
	const char *text = arena_strdup(a, sbuf_str(words));
	sbuf_fini(words);
	return text;
}

static const char *day_words(const struct meeting_time *t, struct arena *a)
{
	struct sbuf words = {0};
	if (t->has_day)
		when_day(&words, &t->at);
	return taken(&words, a);
}

static const char *begin_words(const struct meeting_plan *p, struct arena *a)
{
	struct meeting_time t = meeting_plan_time(p, "start");
	struct sbuf words = {0};
	if (t.has_time)
		when_time(&words, &t.at);
	return taken(&words, a);
}

static const struct zone *zone_of(const struct meeting_plan *p)
{
	const struct zone *z = zone_get(event_markup_get(&p->block, "timezone"));
	return z == NULL ? zone_utc() : z;
}

static bool same_day(const struct meeting_time *a, const struct meeting_time *b)
{
	return a->at.year == b->at.year && a->at.month == b->at.month && a->at.day == b->at.day;
}

static const char *end_words(const struct meeting_plan *p, struct arena *a)
{
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end");
	struct sbuf words = {0};
	if (!end.has_day)
		return "";
	if (!end.has_time || !same_day(&start, &end))
		when_day(&words, &end.at);
	if (!end.has_time)
		return taken(&words, a);
	sbuf_add(&words, words.n > 0 ? ", " : "");
	when_time(&words, &end.at);
	int64_t length = zone_instant(zone_of(p), &end.at, NULL) - zone_instant(zone_of(p), &start.at, NULL);
	if (start.has_time && length > 0) {
		sbuf_add(&words, " (");
		when_duration(&words, length / 60);
		sbuf_addc(&words, ')');
	}
	return taken(&words, a);
}

static const char *who_words(const struct meeting_plan *p, struct arena *a)
{
	const char *status = event_markup_get(&p->block, "status"),
		*groups = event_markup_get(&p->block, "allowedGroups");
	if (str_equal(status, "private"))
		return str_empty(groups) ? _("Only those who are invited") : arena_printf(a, _("Only members of: %s"),
			groups);
	return str_equal(status, "public") ? _("All members who see it") : _("Nobody: this only announces it");
}

static const char *category_words(const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct category *c = w->change.category_id == 0 || s->ctx->store == NULL ? NULL
		: category_store_get(s->ctx->store, w->change.category_id, a);
	return c == NULL ? "" : c->name;
}

static const char *field_words(const struct meeting_plan *p, int field, struct arena *a)
{
	const char *line = one_line(p->value[field], "; ", a);
	int minutes = str_equal(p->set.field[field].id, "steps") ? meeting_plan_steps(p) : 0;
	struct sbuf words = {0};
	if (minutes == 0)
		return line;
	when_duration(&words, minutes);
	sbuf_addf(&words, ": %s", line);
	return taken(&words, a);
}

static const char *reason_words(
	const struct screen *s, const struct composition *w, const struct meeting_plan *p, int part, struct arena *a)
{
	struct meeting_reason r = meeting_reason(s, w, p, a);
	struct sbuf words = {0};
	if (part == MEETING_WHY)
		return r.why;
	when_day(&words, &r.since);
	return taken(&words, a);
}

const char *meeting_words(
	struct screen *s, const struct composition *w, const struct meeting_plan *p, int part, struct arena *a)
{
	const struct event_markup *block = &p->block;
	struct meeting_time t;
	switch (part) {
	case MEETING_KIND:
		return meeting_shape_words(p->kind);
	case MEETING_CATEGORY:
		return category_words(s, w, a);
	case MEETING_TITLE:
		return sbuf_str(&w->title);
	case MEETING_NAME:
		return event_markup_get(block, "name");
	case MEETING_TAGS:
		return sbuf_str(&w->names);
	case MEETING_DAY:
		t = meeting_plan_time(p, "start");
		return day_words(&t, a);
	case MEETING_ALL_DAY:
		return event_markup_is(block, "allDay") ? _("Yes") : _("No");
	case MEETING_BEGIN:
		return begin_words(p, a);
	case MEETING_END:
		return end_words(p, a);
	case MEETING_SINCE:
	case MEETING_WHY:
		return reason_words(s, w, p, part, a);
	case MEETING_ZONE:
		return event_markup_get(block, "timezone");
	case MEETING_SERIES:
		return meeting_series_words(event_markup_get(block, "recurrence")) != NULL
			? meeting_series_words(event_markup_get(block, "recurrence")) : event_markup_get(block, "recurrence");
	case MEETING_SERIES_END:
		t = meeting_plan_time(p, "recurrenceUntil");
		return day_words(&t, a);
	case MEETING_PLACES:
		return event_markup_get(block, "maxAttendees");
	case MEETING_WHO:
		return who_words(p, a);
	case MEETING_REMINDERS:
		return meeting_reminder_words(event_markup_get(block, "reminders")) != NULL
			? meeting_reminder_words(event_markup_get(block, "reminders")) : event_markup_get(block, "reminders");
	case MEETING_PLACE:
		return event_markup_get(block, "location");
	case MEETING_TEXT:
		return one_line(p->text, " ", a);
	case MEETING_RAW:
		return _("For those who know Markdown.");
	case MEETING_LOOK:
		return _("Nothing is sent yet.");
	default:
		return field_words(p, part - MEETING_FIELD, a);
	}
}
