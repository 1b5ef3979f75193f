#include "forum_review.h"

#include <string.h>

#include "forum_notice.h"
#include "json.h"
#include "str.h"
#include "text.h"

int forum_review_list(struct forum *f, struct pending_post *out, int max)
{
	int count = 0;
	struct sql_query *q = sql_query(f->db, "SELECT p.id, p.user_id, coalesce(p.topic_id, 0),"
		" coalesce(p.category_id, t.category_id, 0), p.created_ms, u.username, coalesce(t.title, p.title), p.raw,"
		" coalesce(t.archetype, p.payload ->> '$.archetype') = 'private_message' FROM pending_post p"
		" JOIN user u ON u.id = p.user_id LEFT JOIN topic t ON t.id = p.topic_id ORDER BY p.id LIMIT ?", "n", max);
	while (count < max && sql_next(q))
		out[count++] = (struct pending_post){
			.id = sql_int(q, 0), .user_id = sql_int(q, 1), .topic_id = sql_int(q, 2), .category_id = sql_int(q, 3),
			.created_ms = sql_int(q, 4), .username = sql_text_in(q, 5, f->mem), .title = sql_text_in(q, 6, f->mem),
			.raw = sql_text_in(q, 7, f->mem), .message = sql_int(q, 8) == 1,
		};
	sql_end(q, NULL);
	return count;
}

int64_t forum_review_count(struct sql *db)
{
	return sql_get_int(db, 0, "SELECT count(*) FROM pending_post", "");
}

static const char *const *words_of(struct forum *f, const struct json *list, int *count)
{
	const char **word = ARENA_ARRAY(f->mem, (size_t)json_count(list) + 1, const char *);
	*count = 0;
	JSON_EACH(item, list)
		word[(*count)++] = arena_strdup(f->mem, str_or_empty(json_as_string(item)));
	return word;
}

static void read_payload(struct forum *f, const char *text, struct new_post *n)
{
	struct json *j = json_parse(text, strlen(text), NULL);
	n->reply_to_post_number = (int)json_int(j, "reply_to_post_number", 0);
	n->message = n->topic_id == 0 && str_equal(json_string(j, "archetype"), "private_message");
	n->tag = words_of(f, json_get(j, "tags"), &n->tag_count);
	n->recipient = words_of(f, json_get(j, "target_recipients"), &n->recipient_count);
	json_free(j);
}

/* A moderator has looked at it, so the writer's rules do not count any more. */
static bool load(struct forum *f, int64_t id, struct new_post *n, struct error *err)
{
	struct sql_query *q = sql_query(f->db, "SELECT user_id, coalesce(topic_id, 0), coalesce(category_id, 0),"
		" title, raw, payload FROM pending_post WHERE id = ?", "i", id);
	bool found = sql_next(q);
	if (found) {
		*n = (struct new_post){.user_id = sql_int(q, 0), .topic_id = sql_int(q, 1), .category_id = sql_int(q, 2),
			.title = sql_text_in(q, 3, f->mem), .raw = sql_text_in(q, 4, f->mem), .unchecked = true};
		read_payload(f, sql_text(q, 5), n);
	}
	sql_end(q, NULL);
	return found || fail(err, ERR_NOT_FOUND, N_("This does not wait for approval."));
}

bool forum_user_unsilence(struct forum *f, int64_t user_id, struct error *err)
{
	return sql_run(f->db, err, "UPDATE user SET silenced_until_ms = NULL WHERE id = ?", "i", user_id);
}

bool forum_review_approve(struct forum *f, int64_t id, struct posted *out, struct error *err)
{
	struct new_post n;
	if (!load(f, id, &n, err))
		return false;
	if (n.topic_id != 0 && sql_get_int(f->db, 0, "SELECT 1 FROM topic WHERE id = ? AND deleted_ms IS NULL", "i",
			n.topic_id) != 1)
		return fail(err, ERR_NOT_FOUND, N_("The topic of this post is gone."));
	if (!forum_post_create(f, &n, out, err))
		return false;
	const struct new_notice told = {.user_id = n.user_id, .type = NOTICE_POST_APPROVED, .topic_id = out->topic_id,
		.post_id = out->post_id, .post_number = out->post_number};
	return forum_user_unsilence(f, n.user_id, err) && forum_notice_create(f, &told, err) &&
		sql_run(f->db, err, "DELETE FROM pending_post WHERE id = ?", "i", id);
}

bool forum_review_reject(struct forum *f, int64_t id, struct error *err)
{
	return sql_run(f->db, err, "DELETE FROM pending_post WHERE id = ?", "i", id) &&
		(sql_changes(f->db) == 1 || fail(err, ERR_NOT_FOUND, N_("This does not wait for approval.")));
}
