#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "style.h"

/* How roles look. A colour is a number of the terminal's palette (0-255), 0xRRGGBB on a terminal with direct
 * colour, or THEME_DEFAULT. */
enum { THEME_DEFAULT = -1 };

enum theme_attribute {
	THEME_BOLD = 1,
	THEME_UNDERLINE = 2,
	THEME_REVERSE = 4,
	THEME_ITALIC = 8,
};

struct look {
	int fg, bg;
	unsigned attributes; /* enum theme_attribute */
};

struct theme;

/* "terminal", "zwart-wit", "rustig-donker", "rustig-licht", "licht", "donker", "hoog-contrast". */
size_t theme_count(void);
const struct theme *theme_at(size_t i);
/* By name; "rustig" is rustig-donker. NULL when there is none. */
const struct theme *theme_find(const char *name);
/* The first: the terminal's own colours, attributes only. */
const struct theme *theme_default(void);
const char *theme_name(const struct theme *t);
/* For a person, translated: "Calm, dark". */
const char *theme_title(const struct theme *t);
/* False: no colour code may reach the terminal. */
bool theme_has_colours(const struct theme *t);
/* The lowest contrast that the theme promises for every role (4.5, or 7 for high contrast); 0 without
 * colours. */
double theme_min_contrast(const struct theme *t);
/* The look of a role on a terminal with `colours` colours (8, 16, 256, 16 million; below 8 there are none). */
struct look theme_look(const struct theme *t, enum role role, int colours);

/* A theme of the member's own; colours as 0xRRGGBB. Names and title are copied. NULL when there are too many,
 * or the name is taken. Not while another thread looks. */
struct theme_colours {
	uint32_t background, text, accent, soft, error;
};
const struct theme *theme_add(const char *name, const char *title, const struct theme_colours *c);
/* Of the least readable pair, with direct colour or with the nearest ones of 256. */
double theme_lowest_contrast(const struct theme_colours *c);
