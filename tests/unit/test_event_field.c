#include "check.h"

#include "event_field.h"
#include "labelled_list.h"
#include "mem.h"
#include "str.h"
#include "yaml_tree.h"

static struct arena mem;

/* Our list for meetings on site has thirty questions; 2 asks only what the event itself does not hold, 27
 * asks two dates. */
static void the_thirty_questions_are_all_there(void **state)
{
	int seen[31] = {0};
	struct error err;
	const struct yaml *all = yaml_parse("event_fields.yaml", event_fields_data, strlen(event_fields_data),
		&mem, &err);
	assert_non_null(all);
	YAML_EACH(node, yaml_get(all, "fields")) {
		int number = (int)yaml_number(node, "number", 0);
		assert_in_range(number, 0, 30);
		seen[number]++;
		if (number == 0)
			CHECK_STRING(yaml_text(node, "id"), yaml_text(node, "meetings"), "online");
	}
	for (int i = 1; i <= 30; i++)
		if (seen[i] != (i == 27 ? 2 : 1))
			fail_msg("question %d is there %d times", i, seen[i]);
	arena_fini(&mem);
}

static void what_an_online_meeting_needs_is_there(void **state)
{
	static const char *const ids[] = {"breaks", "method", "steps", "people", "facilitator", "case_giver",
		"expected", "link", "dial_in", "camera", "microphone", "chat", "turns", "captions", "recording",
		"listening", "contact", "sign_up_until", "cancel_until", "agreements"};
	const struct event_field_set *set = event_field_all("en", &mem);
	for (size_t i = 0; i < COUNT(ids); i++) {
		int at = event_field_find(set, ids[i]);
		assert_true(at >= 0);
		CHECK_INT(ids[i], set->field[at].meetings & EVENT_FIELD_ONLINE, EVENT_FIELD_ONLINE);
	}
	CHECK_INT("unknown", event_field_find(set, "none"), -1);
	arena_fini(&mem);
}

static void both_languages_are_whole(void **state)
{
	const struct event_field_set *nl = event_field_all("nl_NL", &mem), *en = event_field_all("en_GB", &mem);
	CHECK_INT("fields", nl->count, en->count);
	for (int i = 0; i < nl->count; i++) {
		const struct event_field *x = &nl->field[i], *y = &en->field[i];
		if (str_empty(x->label) || str_empty(y->label) || strchr(x->label, ':') != NULL
			|| strchr(y->label, ':') != NULL)
			fail_msg("%s has no good label", x->id);
		CHECK_INT(x->id, str_empty(x->hint), str_empty(y->hint));
		CHECK_INT(x->id, str_empty(x->start), str_empty(y->start));
		if (x->meetings == 0 || (x->is_private != (strcmp(x->id, "needs") == 0)))
			fail_msg("%s is for nobody, or private by mistake", x->id);
	}
	CHECK_STRING("required", event_field_all("nl", &mem)->field[0].label, "Doel van de bijeenkomst");
	arena_fini(&mem);
}

/* A name that two fields have would be found as one of them only. */
static void every_name_leads_to_its_own_field(void **state)
{
	const struct event_field_set *set = event_field_all("nl", &mem);
	for (int i = 0; i < set->count; i++)
		for (int n = 0; set->field[i].name[n] != NULL; n++) {
			struct labelled_list list;
			char *text = xasprintf("- **%s:** hier", set->field[i].name[n]);
			labelled_list_read(text, set->name, set->count, &list, &mem);
			CHECK_STRING(text, str_or_empty(list.value[i]), "hier");
			CHECK_INT(text, list.count, 1);
			free(text);
			for (int other = 0; other < i; other++)
				for (int m = 0; set->field[other].name[m] != NULL; m++)
					if (strcasecmp(set->field[other].name[m], set->field[i].name[n]) == 0)
						fail_msg("\"%s\" is a name of %s and of %s", set->field[i].name[n],
							set->field[other].id, set->field[i].id);
		}
	arena_fini(&mem);
}

static void the_agreements_are_ten_in_both_languages(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	for (size_t i = 0; i < COUNT(languages); i++) {
		const char *text = event_field_agreements(languages[i], &mem);
		int lines = 1;
		for (const char *at = text; *at != '\0'; at++)
			lines += *at == '\n';
		CHECK_INT(languages[i], lines, 10);
	}
	assert_string_not_equal(event_field_agreements("nl", &mem), event_field_agreements("en", &mem));
	arena_fini(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_thirty_questions_are_all_there),
		cmocka_unit_test(what_an_online_meeting_needs_is_there),
		cmocka_unit_test(both_languages_are_whole),
		cmocka_unit_test(every_name_leads_to_its_own_field),
		cmocka_unit_test(the_agreements_are_ten_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
