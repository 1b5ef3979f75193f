#include "check.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "canvas.h"
#include "charset.h"
#include "emoji.h"
#include "mem.h"
#include "width.h"

/* Text, and how a terminal with plain letters shows it. */
static const struct {
	const char *name, *text, *ascii;
} spelled[] = {
	{"marks", "Zoë één façade", "Zoe een facade"},
	{"a mark of its own", "Zoe\xCC\x88", "Zoe"},
	{"quotes, dashes and dots", "“één” – ‘ja’…", "\"een\" - 'ja'..."},
	{"money and measures", "€ 5, 20 °C, ½ uur, 3 × 4", "EUR 5, 20 degC, 1/2 uur, 3 x 4"},
	{"emoji", "goed 🙂 👍🏽", "goed :slight_smile: :+1:"},
	{"a heart with and without its selector", "❤️ ❤", ":heart: :heart:"},
	{"a flag", "🇳🇱", ":flag_netherlands:"},
	{"Greek and Cyrillic", "Ελένη Олена Щука", "Eleni Olena Shchuka"},
	{"signs without a spelling", "王芳?", "[?][?]?"},
	{"plain text", "gewoon > 5", "gewoon > 5"},
};

static void SR3_plain_letters_on_every_terminal(void **state)
{
	charset_use(true, emoji_word);
	for (size_t i = 0; i < COUNT(spelled); i++) {
		struct sbuf out = {0};
		charset_encode(&out, spelled[i].text, strlen(spelled[i].text));
		CHECK_STRING(spelled[i].name, sbuf_str(&out), spelled[i].ascii);
		CHECK_INT(spelled[i].name, width_cols(spelled[i].text), strlen(spelled[i].ascii));
		sbuf_fini(&out);
	}
}

static void SR3_what_is_drawn_is_plain_and_in_its_place(void **state)
{
	struct canvas *c = canvas_new(2, 20);
	struct sbuf row = {0};
	charset_use(true, emoji_word);
	CHECK_INT("columns", canvas_add(c, 0, 0, -1, ROLE_TEXT, "“€ 5” Zoë"), 11);
	canvas_add(c, 0, 11, -1, ROLE_TEXT, "|");
	canvas_row_text(c, 0, &row);
	CHECK_STRING("row", sbuf_str(&row), "\"EUR 5\" Zoe|");
	CHECK_INT("no half word at the edge", canvas_add(c, 1, 17, -1, ROLE_TEXT, "€€"), 3);
	sbuf_fini(&row);
	canvas_free(c);
}

static void a_cut_text_ends_in_three_dots(void **state)
{
	struct sbuf out = {0};
	charset_use(true, NULL);
	width_add(&out, "een lange regel", 10, 0);
	CHECK_INT("columns", width_cols(sbuf_str(&out)), 10);
	CHECK_STRING("dots", sbuf_str(&out), "een lan…");
	sbuf_fini(&out);
}

static void everything_stays_where_the_terminal_has_it(void **state)
{
	struct sbuf out = {0};
	charset_use(false, emoji_word);
	for (size_t i = 0; i < COUNT(spelled); i++) {
		sbuf_reset(&out);
		charset_encode(&out, spelled[i].text, strlen(spelled[i].text));
		CHECK_STRING(spelled[i].name, sbuf_str(&out), spelled[i].text);
	}
	CHECK_INT("bytes are UTF-8", charset_typed(0xE9), 0);
	sbuf_fini(&out);
}

static int in_utf8(void **state)
{
	return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

static void the_plain_locale_has_plain_letters(void **state)
{
	struct sbuf out = {0};
	assert_non_null(setlocale(LC_ALL, "C"));
	charset_use(false, emoji_word);
	charset_encode(&out, "é €", strlen("é €"));
	CHECK_STRING("shown", sbuf_str(&out), "e EUR");
	CHECK_INT("typed bytes are UTF-8", charset_typed(0xC3), 0);
	sbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(SR3_plain_letters_on_every_terminal, in_utf8),
		cmocka_unit_test_setup(SR3_what_is_drawn_is_plain_and_in_its_place, in_utf8),
		cmocka_unit_test_setup(a_cut_text_ends_in_three_dots, in_utf8),
		cmocka_unit_test_setup(everything_stays_where_the_terminal_has_it, in_utf8),
		cmocka_unit_test(the_plain_locale_has_plain_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
