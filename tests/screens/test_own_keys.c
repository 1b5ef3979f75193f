#include "rules.h"

#include "key_choice.h"
#include "keys.h"
#include "option.h"
#include "own_keys.h"
#include "view.h"

/* Keys of the member's own: which hold, and that the whole program goes by them. */

static const struct config_problem *give(struct config *c, const char *keys, struct arena *a)
{
	const struct config_problem *problems = NULL;
	assert_true(config_set(c, "keys", keys, a, NULL));
	own_keys_check(c, a, &problems);
	return problems;
}

static void check_held(const char *row, const struct config *c, const char *want)
{
	struct sbuf held = {0};
	for (const struct key_choice *own = c->keys; own != NULL; own = own->next)
		if (!own->refused)
			sbuf_addf(&held, "%s%s=%s", held.n > 0 ? " " : "", own->action, own->key);
	CHECK_STRING(row, sbuf_str(&held), want);
	sbuf_fini(&held);
}

static void what_cannot_be_is_refused_and_says_why(void **state)
{
	static const struct {
		const char *keys, *held, *why; /* why: of the first problem, NULL for none */
	} rows[] = {
		{"reply=z", "reply=z", NULL},
		{"reply=F11 fetch=Ctrl-G", "reply=F11 fetch=Ctrl-G", NULL},
		{"like=none", "like=none", NULL},
		{"reply=r", "reply=r", NULL},
		{"reply=g quote=r", "reply=g quote=r", NULL},
		{"attendees=none reply=a", "attendees=none reply=a", NULL},
		{"down=j up=k", "down=j up=k", NULL},
		{"open=ctrl-n", "open=ctrl-n", NULL},
		{"reply=a", "", "a is the key of attendees; choose another, or give that one another first"},
		{"up=o", "", "o is the key of replied; choose another, or give that one another first"},
		{"search=F7", "", "F7 is the key of markdown; choose another, or give that one another first"},
		{"search=F7 markdown=F11", "search=F7 markdown=F11", NULL},
		{"reply=z like=z", "reply=z", "z is the key of reply; choose another, or give that one another first"},
		{"reply=g quote=g", "quote=g", "g is the key of quote; choose another, or give that one another first"},
		{"up=j down=j", "up=j", "j is the key of up; choose another, or give that one another first"},
		{"quote=g reply=g", "quote=g", "g is the key of quote; choose another, or give that one another first"},
		{"reply=g quote=r like=Esc", "reply=g quote=r", "Esc always keeps its own meaning; choose another key"},
		{"replay=z", "", "kring does not know this action; perhaps you mean reply"},
		{"next=z", "", "kring does not know this action; perhaps you mean next-unread"},
		{"coffee-now=z", "", "kring does not know this action; the names are in kring-keys(7)"},
		{"reply=F13", "", "kring does not know the key F13; write a letter, F2 to F12 or Ctrl-G"},
		{"reply=zz", "", "kring does not know the key zz; write a letter, F2 to F12 or Ctrl-G"},
		{"reply=Enter", "", "Enter always keeps its own meaning; choose another key"},
		{"reply=Left", "", "Left always keeps its own meaning; choose another key"},
		{"reply=Tab", "", "Tab always keeps its own meaning; choose another key"},
		{"reply=?", "", "? always keeps its own meaning; choose another key"},
		{"reply=F1", "", "F1 always keeps its own meaning; choose another key"},
		{"reply=space", "", "space always keeps its own meaning; choose another key"},
		{"fetch=ctrl-r", "", "ctrl-r always keeps its own meaning; choose another key"},
		{"reply=<", "", "< always keeps its own meaning; choose another key"},
		{"help=z", "", "this action always keeps its own key"},
		{"back=none", "", "this action always keeps its own key"},
		{"reply=Insert", "", "programs that read aloud use this key; choose another"},
		{"reply=CapsLock", "", "programs that read aloud use this key; choose another"},
		{"reply=Alt-x", "", "programs that read aloud use this key; choose another"},
		{"actions=none", "", "this action needs a key that also works without letters"},
		{"actions=z", "", "this action needs a key that also works without letters"},
		{"actions=F11", "actions=F11", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		struct config c;
		config_init(&c);
		const struct config_problem *p = give(&c, rows[i].keys, &a);
		CHECK_STRING(rows[i].keys, p == NULL ? NULL : p->why, rows[i].why);
		check_held(rows[i].keys, &c, rows[i].held);
		arena_fini(&a);
	}
}

static void what_is_wrong_has_its_line(void **state)
{
	struct arena a = {0};
	struct config c;
	struct key_choice second = {.action = "replay", .key = "j", .file = "/home/x/config.yaml", .line = 7};
	struct key_choice first = {.action = "reply", .key = "z", .file = "/home/x/config.yaml", .line = 6,
		.next = &second};
	const struct config_problem *problems = NULL;
	config_init(&c);
	c.keys = &first;
	own_keys_check(&c, &a, &problems);
	CHECK_STRING("short", config_problem_short(problems, &a),
		"config.yaml:7: keys: replay: kring does not know this action; perhaps you mean reply");
	assert_null(problems->next);
	arena_fini(&a);
}

/* Every action has one key and every key one action, also with many of the member's own. */
static void R12_own_keys_mean_one_thing(void **state)
{
	static const char *const sets[] = {"", "reply=z down=j up=k fetch=Ctrl-G", "reply=g quote=r",
		"reply=a like=a bookmark=q exit=b search=none", "a=b reply=u undo=r vote=F5 fetch=V"};
	for (size_t i = 0; i < COUNT(sets); i++) {
		struct arena a = {0};
		struct config c;
		struct key_action all[KEYS_ACTIONS];
		struct key one, other;
		config_init(&c);
		give(&c, sets[i], &a);
		int n = keys_actions(all);
		for (int x = 0; x < n; x++)
			for (int y = 0; y < x; y++)
				if (all[x].binding != NULL && all[y].binding != NULL && keys_of(&c, all[x].binding, &one)
					&& keys_of(&c, all[y].binding, &other) && key_equal(&one, &other))
					fail_msg("%s: %s and %s have one key", sets[i], all[x].name, all[y].name);
		arena_fini(&a);
	}
}

static void each_action_has_one_key_on_all_screens(void **state)
{
	struct key_action all[KEYS_ACTIONS];
	int n = keys_actions(all);
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++)
			for (int j = 0; j < n; j++)
				if (all[j].binding != NULL && strcmp(all[j].name, b->verb) == 0)
					CHECK_STRING(b->verb, b->key, all[j].binding->key);
}

static void open_topic(struct community *c)
{
	community_open(c, "start");
	stack_go(c->stack, &(struct target){.screen = "topic", .id = 1, .number = 1});
	community_draw(c);
}

static void the_new_key_works_and_the_old_one_says_nothing(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(24, 80);
	assert_null(give(&c->config, "writer=z fetch=Ctrl-G", &a));
	open_topic(c);
	press(c, "w");
	CHECK_STRING("the old key", stack_top(c->stack)->ops->name, "topic");
	assert_true(strstr(c->stack->message, "This key does nothing here: w.") != NULL);
	press(c, "F5");
	CHECK_INT("the old key", c->fetched, 0);
	press(c, "Ctrl-G");
	CHECK_INT("the new key", c->fetched, 1);
	press(c, "z");
	CHECK_STRING("the new key", stack_top(c->stack)->ops->name, "member");
	community_free(c);
	arena_fini(&a);
}

static void check_shown(struct community *c, const char *where, const char *words)
{
	community_draw(c);
	char *all = shown(c);
	if (strstr(all, words) == NULL)
		fail_msg("%s: \"%s\" is missing in:\n%s", where, words, all);
	free(all);
}

static void the_own_key_is_shown_everywhere(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(40, 120);
	assert_null(give(&c->config, "reply=z fetch=Ctrl-G exit=Q undo=Z like=none down=j look-back=I later=L", &a));
	open_topic(c);
	check_shown(c, "key line", "z Reply");
	press(c, "F2");
	check_shown(c, "menu", "Reply to this post (z)");
	check_shown(c, "menu, without a key", "Like this post, or take that back\n");
	press(c, "Esc");
	press(c, "?");
	check_shown(c, "help", "arrow down, j");
	check_shown(c, "help", "arrow right, L: Go to the next post");
	press(c, "End");
	check_shown(c, "help", "Ctrl-G: Fetch new items");
	community_open(c, "start");
	check_shown(c, "key line of start", "Q Exit");
	press(c, "Esc");
	check_shown(c, "a sentence", "Leave kring with Q.");
	CHECK_STRING("undo", keys_to(stack_top(c->stack), "undo", &a), "Z");
	CHECK_STRING("without a key", keys_to(stack_top(c->stack), "like", &a), "F2");
	c->stack->lines = true;
	assert_null(give(&c->config, "exit=none", &a));
	CHECK_STRING("still a word", keys_to(stack_top(c->stack), "exit", &a), "q");
	assert_null(give(&c->config, "search=q exit=Q", &a));
	CHECK_STRING("another word to leave", keys_to(stack_top(c->stack), "exit", &a), "Q");
	c->stack->lines = false;
	assert_null(give(&c->config, "fetch=Ctrl-G undo=Z", &a));
	CHECK_STRING("filled in", keys_fill(stack_top(c->stack), "Press {fetch} or {undo}.", &a), "Press Ctrl-G or Z.");
	community_free(c);
	arena_fini(&a);
}

static void R14_own_letters_are_off_too(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(24, 80);
	assert_null(give(&c->config, "writer=z down=j reply=é fetch=Ctrl-G", &a));
	c->config.letters = false;
	open_topic(c);
	int line = stack_top(c->stack)->pager.cursor;
	press(c, "z");
	press(c, "é");
	press(c, "j");
	CHECK_STRING("letters", stack_top(c->stack)->ops->name, "topic");
	CHECK_INT("moving", stack_top(c->stack)->pager.cursor, line);
	CHECK_STRING("a sentence", keys_to(stack_top(c->stack), "writer", &a), "F2");
	press(c, "Ctrl-G");
	CHECK_INT("no letter", c->fetched, 1);
	community_free(c);
	arena_fini(&a);
}

static void moving_gets_one_more_key(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(24, 80);
	assert_null(give(&c->config, "down=j up=k last=J open=Y page-down=Ctrl-N", &a));
	community_open(c, "members");
	const struct screen *s = stack_top(c->stack);
	press(c, "j");
	press(c, "Down");
	press(c, "j");
	CHECK_INT("down", s->list.cursor, 3);
	press(c, "k");
	CHECK_INT("up", s->list.cursor, 2);
	press(c, "J");
	CHECK_INT("last", s->list.cursor, s->count - 1);
	press(c, "Home");
	press(c, "Ctrl-N");
	assert_true(s->list.cursor > 3);
	press(c, "/");
	press(c, "j");
	CHECK_STRING("a letter while typing", field_text(&s->filter), "j");
	press(c, "Esc");
	press(c, "Y");
	CHECK_STRING("open", stack_top(c->stack)->ops->name, "member");
	community_free(c);
	arena_fini(&a);
}

static struct config *taken;
static struct arena taken_mem;

static bool take_option(void *self, const char *name, const char *value, enum option_change how, struct error *err)
{
	struct config standard;
	config_init(&standard);
	return config_set(taken, name, value == NULL ? "" : value, &taken_mem, err);
}

static void check_keys(struct community *c, const char *row, const char *want)
{
	struct arena a = {0};
	CHECK_STRING(row, config_show(&c->config, config_option("keys"), &a), want);
	arena_fini(&a);
}

static void go_to_item(struct community *c, const char *begins)
{
	struct screen *s = stack_top(c->stack);
	for (int i = 0; i < s->count; i++) {
		press(c, i == 0 ? "Home" : "Down");
		if (str_starts(view_selected(s)->title, begins))
			return;
	}
	fail_msg("%s has no item %s", s->ops->name, begins);
}

static void a_key_is_pressed_shown_and_kept_with_enter(void **state)
{
	struct community *c = community_new(24, 80);
	taken = &c->config;
	c->host.set_option = take_option;
	community_open(c, "keys");
	go_to_item(c, "Reply to this post: r");
	press(c, "Enter");
	CHECK_STRING("one action", stack_top(c->stack)->ops->name, "key");
	press(c, "Enter");
	press(c, "a");
	check_shown(c, "taken", "a is the key of attendees");
	press(c, "Enter");
	check_keys(c, "taken", "");
	press(c, "Ctrl-G");
	check_shown(c, "pressed", "> Ctrl-G");
	check_keys(c, "only shown", "");
	press(c, "z");
	press(c, "Enter");
	check_keys(c, "kept", "reply=z");
	check_shown(c, "one action", "A key of your own: z, chosen");
	press(c, "u");
	check_keys(c, "undone", "");
	press(c, "Down");
	press(c, "Enter");
	check_keys(c, "no key", "reply=none");
	press(c, "Down");
	press(c, "Enter");
	check_keys(c, "the standard", "");
	press(c, "Esc");
	check_shown(c, "the list", "> Reply to this post: r");
	community_free(c);
	arena_fini(&taken_mem);
}

static void what_was_refused_does_not_come_back(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(24, 80);
	taken = &c->config;
	c->host.set_option = take_option;
	assert_true(config_set(&c->config, "keys", "search!=a help!=H attendees=none", &a, NULL));
	community_open(c, "keys");
	go_to_item(c, "Reply to this post: r");
	press(c, "Enter");
	press(c, "Enter");
	press(c, "a");
	press(c, "Enter");
	check_keys(c, "of two lines with one key the new one stays", "help!=H attendees=none reply=a");
	community_free(c);
	arena_fini(&taken_mem);
	arena_fini(&a);
}

static void all_keys_go_back_at_once(void **state)
{
	struct arena a = {0};
	struct community *c = community_new(24, 80);
	taken = &c->config;
	c->host.set_option = take_option;
	assert_null(give(&c->config, "reply=g quote=r", &a));
	community_open(c, "keys");
	press(c, "End");
	press(c, "Enter");
	check_keys(c, "restored", "");
	press(c, "u");
	check_keys(c, "undone", "reply=g quote=r");
	community_free(c);
	arena_fini(&taken_mem);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_is_refused_and_says_why),
		cmocka_unit_test(what_is_wrong_has_its_line),
		cmocka_unit_test(R12_own_keys_mean_one_thing),
		cmocka_unit_test(each_action_has_one_key_on_all_screens),
		cmocka_unit_test(the_new_key_works_and_the_old_one_says_nothing),
		cmocka_unit_test(the_own_key_is_shown_everywhere),
		cmocka_unit_test(R14_own_letters_are_off_too),
		cmocka_unit_test(moving_gets_one_more_key),
		cmocka_unit_test(a_key_is_pressed_shown_and_kept_with_enter),
		cmocka_unit_test(what_was_refused_does_not_come_back),
		cmocka_unit_test(all_keys_go_back_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
