#include "write.h"

#include "event_view.h"
#include "forum_publish.h"
#include "forum_user.h"
#include "people.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* Answers to an event, and inviting people to it. */

enum { BulkMembers = 500 };

/* The event of the route's :id; false is answered. */
static bool find(struct request *r, struct response *w, struct event_view *v)
{
	int64_t id = request_part_id(r, "id");
	if (people_setting_on(r, "discourse_post_event_enabled", true) &&
		forum_post_visible(r->db, forum_viewer(r), id) && event_view_load(r, id, v))
		return true;
	response_not_found(r, w);
	return false;
}

/* An organiser acts for everybody; others for themselves. */
static bool may_act_for(struct request *r, struct response *w, const struct event_view *v, int64_t user_id)
{
	if (user_id == r->me.user_id || v->mine_to_act)
		return true;
	response_forbidden(r, w);
	return false;
}

static void answer(struct request *r, struct response *w, int64_t event_id, int64_t invitee_id)
{
	struct event_view v;
	struct json *root = json_object(), *invitee = json_add_object(root, "invitee");
	event_view_load(r, event_id, &v);
	struct sql_query *q = sql_query(r->db,
		"SELECT " INVITEE_COLUMNS " FROM invitee i JOIN user u ON u.id = i.user_id WHERE i.id = ?", "i",
		invitee_id);
	if (sql_next(q))
		invitee_encode(r, invitee, &v, q);
	sql_end(q, NULL);
	response_json(w, root);
}

static void set(struct request *r, struct response *w, const struct event_view *v, int64_t user_id)
{
	struct forum f = forum_of(r);
	struct error err = {0};
	int64_t invitee_id = 0;
	if (forum_invitee_set(&f, v->id, user_id, request_param(r, "invitee[status]"),
			request_param_bool(r, "invitee[recurring]", false), 0, false, &invitee_id, &err))
		answer(r, w, v->id, invitee_id);
	else
		write_failed(r, w, &err);
}

/* A member who has already answered gets that answer back, unchanged. */
static void create(struct request *r, struct response *w)
{
	struct event_view v;
	int64_t user_id = request_param_int(r, "invitee[user_id]", r->me.user_id);
	if (!find(r, w, &v) || !may_act_for(r, w, &v, user_id))
		return;
	if (sql_get_int(r->db, 0, "SELECT 1 FROM user WHERE id = ? AND id > 0", "i", user_id) != 1) {
		response_invalid(r, w, "invitee[user_id]");
		return;
	}
	int64_t known = sql_get_int(r->db, 0, "SELECT id FROM invitee WHERE event_id = ? AND user_id = ?"
		" AND status IS NOT NULL", "ii", v.id, user_id);
	if (known != 0)
		answer(r, w, v.id, known);
	else
		set(r, w, &v, user_id);
}

/* Whose answer the route's :invitee_id is; 0 is answered. */
static int64_t member_of_route(struct request *r, struct response *w, const struct event_view *v)
{
	int64_t user_id = sql_get_int(r->db, 0, "SELECT user_id FROM invitee WHERE id = ? AND event_id = ?", "ii",
		request_part_id(r, "invitee_id"), v->id);
	if (user_id == 0)
		response_not_found(r, w);
	return user_id != 0 && may_act_for(r, w, v, user_id) ? user_id : 0;
}

static void update(struct request *r, struct response *w)
{
	struct event_view v;
	int64_t user_id = find(r, w, &v) ? member_of_route(r, w, &v) : 0;
	if (user_id != 0)
		set(r, w, &v, user_id);
}

static void withdraw(struct request *r, struct response *w)
{
	struct event_view v;
	struct forum f = forum_of(r);
	struct error err = {0};
	int64_t user_id = find(r, w, &v) ? member_of_route(r, w, &v) : 0;
	if (user_id == 0)
		return;
	if (forum_invitee_remove(&f, v.id, user_id, &err))
		response_success(w);
	else
		write_failed(r, w, &err);
}

static void invite(struct request *r, struct response *w)
{
	struct event_view v;
	const char *const *name;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &v) || !may_act_for(r, w, &v, 0))
		return;
	bool ok = true;
	int count = request_param_list(r, "invites", &name);
	for (int i = 0; ok && i < count; i++) {
		int64_t user_id = forum_user_id(r->db, name[i]);
		ok = user_id <= 0 || forum_event_invite(&f, v.id, r->me.user_id, user_id, &err);
	}
	if (ok && forum_publish_event(&f, v.id))
		response_success(w);
	else
		write_failed(r, w, &err);
}

/* A member or every member of a group, with an answer when one is given. */
static bool bring(struct forum *f, const struct request *r, int64_t event_id, const char *who, const char *status,
	struct error *err)
{
	int64_t user[BulkMembers];
	int count = 0;
	struct sql_query *q = sql_query(f->db, "SELECT id FROM user WHERE id > 0 AND active"
		" AND (username = ?1 OR email = ?1 COLLATE NOCASE) UNION SELECT m.user_id FROM groups g"
		" JOIN group_member m ON m.group_id = g.id WHERE g.name = ?1", "s", who);
	while (count < BulkMembers && sql_next(q))
		user[count++] = sql_int(q, 0);
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < count; i++)
		ok = forum_event_invite(f, event_id, r->me.user_id, user[i], err) && (status == NULL ||
			forum_invitee_set(f, event_id, user[i], status, false, 0, true, NULL, err));
	return ok;
}

static const char *known_answer(const char *text)
{
	static const char *const answers[] = {"going", "interested", "not_going"};
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
		if (str_equal(text, answers[i]))
			return answers[i];
	return NULL;
}

/* invitees[0][identifier]=anna, invitees[0][attendance]=going. Names that are not known are left out. */
static void bulk_invite(struct request *r, struct response *w)
{
	struct event_view v;
	struct forum f = forum_of(r);
	struct error err = {0};
	const char *who = NULL;
	bool ok = true, any = false;
	if (!find(r, w, &v) || !may_act_for(r, w, &v, 0))
		return;
	for (const struct param *p = request_params(r); ok && p->name != NULL; p++) {
		if (!str_starts(p->name, "invitees["))
			continue;
		if (str_ends(p->name, "[identifier]")) {
			who = p->value;
			any = true;
			ok = bring(&f, r, v.id, who, NULL, &err);
		} else if (str_ends(p->name, "[attendance]") && who != NULL && known_answer(p->value) != NULL) {
			ok = bring(&f, r, v.id, who, known_answer(p->value), &err);
		}
	}
	if (!any)
		response_invalid(r, w, "invitees");
	else if (ok && forum_publish_event(&f, v.id))
		response_success(w);
	else
		write_failed(r, w, &err);
}

static void destroy(struct request *r, struct response *w)
{
	struct event_view v;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &v) || !may_act_for(r, w, &v, 0))
		return;
	if (forum_event_store(&f, v.id, v.topic_id, NULL, &err) && forum_publish_event(&f, v.id))
		response_success(w);
	else
		write_failed(r, w, &err);
}

const struct route event_write_routes[] = {
	{"DELETE", "/discourse-post-event/events/:id", destroy, ROUTE_LOGIN},
	{"POST", "/discourse-post-event/events/:id/invite", invite, ROUTE_LOGIN},
	{"POST", "/discourse-post-event/events/:id/bulk-invite", bulk_invite, ROUTE_LOGIN},
	{"POST", "/discourse-post-event/events/:id/invitees", create, ROUTE_LOGIN},
	{"PUT", "/discourse-post-event/events/:id/invitees/:invitee_id", update, ROUTE_LOGIN},
	{"DELETE", "/discourse-post-event/events/:id/invitees/:invitee_id", withdraw, ROUTE_LOGIN},
	{0},
};
