#include "meeting.h"

#include <string.h>

#include "group_store.h"
#include "method.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* One part of a meeting that is chosen from a list (target id: of the change, number: the part). */
struct choice {
	const char *value, *title, *detail;
};

struct meeting_choice_state {
	struct composition *work; /* NULL: it is not here any more */
	struct meeting_plan plan;
	const char *now;          /* the value that is chosen */
	struct choice *choice;
	const struct methods *methods;
};

static int part_of(const struct screen *s)
{
	return s->target.number;
}

static void meeting_choice_open(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
}

static void meeting_choice_close(struct screen *s)
{
	const struct meeting_choice_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void add(struct screen *s, const char *value, const char *title, const char *detail)
{
	struct meeting_choice_state *st = s->state;
	st->choice = arena_grow(&s->mem, st->choice, (size_t)s->count, (size_t)s->count + 1, sizeof *st->choice);
	st->choice[s->count++] = (struct choice){.value = value, .title = title, .detail = detail};
}

/* What somebody chose elsewhere can stay. */
static void add_present(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (strcmp(st->choice[i].value, st->now) == 0)
			return;
	add(s, st->now, st->now, _("As it is now"));
}

static void load_kinds(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	for (int kind = 1; kind < SHAPES; kind++)
		add(s, arena_printf(&s->mem, "%d", kind), meeting_shape_words(kind), _("What you filled in is kept."));
	st->now = arena_printf(&s->mem, "%d", (int)st->plan.kind);
}

static const char *begins_on(const struct screen *s, struct arena *a)
{
	const struct meeting_choice_state *st = s->state;
	struct meeting_time start = meeting_plan_time(&st->plan, "start");
	struct sbuf words = {0};
	if (!start.has_day)
		return _("The first day is the date of the meeting.");
	when_day(&words, &start.at);
	/* Translators: %s is a day with its weekday. */
	const char *text = arena_printf(a, _("First on %s."), sbuf_str(&words));
	sbuf_fini(&words);
	return text;
}

static void load_series(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	st->now = event_markup_get(&st->plan.block, "recurrence");
	for (int i = 0; meeting_recurrences[i] != NULL; i++)
		add(s, meeting_recurrences[i], meeting_series_words(meeting_recurrences[i]),
			i == 0 ? NULL : begins_on(s, &s->mem));
	add_present(s);
}

static void load_reminders(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	st->now = event_markup_get(&st->plan.block, "reminders");
	for (int i = 0; meeting_reminders[i] != NULL; i++)
		add(s, meeting_reminders[i], meeting_reminder_words(meeting_reminders[i]), NULL);
	add_present(s);
}

/* The value of a group is "private" and its name. */
static void load_who(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	const char *status = event_markup_get(&st->plan.block, "status");
	struct group_rows groups = {0};
	if (s->ctx->store != NULL)
		groups = group_store_list(s->ctx->store, &s->mem);
	st->now = str_empty(status) ? "standalone" : status;
	if (str_equal(status, "private"))
		st->now = arena_printf(&s->mem, "private %s", event_markup_get(&st->plan.block, "allowedGroups"));
	add(s, "public", _("All members who see it"), NULL);
	for (int i = 0; i < groups.count; i++)
		add(s, arena_printf(&s->mem, "private %s", groups.row[i].name),
			arena_printf(&s->mem, _("Only members of: %s"), groups.row[i].name),
			str_or_empty(groups.row[i].full_name));
	add(s, "standalone", _("Nobody: this only announces it"), NULL);
	add_present(s);
}

static const char *method_detail(const struct screen *s, const struct method *m, struct arena *a)
{
	const struct meeting_choice_state *st = s->state;
	struct method_plan plan = method_plan_of(st->methods, m, 0, a);
	struct sbuf words = {0};
	if (m->unit == METHOD_MINUTES)
		when_duration(&words, plan.total);
	else
		sbuf_addf(&words, ngettext("%d day", "%d days", (unsigned long)plan.total), plan.total);
	/* Translators: how long it takes, the smallest and the largest group, what it is for. */
	const char *text = arena_printf(
		a, _("%s, %d to %d people. %s"), sbuf_str(&words), m->group_min, m->group_max, m->use);
	sbuf_fini(&words);
	return text;
}

static void load_methods(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	st->methods = methods_load(st->plan.language, &s->mem, NULL);
	st->now = meeting_plan_value(&st->plan, "method");
	for (int i = 0; i < st->methods->count; i++) {
		const struct method *m = &st->methods->method[i];
		add(s, m->name, m->name, method_detail(s, m, &s->mem));
	}
	add(s, "", _("None, or in your own words"), _("You can write the steps yourself."));
	add_present(s);
}

static void meeting_choice_load(struct screen *s)
{
	struct meeting_choice_state *st = s->state;
	static void (*const loads[])(struct screen *s) = {[MEETING_KIND] = load_kinds, [MEETING_SERIES] = load_series,
		[MEETING_WHO] = load_who, [MEETING_REMINDERS] = load_reminders};
	int part = part_of(s);
	s->title = _("Meeting");
	st->choice = NULL;
	if (st->work == NULL || part <= 0)
		return;
	meeting_read(s, st->work, &st->plan, &s->mem);
	if (part >= MEETING_FIELD + st->plan.set.count)
		return;
	s->title = meeting_label(&st->plan, part);
	if (part >= MEETING_FIELD)
		load_methods(s);
	else if (part < (int)(sizeof loads / sizeof loads[0]) && loads[part] != NULL)
		loads[part](s);
}

static void meeting_choice_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct meeting_choice_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct choice *c = &st->choice[first + i];
		out[i] = (struct row){.id = first + i + 1, .title = c->title, .detail = c->detail,
			.state = strcmp(c->value, st->now) == 0 ? _("chosen") : NULL};
	}
}

static void add_step(struct sbuf *out, const struct method *m, const struct method_step *step, const char *language)
{
	int length = step->to - step->from;
	bool nl = str_starts(language, "nl"), days = m->unit == METHOD_DAYS;
	static const char *const units[][2] = {{"minutes", "minuten"}, {"day", "dag"}, {"days", "dagen"}};
	sbuf_addf(out, "%s%s (%d %s)", out->n > 0 ? "\n" : "", step->phase->name, length,
		units[!days ? 0 : length == 1 ? 1 : 2][nl]);
}

static int minutes_between(const struct meeting_time *start, const struct meeting_time *end)
{
	return start->has_time && end->has_time
		? (int)((civil_to_seconds(&end->at) - civil_to_seconds(&start->at)) / 60) : 0;
}

/* The end follows from the method when it is not known yet. */
static void propose_end(struct meeting_plan *p, const struct method *m, int total, struct arena *a)
{
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end");
	if (!start.has_time || end.has_day || m->unit != METHOD_MINUTES)
		return;
	end = start;
	end.at = civil_from_seconds(civil_to_seconds(&start.at) + total * 60);
	meeting_plan_set_time(p, "end", &end, a);
}

static void propose_people(struct meeting_plan *p, const struct method *m, struct arena *a)
{
	bool nl = str_starts(str_or_empty(p->language), "nl");
	if (str_empty(meeting_plan_value(p, "people")))
		meeting_plan_set(p, "people", arena_printf(a, nl ? "%d tot %d mensen" : "%d to %d people", m->group_min,
			m->group_max));
	if (str_empty(event_markup_get(&p->block, "maxAttendees")))
		event_markup_set(&p->block, "maxAttendees", arena_printf(a, "%d", m->group_max), a);
}

static void choose_method(struct screen *s, const char *name)
{
	struct meeting_choice_state *st = s->state;
	struct meeting_plan *p = &st->plan;
	const struct method *m = str_empty(name) ? NULL : method_named(st->methods, name);
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end");
	struct sbuf steps = {0};
	meeting_plan_set(p, "method", name);
	if (m == NULL)
		return;
	struct method_plan plan = method_plan_of(st->methods, m, minutes_between(&start, &end), &s->mem);
	for (int i = 0; i < plan.count; i++)
		add_step(&steps, m, &plan.step[i], p->language);
	meeting_plan_set(p, "steps", arena_strdup(&s->mem, sbuf_str(&steps)));
	sbuf_fini(&steps);
	propose_end(p, m, plan.total, &s->mem);
	propose_people(p, m, &s->mem);
}

static void choose_who(struct screen *s, const char *value)
{
	struct meeting_choice_state *st = s->state;
	bool group = str_starts(value, "private ");
	event_markup_set(&st->plan.block, "status", group ? "private" : value, &s->mem);
	event_markup_set(&st->plan.block, "allowedGroups", group ? value + strlen("private ") : "", &s->mem);
}

static void choose_series(struct screen *s, const char *value)
{
	struct meeting_choice_state *st = s->state;
	event_markup_set(&st->plan.block, "recurrence", value, &s->mem);
	if (*value == '\0')
		event_markup_set(&st->plan.block, "recurrenceUntil", "", &s->mem);
}

static void meeting_choice_enter(struct screen *s, const struct row *row)
{
	struct meeting_choice_state *st = s->state;
	const struct choice *c = &st->choice[row->id - 1];
	if (part_of(s) >= MEETING_FIELD)
		choose_method(s, c->value);
	else if (part_of(s) == MEETING_KIND)
		meeting_plan_set_kind(&st->plan, (enum meeting_shape)(row->id));
	else if (part_of(s) == MEETING_SERIES)
		choose_series(s, c->value);
	else if (part_of(s) == MEETING_WHO)
		choose_who(s, c->value);
	else
		event_markup_set(&st->plan.block, "reminders", c->value, &s->mem);
	meeting_keep(s, st->work, &st->plan, NULL);
	screen_back(s);
}

const struct screen_ops meeting_choice_ops = {
	.name = "meeting_choice", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct meeting_choice_state),
	.empty = N_("This text is not here any more."), .open = meeting_choice_open, .close = meeting_choice_close,
	.load = meeting_choice_load, .rows = meeting_choice_rows,
	.choices = true, .enter = meeting_choice_enter,
};
