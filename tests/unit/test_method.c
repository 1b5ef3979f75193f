#include "check.h"

#include <ctype.h>

#include "file.h"
#include "mem.h"
#include "method.h"
#include "str.h"

static struct arena mem;
static char home[64];

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/kring/methods/%s", home, name);
	assert_true(file_write(path, text, strlen(text), NULL));
	free(path);
}

static int set_up(void **state)
{
	snprintf(home, sizeof home, "/tmp/kring-methods-XXXXXX");
	assert_non_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	return 0;
}

static int tear_down(void **state)
{
	arena_fini(&mem);
	check_clean(home);
	return 0;
}

static int words_in_longest_sentence(const char *text)
{
	int most = 0, words = 0;
	for (const char *c = text; *c != '\0'; c++) {
		words += *c == ' ';
		if (*c == '.' || *c == '?')
			words = -1;
		most = words + 1 > most ? words + 1 : most;
	}
	return most;
}

static void check_phase(const struct method *m, const struct method_phase *p, const char *language)
{
	const char *const texts[] = {p->name, p->asks, p->say};
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (str_empty(texts[i]))
			fail_msg("%s, %s, %s: text %zu is empty", m->id, language, p->name, i);
		if (strpbrk(texts[i], "!\t\n") != NULL || words_in_longest_sentence(texts[i]) > 20)
			fail_msg("%s, %s: not plain: %s", m->id, language, texts[i]);
	}
}

static void every_method_is_whole_in_both_languages(void **state)
{
	const struct methods *nl = methods_load("nl", &mem, NULL), *en = methods_load("en", &mem, NULL);
	CHECK_INT("methods", nl->count, 10);
	for (int i = 0; i < nl->count; i++) {
		const struct method *m = &nl->method[i], *e = &en->method[i];
		int total = 0;
		if (strcmp(m->name, e->name) == 0 || strcmp(m->use, e->use) == 0)
			fail_msg("%s is the same in both languages", m->id);
		for (int k = 0; k < m->count; k++) {
			total += m->phase[k].length;
			check_phase(m, &m->phase[k], "nl");
			check_phase(e, &e->phase[k], "en");
			if (strcmp(m->phase[k].say, e->phase[k].say) == 0 || strcmp(m->phase[k].asks, e->phase[k].asks) == 0)
				fail_msg("%s, %s: the same in both languages", m->id, m->phase[k].name);
		}
		CHECK_INT(m->id, m->total, total);
		if (m->group_min < 3 || m->group_max > 8 || m->group_min >= m->group_max)
			fail_msg("%s: a group of %d to %d", m->id, m->group_min, m->group_max);
	}
	arena_reset(&mem);
}

static void the_totals_and_the_data_agree(void **state)
{
	static const struct {
		const char *id;
		int total, phases;
		bool for_new_groups;
	} rows[] = {{"oplossingsgericht", 40, 7, true}, {"vijf_stappen", 45, 5, true}, {"incident", 65, 7, false},
		{"successen", 45, 6, true}, {"luistermethode", 45, 5, false}, {"tien_stappen", 120, 11, false},
		{"balint", 90, 10, false}, {"u_model", 70, 8, false}, {"dialoog", 90, 5, false},
			{"schriftelijk", 14, 6, false}};
	const struct config_problem *problems;
	const struct methods *all = methods_load("nl", &mem, &problems);
	assert_null(problems);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_STRING("id", all->method[i].id, rows[i].id);
		CHECK_INT(rows[i].id, all->method[i].total, rows[i].total);
		CHECK_INT(rows[i].id, all->method[i].count, rows[i].phases);
		CHECK_INT(rows[i].id, all->method[i].for_new_groups, rows[i].for_new_groups);
	}
	CHECK_INT("unit", all->method[9].unit, METHOD_DAYS);
	CHECK_INT("trust", all->method[6].trust, TRUST_HIGH);
	CHECK_INT("experience", all->method[7].experience, EXPERIENCE_SOME);
	arena_reset(&mem);
}

/* Somebody who reads literally meets the literal name first. */
static void no_name_begins_with_a_figure_of_speech(void **state)
{
	static const char *const figures[] = {"roddel", "gossip", "blinde", "blind", "zwart", "u-", "u ",
		"spiegel", "warm", "koud"};
	static const char *const languages[] = {"nl", "en"};
	for (size_t l = 0; l < COUNT(languages); l++) {
		const struct methods *all = methods_load(languages[l], &mem, NULL);
		for (int i = 0; i < all->count; i++)
			for (size_t k = 0; k < COUNT(figures); k++)
				if (strncasecmp(all->method[i].name, figures[k], strlen(figures[k])) == 0)
					fail_msg("%s", all->method[i].name);
	}
	arena_reset(&mem);
}

static void the_questions_are_there_in_both_languages(void **state)
{
	const struct methods *nl = methods_load("nl", &mem, NULL), *en = methods_load("en", &mem, NULL);
	int asked = 0, required = 0, after = 0;
	for (int i = 0; nl->preparation[i].id != NULL; i++, asked++) {
		required += nl->preparation[i].required;
		assert_false(str_empty(nl->preparation[i].label) || str_empty(en->preparation[i].label));
	}
	while (nl->look_back[after].id != NULL)
		after++;
	CHECK_INT("asked", asked, 12);
	CHECK_INT("the question and the tick", required, 2);
	CHECK_INT("afterwards", after, 4);
	CHECK_STRING("choice", nl->look_back[3].choice[2], "veel");
	CHECK_STRING("choice", en->look_back[3].choice[0], "little");
	CHECK_INT("roles", nl->frame.roles, 5);
	arena_reset(&mem);
}

static void a_method_is_known_by_its_names(void **state)
{
	static const struct {
		const char *name, *id;
	} rows[] = {
		{"vijf_stappen", "vijf_stappen"}, {"Vijfstappenmethode", "vijf_stappen"},
			{" five-step METHOD ", "vijf_stappen"},
		{"Vijfstappenmethode, 45 minuten", "vijf_stappen"}, {"Tienstappenmethode (2 uur)", "tien_stappen"},
		{"U-methode (case clinic)", "u_model"}, {"Balint", "balint"}, {"Balintachtig", NULL}, {"", NULL},
			{NULL, NULL},
		{"roddelen", NULL}, {"Luistermethode (roddelmethode)", "luistermethode"},
	};
	const struct methods *all = methods_load("en", &mem, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct method *m = method_named(all, rows[i].name);
		CHECK_STRING(rows[i].name, m == NULL ? NULL : m->id, rows[i].id);
	}
	arena_reset(&mem);
}

static void the_plan_has_the_frame_when_it_fits(void **state)
{
	static const struct {
		const char *id;
		int available, total, steps, pauses;
		bool framed;
	} rows[] = {
		{"vijf_stappen", 0, 60, 7, 0, true}, {"vijf_stappen", 60, 60, 7, 0, true},
			{"vijf_stappen", 45, 45, 5, 0, false},
		{"vijf_stappen", 30, 45, 5, 0, false}, {"incident", 0, 90, 10, 1, true},
			{"tien_stappen", 0, 135, 13, 1, true},
		{"schriftelijk", 0, 14, 6, 0, false}, {"schriftelijk", 60, 14, 6, 0, false},
	};
	const struct methods *all = methods_load("nl", &mem, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct method_plan p = method_plan_of(all, method_named(all, rows[i].id), rows[i].available, &mem);
		int at = 0, pauses = 0;
		CHECK_INT(rows[i].id, p.total, rows[i].total);
		CHECK_INT(rows[i].id, p.count, rows[i].steps);
		CHECK_INT(rows[i].id, p.framed, rows[i].framed);
		for (int k = 0; k < p.count; k++) {
			CHECK_INT("no gaps", p.step[k].from, at);
			at = p.step[k].to;
			pauses += p.step[k].phase->speaks == SPEAKS_PAUSE;
		}
		CHECK_INT(rows[i].id, pauses, rows[i].pauses);
		CHECK_INT(rows[i].id, at, p.total);
	}
	arena_reset(&mem);
}

static void a_member_adds_methods_of_their_own(void **state)
{
	char *dir = xasprintf("%s/kring/methods", home);
	assert_true(dir_make_private(dir, NULL));
	free(dir);
	put("wandel.yaml", "name: Wandelgesprek\nuse: Buiten, in tweetallen.\ngroup: [2, 6]\nphases:\n"
		"  - name: Lopen\n    length: 20\n    speaks: om de beurt\n    say: We gaan lopen.\n"
		"  - name: \"Terug\\e[2J\"\n    length: 10\n");
	put("fout.yaml", "name: Fout\nphases:\n  - name: Een\n    length: veel\n  - length: 5\n");
	put("balint.yaml", "name: Mijn balint\nphases: []\n");
	put("kapot.yaml", "name: [\n");
	put("half.yaml", "nl: Half\ntotal: 12\ngroup: 4\ntrust: rood\nphases:\n  - {nl: A, length: 5}\n  - {nl: B,"
		" length: 0}\n");
	const struct config_problem *problems, *p;
	const struct methods *all = methods_load("nl", &mem, &problems);
	const struct method *own = method_named(all, "wandelgesprek");
	int n = 0;
	CHECK_INT("methods", all->count, 12);
	assert_non_null(own);
	CHECK_INT("total", own->total, 30);
	CHECK_INT("speaks", own->phase[0].speaks, SPEAKS_IN_TURN);
	CHECK_STRING("say", own->phase[0].say, "We gaan lopen.");
	CHECK_STRING("no asks", own->phase[0].asks, "");
	assert_null(strchr(own->phase[1].name, '\x1b'));
	assert_true(str_ends(own->file, "/wandel.yaml"));
	CHECK_INT("half", method_named(all, "Half")->total, 5);
	for (p = problems; p != NULL; p = p->next) {
		n++;
		assert_false(str_empty(p->file));
		assert_false(str_empty(p->why));
	}
	CHECK_INT("problems", n, 9);
	CHECK_INT("line of the length", problems->next->line, 4);
	arena_reset(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_method_is_whole_in_both_languages),
		cmocka_unit_test(the_totals_and_the_data_agree),
		cmocka_unit_test(no_name_begins_with_a_figure_of_speech),
		cmocka_unit_test(the_questions_are_there_in_both_languages),
		cmocka_unit_test(a_method_is_known_by_its_names),
		cmocka_unit_test(the_plan_has_the_frame_when_it_fits),
		cmocka_unit_test(a_member_adds_methods_of_their_own),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
