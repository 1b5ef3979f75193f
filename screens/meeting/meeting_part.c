#include "meeting.h"

#include <string.h>

#include "event_fields.h"
#include "meeting_check.h"
#include "meeting_moment.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* One part of a meeting as a question (target id: of the change, number: the part). */
struct meeting_part_state {
	struct composition *work; /* NULL: it is not here any more */
	struct meeting_plan plan;
	struct meeting_reason reason;
};

static int part_of(const struct screen *s)
{
	return s->target.number;
}

static const struct event_field *field_of(const struct screen *s)
{
	const struct meeting_part_state *st = s->state;
	int at = part_of(s) - MEETING_FIELD;
	return at < 0 || at >= st->plan.set.count ? NULL : &st->plan.set.field[at];
}

/* Several lines are typed as one, with ";" between them. */
static void add_field(const struct screen *s, struct sbuf *out)
{
	const struct meeting_part_state *st = s->state;
	const char *value = st->plan.value[part_of(s) - MEETING_FIELD];
	for (const char *c = value; *c != '\0'; c++)
		if (*c == '\n')
			sbuf_add(out, "; ");
		else
			sbuf_addc(out, *c);
	if (out->n == 0 && str_equal(field_of(s)->id, "contact") && s->ctx->account != NULL)
		sbuf_addf(out, "@%s", s->ctx->account->username);
}

static void add_day(struct sbuf *out, const struct civil *day)
{
	sbuf_addf(out, "%d-%d-%d", day->day, day->month, day->year);
}

static void add_moment(const struct meeting_plan *p, int part, struct sbuf *out)
{
	struct meeting_time start = meeting_plan_time(p, "start"),
		t = part == MEETING_END ? meeting_plan_time(p, "end")
		: part == MEETING_SERIES_END ? meeting_plan_time(p, "recurrenceUntil") : start;
	bool other_day = civil_days(t.at.year, t.at.month, t.at.day) !=
		civil_days(start.at.year, start.at.month, start.at.day);
	if (t.has_day && part != MEETING_BEGIN && (part != MEETING_END || !t.has_time || other_day))
		add_day(out, &t.at);
	if (t.has_time && (part == MEETING_BEGIN || part == MEETING_END)) {
		sbuf_add(out, out->n > 0 ? " " : "");
		when_time(out, &t.at);
	}
}

/* What stands in the field to begin with. */
static void add_value(const struct screen *s, struct sbuf *out)
{
	const struct meeting_part_state *st = s->state;
	const struct event_markup *block = &st->plan.block;
	switch (part_of(s)) {
	case MEETING_DAY:
	case MEETING_BEGIN:
	case MEETING_END:
	case MEETING_SERIES_END:
		add_moment(&st->plan, part_of(s), out);
		break;
	case MEETING_SINCE:
		add_day(out, &st->reason.since);
		break;
	case MEETING_WHY:
		sbuf_add(out, st->reason.why);
		break;
	case MEETING_ZONE:
		sbuf_add(out, event_markup_get(block, "timezone"));
		break;
	case MEETING_PLACES:
		sbuf_add(out, event_markup_get(block, "maxAttendees"));
		break;
	case MEETING_PLACE:
		sbuf_add(out, event_markup_get(block, "location"));
		break;
	case MEETING_NAME:
		sbuf_add(out, event_markup_get(block, "name"));
		break;
	default:
		if (field_of(s) != NULL)
			add_field(s, out);
	}
}

static void read_plan(struct screen *s)
{
	struct meeting_part_state *st = s->state;
	meeting_read(s, st->work, &st->plan, &s->own);
	st->reason = meeting_reason(s, st->work, &st->plan, &s->own);
}

static void meeting_part_open(struct screen *s)
{
	struct meeting_part_state *st = s->state;
	struct sbuf value = {0};
	st->work = composition_take(s->ctx, s->target.id);
	if (st->work == NULL)
		return;
	read_plan(s);
	add_value(s, &value);
	field_set(&s->answer, sbuf_str(&value));
	sbuf_fini(&value);
}

static void meeting_part_close(struct screen *s)
{
	const struct meeting_part_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static bool is_part(const struct screen *s)
{
	const struct meeting_part_state *st = s->state;
	return st->work != NULL && (field_of(s) != NULL || (part_of(s) > 0 && part_of(s) <= MEETING_LOOK));
}

static void meeting_part_load(struct screen *s)
{
	const struct meeting_part_state *st = s->state;
	s->title = is_part(s) ? meeting_label(&st->plan, part_of(s)) : _("Meeting");
}

static const char *hint_of(const struct screen *s)
{
	const struct event_field *f = field_of(s);
	switch (part_of(s)) {
	case MEETING_DAY:
	case MEETING_SERIES_END:
	case MEETING_SINCE:
		return _("Write the date like this: 3-3-2026, or in words.");
	case MEETING_BEGIN:
		return _("Write the time like this: 14.30.");
	case MEETING_END:
		return _("Write the time like this: 16.00. On another day, write the date before it.");
	case MEETING_WHY:
		return _("Those who signed up read this. One sentence is enough.");
	case MEETING_ZONE:
		return _("Write it like this: Europe/Amsterdam.");
	case MEETING_PLACES:
		return _("How many people can come at most. Leave it empty when there is no limit.");
	case MEETING_PLACE:
		return _("A few words, for example a town. The address has a step of its own.");
	case MEETING_NAME:
		return _("Leave it empty when the title is enough.");
	default:
		return f == NULL || str_empty(f->hint) ? _("You can leave this empty.") : f->hint;
	}
}

static const char *form_of_answer(const struct event_field *f)
{
	switch (f == NULL ? EVENT_FIELD_TEXT : f->kind) {
	case EVENT_FIELD_LIST:
		return _("Put ; between the parts. Each gets a line of its own.");
	case EVENT_FIELD_YESNO:
		return _("Begin with yes, no or partly. After that you can say more.");
	case EVENT_FIELD_DATE:
		return _("Write the date like this: 3-3-2026, or in words.");
	default:
		return NULL;
	}
}

static void meeting_part_text(struct screen *s, struct styled_builder *b)
{
	const struct meeting_part_state *st = s->state;
	if (!is_part(s)) {
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
		return;
	}
	const char *form = form_of_answer(field_of(s));
	const char *words = meeting_words(s, st->work, &st->plan, part_of(s), &s->text_mem);
	styled_line(b, ROLE_TEXT, hint_of(s));
	if (form != NULL)
		styled_line(b, ROLE_TEXT, form);
	if (!str_empty(words))
		styled_label(b, _("Now"), words);
}

static bool meeting_part_ask(struct screen *s, struct question *q)
{
	const struct meeting_part_state *st = s->state;
	if (!is_part(s))
		return false;
	*q = (struct question){.label = meeting_label(&st->plan, part_of(s))};
	return true;
}

static bool set_day(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct civil today = meeting_today(s), day = {0};
	if (!meeting_moment_day(text, &today, &day, why, &s->mem))
		return false;
	meeting_plan_set_day(&st->plan, &day, &s->mem);
	return true;
}

static bool set_begin(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct meeting_time t = meeting_plan_time(&st->plan, "start");
	*why = !t.has_day ? _("First fill in the date.") : _("This is not a time. Write it like this: 14.30.");
	if (!t.has_day || !meeting_moment_time(text, &t.at))
		return false;
	t.has_time = true;
	meeting_plan_set_time(&st->plan, "start", &t, &s->mem);
	return true;
}

static bool set_end(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct meeting_time t = meeting_plan_time(&st->plan, "start");
	struct civil today = meeting_today(s);
	bool all_day = event_markup_is(&st->plan.block, "allDay");
	*why = _("First fill in the date.");
	if (str_empty(text)) {
		event_markup_set(&st->plan.block, "end", "", &s->mem);
		return true;
	}
	if (!t.has_day)
		return false;
	*why = all_day ? _("This is not a date. Write it like this: 3-3-2026.")
		: _("This is not a time. Write it like this: 14.30.");
	if (all_day ? !meeting_moment_day(text, &today, &t.at, why, &s->mem)
		: !meeting_moment_read(text, &today, &t.at, NULL, &s->mem))
		return false;
	t.has_time = !all_day;
	meeting_plan_set_time(&st->plan, "end", &t, &s->mem);
	return true;
}

static bool set_series_end(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct civil today = meeting_today(s);
	struct meeting_time t = {.at = {.hour = 23, .minute = 59}, .has_time = true};
	t.has_day = !str_empty(text);
	if (t.has_day && !meeting_moment_day(text, &today, &t.at, why, &s->mem))
		return false;
	meeting_plan_set_time(&st->plan, "recurrenceUntil", &t, &s->mem);
	return true;
}

/* There is nothing to explain yet. */
static bool is_early(struct screen *s, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct meeting_plan old;
	*why = _("First change the date or the time.");
	return meeting_read_old(s, st->work, &old, &s->mem) && meeting_change_news(&old, &st->plan) == MEETING_NO_NEWS;
}

static bool set_since(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	struct civil today = meeting_today(s);
	return !is_early(s, why) && meeting_moment_day(text, &today, &st->reason.since, why, &s->mem);
}

static bool set_why(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	st->reason.why = text;
	return !is_early(s, why);
}

static bool set_zone(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	*why = _("kring does not know this time zone. Write it like this: Europe/Amsterdam.");
	if (zone_get(text) == NULL)
		return false;
	event_markup_set(&st->plan.block, "timezone", text, &s->mem);
	return true;
}

static bool set_places(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	int64_t n;
	*why = _("Type a number from 1 to 1000.");
	if (!str_empty(text) && !str_to_int(text, 1, 1000, &n))
		return false;
	event_markup_set(&st->plan.block, "maxAttendees", text, &s->mem);
	return true;
}

static bool set_name(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	int n = compose_characters(text);
	*why = _("A name has 5 to 255 characters.");
	if (n != 0 && (n < 5 || n > 255))
		return false;
	event_markup_set(&st->plan.block, "name", text, &s->mem);
	return true;
}

static bool set_place(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	event_markup_set(&st->plan.block, "location", text, &s->mem);
	return true;
}

/* "ja met lift" becomes "ja, met lift" in the language of the community. */
static const char *yes_no(const struct screen *s, const char *text, struct arena *a)
{
	const struct meeting_part_state *st = s->state;
	const char *more = "";
	enum event_answer answer = event_fields_answer(text, &more);
	if (answer == EVENT_ANSWER_NONE)
		return text;
	const char *word = event_fields_answer_word(answer, st->plan.language);
	return str_empty(more) ? word : arena_printf(a, "%s, %s", word, more);
}

static const char *lines(const char *text, struct arena *a)
{
	char *out = arena_strdup(a, text), *to = out;
	for (const char *c = text; *c != '\0'; c++) {
		bool cut = *c == ';';
		*to++ = cut ? '\n' : *c;
		while (cut && c[1] == ' ')
			c++;
	}
	*to = '\0';
	return str_trim(out);
}

static const char *date_words(const struct screen *s, const char *text, const char **why, struct arena *a)
{
	const struct meeting_part_state *st = s->state;
	struct civil today = meeting_today(s), day = {0};
	struct sbuf words = {0};
	if (!meeting_moment_day(text, &today, &day, why, a))
		return NULL;
	meeting_moment_add_day(&words, &day, st->plan.language);
	const char *out = arena_strdup(a, sbuf_str(&words));
	sbuf_fini(&words);
	return out;
}

static bool is_link(const char *text)
{
	return (str_starts(text, "https://") || str_starts(text, "http://")) && strpbrk(text, " \t") == NULL;
}

/* What the calendar of the site shows too. */
static void set_in_block(struct screen *s, const struct event_field *f, const char *was, const char *value)
{
	struct meeting_part_state *st = s->state;
	bool link = str_equal(f->id, "link");
	if (!link && !str_equal(f->id, "address"))
		return;
	const char *name = link ? "url" : "location", *now = event_markup_get(&st->plan.block, name);
	if (str_empty(now) || strcmp(now, was) == 0)
		event_markup_set(&st->plan.block, name, !link || is_link(value) ? value : "", &s->mem);
}

static bool set_field(struct screen *s, const char *text, const char **why)
{
	struct meeting_part_state *st = s->state;
	const struct event_field *f = field_of(s);
	const char **value = &st->plan.value[part_of(s) - MEETING_FIELD], *was = *value, *fresh = text;
	if (f->kind == EVENT_FIELD_DATE && !str_empty(text) && strcmp(text, was) != 0)
		fresh = date_words(s, text, why, &s->mem);
	else if (f->kind == EVENT_FIELD_YESNO)
		fresh = yes_no(s, text, &s->mem);
	else if (f->kind == EVENT_FIELD_LIST || strchr(was, '\n') != NULL)
		fresh = lines(text, &s->mem);
	if (fresh == NULL)
		return false;
	*value = fresh;
	set_in_block(s, f, was, fresh);
	return true;
}

/* False: it cannot be used, and *why says why. */
static bool set_value(struct screen *s, const char *text, const char **why)
{
	static bool (*const sets[])(struct screen *s, const char *text, const char **why) = {[MEETING_DAY] = set_day,
		[MEETING_BEGIN] = set_begin, [MEETING_END] = set_end, [MEETING_SERIES_END] = set_series_end,
		[MEETING_SINCE] = set_since, [MEETING_WHY] = set_why, [MEETING_ZONE] = set_zone,
		[MEETING_PLACES] = set_places, [MEETING_PLACE] = set_place, [MEETING_NAME] = set_name,
		[MEETING_LOOK] = NULL};
	if (field_of(s) != NULL)
		return set_field(s, text, why);
	return sets[part_of(s)] != NULL && sets[part_of(s)](s, text, why);
}

/* The first thing that is odd about the new day or time is said at once. */
static void say_remark(struct screen *s)
{
	const struct meeting_part_state *st = s->state;
	if (part_of(s) != MEETING_DAY && part_of(s) != MEETING_BEGIN && part_of(s) != MEETING_END)
		return;
	const char *remark = meeting_time_remark(s, &st->plan, &s->mem);
	if (remark != NULL)
		screen_say(s, "%s", remark);
}

/* Line mode answers without the field: an empty answer there leaves what stands in it. */
static bool is_untouched(const struct screen *s, const char *text)
{
	return str_empty(text) && !str_empty(field_text(&s->answer));
}

static void meeting_part_answer(struct screen *s, const char *given)
{
	struct meeting_part_state *st = s->state;
	const char *why = NULL, *typed = is_untouched(s, given) ? field_text(&s->answer) : given;
	char *text = str_trim(arena_strdup(&s->own, typed));
	if (!set_value(s, text, &why)) {
		field_set(&s->answer, text);
		if (why != NULL)
			screen_say(s, "%s", why);
		return;
	}
	composition_count(st->work, s->ctx->now_ms, true);
	meeting_keep(s, st->work, &st->plan, &st->reason);
	say_remark(s);
	screen_back(s);
}

/* Half a date, a time or a number is not one yet. */
static bool is_words(const struct screen *s)
{
	const struct event_field *f = field_of(s);
	if (f == NULL)
		return part_of(s) == MEETING_WHY || part_of(s) == MEETING_PLACE || part_of(s) == MEETING_NAME;
	return f->kind != EVENT_FIELD_DATE && f->kind != EVENT_FIELD_YESNO;
}

/* Words are kept while they are typed. */
static void meeting_part_save(struct screen *s)
{
	struct meeting_part_state *st = s->state;
	const char *why = NULL;
	s->half = st->work == NULL || !is_words(s)
		|| !set_value(s, str_trim(arena_strdup(&s->own, field_text(&s->answer))), &why);
	if (s->half)
		return;
	composition_count(st->work, s->ctx->now_ms, true);
	meeting_keep(s, st->work, &st->plan, &st->reason);
	read_plan(s);
}

const struct screen_ops meeting_part_ops = {
	.name = "meeting_part", .kind = SCREEN_ASK, .state_size = sizeof(struct meeting_part_state),
	.open = meeting_part_open, .close = meeting_part_close, .load = meeting_part_load, .text = meeting_part_text,
	.ask = meeting_part_ask, .answer = meeting_part_answer, .save = meeting_part_save,
};
