#include "check.h"

#include "form.h"
#include "mem.h"
#include "str.h"
#include "yaml_tree.h"

static struct arena mem;

static void every_form_is_whole_in_both_languages(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	struct error err;
	int forms = 0;
	const struct yaml *all = yaml_parse("forms.yaml", form_data, strlen(form_data), &mem, &err);
	assert_non_null(all);
	YAML_EACH(node, all) {
		const char *kind = yaml_text(node, "kind");
		for (size_t i = 0; i < COUNT(languages); i++) {
			const struct form *f = form_of_kind(kind, languages[i], &mem);
			assert_non_null(f);
			if (f->count < 3 || f->count > 6)
				fail_msg("%s has %d fields", kind, f->count);
			for (int at = 0; at < f->count; at++)
				if (str_empty(f->field[at].label) || strchr(f->field[at].label, ':') != NULL)
					fail_msg("%s, %s: field %d has no good label", kind, languages[i], at + 1);
		}
		forms++;
	}
	CHECK_INT("forms", forms, 9);
	arena_reset(&mem);
}

static void a_category_is_known_by_its_name_or_slug(void **state)
{
	static const struct {
		const char *name, *slug, *kind;
	} rows[] = {
		{"Doorverwijzen", "x", "referral"}, {"REFERRAL", "x", "referral"},
			{"Iets anders", "voorstellen", "proposal"},
		{"Kennismaken", "kennismaken", "introduction"}, {"Algemeen", "algemeen", NULL}, {"", NULL, NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct form *f = form_of_category(rows[i].name, rows[i].slug, "nl", &mem);
		CHECK_STRING(rows[i].name, f == NULL ? NULL : f->kind, rows[i].kind);
	}
	assert_false(form_is(NULL, "referral"));
	arena_reset(&mem);
}

static void a_template_of_labelled_lines_is_a_form(void **state)
{
	static const char template[] = "- **Soort hulp:**\n- **De cliënt weet dit en vindt het goed:** ja\n\n"
		"- **Reageren:** per bericht\n";
	const struct form *known = form_of_kind("referral", "nl", &mem);
	const struct form *f = form_of_template(template, known, "nl", &mem);
	assert_non_null(f);
	CHECK_INT("fields", f->count, 3);
	assert_true(form_is(f, "referral"));
	CHECK_STRING("label", f->field[1].label, "De cliënt weet dit en vindt het goed");
	CHECK_INT("tick", f->field[1].type, FORM_TICK);
	CHECK_STRING("nobody said yes yet", f->field[1].start, "");
	CHECK_STRING("hint", f->field[0].hint, known->field[0].hint);
	CHECK_STRING("start", f->field[2].start, "per bericht");
	assert_null(form_of_template("Schrijf wat je wilt.\n- **Soort hulp:**\n", known, "nl", &mem));
	assert_null(form_of_template("", known, "nl", &mem));
	assert_null(form_of_template(NULL, NULL, "nl", &mem));
	arena_reset(&mem);
}

/* What is not a line of the form stays, whatever it is: nothing that somebody wrote is lost. */
static void a_text_and_its_values_are_the_same_both_ways(void **state)
{
	static const struct {
		const char *body, *plan, *text, *again;
	} rows[] = {
		{"- **Wat is het plan:** een training\n\nWie doet mee?", "een training", "Wie doet mee?", NULL},
		{"- **wat is het plan:** een training\n", "een training", "", "- **Wat is het plan:** een training\n"},
		{"Alleen tekst", "", "Alleen tekst", NULL},
		{"", "", "", NULL},
		{"- **Onbekend:** x\n- **Wat is het plan:** y", "", "- **Onbekend:** x\n- **Wat is het plan:** y", NULL},
		{"- **Wat is het plan:** een\n- **Wat is het plan:** twee", "een", "- **Wat is het plan:** twee",
			"- **Wat is het plan:** een\n\n- **Wat is het plan:** twee"},
		{"- **Wat is het plan:**\n- een lijst", "", "- een lijst", "- een lijst"},
	};
	const struct form *f = form_of_kind("cooperation", "nl", &mem);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct form_values v;
		struct sbuf out = {0};
		form_read(f, rows[i].body, &v, &mem);
		CHECK_STRING(rows[i].body, v.value[0], rows[i].plan);
		CHECK_STRING(rows[i].body, v.text, rows[i].text);
		form_write(f, &v, &out);
		CHECK_STRING(rows[i].body, sbuf_str(&out), rows[i].again == NULL ? rows[i].body : rows[i].again);
		sbuf_fini(&out);
	}
	arena_reset(&mem);
}

static int free_memory(void **state)
{
	arena_fini(&mem);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_whole_in_both_languages),
		cmocka_unit_test(a_category_is_known_by_its_name_or_slug),
		cmocka_unit_test(a_template_of_labelled_lines_is_a_form),
		cmocka_unit_test(a_text_and_its_values_are_the_same_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, free_memory);
}
