#pragma once
#include <stdbool.h>
#include <stdint.h>

/* What a site says of itself (/site/basic-info.json, /site.json, /site/settings.json, /session/current.json).
 * Texts are clean (utf8_clean) and live in the arena they were decoded into; NULL means the site did not say. */
struct site {
	const char *title, *description, *locale, *contact;
	bool login_required;
	bool tagging, polls, events, directory;      /* what the site has switched on */
	int min_post_length, min_first_post_length, min_message_length, max_post_length;
	int min_title_length, max_title_length;
	bool tags_are_objects;                       /* the newer form; decides how tags are written */
	const char *long_polling_base_url;
};

/* The member who is logged in (/session/current.json). */
struct session {
	int64_t user_id;
	const char *username, *name, *timezone;
	int trust_level;
	bool admin, moderator, can_create_topic, can_send_messages, can_create_event;
	int64_t seen_notification_id;
	const char *const *ignored; /* usernames */
	int ignored_count;
};
