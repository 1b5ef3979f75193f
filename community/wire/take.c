#include "take.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "sbuf.h"
#include "str.h"
#include "utf8.h"

static const int64_t max_id = 1LL << 53;

int64_t take_id(const struct json *object, const char *name)
{
	int64_t id = json_int(object, name, 0);
	return id < 1 || id > max_id ? 0 : id;
}

int take_int(const struct json *object, const char *name, int min, int max, int otherwise)
{
	const struct json *j = json_get(object, name);
	if (json_is_null(j))
		return otherwise;
	int64_t v = json_as_int(j, otherwise);
	if (v < min)
		return min;
	return v > max ? max : (int)v;
}

int take_count(const struct json *object, const char *name)
{
	return take_int(object, name, 0, 1 << 30, 0);
}

int64_t take_ms(const struct json *object, const char *name)
{
	return json_time_ms(object, name, 0);
}

static const char *filled(const char *s)
{
	return str_empty(s) ? NULL : s;
}

const char *take_name(const struct json *object, const char *name, struct arena *a)
{
	return filled(json_text(object, name, WIRE_NAME, a));
}

const char *take_title(const struct json *object, const char *name, struct arena *a)
{
	return filled(json_text(object, name, WIRE_TITLE, a));
}

const char *take_text(const struct json *value, size_t max_bytes, struct arena *a)
{
	return filled(utf8_clean_arena(a, json_as_string(value), 0, max_bytes));
}

static const struct {
	const char *name;
	uint32_t cp;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}, {"hellip", 0x2026},
	{"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},
	{"rdquo", 0x201D}, {"laquo", 0xAB}, {"raquo", 0xBB}, {"bdquo", 0x201E}, {"sbquo", 0x201A}, {"euro", 0x20AC},
	{"copy", 0xA9}, {"reg", 0xAE}, {"trade", 0x2122}, {"times", 0xD7}, {"middot", 0xB7}, {"deg", 0xB0},
};

static uint32_t entity_code(const char *s, size_t n)
{
	char word[16];
	if (n == 0 || n >= sizeof word)
		return 0;
	memcpy(word, s, n);
	word[n] = '\0';
	if (word[0] == '#') {
		bool hex = word[1] == 'x' || word[1] == 'X';
		char *end;
		unsigned long cp = strtoul(word + (hex ? 2 : 1), &end, hex ? 16 : 10);
		return *end == '\0' && cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF) ? (uint32_t)cp : 0;
	}
	for (size_t i = 0; i < COUNT(entities); i++)
		if (str_equal(word, entities[i].name))
			return entities[i].cp;
	return 0;
}

const char *take_escaped(const struct json *object, const char *name, size_t max_bytes, struct arena *a)
{
	const char *s = json_string(object, name);
	struct sbuf plain = {0};
	if (s == NULL)
		return NULL;
	while (*s != '\0' && plain.n < 2 * max_bytes) {
		const char *end = *s == '&' ? memchr(s, ';', strnlen(s, 12)) : NULL;
		uint32_t cp = end == NULL ? 0 : entity_code(s + 1, (size_t)(end - s - 1));
		if (cp == 0) {
			sbuf_addc(&plain, *s++);
			continue;
		}
		char utf8[4];
		sbuf_addn(&plain, utf8, utf8_encode(utf8, cp));
		s = end + 1;
	}
	const char *out = filled(utf8_clean_arena(a, sbuf_str(&plain), 0, max_bytes));
	sbuf_fini(&plain);
	return out;
}

int take_rows(const struct json *array, int max)
{
	int n = json_is_array(array) ? json_count(array) : 0;
	return n > max ? max : n;
}

int take_words(const struct json *array, const char *name, struct arena *a, const char *const **out)
{
	int max = take_rows(array, WIRE_FEW), n = 0;
	const char **word = max > 0 ? ARENA_ARRAY(a, (size_t)max, const char *) : NULL;
	JSON_EACH (item, max > 0 ? array : NULL) {
		const struct json *value = json_is_object(item) && name != NULL ? json_get(item, name) : item;
		const char *text = take_text(value, WIRE_NAME, a);
		if (n < max && text != NULL)
			word[n++] = text;
	}
	*out = word;
	return n;
}

static int by_id(const void *left, const void *right)
{
	int64_t a = ((const struct name_entry *)left)->id, b = ((const struct name_entry *)right)->id;
	return (a > b) - (a < b);
}

struct name_index name_index_build(const struct json *users, struct arena *a)
{
	int max = take_rows(users, WIRE_ITEMS);
	struct name_index index = {.entry = ARENA_ARRAY(a, (size_t)max + 1, struct name_entry)};
	JSON_EACH (user, max > 0 ? users : NULL) {
		/* The site's own robots have ids below 0. */
		struct name_entry e = {json_int(user, "id", 0), take_name(user, "username", a)};
		if (index.count < max && e.id != 0 && e.username != NULL)
			index.entry[index.count++] = e;
	}
	qsort(index.entry, (size_t)index.count, sizeof *index.entry, by_id);
	return index;
}

const char *name_index_find(const struct name_index *index, int64_t id)
{
	struct name_entry key = {.id = id};
	if (index == NULL || index->count == 0)
		return NULL;
	const struct name_entry *found = bsearch(&key, index->entry, (size_t)index->count, sizeof key, by_id);
	return found == NULL ? NULL : found->username;
}
