#include "write.h"

#include "forum_bookmark.h"
#include "forum_post.h"
#include "pace.h"
#include "resources.h"
#include "str.h"
#include "text.h"

enum { MaxName = 100, DefaultDelete = 3 };

struct bookmark {
	int64_t thing_id, reminder_ms;
	const char *type, *name;
	int64_t auto_delete;
};

/* False is answered. */
static bool read_details(struct request *r, struct response *w, struct bookmark *b)
{
	b->name = request_param(r, "name");
	b->auto_delete = request_param_int(r, "auto_delete_preference", DefaultDelete);
	if (b->auto_delete < 0 || b->auto_delete > DefaultDelete) {
		response_invalid(r, w, "auto_delete_preference");
		return false;
	}
	if (!write_time(r, w, "reminder_at", &b->reminder_ms))
		return false;
	const char *refusal = b->name != NULL && write_length(b->name) > MaxName ? N_("This note is too long.")
		: b->reminder_ms != 0 && b->reminder_ms <= r->now_ms ? N_("The time of the reminder is over.") : NULL;
	if (refusal != NULL)
		write_failed_400(r, w, refusal);
	return refusal == NULL;
}

static bool already(struct request *r, const struct bookmark *b)
{
	return sql_get_int(r->db, 0, "SELECT 1 FROM bookmark WHERE user_id = ? AND bookmarkable_type = ?"
		" AND bookmarkable_id = ?", "isi", r->me.user_id, b->type, b->thing_id) == 1;
}

static void create(struct request *r, struct response *w)
{
	int64_t id = 0;
	struct forum f = forum_of(r);
	struct error err = {0};
	const char *post = request_param(r, "post_id"); /* older clients */
	struct bookmark b = {.type = post != NULL ? "Post" : request_param(r, "bookmarkable_type"),
		.thing_id = request_param_int(r, post != NULL ? "post_id" : "bookmarkable_id", 0)};
	if (str_empty(b.type) || b.thing_id <= 0) {
		response_invalid(r, w, str_empty(b.type) ? "bookmarkable_type" : "bookmarkable_id");
		return;
	}
	if (!read_details(r, w, &b))
		return;
	if (already(r, &b)) {
		write_failed_400(r, w, N_("You have already saved this."));
		return;
	}
	if (!pace_allows(r, w, PACE_BOOKMARK))
		return;
	if (!forum_bookmark_create(&f, r->me.user_id, b.type, b.thing_id, b.name, b.reminder_ms,
			(int)b.auto_delete, 0, &id, &err)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	json_add_int(root, "id", id);
	response_json(w, root);
}

/* The requester's own bookmark of the route; false is answered. */
static bool find(struct request *r, struct response *w, struct bookmark *b)
{
	struct sql_query *q = sql_query(r->db, "SELECT bookmarkable_type, bookmarkable_id FROM bookmark WHERE id = ?"
		" AND user_id = ?", "ii", request_part_id(r, "id"), r->me.user_id);
	bool found = sql_next(q);
	if (found)
		*b = (struct bookmark){.type = sql_text_in(q, 0, r->mem), .thing_id = sql_int(q, 1)};
	sql_end(q, NULL);
	if (!found)
		response_not_found(r, w);
	return found;
}

static void update(struct request *r, struct response *w)
{
	struct bookmark b;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &b) || !read_details(r, w, &b))
		return;
	if (forum_bookmark_create(&f, r->me.user_id, b.type, b.thing_id, b.name, b.reminder_ms,
			(int)b.auto_delete, 0, NULL, &err))
		response_success(w);
	else
		write_failed(r, w, &err);
}

/* Is something else of the same topic still kept? */
static bool topic_kept(struct request *r, const struct bookmark *b)
{
	return sql_get_int(r->db, 0, "SELECT EXISTS (SELECT 1 FROM bookmark b LEFT JOIN post p"
		" ON b.bookmarkable_type = 'Post' AND p.id = b.bookmarkable_id WHERE b.user_id = ?1"
		" AND coalesce(p.topic_id, b.bookmarkable_id) ="
		" CASE ?2 WHEN 'Post' THEN (SELECT topic_id FROM post WHERE id = ?3) ELSE ?3 END)", "isi",
		r->me.user_id, b->type, b->thing_id) == 1;
}

static void destroy(struct request *r, struct response *w)
{
	struct bookmark b;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &b))
		return;
	if (!forum_bookmark_delete(&f, r->me.user_id, request_part_id(r, "id"), &err)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	json_add_bool(root, "topic_bookmarked", topic_kept(r, &b));
	response_json(w, root);
}

const struct route bookmark_write_routes[] = {
	{"POST", "/bookmarks", create, ROUTE_LOGIN},
	{"PUT", "/bookmarks/:id", update, ROUTE_LOGIN},
	{"DELETE", "/bookmarks/:id", destroy, ROUTE_LOGIN},
	{0},
};
