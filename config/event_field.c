#include "event_field.h"

#include <string.h>

#include "panic.h"
#include "sbuf.h"
#include "str.h"
#include "yaml_tree.h"

static const struct yaml *all_data(struct arena *a)
{
	struct error err;
	const struct yaml *data =
		yaml_parse("event_fields.yaml", event_fields_data, strlen(event_fields_data), a, &err);
	ensure(data != NULL);
	return data;
}

static bool is_dutch(const char *language)
{
	return str_starts(str_or_empty(language), "nl");
}

static enum event_field_kind kind_from(const char *word)
{
	static const char *const words[] = {"text", "yesno", "date", "list", "number"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_equal(words[i], word))
			return (enum event_field_kind)i;
	return EVENT_FIELD_TEXT;
}

static unsigned meetings_from(const char *word)
{
	if (str_equal(word, "site"))
		return EVENT_FIELD_ON_SITE;
	return str_equal(word, "online") ? EVENT_FIELD_ONLINE : EVENT_FIELD_ON_SITE | EVENT_FIELD_ONLINE;
}

static const char *const *names_of(const struct yaml *node, struct arena *a)
{
	const struct yaml *more = yaml_get(node, "names");
	size_t n = 0;
	YAML_EACH(item, more)
		n++;
	const char **names = ARENA_ARRAY(a, n + 3, const char *);
	names[0] = yaml_text(node, "nl");
	names[1] = yaml_text(node, "en");
	n = 2;
	YAML_EACH(item, more)
		names[n++] = item->text;
	return names;
}

static struct event_field field_from(const struct yaml *node, bool nl, struct arena *a)
{
	return (struct event_field){
		.id = yaml_text(node, "id"),
		.label = yaml_text(node, nl ? "nl" : "en"),
		.hint = str_or_empty(yaml_text(node, nl ? "hint_nl" : "hint_en")),
		.start = str_or_empty(yaml_text(node, nl ? "start_nl" : "start_en")),
		.kind = kind_from(yaml_text(node, "kind")),
		.meetings = meetings_from(yaml_text(node, "meetings")),
		.required = yaml_bool(node, "required", false),
		.is_private = yaml_bool(node, "private", false),
		.name = names_of(node, a),
	};
}

const struct event_field_set *event_field_all(const char *language, struct arena *a)
{
	const struct yaml *fields = yaml_get(all_data(a), "fields");
	struct event_field_set *set = ARENA_NEW(a, struct event_field_set);
	size_t room = 1;
	YAML_EACH(item, fields)
		room++;
	struct event_field *field = ARENA_ARRAY(a, room, struct event_field);
	const char *const **name = ARENA_ARRAY(a, room, const char *const *);
	YAML_EACH(item, fields) {
		field[set->count] = field_from(item, is_dutch(language), a);
		name[set->count] = field[set->count].name;
		set->count++;
	}
	set->field = field;
	set->name = name;
	return set;
}

int event_field_find(const struct event_field_set *set, const char *id)
{
	for (int i = 0; i < set->count; i++)
		if (strcmp(set->field[i].id, id) == 0)
			return i;
	return -1;
}

const char *event_field_agreements(const char *language, struct arena *a)
{
	struct sbuf text = {0};
	YAML_EACH(item, yaml_get(all_data(a), "agreements"))
		sbuf_addf(&text, "%s%s", text.n > 0 ? "\n" : "", yaml_text(item, is_dutch(language) ? "nl" : "en"));
	const char *all = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&text);
	return all;
}
