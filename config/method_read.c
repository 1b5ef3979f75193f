#include "method_read.h"

#include <string.h>

#include "mem.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxText = 600, MaxMinutes = 600, MaxDays = 90, MaxGroup = 99, MaxPhases = 40 };

static bool is_dutch(const struct method_reader *r)
{
	return str_starts(str_or_empty(r->language), "nl");
}

void method_problem(struct method_reader *r, const struct yaml *at, const char *why)
{
	if (r->tail == NULL)
		return;
	struct config_problem *p = ARENA_NEW(r->mem, struct config_problem);
	*p = (struct config_problem){.file = arena_strdup(r->mem, str_or_empty(r->file)),
		.key = utf8_clean_arena(r->mem, at == NULL ? "" : str_or_empty(at->key), 0, 100),
		.why = arena_strdup(r->mem, why), .line = at == NULL ? 0 : at->line};
	*r->tail = p;
	r->tail = &p->next;
}

static const char *clean(const struct method_reader *r, const char *text)
{
	return str_empty(text) ? NULL : utf8_clean_arena(r->mem, text, 0, MaxText);
}

const char *method_text(const struct method_reader *r, const struct yaml *map, const char *key)
{
	static const char *const endings[] = {"_nl", "_en", ""};
	const char *text = NULL;
	for (size_t i = 0; i < 3 && text == NULL; i++) {
		const char *ending = is_dutch(r) || i == 2 ? endings[i] : endings[1 - i];
		text = clean(r, yaml_text(map, arena_printf(r->mem, "%s%s", key, ending)));
	}
	return str_or_empty(text);
}

const char *method_name(const struct method_reader *r, const struct yaml *map)
{
	const char *const keys[] = {is_dutch(r) ? "nl" : "en", "name", is_dutch(r) ? "en" : "nl"};
	const char *text = NULL;
	for (size_t i = 0; i < 3 && text == NULL; i++)
		text = clean(r, yaml_text(map, keys[i]));
	return str_or_empty(text);
}

/* The place of a value among words, each in English and in Dutch; -1 and a problem when it is none of them. */
static int word_of(struct method_reader *r, const struct yaml *map, const char *key, const char *const (*words)[2],
	int count, int otherwise)
{
	const struct yaml *value = yaml_get(map, key);
	const char *text = value == NULL ? NULL : str_or_empty(value->text);
	if (text == NULL)
		return otherwise;
	for (int i = 0; i < count; i++)
		if (str_equal(text, words[i][0]) || str_equal(text, words[i][1]))
			return i;
	struct sbuf why = {0};
	for (int i = 0; i < count; i++)
		sbuf_addf(&why, "%s%s", i > 0 ? ", " : "", words[i][is_dutch(r)]);
	method_problem(r, value, arena_printf(r->mem, _("write one of these words: %s"), sbuf_str(&why)));
	sbuf_fini(&why);
	return otherwise;
}

static int number_of(struct method_reader *r, const struct yaml *map, const char *key, int max)
{
	const struct yaml *value = yaml_get(map, key);
	int64_t number;
	if (value != NULL && value->kind == YAML_TEXT && str_to_int(value->text, 1, max, &number))
		return (int)number;
	method_problem(r, value == NULL ? map : value,
		arena_printf(r->mem, _("%s: write a whole number from 1 to %d"), key, max));
	return 0;
}

bool method_phase_read(struct method_reader *r, const struct yaml *node, enum method_unit unit,
	struct method_phase *out)
{
	static const char *const speakers[][2] = {{"case giver", "inbrenger"}, {"in turn", "om de beurt"},
		{"group", "groep"},
		{"facilitator", "gespreksleider"}, {"nobody", "niemand"}, {"pause", "pauze"}};
	*out = (struct method_phase){.name = method_name(r, node), .asks = method_text(r, node, "asks"),
		.say = method_text(r, node, "say")};
	if (out->name[0] == '\0') {
		method_problem(r, node, _("a phase needs a name"));
		return false;
	}
	out->length = number_of(r, node, "length", unit == METHOD_DAYS ? MaxDays : MaxMinutes);
	out->speaks = (enum method_speaker)word_of(r, node, "speaks", speakers, COUNT(speakers), SPEAKS_GROUP);
	return out->length > 0;
}

static void read_phases(struct method_reader *r, const struct yaml *list, struct method *m)
{
	struct method_phase *phase = ARENA_ARRAY(r->mem, MaxPhases, struct method_phase);
	YAML_EACH(node, list) {
		if (m->count == MaxPhases) {
			method_problem(r, node, _("there are too many phases"));
			break;
		}
		if (!method_phase_read(r, node, m->unit, &phase[m->count]))
			continue;
		m->total += phase[m->count].length;
		m->count++;
	}
	m->phase = phase;
}

static void read_group(struct method_reader *r, const struct yaml *node, struct method *m)
{
	const struct yaml *group = yaml_get(node, "group"), *from = group == NULL ? NULL : group->first;
	int64_t min, max;
	m->group_min = 3;
	m->group_max = 8;
	if (group == NULL)
		return;
	if (from != NULL && from->next != NULL && str_to_int(str_or_empty(from->text), 1, MaxGroup, &min) &&
		str_to_int(str_or_empty(from->next->text), min, MaxGroup, &max)) {
		m->group_min = (int)min;
		m->group_max = (int)max;
		return;
	}
	method_problem(r, group, _("write the smallest and the largest group: [4, 8]"));
}

static const char *const *names_of(struct method_reader *r, const struct yaml *node, const char *id)
{
	const struct yaml *more = yaml_get(node, "names");
	const char *const own[] = {id, yaml_text(node, "nl"), yaml_text(node, "en"), yaml_text(node, "name")};
	size_t n = 0, room = COUNT(own) + 1;
	YAML_EACH(item, more)
		room++;
	const char **names = ARENA_ARRAY(r->mem, room, const char *);
	for (size_t i = 0; i < COUNT(own); i++)
		if (!str_empty(own[i]))
			names[n++] = own[i];
	YAML_EACH(item, more)
		if (!str_empty(item->text))
			names[n++] = item->text;
	return names;
}

static void check_total(struct method_reader *r, const struct yaml *node, const struct method *m)
{
	const struct yaml *total = yaml_get(node, "total");
	int64_t given;
	if (total != NULL && (!str_to_int(str_or_empty(total->text), 1, INT32_MAX, &given) || given != m->total))
		method_problem(r, total, arena_printf(r->mem, _("the phases together are %d; that is used"), m->total));
}

bool method_read(struct method_reader *r, const struct yaml *node, const char *id, struct method *out)
{
	static const char *const units[][2] = {{"minutes", "minuten"}, {"days", "dagen"}};
	static const char *const experience[][2] = {{"none", "geen"}, {"some", "enige"}, {"much", "veel"}};
	static const char *const trust[][2] = {{"low", "laag"}, {"middle", "midden"}, {"high", "hoog"}};
	*out = (struct method){.id = id, .name = method_name(r, node), .names = names_of(r, node, id), .file = r->file,
		.use = method_text(r, node, "use"), .for_new_groups = yaml_bool(node, "for_new_groups", false)};
	if (out->name[0] == '\0') {
		method_problem(r, NULL, _("a method needs a name"));
		return false;
	}
	out->unit = (enum method_unit)word_of(r, node, "unit", units, COUNT(units), METHOD_MINUTES);
	out->experience = (enum method_experience)word_of(r, node, "experience", experience, COUNT(experience), 0);
	out->trust = (enum method_trust)word_of(r, node, "trust", trust, COUNT(trust), 0);
	read_group(r, node, out);
	read_phases(r, yaml_get(node, "phases"), out);
	if (out->count == 0)
		method_problem(r, yaml_get(node, "phases"), _("a method needs phases"));
	else
		check_total(r, node, out);
	return out->count > 0;
}
