#include "body.h"

#include <string.h>
#include <strings.h>

#include "str.h"
#include "utf8.h"

void body_read_form(struct request *r, const char *text, size_t n)
{
	const char *end = text + n;
	while (text < end) {
		const char *amp = memchr(text, '&', (size_t)(end - text));
		const char *stop = amp != NULL ? amp : end;
		const char *equals = memchr(text, '=', (size_t)(stop - text));
		const char *name_end = equals != NULL ? equals : stop;
		if (stop > text) {
			const char *value = equals != NULL ? equals + 1 : stop;
			request_param_add(r, request_decode(r->mem, text, (size_t)(name_end - text), true),
				request_decode(r->mem, value, (size_t)(stop - value), true));
		}
		text = stop + 1;
	}
}

static const char *scalar_text(struct request *r, const struct json *j)
{
	if (json_is_string(j))
		return utf8_valid(json_as_string(j), strlen(json_as_string(j))) ? json_as_string(j) : NULL;
	struct sbuf out = {0};
	json_print(j, &out);
	const char *text = arena_strdup(r->mem, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}

/* Every item gets its whole path as a name, so a long path counts once for each. */
enum { MaxName = 1000, MaxItems = 2 * REQUEST_MAX_PARAMS };

/* {"post":{"raw":"x"},"ids":[1,2]} -> post[raw]=x, ids[]=1, ids[]=2; objects in a list get their place as a
 * name. */
static void flatten(struct request *r, const char *name, const struct json *j, int *items)
{
	if (++*items > MaxItems || strlen(name) > MaxName)
		r->data->malformed = true;
	if (json_is_null(j) || r->data->malformed)
		return;
	if (!json_is_object(j) && !json_is_array(j)) {
		request_param_add(r, name, scalar_text(r, j));
		return;
	}
	int place = 0;
	JSON_EACH(item, j) {
		if (r->data->malformed)
			return;
		const char *key = json_name(item);
		bool nested = json_is_object(item) || json_is_array(item);
		if (json_is_object(j))
			key = *name == '\0' ? key : arena_printf(r->mem, "%s[%s]", name, key);
		else if (nested)
			key = arena_printf(r->mem, "%s[%d]", name, place);
		else
			key = arena_printf(r->mem, "%s[]", name);
		place++;
		flatten(r, key, item, items);
	}
}

static void read_json(struct request *r, const char *text, size_t n)
{
	r->data->json = json_parse(text, n, NULL);
	if (r->data->json == NULL)
		r->data->malformed = true;
	else if (json_is_object(r->data->json))
		flatten(r, "", r->data->json, &(int){0});
}

/* The value of name="..." in a header line; NULL when it is not there. */
static char *quoted_after(struct request *r, const char *line, size_t n, const char *label)
{
	char *copy = arena_strndup(r->mem, line, n), *start = strcasestr(copy, label);
	if (start == NULL)
		return NULL;
	start += strlen(label);
	char *end = strchr(start, '"');
	return end == NULL ? NULL : arena_strndup(r->mem, start, (size_t)(end - start));
}

static void read_part(struct request *r, const char *text, size_t n)
{
	const char *blank = memmem(text, n, "\r\n\r\n", 4);
	if (blank == NULL)
		return;
	const char *value = blank + 4;
	char *name = quoted_after(r, text, (size_t)(blank - text), " name=\"");
	char *file = quoted_after(r, text, (size_t)(blank - text), "filename=\"");
	size_t value_bytes = n - (size_t)(value - text);
	if (name == NULL || file != NULL)
		return;
	bool bad = memchr(value, '\0', value_bytes) != NULL || !utf8_valid(value, value_bytes);
	request_param_add(r, name, bad ? NULL : arena_strndup(r->mem, value, value_bytes));
}

/* RFC 7578 */
static void read_multipart(struct request *r, const char *type, const char *text, size_t n)
{
	const char *boundary = strstr(type, "boundary=");
	if (boundary == NULL) {
		r->data->malformed = true;
		return;
	}
	boundary += strlen("boundary=");
	boundary += *boundary == '"';
	const char *mark = arena_printf(r->mem, "--%.*s", (int)strcspn(boundary, "\"; "), boundary);
	size_t m = strlen(mark);
	const char *end = text + n, *at = m > 2 ? memmem(text, n, mark, m) : NULL;
	while (at != NULL) {
		const char *start = at + m;
		at = memmem(start, (size_t)(end - start), mark, m);
		if (at != NULL && at - start > 4)
			read_part(r, start + 2, (size_t)(at - start - 4));
	}
}

void body_read(struct request *r, const char *text, size_t n)
{
	const char *type = str_or_empty(request_header(r, "Content-Type"));
	if (strncasecmp(type, "application/json", 16) == 0)
		read_json(r, text, n);
	else if (strncasecmp(type, "multipart/form-data", 19) == 0)
		read_multipart(r, type, text, n);
	else
		body_read_form(r, text, n);
}
