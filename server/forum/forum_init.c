#include "forum_init.h"

#include "forum_category.h"
#include "forum_group.h"
#include "str.h"

static const struct {
	const char *name, *value;
} settings[] = {
	{"title", "kring"},
	{"discourse_post_event_enabled", "true"},
	{"discourse_post_event_allowed_on_groups", "11"}, /* every member from trust level 1 on */
	{"login_required", "false"},
	{"enable_user_directory", "true"},
	{"enable_user_status", "true"},
	{"tagging_enabled", "true"},
};

static bool store_settings(struct forum *f, const char *language, struct error *err)
{
	bool ok = forum_setting_set(f->db, "default_locale", language, err);
	for (size_t i = 0; ok && i < sizeof settings / sizeof settings[0]; i++)
		ok = forum_setting_set(f->db, settings[i].name, settings[i].value, err);
	return ok;
}

static bool make_system_user(struct forum *f, struct error *err)
{
	return sql_run(f->db, err,
		"INSERT OR IGNORE INTO user (id, username, name, admin, moderator, trust_level, created_ms)"
		" VALUES (-1, 'system', 'system', 1, 1, 4, ?)",
		"i", f->now_ms);
}

static bool make_uncategorized(struct forum *f, bool dutch, struct error *err)
{
	const struct new_category c = {
		.id = CATEGORY_UNCATEGORIZED,
		.name = dutch ? "Algemeen" : "General",
		.slug = dutch ? "algemeen" : "general",
		.description =
			dutch ? "Voor alles wat nergens anders bij hoort." : "For everything that has no other place.",
		.color = "0088CC",
		.position = 100,
	};
	return forum_category_id(f->db, c.slug) != 0 || forum_category_create(f, &c, NULL, err);
}

bool forum_init(struct forum *f, const char *language, struct error *err)
{
	bool ok = sql_begin(f->db, err) && store_settings(f, language, err) && make_system_user(f, err) &&
		forum_group_create_automatic(f, err) && make_uncategorized(f, str_equal(language, "nl"), err) &&
		sql_commit(f->db, err);
	if (!ok)
		sql_rollback(f->db);
	return ok;
}
