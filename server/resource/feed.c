#include "resources.h"

#include "encode.h"
#include "options.h"
#include "paging.h"
#include "str.h"

enum { FeedPosts = 50 };

/* ?3 before, ?4 how many, or how many ids back. Ordinary posts only: no notices, no whispers. The newer Discourse
 * answers the newest below `before`; the older one a window of ids up to and with it. */
#define ORDINARY " AND p.post_type = 1 AND p.deleted_ms IS NULL AND NOT p.hidden"
#define NEWER(from, visible) \
	"SELECT p.id FROM " from " WHERE p.id < ?3" ORDINARY " AND " visible("t") " ORDER BY p.id DESC LIMIT ?4"
#define OLDER(from, visible) \
	"SELECT p.id FROM " from " WHERE p.id <= ?3 AND p.id > ?3 - ?4" ORDINARY " AND " visible("t") \
	" ORDER BY p.created_ms DESC, p.id DESC"
/* The order of the join: nearly all posts stand in listed topics, few in messages. */
#define POSTS "post p CROSS JOIN topic t ON t.id = p.topic_id"
#define MESSAGES "topic t CROSS JOIN post p ON p.topic_id = t.id"
/* Members see their own messages, admins all of them. */
#define MESSAGE(t) \
	"(" t ".archetype = 'private_message' AND " t ".deleted_ms IS NULL AND " FORUM_TOPIC_VISIBLE(t) ")"

static void answer(struct request *r, struct response *w, const char *newer, const char *older, const char *name)
{
	bool old = r->server->options->old_discourse;
	const char *text = request_param(r, "before");
	int64_t before = 0;
	if (!str_empty(text) && !str_to_int(text, 0, INT64_MAX - 1, &before)) {
		response_invalid(r, w, "before");
		return;
	}
	if (before == 0)
		before = sql_get_int(r->db, 0, "SELECT max(id) FROM post", "") + !old;
	struct viewer v = forum_viewer(r);
	struct id_list ids;
	id_list_read(r, sql_query(r->db, old ? older : newer, "inin", FORUM_VIEWER(v), before, FeedPosts), &ids);
	struct json *root = json_object();
	posts_encode(r, json_add_array(root, name), ids.id, ids.count, POST_FEED);
	response_json(w, root);
}

static void latest(struct request *r, struct response *w)
{
	answer(r, w, NEWER(POSTS, FORUM_TOPIC_LISTED), OLDER(POSTS, FORUM_TOPIC_LISTED), "latest_posts");
}

static void private(struct request *r, struct response *w)
{
	answer(r, w, NEWER(MESSAGES, MESSAGE), OLDER(MESSAGES, MESSAGE), "private_posts");
}

const struct route feed_routes[] = {
	{"GET", "/posts", latest, ROUTE_PACKS},
	{"GET", "/private-posts", private, ROUTE_LOGIN},
	{0},
};
