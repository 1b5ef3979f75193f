#include "meeting_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event_fields.h"
#include "labelled_list.h"
#include "meeting_moment.h"
#include "mem.h"
#include "str.h"

/* The first sentence of the text says the kind, to people and to kring: Dutch, English. */
static const char *const sentences[SHAPES][2] = {
	[SHAPE_CIRCLE_ONLINE] = {"Dit is een online intervisie.", "This is an online intervision meeting."},
	[SHAPE_CIRCLE] = {"Dit is een intervisie op locatie.", "This is an intervision meeting on site."},
	[SHAPE_ON_SITE] = {"Dit is een bijeenkomst op locatie.", "This is a meeting on site."},
	[SHAPE_ONLINE] = {"Dit is een online bijeenkomst.", "This is an online meeting."},
};

/* Only circles have these. */
static const char *const circle_fields[] = {"method", "steps", "facilitator", "case_giver", "timekeeper",
	"note_taker", "agreements"};

/* Fields that stand in a text but are no question of the list. */
static const struct {
	const char *id, *nl, *en, *before; /* before: the field they come before; NULL: the first */
} own_fields[] = {
	{"cancelled", "Gaat niet door", "Cancelled", NULL},
	{"moved", "Verplaatst", "Moved", NULL},
	{"timekeeper", "Tijdbewaker", "Timekeeper", "case_giver"},
	{"note_taker", "Verslaglegger", "Note taker", "case_giver"},
};

static int nl_en(const char *language)
{
	return str_starts(str_or_empty(language), "nl") ? 0 : 1;
}

bool meeting_shape_is_circle(enum meeting_shape kind)
{
	return kind == SHAPE_CIRCLE || kind == SHAPE_CIRCLE_ONLINE;
}

bool meeting_shape_is_online(enum meeting_shape kind)
{
	return kind == SHAPE_ONLINE || kind == SHAPE_CIRCLE_ONLINE;
}

static struct event_field own_field(size_t i, const char *language, struct arena *a)
{
	const char **name = ARENA_ARRAY(a, 3, const char *);
	name[0] = own_fields[i].nl;
	name[1] = own_fields[i].en;
	return (struct event_field){.id = own_fields[i].id, .hint = "", .start = "", .name = name,
		.label = nl_en(language) == 0 ? own_fields[i].nl : own_fields[i].en,
		.meetings = EVENT_FIELD_ON_SITE | EVENT_FIELD_ONLINE};
}

static struct event_field_set all_fields(const char *language, struct arena *a)
{
	const struct event_field_set *known = event_field_all(language, a);
	struct event_field *field = ARENA_ARRAY(a, (size_t)known->count + COUNT(own_fields), struct event_field);
	struct event_field_set set = {.field = field};
	for (int k = -1; k < known->count; k++) {
		for (size_t i = 0; i < COUNT(own_fields); i++)
			if (str_equal(own_fields[i].before, k < 0 ? NULL : known->field[k].id) &&
				event_field_find(known, own_fields[i].id) < 0)
				field[set.count++] = own_field(i, language, a);
		if (k >= 0)
			field[set.count++] = known->field[k];
	}
	const char *const **name = (const char *const **)arena_array(a, (size_t)set.count, sizeof *name);
	for (int i = 0; i < set.count; i++)
		name[i] = field[i].name;
	set.name = name;
	return set;
}

/* Takes the values out of a part of the text; what is left of it. */
static const char *take_values(struct meeting_plan *p, const char *text, struct arena *a)
{
	struct labelled_list list;
	labelled_list_read(text, p->set.name, p->set.count, &list, a);
	for (int i = 0; i < p->set.count; i++)
		if (!str_empty(list.value[i]))
			p->value[i] = *p->value[i] == '\0' ? list.value[i]
				: arena_printf(a, "%s\n%s", p->value[i], list.value[i]);
	return str_trim(arena_strdup(a, list.rest));
}

/* Takes the sentence off the beginning. */
static const char *take_kind(struct meeting_plan *p, const char *intro)
{
	for (int kind = 1; kind < SHAPES; kind++)
		for (int i = 0; i < 2; i++)
			if (str_starts(intro, sentences[kind][i])) {
				p->kind = kind;
				intro += strlen(sentences[kind][i]);
				return intro + strspn(intro, " \n");
			}
	return intro;
}

static enum meeting_shape guess(const struct meeting_plan *p)
{
	bool circle = false, online = *meeting_plan_value(p, "address") == '\0' &&
		*event_markup_get(&p->block, "location") == '\0';
	for (int i = 0; i < 4; i++)
		circle = circle || *meeting_plan_value(p, circle_fields[i]) != '\0';
	if (online)
		return circle ? SHAPE_CIRCLE_ONLINE : SHAPE_ONLINE;
	return circle ? SHAPE_CIRCLE : SHAPE_ON_SITE;
}

bool meeting_plan_read(const char *body, const char *language, struct meeting_plan *p, struct arena *a)
{
	*p = (struct meeting_plan){.language = language, .set = all_fields(language, a)};
	bool found = event_markup_read(arena_strdup(a, body), &p->block, a);
	p->value = ARENA_ARRAY(a, (size_t)p->set.count, const char *);
	for (int i = 0; i < p->set.count; i++)
		p->value[i] = "";
	p->intro = take_kind(p, take_values(p, p->block.before, a));
	p->text = take_values(p, p->block.after, a);
	if (p->kind == SHAPE_UNKNOWN)
		p->kind = guess(p);
	return found;
}

static void add_part(struct sbuf *out, const char *part)
{
	if (str_empty(part))
		return;
	sbuf_addf(out, "%s%s", out->n > 0 ? "\n\n" : "", part);
}

void meeting_plan_write(const struct meeting_plan *p, struct sbuf *out)
{
	struct sbuf part = {0};
	struct event_markup block = p->block;
	block.before = block.after = "";
	add_part(out, sentences[p->kind][nl_en(p->language)]);
	add_part(out, p->intro);
	event_markup_write(&block, &part);
	add_part(out, sbuf_str(&part));
	sbuf_reset(&part);
	for (int i = 0; i < p->set.count; i++)
		labelled_list_add(&part, p->set.field[i].label, p->value[i]);
	while (part.n > 0 && part.p[part.n - 1] == '\n')
		sbuf_truncate(&part, part.n - 1);
	add_part(out, sbuf_str(&part));
	add_part(out, p->text);
	sbuf_fini(&part);
}

void meeting_plan_write_block(const struct meeting_plan *p, struct sbuf *out)
{
	event_markup_write(&p->block, out);
}

static void propose(struct meeting_plan *p)
{
	for (int i = 0; i < p->set.count; i++)
		if (meeting_plan_asks(p, i) && *p->value[i] == '\0')
			p->value[i] = p->set.field[i].start;
}

void meeting_plan_set_kind(struct meeting_plan *p, enum meeting_shape kind)
{
	p->kind = kind;
	propose(p);
}

void meeting_plan_begin(enum meeting_shape kind, const char *language, const char *timezone, struct sbuf *out)
{
	struct arena a = {0};
	struct meeting_plan p;
	meeting_plan_read("[event]\n[/event]", language, &p, &a);
	event_markup_set(&p.block, "status", "public", &a);
	event_markup_set(&p.block, "timezone", timezone, &a);
	meeting_plan_set_kind(&p, kind);
	meeting_plan_write(&p, out);
	arena_fini(&a);
}

bool meeting_plan_asks(const struct meeting_plan *p, int field)
{
	const struct event_field *f = &p->set.field[field];
	if (f->is_private || str_equal(f->id, "cancelled") || str_equal(f->id, "moved"))
		return false;
	if (*p->value[field] != '\0')
		return true;
	for (size_t i = 0; i < COUNT(circle_fields); i++)
		if (str_equal(f->id, circle_fields[i]))
			return meeting_shape_is_circle(p->kind);
	return (f->meetings & (meeting_shape_is_online(p->kind) ? EVENT_FIELD_ONLINE : EVENT_FIELD_ON_SITE)) != 0;
}

bool meeting_plan_requires(const struct meeting_plan *p, int field)
{
	const struct event_field *f = &p->set.field[field];
	bool steps = str_equal(f->id, "schedule") && *meeting_plan_value(p, "steps") != '\0';
	return f->required && !steps && meeting_plan_asks(p, field);
}

const char *meeting_plan_value(const struct meeting_plan *p, const char *id)
{
	int i = event_field_find(&p->set, id);
	return i < 0 ? "" : p->value[i];
}

void meeting_plan_set(struct meeting_plan *p, const char *id, const char *value)
{
	int i = event_field_find(&p->set, id);
	if (i >= 0)
		p->value[i] = value;
}

struct meeting_time meeting_plan_time(const struct meeting_plan *p, const char *name)
{
	struct meeting_time t = {0};
	struct civil c = {0};
	int n = sscanf(event_markup_get(&p->block, name), "%4d-%2d-%2d%*1[ T]%2d:%2d", &c.year, &c.month, &c.day,
		&c.hour, &c.minute);
	if (n < 3 || !civil_valid(&c))
		return t;
	t.at = civil_from_seconds(civil_to_seconds(&c));
	t.has_day = true;
	t.has_time = n == 5;
	return t;
}

void meeting_plan_set_time(struct meeting_plan *p, const char *name, const struct meeting_time *t, struct arena *a)
{
	const struct civil *c = &t->at;
	const char *text = !t->has_day ? "" : arena_printf(a, "%04d-%02d-%02d", c->year, c->month, c->day);
	if (t->has_day && t->has_time)
		text = arena_printf(a, "%s %02d:%02d", text, c->hour, c->minute);
	event_markup_set(&p->block, name, text, a);
}

static int64_t day_of(const struct meeting_time *t)
{
	return civil_days(t->at.year, t->at.month, t->at.day);
}

static void shift(struct meeting_time *t, int64_t days)
{
	struct civil c = civil_from_seconds(civil_to_seconds(&t->at) + days * 86400);
	t->at = c;
}

void meeting_plan_set_day(struct meeting_plan *p, const struct civil *day, struct arena *a)
{
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end"), fresh = start;
	fresh.at.year = day->year;
	fresh.at.month = day->month;
	fresh.at.day = day->day;
	fresh.has_day = true;
	meeting_plan_set_time(p, "start", &fresh, a);
	if (!end.has_day || !start.has_day)
		return;
	shift(&end, day_of(&fresh) - day_of(&start));
	meeting_plan_set_time(p, "end", &end, a);
}

void meeting_plan_set_all_day(struct meeting_plan *p, bool all_day, struct arena *a)
{
	static const char *const names[] = {"start", "end"};
	event_markup_set(&p->block, "allDay", all_day ? "true" : "", a);
	for (size_t i = 0; i < COUNT(names) && all_day; i++) {
		struct meeting_time t = meeting_plan_time(p, names[i]);
		t.has_time = false;
		meeting_plan_set_time(p, names[i], &t, a);
	}
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end");
	if (end.has_day && !end.has_time && day_of(&end) <= day_of(&start))
		event_markup_set(&p->block, "end", "", a);
}

static void add_time(struct sbuf *out, const struct meeting_time *t, bool day, const char *language)
{
	if (day)
		meeting_moment_add_day(out, &t->at, language);
	if (day && t->has_time)
		sbuf_add(out, ", ");
	if (t->has_time)
		meeting_moment_add_time(out, &t->at, language);
}

void meeting_plan_add_span(const struct meeting_plan *p, struct sbuf *out)
{
	struct meeting_time start = meeting_plan_time(p, "start"), end = meeting_plan_time(p, "end");
	if (!start.has_day)
		return;
	add_time(out, &start, true, p->language);
	if (!end.has_day)
		return;
	sbuf_add(out, nl_en(p->language) == 0 ? " tot " : " to ");
	add_time(out, &end, day_of(&start) != day_of(&end), p->language);
}

int meeting_plan_steps(const struct meeting_plan *p)
{
	int total = 0;
	for (const char *s = meeting_plan_value(p, "steps"); *s != '\0'; s++) {
		char *end;
		if (*s < '0' || *s > '9')
			continue;
		long n = strtol(s, &end, 10);
		end += strspn(end, " ");
		if (str_starts(end, "min") && n > 0 && n < 1000)
			total += (int)n;
		s = end - 1;
	}
	return total;
}
