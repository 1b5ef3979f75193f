#include "blank.h"

#include "styled.h"
#include "text.h"

void blank_hide(struct stack *st)
{
	if (st->lines) {
		stack_say(st, "%s", _("Text mode cannot hide what it wrote before. Clear or close the window."));
		return;
	}
	stack_save_texts(st);
	st->hidden = true;
}

void blank_key(struct stack *st, const struct key *k)
{
	if (k->code == KEY_PASTE_BEGIN || k->code == KEY_PASTE_END)
		st->pasting = k->code == KEY_PASTE_BEGIN;
	else if (k->code == KEY_ENTER && !st->pasting)
		st->hidden = false;
}

void blank_draw(struct canvas *c)
{
	struct arena a = {0};
	struct styled text = {0};
	struct styled_builder b = {0};
	styled_begin(&b, &text, &a, c->cols < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : c->cols);
	styled_line(&b, ROLE_TEXT, _("kring is hidden. Press Enter."));
	styled_end(&b);
	canvas_clear(c);
	styled_draw(&text, 0, c, 0, 0, c->rows, c->cols);
	canvas_cursor(c, 0, 0);
	arena_fini(&a);
}
