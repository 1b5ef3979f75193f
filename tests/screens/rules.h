#pragma once
#include "community.h"

#include "catalogues.h"
#include "languages.h"
#include "panels.h"
#include "screens.h"
#include "str.h"
#include "text.h"

/* The rules for a calm and accessible program, over every screen there is, in every language and at every
 * size: a new screen is tested as soon as it stands in the list of screens, and a language as soon as it has
 * a catalogue. A test is named after its rule. */
static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {20, 60}, {15, 40}, {40, 120}};

static const char *const languages[] = {"nl", "en"};

/* Also with a list and a text beside each other, where the window is wide enough for both. */
static void on_every_screen_of(struct community *c,
	void (*check)(struct community *c, const struct screen_ops *ops))
{
	for (c->config.panels = PANELS_ONE; c->config.panels <= (c->canvas->cols < 100 ? PANELS_ONE : PANELS_SIDE);
		c->config.panels++)
		for (int i = 0; screens[i] != NULL; i++) {
			community_open(c, screens[i]->name);
			community_draw(c);
			check(c, screens[i]);
		}
	c->config.panels = PANELS_ONE;
}

static void on_every_screen(void (*check)(struct community *c, const struct screen_ops *ops))
{
	struct community *c = community_new(24, 80);
	languages_in(getenv("KRING_PO_DIR"));
	for (int l = language_count() - 1; l >= 0; l--) {
		test_language(language_code(l));
		for (size_t size = 0; size < COUNT(sizes); size++) {
			community_resize(c, sizes[size].rows, sizes[size].cols);
			on_every_screen_of(c, check);
		}
	}
	community_free(c);
	test_language("en");
}

static void check_marker(struct community *c, const struct screen_ops *ops)
{
	int marks = 0, at = -1, col = panels_focus_col(c->stack);
	for (int row = 0; row < c->canvas->rows; row++) {
		const struct cell *cell = canvas_cell(c->canvas, row, col), *next = canvas_cell(c->canvas, row, col + 1);
		if (strcmp(cell->text, ">") == 0 && strcmp(next->text, " ") == 0) {
			marks++;
			at = row;
		}
	}
	CHECK_INT(ops->name, marks, 1);
	CHECK_INT(ops->name, c->canvas->cursor_row, at);
	CHECK_INT(ops->name, canvas_cell(c->canvas, at, col)->role, ROLE_SELECTED);
	for (int i = 0; i < c->canvas->rows * c->canvas->cols; i++)
		if (strcmp(c->canvas->cell[i].text, ">") == 0 && c->canvas->cell[i].role == ROLE_SELECTED)
			CHECK_INT("the only mark", i, at * c->canvas->cols + col);
}

/* What stands on the screen; the caller frees. */
static char *shown(struct community *c)
{
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	return sbuf_take(&all);
}

/* Something new of every kind, before what is there. */
static void put_news(struct community *c, int number)
{
	struct error err;
	struct topic t = {.id = 900 + number, .category_id = 1, .title = "Aanbod van een ander lid", .slug = "x",
		.posts_count = 1, .highest_post_number = 1, .created_ms = now_ms, .last_posted_ms = now_ms + number,
		.bumped_ms = now_ms + number, .visible = true, .author = "lid02", .last_poster = "lid02",
		.notification_level = 1};
	struct member m = {.id = 900 + number, .username = xasprintf("aaa%03d", number), .name = "Aaa Eerste",
		.complete = true};
	struct notice n = {.id = 900 + number, .topic_id = 2, .created_ms = now_ms + number, .type = 1,
		.post_number = 1,
		.title = "Nieuw", .username = "lid03"};
	assert_true(store_begin(c->writer, &err));
	assert_true(topic_store_put(c->writer, &t, &err));
	assert_true(member_store_put(c->writer, &m, &err));
	assert_true(notice_store_put(c->writer, &n, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	free((char *)(uintptr_t)m.username);
}
