#include <string.h>

#include "forum_group.h"
#include "mem.h"
#include "options.h"
#include "paging.h"
#include "people.h"
#include "resources.h"
#include "str.h"

/* The counters of the members' list. Adding them up reads every post, so they are kept for an hour in a table of
 * the connection, the way Discourse keeps them in directory_items. */
enum { STATS_KEPT_MS = 60 * 60 * 1000, PAGE_ROWS = 50, LAST_PAGE = 10, LAST_PAGE_OLD = 1000000,
	OWN_ROW_WITHIN = 10 };

static const struct period {
	const char *name;
	int id, days; /* days 0: all time */
} periods[] = {
	{"all", 1, 0}, {"yearly", 2, 365}, {"monthly", 3, 30}, {"weekly", 4, 7}, {"daily", 5, 1}, {"quarterly", 6, 91},
};

/* In the order of the counters in DIRECTORY_COLUMNS. */
static const struct column {
	const char *name, *icon;
} columns[] = {
	{"likes_received", "heart"}, {"likes_given", "heart"}, {"topic_count", NULL}, {"post_count", NULL},
	{"topics_entered", NULL}, {"posts_read", NULL}, {"days_visited", NULL},
};

static const struct period *period_of(const char *name)
{
	for (size_t i = 0; i < COUNT(periods); i++)
		if (str_equal(periods[i].name, name))
			return &periods[i];
	return NULL;
}

static bool stats_make_table(struct sql *db)
{
	return sql_exec(db,
		"CREATE TEMP TABLE IF NOT EXISTS directory_period (period INTEGER PRIMARY KEY, made_ms INTEGER NOT NULL);"
		"CREATE TEMP TABLE IF NOT EXISTS directory_stat (period INTEGER, user_id INTEGER, likes_received INTEGER,"
		" likes_given INTEGER, topic_count INTEGER, post_count INTEGER, topics_entered INTEGER, posts_read INTEGER,"
		" days_visited INTEGER, time_read INTEGER, PRIMARY KEY (period, user_id)) WITHOUT ROWID;", NULL);
}

static void stats_fill(struct request *r, const struct period *p, int64_t since_ms)
{
	sql_run(r->db, NULL, "DELETE FROM temp.directory_stat WHERE period = ?", "n", p->id);
	sql_run(r->db, NULL,
		"WITH wrote AS MATERIALIZED (SELECT p.id, p.user_id, p.post_number, p.created_ms FROM post p"
		" JOIN topic t ON t.id = p.topic_id WHERE t.archetype = 'regular' AND t.deleted_ms IS NULL"
		" AND p.deleted_ms IS NULL AND p.post_type = 1),"
		" liked AS MATERIALIZED (SELECT w.user_id AS to_id, a.user_id AS by_id FROM post_action a"
		" JOIN wrote w ON w.id = a.post_id WHERE a.type = 2 AND a.created_ms >= ?2),"
		" got AS (SELECT to_id AS user_id, count(*) AS n FROM liked GROUP BY 1),"
		" gave AS (SELECT by_id AS user_id, count(*) AS n FROM liked GROUP BY 1),"
		" posts AS (SELECT user_id, sum(post_number = 1) AS topics, sum(post_number > 1) AS replies,"
		" count(DISTINCT created_ms / 86400000) AS days FROM wrote WHERE created_ms >= ?2 GROUP BY 1),"
		" seen AS (SELECT tu.user_id, sum(tu.first_visited_ms >= ?2) AS entered,"
		" sum(tu.last_read_post_number) AS reads,"
		" sum(tu.total_msecs) / 1000 AS seconds, count(DISTINCT tu.last_visited_ms / 86400000) AS days"
		" FROM topic_user tu"
		" JOIN topic t ON t.id = tu.topic_id WHERE t.archetype = 'regular' AND tu.last_visited_ms >= ?2 GROUP BY 1)"
		" INSERT INTO temp.directory_stat SELECT ?1, u.id, coalesce(got.n, 0), coalesce(gave.n, 0),"
		" coalesce(posts.topics, 0), coalesce(posts.replies, 0), coalesce(seen.entered, 0),"
		" coalesce(seen.reads, 0),"
		" max(coalesce(seen.days, 0), coalesce(posts.days, 0)), coalesce(seen.seconds, 0)"
		" FROM user u LEFT JOIN got ON got.user_id = u.id LEFT JOIN gave ON gave.user_id = u.id"
		" LEFT JOIN posts ON posts.user_id = u.id LEFT JOIN seen ON seen.user_id = u.id WHERE u.id > 0",
		"ni", p->id, since_ms);
	sql_run(r->db, NULL, "INSERT OR REPLACE INTO temp.directory_period VALUES (?, ?)", "ni", p->id, r->now_ms);
}

/* When the counters were added up. */
static int64_t stats_refresh(struct request *r, const struct period *p)
{
	stats_make_table(r->db);
	int64_t made_ms = sql_get_int(r->db, 0, "SELECT made_ms FROM temp.directory_period WHERE period = ?", "n",
		p->id);
	if (made_ms != 0 && made_ms <= r->now_ms && r->now_ms - made_ms < STATS_KEPT_MS)
		return made_ms;
	stats_fill(r, p, p->days == 0 ? 0 : r->now_ms - p->days * INT64_C(86400000));
	return r->now_ms;
}

/* Who is in the list. ?1 the period; every other parameter NULL when it was not given. Members without counters are
 * there with zeros. */
#define DIRECTORY_FROM \
	" FROM user u LEFT JOIN temp.directory_stat s ON s.user_id = u.id AND s.period = ?1" \
	" WHERE u.id > 0 AND u.active" \
	" AND (?2 IS NULL OR instr(fold(u.username), fold(?2)) > 0 OR instr(fold(coalesce(u.name, '')), fold(?2)) > 0" \
	"  OR EXISTS (SELECT 1 FROM user_field_value v JOIN user_field f ON f.id = v.field_id" \
	"   WHERE v.user_id = u.id AND f.searchable AND instr(fold(v.value), fold(?2)) > 0))" \
	" AND (?3 IS NULL OR u.username = ?3)" \
	" AND (?4 IS NULL OR EXISTS (SELECT 1 FROM group_member m JOIN groups g ON g.id = m.group_id" \
	"  WHERE m.user_id = u.id AND g.name = ?4))" \
	" AND (?5 IS NULL OR u.username NOT IN (SELECT value COLLATE NOCASE FROM json_each(?5)))" \
	" AND (?6 IS NULL OR NOT EXISTS (SELECT 1 FROM group_member m JOIN groups g ON g.id = m.group_id" \
	"  WHERE m.user_id = u.id AND g.name IN (SELECT value COLLATE NOCASE FROM json_each(?6))))"
#define DIRECTORY_COLUMNS \
	"SELECT u.id, u.username, u.name, u.title, coalesce(s.likes_received, 0), coalesce(s.likes_given, 0)," \
	" coalesce(s.topic_count, 0), coalesce(s.post_count, 0), coalesce(s.topics_entered, 0)," \
	" coalesce(s.posts_read, 0), coalesce(s.days_visited, 0), coalesce(s.time_read, 0)"

struct question {
	const struct period *period;
	const char *name, *username, *group, *exclude, *exclude_groups, *order, *fields;
	bool ascending;
	int64_t page, limit;
};

static const char *text_param(struct request *r, const char *name)
{
	const char *value = request_param(r, name);
	return str_empty(value) ? NULL : value;
}

static struct question question_read(struct request *r)
{
	struct question q = {
		.period = period_of(request_param(r, "period")),
		.name = text_param(r, "name"),
		.username = text_param(r, "username"),
		.group = text_param(r, "group"),
		.order = str_or_empty(request_param(r, "order")),
		.ascending = request_param_bool(r, "asc", false),
		.page = number_param(r, "page", 0, 0, LAST_PAGE_OLD),
		.limit = number_param(r, "limit", PAGE_ROWS, 1, PAGE_ROWS),
	};
	const char *exclude = text_param(r, "exclude_usernames"), *groups = text_param(r, "exclude_groups");
	const char *fields = text_param(r, "user_field_ids");
	if (exclude != NULL)
		q.exclude = list_as_json(r->mem, exclude, ",|");
	if (groups != NULL)
		q.exclude_groups = list_as_json(r->mem, groups, ",|");
	if (fields != NULL)
		q.fields = list_as_json(r->mem, fields, "|,");
	return q;
}

/* {"3": {"value": ["Zwolle"], "searchable": true}}; an older Discourse has the value alone. Only filled-in
 * fields. */
static void fields_encode(struct request *r, struct json *user, int64_t user_id, const char *ids)
{
	struct json *fields = json_add_object(user, "user_fields");
	struct sql_query *q = sql_query(r->db,
		"SELECT CAST(f.id AS TEXT), f.searchable,"
		" CASE f.field_type WHEN 'multiselect' THEN v.value ELSE json_array(v.value) END"
		" FROM user_field_value v JOIN user_field f ON f.id = v.field_id WHERE v.user_id = ?1"
		" AND (?2 OR f.show_on_profile OR f.show_on_user_card)"
		" AND f.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?3)) ORDER BY f.id", "ins", user_id,
		r->me.staff, ids);
	while (sql_next(q)) {
		struct json *values = json_parse(sql_text(q, 2), strlen(sql_text(q, 2)), NULL);
		if (r->server->options->old_discourse && json_count(values) == 1) {
			json_add_string(fields, sql_text(q, 0), json_as_string(json_first(values)));
			json_free(values);
		} else if (r->server->options->old_discourse) {
			json_add(fields, sql_text(q, 0), values);
		} else {
			struct json *field = json_add_object(fields, sql_text(q, 0));
			json_add(field, "value", values);
			json_add_bool(field, "searchable", sql_int(q, 1));
		}
	}
	sql_end(q, NULL);
}

static void item_encode(struct request *r, const struct question *ask, struct sql_query *q, struct json *items)
{
	struct json *item = json_append_object(items);
	json_add_int(item, "id", sql_int(q, 0));
	for (size_t i = 0; i < COUNT(columns); i++)
		json_add_int(item, columns[i].name, sql_int(q, 4 + (int)i));
	if (ask->period->days == 0)
		json_add_int(item, "time_read", sql_int(q, 11));
	struct json *user = json_add_object(item, "user");
	user_brief_encode(r, user, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	json_add_string(user, "title", sql_text(q, 3));
	if (ask->fields != NULL)
		fields_encode(r, user, sql_int(q, 0), ask->fields);
}

static void own_row_encode(struct request *r, const struct question *ask, struct json *items)
{
	struct sql_query *q = sql_query(r->db,
		DIRECTORY_COLUMNS " FROM user u LEFT JOIN temp.directory_stat s ON s.user_id = u.id AND s.period = ?1"
		" WHERE u.id = ?2", "ni", ask->period->id, r->me.user_id);
	if (sql_next(q))
		item_encode(r, ask, q, items);
	sql_end(q, NULL);
}

static struct sql_query *directory_query(struct request *r, const struct question *ask)
{
	return sql_query(r->db,
		DIRECTORY_COLUMNS DIRECTORY_FROM
		" ORDER BY CASE WHEN ?7 = 'username' AND ?8 THEN u.username END COLLATE NOCASE,"
		" CASE WHEN ?7 = 'username' AND NOT ?8 THEN u.username END COLLATE NOCASE DESC,"
		" (CASE WHEN ?8 THEN 1 ELSE -1 END) * CASE ?7 WHEN 'likes_given' THEN coalesce(s.likes_given, 0)"
		"  WHEN 'topic_count' THEN coalesce(s.topic_count, 0) WHEN 'post_count' THEN coalesce(s.post_count, 0)"
		"  WHEN 'topics_entered' THEN coalesce(s.topics_entered, 0) WHEN 'posts_read'"
		" THEN coalesce(s.posts_read, 0)"
		"  WHEN 'days_visited' THEN coalesce(s.days_visited, 0) WHEN 'username' THEN 0"
		"  ELSE CASE WHEN EXISTS (SELECT 1 FROM user_field WHERE name = ?7) THEN 0"
		"   ELSE coalesce(s.likes_received, 0) END END,"
		" CASE WHEN ?8 THEN fold((SELECT v.value FROM user_field_value v JOIN user_field f ON f.id = v.field_id"
		"  WHERE v.user_id = u.id AND f.name = ?7 AND (?11 OR f.show_on_profile OR f.show_on_user_card)))"
		" END NULLS LAST,"
		" CASE WHEN NOT ?8 THEN fold((SELECT v.value FROM user_field_value v JOIN user_field f ON f.id = v.field_id"
		"  WHERE v.user_id = u.id AND f.name = ?7 AND (?11 OR f.show_on_profile OR f.show_on_user_card)))"
		" END DESC NULLS LAST, u.id LIMIT ?9 OFFSET ?10",
		"nssssssniin", ask->period->id, ask->name, ask->username, ask->group, ask->exclude, ask->exclude_groups,
		ask->order, ask->ascending, ask->limit, ask->page * ask->limit, r->me.staff);
}

/* Discourse puts the member's own row on top of a first page that does not have it near the top, whatever was
 * asked, but not for a group. */
static bool own_row_wanted(struct request *r, const struct question *ask)
{
	if (r->me.user_id <= 0 || ask->page != 0 || ask->group != NULL)
		return false;
	bool near_top = false;
	int position = 0;
	struct sql_query *q = directory_query(r, ask);
	for (; position < OWN_ROW_WITHIN && !near_top && sql_next(q); position++)
		near_top = sql_int(q, 0) == r->me.user_id;
	sql_end(q, NULL);
	return position > 0 && !near_top && (ask->exclude_groups == NULL || sql_get_int(r->db, 0,
		"SELECT 1 FROM group_member m JOIN groups g ON g.id = m.group_id WHERE m.user_id = ?1"
		" AND g.name IN (SELECT value COLLATE NOCASE FROM json_each(?2))", "is", r->me.user_id,
		ask->exclude_groups) == 0);
}

static void rows_encode(struct request *r, const struct question *ask, struct json *items)
{
	if (own_row_wanted(r, ask))
		own_row_encode(r, ask, items);
	struct sql_query *q = directory_query(r, ask);
	while (sql_next(q))
		item_encode(r, ask, q, items);
	sql_end(q, NULL);
}

static void meta_encode(struct request *r, const struct question *ask, int64_t made_ms, struct json *meta)
{
	int64_t total = sql_get_int(r->db, 0, "SELECT count(*)" DIRECTORY_FROM, "nsssss", ask->period->id, ask->name,
		ask->username, ask->group, ask->exclude, ask->exclude_groups);
	json_add_time_ms(meta, "last_updated_at", made_ms, 0);
	json_add_int(meta, "total_rows_directory_items", total);
	const char *next = page_next_url(r, &(struct page){.number = ask->page});
	const char *query = strchr(next, '?');
	json_add_string(meta, "load_more_directory_items",
		r->server->options->old_discourse ? next : arena_printf(r->mem, "/directory_items.json%s", query));
}

/* False: the question makes no sense or is not for the requester, and is answered. */
static bool question_check(struct request *r, struct response *w, const struct question *ask)
{
	const char *wrong = NULL;
	if (str_empty(request_param(r, "period")))
		wrong = "period";
	else if (ask->group != NULL && forum_group_id(r->db, ask->group) == 0)
		wrong = "group";
	else if (ask->page > LAST_PAGE && !r->server->options->old_discourse)
		wrong = "page";
	if (wrong != NULL)
		response_invalid(r, w, wrong);
	else if (ask->period == NULL || !people_setting_on(r, "enable_user_directory", true))
		response_forbidden(r, w);
	else
		return true;
	return false;
}

static void directory_items(struct request *r, struct response *w)
{
	struct question ask = question_read(r);
	if (!question_check(r, w, &ask))
		return;
	int64_t made_ms = stats_refresh(r, ask.period);
	struct json *answer = json_object();
	rows_encode(r, &ask, json_add_array(answer, "directory_items"));
	meta_encode(r, &ask, made_ms, json_add_object(answer, "meta"));
	response_json(w, answer);
}

/* For organisers; others are told that there is no such page. */
static void directory_columns(struct request *r, struct response *w)
{
	if (!r->me.staff) {
		response_not_found(r, w);
		return;
	}
	struct json *answer = json_object(), *list = json_add_array(answer, "directory_columns");
	for (size_t i = 0; i < COUNT(columns); i++) {
		struct json *column = json_append_object(list);
		json_add_int(column, "id", (int)i + 1);
		json_add_string(column, "name", columns[i].name);
		json_add_string(column, "type", "automatic");
		json_add_bool(column, "enabled", true);
		json_add_int(column, "automatic_position", (int)i + 1);
		json_add_int(column, "position", (int)i + 1);
		json_add_string(column, "icon", columns[i].icon);
		json_add_null(column, "user_field");
	}
	response_json(w, answer);
}

const struct route directory_routes[] = {
	{"GET", "/directory_items", directory_items, ROUTE_WRITES | ROUTE_PACKS},
	{"GET", "/directory-columns", directory_columns, ROUTE_LOGIN},
	{0},
};
