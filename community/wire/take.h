#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"
#include "sizes.h"

/* How decoders take single values: always bounded, never refused. */

/* An id in [1, 2^53]; 0 when it is absent or senseless. */
int64_t take_id(const struct json *object, const char *name);
/* Cut into [min, max]; `otherwise` when absent. */
int take_int(const struct json *object, const char *name, int min, int max, int otherwise);
/* A count in [0, 2^30]; 0 when absent. */
int take_count(const struct json *object, const char *name);
/* Milliseconds; 0 when absent or not a time. */
int64_t take_ms(const struct json *object, const char *name);
/* One clean line of at most WIRE_NAME bytes; NULL when absent or empty. */
const char *take_name(const struct json *object, const char *name, struct arena *a);
const char *take_title(const struct json *object, const char *name, struct arena *a);
/* The text of a string value itself. */
const char *take_text(const struct json *value, size_t max_bytes, struct arena *a);
/* Text in which &amp; and its like stand for characters (fancy_title). */
const char *take_escaped(const struct json *object, const char *name, size_t max_bytes, struct arena *a);
/* Rows of an array, at most max; 0 when it is not an array. */
int take_rows(const struct json *array, int max);
/* Words of an array of strings, or of objects by their `name` member (may be NULL); empty ones are left out. */
int take_words(const struct json *array, const char *name, struct arena *a, const char *const **out);

/* The users[] beside a list, to find usernames by id. */
struct name_index {
	struct name_entry {
		int64_t id;
		const char *username;
	} *entry;
	int count;
};
struct name_index name_index_build(const struct json *users, struct arena *a);
const char *name_index_find(const struct name_index *index, int64_t id); /* NULL: unknown */
