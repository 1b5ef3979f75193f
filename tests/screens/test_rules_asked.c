#include "rules.h"

#include "acting.h"

/* Esc never loses what was typed for a question. */

static bool asks(struct screen *s, struct question *q)
{
	return s->ops->kind == SCREEN_ASK && s->ops->ask(s, q);
}

static void check_words_stay(struct community *c, const struct screen_ops *ops)
{
	struct screen *s = stack_top(c->stack);
	struct question q = {0};
	if (!asks(s, &q))
		return;
	press(c, "4");
	press(c, "2");
	char *typed = xstrdup(field_text(&s->answer));
	bool kept = !q.secret && !q.once && (ops->save == NULL || s->half);
	press(c, "Esc");
	community_open(c, ops->name);
	s = stack_top(c->stack);
	if (kept)
		CHECK_STRING(ops->name, field_text(&s->answer), typed);
	else if (q.secret || q.once)
		CHECK_STRING(ops->name, field_text(&s->answer), "");
	field_set(&s->answer, NULL);
	asked_end(s);
	free(typed);
}

static void R13_words_of_a_question_stand_there_again(void **state)
{
	on_every_screen(check_words_stay);
}

static void check_filter_stays(struct community *c, const struct screen_ops *ops)
{
	if (ops->kind != SCREEN_LIST || !ops->filter || stack_top(c->stack)->filtering)
		return;
	press(c, "/");
	press(c, "o");
	press(c, "n");
	char *typed = xstrdup(field_text(&stack_top(c->stack)->filter));
	press(c, "Esc");
	CHECK_STRING(ops->name, field_text(&stack_top(c->stack)->filter), "");
	press(c, "/");
	CHECK_STRING(ops->name, field_text(&stack_top(c->stack)->filter), typed);
	press(c, "Enter");
	press(c, "/");
	press(c, "Esc");
	press(c, "/");
	CHECK_STRING(ops->name, field_text(&stack_top(c->stack)->filter), "");
	press(c, "Esc");
	free(typed);
}

static void R13_words_that_narrow_a_list_stand_there_again(void **state)
{
	on_every_screen(check_filter_stays);
}

static void R13_words_to_search_for_stand_there_again(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; i < 2; i++) {
		press(c, "s");
		press(c, "a");
		CHECK_INT("the words", (int)strlen(field_text(&stack_top(c->stack)->filter)), i + 1);
		press(c, "Esc");
		press(c, "Esc");
	}
	community_free(c);
}

static void an_answer_is_not_kept_as_well(void **state)
{
	struct community *c = community_new(24, 80);
	community_open(c, "calendar_place");
	press(c, "U");
	press(c, "Esc");
	community_open(c, "calendar_place");
	CHECK_STRING("again", field_text(&stack_top(c->stack)->answer), "U");
	press(c, "Enter");
	CHECK_STRING("it was answered", c->ctx.calendar.place, "U");
	c->ctx.calendar.place[0] = '\0';
	community_open(c, "calendar_place");
	CHECK_STRING("nothing", field_text(&stack_top(c->stack)->answer), "");
	community_free(c);
}

/* Each setting is a question of its own. */
static void another_question_has_other_words(void **state)
{
	struct community *c = community_new(24, 80);
	struct target width = {.screen = "setting_text", .text = "width"};
	struct target grace = {.screen = "setting_text", .text = "sync_minutes"};
	stack_go(c->stack, &grace);
	char *before = xstrdup(field_text(&stack_top(c->stack)->answer));
	press(c, "Esc");
	stack_go(c->stack, &width);
	press(c, "1");
	char *typed = xstrdup(field_text(&stack_top(c->stack)->answer));
	press(c, "Esc");
	stack_go(c->stack, &grace);
	CHECK_STRING("the other one", field_text(&stack_top(c->stack)->answer), before);
	press(c, "Esc");
	stack_go(c->stack, &width);
	CHECK_STRING("the same one", field_text(&stack_top(c->stack)->answer), typed);
	free(before);
	free(typed);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R13_words_of_a_question_stand_there_again),
		cmocka_unit_test(R13_words_that_narrow_a_list_stand_there_again),
		cmocka_unit_test(R13_words_to_search_for_stand_there_again),
		cmocka_unit_test(an_answer_is_not_kept_as_well),
		cmocka_unit_test(another_question_has_other_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
