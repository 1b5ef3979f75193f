#include "resources.h"

#include <string.h>

#include "category_encode.h"
#include "forum_category.h"
#include "mem.h"
#include "str.h"
#include "topic_list_filter.h"

static void list(struct request *r, struct response *w)
{
	bool all = request_param_bool(r, "include_subcategories", false);
	int64_t parent = request_param_int(r, "parent_category_id", 0);
	struct json *root = json_object(), *tree = json_add_object(root, "category_list");
	json_add_bool(tree, "can_create_category", r->me.admin);
	json_add_bool(tree, "can_create_topic", r->me.user_id != 0);
	categories_encode(r, json_add_array(tree, "categories"), parent,
		CATEGORY_COUNTS | (all ? CATEGORY_CHILDREN : 0));
	response_json(w, root);
}

/* Some categories by id, with their permissions. */
static void find(struct request *r, struct response *w)
{
	enum { MaxFound = 100 };
	const char *const *text;
	int count = request_param_list(r, "ids", &text);
	struct json *root = json_object(), *array = json_add_array(root, "categories");
	unsigned parts = request_param_bool(r, "include_permissions", false) && r->me.staff ? CATEGORY_DETAILS : 0;
	for (int i = 0; i < count && i < MaxFound; i++) {
		int64_t id;
		struct json *one = json_object();
		if (str_to_int(text[i], 1, INT64_MAX, &id) && category_encode(r, one, id, parts))
			json_append(array, one);
		else
			json_free(one);
	}
	response_json(w, root);
}

/* A page of the categories whose name holds the term; those that begin with it come first. */
static void search(struct request *r, struct response *w)
{
	enum { Page = 25 };
	const char *term = str_or_empty(request_param(r, "term"));
	int64_t limit = request_param_int(r, "limit", Page), page = request_param_int(r, "page", 1);
	limit = limit < 1 || limit > Page ? Page : limit;
	struct json *root = json_object(), *array = json_add_array(root, "categories");
	struct sql_query *q = sql_query(r->db, "SELECT c.id FROM category c WHERE " FORUM_CATEGORY_VISIBLE("c")
		" AND instr(fold(c.name), fold(?3)) > 0 ORDER BY instr(fold(c.name), fold(?3)) = 1 DESC, c.position, c.id",
		"ins", FORUM_VIEWER(forum_viewer(r)), term);
	int64_t count = 0, first = page > 1 && page < INT32_MAX ? (page - 1) * limit : 0;
	for (; sql_next(q); count++)
		if (count >= first && count < first + limit)
			category_encode(r, json_append_object(array), sql_int(q, 0), CATEGORY_COUNTS);
	sql_end(q, NULL);
	json_add_int(root, "categories_count", count);
	response_json(w, root);
}

static void show(struct request *r, struct response *w)
{
	struct json *root = json_object();
	if (category_encode(r, json_add_object(root, "category"), request_part_id(r, "id"), CATEGORY_DETAILS)) {
		response_json(w, root);
		return;
	}
	json_free(root);
	response_not_found(r, w);
}

/* The path of a category's list: slugs, an id, "none" or "all", and "l/..." for another list than the default
 * one. */
struct category_route {
	const char *slugs;     /* "parent/child" */
	int64_t id;            /* 0: the path has none */
	bool none;
	const char *rest;      /* "/l/top/yearly" and "/none", for a redirect */
	const char *kind, *period;
};

static void route_read(struct request *r, const char *path, struct category_route *out)
{
	struct sbuf slugs = {0}, rest = {0};
	char *left = arena_strdup(r->mem, path), *one;
	*out = (struct category_route){.kind = "latest"};
	while ((one = strsep(&left, "/")) != NULL) {
		bool after = out->id != 0 || rest.n > 0;
		if (strcmp(one, "l") == 0 && left != NULL) {
			sbuf_addf(&rest, "/l/%s", left);
			out->kind = strsep(&left, "/");
			out->period = left;
			break;
		}
		if (strcmp(one, "none") == 0 || strcmp(one, "all") == 0) {
			out->none = *one == 'n';
			sbuf_addf(&rest, "/%s", one);
		} else if (after || !str_to_int(one, 1, INT64_MAX, &out->id)) {
			sbuf_addf(&slugs, "%s%s", slugs.n > 0 ? "/" : "", one);
		}
	}
	out->slugs = arena_strdup(r->mem, sbuf_str(&slugs));
	out->rest = arena_strdup(r->mem, sbuf_str(&rest));
	sbuf_fini(&slugs);
	sbuf_fini(&rest);
}

static bool kind_read(const struct category_route *c, struct topic_filter *f)
{
	static const struct {
		const char *name;
		struct topic_filter filter;
	} kinds[] = {
		{"latest", {.pinned_first = true}}, {"new", {.kind = LIST_NEW}}, {"unread", {.kind = LIST_UNREAD}},
		{"unseen", {.kind = LIST_UNSEEN}}, {"posted", {.kind = LIST_POSTED}}, {"top", {.order = "score"}},
		{"bookmarks", {.kind = LIST_BOOKMARKS}},
	};
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i].name, c->kind) == 0) {
			*f = kinds[i].filter;
			return true;
		}
	}
	return false;
}

static void topics(struct request *r, struct response *w)
{
	struct category_route c;
	struct topic_filter f;
	route_read(r, request_part(r, "path"), &c);
	const char *last = strrchr(c.slugs, '/');
	int64_t id = c.id != 0 ? c.id : forum_category_id(r->db, last == NULL ? c.slugs : last + 1);
	if (id == 0 || !kind_read(&c, &f) || forum_category_permission(r->db, forum_viewer(r), id) == 0) {
		response_not_found(r, w);
		return;
	}
	const char *right = category_path(r, id);
	const char *asked = arena_printf(r->mem, "/c/%s/%lld", c.slugs, (long long)c.id);
	if (strcmp(asked, right) != 0) {
		response_redirect(w, 301, arena_printf(r->mem, "%s%s%s%s%s", r->base_url, right, c.rest,
			str_equal(r->format, "json") ? ".json" : "", query_again(r)));
		return;
	}
	f.no_subcategories = c.none;
	struct json *root, *tree;
	if (!topic_filter_read(r, w, &f))
		return;
	f.category_id = id;
	if ((tree = topic_filter_answer(r, w, &f, &root)) == NULL)
		return;
	json_add_string(tree, "filter", c.kind);
	json_add_array(tree, "top_tags");
	response_json(w, root);
}

const struct route category_routes[] = {
	{"GET", "/categories", list, ROUTE_PACKS},
	{"GET", "/categories/find", find},
	{"POST", "/categories/search", search, ROUTE_READS},
	{"GET", "/c/:id/show", show},
	{"GET", "/c/*path", topics},
	{0},
};
