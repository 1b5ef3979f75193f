#include "encode.h"

#include <string.h>

#include "cook.h"
#include "forum_user.h"
#include "mem.h"
#include "paging.h"
#include "str.h"

enum {
	TypeRegular = 1,
	ActionLike = 2,
	UndoMs = 10 * 60 * 1000,                       /* post_undo_action_window_mins */
	ExcerptBytes = 300,
};
/* post_edit_time_limit, tl2_post_edit_time_limit */
static const int64_t EditMs[] = {1440LL * 60000, 43200LL * 60000};

static const char select_posts[] =
	"SELECT p.id, p.topic_id, p.post_number, p.post_type, p.user_id, p.raw, p.cooked, p.created_ms, p.updated_ms,"
	" p.reply_to_post_number, p.reply_count, p.quote_count, p.like_count, p.reads, p.version, p.edit_reason,"
	" p.wiki, p.hidden, p.user_deleted, p.deleted_ms, p.action_code, p.action_who,"
	" u.username, u.name, u.title, u.admin, u.moderator, u.trust_level, u.status_emoji, u.status_text,"
	" u.status_ends_ms, t.slug, t.title, t.category_id, t.posts_count, t.archived, t.archetype, t.deleted_ms,"
	" ru.id, ru.username, ru.name,"
	" tu.last_read_post_number,"
	" (SELECT json_group_array(a.type) FROM post_action a WHERE a.post_id = p.id AND a.user_id = ?1),"
	" (SELECT a.created_ms FROM post_action a WHERE a.post_id = p.id AND a.user_id = ?1 AND a.type = 2),"
	" b.id, b.name, b.reminder_ms, b.auto_delete,"
	" EXISTS (SELECT 1 FROM poll WHERE poll.post_id = p.id), e.id"
	" FROM json_each(?2) j CROSS JOIN post p ON p.id = j.value JOIN topic t ON t.id = p.topic_id"
	" JOIN user u ON u.id = p.user_id"
	" LEFT JOIN post rp ON rp.topic_id = p.topic_id AND rp.post_number = p.reply_to_post_number"
	" LEFT JOIN user ru ON ru.id = rp.user_id"
	" LEFT JOIN topic_user tu ON tu.topic_id = p.topic_id AND tu.user_id = ?1"
	" LEFT JOIN bookmark b ON b.user_id = ?1 AND b.bookmarkable_type = 'Post' AND b.bookmarkable_id = p.id"
	" LEFT JOIN event e ON e.id = p.id"
	" ORDER BY j.key";

enum column {
	P_ID, P_TOPIC, P_NUMBER, P_TYPE, P_USER, P_RAW, P_COOKED, P_CREATED, P_UPDATED,
	P_REPLY_TO, P_REPLIES, P_QUOTES, P_LIKES, P_READS, P_VERSION, P_REASON, P_WIKI,
	P_HIDDEN, P_USER_DELETED, P_DELETED, P_ACTION, P_ACTION_WHO,
	U_USERNAME, U_NAME, U_TITLE, U_ADMIN, U_MODERATOR, U_TRUST, U_EMOJI, U_STATUS, U_STATUS_ENDS,
	T_SLUG, T_TITLE, T_CATEGORY, T_POSTS, T_ARCHIVED, T_ARCHETYPE, T_DELETED,
	R_ID, R_USERNAME, R_NAME,
	TU_READ,
	MY_ACTIONS, MY_LIKE_MS,
	B_ID, B_NAME, B_REMINDER, B_AUTO_DELETE,
	HAS_POLL, EVENT_ID,
};

/* What the requester may do with the post of the current row. */
struct rights {
	bool mine, edit, delete, recover, act, see_hidden;
};

static struct rights rights_of(const struct request *r, struct sql_query *q)
{
	bool in = r->me.user_id != 0, staff = r->me.staff;
	bool mine = in && sql_int(q, P_USER) == r->me.user_id;
	bool gone = !sql_is_null(q, P_DELETED) || !sql_is_null(q, T_DELETED), stub = sql_int(q, P_USER_DELETED);
	bool frozen = sql_int(q, T_ARCHIVED), ordinary = sql_int(q, P_TYPE) == TypeRegular;
	bool first = sql_int(q, P_NUMBER) == 1;
	bool young = r->now_ms - sql_int(q, P_CREATED) <= EditMs[r->me.trust_level >= 2];
	bool wiki = in && sql_int(q, P_WIKI);
	return (struct rights){
		.mine = mine,
		.edit = (staff || (!gone && !stub && !frozen && ordinary && ((mine && young) || wiki))) && !r->me.silenced,
		.delete = !gone && !stub
		&& (staff || (mine && !frozen && ordinary && (!first || sql_int(q, T_POSTS) <= 1))),
		.recover = staff ? gone || stub : mine && stub && !gone,
		.act = in && !r->me.silenced && !gone && !stub && !frozen && ordinary,
		.see_hidden = staff || mine,
	};
}

static void action_add(struct json *summary, int id, int64_t count, bool acted, bool can_act, bool can_undo)
{
	if (count == 0 && !acted && !can_act)
		return;
	struct json *action = json_append_object(summary);
	json_add_int(action, "id", id);
	if (count > 0)
		json_add_int(action, "count", count);
	if (acted)
		json_add_bool(action, "acted", true);
	json_add_bool(action, "can_act", can_act);
	if (can_undo)
		json_add_bool(action, "can_undo", true);
}

static unsigned actions_done(struct sql_query *q)
{
	const char *text = str_or_empty(sql_text(q, MY_ACTIONS));
	struct json *done = json_parse(text, strlen(text), NULL);
	unsigned bits = 0;
	JSON_EACH(type, done)
		bits |= 1u << (json_as_int(type, 0) & 31);
	json_free(done);
	return bits;
}

static void actions_encode(const struct request *r, struct sql_query *q, const struct rights *may,
	struct json *into)
{
	static const int flags[] = {3, 4, 8, 6, 7}; /* off-topic, inappropriate, spam, notify user, notify moderators */
	struct json *summary = json_add_array(into, "actions_summary");
	unsigned done = actions_done(q);
	bool liked = done & 1u << ActionLike;
	action_add(summary, ActionLike, sql_int(q, P_LIKES), liked, may->act && !may->mine && !liked,
		liked && may->act && r->now_ms - sql_int(q, MY_LIKE_MS) <= UndoMs);
	for (size_t i = 0; i < COUNT(flags); i++) {
		bool flagged = done & 1u << flags[i];
		action_add(summary, flags[i], 0, flagged, may->act && !may->mine && !flagged, false);
	}
}

static void writer_encode(struct request *r, struct sql_query *q, struct json *into)
{
	json_add_string(into, "display_username", sql_text(q, U_NAME));
	json_add_null(into, "primary_group_name");
	json_add_null(into, "flair_name");
	json_add_null(into, "flair_url");
	json_add_null(into, "flair_bg_color");
	json_add_null(into, "flair_color");
	json_add_null(into, "flair_group_id");
	json_add_array(into, "badges_granted");
	json_add_string(into, "user_title", sql_text(q, U_TITLE));
	json_add_bool(into, "moderator", sql_int(q, U_MODERATOR));
	json_add_bool(into, "admin", sql_int(q, U_ADMIN));
	json_add_bool(into, "staff", sql_int(q, U_ADMIN) || sql_int(q, U_MODERATOR));
	json_add_int(into, "user_id", sql_int(q, P_USER));
	json_add_int(into, "trust_level", sql_int(q, U_TRUST));
	user_status_encode(r, into, "user_status", sql_text(q, U_EMOJI), sql_text(q, U_STATUS),
		sql_int(q, U_STATUS_ENDS));
}

/* The text as this requester may read it: of a stub and of a hidden post only a notice. */
static void text_encode(struct request *r, struct sql_query *q, const struct rights *may, struct json *into,
	unsigned parts)
{
	const char *raw = sql_text(q, P_RAW), *cooked = sql_text(q, P_COOKED);
	bool hidden = sql_int(q, P_HIDDEN) && !may->see_hidden;
	if (sql_int(q, P_USER_DELETED) || hidden) {
		raw = say(r, hidden ? "This post was flagged by the community and is temporarily hidden."
			: "(post deleted by author)");
		cooked = arena_printf(r->mem, "<p>%s</p>", raw);
	}
	json_add_string(into, "cooked", cooked);
	if (sql_int(q, P_HIDDEN))
		json_add_bool(into, "cooked_hidden", hidden);
	if (parts & (POST_RAW | POST_FEED))
		json_add_string(into, "raw", raw);
	if (parts & POST_FEED) {
		json_add_string(into, "excerpt", cook_excerpt(r->mem, cooked, ExcerptBytes));
		json_add_bool(into, "truncated", false);
	}
}

static void counts_encode(struct sql_query *q, struct json *into)
{
	int64_t reads = sql_int(q, P_READS), likes = sql_int(q, P_LIKES), replies = sql_int(q, P_REPLIES);
	json_add_int(into, "reply_count", replies);
	if (sql_is_null(q, P_REPLY_TO))
		json_add_null(into, "reply_to_post_number");
	else
		json_add_int(into, "reply_to_post_number", sql_int(q, P_REPLY_TO));
	json_add_int(into, "quote_count", sql_int(q, P_QUOTES));
	json_add_int(into, "incoming_link_count", 0);
	json_add_int(into, "reads", reads);
	json_add_int(into, "readers_count", reads > 0 ? reads - 1 : 0);
	/* Discourse's default weights: replies 5, likes 15, reads 0.2. */
	json_add_double(into, "score", (double)(replies * 25 + likes * 75 + reads) / 5);
	json_add_int(into, "like_count", likes);
}

static void place_encode(struct request *r, struct sql_query *q, struct json *into, unsigned parts)
{
	const char *slug = sql_text(q, T_SLUG);
	json_add_int(into, "topic_id", sql_int(q, P_TOPIC));
	json_add_string(into, "topic_slug", slug);
	json_add_string(into, "post_url", arena_printf(r->mem, "/t/%s/%lld/%lld", slug, (long long)sql_int(q, P_TOPIC),
		(long long)sql_int(q, P_NUMBER)));
	if (!(parts & POST_IN_TOPIC))
		json_add_int(into, "posts_count", sql_int(q, T_POSTS));
	if (!(parts & POST_FEED))
		return;
	json_add_string(into, "topic_title", sql_text(q, T_TITLE));
	json_add_string(into, "topic_html_title", forum_escape(r->mem, sql_text(q, T_TITLE)));
	if (sql_is_null(q, T_CATEGORY))
		json_add_null(into, "category_id");
	else
		json_add_int(into, "category_id", sql_int(q, T_CATEGORY));
}

static void rights_encode(const struct request *r, struct sql_query *q, const struct rights *may, struct json *into,
	unsigned parts)
{
	json_add_bool(into, "yours", may->mine);
	json_add_bool(into, "can_edit", may->edit);
	json_add_bool(into, "can_delete", may->delete);
	json_add_bool(into, "can_recover", may->recover);
	json_add_bool(into, "can_see_hidden_post", may->see_hidden);
	json_add_bool(into, "can_wiki", r->me.staff);
	json_add_bool(into, "can_view_edit_history", r->me.staff || may->mine || sql_int(q, P_WIKI));
	/* Nothing waits for review; Discourse says so with 0 in a topic and null elsewhere. */
	if (parts & POST_IN_TOPIC)
		json_add_int(into, "reviewable_id", 0);
	else
		json_add_null(into, "reviewable_id");
	json_add_int(into, "reviewable_score_count", 0);
	json_add_int(into, "reviewable_score_pending_count", 0);
}

static void bookmark_encode(struct sql_query *q, struct json *into)
{
	bool kept = !sql_is_null(q, B_ID);
	json_add_bool(into, "bookmarked", kept);
	if (!kept)
		return;
	json_add_int(into, "bookmark_id", sql_int(q, B_ID));
	json_add_string(into, "bookmark_name", sql_text(q, B_NAME));
	json_add_time_ms(into, "bookmark_reminder_at", sql_int(q, B_REMINDER), 0);
	json_add_int(into, "bookmark_auto_delete_preference", sql_int(q, B_AUTO_DELETE));
}

static void row_encode(struct request *r, struct sql_query *q, struct json *into, unsigned parts)
{
	struct rights may = rights_of(r, q);
	int64_t id = sql_int(q, P_ID);
	json_add_int(into, "id", id);
	json_add_string(into, "name", sql_text(q, U_NAME));
	json_add_string(into, "username", sql_text(q, U_USERNAME));
	json_add_string(into, "avatar_template", forum_avatar_template(r->mem, sql_text(q, U_USERNAME)));
	json_add_time_ms(into, "created_at", sql_int(q, P_CREATED), 0);
	text_encode(r, q, &may, into, parts);
	json_add_int(into, "post_number", sql_int(q, P_NUMBER));
	json_add_int(into, "post_type", sql_int(q, P_TYPE));
	json_add_time_ms(into, "updated_at", sql_int(q, P_UPDATED), 0);
	counts_encode(q, into);
	place_encode(r, q, into, parts);
	writer_encode(r, q, into);
	rights_encode(r, q, &may, into, parts);
	if (parts & POST_IN_TOPIC) {
		json_add_array(into, "link_counts");
		json_add_bool(into, "read", r->me.user_id == 0 || sql_int(q, P_NUMBER) <= sql_int(q, TU_READ));
	}
	if (!sql_is_null(q, R_ID))
		user_brief_encode(r, json_add_object(into, "reply_to_user"), sql_int(q, R_ID), sql_text(q, R_USERNAME),
			sql_text(q, R_NAME));
	bookmark_encode(q, into);
	actions_encode(r, q, &may, into);
	json_add_int(into, "version", sql_int(q, P_VERSION));
	json_add_bool(into, "hidden", sql_int(q, P_HIDDEN));
	json_add_time_ms(into, "deleted_at", sql_int(q, P_DELETED), 0);
	json_add_bool(into, "user_deleted", sql_int(q, P_USER_DELETED));
	json_add_string(into, "edit_reason", sql_text(q, P_REASON));
	json_add_bool(into, "wiki", sql_int(q, P_WIKI));
	if (!sql_is_null(q, P_ACTION)) {
		json_add_string(into, "action_code", sql_text(q, P_ACTION));
		if (!sql_is_null(q, P_ACTION_WHO))
			json_add_string(into, "action_code_who", sql_text(q, P_ACTION_WHO));
	}
	if (sql_int(q, HAS_POLL))
		polls_encode(r, into, id);
	if (!sql_is_null(q, EVENT_ID))
		event_encode(r, json_add_object(into, "event"), id, true);
}

void posts_encode(struct request *r, struct json *array, const int64_t *id, int count, unsigned parts)
{
	struct sql_query *q = sql_query(r->db, select_posts, "is", r->me.user_id, ids_json(r, id, count));
	while (sql_next(q))
		row_encode(r, q, json_append_object(array), parts);
	sql_end(q, NULL);
}

bool post_encode(struct request *r, struct json *into, int64_t post_id, unsigned parts)
{
	struct sql_query *q = sql_query(r->db, select_posts, "is", r->me.user_id, ids_json(r, &post_id, 1));
	bool found = sql_next(q);
	if (found)
		row_encode(r, q, into, parts);
	sql_end(q, NULL);
	return found;
}
