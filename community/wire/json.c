#include "json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "mem.h"
#include "panic.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

/* struct json is a cJSON under another name. */
static const cJSON *in(const struct json *j)
{
	return (const cJSON *)j;
}

static cJSON *own(struct json *j)
{
	return (cJSON *)j;
}

static struct json *out(cJSON *c)
{
	ensure(c != NULL);
	return (struct json *)c;
}

/* More values than any honest answer has would cost many times their bytes in memory. */
static bool too_many_values(const char *text, size_t n)
{
	size_t values = 0;
	bool quoted = false;
	for (size_t i = 0; i < n && values <= JSON_MAX_VALUES; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		else if (quoted && text[i] == '\\')
			i++;
		else if (!quoted && (text[i] == ',' || text[i] == '[' || text[i] == '{'))
			values++;
	}
	return values > JSON_MAX_VALUES;
}

struct json *json_parse(const char *text, size_t n, struct error *err)
{
	const char *end = NULL;
	if (n > JSON_MAX_BYTES || too_many_values(text, n)) {
		fail(err, ERR_PROTOCOL, _("The answer of the site is too large."));
		return NULL;
	}
	cJSON *c = cJSON_ParseWithLengthOpts(text, n, &end, 0);
	if (c == NULL) {
		fail(err, ERR_PROTOCOL, _("The answer of the site is not complete or not JSON."));
		return NULL;
	}
	for (; end < text + n; end++)
		if (*end != '\0' && strchr(" \t\r\n", *end) == NULL) {
			cJSON_Delete(c);
			fail(err, ERR_PROTOCOL, _("The answer of the site is not complete or not JSON."));
			return NULL;
		}
	return (struct json *)c;
}

void json_free(struct json *j)
{
	cJSON_Delete(own(j));
}

const struct json *json_get(const struct json *object, const char *name)
{
	return cJSON_IsObject(in(object)) ? (const struct json *)cJSON_GetObjectItemCaseSensitive(in(object),
		name) : NULL;
}

const struct json *json_path(const struct json *object, const char *path)
{
	char name[128];
	while (object != NULL) {
		size_t n = strcspn(path, ".");
		ensure(n < sizeof name);
		memcpy(name, path, n);
		name[n] = '\0';
		object = json_get(object, name);
		if (path[n] == '\0')
			return object;
		path += n + 1;
	}
	return NULL;
}

const struct json *json_first(const struct json *container)
{
	return cJSON_IsObject(in(container)) || cJSON_IsArray(in(container))
		? (const struct json *)in(container)->child : NULL;
}

const struct json *json_after(const struct json *item)
{
	return (const struct json *)in(item)->next;
}

int json_count(const struct json *container)
{
	int n = 0;
	JSON_EACH (item, container)
		n++;
	return n;
}

const char *json_name(const struct json *item)
{
	return in(item)->string;
}

bool json_is_object(const struct json *j)
{
	return cJSON_IsObject(in(j));
}

bool json_is_array(const struct json *j)
{
	return cJSON_IsArray(in(j));
}

bool json_is_string(const struct json *j)
{
	return cJSON_IsString(in(j));
}

bool json_is_number(const struct json *j)
{
	return cJSON_IsNumber(in(j));
}

bool json_is_null(const struct json *j)
{
	return j == NULL || cJSON_IsNull(in(j));
}

const char *json_as_string(const struct json *j)
{
	return cJSON_IsString(in(j)) ? in(j)->valuestring : NULL;
}

int64_t json_as_int(const struct json *j, int64_t otherwise)
{
	int64_t v;
	if (cJSON_IsString(in(j)))
		return str_to_int(in(j)->valuestring, INT64_MIN, INT64_MAX, &v) ? v : otherwise;
	if (!cJSON_IsNumber(in(j)) || isnan(in(j)->valuedouble))
		return otherwise;
	double d = in(j)->valuedouble;
	if (d >= 9223372036854775807.0)
		return INT64_MAX;
	return d <= -9223372036854775808.0 ? INT64_MIN : (int64_t)d;
}

bool json_as_bool(const struct json *j, bool otherwise)
{
	if (cJSON_IsBool(in(j)))
		return cJSON_IsTrue(in(j));
	if (cJSON_IsNumber(in(j)))
		return in(j)->valuedouble != 0;
	const char *s = json_as_string(j);
	return s == NULL ? otherwise : str_equal(s, "true") || str_equal(s, "t") || str_equal(s, "1");
}

const char *json_string(const struct json *object, const char *name)
{
	return json_as_string(json_get(object, name));
}

int64_t json_int(const struct json *object, const char *name, int64_t otherwise)
{
	return json_as_int(json_get(object, name), otherwise);
}

bool json_bool(const struct json *object, const char *name, bool otherwise)
{
	return json_as_bool(json_get(object, name), otherwise);
}

int64_t json_time_ms(const struct json *object, const char *name, int64_t otherwise)
{
	int64_t ms;
	return time_parse(json_string(object, name), &ms, NULL) ? ms : otherwise;
}

const char *json_text(const struct json *object, const char *name, size_t max_bytes, struct arena *a)
{
	return utf8_clean_arena(a, json_string(object, name), 0, max_bytes);
}

const char *json_lines(const struct json *object, const char *name, size_t max_bytes, struct arena *a)
{
	return utf8_clean_arena(a, json_string(object, name), UTF8_LINES, max_bytes);
}

struct json *json_object(void)
{
	return out(cJSON_CreateObject());
}

struct json *json_array(void)
{
	return out(cJSON_CreateArray());
}

void json_add(struct json *object, const char *name, struct json *child)
{
	ensure(cJSON_AddItemToObject(own(object), name, own(child)));
}

void json_append(struct json *array, struct json *child)
{
	ensure(cJSON_AddItemToArray(own(array), own(child)));
}

struct json *json_add_object(struct json *object, const char *name)
{
	struct json *child = json_object();
	json_add(object, name, child);
	return child;
}

struct json *json_add_array(struct json *object, const char *name)
{
	struct json *child = json_array();
	json_add(object, name, child);
	return child;
}

/* cJSON prints numbers as double: an integer beyond 2^53 keeps its digits only as raw text. */
static struct json *integer(int64_t v)
{
	char digits[32];
	if (v > -(1LL << 53) && v < 1LL << 53)
		return out(cJSON_CreateNumber((double)v));
	snprintf(digits, sizeof digits, "%lld", (long long)v);
	return out(cJSON_CreateRaw(digits));
}

static struct json *string_or_null(const char *s)
{
	return out(s == NULL ? cJSON_CreateNull() : cJSON_CreateString(s));
}

void json_add_string(struct json *object, const char *name, const char *s)
{
	json_add(object, name, string_or_null(s));
}

void json_add_int(struct json *object, const char *name, int64_t v)
{
	json_add(object, name, integer(v));
}

void json_add_double(struct json *object, const char *name, double v)
{
	json_add(object, name, out(cJSON_CreateNumber(v)));
}

void json_add_bool(struct json *object, const char *name, bool v)
{
	json_add(object, name, out(cJSON_CreateBool(v)));
}

void json_add_null(struct json *object, const char *name)
{
	json_add(object, name, out(cJSON_CreateNull()));
}

void json_add_time_ms(struct json *object, const char *name, int64_t ms, int64_t absent)
{
	char text[32];
	time_format_ms(ms, text);
	json_add_string(object, name, ms == absent ? NULL : text);
}

struct json *json_append_object(struct json *array)
{
	struct json *child = json_object();
	json_append(array, child);
	return child;
}

void json_append_string(struct json *array, const char *s)
{
	json_append(array, string_or_null(s));
}

void json_append_int(struct json *array, int64_t v)
{
	json_append(array, integer(v));
}

void json_add_parsed(struct json *object, const char *name, const char *text)
{
	struct json *child = text == NULL ? NULL : json_parse(text, strlen(text), NULL);
	json_add(object, name, child == NULL ? out(cJSON_CreateNull()) : child);
}

static void print(char *text, struct sbuf *to)
{
	ensure(text != NULL);
	sbuf_add(to, text);
	cJSON_free(text);
}

void json_print(const struct json *j, struct sbuf *to)
{
	print(cJSON_PrintUnformatted(in(j)), to);
}

void json_print_pretty(const struct json *j, struct sbuf *to)
{
	print(cJSON_Print(in(j)), to);
}
