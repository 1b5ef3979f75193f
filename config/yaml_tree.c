#include "yaml_tree.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "str.h"
#include "text.h"

enum { MaxDepth = 32, MaxNodes = 200000 };

struct reader {
	yaml_parser_t parser;
	const char *name;
	struct arena *mem;
	struct error *err;
	int nodes;
};

static bool refuse(struct reader *r, size_t line, const char *why)
{
	return fail(r->err, ERR_INVALID, "%s:%zu: %s", r->name, line + 1, why);
}

static bool next_event(struct reader *r, yaml_event_t *e)
{
	if (yaml_parser_parse(&r->parser, e))
		return true;
	refuse(r, r->parser.problem_mark.line, r->parser.problem == NULL ? _("this is not YAML") : r->parser.problem);
	return false;
}

static bool read_node(struct reader *r, yaml_event_t *e, int depth, struct yaml *node);

/* Items until the end event; keys alternate with values in a map. */
static bool read_items(struct reader *r, struct yaml *parent, yaml_event_type_t end, int depth)
{
	const struct yaml **tail = &parent->first;
	for (;;) {
		yaml_event_t e;
		const char *key = NULL;
		if (!next_event(r, &e))
			return false;
		if (e.type == end) {
			yaml_event_delete(&e);
			return true;
		}
		if (parent->kind == YAML_MAP) {
			bool text = e.type == YAML_SCALAR_EVENT;
			if (text)
				key = arena_strdup(r->mem, (const char *)e.data.scalar.value);
			size_t line = e.start_mark.line;
			yaml_event_delete(&e);
			if (!text)
				return refuse(r, line, _("a key must be a word"));
			if (!next_event(r, &e))
				return false;
		}
		struct yaml *item = ARENA_NEW(r->mem, struct yaml);
		bool ok = read_node(r, &e, depth, item);
		yaml_event_delete(&e);
		if (!ok)
			return false;
		item->key = key;
		*tail = item;
		tail = &item->next;
	}
}

static bool read_node(struct reader *r, yaml_event_t *e, int depth, struct yaml *node)
{
	size_t line = e->start_mark.line;
	node->line = (int)line + 1;
	if (depth > MaxDepth || ++r->nodes > MaxNodes)
		return refuse(r, line, _("this file is too large or nested too deep"));
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		if (e->data.scalar.anchor != NULL)
			return refuse(r, line, _("anchors are not used here"));
		node->text = arena_strndup(r->mem, (const char *)e->data.scalar.value, e->data.scalar.length);
		node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		return true;
	case YAML_SEQUENCE_START_EVENT:
		node->kind = YAML_LIST;
		return read_items(r, node, YAML_SEQUENCE_END_EVENT, depth + 1);
	case YAML_MAPPING_START_EVENT:
		node->kind = YAML_MAP;
		return read_items(r, node, YAML_MAPPING_END_EVENT, depth + 1);
	default:
		return refuse(r, line, _("anchors are not used here"));
	}
}

static bool read_document(struct reader *r, struct yaml *root)
{
	for (;;) {
		yaml_event_t e;
		if (!next_event(r, &e))
			return false;
		yaml_event_type_t type = e.type;
		bool content = type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
			type == YAML_MAPPING_START_EVENT ||
			type == YAML_ALIAS_EVENT;
		bool ok = !content || read_node(r, &e, 0, root);
		yaml_event_delete(&e);
		if (!ok || content || type == YAML_STREAM_END_EVENT)
			return ok;
	}
}

const struct yaml *yaml_parse(const char *name, const char *text, size_t n, struct arena *a, struct error *err)
{
	struct reader r = {.name = name, .mem = a, .err = err};
	struct yaml *root = ARENA_NEW(a, struct yaml);
	root->kind = YAML_MAP;
	if (!yaml_parser_initialize(&r.parser)) {
		fail(err, ERR_IO, _("There is not enough memory."));
		return NULL;
	}
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
	bool ok = read_document(&r, root);
	yaml_parser_delete(&r.parser);
	if (ok && root->kind == YAML_TEXT && str_empty(root->text))
		*root = (struct yaml){.kind = YAML_MAP, .line = 1};
	return ok ? root : NULL;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	if (map == NULL || map->kind != YAML_MAP)
		return NULL;
	YAML_EACH (item, map)
		if (strcmp(item->key, key) == 0)
			return item;
	return NULL;
}

const char *yaml_text(const struct yaml *map, const char *key)
{
	const struct yaml *item = yaml_get(map, key);
	return item == NULL || item->kind != YAML_TEXT ? NULL : item->text;
}

double yaml_number(const struct yaml *map, const char *key, double otherwise)
{
	const char *s = yaml_text(map, key);
	char *end;
	if (str_empty(s))
		return otherwise;
	double v = strtod(s, &end);
	return *end == '\0' ? v : otherwise;
}

bool yaml_word_bool(const char *word, bool *out)
{
	static const char *const yes[] = {"true", "yes", "on", "ja", "aan"},
		*const no[] = {"false", "no", "off", "nee", "uit"};
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
		bool is = word != NULL && strcasecmp(word, yes[i]) == 0;
		if (is || (word != NULL && strcasecmp(word, no[i]) == 0)) {
			*out = is;
			return true;
		}
	}
	return false;
}

bool yaml_bool(const struct yaml *map, const char *key, bool otherwise)
{
	bool v;
	return yaml_word_bool(yaml_text(map, key), &v) ? v : otherwise;
}

void yaml_write(struct sbuf *out, const char *key, const char *value)
{
	sbuf_addf(out, "%s: \"", key);
	for (const char *s = value; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			sbuf_addf(out, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			sbuf_addf(out, "\\x%02x", (unsigned char)*s);
		else
			sbuf_addc(out, *s);
	}
	sbuf_add(out, "\"\n");
}
