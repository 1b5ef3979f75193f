#pragma once
#include "community.h"

#include "catalogues.h"
#include "screens.h"
#include "str.h"
#include "text.h"

/* The rules for a calm and accessible program, over every screen there is, in both languages and at every size: a new
 * screen is tested as soon as it stands in the list of screens. A test is named after its rule. */
static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {20, 60}, {15, 40}, {40, 120}};

static const char *const languages[] = {"nl", "en"};

static void on_every_screen_of(struct community *c, void (*check)(struct community *c, const struct screen_ops *ops))
{
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		check(c, screens[i]);
	}
}

static void on_every_screen(void (*check)(struct community *c, const struct screen_ops *ops))
{
	struct community *c = community_new(24, 80);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
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
	int marks = 0, at = -1;
	for (int row = 0; row < c->canvas->rows; row++) {
		const struct cell *cell = canvas_cell(c->canvas, row, 0), *next = canvas_cell(c->canvas, row, 1);
		if (strcmp(cell->text, ">") == 0 && strcmp(next->text, " ") == 0) {
			marks++;
			at = row;
		}
	}
	CHECK_INT(ops->name, marks, 1);
	CHECK_INT(ops->name, c->canvas->cursor_row, at);
	CHECK_INT(ops->name, canvas_cell(c->canvas, at, 0)->role, ROLE_SELECTED);
}

/* What stands on the screen; the caller frees. */
static char *shown(struct community *c)
{
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	return sbuf_take(&all);
}
