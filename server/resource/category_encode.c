#include "category_encode.h"

#include "forum_category.h"
#include "str.h"

static const int64_t DayMs = 24 * 3600 * 1000;

/* ?3 one category or 0, ?4 only under this parent (0: those without one, -1: all), ?5 now, ?6 a day. */
static const char select_categories[] =
	"SELECT c.id, c.parent_id, c.name, c.slug, c.description, c.color, c.position, c.topic_template,"
	" c.read_restricted, c.minimum_required_tags, coalesce(cu.notification_level, 1),"
	" (SELECT count(*) FROM category k WHERE k.parent_id = c.id),"
	" (SELECT json_group_array(k.id) FROM category k WHERE k.parent_id = c.id AND " FORUM_CATEGORY_VISIBLE("k") "),"
	" coalesce(n.topics, 0), coalesce(n.posts, 0), coalesce(n.day, 0), coalesce(n.week, 0), coalesce(n.month, 0),"
	" coalesce(n.year, 0)"
	" FROM category c LEFT JOIN category_user cu ON cu.category_id = c.id AND cu.user_id = ?1"
	" LEFT JOIN (SELECT category_id, count(*) AS topics, sum(posts_count) AS posts,"
	"  sum(created_ms > ?5 - ?6) AS day, sum(created_ms > ?5 - 7 * ?6) AS week,"
	" sum(created_ms > ?5 - 30 * ?6) AS month,"
	"  sum(created_ms > ?5 - 365 * ?6) AS year FROM topic WHERE archetype = 'regular' AND deleted_ms IS NULL"
	" AND visible"
	"  AND (?3 = 0 OR category_id = ?3)"
	"  GROUP BY category_id) n ON n.category_id = c.id"
	" WHERE " FORUM_CATEGORY_VISIBLE("c") " AND (?3 = 0 OR c.id = ?3)"
	" AND (?4 = -1 OR coalesce(c.parent_id, 0) = ?4) ORDER BY c.position, c.id";

enum column {
	C_ID, C_PARENT, C_NAME, C_SLUG, C_DESCRIPTION, C_COLOR, C_POSITION, C_TEMPLATE, C_RESTRICTED,
	C_MIN_TAGS, CU_LEVEL, CHILD_COUNT, CHILDREN, N_TOPICS, N_POSTS, N_DAY, N_WEEK, N_MONTH, N_YEAR,
};

const char *category_path(struct request *r, int64_t category_id)
{
	return sql_get_text(r->db, r->mem, "SELECT '/c/' || coalesce(p.slug || '/', '') || c.slug || '/' || c.id"
		" FROM category c LEFT JOIN category p ON p.id = c.parent_id WHERE c.id = ?", "i", category_id);
}

static void nulls(struct json *into, const char *const *name)
{
	for (; *name != NULL; name++)
		json_add_null(into, *name);
}

/* What an organiser could set on a Discourse and kringd keeps at its defaults. */
static void defaults_encode(struct request *r, struct json *into, unsigned parts)
{
	static const char *const absent[] = {"emoji", "icon", "topic_title_placeholder", "sort_order", "sort_ascending",
		"default_view", "uploaded_logo", "uploaded_logo_dark", "uploaded_background", "uploaded_background_dark",
		"read_only_banner", NULL};
	nulls(into, absent);
	json_add_string(into, "text_color", "FFFFFF");
	json_add_string(into, "style_type", "square");
	json_add_bool(into, "show_subcategory_list", false);
	json_add_int(into, "num_featured_topics", 3);
	json_add_string(into, "subcategory_list_style", "rows_with_featured_topics");
	json_add_string(into, "default_top_period", "all");
	json_add_string(into, "default_list_filter", "all");
	json_add_bool(into, "navigate_to_first_post_after_read", false);
	json_add_bool(into, "allow_global_tags", false);
	json_add_array(into, "required_tag_groups");
	json_add_object(into, "custom_fields");
	json_add_array(into, "form_template_ids");
	json_add_bool(into, "can_edit", r->me.staff);
	if (!(parts & CATEGORY_DETAILS))
		return;
	static const char *const unused[] = {"auto_close_hours", "default_slow_mode_seconds", "email_in", NULL};
	nulls(into, unused);
	json_add_bool(into, "auto_close_based_on_last_post", false);
	json_add_bool(into, "allow_unlimited_owner_edits_on_first_post", false);
	json_add_bool(into, "email_in_allow_strangers", false);
	json_add_bool(into, "mailinglist_mirror", false);
	json_add_bool(into, "all_topics_wiki", false);
	json_add_bool(into, "can_delete", false);
	json_add_bool(into, "allow_badges", true);
	json_add_bool(into, "topic_featured_link_allowed", false);
	json_add_int(into, "search_priority", 0);
	json_add_array(into, "topic_posting_review_group_ids");
	json_add_array(into, "reply_posting_review_group_ids");
}

/* Who may do what; everyone when the category is open. */
static void groups_encode(struct request *r, struct sql_query *c, struct json *into)
{
	struct json *available = json_add_array(into, "available_groups");
	struct json *permissions = json_add_array(into, "group_permissions");
	struct sql_query *q = sql_query(r->db, "SELECT g.id, g.name, cg.permission FROM groups g LEFT"
		" JOIN category_group cg"
		" ON cg.group_id = g.id AND cg.category_id = ? ORDER BY g.name", "i", sql_int(c, C_ID));
	while (sql_next(q)) {
		json_append_string(available, sql_text(q, 1));
		if (sql_is_null(q, 2))
			continue;
		struct json *row = json_append_object(permissions);
		json_add_int(row, "permission_type", sql_int(q, 2));
		json_add_string(row, "group_name", sql_text(q, 1));
		json_add_int(row, "group_id", sql_int(q, 0));
	}
	sql_end(q, NULL);
	if (sql_int(c, C_RESTRICTED))
		return;
	struct json *everyone = json_append_object(permissions);
	json_add_int(everyone, "permission_type", 1);
	json_add_string(everyone, "group_name", "everyone");
	json_add_int(everyone, "group_id", 0);
}

static void counts_encode(struct sql_query *q, struct json *into)
{
	json_add_int(into, "topics_day", sql_int(q, N_DAY));
	json_add_int(into, "topics_week", sql_int(q, N_WEEK));
	json_add_int(into, "topics_month", sql_int(q, N_MONTH));
	json_add_int(into, "topics_year", sql_int(q, N_YEAR));
	json_add_int(into, "topics_all_time", sql_int(q, N_TOPICS));
	if (sql_int(q, C_ID) == CATEGORY_UNCATEGORIZED)
		json_add_bool(into, "is_uncategorized", true);
	json_add_parsed(into, "subcategory_ids", sql_text(q, CHILDREN));
}

static void row_encode(struct request *r, struct sql_query *q, struct json *into, unsigned parts)
{
	const char *description = sql_text(q, C_DESCRIPTION);
	json_add_int(into, "id", sql_int(q, C_ID));
	json_add_string(into, "name", sql_text(q, C_NAME));
	json_add_string(into, "color", sql_text(q, C_COLOR));
	json_add_string(into, "slug", sql_text(q, C_SLUG));
	json_add_int(into, "topic_count", sql_int(q, N_TOPICS));
	json_add_int(into, "post_count", sql_int(q, N_POSTS));
	json_add_int(into, "position", sql_int(q, C_POSITION));
	json_add_string(into, "description", description == NULL ? NULL : forum_escape(r->mem, description));
	json_add_string(into, "description_text", description);
	json_add_string(into, "description_excerpt", description == NULL ? NULL : forum_escape(r->mem, description));
	json_add_string(into, "topic_url", "");
	json_add_bool(into, "read_restricted", sql_int(q, C_RESTRICTED));
	json_add_int(into, "permission", forum_category_permission(r->db, forum_viewer(r), sql_int(q, C_ID)));
	json_add_int(into, "notification_level", sql_int(q, CU_LEVEL));
	json_add_string(into, "topic_template", sql_text(q, C_TEMPLATE));
	json_add_bool(into, "has_children", sql_int(q, CHILD_COUNT) > 0);
	json_add_int(into, "subcategory_count", sql_int(q, CHILD_COUNT));
	json_add_int(into, "minimum_required_tags", sql_int(q, C_MIN_TAGS));
	if (!sql_is_null(q, C_PARENT))
		json_add_int(into, "parent_category_id", sql_int(q, C_PARENT));
	defaults_encode(r, into, parts);
	if (parts & CATEGORY_COUNTS)
		counts_encode(q, into);
	if (parts & CATEGORY_DETAILS)
		groups_encode(r, q, into);
}

static struct sql_query *select(struct request *r, int64_t id, int64_t parent_id)
{
	struct viewer v = forum_viewer(r);
	return sql_query(r->db, select_categories, "iniiii", FORUM_VIEWER(v), id, parent_id, r->now_ms, DayMs);
}

bool category_encode(struct request *r, struct json *into, int64_t category_id, unsigned parts)
{
	struct sql_query *q = select(r, category_id, -1);
	bool found = category_id != 0 && sql_next(q);
	if (found)
		row_encode(r, q, into, parts);
	sql_end(q, NULL);
	return found;
}

void categories_encode(struct request *r, struct json *array, int64_t parent_id, unsigned parts)
{
	struct sql_query *q = select(r, 0, parent_id);
	while (sql_next(q)) {
		struct json *category = json_append_object(array);
		row_encode(r, q, category, parts);
		if ((parts & CATEGORY_CHILDREN) && sql_int(q, CHILD_COUNT) > 0)
			categories_encode(r, json_add_array(category, "subcategory_list"), sql_int(q, C_ID), parts);
	}
	sql_end(q, NULL);
}
