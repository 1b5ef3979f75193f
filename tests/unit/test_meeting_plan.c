#include "check.h"

#include "meeting_change.h"
#include "meeting_moment.h"
#include "meeting_plan.h"
#include "mem.h"
#include "str.h"

static const char by_hand[] =
	"Welkom bij onze avond.\n\n"
	"[event start=\"2026-04-07 19:30\" end=\"2026-04-07"
	" 21:00\" timezone=\"Europe/Amsterdam\" status=\"public\" hosts=\"sanne\"]\n"
	"Lees de tekst vooraf.\n[/event]\n\n"
	"* Adres - Plein 1, Utrecht\n"
	"- **Rustige ruimte:** ja, op de eerste verdieping\n"
	"- **Huisdier:** er is een kat\n\n"
	"Neem je eigen mok mee.\n";

static const char *written(const struct meeting_plan *p, struct arena *a)
{
	struct sbuf out = {0};
	meeting_plan_write(p, &out);
	const char *text = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}

static void what_somebody_wrote_is_read(void **state)
{
	struct arena a = {0};
	struct meeting_plan p;
	assert_true(meeting_plan_read(by_hand, "nl", &p, &a));
	assert_int_equal(p.kind, SHAPE_ON_SITE);
	assert_string_equal(meeting_plan_value(&p, "address"), "Plein 1, Utrecht");
	assert_string_equal(meeting_plan_value(&p, "quiet_room"), "ja, op de eerste verdieping");
	assert_string_equal(p.intro, "Welkom bij onze avond.");
	assert_non_null(strstr(p.text, "er is een kat"));
	assert_non_null(strstr(p.text, "Neem je eigen mok mee."));
	struct meeting_time start = meeting_plan_time(&p, "start");
	assert_true(start.has_day && start.has_time);
	assert_int_equal(start.at.hour, 19);
	assert_int_equal(start.at.weekday, 1);
	arena_fini(&a);
}

static void nothing_is_lost_when_it_is_written(void **state)
{
	static const char *const kept[] = {"Welkom bij onze avond.", "hosts=\"sanne\"", "Lees de tekst vooraf.",
		"Plein 1, Utrecht", "op de eerste verdieping", "er is een kat", "Neem je eigen mok mee.", "6 mensen"};
	struct arena a = {0};
	struct meeting_plan p;
	assert_true(meeting_plan_read(by_hand, "nl", &p, &a));
	meeting_plan_set(&p, "people", "6 mensen");
	const char *text = written(&p, &a);
	for (size_t i = 0; i < COUNT(kept); i++)
		if (strstr(text, kept[i]) == NULL)
			fail_msg("\"%s\" is gone from:\n%s", kept[i], text);
	arena_fini(&a);
}

static void what_was_written_stays_the_same(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	for (int kind = 1; kind < SHAPES; kind++)
		for (size_t i = 0; i < COUNT(languages); i++) {
			struct arena a = {0};
			struct sbuf begun = {0};
			struct meeting_plan p;
			meeting_plan_begin(kind, languages[i], "Europe/Amsterdam", &begun);
			assert_true(meeting_plan_read(sbuf_str(&begun), languages[i], &p, &a));
			assert_int_equal(p.kind, kind);
			for (int f = 0; f < p.set.count; f++)
				if (*p.value[f] == '\0')
					p.value[f] = arena_printf(&a, "Waarde %d: (met) %d woorden\nen nog een regel", f, f);
			p.text = "Vrije tekst.\n\n## Kop\n\nNog meer.";
			const char *once = written(&p, &a);
			assert_true(meeting_plan_read(once, languages[i], &p, &a));
			const char *twice = written(&p, &a);
			CHECK_STRING(languages[i], twice, once);
			assert_int_equal(p.kind, kind);
			assert_string_equal(p.text, "Vrije tekst.\n\n## Kop\n\nNog meer.");
			sbuf_fini(&begun);
			arena_fini(&a);
		}
}

static void the_end_moves_with_the_day(void **state)
{
	struct arena a = {0};
	struct meeting_plan p;
	struct sbuf span = {0};
	assert_true(meeting_plan_read("[event start=\"2026-04-07 23:00\" end=\"2026-04-08 01:00\"]\n[/event]",
		"nl", &p, &a));
	meeting_plan_set_day(&p, &(struct civil){.year = 2026, .month = 12, .day = 31}, &a);
	assert_string_equal(event_markup_get(&p.block, "start"), "2026-12-31 23:00");
	assert_string_equal(event_markup_get(&p.block, "end"), "2027-01-01 01:00");
	meeting_plan_add_span(&p, &span);
	assert_string_equal(sbuf_str(&span), "donderdag 31 december 2026, 23.00 uur tot vrijdag 1 januari 2027,"
		" 1.00 uur");
	sbuf_fini(&span);
	arena_fini(&a);
}

static const struct {
	const char *steps;
	int minutes;
} steps[] = {
	{"- **Stappen met minuten:** Welkom (10 minuten)\n  Vraag (5 minuten)", 15},
	{"- **Steps:** ask: 5 min, listen 8min", 13},
	{"- **Stappen:** Schrijven (3 dagen)", 0},
	{"- **Stappen:** 99999999999999999999 minuten", 0},
	{"", 0},
};

static void minutes_of_steps_are_added_up(void **state)
{
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct arena a = {0};
		struct meeting_plan p;
		meeting_plan_read(arena_printf(&a, "[event start=\"2026-04-07\"]\n[/event]\n\n%s", steps[i].steps),
			"nl", &p, &a);
		CHECK_INT(steps[i].steps, meeting_plan_steps(&p), steps[i].minutes);
		arena_fini(&a);
	}
}

static const struct civil today = {.year = 2026, .month = 3, .day = 3, .weekday = 1};

static const struct {
	const char *name, *language, *start, *why, *field, *line, *reply;
	bool closed;
} changes[] = {
	{"moved", "nl", "2026-04-14 19:30", "de zaal is dicht", "moved",
		"van dinsdag 7 april 2026, 19.30 uur tot 21.00 uur naar dinsdag 14 april 2026,"
		" 19.30 uur tot 21.00 uur. Reden: de zaal "
		"is dicht (dinsdag 3 maart 2026)", "- **Wordt:** dinsdag 14 april 2026", false},
	{"moved without a reason", "en", "2026-04-14 19:30", "", "moved",
		"from Tuesday 7 April 2026, 19:30 to 21:00 to Tuesday 14 April 2026, 19:30 to 21:00 (Tuesday 3 March 2026)",
		"This meeting has moved.", false},
	{"cancelled", "nl", "2026-04-07 19:30", "te weinig mensen (3)", "cancelled",
		"te weinig mensen (3) (dinsdag 3 maart 2026)", "- **Waarom:** te weinig mensen (3)", true},
	{"the same", "nl", "2026-04-07 19:30", "", "moved", "", "", false},
};

static void a_change_is_said_and_read_again(void **state)
{
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct arena a = {0};
		struct meeting_plan old, now;
		struct sbuf reply = {0};
		struct civil day = {0};
		struct meeting_reason r = {.why = changes[i].why, .since = today};
		assert_true(meeting_plan_read(by_hand, changes[i].language, &old, &a));
		assert_true(meeting_plan_read(by_hand, changes[i].language, &now, &a));
		assert_true(meeting_moment_day(arena_strndup(&a, changes[i].start, 10), &today, &day, NULL, &a));
		meeting_plan_set_day(&now, &day, &a);
		event_markup_set(&now.block, "closed", changes[i].closed ? "true" : "", &a);
		meeting_change_say(&old, &now, &r, &a);
		CHECK_STRING(changes[i].name, meeting_plan_value(&now, changes[i].field), changes[i].line);
		meeting_change_reply(&old, &now, &r, &reply);
		if (strstr(sbuf_str(&reply), changes[i].reply) == NULL)
			fail_msg("%s: %s", changes[i].name, sbuf_str(&reply));
		assert_true(meeting_plan_read(written(&now, &a), changes[i].language, &now, &a));
		r = meeting_change_reason(&old, &now, &(struct civil){.year = 2026, .month = 3, .day = 9}, &a);
		CHECK_STRING(changes[i].name, r.why, changes[i].why);
		CHECK_INT(changes[i].name, r.since.day, *changes[i].line == '\0' ? 9 : 3);
		sbuf_fini(&reply);
		arena_fini(&a);
	}
}

static void what_moves_twice_says_both(void **state)
{
	struct arena a = {0};
	struct meeting_plan first, second, third;
	assert_true(meeting_plan_read(by_hand, "nl", &first, &a));
	assert_true(meeting_plan_read(by_hand, "nl", &second, &a));
	meeting_plan_set_day(&second, &(struct civil){.year = 2026, .month = 4, .day = 14}, &a);
	meeting_change_say(&first, &second, &(struct meeting_reason){.why = "ziekte", .since = today}, &a);
	const char *text = written(&second, &a);
	assert_true(meeting_plan_read(text, "nl", &second, &a));
	assert_true(meeting_plan_read(text, "nl", &third, &a));
	meeting_plan_set_day(&third, &(struct civil){.year = 2026, .month = 4, .day = 21}, &a);
	meeting_change_say(&second, &third, &(struct meeting_reason){.why = "de trein", .since = today}, &a);
	const char *moved = meeting_plan_value(&third, "moved");
	assert_non_null(strstr(moved, "ziekte"));
	assert_non_null(strstr(moved, "de trein"));
	assert_string_equal(meeting_change_reason(&second, &third, &today, &a).why, "de trein");
	meeting_change_say(&second, &third, &(struct meeting_reason){.why = "de bus", .since = today}, &a);
	assert_null(strstr(meeting_plan_value(&third, "moved"), "de trein"));
	assert_non_null(strstr(meeting_plan_value(&third, "moved"), "ziekte"));
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_somebody_wrote_is_read),
		cmocka_unit_test(nothing_is_lost_when_it_is_written),
		cmocka_unit_test(what_was_written_stays_the_same),
		cmocka_unit_test(the_end_moves_with_the_day),
		cmocka_unit_test(minutes_of_steps_are_added_up),
		cmocka_unit_test(a_change_is_said_and_read_again),
		cmocka_unit_test(what_moves_twice_says_both),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
