#include "site_decode.h"

#include "str.h"
#include "take.h"

void site_defaults(struct site *s)
{
	*s = (struct site){
		.min_post_length = 20, .min_first_post_length = 20, .min_message_length = 10, .max_post_length = 32000,
		.min_title_length = 15, .max_title_length = 255,
		.tagging = true, .polls = true, .directory = true,
	};
}

static void set_text(const char **to, const char *text)
{
	if (text != NULL)
		*to = text;
}

bool site_decode_basic_info(const struct json *root, struct arena *a, struct site *s)
{
	const char *title = take_title(root, "title", a);
	if (title == NULL && json_get(root, "login_required") == NULL && json_get(root, "description") == NULL)
		return false;
	set_text(&s->title, title);
	set_text(&s->description, json_text(root, "description", WIRE_SHORT, a));
	set_text(&s->locale, take_name(root, "locale", a));
	set_text(&s->contact, take_name(root, "contact_email", a));
	s->login_required = json_bool(root, "login_required", s->login_required);
	return true;
}

bool site_decode_site(const struct json *root, struct arena *a, struct site *s)
{
	const struct json *site = json_is_object(json_get(root, "site")) ? json_get(root, "site") : root;
	if (!json_is_array(json_get(site, "categories")) && !json_is_array(json_get(site, "user_fields")) &&
		!json_is_object(json_get(site, "notification_types")))
		return false;
	const struct json *tag = json_first(json_get(site, "top_tags"));
	if (tag != NULL)
		s->tags_are_objects = json_is_object(tag);
	s->tagging = json_bool(site, "tagging_enabled", s->tagging);
	return true;
}

bool site_decode_settings(const struct json *root, struct arena *a, struct site *s)
{
	static const struct {
		const char *name;
		size_t at;
	} length[] = {
		{"min_post_length", offsetof(struct site, min_post_length)},
		{"min_first_post_length", offsetof(struct site, min_first_post_length)},
		{"min_personal_message_post_length", offsetof(struct site, min_message_length)},
		{"max_post_length", offsetof(struct site, max_post_length)},
		{"min_topic_title_length", offsetof(struct site, min_title_length)},
		{"max_topic_title_length", offsetof(struct site, max_title_length)},
	};
	if (!json_is_object(root) || json_first(root) == NULL)
		return false;
	for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
		int *to = (int *)((char *)s + length[i].at);
		*to = take_int(root, length[i].name, 0, 10 * 1000 * 1000, *to);
	}
	s->tagging = json_bool(root, "tagging_enabled", s->tagging);
	s->polls = json_bool(root, "poll_enabled", s->polls);
	s->directory = json_bool(root, "enable_user_directory", s->directory);
	/* The first switch was renamed in 2026; both must be on. */
	s->events = json_bool(root, "discourse_post_event_enabled", false) &&
		(json_bool(root, "calendar_enabled", false) || json_bool(root, "discourse_events_enabled", false));
	set_text(&s->title, take_title(root, "title", a));
	set_text(&s->locale, take_name(root, "default_locale", a));
	const char *bus = json_text(root, "long_polling_base_url", WIRE_URL, a);
	s->long_polling_base_url = str_empty(bus) ? s->long_polling_base_url : bus;
	return true;
}
