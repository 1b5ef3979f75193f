#include "check.h"

#include "mem.h"
#include "poll_plan.h"

static const struct {
	const char *body, *question, *again; /* again: NULL when it stays as it is; question NULL: no poll */
	int options;
} rows[] = {
	{"Tekst\n\n[poll type=regular results=on_vote]\n# Doen we dit?\n* Ja\n* Nee\n[/poll]\n", "Doen we dit?",
		NULL, 2},
	{"[poll]\n- Ja\n- Nee\n- Misschien\n[/poll]", "",
		"[poll type=regular results=always]\n* Ja\n* Nee\n* Misschien\n[/poll]", 3},
	{"[poll name=dagen type=multiple results=always min=1 max=2 public=true chartType=bar]\n* a\n* b\n[/poll]"
		" en meer", "", NULL, 2},
	{"[poll type=number results=on_close min=1 max=10 step=2 close=2026-03-17T22:59:59.000Z]\n[/poll]", "",
		"[poll type=number results=on_close min=1 max=10 step=2 close=2026-03-17T22:59:59.000Z]\n[/poll]", 0},
	{"[poll type=\"multiple\" groups=\"a,b\"]\n* a\n[/poll]", "",
		"[poll type=multiple results=always groups=\"a,b\"]\n* a\n[/poll]", 1},
	{"Een [poll] in een zin [/poll]", NULL, NULL, 0},
	{"[polls]\n[/poll]", NULL, NULL, 0},
	{"[poll]\nzonder einde", NULL, NULL, 0},
	{"", NULL, NULL, 0},
};

static void a_poll_is_read_and_written_as_it_was(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct poll_plan p;
		struct arena a = {0};
		struct sbuf out = {0};
		CHECK_INT(rows[i].body, poll_plan_read(rows[i].body, &p, &a), rows[i].question != NULL);
		if (rows[i].question != NULL) {
			CHECK_STRING(rows[i].body, p.question, rows[i].question);
			CHECK_INT(rows[i].body, p.option_count, rows[i].options);
			poll_plan_write(rows[i].body, &p, &out);
			CHECK_STRING(rows[i].body, sbuf_str(&out), rows[i].again == NULL ? rows[i].body : rows[i].again);
		}
		sbuf_fini(&out);
		arena_fini(&a);
	}
}

static void a_new_poll_stands_behind_the_text(void **state)
{
	static const char *const bodies[][2] = {
		{"", "[poll type=regular results=always]\n* Ja\n[/poll]\n"},
		{"Tekst", "Tekst\n\n[poll type=regular results=always]\n* Ja\n[/poll]\n"},
		{"Tekst\n", "Tekst\n\n[poll type=regular results=always]\n* Ja\n[/poll]\n"},
	};
	struct poll_plan p = {.option = {"Ja"}, .option_count = 1};
	for (size_t i = 0; i < COUNT(bodies); i++) {
		struct sbuf out = {0}, without = {0};
		poll_plan_write(bodies[i][0], &p, &out);
		CHECK_STRING(bodies[i][0], sbuf_str(&out), bodies[i][1]);
		poll_plan_remove(sbuf_str(&out), &without);
		CHECK_INT(bodies[i][0], strncmp(sbuf_str(&without), bodies[i][0], strlen(bodies[i][0]) - (i == 2)), 0);
		assert_null(strstr(sbuf_str(&without), "[poll"));
		sbuf_fini(&out);
		sbuf_fini(&without);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_poll_is_read_and_written_as_it_was),
		cmocka_unit_test(a_new_poll_stands_behind_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
