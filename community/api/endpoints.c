#include "endpoints.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "url.h"

#define GET "GET"

struct request endpoint_basic_info(void)
{
	return request_new(GET, "/site/basic-info.json");
}

struct request endpoint_site(void)
{
	return request_new(GET, "/site.json");
}

struct request endpoint_settings(void)
{
	return request_new(GET, "/site/settings.json");
}

struct request endpoint_session(void)
{
	return request_new(GET, "/session/current.json");
}

struct request endpoint_latest(int page, int per_page)
{
	struct request r = request_new(GET, "/latest.json?order=activity");
	request_query_int(&r, "page", page);
	request_query_int(&r, "per_page", per_page);
	return r;
}

/* "/a/NAME.json" with the name encoded. */
static struct request named(const char *before, const char *name, const char *after)
{
	struct request r = request_new(GET, "%s", before);
	url_add_encoded(&r.path, name);
	sbuf_add(&r.path, after);
	return r;
}

struct request endpoint_messages(const char *username, const char *box, int page)
{
	char before[64];
	snprintf(before, sizeof before, "/topics/private-messages%s/", box);
	struct request r = named(before, username, ".json");
	request_query_int(&r, "page", page);
	return r;
}

struct request endpoint_topic(int64_t id)
{
	return request_new(GET, "/t/%" PRId64 ".json?include_raw=1", id);
}

struct request endpoint_topic_posts(int64_t topic_id, const int64_t *post_id, int count)
{
	struct request r = request_new(GET, "/t/%" PRId64 "/posts.json?include_raw=1", topic_id);
	for (int i = 0; i < count && i < ENDPOINT_POSTS_AT_ONCE; i++)
		request_query_int(&r, "post_ids%5B%5D", post_id[i]);
	return r;
}

struct request endpoint_post(int64_t id)
{
	return request_new(GET, "/posts/%" PRId64 ".json", id);
}

static struct request feed(const char *path, int64_t before)
{
	struct request r = request_new(GET, "%s", path);
	if (before > 0)
		request_query_int(&r, "before", before);
	return r;
}

struct request endpoint_posts_feed(int64_t before)
{
	return feed("/posts.json", before);
}

struct request endpoint_private_feed(int64_t before)
{
	return feed("/private-posts.json", before);
}

/* "1|2|3" or "1,2,3" */
static char *join_ids(const int64_t *id, int count, int max, char separator)
{
	struct sbuf text = {0};
	for (int i = 0; i < count && i < max; i++) {
		if (i > 0)
			sbuf_addc(&text, separator);
		sbuf_addf(&text, "%" PRId64, id[i]);
	}
	return sbuf_take(&text);
}

struct request endpoint_directory(int page, const int64_t *field_id, int field_count)
{
	enum { MaxFields = 100 };
	struct request r = request_new(GET, "/directory_items.json?period=all&order=username&asc=true");
	char *ids = join_ids(field_id, field_count, MaxFields, '|');
	request_query_int(&r, "page", page);
	if (field_count > 0)
		request_query(&r, "user_field_ids", ids);
	free(ids);
	return r;
}

struct request endpoint_user(const char *username)
{
	return named("/u/", username, ".json");
}

struct request endpoint_user_cards(const int64_t *user_id, int count)
{
	struct request r = request_new(GET, "/user-cards.json");
	char *ids = join_ids(user_id, count, ENDPOINT_CARDS_AT_ONCE, ',');
	request_query(&r, "user_ids", ids);
	free(ids);
	return r;
}

struct request endpoint_group_members(const char *group, int limit, int offset)
{
	struct request r = named("/groups/", group, "/members.json");
	request_query(&r, "order", "username");
	request_query(&r, "asc", "true");
	request_query_int(&r, "limit", limit);
	request_query_int(&r, "offset", offset);
	return r;
}

struct request endpoint_notices(void)
{
	return request_new(GET, "/notifications.json?recent=true&limit=50&silent=true");
}

struct request endpoint_notice_read(int64_t id)
{
	struct request r = request_new("PUT", "/notifications/mark-read.json");
	request_form_int(&r, "id", id);
	return r;
}

struct request endpoint_drafts(int offset, int limit)
{
	struct request r = request_new(GET, "/drafts.json");
	request_query_int(&r, "offset", offset);
	request_query_int(&r, "limit", limit);
	return r;
}

struct request endpoint_events(int64_t after_s, int64_t before_s)
{
	struct request r = request_new(GET, "/discourse-post-event/events.json?include_details=true&include_closed=true"
		"&include_ongoing=true&include_expired=true&order=asc&limit=200");
	char time[32];
	time_format(after_s, time);
	request_query(&r, "after", time);
	time_format(before_s, time);
	if (before_s > 0)
		request_query(&r, "before", time);
	return r;
}

struct request endpoint_invitees(int64_t event_id)
{
	return request_new(GET, "/discourse-post-event/events/%" PRId64 "/invitees.json", event_id);
}

struct request endpoint_bus(const char *client_uuid, struct json *channels)
{
	struct request r = request_new("POST", "/message-bus/%s/poll?dlp=t", client_uuid);
	request_header(&r, "Dont-Chunk", "true");
	request_json(&r, channels);
	return r;
}

struct request endpoint_revoke_key(void)
{
	struct request r = request_new("POST", "/user-api-key/revoke.json");
	request_form(&r, "format", "json");
	return r;
}
