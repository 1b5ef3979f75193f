#include "resources.h"

#include "encode.h"
#include "forum_user.h"
#include "paging.h"
#include "post_revision.h"
#include "str.h"

enum { RepliesPerPage = 20, MaxHistory = 100, MaxReplies = 1000 };

/* A post the requester may see, in the route; 0 when not, which is then answered. */
static int64_t post_of_route(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	if (id != 0 && forum_post_visible(r->db, forum_viewer(r), id))
		return id;
	response_not_found(r, w);
	return 0;
}

static void answer(struct request *r, struct response *w, int64_t id, unsigned parts)
{
	struct json *root = json_object();
	post_encode(r, root, id, parts);
	response_json(w, root);
}

static void show(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id != 0)
		answer(r, w, id, POST_RAW);
}

static void by_number(struct request *r, struct response *w)
{
	int64_t id = sql_get_int(r->db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = ?", "ii",
		request_part_id(r, "topic_id"), request_part_id(r, "post_number"));
	if (id == 0 || !forum_post_visible(r->db, forum_viewer(r), id))
		response_not_found(r, w);
	else
		answer(r, w, id, POST_RAW);
}

static void cooked(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id == 0)
		return;
	struct json *post = json_object(), *root = json_object();
	post_encode(r, post, id, 0);
	json_add_string(root, "cooked", json_string(post, "cooked"));
	json_free(post);
	response_json(w, root);
}

static void answer_list(struct request *r, struct response *w, struct sql_query *q)
{
	struct id_list ids;
	id_list_read(r, q, &ids);
	struct json *root = json_array();
	posts_encode(r, root, ids.id, ids.count, 0);
	response_json(w, root);
}

/* What answers this post, oldest first; ?after=N begins past a post number. */
static void replies(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id == 0)
		return;
	answer_list(r, w, sql_query(r->db, "SELECT p.id FROM post q JOIN post p ON p.topic_id = q.topic_id"
		" AND p.reply_to_post_number = q.post_number WHERE q.id = ?1 AND p.post_number > ?2"
		" AND (p.deleted_ms IS NULL OR ?3) AND (p.post_type <> 4 OR ?3) ORDER BY p.post_number LIMIT ?4",
		"iinn", id, request_param_int(r, "after", 0), (int)r->me.staff, RepliesPerPage));
}

/* What this post answers, back to the first, oldest first. */
static void reply_history(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id == 0)
		return;
	answer_list(r, w, sql_query(r->db,
		"WITH RECURSIVE up(id, topic_id, number, to_number, depth) AS ("
		" SELECT id, topic_id, post_number, reply_to_post_number, 0 FROM post WHERE id = ?1"
		" UNION ALL SELECT p.id, p.topic_id, p.post_number, p.reply_to_post_number, up.depth + 1 FROM up"
		" JOIN post p"
		"  ON p.topic_id = up.topic_id AND p.post_number = up.to_number"
		"  WHERE up.depth < ?2 AND p.deleted_ms IS NULL AND p.post_type <> 4)"
		" SELECT id FROM up WHERE depth > 0 ORDER BY number", "in", id, MaxHistory));
}

/* Ids of everything that answers this post, also through other answers, with how far away it is. */
static void reply_ids(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id == 0)
		return;
	struct json *root = json_array();
	struct sql_query *q = sql_query(r->db,
		"WITH RECURSIVE down(id, topic_id, number, level) AS ("
		" SELECT id, topic_id, post_number, 0 FROM post WHERE id = ?1"
		" UNION SELECT p.id, p.topic_id, p.post_number, down.level + 1 FROM down JOIN post p"
		" ON p.topic_id = down.topic_id"
		"  AND p.reply_to_post_number = down.number AND p.post_number > down.number"
		"  WHERE p.deleted_ms IS NULL AND p.post_type <> 4)"
		" SELECT id, level FROM down WHERE level > 0 ORDER BY number LIMIT ?2", "in", id, MaxReplies);
	while (sql_next(q)) {
		struct json *reply = json_append_object(root);
		json_add_int(reply, "id", sql_int(q, 0));
		json_add_int(reply, "level", sql_int(q, 1));
	}
	sql_end(q, NULL);
	response_json(w, root);
}

static void revision(struct request *r, struct response *w)
{
	int64_t id = post_of_route(r, w);
	if (id == 0)
		return;
	const char *asked = request_part(r, "revision");
	int64_t number = 0;
	bool latest = str_equal(asked, "latest");
	struct json *root = json_object();
	if ((latest || str_to_int(asked, 2, INT32_MAX, &number)) && post_revision_encode(r, root, id, (int)number)) {
		response_json(w, root);
		return;
	}
	json_free(root);
	response_not_found(r, w);
}

const struct route post_routes[] = {
	{"GET", "/posts/:id", show},
	{"GET", "/posts/by_number/:topic_id/:post_number", by_number},
	{"GET", "/posts/:id/cooked", cooked},
	{"GET", "/posts/:id/replies", replies},
	{"GET", "/posts/:id/reply-ids", reply_ids},
	{"GET", "/posts/:id/reply-history", reply_history},
	{"GET", "/posts/:id/revisions/:revision", revision},
	{0},
};
