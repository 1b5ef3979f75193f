#include "resources.h"

#include "build_config.h"
#include "encode.h"
#include "mem.h"
#include "site_settings.h"
#include "str.h"

static const int64_t DayMs = 24 * 3600 * 1000;

/* ?1 a moment: 0 for everything ever. */
static const struct count {
	const char *all, *recent, *statement;
} counts[] = {
	{"topic_count", "topics", "SELECT count(*) FROM topic WHERE archetype = 'regular' AND deleted_ms IS NULL"
		" AND created_ms >= ?1"},
	/* Finds the few recent ones in an index that covers created_ms before it looks at whole posts. */
	{"post_count", "posts", "SELECT CASE WHEN ?1 = 0 THEN (SELECT sum(posts_count) FROM topic"
		" WHERE deleted_ms IS NULL) ELSE (SELECT count(*) FROM post WHERE post_type = 1 AND deleted_ms IS NULL"
		" AND id IN (SELECT id FROM post INDEXED BY post_user WHERE created_ms >= ?1)) END"},
	{"user_count", "users", "SELECT count(*) FROM user WHERE id > 0 AND created_ms >= ?1"},
	{NULL, "active_users", "SELECT count(*) FROM user WHERE id > 0 AND last_seen_ms >= ?1"},
	{"like_count", "likes", "SELECT count(*) FROM post_action WHERE type = 2 AND created_ms >= ?1"},
};

static void stats_encode(struct request *r, struct json *about)
{
	static const struct {
		const char *suffix;
		int days;
	} spans[] = {{"last_day", 1}, {"7_days", 7}, {"30_days", 30}};
	struct json *stats = json_add_object(about, "stats");
	for (size_t i = 0; i < COUNT(counts); i++) {
		const struct count *c = &counts[i];
		if (c->all != NULL)
			json_add_int(stats, c->all, sql_get_int(r->db, 0, c->statement, "i", INT64_C(0)));
		for (size_t k = 0; k < COUNT(spans); k++)
			json_add_int(stats, arena_printf(r->mem, "%s_%s", c->recent, spans[k].suffix),
				sql_get_int(r->db, 0, c->statement, "i", r->now_ms - spans[k].days * DayMs));
	}
}

static void staff_encode(struct request *r, struct json *about, const char *name, bool admins)
{
	struct json *array = json_add_array(about, name);
	struct sql_query *q = sql_query(r->db, "SELECT id, username, name, title, last_seen_ms FROM user"
		" WHERE id > 0 AND active AND CASE WHEN ? THEN admin ELSE moderator END ORDER BY username", "n",
		(int)admins);
	while (sql_next(q)) {
		struct json *person = json_append_object(array);
		user_brief_encode(r, person, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
		json_add_string(person, "title", sql_text(q, 3));
		json_add_time_ms(person, "last_seen_at", sql_int(q, 4), 0);
	}
	sql_end(q, NULL);
}

static void about(struct request *r, struct response *w)
{
	struct json *root = json_object(), *about = json_add_object(root, "about");
	json_add_bool(about, "can_see_about_stats", true);
	stats_encode(r, about);
	json_add_string(about, "description", site_setting(r, "site_description"));
	json_add_null(about, "extended_site_description");
	json_add_string(about, "title", site_setting(r, "title"));
	json_add_string(about, "locale", site_setting(r, "default_locale"));
	json_add_string(about, "version", "kringd " KRING_VERSION);
	json_add_bool(about, "https", str_starts(r->base_url, "https:"));
	staff_encode(r, about, "admins", true);
	staff_encode(r, about, "moderators", false);
	response_json(w, root);
}

const struct route about_routes[] = {
	{"GET", "/about", about},
	{0},
};
