#include "check.h"
#include "mem.h"
#include "poll_text.h"

/* What a member reads of a poll, with and without its results. */
static const struct poll_option five[] = {
	{.id = "a", .html = "<p>Dinsdag</p>", .votes = 3}, {.id = "b", .html = "Donderdag", .votes = 4, .chosen = true},
	{.id = "c", .html = "Zondag", .votes = 0},
};

static struct poll poll_of(int voters)
{
	return (struct poll){.name = "poll", .open = true, .voters = voters, .voted = true, .option = five,
		.option_count = 3};
}

static void percentages_are_of_the_members_who_voted(void **state)
{
	static const struct {
		const char *name;
		int votes, voters, want;
	} rows[] = {
		{"half", 1, 2, 50}, {"a third", 1, 3, 33}, {"two thirds", 2, 3, 67}, {"nobody", 0, 0, 0}, {"none", 0, 9, 0},
		{"not shown", -1, 9, 0}, {"all", 9, 9, 100}, {"more votes than voters", 12, 9, 100},
			{"an eighth", 1, 8, 13},
		{"very many", 2000000000, 2000000000, 100},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct poll p = poll_of(rows[i].voters);
		struct poll_option o = {.votes = rows[i].votes};
		CHECK_INT(rows[i].name, poll_text_percent(&p, &o), rows[i].want);
	}
}

static void a_result_is_words_and_then_a_bar_that_fits(void **state)
{
	static const struct {
		const char *name, *want;
		int option, cols;
	} rows[] = {
		{"whole bar", "3 votes, 43 percent  [#########-----------]", 0, 60},
		{"nothing", "0 votes, 0 percent  [--------------------]", 2, 60},
		{"short bar", "4 votes, 57 percent  [####---]", 1, 30},
		{"no bar", "4 votes, 57 percent", 1, 27},
	};
	struct poll p = poll_of(7);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		poll_text_result(&out, &p, &five[rows[i].option], rows[i].cols);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
}

static void hidden_results_stay_hidden(void **state)
{
	static const struct {
		const char *name, *rules;
		struct poll poll;
		bool shown;
	} rows[] = {
		{"after voting", "2 members voted. The result is shown after you vote.",
			{.results = POLL_ON_VOTE, .open = true}, false},
		{"voted", "2 members voted. You voted.", {.results = POLL_ON_VOTE, .open = true, .voted = true}, true},
		{"at the end", "2 members voted. You voted. The result is shown when the poll is closed.",
			{.results = POLL_ON_CLOSE, .open = true, .voted = true}, false},
		{"closed", "2 members voted. The poll is closed.", {.results = POLL_ON_CLOSE}, true},
		{"open until", "2 members voted. The poll is open until Tuesday 3 March 2026, 10:00.",
			{.open = true, .close_ms = 1772528400000}, true},
		{"names", "2 members voted. Members see who voted for what.", {.open = true, .public_votes = true}, true},
		{"ranked", "2 members voted. Members put the answers in order. See the result on the site.",
			{.open = true, .type = POLL_RANKED}, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct poll p = rows[i].poll;
		struct sbuf rules = {0}, result = {0};
		p.voters = 2;
		p.option = five;
		p.option_count = 3;
		poll_text_rules(&rules, &p, zone_get("Europe/Amsterdam"));
		poll_text_result(&result, &p, &five[0], 60);
		CHECK_STRING(rows[i].name, sbuf_str(&rules), rows[i].rules);
		CHECK_INT(rows[i].name, result.n > 0, rows[i].shown);
		sbuf_fini(&rules);
		sbuf_fini(&result);
	}
}

static void a_poll_in_a_post_shows_what_was_chosen(void **state)
{
	struct arena a = {0};
	struct styled text = {0};
	struct styled_builder b = {0};
	struct sbuf plain = {0};
	struct poll p = poll_of(7);
	styled_begin(&b, &text, &a, 60);
	poll_text_add(&b, &p, zone_get("UTC"), false);
	styled_end(&b);
	styled_plain(&text, &plain);
	CHECK_STRING("poll", sbuf_str(&plain),
		"Poll\n"
		"[ ] Dinsdag\n    3 votes, 43 percent  [#########-----------]\n"
		"[x] Donderdag\n    4 votes, 57 percent  [###########---------]\n"
		"[ ] Zondag\n    0 votes, 0 percent  [--------------------]\n"
		"7 members voted. You voted.\n");
	sbuf_fini(&plain);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentages_are_of_the_members_who_voted),
		cmocka_unit_test(a_result_is_words_and_then_a_bar_that_fits),
		cmocka_unit_test(hidden_results_stay_hidden),
		cmocka_unit_test(a_poll_in_a_post_shows_what_was_chosen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
