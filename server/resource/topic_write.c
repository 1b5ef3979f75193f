#include "write.h"

#include "forum_category.h"
#include "forum_post.h"
#include "forum_publish.h"
#include "forum_topic.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* Changing what a topic is: title, category, tags; and for staff its state. */

static int64_t first_post(struct request *r, int64_t topic_id)
{
	return sql_get_int(r->db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = 1", "i", topic_id);
}

/* Who may change the first post may change its topic. False is answered. */
static bool may_change(struct request *r, struct response *w, int64_t topic_id)
{
	struct json *post = write_topic_visible(r, w, topic_id) ? write_post(r, w, first_post(r, topic_id)) : NULL;
	if (post == NULL)
		return false;
	bool may = json_bool(post, "can_edit", false);
	json_free(post);
	if (!write_voice(r, w))
		return false;
	if (!may)
		response_forbidden(r, w);
	return may;
}

/* What the editor started from is still there; else somebody else was first. */
static bool unchanged(struct request *r, const char *title, struct error *err)
{
	const char *original = request_param(r, "original_title");
	return original == NULL || str_equal(original, title) ||
		fail(err, ERR_CONFLICT, N_("Somebody else changed this topic first."));
}

struct topic_change {
	int64_t id, category_id;
	const char *title;
	bool message;
};

static void read_change(struct request *r, struct topic_change *c)
{
	const char *title = write_param(r, (const char *const[]){"title", "topic[title]", NULL});
	const char *category = write_param(r, (const char *const[]){"category_id", "topic[category_id]", NULL});
	c->title = title == NULL ? NULL : str_trim(arena_strdup(r->mem, title));
	c->message = sql_get_int(r->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
		c->id) == 1;
	if (!c->message && !str_empty(category) && !str_to_int(category, 1, INT64_MAX, &c->category_id))
		c->category_id = -1;
}

static bool change_topic(struct request *r, struct forum *f, struct topic_change *c, struct error *err)
{
	const char *now = sql_get_text(r->db, r->mem, "SELECT title FROM topic WHERE id = ?", "i", c->id);
	if (!unchanged(r, now, err))
		return false;
	if (str_equal(c->title, now))
		c->title = NULL;
	return (c->title == NULL || forum_title_check(f, c->title, c->message, c->id, err)) &&
		((c->title == NULL && c->category_id == 0) ||
			forum_topic_edit(f, c->id, r->me.user_id, c->title, c->category_id, err));
}

static bool change_tags(struct request *r, struct forum *f, int64_t topic_id, const char *const *tag, int count,
	struct error *err)
{
	return count < 0 || (forum_topic_set_tags(f, topic_id, tag, count, err) &&
		forum_publish_post(f, first_post(r, topic_id), "revised"));
}

static void answer_topic(struct request *r, struct response *w, int64_t id)
{
	struct json *root = json_object(), *topic = json_add_object(root, "basic_topic");
	struct sql_query *q = sql_query(r->db, "SELECT title, slug, posts_count FROM topic WHERE id = ?", "i", id);
	json_add_int(topic, "id", id);
	if (sql_next(q)) {
		json_add_string(topic, "title", sql_text(q, 0));
		json_add_string(topic, "fancy_title", forum_escape(r->mem, sql_text(q, 0)));
		json_add_string(topic, "slug", sql_text(q, 1));
		json_add_int(topic, "posts_count", sql_int(q, 2));
	}
	sql_end(q, NULL);
	response_json(w, root);
}

static void update(struct request *r, struct response *w)
{
	struct topic_change c = {.id = request_part_id(r, "id")};
	struct forum f = forum_of(r);
	struct error err = {0};
	const char *const *tag;
	if (!may_change(r, w, c.id))
		return;
	read_change(r, &c);
	int tags = c.message ? -1 : write_tags(r, &tag);
	int64_t category = c.category_id != 0 ? c.category_id
		: sql_get_int(r->db, 0, "SELECT category_id FROM topic WHERE id = ?", "i", c.id);
	int kept = tags >= 0 ? tags
		: (int)sql_get_int(r->db, 0, "SELECT count(*) FROM topic_tag WHERE topic_id = ?", "i", c.id);
	if ((tags >= 0 || c.category_id > 0) && !write_tags_allowed(r, w, kept, category))
		return;
	if (change_topic(r, &f, &c, &err) && change_tags(r, &f, c.id, tag, tags, &err))
		answer_topic(r, w, c.id);
	else
		write_failed(r, w, &err);
}

static bool set_archived(struct forum *f, int64_t id, int64_t user_id, bool on, struct error *err)
{
	struct posted p;
	return sql_run(f->db, err, "UPDATE topic SET archived = ? WHERE id = ?", "ni", (int)on, id) &&
		forum_post_small_action(f, id, user_id, on ? "archived.enabled" : "archived.disabled", NULL, &p, err);
}

static bool set_visible(struct forum *f, int64_t id, int64_t user_id, bool on, struct error *err)
{
	struct posted p;
	return sql_run(f->db, err, "UPDATE topic SET visible = ? WHERE id = ?", "ni", (int)on, id) &&
		forum_post_small_action(f, id, user_id, on ? "visible.enabled" : "visible.disabled", NULL, &p, err);
}

static bool set_pinned(struct forum *f, int64_t id, int64_t user_id, bool on, struct error *err)
{
	(void)user_id;
	return forum_topic_pin(f, id, false, on ? f->now_ms : 0, err);
}

static bool set_pinned_globally(struct forum *f, int64_t id, int64_t user_id, bool on, struct error *err)
{
	(void)user_id;
	return forum_topic_pin(f, id, on, on ? f->now_ms : 0, err);
}

static const struct {
	const char *name;
	bool (*set)(struct forum *f, int64_t id, int64_t user_id, bool on, struct error *err);
} states[] = {
	{"closed", forum_topic_close}, {"archived", set_archived}, {"visible", set_visible}, {"pinned", set_pinned},
	{"pinned_globally", set_pinned_globally},
};

static void set_state(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	struct forum f = forum_of(r);
	struct error err = {0};
	size_t i = 0, count = sizeof states / sizeof states[0];
	while (i < count && !str_equal(states[i].name, request_param(r, "status")))
		i++;
	if (i == count || request_param(r, "enabled") == NULL) {
		response_invalid(r, w, i == count ? "status" : "enabled");
		return;
	}
	if (!write_topic_visible(r, w, id))
		return;
	if (!states[i].set(&f, id, r->me.user_id, request_param_bool(r, "enabled", false), &err) ||
		!forum_publish_post(&f, first_post(r, id), "stats")) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	json_add_null(root, "topic_status_update");
	response_json(w, root);
}

static void destroy(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	struct forum f = forum_of(r);
	struct error err = {0};
	struct json *post = write_topic_visible(r, w, id) ? write_post(r, w, first_post(r, id)) : NULL;
	if (post == NULL)
		return;
	bool may = json_bool(post, "can_delete", false);
	json_free(post);
	if (!may)
		response_forbidden(r, w);
	else if (forum_post_delete(&f, first_post(r, id), r->me.user_id, &err))
		write_done(w);
	else
		write_failed(r, w, &err);
}

const struct route topic_write_routes[] = {
	{"PUT", "/t/:slug/:id", update, ROUTE_LOGIN},
	{"PUT", "/t/:id", update, ROUTE_LOGIN},
	{"PUT", "/t/:id/status", set_state, ROUTE_STAFF},
	{"DELETE", "/t/:id", destroy, ROUTE_LOGIN},
	{0},
};
