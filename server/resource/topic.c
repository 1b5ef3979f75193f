#include "resources.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"
#include "topic_view.h"

enum { MaxPosts = 1000 };

/* The topic of the route, when the requester may see it; 0 when not, which is then answered. A slug in the
 * path that is not the topic's own is answered with the right address. */
static int64_t topic_of_route(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	if (id == 0 || !forum_topic_visible(r->db, forum_viewer(r), id)) {
		response_not_found(r, w);
		return 0;
	}
	const char *slug = request_part(r, "slug"), *number = request_part(r, "post_number");
	const char *right = sql_get_text(r->db, r->mem, "SELECT slug FROM topic WHERE id = ?", "i", id);
	if (*slug == '\0' || str_equal(slug, right))
		return id;
	response_redirect(w, 301, arena_printf(r->mem, "%s/t/%s/%lld%s%s%s%s", r->base_url, right, (long long)id,
		*number == '\0' ? "" : "/", number, str_equal(r->format, "json") ? ".json" : "", query_again(r)));
	return 0;
}

static void stream_read(struct request *r, int64_t topic_id, struct topic_stream *out)
{
	bool deleted = request_param_bool(r, "show_deleted", false);
	topic_stream_read(r, topic_id, request_param(r, "username_filters"), deleted, out);
}

/* Counts a visit. The answer does not depend on it. */
static void visit(struct request *r, int64_t topic_id)
{
	if (!request_param_bool(r, "track_visit", false))
		return;
	sql_run(r->db, NULL, "UPDATE topic SET views = views + 1 WHERE id = ?", "i", topic_id);
	if (r->me.user_id != 0)
		sql_run(r->db, NULL, "INSERT INTO topic_user (topic_id, user_id, first_visited_ms, last_visited_ms)"
			" VALUES (?1, ?2, ?3, ?3) ON CONFLICT DO UPDATE SET last_visited_ms = ?3,"
			" first_visited_ms = coalesce(first_visited_ms, ?3)", "iii", topic_id, r->me.user_id, r->now_ms);
}

static int64_t number_asked(const struct request *r)
{
	int64_t number = request_part_id(r, "post_number");
	return number > 0 ? number : request_param_int(r, "post_number", 0);
}

static void show(struct request *r, struct response *w)
{
	int64_t id = topic_of_route(r, w);
	if (id == 0)
		return;
	struct topic_view v = {
		.topic_id = id,
		.current_number = number_asked(r),
		.chunk = request_param_bool(r, "print", false) ? STREAM_PRINT : STREAM_CHUNK,
		.raw = request_param_bool(r, "include_raw", false),
	};
	stream_read(r, id, &v.stream);
	if (v.current_number > 0)
		v.window = topic_stream_near(&v.stream, v.current_number, v.chunk);
	else if (!topic_stream_page(&v.stream, request_param_int(r, "page", 1), v.chunk, &v.window)) {
		response_not_found(r, w);
		return;
	}
	visit(r, id);
	struct json *root = json_object();
	topic_view_encode(r, root, &v);
	response_json(w, root);
}

static int by_id(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The ids asked for that stand in the topic and may be seen, in the topic's order. */
static int ids_asked(struct request *r, const struct topic_stream *s, int64_t *out)
{
	const char *const *text;
	int asked = request_param_list(r, "post_ids", &text), n = 0;
	int64_t *want = ARENA_ARRAY(r->mem, asked + 1, int64_t);
	for (int i = 0; i < asked; i++)
		if (!str_to_int(text[i], 1, INT64_MAX, &want[i]))
			want[i] = 0;
	qsort(want, (size_t)asked, sizeof *want, by_id);
	for (int i = 0; i < s->ids.count && n < MaxPosts; i++)
		if (bsearch(&s->ids.id[i], want, (size_t)asked, sizeof *want, by_id) != NULL)
			out[n++] = s->ids.id[i];
	return n;
}

static void posts(struct request *r, struct response *w)
{
	int64_t id = topic_of_route(r, w);
	if (id == 0)
		return;
	struct topic_stream s;
	stream_read(r, id, &s);
	int64_t number = request_param_int(r, "post_number", 0);
	const char *const *ignored;
	struct stream_window window = {.count = s.ids.count < STREAM_CHUNK ? s.ids.count : STREAM_CHUNK};
	const int64_t *from = s.ids.id;
	if (request_param_list(r, "post_ids", &ignored) > 0) {
		int64_t *asked = ARENA_ARRAY(r->mem, MaxPosts, int64_t);
		window.count = ids_asked(r, &s, asked);
		from = asked;
	} else if (number > 0) {
		window = topic_stream_near(&s, number, STREAM_CHUNK);
	}
	struct json *root = json_object();
	topic_posts_encode(r, root, id, from + window.from, window.count, request_param_bool(r, "include_raw", false));
	response_json(w, root);
}

/* With post_number: the ids after it (or before it, with asc=false), as the web asks for them in a mega topic. */
static void post_ids(struct request *r, struct response *w)
{
	int64_t id = topic_of_route(r, w), number = request_param_int(r, "post_number", 0);
	if (id == 0)
		return;
	bool before = request_param(r, "asc") != NULL && !request_param_bool(r, "asc", true);
	struct topic_stream s;
	stream_read(r, id, &s);
	struct json *root = json_object(), *ids = json_add_array(root, "post_ids");
	for (int i = 0; i < s.ids.count; i++)
		if (number == 0 || (before ? s.number[i] < number : s.number[i] > number))
			json_append_int(ids, s.ids.id[i]);
	response_json(w, root);
}

const struct route topic_routes[] = {
	{"GET", "/t/:id", show, ROUTE_WRITES},
	{"GET", "/t/:id/:post_number", show, ROUTE_WRITES},
	{"GET", "/t/:slug/:id", show, ROUTE_WRITES},
	{"GET", "/t/:slug/:id/:post_number", show, ROUTE_WRITES},
	{"GET", "/t/:id/posts", posts},
	{"GET", "/t/:id/post_ids", post_ids},
	{0},
};
