#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"
#include "sbuf.h"

/* JSON trees. Reading is forgiving: a wrong type reads as the value for "absent", so that one odd field never costs
 * the rest of an answer. Reading functions accept NULL for the tree. */
struct json;

enum { JSON_MAX_BYTES = 32 * 1024 * 1024, JSON_MAX_VALUES = 1000 * 1000 };

/* The whole text must be one JSON value; nesting and the number of values are bounded. ERR_PROTOCOL
 * otherwise. Free with json_free. */
struct json *json_parse(const char *text, size_t n, struct error *err);
void json_free(struct json *j);

/* Members and items are borrowed from the tree. */
const struct json *json_get(const struct json *object, const char *name);
/* "a.b.c" through nested objects. */
const struct json *json_path(const struct json *object, const char *path);
const struct json *json_first(const struct json *container);
const struct json *json_after(const struct json *item);
#define JSON_EACH(item, container) \
	for (const struct json *item = json_first(container); item != NULL; item = json_after(item))
int json_count(const struct json *container);
/* The member name of an item of an object; NULL in an array. */
const char *json_name(const struct json *item);

bool json_is_object(const struct json *j);
bool json_is_array(const struct json *j);
bool json_is_string(const struct json *j);
bool json_is_number(const struct json *j);
bool json_is_null(const struct json *j); /* absent or null */

/* The value itself. Strings are raw: text for people goes through json_text. Numbers out of range or with a
 * fraction are cut into [INT64_MIN, INT64_MAX]; a string of digits counts as a number; booleans accept true,
 * "true", "t", 1. */
const char *json_as_string(const struct json *j); /* NULL when it is not a string */
int64_t json_as_int(const struct json *j, int64_t otherwise);
bool json_as_bool(const struct json *j, bool otherwise);

/* Members of an object. */
const char *json_string(const struct json *object, const char *name);
int64_t json_int(const struct json *object, const char *name, int64_t otherwise);
bool json_bool(const struct json *object, const char *name, bool otherwise);
/* A time in any of Discourse's forms, as ms; `otherwise` when absent or not a time. */
int64_t json_time_ms(const struct json *object, const char *name, int64_t otherwise);

/* Text for people: through the gate (utf8_clean), one line, at most max_bytes; NULL when absent. */
const char *json_text(const struct json *object, const char *name, size_t max_bytes, struct arena *a);
/* The same with line breaks kept, for raw Markdown, HTML and longer texts. */
const char *json_lines(const struct json *object, const char *name, size_t max_bytes, struct arena *a);

/* Building. The parent owns what is added; the returned pointers stay valid. */
struct json *json_object(void);
struct json *json_array(void);
struct json *json_add_object(struct json *object, const char *name);
struct json *json_add_array(struct json *object, const char *name);
void json_add_string(struct json *object, const char *name, const char *s); /* NULL adds null */
void json_add_int(struct json *object, const char *name, int64_t v);
void json_add_double(struct json *object, const char *name, double v);
void json_add_bool(struct json *object, const char *name, bool v);
void json_add_null(struct json *object, const char *name);
/* RFC 3339 with milliseconds; `absent` (e.g. 0) adds null. */
void json_add_time_ms(struct json *object, const char *name, int64_t ms, int64_t absent);
/* Hands a tree over to an object or array. */
void json_add(struct json *object, const char *name, struct json *child);
void json_append(struct json *array, struct json *child);
struct json *json_append_object(struct json *array);
void json_append_string(struct json *array, const char *s);
void json_append_int(struct json *array, int64_t v);
/* Parses text that we made ourselves (e.g. a stored value) and adds it; bad text adds null. */
void json_add_parsed(struct json *object, const char *name, const char *text);

/* The compact text; "</" is safe inside HTML scripts only when the caller escapes it. */
void json_print(const struct json *j, struct sbuf *out);
/* Indented, for people. */
void json_print_pretty(const struct json *j, struct sbuf *out);
