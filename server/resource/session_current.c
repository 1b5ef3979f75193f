#include "forum_event.h"
#include "notification_encode.h"
#include "people.h"
#include "resources.h"

/* GET /session/current: everything a client wants to know about its own member at once. */

static void groups_encode(struct request *r, struct json *into)
{
	struct json *groups = json_add_array(into, "groups");
	struct sql_query *q = sql_query(r->db,
		"SELECT g.id, g.automatic, g.name, g.messageable, m.owner FROM group_member m JOIN groups g"
		" ON g.id = m.group_id WHERE m.user_id = ? ORDER BY g.id", "i", r->me.user_id);
	while (sql_next(q)) {
		struct json *group = json_append_object(groups);
		json_add_int(group, "id", sql_int(q, 0));
		json_add_bool(group, "automatic", sql_int(q, 1));
		json_add_string(group, "name", sql_text(q, 2));
		json_add_string(group, "display_name", sql_text(q, 2));
		json_add_bool(group, "has_messages", !sql_int(q, 1) && sql_int(q, 3));
		if (sql_int(q, 4))
			json_add_bool(group, "owner", true);
	}
	sql_end(q, NULL);
}

static void category_levels_encode(struct request *r, struct json *into)
{
	static const struct {
		const char *name;
		int level;
	} lists[] = {
		{"muted_category_ids", 0}, {"indirectly_muted_category_ids", -1}, {"regular_category_ids", 1},
		{"tracked_category_ids", 2}, {"watched_category_ids", 3}, {"watched_first_post_category_ids", 4},
	};
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		struct json *ids = json_add_array(into, lists[i].name);
		struct sql_query *q = sql_query(r->db,
			"SELECT category_id FROM category_user WHERE user_id = ? AND notification_level = ? ORDER BY 1",
			"in", r->me.user_id, lists[i].level);
		while (sql_next(q))
			json_append_int(ids, sql_int(q, 0));
		sql_end(q, NULL);
	}
}

static void ignored_encode(struct request *r, struct json *into)
{
	struct json *names = json_add_array(into, "ignored_users");
	struct sql_query *q = sql_query(r->db,
		"SELECT u.username FROM user_relation x JOIN user u ON u.id = x.other_id WHERE x.user_id = ?1"
		" AND x.kind = 'ignore'"
		" AND (x.until_ms IS NULL OR x.until_ms > ?2) ORDER BY 1", "ii", r->me.user_id, r->now_ms);
	while (sql_next(q))
		json_append_string(names, sql_text(q, 0));
	sql_end(q, NULL);
}

static void option_encode(struct request *r, struct json *into)
{
	struct json *option = json_add_object(into, "user_option");
	json_add_bool(option, "mailing_list_mode", false);
	json_add_bool(option, "external_links_in_new_tab", false);
	json_add_bool(option, "enable_quoting", true);
	json_add_bool(option, "dynamic_favicon", false);
	json_add_string(option, "title_count_mode", "notifications");
	json_add_string(option, "timezone", r->me.timezone);
	json_add_bool(option, "skip_new_user_tips", false);
	json_add_string(option, "default_calendar", "none_selected");
	json_add_int(option, "bookmark_auto_delete_preference", 3);
	json_add_bool(option, "should_be_redirected_to_top", false);
}

static void unread_encode(struct request *r, struct json *into)
{
	struct notification_counts n;
	notification_count(r->db, r->me.user_id, &n);
	json_add_int(into, "unread_notifications", n.unread);
	json_add_int(into, "unread_high_priority_notifications", n.unread_high_priority);
	json_add_int(into, "all_unread_notifications_count", n.all_unread);
	json_add_int(into, "new_personal_messages_notifications_count", n.new_messages);
	json_add_bool(into, "read_first_notification", n.all_unread == 0);
	struct json *grouped = json_add_object(into, "grouped_unread_notifications");
	struct sql_query *q = sql_query(r->db,
		"SELECT CAST(type AS TEXT), count(*) FROM notification WHERE user_id = ? AND NOT read GROUP BY type",
		"i", r->me.user_id);
	while (sql_next(q))
		json_add_int(grouped, sql_text(q, 0), sql_int(q, 1));
	sql_end(q, NULL);
	json_add_int(into, "notification_channel_position", sql_get_int(r->db, 0,
		"SELECT last_id FROM bus_channel WHERE channel = '/notification/' || ?", "i", r->me.user_id));
}

static void rights_encode(struct request *r, struct json *me)
{
	bool settled = r->me.staff || r->me.trust_level >= 1;
	json_add_bool(me, "can_create_group", r->me.admin);
	json_add_bool(me, "can_create_topic", true);
	json_add_bool(me, "can_edit", true);
	json_add_bool(me, "can_invite_to_forum", false);
	json_add_bool(me, "can_send_private_messages", settled);
	json_add_bool(me, "can_send_private_email_messages", false);
	json_add_bool(me, "can_upload_avatar", false);
	json_add_bool(me, "can_ignore_users", settled);
	json_add_bool(me, "can_mute_users", settled);
	json_add_bool(me, "can_delete_account", false);
	json_add_bool(me, "can_post_anonymously", false);
	json_add_bool(me, "can_review", r->me.staff);
	json_add_bool(me, "can_view_raw_email", false);
	json_add_bool(me, "can_create_discourse_post_event", forum_event_may_create(r->db, forum_viewer(r)));
}

static void member_encode(struct request *r, struct json *me)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT username, name, title, seen_notification_id, status_emoji, status_text, status_ends_ms,"
		" (SELECT count(*) FROM draft WHERE user_id = user.id AND data IS NOT NULL),"
		" (SELECT count(*) FROM pending_post WHERE user_id = user.id),"
		" (SELECT count(*) FROM topic WHERE user_id = user.id AND deleted_ms IS NULL AND archetype = 'regular'),"
		" (SELECT count(*) FROM post WHERE user_id = user.id AND post_number > 1),"
		" totp_secret IS NOT NULL, last_seen_ms FROM user WHERE id = ?", "i", r->me.user_id);
	if (sql_next(q)) {
		user_brief_encode(r, me, r->me.user_id, sql_text(q, 0), sql_text(q, 1));
		json_add_string(me, "title", sql_text(q, 2));
		json_add_int(me, "seen_notification_id", sql_int(q, 3));
		user_status_encode(r, me, "status", sql_text(q, 4), sql_text(q, 5), sql_int(q, 6));
		json_add_int(me, "draft_count", sql_int(q, 7));
		json_add_int(me, "pending_posts_count", sql_int(q, 8));
		json_add_int(me, "topic_count", sql_int(q, 9));
		json_add_int(me, "reply_count", sql_int(q, 10));
		json_add_bool(me, "second_factor_enabled", sql_int(q, 11));
		json_add_time_ms(me, "previous_visit_at", sql_int(q, 12), 0);
	}
	sql_end(q, NULL);
}

static void session_current(struct request *r, struct response *w)
{
	if (r->me.user_id == 0) {
		response_not_found(r, w);
		return;
	}
	struct json *answer = json_object(), *me = json_add_object(answer, "current_user");
	member_encode(r, me);
	unread_encode(r, me);
	json_add_bool(me, "admin", r->me.admin);
	json_add_bool(me, "moderator", r->me.moderator);
	json_add_bool(me, "staff", r->me.staff);
	json_add_int(me, "trust_level", r->me.trust_level);
	rights_encode(r, me);
	json_add_object(me, "custom_fields");
	category_levels_encode(r, me);
	json_add_null(me, "dismissed_banner_key");
	json_add_bool(me, "is_anonymous", false);
	ignored_encode(r, me);
	json_add_null(me, "primary_group_id");
	json_add_null(me, "do_not_disturb_until");
	json_add_bool(me, "has_unseen_features", false);
	groups_encode(r, me);
	option_encode(r, me);
	response_json(w, answer);
}

const struct route session_current_routes[] = {
	{"GET", "/session/current", session_current, ROUTE_ANYONE},
	{0},
};
