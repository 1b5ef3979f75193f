#include "profile.h"

#include <stdio.h>
#include <string.h>

#include "cook.h"
#include "forum_user.h"
#include "group_encode.h"
#include "mem.h"
#include "str.h"

enum { EXCERPT_BYTES = 400, IGNORE_TRUST_LEVEL = 1 };

bool profile_load(struct request *r, int64_t user_id, struct profile *out)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT username, name, title, bio_raw, bio_cooked, location, website, timezone, locale, status_emoji,"
		" status_text, status_ends_ms, created_ms, last_seen_ms, last_posted_ms, admin, moderator, active,"
		" trust_level, (SELECT kind FROM user_relation x WHERE x.user_id = ?2 AND x.other_id = u.id"
		"  AND (x.until_ms IS NULL OR x.until_ms > ?3)),"
		" (SELECT count(*) FROM post WHERE user_id = u.id),"
		" (SELECT count(*) FROM topic t WHERE t.user_id = u.id AND t.archetype = 'regular'"
		" AND t.deleted_ms IS NULL), (SELECT sum(total_msecs) / 1000 FROM topic_user WHERE user_id = u.id)"
		" FROM user u WHERE id = ?1", "iii", user_id, r->me.user_id, r->now_ms);
	bool found = sql_next(q);
	if (found) {
		const char **const text[] = {&out->username, &out->name, &out->title, &out->bio_raw, &out->bio_cooked,
			&out->location, &out->website, &out->timezone, &out->locale, &out->status_emoji, &out->status_text};
		*out = (struct profile){
			.id = user_id, .status_ends_ms = sql_int(q, 11), .created_ms = sql_int(q, 12),
			.last_seen_ms = sql_int(q, 13),
			.last_posted_ms = sql_int(q, 14), .admin = sql_int(q, 15), .moderator = sql_int(q, 16),
			.active = sql_int(q, 17), .trust_level = (int)sql_int(q, 18), .posts = sql_int(q, 20),
			.topics = sql_int(q, 21), .seconds = sql_int(q, 22),
		};
		for (size_t i = 0; i < COUNT(text); i++)
			*text[i] = sql_text_in(q, (int)i, r->mem);
		out->ignored = str_equal(sql_text(q, 19), "ignore");
		out->muted = str_equal(sql_text(q, 19), "mute");
		out->is_me = user_id == r->me.user_id;
		out->mine = person_is_mine(r, user_id);
	}
	sql_end(q, NULL);
	return found;
}

bool profile_can_be_written(const struct request *r, const struct profile *p)
{
	if (r->me.user_id == 0 || p->is_me || p->id < 0 || !p->active || (r->me.trust_level < 1 && !r->me.staff))
		return false;
	return r->me.staff || sql_get_int(r->db, 0,
		"SELECT count(*) FROM user_relation WHERE user_id = ?1 AND other_id = ?2 AND (until_ms IS NULL"
		" OR until_ms > ?3)", "iii", p->id, r->me.user_id, r->now_ms) == 0;
}

/* "https://www.example.org/blog" shows as "www.example.org/blog". */
static const char *website_name(const char *url)
{
	const char *rest = strstr(url, "://");
	return rest == NULL ? url : rest + 3;
}

static void about_encode(struct request *r, struct json *into, const struct profile *p)
{
	if (r->me.user_id == 0 && p->trust_level == 0)
		return;
	if (!str_empty(p->bio_raw)) {
		json_add_string(into, "bio_raw", p->bio_raw);
		json_add_string(into, "bio_cooked", str_or_empty(p->bio_cooked));
		json_add_string(into, "bio_excerpt", cook_excerpt(r->mem, str_or_empty(p->bio_cooked), EXCERPT_BYTES));
	}
	if (!str_empty(p->location))
		json_add_string(into, "location", p->location);
	if (!str_empty(p->website)) {
		json_add_string(into, "website", p->website);
		json_add_string(into, "website_name", website_name(p->website));
	}
}

static void nulls_encode(struct json *into, const char *const *name)
{
	for (; *name != NULL; name++)
		json_add_null(into, *name);
}

static void arrays_encode(struct json *into, const char *const *name)
{
	for (; *name != NULL; name++)
		json_add_array(into, *name);
}

static void relation_encode(struct request *r, struct json *into, const struct profile *p)
{
	bool other = r->me.user_id != 0 && !p->is_me;
	bool settled = r->me.staff || r->me.trust_level >= IGNORE_TRUST_LEVEL;
	json_add_bool(into, "ignored", p->ignored);
	json_add_bool(into, "muted", p->muted);
	json_add_bool(into, "can_ignore_user", other && settled && !p->admin && !p->moderator);
	json_add_bool(into, "can_ignore_users", settled);
	json_add_bool(into, "can_mute_user", other && settled && !p->admin && !p->moderator);
	json_add_bool(into, "can_mute_users", settled);
	json_add_bool(into, "can_send_private_messages", r->me.user_id != 0 && settled);
	json_add_bool(into, "can_send_private_message_to_user", profile_can_be_written(r, p));
}

void profile_card_encode(struct request *r, struct json *into, const struct profile *p)
{
	static const char *const absent[] = {"primary_group_id", "primary_group_name", "flair_group_id", "flair_name",
		"flair_url", "flair_bg_color", "flair_color", "featured_topic", NULL};
	user_brief_encode(r, into, p->id, p->username, p->name);
	json_add_time_ms(into, "last_posted_at", p->last_posted_ms, 0);
	json_add_time_ms(into, "last_seen_at", p->last_seen_ms, 0);
	json_add_time_ms(into, "created_at", p->created_ms, 0);
	relation_encode(r, into, p);
	json_add_int(into, "trust_level", p->trust_level);
	json_add_bool(into, "moderator", p->moderator);
	json_add_bool(into, "admin", p->admin);
	json_add_string(into, "title", p->title);
	json_add_int(into, "badge_count", 0);
	json_add_object(into, "custom_fields");
	json_add_int(into, "time_read", p->seconds);
	json_add_int(into, "recent_time_read", p->seconds);
	nulls_encode(into, absent);
	json_add_bool(into, "staged", false);
	json_add_int(into, "pending_count", 0);
	json_add_int(into, "profile_view_count", 0);
	about_encode(r, into, p);
	person_encode_fields(r, into, p->id, p->mine);
	if (people_setting_on(r, "enable_user_status", true))
		user_status_encode(r, into, "status", p->status_emoji, p->status_text, p->status_ends_ms);
	if (people_setting_on(r, "display_local_time_in_user_card", false) || p->mine)
		json_add_string(into, "timezone", p->timezone);
}

static void relations_encode(struct request *r, struct json *into, const char *name, const char *kind,
	int64_t user_id)
{
	struct json *names = json_add_array(into, name);
	struct sql_query *q = sql_query(r->db,
		"SELECT u.username FROM user_relation x JOIN user u ON u.id = x.other_id WHERE x.user_id = ?1"
		" AND x.kind = ?2"
		" AND (x.until_ms IS NULL OR x.until_ms > ?3) ORDER BY 1", "isi", user_id, kind, r->now_ms);
	while (sql_next(q))
		json_append_string(names, sql_text(q, 0));
	sql_end(q, NULL);
}

static void categories_of_level(struct request *r, struct json *into, const char *name, int level, int64_t user_id)
{
	struct json *ids = json_add_array(into, name);
	struct sql_query *q = sql_query(r->db,
		"SELECT category_id FROM category_user WHERE user_id = ? AND notification_level = ? ORDER BY 1", "in",
		user_id, level);
	while (sql_next(q))
		json_append_int(ids, sql_int(q, 0));
	sql_end(q, NULL);
}

static void schedule_encode(struct json *into)
{
	struct json *schedule = json_add_object(into, "user_notification_schedule");
	json_add_bool(schedule, "enabled", false);
	for (int day = 0; day < 7; day++) {
		char name[32];
		snprintf(name, sizeof name, "day_%d_start_time", day);
		json_add_int(schedule, name, 480);
		snprintf(name, sizeof name, "day_%d_end_time", day);
		json_add_int(schedule, name, 1020);
	}
}

/* Preferences that kringd has one answer to. Discourse's clients expect them to be there. */
static void option_encode(struct json *into, const struct profile *p)
{
	static const struct {
		const char *name;
		enum { OPTION_OFF, OPTION_ON, OPTION_NUMBER, OPTION_TEXT, OPTION_NULL, OPTION_LIST } kind;
		int number;
		const char *text;
	} options[] = {
		{"mailing_list_mode", OPTION_OFF}, {"mailing_list_mode_frequency", OPTION_NUMBER, 1},
		{"email_digests", OPTION_OFF}, {"email_level", OPTION_NUMBER, 2},
			{"email_messages_level", OPTION_NUMBER, 2},
		{"external_links_in_new_tab", OPTION_OFF}, {"bookmark_auto_delete_preference", OPTION_NUMBER, 3},
		{"color_scheme_id", OPTION_NULL}, {"dark_scheme_id", OPTION_NULL}, {"dynamic_favicon", OPTION_OFF},
		{"enable_quoting", OPTION_ON}, {"enable_smart_lists", OPTION_ON},
		{"enable_markdown_monospace_font", OPTION_ON}, {"digest_after_minutes", OPTION_NUMBER, 10080},
		{"automatically_unpin_topics", OPTION_ON}, {"auto_track_topics_after_msecs", OPTION_NUMBER, 240000},
		{"notification_level_when_replying", OPTION_NUMBER, 2}, {"new_topic_duration_minutes", OPTION_NUMBER, 2880},
		{"email_previous_replies", OPTION_NUMBER, 2}, {"email_in_reply_to", OPTION_OFF},
		{"like_notification_frequency", OPTION_NUMBER, 0}, {"notify_on_linked_posts", OPTION_OFF},
		{"push_notification_level", OPTION_TEXT, 0, "none"},
		{"enable_upcoming_change_available_notifications", OPTION_OFF}, {"include_tl0_in_digests", OPTION_OFF},
		{"theme_ids", OPTION_LIST}, {"theme_key_seq", OPTION_NUMBER, 0}, {"allow_private_messages", OPTION_ON},
		{"enable_allowed_pm_users", OPTION_OFF}, {"homepage_id", OPTION_NULL},
		{"hide_profile_and_presence", OPTION_OFF}, {"hide_profile", OPTION_OFF}, {"hide_presence", OPTION_OFF},
		{"text_size", OPTION_TEXT, 0, "normal"}, {"text_size_seq", OPTION_NUMBER, 0},
		{"title_count_mode", OPTION_TEXT, 0, "notifications"}, {"skip_new_user_tips", OPTION_OFF},
		{"default_calendar", OPTION_TEXT, 0, "none_selected"}, {"oldest_search_log_date", OPTION_NULL},
		{"sidebar_link_to_filtered_list", OPTION_OFF}, {"sidebar_show_count_of_new_items", OPTION_OFF},
		{"watched_precedence_over_muted", OPTION_OFF}, {"seen_popups", OPTION_NULL},
		{"topics_unread_when_closed", OPTION_ON}, {"composition_mode", OPTION_NUMBER, 1},
		{"interface_color_mode", OPTION_NUMBER, 1}, {"automatically_translate", OPTION_OFF},
		{"understood_languages", OPTION_LIST}, {"show_original_content", OPTION_ON},
		{"send_shortcut", OPTION_TEXT, 0, "meta_enter"},
	};
	struct json *option = json_add_object(into, "user_option");
	json_add_int(option, "user_id", p->id);
	json_add_string(option, "timezone", p->timezone);
	for (size_t i = 0; i < COUNT(options); i++) {
		if (options[i].kind == OPTION_NUMBER)
			json_add_int(option, options[i].name, options[i].number);
		else if (options[i].kind == OPTION_TEXT)
			json_add_string(option, options[i].name, options[i].text);
		else if (options[i].kind == OPTION_NULL)
			json_add_null(option, options[i].name);
		else if (options[i].kind == OPTION_LIST)
			json_add_array(option, options[i].name);
		else
			json_add_bool(option, options[i].name, options[i].kind == OPTION_ON);
	}
}

static void rights_encode(struct request *r, struct json *into, const struct profile *p)
{
	json_add_bool(into, "can_edit", p->mine);
	json_add_bool(into, "can_edit_username", r->me.staff);
	json_add_bool(into, "can_edit_email", r->me.admin);
	json_add_bool(into, "can_edit_name", p->mine);
	json_add_bool(into, "can_upload_profile_header", false);
	json_add_bool(into, "can_upload_user_card_background", false);
	json_add_null(into, "uploaded_avatar_id");
	json_add_bool(into, "has_title_badges", false);
	json_add_bool(into, "second_factor_enabled", p->mine && sql_get_int(r->db, 0,
		"SELECT totp_secret IS NOT NULL FROM user WHERE id = ?", "i", p->id) != 0);
	json_add_bool(into, "second_factor_backup_enabled", false);
}

/* What only the member and staff see. */
static void private_encode(struct request *r, struct json *into, const struct profile *p)
{
	static const char *const empty[] = {"watched_tags", "watching_first_post_tags", "tracked_tags", "muted_tags",
		"allowed_pm_usernames", "user_passkeys", "sidebar_tags", "sidebar_category_ids", "user_auth_tokens", NULL};
	static const struct {
		const char *name;
		int level;
	} levels[] = {
		{"muted_category_ids", 0}, {"regular_category_ids", 1}, {"tracked_category_ids", 2},
		{"watched_category_ids", 3}, {"watched_first_post_category_ids", 4},
	};
	json_add_string(into, "locale", p->locale);
	for (size_t i = 0; i < COUNT(levels); i++)
		categories_of_level(r, into, levels[i].name, levels[i].level, p->id);
	arrays_encode(into, empty);
	json_add_null(into, "system_avatar_upload_id");
	json_add_string(into, "system_avatar_template", forum_avatar_template(r->mem, p->username));
	relations_encode(r, into, "muted_usernames", "mute", p->id);
	relations_encode(r, into, "ignored_usernames", "ignore", p->id);
	json_add_int(into, "mailing_list_posts_per_day", 0);
	json_add_bool(into, "can_change_bio", true);
	json_add_bool(into, "can_change_location", true);
	json_add_bool(into, "can_change_website", true);
	json_add_bool(into, "can_change_tracking_preferences", true);
	json_add_null(into, "user_api_keys");
	json_add_bool(into, "display_sidebar_tags", false);
	json_add_bool(into, "can_pick_theme_with_custom_homepage", false);
	schedule_encode(into);
	json_add_bool(into, "use_logo_small_as_avatar", false);
	json_add_int(into, "pending_posts_count",
		sql_get_int(r->db, 0, "SELECT count(*) FROM pending_post WHERE user_id = ?", "i", p->id));
	option_encode(into, p);
}

void profile_encode(struct request *r, struct json *into, const struct profile *p)
{
	profile_card_encode(r, into, p);
	rights_encode(r, into, p);
	json_add_int(into, "post_count", p->posts);
	json_add_int(into, "topic_count", p->topics);
	json_add_bool(into, "can_be_deleted", false);
	json_add_bool(into, "can_delete_all_posts", false);
	json_add_array(into, "featured_user_badge_ids");
	json_add_null(into, "invited_by");
	groups_of_member_encode(r, into, p->id);
	if (p->mine)
		private_encode(r, into, p);
}
