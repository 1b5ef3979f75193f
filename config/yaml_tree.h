#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"
#include "sbuf.h"

/* A YAML document as a tree of maps, lists and texts (every scalar is a text). Anchors, aliases and tags are
 * refused; size and nesting are bounded. */
enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	int line;                /* in the file, from 1 */
	const char *key;         /* of a member of a map, else NULL */
	const char *text;        /* YAML_TEXT */
	bool plain;              /* written without quotes */
	const struct yaml *first; /* of YAML_LIST and YAML_MAP */
	const struct yaml *next;
};

/* NULL with ERR_INVALID ("name:line: why") on bad input. An empty document is an empty map. */
const struct yaml *yaml_parse(const char *name, const char *text, size_t n, struct arena *a, struct error *err);

/* All of these accept NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
const char *yaml_text(const struct yaml *map, const char *key);          /* NULL when absent or not a text */
double yaml_number(const struct yaml *map, const char *key, double otherwise);
bool yaml_bool(const struct yaml *map, const char *key, bool otherwise); /* true/yes/ja/on and their opposites */
bool yaml_word_bool(const char *word, bool *out);
#define YAML_EACH(item, node) \
	for (const struct yaml *item = (node) ? (node)->first : NULL; item != NULL; item = item->next)

/* Appends `key: value` as one line of a flat map, quoted so that it reads back the same. */
void yaml_write(struct sbuf *out, const char *key, const char *value);
