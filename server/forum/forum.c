#include "forum.h"

#include <ctype.h>
#include <string.h>

#include "cook.h"
#include "http.h"
#include "str.h"
#include "utf8.h"

struct forum forum_of(const struct request *r)
{
	return (struct forum){
		.db = r->db, .bus = r->server->bus, .mem = r->mem, .now_ms = r->now_ms, .base_url = r->base_url};
}

static struct viewer viewer_with(int64_t user_id, bool admin, bool moderator)
{
	return (struct viewer){
		.user_id = user_id,
		.staff = admin || moderator,
		.admin = admin,
		.rank = admin   ? 2
			: moderator ? 1
						: 0,
	};
}

struct viewer forum_viewer(const struct request *r)
{
	return viewer_with(r->me.user_id, r->me.admin, r->me.moderator);
}

struct viewer forum_viewer_of(struct sql *db, int64_t user_id)
{
	int64_t rights = sql_get_int(db, 0, "SELECT admin * 2 + moderator FROM user WHERE id = ?", "i", user_id);
	return viewer_with(user_id, rights >= 2, rights % 2 == 1);
}

bool forum_topic_visible(struct sql *db, struct viewer v, int64_t topic_id)
{
	return sql_get_int(db, 0, "SELECT 1 FROM topic t WHERE t.id = ?3 AND " FORUM_TOPIC_VISIBLE("t"), "ini",
		FORUM_VIEWER(v), topic_id) == 1;
}

bool forum_post_visible(struct sql *db, struct viewer v, int64_t post_id)
{
	return sql_get_int(db, 0, "SELECT 1 FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.id = ?3 AND "
		FORUM_POST_VISIBLE("p") " AND " FORUM_TOPIC_VISIBLE("t"), "ini", FORUM_VIEWER(v), post_id) == 1;
}

const char *forum_setting(struct sql *db, struct arena *a, const char *name, const char *otherwise)
{
	const char *value = sql_get_text(db, a, "SELECT value FROM setting WHERE name = ?", "s", name);
	return value == NULL ? otherwise : value;
}

int64_t forum_setting_int(struct sql *db, const char *name, int64_t otherwise)
{
	return sql_get_int(db, otherwise, "SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?", "s", name);
}

bool forum_setting_set(struct sql *db, const char *name, const char *value, struct error *err)
{
	return sql_run(db, err, "INSERT INTO setting (name, value) VALUES (?, ?)"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value", "ss", name, value);
}

char *forum_slug(struct arena *a, const char *title)
{
	struct sbuf ascii = {0}, slug = {0};
	utf8_to_ascii(&ascii, title);
	for (const char *p = sbuf_str(&ascii); *p != '\0' && slug.n < 100; p++) {
		if (isalnum((unsigned char)*p))
			sbuf_addc(&slug, (char)tolower((unsigned char)*p));
		else if (*p != '\'' && *p != '?' && slug.n > 0 && slug.p[slug.n - 1] != '-')
			sbuf_addc(&slug, '-');
	}
	while (slug.n > 0 && slug.p[slug.n - 1] == '-')
		sbuf_truncate(&slug, slug.n - 1);
	char *s = arena_strdup(a, slug.n == 0 ? "topic" : slug.p);
	sbuf_fini(&ascii);
	sbuf_fini(&slug);
	return s;
}

char *forum_escape(struct arena *a, const char *text)
{
	struct sbuf b = {0};
	cook_escape(&b, text, strlen(text));
	char *s = arena_strdup(a, sbuf_str(&b));
	sbuf_fini(&b);
	return s;
}
