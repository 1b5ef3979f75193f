#include "paging.h"

#include <string.h>

#include "str.h"

static const char *keep(const struct request *r, struct sbuf *b)
{
	const char *kept = arena_strdup(r->mem, sbuf_str(b));
	sbuf_fini(b);
	return kept;
}

const char *ids_json(const struct request *r, const int64_t *id, int count)
{
	struct sbuf b = {0};
	sbuf_addc(&b, '[');
	for (int i = 0; i < count; i++)
		sbuf_addf(&b, "%s%lld", i == 0 ? "" : ",", (long long)id[i]);
	sbuf_addc(&b, ']');
	return keep(r, &b);
}

const char *texts_json(const struct request *r, const char *const *text, int count)
{
	if (count == 0)
		return NULL;
	struct json *array = json_array();
	for (int i = 0; i < count; i++)
		json_append_string(array, text[i]);
	struct sbuf b = {0};
	json_print(array, &b);
	json_free(array);
	return keep(r, &b);
}

void id_list_read(struct request *r, struct sql_query *q, struct id_list *out)
{
	int room = 64;
	*out = (struct id_list){.id = ARENA_ARRAY(r->mem, room, int64_t)};
	while (sql_next(q)) {
		if (out->count == room) {
			out->id = arena_grow(r->mem, out->id, room, room * 2, sizeof *out->id);
			room *= 2;
		}
		out->id[out->count++] = sql_int(q, 0);
	}
	sql_end(q, NULL);
}

static bool number_read(struct request *r, struct response *w, const char *name, int64_t min, int64_t max,
	int64_t *out)
{
	const char *text = request_param(r, name);
	if (str_empty(text) || str_to_int(text, min, max, out))
		return true;
	response_invalid(r, w, name);
	return false;
}

bool page_read(struct request *r, struct response *w, int size, int max, struct page *out)
{
	int64_t number = 0, per_page = size;
	if (!number_read(r, w, "page", 0, 1000000, &number) || !number_read(r, w, "per_page", 1, max, &per_page))
		return false;
	*out = (struct page){.number = number, .size = (int)per_page};
	return true;
}

static void escape_keeping(struct sbuf *out, const char *text, const char *kept)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
	for (; *text != '\0'; text++) {
		if (strchr(safe, *text) != NULL || strchr(kept, *text) != NULL)
			sbuf_addc(out, *text);
		else
			sbuf_addf(out, "%%%02X", (unsigned char)*text);
	}
}

void url_escape(struct sbuf *out, const char *text)
{
	escape_keeping(out, text, "");
}

/* Brackets of "tags[]" stay as they are, as in Discourse's own links. */
static void add_query(struct sbuf *out, const struct request *r, const char *without)
{
	char mark = '?';
	const struct param *p = request_params(r);
	for (; p != NULL && p->name != NULL; p++) {
		if (without != NULL && strcmp(p->name, without) == 0)
			continue;
		sbuf_addc(out, mark);
		escape_keeping(out, p->name, "[]");
		sbuf_addc(out, '=');
		url_escape(out, str_or_empty(p->value));
		mark = '&';
	}
}

const char *query_again(const struct request *r)
{
	struct sbuf b = {0};
	add_query(&b, r, NULL);
	return keep(r, &b);
}

const char *page_next_url(const struct request *r, const struct page *now)
{
	struct sbuf b = {0};
	escape_keeping(&b, r->path, "/");
	add_query(&b, r, "page");
	sbuf_addf(&b, "%spage=%lld", strchr(sbuf_str(&b), '?') == NULL ? "?" : "&", (long long)now->number + 1);
	return keep(r, &b);
}
