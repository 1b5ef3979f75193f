#include "write.h"

#include <string.h>

#include "forum_draft.h"
#include "forum_post.h"
#include "forum_publish.h"
#include "forum_user.h"
#include "pace.h"
#include "resources.h"
#include "site_settings.h"
#include "str.h"
#include "text.h"

/* POST /posts: a new topic, a reply or a private message. */

enum { FastTypingMs = 3000, MaxRecipients = 30, MemoryMs = 120 * 1000 };
static const int64_t far_future_ms = 253370764800000; /* the year 9999 */

/* Discourse answers a refused text with what was tried. */
static void create_refused(struct request *r, struct response *w, const char *english)
{
	struct json *root = json_object();
	json_add_string(root, "action", "create_post");
	json_append_string(json_add_array(root, "errors"), say(r, english));
	w->status = 422;
	response_json(w, root);
}

static void create_failed(struct request *r, struct response *w, const struct new_post *n, const struct error *err)
{
	bool hidden = n->topic_id != 0 && (err->kind == ERR_NOT_FOUND || err->kind == ERR_FORBIDDEN);
	if (hidden || err->kind == ERR_INVALID || err->kind == ERR_REFUSED)
		create_refused(r, w, err->what);
	else
		write_failed(r, w, err);
}

static void read_recipients(struct request *r, struct new_post *n)
{
	const char *text = write_param(r,
		(const char *const[]){"target_recipients", "target_usernames", "target_group_names", NULL});
	const char **list = ARENA_ARRAY(r->mem, MaxRecipients + 1, const char *);
	char *left = arena_strdup(r->mem, str_or_empty(text)), *name;
	while ((name = strsep(&left, ",")) != NULL && n->recipient_count <= MaxRecipients) {
		name = str_trim(name);
		if (*name != '\0')
			list[n->recipient_count++] = name;
	}
	n->recipient = list;
}

/* An answer to a post that is not there answers the topic. */
static int read_reply_to(struct request *r, int64_t topic_id)
{
	int64_t number = request_param_int(r, "reply_to_post_number", 0);
	return (int)sql_get_int(r->db, 0, "SELECT post_number FROM post WHERE topic_id = ? AND post_number = ?"
		" AND deleted_ms IS NULL", "ii", topic_id, number);
}

static bool read_post(struct request *r, struct response *w, struct new_post *n)
{
	const char *topic = request_param(r, "topic_id"), *category = request_param(r, "category");
	*n = (struct new_post){.user_id = r->me.user_id, .raw = request_param(r, "raw"),
		.draft_key = request_param(r, "draft_key"), .untracked = !request_param_bool(r, "auto_track", true)};
	if (str_empty(n->raw)) {
		response_invalid(r, w, "raw");
		return false;
	}
	if (!str_empty(topic)) {
		n->topic_id = request_param_int(r, "topic_id", -1);
		n->reply_to_post_number = read_reply_to(r, n->topic_id);
		return true;
	}
	n->title = str_trim(arena_strdup(r->mem, str_or_empty(request_param(r, "title"))));
	n->message = str_equal(request_param(r, "archetype"), "private_message");
	if (n->message) {
		read_recipients(r, n);
		return true;
	}
	int tags = write_tags(r, &n->tag);
	n->tag_count = tags > 0 ? tags : 0;
	if (!str_empty(category) && !str_to_int(category, 0, INT64_MAX, &n->category_id))
		n->category_id = sql_get_int(r->db, -1, "SELECT id FROM category WHERE name = ? COLLATE NOCASE", "s",
			category);
	return true;
}

/* What an admin's key may ask for besides. */
static bool read_admin(struct request *r, struct response *w, struct new_post *n)
{
	if (r->me.by != AUTH_ADMIN_KEY)
		return true;
	n->draft_key = "";
	n->unchecked = request_param_bool(r, "skip_validations", false);
	return write_time(r, w, "created_at", &n->created_ms);
}

static bool paced(struct request *r, struct response *w, const struct new_post *n)
{
	enum pace_kind kind = n->topic_id != 0 ? PACE_REPLY : n->message ? PACE_MESSAGE : PACE_TOPIC;
	if (n->topic_id != 0 && pace_too_many_in_row(r, n->topic_id)) {
		create_refused(r, w, N_("The last replies here are all yours. Wait until somebody answers."));
		return false;
	}
	return pace_pause_over(r, w, n->topic_id == 0) && pace_allows(r, w, kind);
}

static bool slow_mode_allows(struct request *r, struct response *w, const struct new_post *n)
{
	if (r->me.staff || n->topic_id == 0 ||
			sql_get_int(r->db, 0, "SELECT 1 FROM topic t JOIN post p ON p.topic_id = t.id"
			" WHERE t.id = ? AND t.slow_mode_s > 0 AND p.user_id = ?"
			" AND p.created_ms > ? - t.slow_mode_s * 1000", "iii", n->topic_id, r->me.user_id, r->now_ms) != 1)
		return true;
	create_refused(r, w, N_("This topic goes slowly. Wait a while before you write again."));
	return false;
}

/* Somebody who has muted or ignored the writer gets no messages from them. */
static bool unwanted(struct request *r, const struct new_post *n)
{
	for (int i = 0; i < n->recipient_count; i++)
		if (sql_get_int(r->db, 0, "SELECT 1 FROM user_relation WHERE user_id = ? AND other_id = ?"
				" AND (until_ms IS NULL OR until_ms > ?)", "iii", forum_user_id(r->db, n->recipient[i]),
				r->me.user_id, r->now_ms) == 1)
			return true;
	return false;
}

static bool message_allowed(struct request *r, struct response *w, const struct new_post *n)
{
	if (!n->message || r->me.staff)
		return true;
	if (!write_in_groups(r, "personal_message_enabled_groups")) {
		response_forbidden(r, w);
		return false;
	}
	const char *refusal = n->recipient_count > MaxRecipients ? N_("A message goes to at most 30 people.")
		: unwanted(r, n) ? N_("One of the people you write to wants no messages from you.") : NULL;
	if (refusal != NULL)
		create_refused(r, w, refusal);
	return refusal == NULL;
}

static bool allowed(struct request *r, struct response *w, const struct new_post *n)
{
	if (n->unchecked)
		return true;
	return message_allowed(r, w, n) &&
		(n->topic_id != 0 || n->message || write_tags_allowed(r, w, n->tag_count, n->category_id)) &&
		slow_mode_allows(r, w, n) && paced(r, w, n);
}

/* A brand-new member whose first text came too fast to be typed. */
static bool typed_too_fast(struct request *r)
{
	return r->me.trust_level == 0 && request_param_int(r, "typing_duration_msecs", 0) < FastTypingMs &&
		sql_get_int(r->db, 0, "SELECT 1 FROM post WHERE user_id = ?", "i", r->me.user_id) == 0;
}

/* Messages never wait: only those who take part read them. */
static bool needs_approval(struct request *r, const struct new_post *n)
{
	bool message = n->message ||
		sql_get_int(r->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
		n->topic_id) == 1;
	if (n->unchecked || message || r->me.staff || r->me.by == AUTH_ADMIN_KEY)
		return false;
	return typed_too_fast(r) || r->me.trust_level < forum_setting_int(r->db, "approve_unless_trust_level", 0);
}

static const char *payload_text(struct request *r, const struct new_post *n)
{
	struct sbuf b = {0};
	struct json *j = json_object(), *tags = json_add_array(j, "tags"), *to = json_add_array(j, "target_recipients");
	json_add_int(j, "reply_to_post_number", n->reply_to_post_number);
	json_add_string(j, "archetype", n->message ? "private_message" : "regular");
	for (int i = 0; i < n->tag_count; i++)
		json_append_string(tags, n->tag[i]);
	for (int i = 0; i < n->recipient_count; i++)
		json_append_string(to, n->recipient[i]);
	json_print(j, &b);
	json_free(j);
	const char *text = arena_strdup(r->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static bool store_pending(struct request *r, struct forum *f, const struct new_post *n, struct error *err)
{
	const char *key = str_empty(n->draft_key) ? forum_draft_key(r->mem, n->topic_id, n->message) : n->draft_key;
	return forum_post_check(f, n, err) &&
		(!typed_too_fast(r) || sql_run(r->db, err, "UPDATE user SET silenced_until_ms = ? WHERE id = ?", "ii",
			far_future_ms, r->me.user_id)) &&
		forum_draft_advance(f, r->me.user_id, key, err) && forum_publish_drafts(f, r->me.user_id) &&
		sql_run(r->db, err, "INSERT INTO pending_post (user_id, topic_id, category_id, title, raw, payload,"
			" created_ms)"
			" VALUES (?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?)", "iiisssi", r->me.user_id, n->topic_id,
			n->category_id, n->title, forum_post_tidy(r->mem, n->raw), payload_text(r, n), r->now_ms);
}

static void enqueue(struct request *r, struct response *w, struct forum *f, const struct new_post *n)
{
	struct error err = {0};
	if (!store_pending(r, f, n, &err)) {
		create_failed(r, w, n, &err);
		return;
	}
	int64_t id = sql_last_id(r->db);
	struct json *root = json_object();
	json_add_string(root, "action", "enqueued");
	json_add_bool(root, "success", true);
	json_add_int(root, "pending_count",
		sql_get_int(r->db, 0, "SELECT count(*) FROM pending_post WHERE user_id = ?", "i", r->me.user_id));
	pending_post_encode(r, json_add_object(root, "pending_post"), id);
	response_json(w, root);
}

/* Two minutes long an admin's key gets the same post again for the same request. */
static int64_t remembered(struct request *r, const struct new_post *n)
{
	if (r->me.by != AUTH_ADMIN_KEY)
		return 0;
	return sql_get_int(r->db, 0, "SELECT p.id FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.user_id = ?1"
		" AND p.created_ms > ?2 AND p.raw = ?3 AND CASE WHEN ?4 = 0 THEN p.post_number = 1 AND t.title = ?5"
		" AND (t.archetype = 'private_message') = ?6 ELSE p.topic_id = ?4 END", "iisisn", r->me.user_id,
		r->now_ms - MemoryMs, forum_post_tidy(r->mem, n->raw), n->topic_id, n->title, (int)n->message);
}

static void answer_created(struct request *r, struct response *w, int64_t post_id)
{
	bool nested = request_param_bool(r, "nested_post", false);
	write_answer_post(r, w, post_id, nested ? "post" : NULL);
	if (!nested)
		return;
	struct json *root = json_parse(sbuf_str(&w->body), w->body.n, NULL);
	json_add_string(root, "action", "create_post");
	json_add_bool(root, "success", true);
	response_json(w, root);
}

static void create(struct request *r, struct response *w)
{
	struct new_post n;
	struct posted p;
	struct error err = {0};
	struct forum f = forum_of(r);
	if (!read_post(r, w, &n) || !read_admin(r, w, &n))
		return;
	int64_t known = remembered(r, &n);
	if (known != 0) {
		answer_created(r, w, known);
		return;
	}
	if (!allowed(r, w, &n))
		return;
	if (needs_approval(r, &n)) {
		enqueue(r, w, &f, &n);
		return;
	}
	if (!forum_post_create(&f, &n, &p, &err)) {
		create_failed(r, w, &n, &err);
		return;
	}
	forum_publish_drafts(&f, r->me.user_id);
	answer_created(r, w, p.post_id);
}

const struct route post_write_routes[] = {
	{"POST", "/posts", create, ROUTE_LOGIN},
	{0},
};
