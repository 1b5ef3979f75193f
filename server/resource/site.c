#include "resources.h"

#include "encode.h"
#include "forum_category.h"
#include "mem.h"
#include "notification_type.h"
#include "options.h"
#include "site_settings.h"
#include "str.h"

enum { TopTags = 50, FieldMaxLength = 2048 };

static void basic_info(struct request *r, struct response *w)
{
	static const char *const pictures[] = {"logo_url", "logo_small_url", "apple_touch_icon_url", "favicon_url",
		"mobile_logo_url"};
	struct json *root = json_object();
	for (size_t i = 0; i < COUNT(pictures); i++)
		json_add_string(root, pictures[i], "");
	json_add_string(root, "title", site_setting(r, "title"));
	json_add_string(root, "description", site_setting(r, "site_description"));
	json_add_string(root, "header_primary_color", "333333");
	json_add_string(root, "header_background_color", "ffffff");
	json_add_bool(root, "login_required", site_setting_on(r, "login_required"));
	json_add_string(root, "locale", site_setting(r, "default_locale"));
	json_add_bool(root, "include_in_discourse_discover", false);
	response_json(w, root);
}

static void settings(struct request *r, struct response *w)
{
	struct json *root = json_object();
	site_settings_encode(r, root);
	response_json(w, root);
}

static void numbers_encode(struct json *into)
{
	static const struct {
		const char *map, *name;
		int id;
	} rows[] = {
		{"post_types", "regular", 1}, {"post_types", "moderator_action", 2}, {"post_types", "small_action", 3},
		{"post_types", "whisper", 4}, {"trust_levels", "newuser", 0}, {"trust_levels", "basic", 1},
		{"trust_levels", "member", 2}, {"trust_levels", "regular", 3}, {"trust_levels", "leader", 4},
	};
	struct json *map = NULL;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (i == 0 || !str_equal(rows[i].map, rows[i - 1].map))
			map = json_add_object(into, rows[i].map);
		json_add_int(map, rows[i].name, rows[i].id);
	}
	struct json *types = json_add_object(into, "notification_types");
	for (const struct notification_type *t = notification_types; t->name != NULL; t++)
		json_add_int(types, t->name, t->id);
}

static void words_encode(struct json *into)
{
	static const struct {
		const char *list;
		const char *const word[12];
	} rows[] = {
		{"filters", {"latest", "unread", "new", "unseen", "top", "read", "posted", "bookmarks", "hot"}},
		{"homepage_choices", {"latest", "unread", "new", "unseen", "top", "read", "posted", "bookmarks",
			"categories"}},
		{"periods", {"all", "yearly", "quarterly", "monthly", "weekly", "daily"}},
		{"top_menu_items", {"latest", "unread", "new", "unseen", "top", "read", "posted", "bookmarks",
			"categories"}},
		{"anonymous_top_menu_items", {"latest", "top", "categories"}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct json *list = json_add_array(into, rows[i].list);
		for (const char *const *word = rows[i].word; *word != NULL; word++)
			json_append_string(list, *word);
	}
}

/* Likes and flags, in Discourse's order. */
static const struct action_type {
	int id;
	const char *key, *name, *description;
	bool flag, message, topic;
} action_types[] = {
	{2, "like", "Like", "Like this post"},
	{3, "off_topic", "Off-topic", "This post does not fit the topic.", .flag = true},
	{4, "inappropriate", "Inappropriate", "This goes against the rules of the community.", .flag = true,
		.topic = true},
	{8, "spam", "Spam", "This is advertising.", .flag = true, .topic = true},
	{6, "notify_user", "Message to the writer", "Tell the writer something in private.", .flag = true,
		.message = true},
	{7, "notify_moderators", "Something else", "Tell the moderators what is wrong.", .flag = true, .message = true,
		.topic = true},
	{10, "illegal", "Illegal", "This is against the law.", .flag = true, .message = true, .topic = true},
};

static void action_types_encode(struct request *r, struct json *into, const char *list, bool of_topics)
{
	struct json *array = json_add_array(into, list);
	for (size_t i = 0; i < COUNT(action_types); i++) {
		const struct action_type *t = &action_types[i];
		if (of_topics && !t->topic)
			continue;
		struct json *type = json_append_object(array), *applies;
		json_add_int(type, "id", t->id);
		json_add_string(type, "name_key", t->key);
		json_add_string(type, "name", say(r, t->name));
		json_add_string(type, "description", say(r, t->description));
		json_add_string(type, "short_description", say(r, t->description));
		json_add_bool(type, "is_flag", t->flag);
		json_add_bool(type, "require_message", t->message);
		json_add_bool(type, "enabled", true);
		applies = json_add_array(type, "applies_to");
		json_append_string(applies, "Post");
		if (t->topic)
			json_append_string(applies, "Topic");
		json_add_bool(type, "is_used", false);
		json_add_int(type, "position", (int)i + 1);
		json_add_bool(type, "auto_action_type", t->flag && !t->message);
		json_add_bool(type, "system", true);
	}
}

static void groups_encode(struct request *r, struct json *into)
{
	struct json *array = json_add_array(into, "groups");
	struct sql_query *q = sql_query(r->db, "SELECT id, name, full_name, automatic FROM groups ORDER BY id", "");
	while (sql_next(q)) {
		struct json *group = json_append_object(array);
		json_add_int(group, "id", sql_int(q, 0));
		json_add_string(group, "name", sql_text(q, 1));
		json_add_string(group, "full_name", sql_is_null(q, 2) ? sql_text(q, 1) : sql_text(q, 2));
		json_add_string(group, "display_name", sql_text(q, 1));
		json_add_null(group, "flair_url");
		json_add_null(group, "flair_bg_color");
		json_add_null(group, "flair_color");
		json_add_bool(group, "automatic", sql_int(q, 3));
	}
	sql_end(q, NULL);
}

static void tags_encode(struct request *r, struct json *into)
{
	json_add_bool(into, "tagging_enabled", site_setting_on(r, "tagging_enabled"));
	json_add_bool(into, "can_create_tag", r->me.user_id != 0);
	json_add_bool(into, "can_tag_topics", r->me.user_id != 0);
	json_add_bool(into, "can_tag_pms", false);
	json_add_string(into, "tags_filter_regexp", "[<\\\\/\\>\\#\\?\\&\\s]");
	struct viewer v = forum_viewer(r);
	struct json *array = json_add_array(into, "top_tags");
	struct sql_query *q = sql_query(r->db, "SELECT g.id, g.name FROM tag g JOIN topic_tag x ON x.tag_id = g.id"
		" JOIN topic t ON t.id = x.topic_id WHERE " FORUM_TOPIC_LISTED("t") " GROUP BY g.id"
		" ORDER BY count(*) DESC, g.name LIMIT ?3", "inn", FORUM_VIEWER(v), TopTags);
	while (sql_next(q))
		tag_append(r, array, sql_int(q, 0), sql_text(q, 1));
	sql_end(q, NULL);
}

static void user_fields_encode(struct request *r, struct json *into)
{
	struct json *array = json_add_array(into, "user_fields");
	struct sql_query *q = sql_query(r->db, "SELECT id, name, description, field_type, position, editable, required,"
		" show_on_profile, show_on_user_card, searchable, options FROM user_field ORDER BY position, id", "");
	while (sql_next(q)) {
		struct json *field = json_append_object(array);
		json_add_int(field, "id", sql_int(q, 0));
		json_add_string(field, "name", sql_text(q, 1));
		json_add_string(field, "description", sql_text(q, 2));
		json_add_string(field, "field_type", sql_text(q, 3));
		json_add_int(field, "position", sql_int(q, 4));
		json_add_bool(field, "editable", sql_int(q, 5));
		if (r->server->options->old_discourse)
			json_add_bool(field, "required", sql_int(q, 6));
		else
			json_add_string(field, "requirement", sql_int(q, 6) ? "for_all_users" : "optional");
		json_add_bool(field, "show_on_profile", sql_int(q, 7));
		json_add_bool(field, "show_on_user_card", sql_int(q, 8));
		json_add_bool(field, "searchable", sql_int(q, 9));
		json_add_bool(field, "show_on_signup", sql_int(q, 6));
		if (!sql_is_null(q, 10))
			json_add_parsed(field, "options", sql_text(q, 10));
	}
	sql_end(q, NULL);
}

/* What a Discourse can be extended with and kringd has none of. */
static void unused_encode(struct json *into)
{
	static const char *const arrays[] = {"topic_featured_link_allowed_category_ids", "user_themes",
		"user_color_schemes", "censored_regexp", "auth_providers", "denied_emojis",
		"navigation_menu_site_top_tags", "whispers_allowed_groups_names", "displayed_about_plugin_stat_groups"};
	static const char *const absent[] = {"default_light_color_scheme", "default_dark_color_scheme",
		"watched_words_replace", "watched_words_link"};
	for (size_t i = 0; i < COUNT(arrays); i++)
		json_add_array(into, arrays[i]);
	for (size_t i = 0; i < COUNT(absent); i++)
		json_add_null(into, absent[i]);
	json_add_object(into, "custom_emoji_translation");
	json_add_object(into, "markdown_additional_options");
	json_add_bool(into, "email_configured", false);
	json_add_bool(into, "full_name_required_for_signup", false);
	json_add_bool(into, "full_name_visible_in_signup", true);
}

static void archetypes_encode(struct request *r, struct json *into)
{
	struct json *regular = json_append_object(json_add_array(into, "archetypes"));
	json_add_string(regular, "id", "regular");
	json_add_string(regular, "name", say(r, "Regular topic"));
	json_add_array(regular, "options");
}

/* Nobody on a closed site learns only what signing up needs. */
static void site(struct request *r, struct response *w)
{
	struct json *root = json_object();
	if (r->me.user_id == 0 && site_setting_on(r, "login_required")) {
		user_fields_encode(r, root);
		json_add_array(root, "auth_providers");
		response_json(w, root);
		return;
	}
	json_add_string(root, "default_archetype", "regular");
	numbers_encode(root);
	groups_encode(r, root);
	words_encode(root);
	json_add_int(root, "uncategorized_category_id", CATEGORY_UNCATEGORIZED);
	json_add_bool(root, "is_readonly", false);
	json_add_int(root, "user_field_max_length", FieldMaxLength);
	action_types_encode(r, root, "post_action_types", false);
	action_types_encode(r, root, "topic_flag_types", true);
	tags_encode(r, root);
	unused_encode(root);
	categories_encode(r, json_add_array(root, "categories"), -1, 0);
	archetypes_encode(r, root);
	user_fields_encode(r, root);
	response_json(w, root);
}

const struct route site_routes[] = {
	{"GET", "/site", site, ROUTE_ANYONE | ROUTE_PACKS},
	{"GET", "/site/settings", settings, ROUTE_PACKS},
	{"GET", "/site/basic-info", basic_info, ROUTE_ANYONE},
	{0},
};
