#include "resources.h"

#include <string.h>

#include "mem.h"
#include "options.h"
#include "str.h"
#include "topic_list_filter.h"

/* ?3 a tag or 0. Listed topics and, apart, one's own messages. Tags on nothing that a member may see are for
 * staff. */
static const char select_tags[] =
	"SELECT g.id, g.name, coalesce(n.topics, 0), coalesce(n.messages, 0) FROM tag g LEFT JOIN (SELECT x.tag_id,"
	" sum(" FORUM_TOPIC_LISTED("t") ") AS topics, sum(" FORUM_MESSAGE_MINE("t") ") AS messages"
	" FROM topic_tag x JOIN topic t ON t.id = x.topic_id WHERE ?3 = 0 OR x.tag_id = ?3 GROUP BY x.tag_id) n"
	" ON n.tag_id = g.id WHERE CASE ?3 WHEN 0 THEN ?2 >= 1 OR n.topics > 0 OR n.messages > 0 ELSE g.id = ?3 END"
	" ORDER BY g.name";

static struct sql_query *select_some(struct request *r, int64_t id)
{
	struct viewer v = forum_viewer(r);
	return sql_query(r->db, select_tags, "ini", FORUM_VIEWER(v), id);
}

/* The older shape has the name as the id. */
static void list(struct request *r, struct response *w)
{
	bool old = r->server->options->old_discourse;
	struct json *root = json_object(), *tags = json_add_array(root, "tags");
	json_add_array(json_add_object(root, "extras"), "categories");
	struct sql_query *q = select_some(r, 0);
	while (sql_next(q)) {
		struct json *tag = json_append_object(tags);
		if (old)
			json_add_string(tag, "id", sql_text(q, 1));
		else
			json_add_int(tag, "id", sql_int(q, 0));
		json_add_string(tag, "text", sql_text(q, 1));
		json_add_string(tag, "name", sql_text(q, 1));
		json_add_string(tag, "slug", sql_text(q, 1));
		json_add_null(tag, "description");
		json_add_int(tag, "count", sql_int(q, 2));
		json_add_int(tag, "pm_count", sql_int(q, 3));
		json_add_bool(tag, "pm_only", false);
		json_add_null(tag, "target_tag");
	}
	sql_end(q, NULL);
	response_json(w, root);
}

/* "name" or, as newer sites write it, "slug/12"; then perhaps "l/latest". 0: unknown. */
static int64_t tag_of_route(struct request *r, const char **kind)
{
	char *left = arena_strdup(r->mem, request_part(r, "path"));
	const char *name = strsep(&left, "/");
	int64_t id = 0;
	*kind = "latest";
	if (left != NULL && str_to_int(left, 1, INT64_MAX, &id))
		return sql_get_int(r->db, 0, "SELECT id FROM tag WHERE id = ?", "i", id);
	if (left != NULL && str_starts(left, "l/"))
		*kind = left + 2;
	else if (left != NULL)
		return 0;
	return sql_get_int(r->db, 0, "SELECT id FROM tag WHERE name = ? COLLATE NOCASE", "s", name);
}

static void topics(struct request *r, struct response *w)
{
	const char *kind;
	int64_t id = tag_of_route(r, &kind);
	struct topic_filter f = {.pinned_first = true};
	struct json *root, *tree;
	if (id == 0 || (strcmp(kind, "latest") != 0 && strcmp(kind, "top") != 0)) {
		response_not_found(r, w);
		return;
	}
	if (strcmp(kind, "top") == 0)
		f = (struct topic_filter){.order = "score"};
	if (!topic_filter_read(r, w, &f))
		return;
	const char **name = ARENA_ARRAY(r->mem, 1, const char *);
	name[0] = sql_get_text(r->db, r->mem, "SELECT name FROM tag WHERE id = ?", "i", id);
	f.tag = name;
	f.tag_count = 1;
	if ((tree = topic_filter_answer(r, w, &f, &root)) == NULL)
		return;
	struct json *tag = json_append_object(json_add_array(tree, "tags"));
	struct sql_query *q = select_some(r, id);
	sql_next(q);
	json_add_int(tag, "id", id);
	json_add_string(tag, "name", name[0]);
	json_add_string(tag, "slug", name[0]);
	json_add_int(tag, "topic_count", sql_int(q, 2));
	json_add_bool(tag, "staff", false);
	sql_end(q, NULL);
	response_json(w, root);
}

static void info(struct request *r, struct response *w)
{
	struct sql_query *q = select_some(r, request_part_id(r, "id"));
	if (request_part_id(r, "id") == 0 || !sql_next(q)) {
		sql_end(q, NULL);
		response_not_found(r, w);
		return;
	}
	struct json *root = json_object(), *tag = json_add_object(root, "tag_info");
	json_add_int(tag, "id", sql_int(q, 0));
	json_add_string(tag, "name", sql_text(q, 1));
	json_add_string(tag, "slug", sql_text(q, 1));
	json_add_null(tag, "description");
	json_add_int(tag, "topic_count", sql_int(q, 2));
	json_add_bool(tag, "staff", false);
	json_add_array(tag, "synonyms");
	json_add_array(tag, "tag_group_names");
	json_add_bool(tag, "category_restricted", false);
	sql_end(q, NULL);
	json_add_array(root, "categories");
	response_json(w, root);
}

const struct route tag_routes[] = {
	{"GET", "/tags", list},
	{"GET", "/tag/:id/info", info},
	{"GET", "/tag/*path", topics},
	{0},
};
