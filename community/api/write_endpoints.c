#include "write_endpoints.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "str.h"
#include "url.h"

#define POST "POST"
#define PUT "PUT"
#define DELETE "DELETE"

static void form_text(struct request *r, const char *name, const char *value)
{
	if (!str_empty(value))
		request_form(r, name, value);
}

static void form_id(struct request *r, const char *name, int64_t id)
{
	if (id != 0)
		request_form_int(r, name, id);
}

/* No words at all are said with one empty word. */
static void form_words(struct request *r, const char *name, struct words w)
{
	for (int i = 0; i < w.count; i++)
		request_form(r, name, w.word[i]);
	if (w.count == 0)
		request_form(r, name, "");
}

static void form_tags(struct request *r, struct words tags, bool objects)
{
	form_words(r, tags.count > 0 && objects ? "tags[][name]" : "tags[]", tags);
}

/* METHOD before + NAME (encoded) + after */
static struct request named(const char *method, const char *before, const char *name, const char *after)
{
	struct request r = request_new(method, "%s", before);
	url_add_encoded(&r.path, name);
	sbuf_add(&r.path, after);
	return r;
}

static struct request create(const struct new_text *t)
{
	struct request r = request_new(POST, "/posts.json");
	request_form(&r, "raw", str_or_empty(t->raw));
	request_form(&r, "nested_post", "true");
	form_text(&r, "draft_key", t->draft_key);
	form_id(&r, "typing_duration_msecs", t->typing_ms);
	form_id(&r, "composer_open_duration_msecs", t->open_ms);
	return r;
}

struct request endpoint_create_topic(const struct new_text *t)
{
	struct request r = create(t);
	request_form(&r, "title", str_or_empty(t->title));
	request_form(&r, "archetype", "regular");
	form_id(&r, "category", t->category_id);
	if (t->tags.count > 0)
		form_tags(&r, t->tags, t->tags_are_objects);
	return r;
}

struct request endpoint_create_reply(const struct new_text *t)
{
	struct request r = create(t);
	form_id(&r, "topic_id", t->topic_id);
	form_id(&r, "reply_to_post_number", t->reply_to);
	return r;
}

struct request endpoint_create_message(const struct new_text *t)
{
	struct request r = create(t);
	struct sbuf names = {0};
	for (int i = 0; i < t->recipients.count; i++)
		sbuf_addf(&names, "%s%s", i > 0 ? "," : "", t->recipients.word[i]);
	request_form(&r, "title", str_or_empty(t->title));
	request_form(&r, "archetype", "private_message");
	request_form(&r, "target_recipients", sbuf_str(&names));
	request_form(&r, "target_usernames", sbuf_str(&names)); /* the name before 2020 */
	sbuf_fini(&names);
	return r;
}

struct request endpoint_edit_post(const struct text_edit *e)
{
	struct request r = request_new(PUT, "/posts/%" PRId64 ".json", e->post_id);
	request_form(&r, "post[raw]", str_or_empty(e->raw));
	form_text(&r, "post[original_text]", e->original);
	form_text(&r, "post[raw_old]", e->original); /* the name before 2024 */
	form_text(&r, "post[edit_reason]", e->reason);
	form_text(&r, "title", e->title);
	form_id(&r, "post[category_id]", e->category_id);
	return r;
}

struct request endpoint_edit_topic(
	int64_t id, const char *title, int64_t category_id, const struct words *tags, bool tags_are_objects)
{
	struct request r = request_new(PUT, "/t/-/%" PRId64 ".json", id);
	form_text(&r, "title", title);
	form_id(&r, "category_id", category_id);
	if (tags != NULL)
		form_tags(&r, *tags, tags_are_objects);
	return r;
}

struct request endpoint_delete_post(int64_t id)
{
	return request_new(DELETE, "/posts/%" PRId64 ".json", id);
}

struct request endpoint_recover_post(int64_t id)
{
	return request_new(PUT, "/posts/%" PRId64 "/recover.json", id);
}

struct request endpoint_like(int64_t post_id)
{
	return endpoint_flag(post_id, ACTION_LIKE, NULL);
}

struct request endpoint_unlike(int64_t post_id)
{
	return request_new(DELETE, "/post_actions/%" PRId64 ".json?post_action_type_id=%d", post_id, ACTION_LIKE);
}

struct request endpoint_flag(int64_t post_id, int type, const char *message)
{
	struct request r = request_new(POST, "/post_actions.json");
	request_form_int(&r, "id", post_id);
	request_form_int(&r, "post_action_type_id", type);
	form_text(&r, "message", message);
	return r;
}

struct request endpoint_create_bookmark(int64_t post_id, const char *note)
{
	struct request r = request_new(POST, "/bookmarks.json");
	request_form_int(&r, "bookmarkable_id", post_id);
	request_form(&r, "bookmarkable_type", "Post");
	form_text(&r, "name", note);
	return r;
}

struct request endpoint_update_bookmark(int64_t id, const char *note)
{
	struct request r = request_new(PUT, "/bookmarks/%" PRId64 ".json", id);
	request_form(&r, "name", str_or_empty(note));
	return r;
}

struct request endpoint_delete_bookmark(int64_t id)
{
	return request_new(DELETE, "/bookmarks/%" PRId64 ".json", id);
}

struct request endpoint_topic_level(int64_t topic_id, int level)
{
	struct request r = request_new(POST, "/t/%" PRId64 "/notifications.json", topic_id);
	request_form_int(&r, "notification_level", level);
	return r;
}

struct request endpoint_category_level(int64_t category_id, int level)
{
	struct request r = request_new(POST, "/category/%" PRId64 "/notifications.json", category_id);
	request_form_int(&r, "notification_level", level);
	return r;
}

struct request endpoint_member_level(const char *username, const char *level, int64_t until_ms)
{
	struct request r = named(PUT, "/u/", username, "/notification_level.json");
	char time[32];
	time_format(until_ms / 1000, time);
	request_form(&r, "notification_level", level);
	if (until_ms > 0)
		request_form(&r, "expiring_at", time);
	return r;
}

struct request endpoint_archive_message(int64_t topic_id)
{
	return request_new(PUT, "/t/%" PRId64 "/archive-message.json", topic_id);
}

struct request endpoint_unarchive_message(int64_t topic_id)
{
	return request_new(PUT, "/t/%" PRId64 "/move-to-inbox.json", topic_id);
}

static struct request poll(const char *method, int64_t post_id, const char *name)
{
	struct request r = request_new(method, "/polls/vote.json");
	request_form_int(&r, "post_id", post_id);
	request_form(&r, "poll_name", name);
	return r;
}

struct request endpoint_vote(int64_t post_id, const char *name, struct words options, bool ranked)
{
	struct request r = poll(PUT, post_id, name);
	for (int i = 0; ranked && i < options.count; i++) {
		char part[40];
		snprintf(part, sizeof part, "options[%d][digest]", i);
		request_form(&r, part, options.word[i]);
		snprintf(part, sizeof part, "options[%d][rank]", i);
		request_form_int(&r, part, i + 1);
	}
	if (!ranked)
		form_words(&r, "options[]", options);
	return r;
}

/* Names in the query: a DELETE with a body is not read everywhere. */
struct request endpoint_unvote(int64_t post_id, const char *name)
{
	struct request r = request_new(DELETE, "/polls/vote.json");
	request_query_int(&r, "post_id", post_id);
	request_query(&r, "poll_name", name);
	return r;
}

#define INVITEES "/discourse-post-event/events/%" PRId64 "/invitees"

struct request endpoint_create_invitee(int64_t event_id, const char *status)
{
	struct request r = request_new(POST, INVITEES ".json", event_id);
	request_form(&r, "invitee[status]", status);
	return r;
}

struct request endpoint_update_invitee(int64_t event_id, int64_t invitee_id, const char *status)
{
	struct request r = request_new(PUT, INVITEES "/%" PRId64 ".json", event_id, invitee_id);
	request_form(&r, "invitee[status]", status);
	return r;
}

struct request endpoint_delete_invitee(int64_t event_id, int64_t invitee_id)
{
	return request_new(DELETE, INVITEES "/%" PRId64 ".json", event_id, invitee_id);
}

struct request endpoint_profile(const char *username, const char *name, const char *value)
{
	struct request r = named(PUT, "/u/", username, ".json");
	char field[64];
	bool own = str_starts(name, "field:");
	snprintf(field, sizeof field, "user_fields[%.40s]", own ? name + strlen("field:") : "");
	request_form(&r, own ? field : name, str_or_empty(value));
	return r;
}

struct request endpoint_profile_choices(const char *username, int64_t field_id, struct words choices)
{
	struct request r = named(PUT, "/u/", username, ".json");
	char name[64];
	snprintf(name, sizeof name, "user_fields[%" PRId64 "][]", field_id);
	form_words(&r, name, choices);
	return r;
}

struct request endpoint_timings(int64_t topic_id, const struct reading *reading, int count)
{
	enum { LongestMs = 60 * 1000 };
	struct request r = request_new(POST, "/topics/timings.json");
	int64_t total_ms = 0;
	request_form_int(&r, "topic_id", topic_id);
	for (int i = 0; i < count; i++) {
		char name[40];
		int64_t ms = reading[i].ms > LongestMs ? LongestMs : reading[i].ms;
		snprintf(name, sizeof name, "timings[%d]", reading[i].post_number);
		request_form_int(&r, name, ms);
		total_ms += ms;
	}
	request_form_int(&r, "topic_time", total_ms);
	return r;
}

struct request endpoint_draft(const char *key)
{
	return named("GET", "/drafts/", key, ".json");
}

struct request endpoint_save_draft(const char *key, int64_t sequence, const char *data, bool force)
{
	struct request r = request_new(POST, "/drafts.json");
	request_form(&r, "draft_key", key);
	request_form_int(&r, "sequence", sequence);
	request_form(&r, "data", data);
	if (force)
		request_form(&r, "force_save", "true");
	return r;
}

struct request endpoint_delete_draft(const char *key, int64_t sequence)
{
	struct request r = named(DELETE, "/drafts/", key, ".json");
	request_query_int(&r, "sequence", sequence);
	return r;
}

struct request endpoint_topic_tail(int64_t topic_id, int number)
{
	enum { BeyondEveryTopic = 1000 * 1000 };
	return request_new("GET", "/t/%" PRId64 "/%d.json?include_raw=1", topic_id, number > 0 ? number
		: BeyondEveryTopic);
}

struct request endpoint_topics_by(const char *username)
{
	return named("GET", "/topics/created-by/", username, ".json");
}

struct request endpoint_messages_sent(const char *username)
{
	return named("GET", "/topics/private-messages-sent/", username, ".json");
}

struct request endpoint_pending_posts(const char *username)
{
	return named("GET", "/posts/", username, "/pending.json");
}
