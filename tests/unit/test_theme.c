#include "check.h"

#include "mem.h"
#include "palette.h"
#include "theme.h"

enum { Direct = 1 << 24 };

static uint32_t rgb_of(size_t palette, int colours, int colour)
{
	return colours == Direct ? (uint32_t)colour : palette_rgb(palette, colour);
}

static void check_look(const struct theme *t, enum role role, int colours)
{
	struct look look = theme_look(t, role, colours);
	for (size_t p = 0; palette_name(p) != NULL; p++) {
		double contrast = palette_contrast(rgb_of(p, colours, look.fg), rgb_of(p, colours, look.bg));
		if (contrast < theme_min_contrast(t))
			fail_msg("%s, role %d, %d colours, %s: %d on %d is %.2f", theme_name(t), role, colours,
				palette_name(p), look.fg, look.bg, contrast);
	}
}

static void R28_every_pair_is_readable_on_every_palette(void **state)
{
	static const int depths[] = {8, 16, 88, 256, Direct};
	for (size_t i = 0; i < theme_count(); i++)
		for (size_t d = 0; d < COUNT(depths) && theme_has_colours(theme_at(i)); d++)
			for (int role = 0; role < ROLE_COUNT; role++)
				check_look(theme_at(i), (enum role)role, depths[d]);
}

static void the_seven_themes_have_their_names(void **state)
{
	static const char *const names[] = {"terminal", "zwart-wit", "rustig-donker", "rustig-licht", "licht", "donker",
		"hoog-contrast"};
	CHECK_INT("themes", theme_count(), COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_non_null(theme_find(names[i]));
		assert_true(theme_title(theme_find(names[i]))[0] != '\0');
	}
	CHECK_INT("high contrast", (int)theme_min_contrast(theme_find("hoog-contrast")), 7);
}

/* With 256 colours the nearest ones are shown: they count too. */
static void what_is_readable_only_with_direct_colour_is_not_readable(void **state)
{
	static const struct theme_colours good = {0x222222, 0xBCBCBC, 0x87AFAF, 0xA8A8A8, 0xD78787};
	struct theme_colours edge = good;
	assert_true(theme_lowest_contrast(&good) >= 4.5);
	edge.soft = 0x8A8A8A; /* 4.61, and less on the nearest background, 235 */
	assert_true(palette_contrast(edge.soft, edge.background) >= 4.5);
	assert_true(theme_lowest_contrast(&edge) < 4.5);
}

static void calm_themes_stay_soft(void **state)
{
	static const char *const calm[] = {"rustig-donker", "rustig-licht"};
	for (int i = 0; i < 2; i++) {
		struct look look = theme_look(theme_find(calm[i]), ROLE_TEXT, 256);
		double contrast = palette_contrast(palette_rgb(0, look.fg), palette_rgb(0, look.bg));
		if (contrast > 8.05)
			fail_msg("%s: %.2f is not soft", calm[i], contrast);
	}
}

static void colourless_themes_name_no_colour(void **state)
{
	static const char *const plain[] = {"terminal", "zwart-wit"};
	for (int i = 0; i < 2; i++) {
		const struct theme *t = theme_find(plain[i]);
		assert_false(theme_has_colours(t));
		for (int role = 0; role < ROLE_COUNT; role++) {
			CHECK_INT(plain[i], theme_look(t, (enum role)role, 256).fg, THEME_DEFAULT);
			CHECK_INT(plain[i], theme_look(t, (enum role)role, 256).bg, THEME_DEFAULT);
		}
	}
}

static void contrast_is_that_of_wcag(void **state)
{
	CHECK_INT("black on white", (int)(palette_contrast(0, 0xFFFFFF) * 100 + 0.5), 2100);
	CHECK_INT("the other way", (int)(palette_contrast(0xFFFFFF, 0) * 100 + 0.5), 2100);
	CHECK_INT("250 on 235", (int)(palette_contrast(palette_rgb(0, 250), palette_rgb(0, 235)) * 10 + 0.5), 80);
	CHECK_INT("109 on 235", (int)(palette_contrast(palette_rgb(0, 109), palette_rgb(0, 235)) * 10 + 0.5), 63);
}

static void themes_are_found_by_name(void **state)
{
	CHECK_STRING("default", theme_name(theme_default()), "terminal");
	CHECK_STRING("short name", theme_name(theme_find("rustig")), "rustig-donker");
	assert_null(theme_find("paars"));
	CHECK_INT("the selection shows without colours", theme_look(theme_default(), ROLE_SELECTED, 0).attributes,
		THEME_REVERSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R28_every_pair_is_readable_on_every_palette),
		cmocka_unit_test(the_seven_themes_have_their_names),
		cmocka_unit_test(what_is_readable_only_with_direct_colour_is_not_readable),
		cmocka_unit_test(calm_themes_stay_soft),
		cmocka_unit_test(colourless_themes_name_no_colour),
		cmocka_unit_test(contrast_is_that_of_wcag),
		cmocka_unit_test(themes_are_found_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
