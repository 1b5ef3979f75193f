
#include "clock.h"
#include "cook.h"
#include "message_list.h"
#include "notification_encode.h"
#include "resources.h"
#include "str.h"

enum { PAGE_BOOKMARKS = 20, MENU_ROWS = 20, REMINDER_LASTS_S = 3600, EXCERPT_BYTES = 300 };

/* ?1 and ?2 as FORUM_TOPIC_VISIBLE wants them; a bookmark on a topic is one on its first post. */
#define BOOKMARK_FROM \
	" FROM bookmark b JOIN post p ON p.id = CASE b.bookmarkable_type WHEN 'Post' THEN b.bookmarkable_id ELSE" \
	"  (SELECT id FROM post WHERE topic_id = b.bookmarkable_id AND post_number = 1) END" \
	" JOIN topic t ON t.id = p.topic_id JOIN user u ON u.id = p.user_id" \
	" LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1" \
	" WHERE b.user_id = ?1 AND " FORUM_TOPIC_VISIBLE("t") " AND " FORUM_POST_VISIBLE("p") \
	" AND (?3 IS NULL OR instr(fold(t.title), fold(?3)) > 0 OR instr(fold(coalesce(b.name, '')), fold(?3)) > 0" \
	"  OR instr(fold(p.raw), fold(?3)) > 0)"
#define BOOKMARK_COLUMNS \
	"SELECT b.id, b.created_ms, b.updated_ms, b.name, b.reminder_ms, b.bookmarkable_id," \
	" b.bookmarkable_type, t.id, t.title, t.slug, t.category_id, t.closed, t.archived, t.archetype," \
	" t.highest_post_number, tu.last_read_post_number, t.bumped_ms, p.post_number, p.cooked," \
	" p.deleted_ms IS NOT NULL, p.hidden, u.id, u.username, u.name, b.auto_delete"
/* Reminders that are due come first, then the newest. */
#define BOOKMARK_ORDER " ORDER BY b.reminder_ms IS NULL, b.reminder_ms, b.updated_ms DESC, b.id DESC"

static const char *ics_time(struct request *r, int64_t ms, int64_t plus_s)
{
	struct civil c = civil_from_seconds(ms / 1000 + plus_s);
	return ms == 0 ? NULL : arena_printf(r->mem, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour,
		c.minute, c.second);
}

static void thing_encode(struct request *r, struct json *b, struct sql_query *q)
{
	bool post = str_equal(sql_text(q, 6), "Post");
	json_add_int(b, "bookmarkable_id", sql_int(q, 5));
	json_add_string(b, "bookmarkable_type", sql_text(q, 6));
	json_add_string(b, "bookmarkable_url", post
		? arena_printf(r->mem, "%s/t/%s/%lld/%lld", r->base_url, sql_text(q, 9), (long long)sql_int(q, 7),
			(long long)sql_int(q, 17))
		: arena_printf(r->mem, "%s/t/%s/%lld", r->base_url, sql_text(q, 9), (long long)sql_int(q, 7)));
	topic_tags_encode(r, b, sql_int(q, 7));
	json_add_int(b, "topic_id", sql_int(q, 7));
	json_add_int(b, "linked_post_number", sql_int(q, 17));
	json_add_bool(b, "deleted", sql_int(q, 19));
	json_add_bool(b, "hidden", sql_int(q, 20));
	if (sql_is_null(q, 10))
		json_add_null(b, "category_id");
	else
		json_add_int(b, "category_id", sql_int(q, 10));
	json_add_bool(b, "closed", sql_int(q, 11));
	json_add_bool(b, "archived", sql_int(q, 12));
	json_add_string(b, "archetype", sql_text(q, 13));
	json_add_int(b, "highest_post_number", sql_int(q, 14));
	if (sql_is_null(q, 15))
		json_add_null(b, "last_read_post_number");
	else
		json_add_int(b, "last_read_post_number", sql_int(q, 15));
	json_add_time_ms(b, "bumped_at", sql_int(q, 16), 0);
	json_add_string(b, "slug", sql_text(q, 9));
	user_brief_encode(r, json_add_object(b, "user"), sql_int(q, 21), sql_text(q, 22), sql_text(q, 23));
}

static void bookmark_append(struct request *r, struct json *list, struct sql_query *q)
{
	struct json *b = json_append_object(list);
	json_add_int(b, "id", sql_int(q, 0));
	json_add_time_ms(b, "created_at", sql_int(q, 1), 0);
	json_add_time_ms(b, "updated_at", sql_int(q, 2), 0);
	json_add_string(b, "name", sql_text(q, 3));
	json_add_time_ms(b, "reminder_at", sql_int(q, 4), 0);
	json_add_string(b, "reminder_at_ics_start", ics_time(r, sql_int(q, 4), 0));
	json_add_string(b, "reminder_at_ics_end", ics_time(r, sql_int(q, 4), REMINDER_LASTS_S));
	json_add_int(b, "auto_delete_preference", sql_int(q, 24));
	json_add_bool(b, "pinned", false);
	json_add_string(b, "title", sql_text(q, 8));
	json_add_string(b, "fancy_title", forum_escape(r->mem, sql_text(q, 8)));
	bool withheld = sql_int(q, 20) && !r->me.staff && sql_int(q, 21) != r->me.user_id;
	json_add_string(b, "excerpt", withheld ? "" : cook_excerpt(r->mem, sql_text(q, 18), EXCERPT_BYTES));
	thing_encode(r, b, q);
}

/* One more than the page holds when there is a next one: the answer is then false for "all of it". */
static bool bookmarks_encode(struct request *r, struct json *list, const struct page *page, const char *words)
{
	struct sql_query *q = sql_query(r->db, BOOKMARK_COLUMNS BOOKMARK_FROM BOOKMARK_ORDER " LIMIT ?4 OFFSET"
		" ?5", "insii", FORUM_VIEWER(forum_viewer(r)), words, (int64_t)page->size + 1, page->number * page->size);
	bool more = false;
	while (sql_next(q)) {
		more = json_count(list) == page->size;
		if (!more)
			bookmark_append(r, list, q);
	}
	sql_end(q, NULL);
	return more;
}

static void bookmarks(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	struct page page;
	if (id == 0 || !page_read(r, w, PAGE_BOOKMARKS, PAGE_BOOKMARKS, &page))
		return;
	if (id != r->me.user_id) {
		response_forbidden(r, w);
		return;
	}
	const char *words = request_param(r, "q");
	struct json *answer = json_object(), *list = json_array();
	bool more = bookmarks_encode(r, list, &page, str_empty(words) ? NULL : words);
	if (json_count(list) == 0) {
		json_add(answer, "bookmarks", list);
	} else {
		struct json *root = json_add_object(answer, "user_bookmark_list");
		if (more)
			json_add_string(root, "more_bookmarks_url", page_next_url(r, &page));
		json_add(root, "bookmarks", list);
	}
	response_json(w, answer);
}

static void notices_encode(struct request *r, struct json *list, int type, bool read, int64_t limit)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT " NOTIFICATION_COLUMNS " FROM notification n LEFT JOIN topic t ON t.id = n.topic_id"
		" WHERE n.user_id = ?1 AND n.type = ?3 AND n.read = ?4"
		" AND (t.id IS NULL OR (t.deleted_ms IS NULL AND " FORUM_TOPIC_VISIBLE("t") "))"
		" ORDER BY n.id DESC LIMIT ?5", "innni", FORUM_VIEWER(forum_viewer(r)), type, read, limit);
	while (sql_next(q))
		notification_append(r, list, q);
	sql_end(q, NULL);
}

static bool menu_is_mine(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	if (id != 0 && id != r->me.user_id)
		response_forbidden(r, w);
	return id != 0 && id == r->me.user_id;
}

static void menu_bookmarks(struct request *r, struct response *w)
{
	enum { BOOKMARK_REMINDER = 24 };
	if (!menu_is_mine(r, w))
		return;
	struct json *answer = json_object(), *notices = json_add_array(answer, "notifications");
	notices_encode(r, notices, BOOKMARK_REMINDER, false, MENU_ROWS);
	struct page page = {.number = 0, .size = MENU_ROWS - json_count(notices)};
	struct json *list = json_add_array(answer, "bookmarks");
	if (page.size > 0)
		bookmarks_encode(r, list, &page, NULL);
	response_json(w, answer);
}

static void menu_messages(struct request *r, struct response *w)
{
	enum { PRIVATE_MESSAGE = 6 };
	if (!menu_is_mine(r, w))
		return;
	struct json *answer = json_object(), *unread = json_add_array(answer, "unread_notifications");
	notices_encode(r, unread, PRIVATE_MESSAGE, false, MENU_ROWS);
	struct page page = {.number = 0, .size = MENU_ROWS};
	struct id_list ids;
	message_ids(r, r->me.user_id, 0, BOX_INBOX, &page, &ids);
	struct topic_list list = {.id = ids.id, .count = ids.count > MENU_ROWS ? MENU_ROWS : ids.count,
		.per_page = MENU_ROWS, .messages = true};
	topic_items_encode(r, json_add_array(answer, "topics"), NULL, &list);
	notices_encode(r, json_add_array(answer, "read_notifications"), PRIVATE_MESSAGE, true,
		json_count(unread) < MENU_ROWS ? MENU_ROWS - json_count(unread) : 0);
	response_json(w, answer);
}

const struct route bookmark_routes[] = {
	{"GET", "/u/:username/bookmarks", bookmarks, ROUTE_LOGIN},
	{"GET", "/u/:username/user-menu-bookmarks", menu_bookmarks, ROUTE_LOGIN},
	{"GET", "/u/:username/user-menu-private-messages", menu_messages, ROUTE_LOGIN},
	{0},
};
