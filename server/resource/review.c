#include "forum_review.h"
#include "resources.h"
#include "str.h"
#include "write.h"

/* Posts that wait for a moderator: the list, and saying yes or no. */

enum { PerPage = 60 };

static void item_encode(struct request *r, struct json *into, const struct pending_post *p)
{
	json_add_int(into, "id", p->id);
	json_add_string(into, "type", "ReviewableQueuedPost");
	json_add_int(into, "status", 0);
	json_add_int(into, "version", 0);
	json_add_time_ms(into, "created_at", p->created_ms, 0);
	if (p->topic_id != 0)
		json_add_int(into, "topic_id", p->topic_id);
	if (p->category_id != 0)
		json_add_int(into, "category_id", p->category_id);
	struct json *payload = json_add_object(into, "payload"), *actions;
	json_add_string(payload, "title", p->title);
	json_add_string(payload, "raw", p->raw);
	json_add_string(payload, "archetype", p->message ? "private_message" : "regular");
	user_brief_encode(r, json_add_object(into, "created_by"), p->user_id, p->username,
		sql_get_text(r->db, r->mem, "SELECT name FROM user WHERE id = ?", "i", p->user_id));
	actions = json_add_array(into, "actions");
	json_add_string(json_append_object(actions), "id", "approve_post");
	json_add_string(json_append_object(actions), "id", "reject_post");
}

static void list(struct request *r, struct response *w)
{
	struct forum f = forum_of(r);
	struct pending_post *item = ARENA_ARRAY(r->mem, PerPage, struct pending_post);
	int count = forum_review_list(&f, item, PerPage);
	struct json *root = json_object(), *rows = json_add_array(root, "reviewables");
	for (int i = 0; i < count; i++)
		item_encode(r, json_append_object(rows), &item[i]);
	struct json *meta = json_add_object(root, "meta");
	json_add_int(meta, "total_rows_reviewables", forum_review_count(r->db));
	json_add_string(meta, "status", "pending");
	response_json(w, root);
}

static void answer(struct request *r, struct response *w, int64_t id, const struct posted *made)
{
	struct json *root = json_object(), *result = json_add_object(root, "reviewable_perform_result");
	json_add_bool(result, "success", true);
	json_add_string(result, "transition_to", made != NULL ? "approved" : "rejected");
	json_add_int(result, "transition_to_id", made != NULL ? 1 : 2);
	if (made != NULL) {
		json_add_int(result, "created_post_id", made->post_id);
		json_add_int(result, "created_post_topic_id", made->topic_id);
	}
	json_append_int(json_add_array(result, "remove_reviewable_ids"), id);
	json_add_int(result, "version", 1);
	json_add_int(result, "reviewable_count", forum_review_count(r->db));
	response_json(w, root);
}

static void perform(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	const char *action = request_part(r, "action");
	bool approve = str_equal(action, "approve_post") || str_equal(action, "approve");
	struct forum f = forum_of(r);
	struct error err = {0};
	struct posted made;
	if (!approve && !str_equal(action, "reject_post") && !str_equal(action, "reject"))
		response_invalid(r, w, "action_id");
	else if (approve ? forum_review_approve(&f, id, &made, &err) : forum_review_reject(&f, id, &err))
		answer(r, w, id, approve ? &made : NULL);
	else
		write_failed(r, w, &err);
}

static void unsilence(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	struct forum f = forum_of(r);
	struct error err = {0};
	if (sql_get_int(r->db, 0, "SELECT 1 FROM user WHERE id = ? AND id > 0", "i", id) != 1) {
		response_not_found(r, w);
		return;
	}
	if (!forum_user_unsilence(&f, id, &err)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object(), *result = json_add_object(root, "unsilence");
	json_add_bool(result, "silenced", false);
	json_add_null(result, "silence_reason");
	json_add_null(result, "silenced_till");
	response_json(w, root);
}

const struct route review_routes[] = {
	{"GET", "/review", list, ROUTE_STAFF},
	{"PUT", "/review/:id/perform/:action", perform, ROUTE_STAFF},
	{"PUT", "/admin/users/:id/unsilence", unsilence, ROUTE_STAFF},
	{0},
};
