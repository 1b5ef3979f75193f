#pragma once
#include "community.h"

#include "composition.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "str.h"

/* A member who writes: an outbox that keeps what it is given, and the keys, as words on the screen. */
static struct community *at;
static struct {
	int drops, settled;
	bool theirs;
} asked;

static void begin(void)
{
	assert_true(store_begin(at->writer, NULL));
}

static void commit(void)
{
	assert_true(store_commit(at->writer, NULL, NULL));
	stack_changed(at->stack, STORE_ALL);
}

static void port_save(void *self, const struct change *c)
{
	begin();
	assert_true(outbox_store_put_draft(at->writer, c, NULL));
	commit();
}

static void port_send(void *self, const struct change *c)
{
	begin();
	assert_true(outbox_store_send(at->writer, c, NULL));
	commit();
}

static void port_undo(void *self, int64_t id)
{
	begin();
	assert_true(outbox_store_undo(at->writer, id, now_ms, NULL, NULL));
	commit();
}

static void port_again(void *self, int64_t id)
{
	begin();
	assert_true(outbox_store_try_again(at->writer, id, now_ms, NULL));
	commit();
}

static void port_keep(void *self, int64_t id)
{
	begin();
	assert_true(outbox_store_keep_draft(at->writer, id, NULL));
	commit();
}

static void port_drop(void *self, int64_t id)
{
	asked.drops++;
	begin();
	assert_true(outbox_store_drop(at->writer, id, NULL));
	commit();
}

static void port_settle(void *self, int64_t id, bool theirs)
{
	asked.settled++;
	asked.theirs = theirs;
	begin();
	assert_true(outbox_store_settle_draft(at->writer, id, theirs, NULL));
	commit();
}

static const struct outbox_port desk_port = {.save = port_save, .send = port_send, .undo = port_undo,
	.try_again = port_again, .keep_draft = port_keep, .drop = port_drop, .settle = port_settle};

/* `put` puts what the test needs into the store. */
static void desk_open(void (*put)(void))
{
	at = community_new(24, 80);
	at->host.outbox = &desk_port;
	memset(&asked, 0, sizeof asked);
	begin();
	put();
	commit();
}

static void desk_close(void)
{
	while (at->stack->depth > 1)
		stack_back(at->stack);
	assert_null(at->ctx.compositions);
	community_free(at);
}

static struct screen *top(void)
{
	return stack_top(at->stack);
}

/* Letters as keys, a little later than the one before. */
static void type(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		char name[2] = {*p, '\0'};
		at->ctx.now_ms += 200;
		press(at, *p == ' ' ? "Space" : *p == '\n' ? "Enter" : name);
	}
}

static void save(void)
{
	stack_save_texts(at->stack);
}

static bool is_shown(const char *words, struct sbuf *all)
{
	community_draw(at);
	canvas_dump(at->canvas, all);
	return strstr(sbuf_str(all), words) != NULL;
}

static void see(const char *words)
{
	struct sbuf all = {0};
	if (!is_shown(words, &all))
		fail_msg("\"%s\" is not on the screen:\n%s", words, sbuf_str(&all));
	sbuf_fini(&all);
}

static void gone(const char *words)
{
	struct sbuf all = {0};
	if (is_shown(words, &all))
		fail_msg("\"%s\" is on the screen:\n%s", words, sbuf_str(&all));
	sbuf_fini(&all);
}

static void on(const char *screen)
{
	CHECK_STRING("screen", top()->ops->name, screen);
}

static const struct row *here(void)
{
	community_draw(at);
	return &top()->row[top()->list.cursor - top()->row_first];
}

static bool find(const char *title, bool whole)
{
	community_draw(at);
	press(at, "Home");
	for (int i = 0; i < top()->count; i++) {
		if (whole ? str_equal(here()->title, title) : str_starts(here()->title, title))
			return true;
		press(at, "Down");
	}
	return false;
}

/* The row of a list with this title, or one that begins with it. */
static void go_to(const char *title)
{
	if (!find(title, true) && !find(title, false))
		fail_msg("no item %s on %s", title, top()->ops->name);
}

static void choose(const char *title)
{
	go_to(title);
	press(at, "Enter");
}

static void fill(const char *title, const char *text)
{
	choose(title);
	press(at, "C-u");
	type(text);
	press(at, "Enter");
	if (top()->ops->kind == SCREEN_ASK)
		fail_msg("%s: \"%s\" is not taken: %s", title, text, at->stack->message);
}

static void shows(const char *title, const char *detail)
{
	go_to(title);
	CHECK_STRING(title, here()->detail, detail);
}

static struct outbox_rows rows_of(bool drafts, struct arena *a)
{
	struct outbox_filter f = {.drafts = drafts, .open = !drafts};
	return outbox_store_list(at->reader, &f, 0, 10, a);
}

/* The only draft, or the only one that waits. */
static const struct change *only(bool draft, struct arena *a)
{
	struct outbox_rows rows = rows_of(draft, a);
	CHECK_INT(draft ? "drafts" : "waiting", rows.count, 1);
	return &rows.row[0].change;
}

static void has(const char *body, const char *words)
{
	if (strstr(body, words) == NULL)
		fail_msg("\"%s\" is not in:\n%s", words, body);
}
