#include "sample_yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "str.h"

static struct yaml_node *convert(struct arena *a, yaml_document_t *d, yaml_node_t *n);

static void append(struct yaml_node *parent, struct yaml_node **last, struct yaml_node *child)
{
	if (*last == NULL)
		parent->first = child;
	else
		(*last)->next = child;
	*last = child;
	parent->count++;
}

static struct yaml_node *convert(struct arena *a, yaml_document_t *d, yaml_node_t *n)
{
	struct yaml_node *made = ARENA_NEW(a, struct yaml_node), *last = NULL;
	if (n->type == YAML_SCALAR_NODE)
		made->text = arena_strndup(a, (const char *)n->data.scalar.value, n->data.scalar.length);
	if (n->type == YAML_SEQUENCE_NODE) {
		for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++)
			append(made, &last, convert(a, d, yaml_document_get_node(d, *i)));
	}
	if (n->type == YAML_MAPPING_NODE) {
		for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++) {
			struct yaml_node *child = convert(a, d, yaml_document_get_node(d, p->value));
			child->key = convert(a, d, yaml_document_get_node(d, p->key))->text;
			append(made, &last, child);
		}
	}
	return made;
}

struct yaml_node *yaml_read(struct arena *a, const char *text, struct error *err)
{
	yaml_parser_t parser;
	yaml_document_t document;
	struct yaml_node *root = NULL;
	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
	if (yaml_parser_load(&parser, &document)) {
		yaml_node_t *top = yaml_document_get_root_node(&document);
		root = top == NULL ? ARENA_NEW(a, struct yaml_node) : convert(a, &document, top);
		yaml_document_delete(&document);
	} else {
		fail(err, ERR_INVALID, "The sample cannot be read: line %zu.", parser.problem_mark.line + 1);
	}
	yaml_parser_delete(&parser);
	return root;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	YAML_EACH(n, map) {
		if (str_equal(n->key, key))
			return n;
	}
	return NULL;
}

const char *yaml_text(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *n = yaml_get(map, key);
	return n == NULL || str_empty(n->text) ? NULL : n->text;
}

double yaml_number(const struct yaml_node *map, const char *key, double otherwise)
{
	const char *s = yaml_text(map, key);
	return s == NULL ? otherwise : strtod(s, NULL);
}

bool yaml_bool(const struct yaml_node *map, const char *key)
{
	return str_equal(yaml_text(map, key), "true");
}

const char *const *yaml_texts(const struct yaml_node *map, const char *key, struct arena *a, int *count)
{
	const struct yaml_node *list = yaml_get(map, key);
	const char **texts = ARENA_ARRAY(a, (size_t)(list == NULL ? 0 : list->count) + 1, const char *);
	*count = 0;
	YAML_EACH(n, list) {
		if (n->text != NULL)
			texts[(*count)++] = n->text;
	}
	return texts;
}
