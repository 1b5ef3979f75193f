#include <string.h>

#include "cook.h"
#include "forum_group.h"
#include "group_encode.h"
#include "mem.h"
#include "options.h"
#include "paging.h"
#include "people.h"
#include "resources.h"
#include "str.h"

enum {
	GROUPS_PAGE = 36, MEMBERS_DEFAULT = 50, MEMBERS_MAX = 1000, OFFSET_MAX = 1000000, POSTS_PAGE = 20,
	MENTIONABLE_ALL = 99, EXCERPT_BYTES = 300,
};

static void absent_encode(struct json *into, const char *const *name)
{
	for (; *name != NULL; name++)
		json_add_null(into, *name);
}

void group_encode(struct request *r, struct json *into, struct sql_query *q, enum group_place place)
{
	static const char *const absent[] = {"title", "grant_trust_level", "incoming_email", "flair_url",
		"flair_bg_color", "flair_color", "membership_request_template", NULL};
	bool automatic = sql_int(q, 1), messageable = sql_int(q, 6) && !automatic;
	json_add_int(into, "id", sql_int(q, 0));
	json_add_bool(into, "automatic", automatic);
	json_add_string(into, "name", sql_text(q, 2));
	if (place != GROUP_ALONE)
		json_add_string(into, "display_name", sql_text(q, 2));
	json_add_int(into, "user_count", sql_int(q, 7));
	json_add_int(into, "mentionable_level", automatic ? 0 : MENTIONABLE_ALL);
	json_add_int(into, "messageable_level", messageable ? MENTIONABLE_ALL : 0);
	json_add_int(into, "visibility_level", 0);
	json_add_bool(into, "primary_group", false);
	json_add_bool(into, "has_messages", messageable);
	absent_encode(into, absent);
	json_add_string(into, "bio_raw", sql_text(q, 4));
	json_add_string(into, "bio_cooked", sql_text(q, 5));
	json_add_string(into, "bio_excerpt",
		sql_is_null(q, 5) ? NULL : cook_excerpt(r->mem, sql_text(q, 5), EXCERPT_BYTES));
	json_add_bool(into, "public_admission", false);
	json_add_bool(into, "public_exit", false);
	json_add_bool(into, "allow_membership_requests", false);
	json_add_string(into, "full_name", sql_text(q, 3));
	json_add_int(into, "default_notification_level", 3);
	if (place != GROUP_IN_PROFILE)
		json_add_bool(into, "is_group_user", !sql_is_null(q, 8));
	if (place != GROUP_IN_PROFILE && sql_int(q, 8))
		json_add_bool(into, "is_group_owner", true);
	json_add_int(into, "members_visibility_level", 0);
	json_add_bool(into, "can_see_members", true);
	json_add_bool(into, "can_admin_group", r->me.admin);
	if (place != GROUP_IN_PROFILE)
		json_add_bool(into, "can_edit_group", r->me.admin);
	json_add_bool(into, "publish_read_state", false);
}

void groups_of_member_encode(struct request *r, struct json *into, int64_t user_id)
{
	struct json *groups = json_add_array(into, "groups");
	struct sql_query *q = sql_query(r->db,
		"SELECT " GROUP_COLUMNS " FROM group_member x JOIN groups g ON g.id = x.group_id WHERE x.user_id = ?2"
		" ORDER BY g.id", "ii", r->me.user_id, user_id);
	while (sql_next(q))
		group_encode(r, json_append_object(groups), q, GROUP_IN_PROFILE);
	sql_end(q, NULL);
	struct json *rows = json_add_array(into, "group_users");
	q = sql_query(r->db, "SELECT group_id, owner FROM group_member WHERE user_id = ? ORDER BY 1", "i", user_id);
	while (sql_next(q)) {
		struct json *row = json_append_object(rows);
		json_add_int(row, "group_id", sql_int(q, 0));
		json_add_int(row, "user_id", user_id);
		json_add_int(row, "notification_level", 3);
		json_add_bool(row, "owner", sql_int(q, 1));
	}
	sql_end(q, NULL);
}

/* Automatic groups are the organisers' business; of those, other members only see who the moderators are. */
#define GROUPS_LISTED \
	" FROM groups g LEFT JOIN group_member mine ON mine.group_id = g.id AND mine.user_id = ?1" \
	" WHERE (?2 OR NOT g.automatic OR g.id = 2) AND (?3 IS NULL OR instr(fold(g.name), fold(?3)) > 0" \
	"  OR instr(fold(coalesce(g.full_name, '')), fold(?3)) > 0)" \
	" AND (?4 IS NULL OR EXISTS (SELECT 1 FROM group_member m JOIN user u ON u.id = m.user_id" \
	"  WHERE m.group_id = g.id AND u.username = ?4))" \
	" AND CASE ?5 WHEN 'my' THEN mine.user_id IS NOT NULL WHEN 'owner' THEN mine.owner = 1 WHEN 'public' THEN 0" \
	"  WHEN 'close' THEN NOT g.automatic WHEN 'automatic' THEN g.automatic ELSE 1 END"

static const struct {
	const char *name;
	bool member, staff; /* who may ask for it */
} group_types[] = {
	{"my", true, false}, {"owner", true, false}, {"public", false, false}, {"close", false, false},
	{"automatic", false, true},
};

static void types_encode(struct request *r, struct json *types)
{
	for (size_t i = 0; i < COUNT(group_types); i++)
		if ((!group_types[i].member || r->me.user_id != 0) && (!group_types[i].staff || r->me.staff))
			json_append_string(types, group_types[i].name);
}

static bool type_known(const char *type)
{
	for (size_t i = 0; i < COUNT(group_types); i++)
		if (str_equal(type, group_types[i].name))
			return true;
	return false;
}

static const char *filled_param(struct request *r, const char *name)
{
	const char *value = request_param(r, name);
	return str_empty(value) ? NULL : value;
}

static void groups_list(struct request *r, struct response *w)
{
	struct page page = {.number = number_param(r, "page", 0, 0, OFFSET_MAX), .size = GROUPS_PAGE};
	const char *filter = filled_param(r, "filter"), *username = filled_param(r, "username");
	const char *type = filled_param(r, "type");
	if (type != NULL && !type_known(type)) {
		response_invalid(r, w, "type");
		return;
	}
	struct json *answer = json_object(), *groups = json_add_array(answer, "groups");
	struct sql_query *q = sql_query(r->db,
		"SELECT " GROUP_COLUMNS ", (SELECT count(*) FROM group_member m"
		" WHERE m.group_id = g.id) AS size" GROUPS_LISTED
		" ORDER BY CASE WHEN ?6 = 'user_count' THEN CASE WHEN ?7 THEN size ELSE -size END END,"
		" CASE WHEN ?6 = 'name' AND NOT ?7 THEN g.name END DESC, g.name LIMIT ?8 OFFSET ?9",
		"inssssnii", r->me.user_id, r->me.staff, filter, username, type, str_or_empty(request_param(r, "order")),
		request_param_bool(r, "asc", false), (int64_t)page.size, page.number * page.size);
	while (sql_next(q))
		group_encode(r, json_append_object(groups), q, GROUP_IN_LIST);
	sql_end(q, NULL);
	types_encode(r, json_add_array(json_add_object(answer, "extras"), "type_filters"));
	json_add_int(answer, "total_rows_groups", sql_get_int(r->db, 0, "SELECT count(*)" GROUPS_LISTED, "insss",
		r->me.user_id, r->me.staff, filter, username, type));
	json_add_string(answer, "load_more_groups", page_next_url(r, &page));
	response_json(w, answer);
}

/* What /groups/NAME adds to the item of a list. */
static void group_detail_encode(struct request *r, struct json *group, int64_t id)
{
	static const char *const absent[] = {"automatic_membership_email_domains", "smtp_updated_at", "smtp_updated_by",
		"smtp_server", "smtp_port", "smtp_ssl_mode", "email_username", "email_from_alias", "email_password", NULL};
	static const char *const empty[] = {"associated_group_ids", "watching_category_ids", "tracking_category_ids",
		"watching_first_post_category_ids", "regular_category_ids", "muted_category_ids", "watching_tags",
		"watching_first_post_tags", "tracking_tags", "regular_tags", "muted_tags", NULL};
	bool messageable = json_int(group, "messageable_level", 0) != 0;
	json_add_bool(group, "is_group_owner_display", json_bool(group, "is_group_owner", false));
	json_add_bool(group, "mentionable", json_int(group, "mentionable_level", 0) != 0);
	json_add_bool(group, "messageable", messageable);
	json_add_int(group, "message_count", sql_get_int(r->db, 0,
		"SELECT count(*) FROM topic_allowed a JOIN topic t ON t.id = a.topic_id WHERE a.group_id = ?"
		" AND t.deleted_ms IS NULL", "i", id));
	json_add_bool(group, "allow_unknown_sender_topic_replies", false);
	json_add_bool(group, "smtp_enabled", false);
	absent_encode(group, absent);
	for (size_t i = 0; empty[i] != NULL; i++)
		json_add_array(group, empty[i]);
}

static void visible_names_encode(struct request *r, struct json *extras)
{
	struct json *names = json_add_array(extras, "visible_group_names");
	struct sql_query *q = sql_query(r->db, "SELECT name FROM groups WHERE ?1 OR NOT automatic ORDER BY name", "n",
		r->me.staff);
	while (sql_next(q))
		json_append_string(names, sql_text(q, 0));
	sql_end(q, NULL);
}

static void group_answer(struct request *r, struct response *w, int64_t id)
{
	struct sql_query *q = sql_query(r->db, "SELECT " GROUP_COLUMNS " FROM groups g WHERE g.id = ?2", "ii",
		r->me.user_id, id);
	struct json *answer = NULL, *group = NULL;
	if (sql_next(q)) {
		answer = json_object();
		group = json_add_object(answer, "group");
		group_encode(r, group, q, GROUP_ALONE);
	}
	sql_end(q, NULL);
	if (answer == NULL) {
		response_not_found(r, w);
		return;
	}
	group_detail_encode(r, group, id);
	visible_names_encode(r, json_add_object(answer, "extras"));
	response_json(w, answer);
}

static void group_show(struct request *r, struct response *w)
{
	group_answer(r, w, forum_group_id(r->db, request_part(r, "name")));
}

static void group_show_by_id(struct request *r, struct response *w)
{
	group_answer(r, w, request_part_id(r, "id"));
}

#define MEMBERS_FROM \
	" FROM group_member m JOIN user u ON u.id = m.user_id WHERE m.group_id = ?1 AND u.id > 0 AND u.active" \
	" AND (?2 IS NULL OR instr(fold(u.username), fold(?2)) > 0 OR instr(fold(coalesce(u.name, '')), fold(?2)) > 0)"
#define MEMBERS_COLUMNS \
	"SELECT u.id, u.username, u.name, u.title, u.last_posted_ms, u.last_seen_ms, m.added_ms, u.timezone"

static void member_encode(struct request *r, struct json *list, struct sql_query *q)
{
	struct json *member = json_append_object(list);
	user_brief_encode(r, member, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	json_add_string(member, "title", sql_text(q, 3));
	json_add_time_ms(member, "last_posted_at", sql_int(q, 4), 0);
	json_add_time_ms(member, "last_seen_at", sql_int(q, 5), 0);
	json_add_time_ms(member, "added_at", sql_int(q, 6), 0);
	json_add_string(member, "timezone", sql_text(q, 7));
}

static void members_encode(struct request *r, struct json *list, int64_t group_id, const char *filter,
	int64_t limit, int64_t offset)
{
	struct sql_query *q = sql_query(r->db,
		MEMBERS_COLUMNS MEMBERS_FROM
		" ORDER BY m.owner DESC, CASE WHEN ?4 THEN CASE ?3 WHEN 'last_posted_at' THEN u.last_posted_ms"
		" WHEN 'last_seen_at'"
		"  THEN u.last_seen_ms WHEN 'added_at' THEN m.added_ms END END NULLS LAST,"
		" CASE WHEN NOT ?4 THEN CASE ?3 WHEN 'last_posted_at' THEN u.last_posted_ms WHEN 'last_seen_at'"
		"  THEN u.last_seen_ms WHEN 'added_at' THEN m.added_ms END END DESC NULLS LAST,"
		" CASE WHEN ?4 THEN u.username END COLLATE NOCASE, u.username COLLATE NOCASE DESC LIMIT ?5 OFFSET ?6",
		"issnii", group_id, filter, str_or_empty(request_param(r, "order")),
		request_param_bool(r, "asc", false), limit, offset);
	while (sql_next(q))
		member_encode(r, list, q);
	sql_end(q, NULL);
}

static void owners_encode(struct request *r, struct json *list, int64_t group_id)
{
	struct sql_query *q = sql_query(r->db, MEMBERS_COLUMNS MEMBERS_FROM " AND m.owner"
		" ORDER BY u.username COLLATE NOCASE", "is", group_id, NULL);
	while (sql_next(q))
		member_encode(r, list, q);
	sql_end(q, NULL);
}

/* As in Discourse the owners come first, names run backwards unless asc is sent, and meta.total does not look
 * at the filter. */
static void group_members(struct request *r, struct response *w)
{
	int64_t id = forum_group_id(r->db, request_part(r, "name"));
	if (id == 0) {
		response_not_found(r, w);
		return;
	}
	int64_t limit = request_param_int(r, "limit", MEMBERS_DEFAULT), offset = request_param_int(r, "offset", 0);
	if (limit < 0 || limit > MEMBERS_MAX || offset < 0) {
		response_invalid(r, w, offset < 0 ? "offset" : "limit");
		return;
	}
	const char *filter = request_param(r, "filter");
	filter = str_empty(filter) ? NULL : filter;
	struct json *answer = json_object();
	members_encode(r, json_add_array(answer, "members"), id, filter, limit, offset);
	owners_encode(r, json_add_array(answer, "owners"), id);
	struct json *meta = json_add_object(answer, "meta");
	json_add_int(meta, "total", sql_get_int(r->db, 0, "SELECT count(*)" MEMBERS_FROM, "is", id, NULL));
	json_add_int(meta, "limit", limit);
	json_add_int(meta, "offset", offset);
	response_json(w, answer);
}

/* A page of posts that members of the group wrote, before a post id, newest first. */
static void group_posts(struct request *r, struct response *w)
{
	int64_t id = forum_group_id(r->db, request_part(r, "name"));
	if (id == 0) {
		response_not_found(r, w);
		return;
	}
	int64_t before = request_param_int(r, "before_post_id", INT64_MAX),
		category = request_param_int(r, "category_id", 0);
	struct json *answer = json_object(), *posts = json_add_array(answer, "posts");
	struct sql_query *q = sql_query(r->db,
		"SELECT p.id, p.cooked, p.created_ms, t.title, t.slug, t.id, p.post_number, t.category_id, u.id,"
		" u.username, u.name, u.title, p.post_type, p.like_count FROM post p JOIN topic t ON t.id = p.topic_id"
		" JOIN user u ON u.id = p.user_id WHERE " FORUM_TOPIC_LISTED("t") " AND p.deleted_ms IS NULL"
		" AND p.post_type = 1"
		" AND NOT p.hidden AND p.user_id IN (SELECT user_id FROM group_member WHERE group_id = ?3) AND p.id < ?4"
		" AND (?5 = 0 OR t.category_id = ?5) ORDER BY p.id DESC LIMIT ?6",
		"iniiin", FORUM_VIEWER(forum_viewer(r)), id, before, category, POSTS_PAGE);
	while (sql_next(q)) {
		struct json *post = json_append_object(posts);
		json_add_int(post, "id", sql_int(q, 0));
		json_add_string(post, "cooked", sql_text(q, 1));
		json_add_string(post, "excerpt", cook_excerpt(r->mem, sql_text(q, 1), EXCERPT_BYTES));
		json_add_time_ms(post, "created_at", sql_int(q, 2), 0);
		json_add_string(post, "title", sql_text(q, 3));
		json_add_string(post, "url", arena_printf(r->mem, "/t/%s/%lld/%lld", sql_text(q, 4),
			(long long)sql_int(q, 5), (long long)sql_int(q, 6)));
		json_add_int(post, "topic_id", sql_int(q, 5));
		json_add_string(post, "topic_slug", sql_text(q, 4));
		json_add_int(post, "post_number", sql_int(q, 6));
		json_add_int(post, "post_type", sql_int(q, 12));
		json_add_int(post, "like_count", sql_int(q, 13));
		json_add_int(post, "category_id", sql_int(q, 7));
		json_add_string(post, "username", sql_text(q, 9));
		json_add_string(post, "user_title", sql_text(q, 11));
		json_add_string(post, "user_long_name", str_or_empty(sql_text(q, 10)));
		json_add_null(post, "primary_group_name");
		user_brief_encode(r, json_add_object(post, "user"), sql_int(q, 8), sql_text(q, 9), sql_text(q, 10));
	}
	sql_end(q, NULL);
	json_add_array(answer, "categories");
	response_json(w, answer);
}

const struct route group_routes[] = {
	{"GET", "/groups", groups_list, ROUTE_PACKS},
	{"GET", "/groups/by-id/:id", group_show_by_id},
	{"GET", "/groups/:name", group_show},
	{"GET", "/g/:name", group_show},
	{"GET", "/groups/:name/members", group_members, ROUTE_LOGIN | ROUTE_PACKS},
	{"GET", "/g/:name/members", group_members, ROUTE_LOGIN},
	{"GET", "/groups/:name/posts", group_posts},
	{0},
};
