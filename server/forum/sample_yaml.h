#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"

/* A YAML document as a tree in an arena: what the sample's files use, nothing more. */
struct yaml_node {
	const char *key;               /* in a map */
	const char *text;              /* of a scalar, else NULL */
	struct yaml_node *first, *next;
	int count;
};

struct yaml_node *yaml_read(struct arena *a, const char *text, struct error *err);
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key); /* NULL: not there */
const char *yaml_text(const struct yaml_node *map, const char *key);            /* NULL: not there */
double yaml_number(const struct yaml_node *map, const char *key, double otherwise);
bool yaml_bool(const struct yaml_node *map, const char *key);
/* The texts of a list. */
const char *const *yaml_texts(const struct yaml_node *map, const char *key, struct arena *a, int *count);
#define YAML_EACH(item, list)                                                                                \
	for (const struct yaml_node *item = (list) == NULL ? NULL : (list)->first; item != NULL;                 \
		 item = item->next)
