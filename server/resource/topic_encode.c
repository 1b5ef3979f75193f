#include "encode.h"

#include <string.h>

#include "cook.h"
#include "forum_draft.h"
#include "forum_event.h"
#include "forum_user.h"
#include "options.h"
#include "paging.h"
#include "str.h"

enum {
	NewMs = 2 * 24 * 3600 * 1000,  /* new_topic_duration_minutes */
	SummaryPosts = 50,             /* has_summary */
	OtherPosters = 3,              /* between the first and the last poster */
	ExcerptBytes = 300,
};

static const char select_items[] =
	"SELECT t.id, t.title, t.slug, t.posts_count, t.reply_count, t.highest_post_number, t.created_ms,"
	" t.last_posted_ms,"
	" t.bumped_ms, t.archetype, t.visible, t.closed, t.archived, t.pinned_ms, t.pinned_globally, t.views,"
	" t.like_count, t.category_id, t.user_id, t.last_post_user_id, u.username, u.name, lu.username, lu.name,"
	" tu.last_read_post_number, tu.notification_level,"
	" EXISTS (SELECT 1 FROM bookmark b WHERE b.user_id = ?1 AND b.bookmarkable_type = 'Topic'"
	"  AND b.bookmarkable_id = t.id) OR t.id IN (SELECT bp.topic_id FROM bookmark b JOIN post bp"
	"  ON bp.id = b.bookmarkable_id WHERE b.user_id = ?1 AND b.bookmarkable_type = 'Post'),"
	" t.like_count > 0 AND EXISTS (SELECT 1 FROM post lp JOIN post_action la ON la.post_id = lp.id"
	" AND la.user_id = ?1"
	"  AND la.type = 2 WHERE lp.topic_id = t.id),"
	" op.like_count, CASE WHEN t.pinned_ms IS NOT NULL AND NOT op.hidden THEN op.cooked END, e.id,"
	" e.starts_ms, e.ends_ms, e.all_day, e.recurrence,"
	" (SELECT json_group_array(json_array(id, name)) FROM (SELECT tag.id, tag.name FROM topic_tag"
	"  JOIN tag ON tag.id = topic_tag.tag_id WHERE topic_tag.topic_id = t.id ORDER BY tag.name)),"
	" (SELECT count(*) FROM topic_allowed WHERE topic_id = t.id AND user_id IS NOT NULL)"
	" FROM json_each(?2) j CROSS JOIN topic t ON t.id = j.value"
	" JOIN user u ON u.id = t.user_id JOIN user lu ON lu.id = t.last_post_user_id"
	" LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1"
	" LEFT JOIN post op ON op.topic_id = t.id AND op.post_number = 1 LEFT JOIN event e ON e.id = op.id"
	" ORDER BY j.key";

enum column {
	T_ID, T_TITLE, T_SLUG, T_POSTS, T_REPLIES, T_HIGHEST, T_CREATED, T_LAST_POSTED,
	T_BUMPED, T_ARCHETYPE, T_VISIBLE, T_CLOSED, T_ARCHIVED, T_PINNED, T_GLOBALLY, T_VIEWS, T_LIKES,
	T_CATEGORY, T_USER, T_LAST_USER, U_USERNAME, U_NAME, L_USERNAME, L_NAME,
	TU_READ, TU_LEVEL, MY_BOOKMARK, MY_LIKE, OP_LIKES, OP_COOKED, E_ID, E_STARTS, E_ENDS, E_ALL_DAY, E_RECURRENCE,
	TAGS, ALLOWED,
};

void tag_append(struct request *r, struct json *array, int64_t id, const char *name)
{
	if (r->server->options->old_discourse) {
		json_append_string(array, name);
		return;
	}
	struct json *tag = json_append_object(array);
	json_add_int(tag, "id", id);
	json_add_string(tag, "name", name);
	json_add_string(tag, "slug", name);
}

void topic_tags_encode(struct request *r, struct json *into, int64_t topic_id)
{
	struct json *tags = json_add_array(into, "tags");
	json_add_object(into, "tags_descriptions");
	struct sql_query *q = sql_query(r->db, "SELECT tag.id, tag.name FROM topic_tag JOIN tag"
		" ON tag.id = topic_tag.tag_id WHERE topic_tag.topic_id = ? ORDER BY tag.name", "i", topic_id);
	while (sql_next(q))
		tag_append(r, tags, sql_int(q, 0), sql_text(q, 1));
	sql_end(q, NULL);
}

static void tags_encode(struct request *r, struct sql_query *q, struct json *into)
{
	struct json *tags = json_add_array(into, "tags");
	json_add_object(into, "tags_descriptions");
	const char *text = str_or_empty(sql_text(q, TAGS));
	struct json *rows = json_parse(text, strlen(text), NULL);
	JSON_EACH(row, rows) {
		const struct json *id = json_first(row);
		tag_append(r, tags, json_as_int(id, 0), json_as_string(json_after(id)));
	}
	json_free(rows);
}

/* Everybody named by the items, each once. */
struct cast {
	struct json *users;      /* NULL: nobody asked */
	int64_t *id;
	int count, room;
};

static void cast_add(struct request *r, struct cast *cast, int64_t id, const char *username, const char *name)
{
	if (cast->users == NULL)
		return;
	for (int i = 0; i < cast->count; i++)
		if (cast->id[i] == id)
			return;
	if (cast->count == cast->room) {
		int room = cast->room == 0 ? 64 : cast->room * 2;
		cast->id = arena_grow(r->mem, cast->id, cast->count, room, sizeof *cast->id);
		cast->room = room;
	}
	cast->id[cast->count++] = id;
	user_brief_encode(r, json_append_object(cast->users), id, username, name);
}

static void poster_append(struct json *posters, int64_t user_id, const char *extras, const char *description)
{
	struct json *poster = json_append_object(posters);
	json_add_string(poster, "extras", extras);
	json_add_string(poster, "description", description);
	json_add_int(poster, "user_id", user_id);
	json_add_null(poster, "primary_group_id");
}

/* The one who began, others who wrote, and the last one. */
static void posters_encode(struct request *r, struct sql_query *q, struct json *into, struct cast *cast)
{
	struct json *posters = json_add_array(into, "posters");
	int64_t first = sql_int(q, T_USER), last = sql_int(q, T_LAST_USER);
	const char *began = say(r, "Original Poster"), *recent = say(r, "Most Recent Poster");
	cast_add(r, cast, first, sql_text(q, U_USERNAME), sql_text(q, U_NAME));
	if (first == last) {
		poster_append(posters, first, "latest single", arena_printf(r->mem, "%s, %s", began, recent));
		return;
	}
	poster_append(posters, first, NULL, began);
	struct sql_query *others = sql_query(r->db, "SELECT u.id, u.username, u.name FROM topic_user tu"
		" JOIN user u ON u.id = tu.user_id WHERE tu.topic_id = ? AND tu.posted AND u.id NOT IN (?, ?)"
		" LIMIT ?", "iiin", sql_int(q, T_ID), first, last, OtherPosters);
	while (sql_next(others)) {
		cast_add(r, cast, sql_int(others, 0), sql_text(others, 1), sql_text(others, 2));
		poster_append(posters, sql_int(others, 0), NULL, say(r, "Frequent Poster"));
	}
	sql_end(others, NULL);
	cast_add(r, cast, last, sql_text(q, L_USERNAME), sql_text(q, L_NAME));
	poster_append(posters, last, "latest", recent);
}

static void participants_encode(struct request *r, struct sql_query *q, struct json *into, struct cast *cast)
{
	struct json *participants = json_add_array(into, "participants");
	struct sql_query *allowed = sql_query(r->db, "SELECT u.id, u.username, u.name FROM topic_allowed a"
		" JOIN user u ON u.id = a.user_id WHERE a.topic_id = ? AND u.id <> ? LIMIT 5", "ii", sql_int(q, T_ID),
		r->me.user_id);
	while (sql_next(allowed)) {
		int64_t id = sql_int(allowed, 0);
		cast_add(r, cast, id, sql_text(allowed, 1), sql_text(allowed, 2));
		poster_append(participants, id, id == sql_int(q, T_LAST_USER) ? "latest" : NULL, NULL);
	}
	sql_end(allowed, NULL);
	json_add_int(into, "allowed_user_count", sql_int(q, ALLOWED));
}

static void event_times_encode(struct request *r, struct sql_query *q, struct json *into)
{
	if (sql_is_null(q, E_ID))
		return;
	struct occurrence when = {.starts_ms = sql_int(q, E_STARTS), .ends_ms = sql_int(q, E_ENDS)};
	struct forum_event event;
	if (!sql_is_null(q, E_RECURRENCE) && forum_event_load(r->db, sql_int(q, E_ID), r->mem, &event))
		forum_event_next(&event, r->now_ms, &when);
	json_add_time_ms(into, "event_starts_at", when.starts_ms, 0);
	json_add_time_ms(into, "event_ends_at", when.ends_ms, 0);
	if (!r->server->options->old_discourse)
		json_add_bool(into, "event_all_day", sql_int(q, E_ALL_DAY));
}

/* What the requester has with the topic. */
static void mine_encode(const struct request *r, struct sql_query *q, struct json *into)
{
	bool in = r->me.user_id != 0, seen = in && sql_int(q, TU_READ) > 0;
	json_add_bool(into, "unseen", in && !seen && sql_int(q, T_CREATED) > r->now_ms - NewMs
		&& (sql_is_null(q, TU_LEVEL) || sql_int(q, TU_LEVEL) > 0));
	if (seen) {
		int64_t unread = sql_int(q, T_HIGHEST) - sql_int(q, TU_READ);
		json_add_int(into, "last_read_post_number", sql_int(q, TU_READ));
		json_add_int(into, "unread", 0);
		json_add_int(into, "new_posts", unread > 0 ? unread : 0);
		json_add_int(into, "unread_posts", unread > 0 ? unread : 0);
	}
	if (in && !sql_is_null(q, TU_LEVEL))
		json_add_int(into, "notification_level", sql_int(q, TU_LEVEL));
	if (in) {
		json_add_bool(into, "bookmarked", sql_int(q, MY_BOOKMARK));
		json_add_bool(into, "liked", sql_int(q, MY_LIKE));
	} else {
		json_add_null(into, "bookmarked");
		json_add_null(into, "liked");
	}
}

static void item_encode(struct request *r, struct sql_query *q, struct json *into, struct cast *cast, bool message)
{
	json_add_int(into, "id", sql_int(q, T_ID));
	json_add_string(into, "title", sql_text(q, T_TITLE));
	json_add_string(into, "fancy_title", forum_escape(r->mem, sql_text(q, T_TITLE)));
	json_add_string(into, "slug", sql_text(q, T_SLUG));
	json_add_int(into, "posts_count", sql_int(q, T_POSTS));
	json_add_int(into, "reply_count", sql_int(q, T_REPLIES));
	json_add_int(into, "highest_post_number", sql_int(q, T_HIGHEST));
	json_add_null(into, "image_url");
	json_add_time_ms(into, "created_at", sql_int(q, T_CREATED), 0);
	json_add_time_ms(into, "last_posted_at", sql_int(q, T_LAST_POSTED), 0);
	json_add_bool(into, "bumped", true);
	json_add_time_ms(into, "bumped_at", sql_int(q, T_BUMPED), 0);
	json_add_string(into, "archetype", sql_text(q, T_ARCHETYPE));
	mine_encode(r, q, into);
	json_add_bool(into, "pinned", !sql_is_null(q, T_PINNED));
	json_add_null(into, "unpinned");
	if (!sql_is_null(q, OP_COOKED))
		json_add_string(into, "excerpt", cook_excerpt(r->mem, sql_text(q, OP_COOKED), ExcerptBytes));
	json_add_bool(into, "visible", sql_int(q, T_VISIBLE));
	json_add_bool(into, "closed", sql_int(q, T_CLOSED));
	json_add_bool(into, "archived", sql_int(q, T_ARCHIVED));
	tags_encode(r, q, into);
	json_add_int(into, "views", sql_int(q, T_VIEWS));
	json_add_int(into, "like_count", sql_int(q, T_LIKES));
	json_add_int(into, "op_like_count", sql_int(q, OP_LIKES));
	json_add_bool(into, "has_summary", sql_int(q, T_POSTS) >= SummaryPosts);
	json_add_string(into, "last_poster_username", sql_text(q, L_USERNAME));
	if (sql_is_null(q, T_CATEGORY))
		json_add_null(into, "category_id");
	else
		json_add_int(into, "category_id", sql_int(q, T_CATEGORY));
	json_add_bool(into, "pinned_globally", sql_int(q, T_GLOBALLY));
	json_add_null(into, "featured_link");
	event_times_encode(r, q, into);
	posters_encode(r, q, into, cast);
	if (message)
		participants_encode(r, q, into, cast);
}

void topic_items_encode(struct request *r, struct json *topics, struct json *users, const struct topic_list *list)
{
	struct cast cast = {.users = users};
	struct sql_query *q = sql_query(r->db, select_items, "is", r->me.user_id, ids_json(r, list->id, list->count));
	while (sql_next(q))
		item_encode(r, q, json_append_object(topics), &cast, list->messages);
	sql_end(q, NULL);
}

struct json *topic_list_encode(struct request *r, struct json *root, const struct topic_list *list)
{
	struct json *users = json_add_array(root, "users");
	json_add_array(root, "primary_groups");
	struct json *tree = json_add_object(root, "topic_list");
	json_add_bool(tree, "can_create_topic", r->me.user_id != 0);
	if (r->me.user_id != 0) {
		json_add_null(tree, "draft");
		json_add_string(tree, "draft_key", "new_topic");
		json_add_int(tree, "draft_sequence", forum_draft_sequence(r->db, r->me.user_id, "new_topic"));
	}
	if (list->more_url != NULL)
		json_add_string(tree, "more_topics_url", list->more_url);
	json_add_int(tree, "per_page", list->per_page);
	topic_items_encode(r, json_add_array(tree, "topics"), users, list);
	return tree;
}
