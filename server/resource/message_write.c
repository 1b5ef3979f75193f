#include "write.h"

#include "bus.h"
#include "forum_group.h"
#include "forum_notice.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* Where a member keeps a message, and who takes part in it. */

/* A message in which the requester takes part; false is answered. */
static bool my_message(struct request *r, struct response *w, int64_t topic_id)
{
	if (sql_get_int(r->db, 0, "SELECT 1 FROM topic t WHERE t.id = ?3 AND " FORUM_MESSAGE_MINE("t"), "ini",
			FORUM_VIEWER(forum_viewer(r)), topic_id) == 1)
		return true;
	response_not_found(r, w);
	return false;
}

/* Who began a message, and staff, choose who takes part. */
static bool my_message_to_share(struct request *r, struct response *w, int64_t topic_id)
{
	if (!my_message(r, w, topic_id))
		return false;
	if (r->me.staff || sql_get_int(r->db, 0, "SELECT user_id FROM topic WHERE id = ?", "i",
		topic_id) == r->me.user_id)
		return true;
	response_error(w, 403, "invalid_access", "%s", say(r, "Only the writer of a message can add people to it."));
	return false;
}

static void publish(struct request *r, int64_t topic_id, const char *what)
{
	struct json *j = json_object();
	json_add_string(j, "type", what);
	json_add_int(j, "id", topic_id);
	bus_publish(r->server->bus, r->now_ms, arena_printf(r->mem, "/topic/%lld", (long long)topic_id), j,
		&(struct bus_audience){.user_id = &r->me.user_id, .user_count = 1});
	json_free(j);
}

static void move(struct request *r, struct response *w, const char *statement, const char *what)
{
	int64_t id = request_part_id(r, "id");
	struct error err = {0};
	if (!my_message(r, w, id))
		return;
	if (!sql_run(r->db, &err, statement, "ii", id, r->me.user_id)) {
		write_failed(r, w, &err);
		return;
	}
	publish(r, id, what);
	response_success(w);
}

static void archive(struct request *r, struct response *w)
{
	move(r, w, "INSERT OR IGNORE INTO message_archived (topic_id, user_id) VALUES (?, ?)", "archived");
}

static void to_inbox(struct request *r, struct response *w)
{
	move(r, w, "DELETE FROM message_archived WHERE topic_id = ? AND user_id = ?", "move_to_inbox");
}

static void invite(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id"), user = forum_user_id(r->db, str_or_empty(request_param(r, "user")));
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!my_message_to_share(r, w, id))
		return;
	if (user <= 0) {
		write_refused(r, w, N_("This member does not exist."));
		return;
	}
	const struct new_notice n = {.user_id = user, .type = NOTICE_INVITED_TO_MESSAGE, .from_user_id = r->me.user_id,
		.topic_id = id, .post_number = 1};
	if (!forum_message_invite(&f, id, user, 0, &err) || !forum_notice_create(&f, &n, &err)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	const char *name = sql_get_text(r->db, r->mem, "SELECT username FROM user WHERE id = ?", "i", user);
	user_brief_encode(r, json_add_object(root, "user"), user, name,
		sql_get_text(r->db, r->mem, "SELECT name FROM user WHERE id = ?", "i", user));
	response_json(w, root);
}

static void invite_group(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	int64_t group = sql_get_int(r->db, 0, "SELECT id FROM groups WHERE name = ? AND messageable", "s",
		str_or_empty(request_param(r, "group")));
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!my_message_to_share(r, w, id))
		return;
	if (group == 0) {
		write_refused(r, w, N_("This group does not exist."));
		return;
	}
	if (!forum_message_invite(&f, id, 0, group, &err)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object(), *answer = json_add_object(root, "group");
	json_add_int(answer, "id", group);
	json_add_string(answer, "name", sql_get_text(r->db, r->mem, "SELECT name FROM groups WHERE id = ?", "i",
		group));
	response_json(w, root);
}

const struct route message_write_routes[] = {
	{"PUT", "/t/:id/archive-message", archive, ROUTE_LOGIN},
	{"PUT", "/t/:id/move-to-inbox", to_inbox, ROUTE_LOGIN},
	{"POST", "/t/:id/invite", invite, ROUTE_LOGIN},
	{"POST", "/t/:id/invite-group", invite_group, ROUTE_LOGIN},
	{0},
};
