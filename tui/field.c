#include "field.h"

#include <string.h>

#include "utf8.h"
#include "width.h"

enum { FieldMaxBytes = 1000 };

void field_fini(struct field *f)
{
	if (f->secret && f->text.p != NULL)
		explicit_bzero(f->text.p, f->text.cap);
	sbuf_fini(&f->text);
	*f = (struct field){0};
}

static size_t max_bytes(const struct field *f)
{
	return f->max_bytes > 0 ? f->max_bytes : FieldMaxBytes;
}

void field_set(struct field *f, const char *text)
{
	sbuf_reset(&f->text);
	if (text != NULL)
		utf8_clean(&f->text, text, strlen(text), 0, max_bytes(f));
	f->at = f->text.n;
}

const char *field_text(const struct field *f)
{
	return sbuf_str(&f->text);
}

static void erase(struct field *f, size_t from, size_t to)
{
	if (to <= from)
		return;
	memmove(f->text.p + from, f->text.p + to, f->text.n - to + 1);
	f->text.n -= to - from;
	f->at = from;
}

static void insert(struct field *f, const char *s)
{
	size_t n = strlen(s), end = f->text.n;
	if (n == 0 || end + n > max_bytes(f))
		return;
	sbuf_addn(&f->text, s, n);
	memmove(f->text.p + f->at + n, f->text.p + f->at, end - f->at);
	memcpy(f->text.p + f->at, s, n);
	f->at += n;
}

static size_t after(const struct field *f)
{
	int cols;
	return f->at + width_grapheme(field_text(f) + f->at, f->text.n - f->at, &cols);
}

static size_t before(const struct field *f)
{
	return f->at - width_grapheme_before(field_text(f), f->at);
}

static size_t word_start(const struct field *f)
{
	const char *s = field_text(f);
	size_t i = f->at;
	while (i > 0 && s[i - 1] == ' ')
		i--;
	while (i > 0 && s[i - 1] != ' ')
		i--;
	return i;
}

static bool control_key(struct field *f, char letter)
{
	switch (letter) {
	case 'a':
		f->at = 0;
		return true;
	case 'e':
		f->at = f->text.n;
		return true;
	case 'w':
		erase(f, word_start(f), f->at);
		return true;
	case 'u':
		erase(f, 0, f->at);
		return true;
	case 'k':
		erase(f, f->at, f->text.n);
		return true;
	default:
		return false;
	}
}

bool field_key(struct field *f, const struct key *k)
{
	switch (k->code) {
	case KEY_TEXT:
		insert(f, k->text);
		return true;
	case KEY_CTRL:
		return control_key(f, k->text[0]);
	case KEY_LEFT:
		f->at = before(f);
		return true;
	case KEY_RIGHT:
		f->at = after(f);
		return true;
	case KEY_HOME:
		f->at = 0;
		return true;
	case KEY_END:
		f->at = f->text.n;
		return true;
	case KEY_BACKSPACE:
		erase(f, before(f), f->at);
		return true;
	case KEY_DELETE:
		erase(f, f->at, after(f));
		return true;
	case KEY_PASTE_BEGIN:
	case KEY_PASTE_END:
		f->pasting = k->code == KEY_PASTE_BEGIN;
		return true;
	case KEY_ENTER:
	case KEY_TAB:
		if (f->pasting)
			insert(f, " ");
		return f->pasting;
	default:
		return false;
	}
}

/* The text as drawn and the insertion point in it. */
static void face(const struct field *f, struct sbuf *out, size_t *at)
{
	if (!f->secret) {
		sbuf_addn(out, field_text(f), f->text.n);
		*at = f->at;
		return;
	}
	int cols;
	const char *s = field_text(f);
	*at = 0;
	for (size_t i = 0, n; (n = width_grapheme(s + i, f->text.n - i, &cols)) > 0; i += n) {
		sbuf_addc(out, '*');
		if (i < f->at)
			++*at;
	}
}

void field_draw(const struct field *f, struct canvas *c, int row, int col, int cols, bool focus)
{
	struct sbuf text = {0};
	size_t at, from = 0;
	int width;
	if (cols < 1)
		return;
	face(f, &text, &at);
	const char *s = sbuf_str(&text);
	int skipped = 0, to_cursor = width_cols_n(s, at);
	/* The insertion point may stand behind the last column that has text, so one column stays free. */
	while (to_cursor - skipped >= cols) {
		from += width_grapheme(s + from, text.n - from, &width);
		skipped += width;
	}
	canvas_fill(c, row, col, 1, cols, ROLE_FIELD);
	canvas_add(c, row, col, cols, ROLE_FIELD, s + from);
	if (focus)
		canvas_cursor(c, row, col + to_cursor - skipped);
	sbuf_fini(&text);
}
