#include "check.h"

#include "mem.h"
#include "refusal.h"
#include "str.h"

static const struct site site = {.min_post_length = 5, .min_first_post_length = 20, .min_message_length = 10,
	.max_post_length = 60, .min_title_length = 8, .max_title_length = 20};
static const struct change reply = {.kind = CHANGE_REPLY, .topic_id = 3, .body = "A good reply."},
	topic = {.kind = CHANGE_TOPIC, .title = "A good title", .body = "A text that is long enough.", .names = "a"},
	edit = {.kind = CHANGE_EDIT, .post_id = 4, .body = "Better."}, like = {.kind = CHANGE_LIKE, .post_id = 4},
	unlike = {.kind = CHANGE_UNLIKE, .post_id = 4}, going = {.kind = CHANGE_ATTENDANCE, .number = ATTENDANCE_GOING},
	interested = {.kind = CHANGE_ATTENDANCE, .number = ATTENDANCE_INTERESTED},
	withdraw = {.kind = CHANGE_ATTENDANCE, .number = ATTENDANCE_NONE},
	vote = {.kind = CHANGE_VOTE, .title = "poll"}, unbookmark = {.kind = CHANGE_UNBOOKMARK, .before = 4};
static const struct event full = {.status = EVENT_PUBLIC, .max_attendees = 3, .going = 3, .at_capacity = true},
	closed_event = {.closed = true}, past = {.expired = true, .closed = true}, invited = {.status = EVENT_PRIVATE},
	standalone = {.status = EVENT_STANDALONE};
static const struct poll closed_poll = {.open = false}, open_poll = {.open = true},
	ended_poll = {.open = true, .close_ms = 900};

enum { NO_REFUSAL = -1 };

static const struct refusing {
	const char *row;
	int status;
	const char *body;
	struct refusal_facts f;
	int want;
	const char *says;  /* part of the sentence */
} rows[] = {
	{"only the site knows", 422, "{\"errors\": [\"Nee.\"]}", {.change = &reply}, REFUSAL_OTHER,
		"The site says: Nee."},
	{"nobody says why", 422, "{}", {.change = &reply, .site = &site}, REFUSAL_OTHER, "does not accept this."},
	{"conflict", 409, "{\"errors\": [\"x\"]}", {.change = &edit}, REFUSAL_CONFLICT, "Somebody else"},
	{"not allowed", 403, "{\"error_type\": \"invalid_access\", \"errors\": [\"x\"]}", {.change = &reply},
		REFUSAL_FORBIDDEN},
	{"gone", 404, "{\"error_type\": \"not_found\"}", {.change = &reply}, REFUSAL_GONE},
	{"gone for good", 410, "", {.change = &edit}, REFUSAL_GONE},
	{"closed", 422, "{\"errors\": [\"x\"]}", {.change = &reply, .closed = true}, REFUSAL_CLOSED,
		"closed. It takes no replies. The site"},
	{"closed topics can be liked", 403, "", {.change = &like, .closed = true}, REFUSAL_FORBIDDEN},
	{"archived", 403, "", {.change = &like, .archived = true}, REFUSAL_ARCHIVED},
	{"slow mode", 422, "", {.change = &reply, .site = &site, .slow_mode_s = 60}, REFUSAL_SLOW_MODE},
	{"too short", 422, "", {.change = &(struct change){.kind = CHANGE_REPLY, .body = "  é é  "}, .site = &site},
		REFUSAL_TOO_SHORT, "5 characters or more"},
	{"too short to begin with", 422, "", {.change = &(struct change){.kind = CHANGE_TOPIC, .title = "A good title",
		.body = "Nineteen characters"}, .site = &site}, REFUSAL_TOO_SHORT, "20 characters"},
	{"too short as a message", 422, "", {.change = &(struct change){.kind = CHANGE_REPLY, .body = "Nine char"},
		.site = &site, .message = true}, REFUSAL_TOO_SHORT, "10 characters"},
	{"long enough with accents", 422, "", {.change = &(struct change){.kind = CHANGE_REPLY, .body = "éééé."},
		.site = &site}, REFUSAL_OTHER},
	{"too long", 422, "", {.change = &(struct change){.kind = CHANGE_REPLY,
		.body = "0123456789012345678901234567890123456789012345678901234567890"}, .site = &site},
		REFUSAL_TOO_LONG, "60 characters"},
	{"short title", 422, "", {.change = &(struct change){.kind = CHANGE_TOPIC, .title = "Ten",
		.body = "A text long enough."},
		.site = &site}, REFUSAL_TITLE_SHORT, "8 characters"},
	{"long title", 422, "", {.change = &(struct change){.kind = CHANGE_TOPIC, .title = "A title of 21 letters",
		.body = "A text long enough."}, .site = &site}, REFUSAL_TITLE_LONG, "20 characters"},
	{"title is used", 422, "", {.change = &topic, .site = &site, .title_used = true}, REFUSAL_TITLE_USED},
	{"repeated", 422, "", {.change = &reply, .site = &site, .repeated = true}, REFUSAL_REPEATED},
	{"tags", 422, "", {.change = &topic, .site = &site, .tags_wanted = 2}, REFUSAL_TAGS, "The least is 2."},
	{"tags enough", 422, "", {.change = &topic, .site = &site, .tags_wanted = 1}, REFUSAL_OTHER},
	{"old post", 422, "", {.change = &edit, .post_created_ms = 1000, .now_ms = 1000 + 86400 * 1000 + 1},
		REFUSAL_EDIT_WINDOW},
	{"young post", 422, "", {.change = &edit, .post_created_ms = 1000, .now_ms = 2000}, REFUSAL_OTHER},
	{"silenced", 403, "", {.change = &reply, .silenced_until_ms = 2000, .now_ms = 1000}, REFUSAL_SILENCED},
	{"silenced before", 403, "", {.change = &reply, .silenced_until_ms = 2000, .now_ms = 3000}, REFUSAL_FORBIDDEN},
	{"suspended", 403, "", {.change = &like, .suspended_until_ms = 2000, .now_ms = 1000}, REFUSAL_SUSPENDED},
	{"already so", 403, "", {.change = &like, .settled = true}, REFUSAL_SETTLED},
	{"not liked any more", 404, "", {.change = &unlike}, REFUSAL_SETTLED},
	{"bookmark is gone", 404, "", {.change = &unbookmark}, REFUSAL_SETTLED},
	{"sign-up is gone", 404, "", {.change = &withdraw}, REFUSAL_SETTLED},
	{"liked too long ago", 403, "", {.change = &unlike}, REFUSAL_UNDO_WINDOW},
	{"full", 422, "{\"errors\": [\"x\"]}", {.change = &going, .event = &full}, REFUSAL_EVENT_FULL},
	{"full, but interested", 422, "", {.change = &interested, .event = &full}, REFUSAL_OTHER},
	{"closed meeting", 403, "", {.change = &going, .event = &closed_event}, REFUSAL_EVENT_CLOSED},
	{"past meeting", 403, "", {.change = &going, .event = &past}, REFUSAL_EVENT_PAST},
	{"not invited", 403, "", {.change = &going, .event = &invited}, REFUSAL_EVENT_PRIVATE},
	{"no sign-up", 403, "", {.change = &going, .event = &standalone}, REFUSAL_EVENT_NO_SIGN_UP},
	{"poll is closed", 422, "", {.change = &vote, .poll = &closed_poll}, REFUSAL_POLL_CLOSED},
	{"poll has ended", 422, "", {.change = &vote, .poll = &ended_poll, .now_ms = 900}, REFUSAL_POLL_CLOSED},
	{"poll is open", 422, "", {.change = &vote, .poll = &open_poll}, REFUSAL_OTHER},
	{"wait", 429, "{\"error_type\": \"rate_limit\", \"extras\": {\"wait_seconds\": 14}}", {.change = &reply},
		REFUSAL_WAIT},
	{"wait, no time", 429, "", {.change = &reply}, REFUSAL_WAIT},
	{"enough for today", 429, "{\"extras\": {\"wait_seconds\": 40000}, \"errors\": [\"x\"]}",
		{.change = &like}, REFUSAL_DAY_LIMIT},
	{"logged out", 403, "{\"error_type\": \"not_logged_in\"}", {.change = &reply}, NO_REFUSAL},
	{"read only", 503, "{\"error_type\": \"read_only\"}", {.change = &reply}, NO_REFUSAL},
	{"rebuilding", 502, "<html>", {.change = &reply}, NO_REFUSAL},
};

static void explain(const struct refusing *r, struct refusal *out, bool *refused)
{
	struct response response = {.status = r->status};
	struct answer a;
	struct error err = {0};
	sbuf_add(&response.body, r->body);
	assert_false(answer_take(&response, false, &a, &err));
	*refused = refusal_explain(&r->f, &a, &err, out);
	answer_fini(&a);
	response_fini(&response);
}

static void why_a_site_says_no(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct refusal out;
		bool refused;
		explain(&rows[i], &out, &refused);
		CHECK_INT(rows[i].row, refused, rows[i].want != NO_REFUSAL);
		if (!refused)
			continue;
		CHECK_INT(rows[i].row, out.kind, rows[i].want);
		if (rows[i].says != NULL && strstr(out.error.what, rows[i].says) == NULL)
			fail_msg("%s: \"%s\" has no \"%s\"", rows[i].row, out.error.what, rows[i].says);
		CHECK_INT(rows[i].row, str_empty(error_kept(&out.error)) || str_empty(error_todo(&out.error)), false);
		CHECK_INT(rows[i].row, out.error.http_status, rows[i].status);
	}
}

/* What was asked is what is kept. */
static void a_text_is_kept(void **state)
{
	static const struct refusing text = {"text", 422, "", {.change = &reply}},
		key = {"key", 422, "", {.change = &like}};
	struct refusal out;
	bool refused;
	explain(&text, &out, &refused);
	CHECK_STRING("text", error_kept(&out.error), "Your text is kept.");
	explain(&key, &out, &refused);
	CHECK_STRING("key", error_kept(&out.error), "Nothing is changed.");
}

static void endless_words_are_cut(void **state)
{
	struct sbuf body = {0};
	struct refusal out;
	bool refused;
	sbuf_add(&body, "{\"errors\": [\"");
	for (int i = 0; i < 1000; i++)
		sbuf_add(&body, "é\\u001b[2J%n");
	sbuf_add(&body, "\"]}");
	struct refusing r = {"long", 422, sbuf_str(&body), {.change = &reply}};
	explain(&r, &out, &refused);
	assert_true(refused);
	assert_null(strchr(out.error.what, 27));
	assert_true(strlen(out.theirs) > 400);
	sbuf_fini(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(why_a_site_says_no),
		cmocka_unit_test(a_text_is_kept),
		cmocka_unit_test(endless_words_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
