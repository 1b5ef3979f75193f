#include "script.h"

#include <stdlib.h>

#include "editor.h"
#include "mem.h"
#include "utf8.h"
#include "width.h"

static void type(struct editor *e, const char *script)
{
	struct key k;
	while ((script = script_key(script, &k)) != NULL)
		editor_key(e, &k);
}

static void typing(void **state)
{
	static const struct {
		const char *name, *script, *want;
		size_t at;
	} rows[] = {
		{"letters", "Zoë", "Zoë", 4},
		{"a new line", "a<Enter>b", "a\nb", 3},
		{"in the middle", "ac<Left>b", "abc", 2},
		{"backspace takes a whole letter", "Zoë<Backspace>", "Zo", 2},
		{"backspace joins lines", "a<Enter>b<Left><Backspace>", "ab", 1},
		{"delete joins lines", "a<Enter>b<Up><End><Delete>", "ab", 1},
		{"a mark joins its letter", "e<Left>xe<Left>́", "x\xCC\x81" "ee", 3},
		{"delete at the end", "abc<Delete>", "abc", 3},
		{"home and end are of the line", "a<Enter>b<Home>c<End>d", "a\ncbd", 5},
		{"C-a and C-e", "b<C-a>a<C-e>c", "abc", 3},
		{"word back", "een twee  <C-w>", "een ", 4},
		{"words", "een twee<C-b><C-b>x<C-f>y", "xeen ytwee", 6},
		{"words with arrows", "een twee<C-Left>x<C-Right>y", "een xtweey", 10},
		{"to the start", "a<Enter>een<C-u>", "a\n", 2},
		{"to the end", "een twee<Home><Right><C-k>", "e", 1},
		{"the end of a line", "a<Enter>b<Up><End><C-k>", "ab", 1},
		{"a paste", "<paste>a<Enter>b<Tab>c<end>", "a\nb\tc", 5},
		{"undo of a run", "abc<C-o>", "", 0},
		{"undo of erasing", "abc<Backspace><Backspace><C-o>", "abc", 3},
		{"undo of delete", "abc<Home><Delete><Delete><C-o>", "abc", 0},
		{"undo of a paste", "ab<Left><paste>x<Enter>y<end>z<C-o><C-o>", "ab", 1},
		{"undo of a line", "ab<Enter>cd<C-o>", "ab\n", 3},
		{"undo after moving", "ab<Left>c<C-o>", "ab", 1},
		{"redo", "ab<Left>c<C-o><C-o><C-r><C-r>", "acb", 2},
		{"typing ends redo", "ab<C-o>c<C-r>", "c", 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct editor e = {0};
		type(&e, rows[i].script);
		CHECK_STRING(rows[i].name, editor_text(&e), rows[i].want);
		CHECK_INT(rows[i].name, e.at, rows[i].at);
		editor_fini(&e);
	}
}

static void lines_wrap_between_words(void **state)
{
	static const struct {
		const char *name, *text, *want;
		int row, col;
	} rows[] = {
		{"nothing", "", ">\n", 0, 2},
		{"fits", "een twee", "> een twee\n", 0, 10},
		{"two rows", "een twee drie", "  een twee\n> drie\n", 1, 6},
		{"two lines", "een\ntwee", "  een\n> twee\n", 1, 6},
		{"an empty line", "een\n", "  een\n>\n", 1, 2},
		{"exactly a row", "abcdefghij", "> abcdefghij\n", 0, 12},
		{"a space over the edge", "abcdefghij ", "  abcdefghij\n>\n", 1, 2},
		{"the space before a word that does not fit", "een twee x abc", "  een twee x\n> abc\n", 1, 5},
		{"a long word", "abcdefghijklm", "  abcdefghij\n> klm\n", 1, 5},
		{"a long word after a short", "een abcdefghijklm", "  een\n  abcdefghij\n> klm\n", 2, 5},
		{"wide characters", "宽宽宽宽宽宽", "  宽宽宽宽宽\n> 宽\n", 1, 4},
		{"a wide character at the edge", "abcdefghi宽", "  abcdefghi\n> 宽\n", 1, 4},
		{"marks", "e\xCC\x81" "e\xCC\x81", "> e\xCC\x81" "e\xCC\x81\n", 0, 4},
		{"tabs", "a\tb", "> a   b\n", 0, 7},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct canvas *c = canvas_new(6, 13);
		struct editor e = {0};
		struct sbuf out = {0};
		editor_set(&e, rows[i].text);
		editor_resize(&e, 6, 10);
		editor_draw(&e, c, 0, 0);
		canvas_dump(c, &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		CHECK_INT(rows[i].name, c->cursor_row, rows[i].row);
		CHECK_INT(rows[i].name, c->cursor_col, rows[i].col);
		sbuf_fini(&out);
		editor_fini(&e);
		canvas_free(c);
	}
}

static void moving_over_rows(void **state)
{
	static const struct {
		const char *name, *text, *keys;
		size_t at;
	} rows[] = {
		{"up in a wrapped line", "een twee drie", "<Up>", 4},
		{"up to the first row, then to the begin", "een twee drie", "<Up><Up>", 0},
		{"the column is kept over a short line", "abcdef\na\nabcdef", "<Up><Up>", 6},
		{"and forgotten by another key", "abcdef\na\nabcdef", "<Up><Left><Up>", 0},
		{"down to the end", "een\ntwee", "<Up><Down><Down>", 8},
		{"not into half a wide character", "宽宽\nabc", "<Up>", 3},
		{"a page", "1\n2\n3\n4\n5\n6\n7\n8", "<PageUp>", 7},
		{"a page past the begin", "1\n2\n3", "<PageUp><PageUp>", 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct editor e = {0};
		editor_set(&e, rows[i].text);
		editor_resize(&e, 6, 10);
		type(&e, rows[i].keys);
		CHECK_INT(rows[i].name, e.at, rows[i].at);
		editor_fini(&e);
	}
}

static void nothing_strange_gets_in(void **state)
{
	struct editor e = {.max_bytes = 12};
	editor_insert(&e, "a\033[31m\r\nb\x07\xE2\x80\xAE\tc\xFF");
	CHECK_STRING("cleaned", editor_text(&e), "a[31m\nb\tc\xEF\xBF\xBD");
	assert_false(e.full);
	editor_insert(&e, "é");
	CHECK_STRING("no half letter", editor_text(&e), "a[31m\nb\tc\xEF\xBF\xBD");
	assert_true(e.full);
	editor_fini(&e);
}

static void a_name_begins_with_a_sign(void **state)
{
	static const struct {
		const char *name, *text;
		size_t word;
	} rows[] = {
		{"a member", "dag @an", 3},
		{"a category", "zie #op", 3},
		{"between brackets", "(@an", 3},
		{"only the sign", "@", 1},
		{"an address", "post aan an@kr", 0},
		{"a word", "anna", 0},
		{"after a space", "@an ", 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct editor e = {0};
		const char *word;
		editor_set(&e, rows[i].text);
		CHECK_INT(rows[i].name, editor_word(&e, &word), rows[i].word);
		editor_fini(&e);
	}
}

static void the_place_is_a_line_of_the_text(void **state)
{
	struct editor e = {0};
	int line, lines;
	editor_set(&e, "een twee drie vier\ntwee\ndrie");
	editor_resize(&e, 6, 10);
	type(&e, "<Up>");
	editor_place(&e, &line, &lines);
	CHECK_INT("line", line, 2);
	CHECK_INT("lines", lines, 3);
	editor_fini(&e);
}

static void another_width_keeps_the_place(void **state)
{
	struct editor e = {0};
	struct sbuf text = {0};
	for (int i = 0; i < 100; i++)
		sbuf_add(&text, "een regel met heel wat woorden\n");
	editor_set(&e, sbuf_str(&text));
	editor_resize(&e, 10, 40);
	for (int i = 0; i < 50; i++)
		type(&e, "<Up>");
	editor_resize(&e, 10, 40);
	size_t at = e.at;
	editor_resize(&e, 10, 12);
	CHECK_INT("insertion point", e.at, at);
	CHECK_INT("top of the window", e.top, 150);
	editor_resize(&e, 4, 40);
	CHECK_INT("top of a small window", e.top, 50);
	sbuf_fini(&text);
	editor_fini(&e);
}

static bool on_border(const struct editor *e)
{
	const char *s = editor_text(e);
	size_t i = 0;
	int cols;
	while (i < e->at)
		i += width_grapheme(s + i, e->text.n - i, &cols);
	return i == e->at;
}

/* A fresh editor wraps this text in the same way. */
static void check_wrapping(const struct editor *e, const struct canvas *c, int width)
{
	struct editor other = {0};
	struct canvas *fresh = canvas_new(c->rows, c->cols);
	editor_set(&other, editor_text(e));
	other.at = e->at;
	other.top = e->top;
	editor_resize(&other, e->rows, width);
	editor_draw(&other, fresh, 0, 0);
	assert_true(canvas_equal(c, fresh));
	canvas_free(fresh);
	editor_fini(&other);
}

static void random_key(struct editor *e)
{
	static const char *const keys[] = {"a", "b", " ", "é", "宽", "\xCC\x81", "👩", "🇳", "🇱", "Enter", "Enter",
		"Backspace",
		"Backspace", "Delete", "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown", "C-w",
		"C-u", "C-k", "C-b",
		"C-f", "C-o", "C-r", "<paste>een <Enter> twee<Tab>drie<end>", "<paste><Enter><Enter><Enter><end>"};
	const char *k = keys[rand() % (int)COUNT(keys)];
	struct key key;
	if (k[0] == '<')
		type(e, k);
	else if (key_parse(k, &key))
		editor_key(e, &key);
	else
		editor_key(e, &(struct key){.code = KEY_TEXT, .text = "\xCC\x81"});
}

static void any_keys_keep_the_rules_and_undo_gives_all_back(void **state)
{
	enum { Rounds = 200, Keys = 150 };
	static const char begin[] = "Het begin van een tekst.\n\nDe 宽 e\xCC\x81n 👩\xE2\x80\x8D👧 🇳🇱🇧🇪 erin.\n";
	srand(7);
	for (int round = 0; round < Rounds; round++) {
		struct editor e = {0};
		int width = 4 + round % 9, rows = 1 + round % 5;
		struct canvas *c = canvas_new(rows, width + 3);
		editor_set(&e, begin);
		for (int i = 0; i < Keys; i++) {
			random_key(&e);
			if (!on_border(&e) || !utf8_valid(editor_text(&e), e.text.n))
				fail_msg("round %d, key %d: not on a border: \"%s\" %zu", round, i, editor_text(&e), e.at);
			if (rand() % 3 > 0)
				continue;
			editor_resize(&e, rows, width);
			canvas_clear(c);
			editor_draw(&e, c, 0, 0);
			CHECK_STRING("mark", canvas_cell(c, c->cursor_row, 0)->text, ">");
			check_wrapping(&e, c, width);
		}
		while (editor_undo(&e))
			;
		CHECK_STRING("all undone", editor_text(&e), begin);
		while (editor_redo(&e))
			;
		assert_true(on_border(&e));
		canvas_free(c);
		editor_fini(&e);
	}
}

static void the_history_is_bounded(void **state)
{
	struct editor e = {0};
	int steps = 0;
	for (int i = 0; i < 3000; i++)
		type(&e, "a<Left>");
	while (editor_undo(&e))
		steps++;
	CHECK_INT("steps", steps, 1000);
	CHECK_INT("what is left", e.text.n, 2000);
	editor_fini(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing),
		cmocka_unit_test(lines_wrap_between_words),
		cmocka_unit_test(moving_over_rows),
		cmocka_unit_test(nothing_strange_gets_in),
		cmocka_unit_test(a_name_begins_with_a_sign),
		cmocka_unit_test(the_place_is_a_line_of_the_text),
		cmocka_unit_test(another_width_keeps_the_place),
		cmocka_unit_test(any_keys_keep_the_rules_and_undo_gives_all_back),
		cmocka_unit_test(the_history_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
