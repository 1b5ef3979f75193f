#include "acting.h"
#include "agreement_store.h"
#include "catalogues.h"
#include "circle.h"
#include "guide_store.h"
#include "reminder_store.h"
#include "str.h"
#include "text.h"

#include "store_dump.h"

/* One session in which the member does one thing after the other, and undoes them all with one key. */
enum { ReplyDraft = 9401 };
static const char ReplyBody[] = "Ik kom graag, en ik neem iets mee.";

static struct arena values;

static void changed(struct community *c)
{
	assert_true(store_commit(c->writer, NULL, NULL));
	stack_changed(c->stack, STORE_ALL);
}

static void save_now(void *self, const struct change *change)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL) && outbox_store_put_draft(c->writer, change, NULL));
	changed(c);
}

static void send_now(void *self, const struct change *change)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL) && outbox_store_send(c->writer, change, NULL));
	changed(c);
}

static void undo_now(void *self, int64_t id)
{
	struct community *c = self;
	bool undone;
	assert_true(store_begin(c->writer, NULL) && outbox_store_undo(c->writer, id, c->ctx.now_ms, &undone, NULL));
	assert_true(undone);
	changed(c);
}

static void remind_now(void *self, int64_t event_id, int minutes)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL) && reminder_store_put(c->writer, event_id, minutes, NULL));
	changed(c);
}

static void note_now(void *self, int kind, int64_t id, const char *text)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL)
		&& note_store_put(c->writer, (enum note_kind)kind, id, text, c->ctx.now_ms, NULL));
	changed(c);
}

static void agree_now(void *self, int64_t category_id, const char *text, int64_t when_ms)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL)
		&& agreement_store_put(c->writer, category_id, text, when_ms, NULL));
	changed(c);
}

static void guide_now(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL)
		&& guide_store_put(c->writer, (struct guide_key){event_id, starts_ms}, part, text, c->ctx.now_ms, NULL));
	changed(c);
}

static bool set_now(void *self, const char *name, const char *value, enum option_change how, struct error *err)
{
	struct community *c = self;
	return config_set(&c->config, name, value, &values, err);
}

static const struct outbox_port writing = {.save = save_now, .send = send_now, .undo = undo_now,
	.remind = remind_now, .note = note_now, .agree = agree_now, .guide = guide_now};

/* Everything of one key, a few of several, a setting and a text. */
static const struct {
	const char *name;
	struct target at;
	const char *keys;
} acts[] = {
	{"send a text", {.screen = "overview", .id = ReplyDraft}, "F9"},
	{"like", {.screen = "topic", .id = 1, .number = 2}, "l"},
	{"take back a like", {.screen = "topic", .id = 1, .number = 4}, "l"},
	{"save a post", {.screen = "topic", .id = 1, .number = 2}, "b Enter"},
	{"stop saving it", {.screen = "topic", .id = 1, .number = 6}, "b"},
	{"report", {.screen = "flag", .id = OtherPost}, "Enter"},
	{"delete", {.screen = "topic", .id = 1, .number = 1}, "x"},
	{"restore", {.screen = "topic", .id = 1, .number = 3}, "x"},
	{"follow a topic", {.screen = "level", .id = 1}, "End Enter"},
	{"follow a category", {.screen = "level", .id = 1, .number = LEVEL_OF_CATEGORY}, "Home Enter"},
	{"see a member less", {.screen = "member_level", .id = 3}, "End Enter"},
	{"vote", {.screen = "vote", .id = PollPost}, "Down Enter End Enter"},
	{"put a message away", {.screen = "messages"}, "A"},
	{"come", {.screen = "sign_up", .id = 601}, "Home Down Enter"},
	{"be reminded", {.screen = "reminder", .id = 601}, "End Enter"},
	{"fill in the profile", {.screen = "profile_field", .text = "field:6"}, "x Enter"},
	{"choose in the profile", {.screen = "profile_choice", .text = "field:4"}, "Down Enter End Enter"},
	{"read everything", {.screen = "board"}, "M"},
	{"agree", {.screen = "agreements", .id = CircleEvent}, "y"},
	{"write a note", {.screen = "note", .id = 3, .number = NOTE_MEMBER}, "x y Esc"},
	{"prepare a case", {.screen = "guide_ask", .id = 501, .text = "prepare:question"}, "x y Enter"},
	{"choose a method", {.screen = "guide_choice", .id = 501, .text = "method"}, "Down Enter"},
	{"another setting", {.screen = "setting", .text = "density"}, "Home Enter"},
	{"and one more", {.screen = "setting", .text = "new_word"}, "End Enter"},
};

static char *everything(struct community *c)
{
	struct sbuf all = {0};
	struct arena a = {0};
	char *rows = store_dump(c->dir, true);
	sbuf_add(&all, rows);
	for (const struct option *o = options_table; o->name != NULL; o++)
		sbuf_addf(&all, "%s: %s\n", o->name, config_show(&c->config, o, &a));
	arena_fini(&a);
	free(rows);
	return sbuf_take(&all);
}

static void press_all(struct community *c, const struct target *at, const char *keys)
{
	char *copy = xstrdup(keys), *rest = copy;
	community_open(c, "start");
	stack_go(c->stack, at);
	for (char *key; (key = strsep(&rest, " ")) != NULL;)
		press(c, key);
	free(copy);
}

static void do_act(struct community *c, size_t i)
{
	press_all(c, &acts[i].at, acts[i].keys);
}

static void check_same_as(const char *name, char *now, const char *before)
{
	size_t at = 0;
	while (now[at] != '\0' && now[at] == before[at])
		at++;
	bool same = now[at] == before[at];
	while (at > 0 && now[at - 1] != '\n')
		at--;
	if (!same)
		fail_msg("\"%s\" is not undone:\nbefore %.200s\nafter  %.200s", name, &before[at], &now[at]);
	free(now);
}

/* A text is a draft again; only the screen that wrote it is another one now. */
static void check_draft(struct community *c)
{
	struct arena a = {0};
	const struct outbox_row *row = outbox_store_get(c->reader, ReplyDraft, &a);
	CHECK_INT("a draft again", row->change.state, CHANGE_DRAFT);
	CHECK_STRING("the same words", row->change.body, ReplyBody);
	CHECK_INT("nothing else", outbox_store_count(c->reader, &(struct outbox_filter){0}), 1);
	arena_fini(&a);
}

static struct community *session(void)
{
	struct community *c = writing_community();
	circle_put(c);
	c->host.outbox = &writing;
	c->host.set_option = set_now;
	community_change(c, (struct change){.id = ReplyDraft, .kind = CHANGE_REPLY, .topic_id = 3,
		.body = ReplyBody}, CHANGE_DRAFT);
	return c;
}

static void R8_everything_of_a_session_is_undone_step_by_step(void **state)
{
	struct community *c = session();
	char *before[COUNT(acts)];
	for (size_t i = 0; i < COUNT(acts); i++) {
		before[i] = everything(c);
		do_act(c, i);
		char *after = everything(c);
		if (strcmp(after, before[i]) == 0)
			fail_msg("\"%s\" does nothing: %s", acts[i].name, c->stack->message);
		CHECK_INT(acts[i].name, c->ctx.undo.count, (int)i + 1);
		free(after);
	}
	for (size_t i = COUNT(acts); i-- > 0;) {
		community_open(c, i % 2 == 0 ? "start" : "calendar");
		press(c, "u");
		if (i > 0)
			check_same_as(acts[i].name, everything(c), before[i]);
		free(before[i]);
	}
	check_draft(c);
	press(c, "u");
	check_status(c, "the end", "There is nothing to undo.");
	arena_fini(&values);
	community_free(c);
}

/* In any language, and what is said is what was undone. */
static void R8_what_is_undone_is_said(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		struct community *c = session();
		for (size_t i = 0; i < COUNT(acts); i++) {
			if (str_equal(acts[i].at.screen, "setting"))
				continue;
			do_act(c, i);
			const struct undo_step *step = &c->ctx.undo.step[c->ctx.undo.count - 1];
			char *says = i == 0 ? xstrdup(_("Taken back. Your text is a draft now."))
				: xasprintf(_("Undone: %s"), step->says);
			press(c, "F1");
			press(c, "u");
			CHECK_STRING(acts[i].name, c->stack->message, says);
			free(says);
		}
		community_free(c);
	}
	test_language("en");
}

/* The words of a note or a report are a draft again, as those of a text are. */
static void R8_words_that_are_taken_back_are_a_draft(void **state)
{
	static const struct {
		struct target at;
		const char *keys;
		enum change_kind kind;
	} rows[] = {
		{{.screen = "bookmark", .id = OtherPost}, "x y Enter", CHANGE_BOOKMARK},
		{{.screen = "flag_words", .id = OtherPost, .number = 7}, "x y Enter", CHANGE_FLAG},
	};
	struct community *c = session();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		press_all(c, &rows[i].at, rows[i].keys);
		CHECK_INT("steps", c->ctx.undo.count, 1);
		press(c, "u");
		check_status(c, rows[i].at.screen, "Taken back. Your text is a draft now.");
		struct change about = {.kind = rows[i].kind, .post_id = OtherPost, .topic_id = 1, .number = rows[i].at.number};
		const struct outbox_row *row = outbox_store_draft_for(c->reader, &about, &a);
		assert_non_null(row);
		CHECK_STRING("the words", row->change.body, "xy");
		arena_fini(&a);
	}
	community_free(c);
}

static void R8_the_value_that_is_there_is_no_step(void **state)
{
	struct community *c = session();
	press_all(c, &(struct target){.screen = "setting", .text = "density"}, "Home Enter");
	press_all(c, &(struct target){.screen = "setting", .text = "density"}, "Home Enter");
	press_all(c, &(struct target){.screen = "setting_text", .text = "width"}, "Enter");
	CHECK_INT("steps", c->ctx.undo.count, c->config.density == DENSITY_ROOMY ? 0 : 1);
	arena_fini(&values);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R8_everything_of_a_session_is_undone_step_by_step),
		cmocka_unit_test(R8_what_is_undone_is_said),
		cmocka_unit_test(R8_words_that_are_taken_back_are_a_draft),
		cmocka_unit_test(R8_the_value_that_is_there_is_no_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
