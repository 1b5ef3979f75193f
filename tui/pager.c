#include "pager.h"

#include "text.h"

static int limit(int value, int low, int high)
{
	return value > high ? (high < low ? low : high) : value < low ? low : value;
}

static int overlap(const struct pager *p)
{
	return p->rows > PAGER_OVERLAP + 1 ? PAGER_OVERLAP : 0;
}

static int page_rows(const struct pager *p)
{
	return p->rows > 0 ? p->rows : 1;
}

static int last_top(const struct pager *p)
{
	return p->count > page_rows(p) ? p->count - page_rows(p) : 0;
}

static void settle(struct pager *p)
{
	p->cursor = limit(p->cursor, 0, p->count - 1);
	p->top = limit(p->top, 0, last_top(p));
	if (p->cursor < p->top)
		p->top = p->cursor;
	if (p->cursor >= p->top + page_rows(p))
		p->top = p->cursor - page_rows(p) + 1;
}

void pager_resize(struct pager *p, int rows)
{
	p->rows = rows;
	settle(p);
}

void pager_set(struct pager *p, int count)
{
	p->count = count;
	p->top = p->cursor = 0;
}

void pager_reload(struct pager *p, int count, int cursor)
{
	int on_page = p->cursor - p->top;
	p->count = count;
	p->cursor = limit(cursor, 0, count - 1);
	p->top = p->cursor - on_page;
	settle(p);
}

void pager_go(struct pager *p, int line)
{
	p->cursor = limit(line, 0, p->count - 1);
	p->top = p->cursor;
	settle(p);
}

/* The focus lands on the first line that was not on the screen before. */
static void page_down(struct pager *p)
{
	int unseen = p->top + page_rows(p);
	if (unseen >= p->count) {
		p->cursor = p->count - 1;
	} else {
		p->top = unseen - overlap(p);
		p->cursor = unseen;
	}
	settle(p);
}

static void page_up(struct pager *p)
{
	if (p->top == 0) {
		p->cursor = 0;
	} else {
		int unseen = p->top - 1;
		p->top = limit(p->top - page_rows(p) + overlap(p), 0, last_top(p));
		p->cursor = unseen < p->top ? p->top : unseen;
	}
	settle(p);
}

static void step_down(struct pager *p)
{
	if (p->cursor + 1 < p->top + page_rows(p) && p->cursor + 1 < p->count)
		p->cursor++;
	else
		page_down(p);
}

static void step_up(struct pager *p)
{
	if (p->cursor > p->top)
		p->cursor--;
	else
		page_up(p);
}

bool pager_key(struct pager *p, const struct key *k)
{
	if (k->code == KEY_DOWN)
		step_down(p);
	else if (k->code == KEY_UP)
		step_up(p);
	else if (k->code == KEY_PAGE_DOWN || key_is(k, " "))
		page_down(p);
	else if (k->code == KEY_PAGE_UP)
		page_up(p);
	else if (k->code == KEY_HOME)
		pager_go(p, 0);
	else if (k->code == KEY_END)
		pager_go(p, p->count - 1);
	else
		return false;
	return true;
}

void pager_draw(const struct pager *p, const struct styled *s, struct canvas *c, int row, int col, int cols)
{
	styled_draw(s, (size_t)p->top, c, row, col, p->rows, cols);
	canvas_cursor(c, row + p->cursor - p->top, col);
}

void pager_position(const struct pager *p, struct sbuf *out)
{
	int last = p->top + page_rows(p) < p->count ? p->top + page_rows(p) : p->count;
	/* Translators: which lines of a long text are on the screen. */
	sbuf_addf(out, _("lines %d to %d of %d"), p->count > 0 ? p->top + 1 : 0, last, p->count);
}
