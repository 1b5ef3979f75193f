#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bus_decode.h"
#include "category_decode.h"
#include "device_decode.h"
#include "draft_decode.h"
#include "event_decode.h"
#include "fault_decode.h"
#include "group_decode.h"
#include "member_decode.h"
#include "notice_decode.h"
#include "panic.h"
#include "poll_decode.h"
#include "post_decode.h"
#include "session_decode.h"
#include "site_decode.h"
#include "topic_decode.h"
#include "user_field_decode.h"
#include "utf8.h"
#include "written_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void lists(const struct json *j, struct arena *a)
{
	struct category_list categories;
	struct event_list events;
	struct invitee_list invitees;
	struct member_page members;
	struct member member;
	struct user_field_list fields;
	struct group_list groups;
	struct notice_page notices;
	struct bus_answer bus;
	category_list_decode(j, a, &categories);
	event_list_decode(j, a, &events);
	invitee_list_decode(j, a, &invitees);
	member_page_decode(j, a, &members);
	member_profile_decode(j, a, &member);
	user_field_list_decode(j, a, &fields);
	group_list_decode(j, a, &groups);
	notice_page_decode(j, a, &notices);
	bus_answer_decode(j, a, &bus);
}

/* What a member writes, and drafts both ways: what comes back from a site is JSON again. */
static void draft(const struct server_draft *d, struct arena *a)
{
	struct change c;
	struct server_draft back;
	struct sbuf out = {0};
	if (draft_to_change(d, a, &c)) {
		draft_from_change(&c, a, &back);
		draft_encode(&back, &out);
		struct json *j = json_parse(sbuf_str(&out), out.n, NULL);
		ensure(j != NULL);
		json_free(j);
	}
	sbuf_fini(&out);
}

static void written(const struct json *j, struct arena *a)
{
	struct written_post post;
	struct pending_list pending;
	struct poll vote;
	struct draft_list drafts;
	struct server_draft one;
	written_post_decode(j, a, &post);
	pending_list_decode(j, a, &pending);
	written_vote_decode(j, a, &vote);
	if (draft_decode(j, "topic_3", a, &one))
		draft(&one, a);
	draft_list_decode(j, a, &drafts);
	for (int i = 0; i < drafts.count; i++)
		draft(&drafts.draft[i], a);
}

static void small(const struct json *j, struct arena *a)
{
	struct site site;
	struct session session;
	struct fault fault;
	struct device_start start;
	struct device_poll poll;
	struct key_payload payload;
	site_defaults(&site);
	site_decode_basic_info(j, a, &site);
	site_decode_site(j, a, &site);
	site_decode_settings(j, a, &site);
	session_decode(j, a, &session);
	fault_decode(j, a, &fault);
	device_start_decode(j, a, &start);
	device_poll_decode(j, a, &poll);
	key_payload_decode(j, a, &payload);
}

/* What comes out of the gate is clean and within its size. */
static void check_text(const char *s, size_t max)
{
	size_t n = s == NULL ? 0 : strlen(s);
	ensure(n <= max && (s == NULL || utf8_valid(s, n)));
	for (size_t i = 0; i < n; i++)
		ensure((unsigned char)s[i] >= ' ' || s[i] == '\n' || s[i] == '\t');
}

static void topics(const struct json *j, struct arena *a)
{
	struct topic_page page;
	struct topic_view view;
	struct post_list posts;
	topic_page_decode(j, a, &page);
	topic_view_decode(j, a, &view);
	post_list_decode(j, a, &posts);
	for (int i = 0; i < page.count; i++)
		check_text(page.topic[i].title, WIRE_TITLE);
	for (int i = 0; i < posts.count; i++) {
		check_text(posts.post[i].cooked, WIRE_BODY);
		check_text(posts.post[i].username, WIRE_NAME);
		ensure(posts.post[i].id > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = {0};
	struct json *j = json_parse((const char *)data, n, NULL);
	if (j != NULL) {
		lists(j, &a);
		small(j, &a);
		topics(j, &a);
		written(j, &a);
	}
	json_free(j);
	arena_fini(&a);
	return 0;
}
