#include "topic_view.h"

#include "bus.h"
#include "forum_category.h"
#include "forum_draft.h"
#include "forum_user.h"
#include "mem.h"
#include "panic.h"
#include "str.h"

enum { SummaryPosts = 50, MaxParticipants = 24 };
static const int64_t DayMs = 24 * 3600 * 1000;

static const char select_topic[] =
	"SELECT t.id, t.title, t.slug, t.category_id, t.archetype, t.user_id, t.last_post_user_id, t.created_ms,"
	" t.last_posted_ms, t.posts_count, t.highest_post_number, t.reply_count, t.like_count, t.views, t.closed,"
	" t.archived, t.visible, t.pinned_ms, t.pinned_globally, t.deleted_ms, t.slow_mode_s, t.bumped_ms,"
	" u.username, u.name, lu.username, lu.name, tu.last_read_post_number, tu.notification_level, tu.posted,"
	" EXISTS (SELECT 1 FROM post WHERE topic_id = t.id AND deleted_ms IS NOT NULL)"
	" FROM topic t JOIN user u ON u.id = t.user_id JOIN user lu ON lu.id = t.last_post_user_id"
	" LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1 WHERE t.id = ?2";

enum column {
	T_ID, T_TITLE, T_SLUG, T_CATEGORY, T_ARCHETYPE, T_USER, T_LAST_USER, T_CREATED,
	T_LAST_POSTED, T_POSTS, T_HIGHEST, T_REPLIES, T_LIKES, T_VIEWS, T_CLOSED, T_ARCHIVED,
	T_VISIBLE, T_PINNED, T_GLOBALLY, T_DELETED, T_SLOW, T_BUMPED,
	U_USERNAME, U_NAME, L_USERNAME, L_NAME, TU_READ, TU_LEVEL, TU_POSTED, HAS_DELETED,
};

static void append_posts(struct request *r, struct json *into, const int64_t *id, int count, bool raw)
{
	posts_encode(r, json_add_array(into, "posts"), id, count, POST_IN_TOPIC | (raw ? POST_RAW : 0));
}

void topic_posts_encode(struct request *r, struct json *into, int64_t topic_id, const int64_t *id, int count,
	bool raw)
{
	append_posts(r, json_add_object(into, "post_stream"), id, count, raw);
	json_add_int(into, "id", topic_id);
}

static void stream_encode(struct request *r, struct json *into, const struct topic_view *v)
{
	const struct id_list *ids = &v->stream.ids;
	struct json *stream = json_add_object(into, "post_stream");
	append_posts(r, stream, ids->id + v->window.from, v->window.count, v->raw);
	if (ids->count >= STREAM_MEGA) {
		json_add_bool(stream, "isMegaTopic", true);
		json_add_int(stream, "lastId", ids->id[ids->count - 1]);
		return;
	}
	struct json *all = json_add_array(stream, "stream");
	for (int i = 0; i < ids->count; i++)
		json_append_int(all, ids->id[i]);
}

/* [place in the stream, days ago], one row for each day that differs from the one before. */
static void timeline_encode(const struct request *r, struct json *into, const struct topic_stream *s)
{
	struct json *timeline = json_add_array(into, "timeline_lookup");
	int64_t last = -1;
	for (int i = 0; i < s->ids.count && s->ids.count < STREAM_MEGA; i++) {
		int64_t days = (r->now_ms - s->created_ms[i]) / DayMs;
		if (days == last)
			continue;
		last = days;
		struct json *row = json_array();
		json_append_int(row, i + 1);
		json_append_int(row, days);
		json_append(timeline, row);
	}
}

static void draft_encode(struct request *r, struct json *into, int64_t topic_id)
{
	const char *key = arena_printf(r->mem, "topic_%lld", (long long)topic_id);
	if (r->me.user_id == 0)
		return;
	json_add_string(into, "draft", sql_get_text(r->db, r->mem,
		"SELECT data FROM draft WHERE user_id = ? AND draft_key = ?", "is", r->me.user_id, key));
	json_add_string(into, "draft_key", key);
	json_add_int(into, "draft_sequence", forum_draft_sequence(r->db, r->me.user_id, key));
}

static void bookmarks_encode(struct request *r, struct json *into, int64_t topic_id)
{
	struct json *array = json_array();
	struct sql_query *q = sql_query(r->db, "SELECT b.id, b.bookmarkable_id, b.bookmarkable_type, b.name,"
		" b.reminder_ms,"
		" b.auto_delete, p.post_number FROM bookmark b LEFT JOIN post p ON b.bookmarkable_type = 'Post'"
		" AND p.id = b.bookmarkable_id WHERE b.user_id = ?1 AND (p.topic_id = ?2 OR (b.bookmarkable_type = 'Topic'"
		" AND b.bookmarkable_id = ?2)) ORDER BY b.id", "ii", r->me.user_id, topic_id);
	while (sql_next(q)) {
		struct json *b = json_append_object(array);
		json_add_int(b, "id", sql_int(q, 0));
		json_add_int(b, "bookmarkable_id", sql_int(q, 1));
		json_add_string(b, "bookmarkable_type", sql_text(q, 2));
		json_add_string(b, "name", sql_text(q, 3));
		json_add_time_ms(b, "reminder_at", sql_int(q, 4), 0);
		json_add_int(b, "auto_delete_preference", sql_int(q, 5));
		if (!sql_is_null(q, 6)) {
			json_add_int(b, "post_id", sql_int(q, 1));
			json_add_int(b, "post_number", sql_int(q, 6));
		}
	}
	sql_end(q, NULL);
	json_add_bool(into, "bookmarked", json_count(array) > 0);
	json_add(into, "bookmarks", array);
}

static void pending_encode(struct request *r, struct json *into, int64_t topic_id)
{
	if (r->me.user_id == 0)
		return;
	struct json *array = json_add_array(into, "pending_posts");
	struct sql_query *q = sql_query(r->db, "SELECT id, raw, created_ms FROM pending_post"
		" WHERE user_id = ? AND topic_id = ? ORDER BY id", "ii", r->me.user_id, topic_id);
	while (sql_next(q)) {
		struct json *pending = json_append_object(array);
		json_add_int(pending, "id", sql_int(q, 0));
		json_add_string(pending, "raw", sql_text(q, 1));
		json_add_time_ms(pending, "created_at", sql_int(q, 2), 0);
	}
	sql_end(q, NULL);
}

static void participants_encode(struct request *r, struct json *details, int64_t topic_id)
{
	static const char *const absent[] = {"primary_group_name", "flair_name", "flair_url", "flair_color",
		"flair_bg_color", "flair_group_id"};
	struct json *array = json_add_array(details, "participants");
	struct sql_query *q = sql_query(r->db, "SELECT u.id, u.username, u.name, c.n, u.admin, u.moderator,"
		" u.trust_level"
		" FROM (SELECT user_id, count(*) AS n FROM post WHERE topic_id = ? AND deleted_ms IS NULL AND post_type = 1"
		"  GROUP BY user_id ORDER BY n DESC, user_id LIMIT ?) c JOIN user u ON u.id = c.user_id"
		" ORDER BY c.n DESC, u.id", "in", topic_id, MaxParticipants);
	while (sql_next(q)) {
		struct json *person = json_append_object(array);
		user_brief_encode(r, person, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
		json_add_int(person, "post_count", sql_int(q, 3));
		for (size_t i = 0; i < COUNT(absent); i++)
			json_add_null(person, absent[i]);
		json_add_bool(person, "admin", sql_int(q, 4));
		json_add_bool(person, "moderator", sql_int(q, 5));
		json_add_int(person, "trust_level", sql_int(q, 6));
	}
	sql_end(q, NULL);
}

static void allowed_encode(struct request *r, struct json *details, int64_t topic_id)
{
	struct json *users = json_add_array(details, "allowed_users"),
		*groups = json_add_array(details, "allowed_groups");
	struct sql_query *q = sql_query(r->db, "SELECT u.id, u.username, u.name FROM topic_allowed a JOIN user u"
		" ON u.id = a.user_id WHERE a.topic_id = ? ORDER BY u.username", "i", topic_id);
	while (sql_next(q))
		user_brief_encode(r, json_append_object(users), sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	sql_end(q, NULL);
	q = sql_query(r->db, "SELECT g.id, g.name, g.full_name, g.automatic,"
		" (SELECT count(*) FROM group_member WHERE group_id = g.id) FROM topic_allowed a JOIN groups g"
		" ON g.id = a.group_id WHERE a.topic_id = ? ORDER BY g.name", "i", topic_id);
	while (sql_next(q)) {
		struct json *group = json_append_object(groups);
		json_add_int(group, "id", sql_int(q, 0));
		json_add_string(group, "name", sql_text(q, 1));
		json_add_string(group, "full_name", sql_text(q, 2));
		json_add_bool(group, "automatic", sql_int(q, 3));
		json_add_int(group, "user_count", sql_int(q, 4));
	}
	sql_end(q, NULL);
}

/* May the requester reply here: in a closed topic only staff and leaders; in a category by its permissions. */
static bool may_reply(struct request *r, struct sql_query *q)
{
	if (r->me.user_id == 0 || sql_int(q, T_ARCHIVED) || !sql_is_null(q, T_DELETED))
		return false;
	if (sql_int(q, T_CLOSED) && !r->me.staff && r->me.trust_level < 4)
		return false;
	if (sql_is_null(q, T_CATEGORY))
		return true;
	int permission = forum_category_permission(r->db, forum_viewer(r), sql_int(q, T_CATEGORY));
	return permission == 1 || permission == 2;
}

static void details_encode(struct request *r, struct sql_query *q, struct json *into)
{
	static const char *const staff_rights[] = {"can_move_posts", "can_convert_topic", "can_review_topic",
		"can_close_topic", "can_archive_topic", "can_split_merge_topic", "can_edit_staff_notes",
		"can_toggle_topic_visibility", "can_pin_unpin_topic", "can_banner_topic", "can_moderate_category",
		"can_remove_allowed_users"};
	struct json *details = json_add_object(into, "details");
	bool in = r->me.user_id != 0, staff = r->me.staff, mine = in && sql_int(q, T_USER) == r->me.user_id;
	bool message = str_equal(sql_text(q, T_ARCHETYPE), "private_message"), reply = may_reply(r, q);
	bool gone = !sql_is_null(q, T_DELETED);
	json_add_bool(details, "can_edit", staff || (mine && !sql_int(q, T_ARCHIVED)));
	json_add_int(details, "notification_level", sql_is_null(q, TU_LEVEL) ? 1 : sql_int(q, TU_LEVEL));
	json_add_bool(details, "can_delete", !gone && (staff || (mine && sql_int(q, T_POSTS) <= 1)));
	json_add_bool(details, "can_recover", gone && staff);
	json_add_bool(details, "can_create_post", reply);
	json_add_bool(details, "can_reply_as_new_topic", reply);
	json_add_bool(details, "can_invite_to", in && message);
	json_add_bool(details, "can_invite_via_email", false);
	json_add_bool(details, "can_flag_topic", in && !mine);
	for (size_t i = 0; i < COUNT(staff_rights); i++)
		json_add_bool(details, staff_rights[i], staff);
	if (in)
		json_add_int(details, "can_remove_self_id", r->me.user_id);
	participants_encode(r, details, sql_int(q, T_ID));
	if (message)
		allowed_encode(r, details, sql_int(q, T_ID));
	user_brief_encode(r, json_add_object(details, "created_by"), sql_int(q, T_USER), sql_text(q, U_USERNAME),
		sql_text(q, U_NAME));
	user_brief_encode(r, json_add_object(details, "last_poster"), sql_int(q, T_LAST_USER), sql_text(q, L_USERNAME),
		sql_text(q, L_NAME));
}

static void flags_encode(const struct request *r, struct json *into, bool mine)
{
	static const int flags[] = {4, 8, 7};
	struct json *summary = json_add_array(into, "actions_summary");
	for (size_t i = 0; i < COUNT(flags); i++) {
		struct json *flag = json_append_object(summary);
		json_add_int(flag, "id", flags[i]);
		json_add_int(flag, "count", 0);
		json_add_bool(flag, "hidden", false);
		json_add_bool(flag, "can_act", r->me.user_id != 0 && !mine);
	}
}

static void topic_encode(struct request *r, struct sql_query *q, struct json *into)
{
	const char *title = sql_text(q, T_TITLE);
	json_add_int(into, "id", sql_int(q, T_ID));
	json_add_string(into, "title", title);
	json_add_string(into, "fancy_title", forum_escape(r->mem, title));
	json_add_int(into, "posts_count", sql_int(q, T_POSTS));
	json_add_time_ms(into, "created_at", sql_int(q, T_CREATED), 0);
	json_add_int(into, "views", sql_int(q, T_VIEWS));
	json_add_int(into, "reply_count", sql_int(q, T_REPLIES));
	json_add_int(into, "like_count", sql_int(q, T_LIKES));
	json_add_time_ms(into, "last_posted_at", sql_int(q, T_LAST_POSTED), 0);
	json_add_time_ms(into, "bumped_at", sql_int(q, T_BUMPED), 0);
	json_add_bool(into, "visible", sql_int(q, T_VISIBLE));
	json_add_bool(into, "closed", sql_int(q, T_CLOSED));
	json_add_bool(into, "archived", sql_int(q, T_ARCHIVED));
	json_add_bool(into, "has_summary", sql_int(q, T_POSTS) >= SummaryPosts);
	json_add_string(into, "archetype", sql_text(q, T_ARCHETYPE));
	json_add_string(into, "slug", sql_text(q, T_SLUG));
	if (sql_is_null(q, T_CATEGORY))
		json_add_null(into, "category_id");
	else
		json_add_int(into, "category_id", sql_int(q, T_CATEGORY));
	json_add_null(into, "word_count");
	json_add_time_ms(into, "deleted_at", sql_int(q, T_DELETED), 0);
	json_add_int(into, "user_id", sql_int(q, T_USER));
	json_add_null(into, "featured_link");
	json_add_bool(into, "pinned_globally", sql_int(q, T_GLOBALLY));
	json_add_time_ms(into, "pinned_at", sql_int(q, T_PINNED), 0);
	json_add_null(into, "pinned_until");
	json_add_bool(into, "pinned", !sql_is_null(q, T_PINNED));
	json_add_null(into, "unpinned");
	json_add_null(into, "image_url");
	json_add_int(into, "slow_mode_seconds", sql_int(q, T_SLOW));
	json_add_null(into, "slow_mode_enabled_until");
	json_add_int(into, "highest_post_number", sql_int(q, T_HIGHEST));
	if (r->me.user_id != 0) {
		json_add_int(into, "last_read_post_number", sql_int(q, TU_READ));
		json_add_bool(into, "posted", sql_int(q, TU_POSTED));
	}
	json_add_null(into, "deleted_by");
	json_add_bool(into, "has_deleted", r->me.staff && sql_int(q, HAS_DELETED));
}

void topic_view_encode(struct request *r, struct json *into, const struct topic_view *v)
{
	struct sql_query *q = sql_query(r->db, select_topic, "ii", r->me.user_id, v->topic_id);
	ensure(sql_next(q));
	stream_encode(r, into, v);
	timeline_encode(r, into, &v->stream);
	json_add_array(into, "suggested_topics"); /* as with the site setting suggested_topics at 0 */
	topic_tags_encode(r, into, v->topic_id);
	topic_encode(r, q, into);
	draft_encode(r, into, v->topic_id);
	if (v->current_number > 0)
		json_add_int(into, "current_post_number", v->current_number);
	flags_encode(r, into, r->me.user_id != 0 && sql_int(q, T_USER) == r->me.user_id);
	json_add_int(into, "chunk_size", v->chunk);
	bookmarks_encode(r, into, v->topic_id);
	json_add_null(into, "topic_timer");
	json_add_int(into, "message_bus_last_id", bus_last_id(r->db, arena_printf(r->mem, "/topic/%lld",
		(long long)v->topic_id)));
	json_add_int(into, "participant_count", sql_get_int(r->db, 0, "SELECT count(DISTINCT user_id) FROM post"
		" WHERE topic_id = ? AND deleted_ms IS NULL AND post_type = 1", "i", v->topic_id));
	json_add_bool(into, "show_read_indicator", false);
	json_add_null(into, "thumbnails");
	if (str_equal(sql_text(q, T_ARCHETYPE), "private_message"))
		json_add_bool(into, "message_archived", sql_get_int(r->db, 0,
			"SELECT 1 FROM message_archived WHERE topic_id = ? AND user_id = ?", "ii", v->topic_id, r->me.user_id));
	pending_encode(r, into, v->topic_id);
	details_encode(r, q, into);
	sql_end(q, NULL);
}
