#include "script.h"

#include "field.h"
#include "mem.h"

static void type(struct field *f, const char *script)
{
	struct key k;
	while ((script = script_key(script, &k)) != NULL)
		field_key(f, &k);
}

static void typing(void **state)
{
	static const struct {
		const char *name, *script, *want;
		size_t at;
	} rows[] = {
		{"letters", "Zoë", "Zoë", 4},
		{"in the middle", "ac<Left>b", "abc", 2},
		{"backspace takes a whole letter", "Zoë<Backspace>", "Zo", 2},
		{"delete", "abc<Home><Delete>", "bc", 0},
		{"delete at the end", "abc<Delete>", "abc", 3},
		{"home, end", "b<Home>a<End>c", "abc", 3},
		{"word back", "een twee<C-w>", "een ", 4},
		{"to the start", "een twee<C-u>", "", 0},
		{"to the end", "een twee<Home><Right><C-k>", "e", 1},
		{"a paste with line ends", "<paste>a<Enter>b<Tab>c<end>", "a b c", 5},
		{"no more than fits", "abcdefghijklmnopqrst", "abcdefghijkl", 12},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct field f = {.max_bytes = 12};
		type(&f, rows[i].script);
		CHECK_STRING(rows[i].name, field_text(&f), rows[i].want);
		CHECK_INT(rows[i].name, f.at, rows[i].at);
		field_fini(&f);
	}
}

static void screens_keep_their_keys(void **state)
{
	static const enum key_code codes[] = {KEY_ENTER, KEY_ESC, KEY_TAB, KEY_UP, KEY_DOWN, KEY_F1};
	struct field f = {0};
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct key k = {.code = codes[i]};
		assert_false(field_key(&f, &k));
	}
	field_fini(&f);
}

static void drawing_keeps_the_cursor_in_view(void **state)
{
	static const struct {
		const char *name, *text, *keys, *want;
		int col;
		bool secret;
	} rows[] = {
		{"short", "abc", "", "abc", 3, false},
		{"long text shows its end", "abcdefghij", "", "defghij", 7, false},
		{"from the start", "abcdefghij", "<Home>", "abcdefgh", 0, false},
		{"wide characters", "宽宽宽宽", "", "宽宽宽", 6, false},
		{"a password shows stars", "ge!mé", "", "*****", 5, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct canvas *c = canvas_new(1, 8);
		struct field f = {.secret = rows[i].secret};
		struct sbuf out = {0};
		field_set(&f, rows[i].text);
		type(&f, rows[i].keys);
		field_draw(&f, c, 0, 0, 8, true);
		canvas_row_text(c, 0, &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		CHECK_INT(rows[i].name, c->cursor_col, rows[i].col);
		sbuf_fini(&out);
		field_fini(&f);
		canvas_free(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing),
		cmocka_unit_test(screens_keep_their_keys),
		cmocka_unit_test(drawing_keeps_the_cursor_in_view),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
