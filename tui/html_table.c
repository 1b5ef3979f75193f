#include <string.h>

#include "emoji.h"
#include "html_render.h"
#include "width.h"

enum { ColumnsMax = 32, RowsMax = 2000, ColumnGap = 2 };

struct cells {
	const char *text[ColumnsMax];
	int count;
	bool header;
};

struct table {
	struct cells *row;
	int rows, cap, columns;
	int width[ColumnsMax];
};

/* Text of a cell on one line, its links numbered. */
static void cell_text(struct html *h, const GumboNode *n, struct sbuf *out)
{
	node_text(n, out);
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++) {
		const GumboNode *a = node_tag(children->data[i]) == GUMBO_TAG_A ? children->data[i] :
			node_find(children->data[i], GUMBO_TAG_A, NULL);
		int number = a == NULL || node_class_starts(a, "mention") ? 0 : html_link(h, node_attr(a, "href"));
		if (number > 0)
			sbuf_addf(out, " [%d]", number);
	}
}

static void add_cell(struct html *h, struct table *t, struct cells *row, const GumboNode *n)
{
	struct sbuf text = {0}, shown = {0};
	if (row->count == ColumnsMax)
		return;
	cell_text(h, n, &text);
	if (h->opt->emoji_words)
		sbuf_add(&shown, sbuf_str(&text));
	else
		emoji_replace(sbuf_str(&text), &shown);
	int cols = width_cols(sbuf_str(&shown));
	if (cols > t->width[row->count])
		t->width[row->count] = cols;
	row->header = row->header || node_tag(n) == GUMBO_TAG_TH;
	row->text[row->count++] = arena_strndup(h->arena, sbuf_str(&shown), shown.n);
	if (row->count > t->columns)
		t->columns = row->count;
	sbuf_fini(&text);
	sbuf_fini(&shown);
}

static void add_row(struct html *h, struct table *t, const GumboNode *n)
{
	const GumboVector *children = node_children(n);
	if (t->rows == RowsMax)
		return;
	if (t->rows == t->cap) {
		t->cap = t->cap == 0 ? 16 : t->cap * 2;
		t->row = arena_grow(h->arena, t->row, (size_t)t->rows, (size_t)t->cap, sizeof *t->row);
	}
	struct cells *row = &t->row[t->rows++];
	for (unsigned i = 0; i < children->length; i++) {
		GumboTag tag = node_tag(children->data[i]);
		if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
			add_cell(h, t, row, children->data[i]);
	}
}

static void collect(struct html *h, struct table *t, const GumboNode *n)
{
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++) {
		GumboTag tag = node_tag(children->data[i]);
		if (tag == GUMBO_TAG_TR)
			add_row(h, t, children->data[i]);
		else if (tag == GUMBO_TAG_CAPTION)
			html_node(h, children->data[i]);
		else
			collect(h, t, children->data[i]);
	}
}

static bool fits(const struct html *h, const struct table *t)
{
	int total = ColumnGap * (t->columns - 1);
	for (int i = 0; i < t->columns; i++)
		total += t->width[i];
	return total <= styled_room(h->b);
}

static void draw_columns(struct html *h, const struct table *t)
{
	struct sbuf line = {0};
	for (int r = 0; r < t->rows; r++) {
		const struct cells *row = &t->row[r];
		sbuf_reset(&line);
		for (int i = 0; i < row->count; i++)
			width_add(&line, row->text[i], t->width[i] + (i + 1 < row->count ? ColumnGap : 0), i + 1 < row->count);
		styled_pre(h->b, row->header ? ROLE_STRONG : h->role, sbuf_str(&line), "");
	}
	sbuf_fini(&line);
}

/* "Heading: value" a line, an empty line between the rows. */
static void draw_labels(struct html *h, const struct table *t)
{
	bool header = t->rows > 1 && t->row[0].header;
	for (int r = header ? 1 : 0; r < t->rows; r++) {
		const struct cells *row = &t->row[r];
		styled_blank(h->b);
		for (int i = 0; i < row->count; i++) {
			if (header && i < t->row[0].count && t->row[0].text[i][0] != '\0')
				styled_label(h->b, t->row[0].text[i], row->text[i]);
			else if (row->text[i][0] != '\0')
				html_say(h, h->role, row->text[i]);
		}
	}
}

void html_table(struct html *h, const GumboNode *n)
{
	struct table t = {0};
	styled_blank(h->b);
	collect(h, &t, n);
	if (t.columns > 0 && !h->opt->tables_as_lines && fits(h, &t))
		draw_columns(h, &t);
	else
		draw_labels(h, &t);
	styled_blank(h->b);
}
