#include "editor_parts.h"

#include <string.h>

#include "list.h"
#include "utf8.h"
#include "width.h"

enum { Gutter = 2 };

void editor_fini(struct editor *e)
{
	sbuf_fini(&e->text);
	editor_history_free(e);
	editor_layout_free(e);
	*e = (struct editor){0};
}

const char *editor_text(const struct editor *e)
{
	return sbuf_str(&e->text);
}

static size_t max_bytes(const struct editor *e)
{
	return e->max_bytes > 0 ? e->max_bytes : EDITOR_BYTES;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The first grapheme border at or after a byte. Between two plain ASCII characters there always is one. */
static size_t border(const struct editor *e, size_t at)
{
	const char *s = editor_text(e);
	size_t i = at;
	int cols;
	while (i > 0 && !((unsigned char)s[i] < 0x80 && (unsigned char)s[i - 1] < 0x80))
		i--;
	while (i < at)
		i += width_grapheme(s + i, e->text.n - i, &cols);
	return i;
}

void editor_splice(struct editor *e, size_t from, size_t removed, const char *added, size_t n)
{
	size_t tail = e->text.n - from - removed, size = from + n + tail;
	if (n > removed)
		sbuf_repeat(&e->text, ' ', n - removed);
	if (e->text.p != NULL) {
		memmove(e->text.p + from + n, e->text.p + from + removed, tail);
		memcpy(e->text.p + from, added, n);
	}
	sbuf_truncate(&e->text, size);
	editor_layout_splice(e, from, removed, n);
	e->at = border(e, from + n);
	e->want_col = -1;
	e->version++;
}

static void change(struct editor *e, enum editor_step_kind kind, size_t from, size_t to, const char *added,
	size_t n)
{
	if (from == to && n == 0)
		return;
	editor_history_add(e, kind, from, to - from, added, n);
	editor_splice(e, from, to - from, added, n);
}

/* Takes in what fits of a text in the place of [from, to). */
static void put(struct editor *e, enum editor_step_kind kind, size_t from, size_t to, const char *text)
{
	struct sbuf clean = {0};
	size_t room = max_bytes(e) - (e->text.n - (to - from));
	utf8_clean(&clean, text, strlen(text), UTF8_LINES, strlen(text) * 3);
	if (clean.n > room) {
		e->full = true;
		while (room > 0 && ((unsigned char)clean.p[room] & 0xC0) == 0x80)
			room--;
		sbuf_truncate(&clean, room);
	}
	change(e, kind, from, to, sbuf_str(&clean), clean.n);
	sbuf_fini(&clean);
}

void editor_set(struct editor *e, const char *text)
{
	struct sbuf clean = {0};
	utf8_clean(&clean, text, strlen(text), UTF8_LINES, max_bytes(e));
	editor_splice(e, 0, e->text.n, sbuf_str(&clean), clean.n);
	editor_history_free(e);
	e->top = 0;
	sbuf_fini(&clean);
}

void editor_replace(struct editor *e, size_t from, size_t to, const char *text)
{
	put(e, STEP_OTHER, from, to, text);
}

void editor_insert(struct editor *e, const char *text)
{
	put(e, STEP_OTHER, e->at, e->at, text);
}

void editor_type(struct editor *e, const char *text)
{
	put(e, e->pasting ? STEP_PASTED : STEP_TYPED, e->at, e->at, text);
}

static size_t after(const struct editor *e)
{
	int cols;
	return e->at + width_grapheme(editor_text(e) + e->at, e->text.n - e->at, &cols);
}

static size_t before(const struct editor *e)
{
	return e->at - width_grapheme_before(editor_text(e), e->at);
}

static size_t line_begin(const struct editor *e)
{
	const char *s = editor_text(e), *end = memrchr(s, '\n', e->at);
	return end == NULL ? 0 : (size_t)(end + 1 - s);
}

static size_t line_end(const struct editor *e)
{
	return e->at + strcspn(editor_text(e) + e->at, "\n");
}

static size_t word_back(const struct editor *e)
{
	const char *s = editor_text(e);
	size_t i = e->at;
	while (i > 0 && is_space(s[i - 1]))
		i--;
	while (i > 0 && !is_space(s[i - 1]))
		i--;
	return border(e, i);
}

static size_t word_on(const struct editor *e)
{
	const char *s = editor_text(e);
	size_t i = e->at;
	while (i < e->text.n && !is_space(s[i]))
		i++;
	while (i < e->text.n && is_space(s[i]))
		i++;
	return border(e, i);
}

static void go(struct editor *e, size_t at)
{
	e->at = at;
	e->want_col = -1;
	editor_history_seal(e);
}

/* Past the first row is the begin of the text, past the last the end. */
static void go_rows(struct editor *e, int rows)
{
	if (e->layout == NULL)
		editor_layout_width(e, e->width);
	struct editor_row now = editor_row_of(e, e->at), there = editor_row_at(e, now.row + rows);
	int want = e->want_col >= 0 ? e->want_col : editor_row_col(e, &now, e->at);
	if (there.row == now.row) {
		go(e, rows < 0 ? there.from : there.to);
		return;
	}
	go(e, editor_row_byte(e, &there, want));
	e->want_col = want;
}

static void page(struct editor *e, int direction)
{
	int rows = e->rows > 3 ? e->rows - 2 : 1;
	e->top += direction * rows;
	go_rows(e, direction * rows);
}

/* At the end of a line C-k takes the end itself. */
static void cut_to_end(struct editor *e)
{
	size_t end = line_end(e);
	change(e, STEP_OTHER, e->at, end == e->at && end < e->text.n ? end + 1 : end, "", 0);
}

static bool control_key(struct editor *e, char letter)
{
	switch (letter) {
	case 'a':
		go(e, line_begin(e));
		return true;
	case 'e':
		go(e, line_end(e));
		return true;
	case 'b':
		go(e, word_back(e));
		return true;
	case 'f':
		go(e, word_on(e));
		return true;
	case 'w':
		change(e, STEP_OTHER, word_back(e), e->at, "", 0);
		return true;
	case 'u':
		change(e, STEP_OTHER, line_begin(e), e->at, "", 0);
		return true;
	case 'k':
		cut_to_end(e);
		return true;
	case 'o':
		editor_undo(e);
		return true;
	case 'r':
		editor_redo(e);
		return true;
	default:
		return false;
	}
}

static void set_pasting(struct editor *e, bool pasting)
{
	e->pasting = pasting;
	editor_history_seal(e);
}

static bool move_key(struct editor *e, enum key_code code)
{
	switch (code) {
	case KEY_LEFT:
		go(e, before(e));
		return true;
	case KEY_RIGHT:
		go(e, after(e));
		return true;
	case KEY_WORD_LEFT:
		return control_key(e, 'b');
	case KEY_WORD_RIGHT:
		return control_key(e, 'f');
	case KEY_UP:
	case KEY_DOWN:
		go_rows(e, code == KEY_UP ? -1 : 1);
		return true;
	case KEY_PAGE_UP:
	case KEY_PAGE_DOWN:
		page(e, code == KEY_PAGE_UP ? -1 : 1);
		return true;
	case KEY_HOME:
		return control_key(e, 'a');
	case KEY_END:
		return control_key(e, 'e');
	default:
		return false;
	}
}

bool editor_key(struct editor *e, const struct key *k)
{
	switch (k->code) {
	case KEY_TEXT:
		editor_type(e, k->text);
		return true;
	case KEY_CTRL:
		return control_key(e, k->text[0]);
	case KEY_ENTER:
		editor_type(e, "\n");
		return true;
	case KEY_TAB:
		if (e->pasting)
			editor_type(e, "\t");
		return e->pasting;
	case KEY_BACKSPACE:
		change(e, STEP_BACK, before(e), e->at, "", 0);
		return true;
	case KEY_DELETE:
		change(e, STEP_AHEAD, e->at, after(e), "", 0);
		return true;
	case KEY_PASTE_BEGIN:
	case KEY_PASTE_END:
		set_pasting(e, k->code == KEY_PASTE_BEGIN);
		return true;
	default:
		return move_key(e, k->code);
	}
}

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '-' || c == '.' ||
		c == ':' || (unsigned char)c >= 0x80;
}

size_t editor_word(const struct editor *e, const char **word)
{
	const char *s = editor_text(e);
	size_t i = e->at;
	while (i > 0 && is_name(s[i - 1]))
		i--;
	/* The @ of an e-mail address begins no name. */
	if (i == 0 || (s[i - 1] != '@' && s[i - 1] != '#') || (i > 1 && is_name(s[i - 2])))
		return 0;
	*word = s + i - 1;
	return e->at - i + 1;
}

void editor_place(const struct editor *e, int *line, int *lines)
{
	const char *s = editor_text(e);
	*line = *lines = 1;
	for (const char *p = s; (p = strchr(p, '\n')) != NULL; p++) {
		++*lines;
		*line += p < s + e->at;
	}
}

void editor_resize(struct editor *e, int rows, int width)
{
	if (e->layout == NULL) {
		editor_layout_width(e, width);
	} else if (width != e->width) {
		int into = editor_row_of(e, e->at).row - e->top;
		editor_layout_width(e, width);
		e->top = editor_row_of(e, e->at).row - into;
	}
	e->rows = rows < 1 ? 1 : rows;
	int at = editor_row_of(e, e->at).row, last = editor_row_count(e) - e->rows;
	if (e->top > last)
		e->top = last;
	if (e->top < at - e->rows + 1)
		e->top = at - e->rows + 1;
	if (e->top > at)
		e->top = at;
	if (e->top < 0)
		e->top = 0;
}

void editor_draw(const struct editor *e, struct canvas *c, int row, int col)
{
	struct editor_row focus = editor_row_of(e, e->at);
	int rows = editor_row_count(e) - e->top;
	for (int i = 0; i < rows && i < e->rows; i++) {
		struct sbuf text = {0};
		struct editor_row r = editor_row_at(e, e->top + i);
		editor_row_text(e, &r, &text);
		bool marked = r.row == focus.row;
		canvas_add(c, row + i, col, Gutter, marked ? ROLE_SELECTED : ROLE_TEXT, marked ? list_mark : list_no_mark);
		canvas_add(c, row + i, col + Gutter, e->width + 1, ROLE_TEXT, sbuf_str(&text));
		sbuf_fini(&text);
	}
	int at = editor_row_col(e, &focus, e->at);
	canvas_cursor(c, row + focus.row - e->top, col + Gutter + (at > e->width ? e->width : at));
}
