#include "write.h"

#include "forum_draft.h"
#include "forum_post.h"
#include "forum_publish.h"
#include "forum_topic.h"
#include "pace.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* Changing, taking away and bringing back posts. What a post says the requester may do (can_edit, can_delete,
 * can_recover) is what is allowed here. */

struct change {
	int64_t post_id, topic_id, category_id; /* category_id 0: unchanged */
	const char *raw, *original, *reason, *title; /* NULL: unchanged */
	bool first, message;
};

static void read_change(struct request *r, const struct json *post, struct change *c)
{
	*c = (struct change){
		.post_id = json_int(post, "id", 0),
		.topic_id = json_int(post, "topic_id", 0),
		.raw = request_param(r, "post[raw]"),
		.original = write_param(r, (const char *const[]){"post[original_text]", "post[raw_old]", NULL}),
		.reason = request_param(r, "post[edit_reason]"),
		.first = json_int(post, "post_number", 0) == 1,
	};
	c->message = sql_get_int(r->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
		c->topic_id) == 1;
	const char *title = write_param(r, (const char *const[]){"title", "post[title]", NULL});
	const char *category = write_param(r, (const char *const[]){"post[category_id]", "category_id", NULL});
	if (!c->first)
		return;
	c->title = title == NULL ? NULL : str_trim(arena_strdup(r->mem, title));
	if (!c->message && !str_empty(category) && !str_to_int(category, 1, INT64_MAX, &c->category_id))
		c->category_id = -1;
}

/* False is answered. */
static bool may_edit(struct request *r, struct response *w, const struct json *post)
{
	if (!write_voice(r, w))
		return false;
	if (json_bool(post, "can_edit", false))
		return true;
	bool stays = json_is_null(json_get(post, "deleted_at")) && !json_bool(post, "user_deleted", false) &&
		sql_get_int(r->db, 1, "SELECT archived FROM topic WHERE id = ?", "i", json_int(post, "topic_id", 0)) == 0;
	if (json_bool(post, "yours", false) && stays && json_int(post, "post_type", 0) == 1)
		write_refused(r, w, N_("This post is too old to change."));
	else
		response_forbidden(r, w);
	return false;
}

/* A topic that moves keeps to what its new category asks for. False is answered. */
static bool tags_fit(struct request *r, struct response *w, const struct change *c)
{
	return c->category_id <= 0 || write_tags_allowed(r, w, (int)sql_get_int(r->db, 0,
		"SELECT count(*) FROM topic_tag WHERE topic_id = ?", "i", c->topic_id), c->category_id);
}

static bool edit_text(struct forum *f, const struct request *r, const struct change *c, const char *now,
	struct error *err)
{
	const char *original = c->original == NULL ? now : forum_post_tidy(f->mem, c->original);
	if (!str_equal(original, now))
		return fail(err, ERR_CONFLICT, N_("Somebody else changed this post first."));
	if (c->raw == NULL)
		return true;
	const char *raw = forum_post_tidy(f->mem, c->raw);
	const struct post_edit e = {.post_id = c->post_id, .user_id = r->me.user_id, .raw = raw, .reason = c->reason};
	return forum_post_check_raw(f, raw, c->message, c->first, err) && forum_post_edit(f, &e, err);
}

static bool edit_topic(struct forum *f, const struct request *r, const struct change *c, struct error *err)
{
	const char *now = sql_get_text(f->db, f->mem, "SELECT title FROM topic WHERE id = ?", "i", c->topic_id);
	const char *title = str_equal(c->title, now) ? NULL : c->title;
	if (title == NULL && c->category_id == 0)
		return true;
	return (title == NULL || forum_title_check(f, title, c->message, c->topic_id, err)) &&
		forum_topic_edit(f, c->topic_id, r->me.user_id, title, c->category_id, err);
}

static bool advance_draft(struct forum *f, const struct request *r, const struct change *c, struct error *err)
{
	if (r->me.by == AUTH_ADMIN_KEY || request_param_bool(r, "keep_existing_draft", false))
		return true;
	return forum_draft_advance(f, r->me.user_id, forum_draft_key(f->mem, c->topic_id, false), err) &&
		forum_publish_drafts(f, r->me.user_id);
}

static void update(struct request *r, struct response *w)
{
	struct change c;
	struct error err = {0};
	struct forum f = forum_of(r);
	struct json *post = write_post(r, w, request_part_id(r, "id"));
	if (post == NULL)
		return;
	const char *now = arena_strdup(r->mem, str_or_empty(json_string(post, "raw")));
	read_change(r, post, &c);
	bool may = may_edit(r, w, post);
	json_free(post);
	if (!may)
		return;
	if (c.raw == NULL && c.title == NULL && c.category_id == 0) {
		response_invalid(r, w, "post");
		return;
	}
	if (!tags_fit(r, w, &c) || !pace_allows(r, w, PACE_EDIT))
		return;
	if (edit_text(&f, r, &c, now, &err) && edit_topic(&f, r, &c, &err) && advance_draft(&f, r, &c, &err))
		write_answer_post(r, w, c.post_id, "post");
	else
		write_failed(r, w, &err);
}

/* A post of the route that says `right` is true; 0 is answered. */
static int64_t post_with_right(struct request *r, struct response *w, const char *right)
{
	struct json *post = write_post(r, w, request_part_id(r, "id"));
	if (post == NULL)
		return 0;
	int64_t id = json_bool(post, right, false) ? json_int(post, "id", 0) : 0;
	if (id == 0)
		response_forbidden(r, w);
	json_free(post);
	return id;
}

static void destroy(struct request *r, struct response *w)
{
	struct error err = {0};
	struct forum f = forum_of(r);
	int64_t id = post_with_right(r, w, "can_delete");
	if (id == 0)
		return;
	if (forum_post_delete(&f, id, r->me.user_id, &err))
		write_done(w);
	else
		write_failed(r, w, &err);
}

static void recover(struct request *r, struct response *w)
{
	struct error err = {0};
	struct forum f = forum_of(r);
	int64_t id = post_with_right(r, w, "can_recover");
	if (id == 0)
		return;
	if (forum_post_recover(&f, id, r->me.user_id, &err))
		write_answer_post(r, w, id, NULL);
	else
		write_failed(r, w, &err);
}

const struct route post_change_write_routes[] = {
	{"PUT", "/posts/:id", update, ROUTE_LOGIN},
	{"DELETE", "/posts/:id", destroy, ROUTE_LOGIN},
	{"PUT", "/posts/:id/recover", recover, ROUTE_LOGIN},
	{0},
};
