#include <string.h>

#include "forum_draft.h"
#include "forum_user.h"
#include "people.h"
#include "resources.h"
#include "str.h"

enum { DRAFTS_DEFAULT = 30, DRAFTS_MAX = 50, OFFSET_MAX = 100000, EXCERPT_BYTES = 300 };

/* "topic_12" -> 12; 0 for other keys. */
static int64_t topic_of_key(const char *key)
{
	int64_t id = 0;
	return str_starts(key, "topic_") && str_to_int(key + strlen("topic_"), 1, INT64_MAX, &id) ? id : 0;
}

static void topic_encode(struct request *r, struct json *draft, int64_t topic_id)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT t.title, t.slug, t.category_id, t.archetype, u.id, u.username, u.name, t.closed, t.archived"
		" FROM topic t JOIN user u ON u.id = t.user_id WHERE t.id = ?3 AND t.deleted_ms IS NULL AND "
		FORUM_TOPIC_VISIBLE("t"), "ini", FORUM_VIEWER(forum_viewer(r)), topic_id);
	bool found = topic_id != 0 && sql_next(q);
	if (found) {
		json_add_int(draft, "topic_id", topic_id);
		json_add_string(draft, "title", sql_text(q, 0));
		json_add_string(draft, "slug", sql_text(q, 1));
		if (!sql_is_null(q, 2))
			json_add_int(draft, "category_id", sql_int(q, 2));
		json_add_string(draft, "archetype", sql_text(q, 3));
		json_add_int(draft, "user_id", sql_int(q, 4));
		json_add_string(draft, "username", sql_text(q, 5));
		json_add_string(draft, "name", sql_text(q, 6));
		json_add_bool(draft, "closed", sql_int(q, 7));
		json_add_bool(draft, "archived", sql_int(q, 8));
	}
	sql_end(q, NULL);
	if (found)
		return;
	json_add_null(draft, "topic_id");
	json_add_int(draft, "user_id", r->me.user_id);
	json_add_string(draft, "username", r->me.username);
	json_add_null(draft, "title");
	json_add_null(draft, "category_id");
	json_add_null(draft, "archetype");
}

/* The first words of what was typed; data is the client's own JSON. */
static const char *excerpt(struct request *r, const char *data)
{
	struct json *j = json_parse(data, strlen(data), NULL);
	const char *words = json_text(j, "reply", EXCERPT_BYTES, r->mem);
	json_free(j);
	return str_or_empty(words);
}

static void draft_encode(struct request *r, struct json *draft, struct sql_query *q)
{
	const char *key = sql_text(q, 0);
	json_add_string(draft, "excerpt", excerpt(r, str_or_empty(sql_text(q, 2))));
	json_add_time_ms(draft, "created_at", sql_int(q, 3), 0);
	json_add_string(draft, "draft_key", key);
	json_add_int(draft, "sequence", sql_int(q, 1));
	json_add_string(draft, "draft_username", r->me.username);
	json_add_string(draft, "avatar_template", forum_avatar_template(r->mem, r->me.username));
	json_add_string(draft, "data", sql_text(q, 2));
	topic_encode(r, draft, topic_of_key(key));
}

static void drafts(struct request *r, struct response *w)
{
	struct json *answer = json_object(), *list = json_add_array(answer, "drafts");
	struct sql_query *q = sql_query(r->db,
		"SELECT draft_key, sequence, data, updated_ms FROM draft WHERE user_id = ? AND data IS NOT NULL"
		" ORDER BY updated_ms DESC, draft_key LIMIT ? OFFSET ?", "iii", r->me.user_id,
		number_param(r, "limit", DRAFTS_DEFAULT, 1, DRAFTS_MAX), number_param(r, "offset", 0, 0, OFFSET_MAX));
	while (sql_next(q))
		draft_encode(r, json_append_object(list), q);
	sql_end(q, NULL);
	response_json(w, answer);
}

static void draft_show(struct request *r, struct response *w)
{
	const char *key = request_part(r, "key");
	struct json *answer = json_object();
	json_add_string(answer, "draft", sql_get_text(r->db, r->mem,
		"SELECT data FROM draft WHERE user_id = ? AND draft_key = ?", "is", r->me.user_id, key));
	json_add_int(answer, "draft_sequence", forum_draft_sequence(r->db, r->me.user_id, key));
	response_json(w, answer);
}

static void pending_encode(struct request *r, struct json *post, struct sql_query *q)
{
	json_add_int(post, "id", sql_int(q, 0));
	json_add_string(post, "avatar_template", forum_avatar_template(r->mem, sql_text(q, 7)));
	if (sql_is_null(q, 2))
		json_add_null(post, "category_id");
	else
		json_add_int(post, "category_id", sql_int(q, 2));
	json_add_time_ms(post, "created_at", sql_int(q, 5), 0);
	json_add_int(post, "created_by_id", sql_int(q, 6));
	json_add_string(post, "name", sql_text(q, 8));
	json_add_string(post, "raw_text", sql_text(q, 4));
	json_add_string(post, "title", sql_is_null(q, 9) ? sql_text(q, 3) : sql_text(q, 9));
	if (sql_is_null(q, 1)) {
		json_add_null(post, "topic_id");
		json_add_null(post, "topic_url");
	} else {
		json_add_int(post, "topic_id", sql_int(q, 1));
		json_add_string(post, "topic_url",
			arena_printf(r->mem, "/t/%s/%lld", str_or_empty(sql_text(q, 10)), (long long)sql_int(q, 1)));
	}
	json_add_string(post, "username", sql_text(q, 7));
}

#define PENDING_COLUMNS \
	"SELECT p.id, p.topic_id, coalesce(p.category_id, t.category_id), p.title, p.raw, p.created_ms, u.id," \
	" u.username, u.name, t.title, t.slug FROM pending_post p JOIN user u ON u.id = p.user_id" \
	" LEFT JOIN topic t ON t.id = p.topic_id"

void pending_post_encode(struct request *r, struct json *into, int64_t id)
{
	struct sql_query *q = sql_query(r->db, PENDING_COLUMNS " WHERE p.id = ?", "i", id);
	if (sql_next(q))
		pending_encode(r, into, q);
	sql_end(q, NULL);
}

/* Posts that wait for approval. */
static void pending_posts(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	if (id == 0)
		return;
	struct json *answer = json_object(), *list = json_add_array(answer, "pending_posts");
	struct sql_query *q = sql_query(r->db, PENDING_COLUMNS " WHERE p.user_id = ? ORDER BY p.id DESC", "i", id);
	while (sql_next(q))
		pending_encode(r, json_append_object(list), q);
	sql_end(q, NULL);
	response_json(w, answer);
}

const struct route draft_routes[] = {
	{"GET", "/drafts", drafts, ROUTE_LOGIN},
	{"GET", "/drafts/:key", draft_show, ROUTE_LOGIN},
	{"GET", "/posts/:username/pending", pending_posts, ROUTE_LOGIN},
	{0},
};
