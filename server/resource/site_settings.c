#include "site_settings.h"

#include <string.h>

#include "forum.h"
#include "json.h"
#include "mem.h"
#include "options.h"
#include "str.h"

enum kind { TEXT, NUMBER, FLAG };

/* What clients may read, with Discourse's own defaults except where a small, calm community differs
 * (suggested topics, events, one member's status). Rows of the table `setting` stand above these. */
static const struct setting {
	const char *name, *value;
	enum kind kind;
	enum { ALWAYS, NEWER, OLDER } shown;
} settings[] = {
	{"title", "kring", TEXT},
	{"site_description", "", TEXT},
	{"default_locale", "en", TEXT},
	{"allow_user_locale", "true", FLAG},
	{"login_required", "false", FLAG},
	{"invite_only", "true", FLAG},
	{"enable_local_logins", "true", FLAG},
	{"must_approve_users", "false", FLAG},
	{"min_post_length", "20", NUMBER},
	{"min_first_post_length", "20", NUMBER},
	{"min_personal_message_post_length", "10", NUMBER},
	{"max_post_length", "32000", NUMBER},
	{"min_topic_title_length", "15", NUMBER},
	{"max_topic_title_length", "255", NUMBER},
	{"min_personal_message_title_length", "2", NUMBER},
	{"min_search_term_length", "3", NUMBER},
	{"unique_posts_mins", "5", NUMBER},
	{"editing_grace_period", "300", NUMBER},
	{"post_edit_time_limit", "1440", NUMBER},
	{"tl2_post_edit_time_limit", "43200", NUMBER},
	{"post_undo_action_window_mins", "10", NUMBER},
	{"allow_uncategorized_topics", "true", FLAG},
	{"suppress_uncategorized_badge", "true", FLAG},
	{"enable_names", "true", FLAG},
	{"display_name_on_posts", "false", FLAG},
	{"prioritize_username_in_ux", "true", FLAG},
	{"enable_mentions", "true", FLAG},
	{"enable_emoji", "true", FLAG},
	{"emoji_set", "twitter", TEXT},
	{"enable_user_directory", "true", FLAG},
	{"enable_user_status", "true", FLAG},
	{"hide_user_profiles_from_public", "true", FLAG},
	{"tagging_enabled", "true", FLAG},
	{"max_tags_per_topic", "5", NUMBER},
	{"max_tag_length", "20", NUMBER},
	{"enable_personal_messages", "true", FLAG},
	{"personal_message_enabled_groups", "11", TEXT},
	{"max_allowed_message_recipients", "30", NUMBER},
	{"poll_enabled", "true", FLAG},
	{"poll_maximum_options", "20", NUMBER},
	{"poll_minimum_trust_level_to_create", "1", NUMBER},
	{"poll_create_allowed_groups", "11", TEXT},
	{"discourse_local_dates_enabled", "true", FLAG},
	{"calendar_enabled", "true", FLAG, OLDER},
	{"discourse_events_enabled", "true", FLAG, NEWER},
	{"discourse_post_event_enabled", "true", FLAG},
	{"discourse_post_event_allowed_on_groups", "11", TEXT},
	{"discourse_post_event_allowed_custom_fields", "", TEXT},
	{"long_polling_base_url", "/", TEXT},
	{"enable_long_polling", "true", FLAG},
	{"long_polling_interval", "25000", NUMBER},
	{"top_menu", "latest|new|unread|top|categories", TEXT},
	{"suggested_topics", "0", NUMBER},
	{"enable_badges", "false", FLAG},
	{"enable_whispers", "false", FLAG},
	{"share_links", "", TEXT},
	{"authorized_extensions", "", TEXT},
	{"max_image_size_kb", "0", NUMBER},
	{"max_attachment_size_kb", "0", NUMBER},
	{"allow_user_api_key_scopes", "read|write|message_bus|push|notifications|session_info|one_time_password", TEXT},
	{"support_mixed_text_direction", "false", FLAG},
	{"slug_generation_method", "ascii", TEXT},
	{"available_locales",
		"[{\"name\":\"English\",\"value\":\"en\"},{\"name\":\"Nederlands\",\"value\":\"nl\"}]", TEXT},
};

const char *site_setting(struct request *r, const char *name)
{
	for (size_t i = 0; i < COUNT(settings); i++)
		if (strcmp(settings[i].name, name) == 0)
			return forum_setting(r->db, r->mem, name, settings[i].value);
	return forum_setting(r->db, r->mem, name, "");
}

static bool is_on(const char *value)
{
	return str_equal(value, "true") || str_equal(value, "t") || str_equal(value, "1");
}

bool site_setting_on(struct request *r, const char *name)
{
	return is_on(site_setting(r, name));
}

int64_t site_setting_int(struct request *r, const char *name)
{
	int64_t value = 0;
	str_to_int(site_setting(r, name), INT64_MIN, INT64_MAX, &value);
	return value;
}

void site_settings_encode(struct request *r, struct json *into)
{
	bool old = r->server->options->old_discourse;
	for (size_t i = 0; i < COUNT(settings); i++) {
		const struct setting *s = &settings[i];
		if (s->shown == (old ? NEWER : OLDER))
			continue;
		if (s->kind == NUMBER)
			json_add_int(into, s->name, site_setting_int(r, s->name));
		else if (s->kind == FLAG)
			json_add_bool(into, s->name, site_setting_on(r, s->name));
		else
			json_add_string(into, s->name, site_setting(r, s->name));
	}
}
