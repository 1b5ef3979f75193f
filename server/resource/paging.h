#pragma once
#include "http.h"

/* Ids as a JSON array, for json_each in a statement. Lives in r->mem. */
const char *ids_json(const struct request *r, const int64_t *id, int count);
/* Texts as a JSON array. NULL when there are none. */
const char *texts_json(const struct request *r, const char *const *text, int count);

/* Ids of a statement's first column. */
struct id_list {
	int64_t *id;
	int count;
};
/* Ends the query. */
void id_list_read(struct request *r, struct sql_query *q, struct id_list *out);

/* A page of a list: page from 0, per_page within [1, max]. */
struct page {
	int64_t number;
	int size;
};
/* False: a parameter is wrong and the answer (400) is written. */
bool page_read(struct request *r, struct response *w, int size, int max, struct page *out);
/* This request's path and query with another page, without ".json". */
const char *page_next_url(const struct request *r, const struct page *now);
/* The query of this request, "?a=b&c=d" or "". */
const char *query_again(const struct request *r);
/* Appends text as a part of a URL. */
void url_escape(struct sbuf *out, const char *text);
