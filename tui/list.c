#include "list.h"

const char list_mark[] = "> ", list_no_mark[] = "  ";

static int limit(int value, int low, int high)
{
	return value > high ? (high < low ? low : high) : value < low ? low : value;
}

static int step_rows(const struct list *l)
{
	return (l->item_rows > 0 ? l->item_rows : 1) + (l->roomy ? 1 : 0);
}

/* The empty row after the last item of a page is not needed. */
int list_page(const struct list *l)
{
	int page = (l->rows + (l->roomy ? 1 : 0)) / step_rows(l);
	return page > 0 ? page : 1;
}

int list_shown(const struct list *l)
{
	int left = l->count - l->top, page = list_page(l);
	return left < page ? left : page;
}

/* Keeps the cursor in the list and the list on the screen. */
static void settle(struct list *l)
{
	int page = list_page(l);
	l->cursor = limit(l->cursor, 0, l->count - 1);
	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor >= l->top + page)
		l->top = l->cursor - page + 1;
	l->top = limit(l->top, 0, l->count - 1);
}

void list_resize(struct list *l, int rows, int item_rows, bool roomy)
{
	l->rows = rows;
	l->item_rows = item_rows;
	l->roomy = roomy;
	settle(l);
}

void list_set(struct list *l, int count)
{
	l->count = count;
	l->cursor = l->top = 0;
}

void list_reload(struct list *l, int count, int cursor)
{
	int on_page = l->cursor - l->top;
	l->count = count;
	l->cursor = cursor >= 0 ? cursor : l->cursor;
	l->cursor = limit(l->cursor, 0, count - 1);
	l->top = count <= list_page(l) ? 0 : limit(l->cursor - on_page, 0, count - 1);
	settle(l);
}

void list_go(struct list *l, int cursor)
{
	l->cursor = cursor;
	settle(l);
}

/* Turning a page keeps LIST_OVERLAP items in view. */
static int overlap(const struct list *l)
{
	return list_page(l) > LIST_OVERLAP + 1 ? LIST_OVERLAP : 0;
}

static void page_down(struct list *l)
{
	int page = list_page(l);
	if (l->top + page < l->count) {
		l->top += page - overlap(l);
		l->cursor = l->top + overlap(l);
	} else {
		l->cursor = l->count - 1;
	}
	settle(l);
}

static void page_up(struct list *l)
{
	int page = list_page(l);
	if (l->top > 0) {
		int first_old = l->top;
		l->top = limit(l->top - page + overlap(l), 0, l->count - 1);
		l->cursor = limit(first_old - 1, l->top, l->top + page - 1);
	} else {
		l->cursor = 0;
	}
	settle(l);
}

/* At the edge a whole page turns: the list never moves by one row. */
static void step_down(struct list *l)
{
	if (l->cursor + 1 >= l->count)
		return;
	if (l->cursor + 1 < l->top + list_page(l))
		l->cursor++;
	else
		page_down(l);
}

static void step_up(struct list *l)
{
	if (l->cursor > l->top)
		l->cursor--;
	else
		page_up(l);
}

bool list_key(struct list *l, const struct key *k)
{
	switch (k->code) {
	case KEY_UP:
		step_up(l);
		return true;
	case KEY_DOWN:
		step_down(l);
		return true;
	case KEY_PAGE_UP:
		page_up(l);
		return true;
	case KEY_PAGE_DOWN:
		page_down(l);
		return true;
	case KEY_HOME:
		list_go(l, 0);
		return true;
	case KEY_END:
		list_go(l, l->count - 1);
		return true;
	default:
		return false;
	}
}

int list_row(const struct list *l, int i)
{
	if (i < l->top || i >= l->top + list_shown(l))
		return -1;
	return (i - l->top) * step_rows(l);
}
