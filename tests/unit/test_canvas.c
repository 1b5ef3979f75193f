#include "check.h"

#include "canvas.h"
#include "mem.h"
#include "styled.h"

static void check_row(const char *name, const struct canvas *c, int row, const char *want)
{
	struct sbuf out = {0};
	canvas_row_text(c, row, &out);
	CHECK_STRING(name, sbuf_str(&out), want);
	sbuf_fini(&out);
}

static void text_is_clipped_and_never_cut_in_half(void **state)
{
	static const struct {
		const char *name, *text;
		int col, max_cols, used;
		const char *want;
	} rows[] = {
		{"fits", "Noor", 0, -1, 4, "Noor"},
		{"right edge", "Noor van Dam", 4, -1, 6, "    Noor v"},
		{"limit", "Noor", 0, 2, 2, "No"},
		{"accents", "Zoë", 0, -1, 3, "Zoë"},
		{"combining mark stays with its letter", "e\xCC\x81x", 0, -1, 2, "e\xCC\x81x"},
		{"wide", "宽字", 0, -1, 4, "宽字"},
		{"half a wide one does not fit", "宽字", 0, 3, 2, "宽"},
		{"wide at the edge", "宽", 9, -1, 0, ""},
		{"emoji family is one cell", "👩‍👧x", 0, -1, 3, "👩‍👧x"},
		{"control characters", "a\tb\033", 0, -1, 4, "a b"},
		{"before the left edge", "abc", -2, -1, 3, "c"},
		{"outside", "abc", 10, -1, 0, ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct canvas *c = canvas_new(2, 10);
		CHECK_INT(rows[i].name, canvas_add(c, 0, rows[i].col, rows[i].max_cols, ROLE_TEXT, rows[i].text),
			rows[i].used);
		check_row(rows[i].name, c, 0, rows[i].want);
		canvas_free(c);
	}
}

static void half_of_a_wide_character_goes_when_overwritten(void **state)
{
	struct canvas *c = canvas_new(1, 6);
	canvas_add(c, 0, 0, -1, ROLE_TEXT, "宽字");
	canvas_add(c, 0, 1, -1, ROLE_TEXT, "xy");
	check_row("both halves", c, 0, " xy");
	CHECK_INT("width of the freed cell", canvas_cell(c, 0, 3)->width, 1);
	canvas_free(c);
}

static void the_dump_ends_at_the_last_row_with_text(void **state)
{
	struct canvas *c = canvas_new(5, 8);
	struct sbuf out = {0};
	canvas_add(c, 0, 0, -1, ROLE_TITLE, "Leden");
	canvas_addf(c, 2, 2, -1, ROLE_TEXT, "%d van %d", 1, 2);
	canvas_dump(c, &out);
	CHECK_STRING("dump", sbuf_str(&out), "Leden\n\n  1 van\n");
	sbuf_fini(&out);
	canvas_free(c);
}

static void the_cursor_stays_inside(void **state)
{
	struct canvas *c = canvas_new(3, 4);
	canvas_cursor(c, 9, -2);
	CHECK_INT("row", c->cursor_row, 2);
	CHECK_INT("col", c->cursor_col, 0);
	canvas_free(c);
}

static void a_styled_text_keeps_words_whole_and_prefixes_right(void **state)
{
	struct arena a = {0};
	struct styled s = {0};
	struct styled_builder b = {0};
	struct sbuf out = {0};
	styled_begin(&b, &s, &a, 16);
	styled_add(&b, ROLE_TEXT, "Een korte regel, dan ");
	styled_add(&b, ROLE_STRONG, "vet");
	styled_add(&b, ROLE_TEXT, "gedrukt.");
	styled_blank(&b);
	styled_push(&b, ROLE_QUOTE, "> ", "> ");
	styled_push(&b, ROLE_QUOTE, "- ", "  ");
	styled_add(&b, ROLE_QUOTE, "onderdeel dat doorloopt");
	styled_pop(&b);
	styled_blank(&b);
	styled_add(&b, ROLE_QUOTE, "einde");
	styled_pop(&b);
	styled_blank(&b);
	styled_label(&b, "Regio", "Utrecht en omstreken");
	styled_label(&b, "Leeg", "");
	styled_line(&b, ROLE_LINK, "https://example.org/lang");
	styled_end(&b);
	styled_plain(&s, &out);
	CHECK_STRING("text", sbuf_str(&out),
		"Een korte regel,\ndan vetgedrukt.\n\n> - onderdeel\n>   dat\n>   doorloopt\n>\n> einde\n\n"
		"Regio: Utrecht\n  en omstreken\nhttps://example.\norg/lang\n");
	CHECK_INT("roles on line 2", s.line[1].span_count, 3);
	CHECK_INT("role of the second span", s.line[1].span[1].role, ROLE_STRONG);
	sbuf_fini(&out);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_and_never_cut_in_half),
		cmocka_unit_test(half_of_a_wide_character_goes_when_overwritten),
		cmocka_unit_test(the_dump_ends_at_the_last_row_with_text),
		cmocka_unit_test(the_cursor_stays_inside),
		cmocka_unit_test(a_styled_text_keeps_words_whole_and_prefixes_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
