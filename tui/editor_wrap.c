#include "editor_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "width.h"

enum { TabCols = 4 };

/* A line of the text, as its member ended it. */
struct line {
	uint32_t bytes; /* without its end */
	uint32_t rows;  /* 0: not wrapped yet */
};

struct editor_layout {
	struct line *line;
	size_t count, cap;
	/* The rows of the line that was asked for last: where each begins, from the begin of the line. */
	size_t *start;
	size_t starts, start_cap, of;
	bool fresh; /* `start` is right */
};

void editor_layout_free(struct editor *e)
{
	if (e->layout == NULL)
		return;
	free(e->layout->line);
	free(e->layout->start);
	free(e->layout);
	e->layout = NULL;
}

static void set_count(struct editor_layout *l, size_t count)
{
	if (count > l->cap) {
		l->cap = count * 2;
		l->line = xreallocarray(l->line, l->cap, sizeof *l->line);
	}
	l->count = count;
}

static size_t line_ends(const char *s, size_t n)
{
	size_t count = 0;
	for (const char *p = s, *end = s + n; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		count++;
	return count;
}

/* Measures `count` lines of the text from byte `from` on. */
static void measure(const struct editor *e, size_t first, size_t count, size_t from)
{
	const char *s = editor_text(e);
	for (size_t i = first; i < first + count; i++) {
		const char *end = memchr(s + from, '\n', e->text.n - from);
		size_t bytes = end == NULL ? e->text.n - from : (size_t)(end - s) - from;
		e->layout->line[i] = (struct line){.bytes = (uint32_t)bytes};
		from += bytes + 1;
	}
}

void editor_layout_width(struct editor *e, int width)
{
	e->width = width;
	if (e->layout == NULL) {
		e->layout = xcalloc(1, sizeof *e->layout);
		set_count(e->layout, line_ends(editor_text(e), e->text.n) + 1);
	}
	measure(e, 0, e->layout->count, 0);
	e->layout->fresh = false;
}

/* The line with this byte; *begin gets where it begins. */
static size_t line_of(const struct editor *e, size_t at, size_t *begin)
{
	size_t i = 0;
	*begin = 0;
	while (i + 1 < e->layout->count && at > *begin + e->layout->line[i].bytes)
		*begin += e->layout->line[i++].bytes + 1;
	return i;
}

void editor_layout_splice(struct editor *e, size_t from, size_t removed, size_t n)
{
	struct editor_layout *l = e->layout;
	if (l == NULL)
		return;
	size_t begin, first = line_of(e, from, &begin), last = first, end = begin + l->line[first].bytes;
	while (from + removed > end)
		end += l->line[++last].bytes + 1;
	size_t added = line_ends(editor_text(e) + from, n), after = l->count - last - 1, fresh = added + 1;
	size_t old = l->count;
	if (first + fresh + after > old)
		set_count(l, first + fresh + after);
	memmove(&l->line[first + fresh], &l->line[last + 1], after * sizeof *l->line);
	l->count = first + fresh + after;
	measure(e, first, fresh, begin);
	l->fresh = false;
}

static size_t next(const char *s, size_t n, int col, int *cols)
{
	if (*s != '\t')
		return width_grapheme(s, n, cols);
	*cols = TabCols - col % TabCols;
	return 1;
}

/* Bytes of the row that begins at s: as many words as fit, and one space may hang over the edge (*hangs). Wide
 * characters are words of their own. A word that is wider than a row is cut. */
static size_t row_bytes(const char *s, size_t n, int width, bool *hangs)
{
	size_t at = 0, fits = 0;
	int cols;
	*hangs = false;
	for (int col = 0; at < n; col += cols) {
		size_t used = next(s + at, n - at, col, &cols);
		bool space = used == 1 && (s[at] == ' ' || s[at] == '\t');
		if (col + cols > width && at > 0) {
			*hangs = space;
			return space ? at + 1 : cols < 2 && fits > 0 ? fits : at;
		}
		if (cols > 1)
			fits = at;
		at += used;
		if (space || cols > 1)
			fits = at;
	}
	return n;
}

static void add_start(struct editor_layout *l, size_t at)
{
	if (l->starts == l->start_cap) {
		l->start_cap = l->start_cap * 2 + 16;
		l->start = xreallocarray(l->start, l->start_cap, sizeof *l->start);
	}
	l->start[l->starts++] = at;
}

static void wrap(const struct editor *e, size_t i, size_t begin)
{
	struct editor_layout *l = e->layout;
	const char *s = editor_text(e) + begin;
	size_t n = l->line[i].bytes, at = 0;
	bool hangs;
	if (l->fresh && l->of == i)
		return;
	l->starts = 0;
	add_start(l, 0);
	do {
		at += row_bytes(s + at, n - at, e->width > 1 ? e->width : 2, &hangs);
		if (at < n || hangs)
			add_start(l, at);
	} while (at < n);
	l->line[i].rows = (uint32_t)l->starts;
	l->of = i;
	l->fresh = true;
}

static int rows_of(const struct editor *e, size_t i, size_t begin)
{
	if (e->layout->line[i].rows == 0)
		wrap(e, i, begin);
	return (int)e->layout->line[i].rows;
}

/* Row `into` of line i. */
static struct editor_row row_in(const struct editor *e, size_t i, size_t begin, int rows_before, size_t into)
{
	wrap(e, i, begin);
	const struct editor_layout *l = e->layout;
	bool last = into + 1 == l->starts;
	return (struct editor_row){.line = i, .row = rows_before + (int)into, .from = begin + l->start[into],
		.to = begin + (last ? l->line[i].bytes : l->start[into + 1]), .last = last};
}

struct editor_row editor_row_of(const struct editor *e, size_t at)
{
	size_t begin, line = line_of(e, at, &begin), into = 0, to = 0;
	int before = 0;
	for (size_t i = 0; i < line; i++) {
		before += rows_of(e, i, to);
		to += e->layout->line[i].bytes + 1;
	}
	wrap(e, line, begin);
	while (into + 1 < e->layout->starts && begin + e->layout->start[into + 1] <= at)
		into++;
	return row_in(e, line, begin, before, into);
}

struct editor_row editor_row_at(const struct editor *e, int row)
{
	const struct editor_layout *l = e->layout;
	size_t begin = 0, i = 0;
	int before = 0;
	for (; i + 1 < l->count && before + rows_of(e, i, begin) <= row; i++) {
		before += rows_of(e, i, begin);
		begin += l->line[i].bytes + 1;
	}
	int rows = rows_of(e, i, begin), into = row - before;
	return row_in(e, i, begin, before, (size_t)(into < 0 ? 0 : into >= rows ? rows - 1 : into));
}

int editor_row_count(const struct editor *e)
{
	size_t begin = 0;
	int rows = 0;
	for (size_t i = 0; i < e->layout->count; i++) {
		rows += rows_of(e, i, begin);
		begin += e->layout->line[i].bytes + 1;
	}
	return rows;
}

int editor_row_col(const struct editor *e, const struct editor_row *r, size_t at)
{
	const char *s = editor_text(e);
	int col = 0, cols;
	for (size_t i = r->from; i < at && i < r->to; col += cols)
		i += next(s + i, r->to - i, col, &cols);
	return col;
}

size_t editor_row_byte(const struct editor *e, const struct editor_row *r, int want)
{
	const char *s = editor_text(e);
	size_t i = r->from;
	int cols;
	for (int col = 0; i < r->to; col += cols) {
		size_t used = next(s + i, r->to - i, col, &cols);
		/* The end of a row that goes on is the begin of the next. */
		if (col + cols > want || (!r->last && i + used == r->to))
			break;
		i += used;
	}
	return i;
}

void editor_row_text(const struct editor *e, const struct editor_row *r, struct sbuf *out)
{
	const char *s = editor_text(e);
	int col = 0, cols;
	for (size_t i = r->from, used; i < r->to; i += used, col += cols) {
		used = next(s + i, r->to - i, col, &cols);
		if (s[i] == '\t')
			sbuf_repeat(out, ' ', (size_t)cols);
		else
			sbuf_addn(out, s + i, used);
	}
}
