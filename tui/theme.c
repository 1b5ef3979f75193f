#include "theme.h"

#include <math.h>
#include <string.h>

#include "mem.h"
#include "panic.h"
#include "text.h"

enum slot { SLOT_TEXT, SLOT_ACCENT, SLOT_SOFT, SLOT_ERROR, SLOT_COUNT };

static const struct {
	enum slot slot;
	unsigned attributes;
} role_parts[ROLE_COUNT] = {
	[ROLE_TEXT] = {SLOT_TEXT, 0},
	[ROLE_TITLE] = {SLOT_ACCENT, THEME_BOLD},
	[ROLE_STATUS] = {SLOT_SOFT, 0},
	[ROLE_KEYS] = {SLOT_SOFT, 0},
	[ROLE_SELECTED] = {SLOT_TEXT, THEME_REVERSE},
	[ROLE_NEW] = {SLOT_ACCENT, THEME_BOLD},
	[ROLE_LINK] = {SLOT_ACCENT, THEME_UNDERLINE},
	[ROLE_CODE] = {SLOT_TEXT, 0},
	[ROLE_QUOTE] = {SLOT_SOFT, 0},
	[ROLE_HEADING] = {SLOT_TEXT, THEME_BOLD},
	[ROLE_STRONG] = {SLOT_TEXT, THEME_BOLD},
	[ROLE_EMPHASIS] = {SLOT_TEXT, THEME_ITALIC},
	[ROLE_STRIKE] = {SLOT_SOFT, 0},
	[ROLE_ERROR] = {SLOT_ERROR, THEME_BOLD},
	[ROLE_FIELD] = {SLOT_TEXT, THEME_UNDERLINE},
	[ROLE_MUTED] = {SLOT_SOFT, 0},
};

struct variant {
	int background;
	int foreground[SLOT_COUNT];
};

struct theme {
	const char *name, *title;
	double min_contrast;   /* 0: no colours */
	unsigned attributes;   /* those it uses */
	struct variant c8, c16, c256;
};

enum { ALL_ATTRIBUTES = THEME_BOLD | THEME_UNDERLINE | THEME_REVERSE | THEME_ITALIC };

/* Only pairs that are readable on the palettes below; see the contrast test. */
static const struct theme themes[] = {
	{
		.name = "terminal",
		.title = N_("The colours of your terminal"),
		.attributes = ALL_ATTRIBUTES,
	},
	{
		.name = "zwart-wit",
		.title = N_("Black and white"),
		.attributes = THEME_BOLD | THEME_REVERSE,
	},
	{
		.name = "rustig-donker",
		.title = N_("Calm, dark"),
		.min_contrast = 4.5,
		.attributes = ALL_ATTRIBUTES,
		.c8 = {0, {7, 6, 7, 7}},
		.c16 = {0, {7, 6, 7, 11}},
		.c256 = {235, {250, 109, 248, 174}},
	},
	{
		.name = "rustig-licht",
		.title = N_("Calm, light"),
		.min_contrast = 4.5,
		.attributes = ALL_ATTRIBUTES,
		.c8 = {7, {0, 4, 0, 0}},
		.c16 = {7, {0, 4, 0, 0}},
		.c256 = {254, {238, 24, 240, 124}},
	},
	{
		.name = "licht",
		.title = N_("Light"),
		.min_contrast = 4.5,
		.attributes = ALL_ATTRIBUTES,
		.c8 = {7, {0, 4, 0, 0}},
		.c16 = {15, {0, 4, 0, 1}},
		.c256 = {231, {235, 25, 239, 124}},
	},
	{
		.name = "donker",
		.title = N_("Dark"),
		.min_contrast = 4.5,
		.attributes = ALL_ATTRIBUTES,
		.c8 = {0, {7, 6, 7, 7}},
		.c16 = {0, {15, 14, 7, 11}},
		.c256 = {233, {253, 117, 250, 210}},
	},
	{
		.name = "hoog-contrast",
		.title = N_("High contrast"),
		.min_contrast = 7,
		.attributes = ALL_ATTRIBUTES,
		.c8 = {0, {7, 6, 7, 7}},
		.c16 = {0, {15, 14, 15, 11}},
		.c256 = {16, {231, 51, 231, 226}},
	},
};

size_t theme_count(void)
{
	return COUNT(themes);
}

const struct theme *theme_at(size_t i)
{
	ensure(i < COUNT(themes));
	return &themes[i];
}

const struct theme *theme_find(const char *name)
{
	if (strcmp(name, "rustig") == 0)
		name = "rustig-donker";
	for (size_t i = 0; i < COUNT(themes); i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}

const struct theme *theme_default(void)
{
	return &themes[0];
}

const char *theme_name(const struct theme *t)
{
	return t->name;
}

const char *theme_title(const struct theme *t)
{
	return _(t->title);
}

bool theme_has_colours(const struct theme *t)
{
	return t->min_contrast > 0;
}

double theme_min_contrast(const struct theme *t)
{
	return t->min_contrast;
}

struct look theme_look(const struct theme *t, enum role role, int colours)
{
	ensure(role < ROLE_COUNT);
	struct look look = {
		.fg = THEME_DEFAULT,
		.bg = THEME_DEFAULT,
		.attributes = role_parts[role].attributes & t->attributes,
	};
	if (!theme_has_colours(t) || colours < 8)
		return look;
	const struct variant *v = colours >= 256 ? &t->c256 : colours >= 16 ? &t->c16 : &t->c8;
	look.fg = v->foreground[role_parts[role].slot];
	look.bg = v->background;
	return look;
}

static const struct {
	const char *name;
	uint32_t rgb[16];
} palettes[] = {
	{"VGA", {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF}},
	{"xterm", {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
		0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF}},
	{"PuTTY", {0x000000, 0xBB0000, 0x00BB00, 0xBBBB00, 0x0000BB, 0xBB00BB, 0x00BBBB, 0xBBBBBB,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF}},
	{"macOS Terminal", {0x000000, 0x990000, 0x00A600, 0x999900, 0x0000B2, 0xB200B2, 0x00A6B2, 0xBFBFBF,
		0x666666, 0xE50000, 0x00D900, 0xE5E500, 0x0000FF, 0xE500E5, 0x00E5E5, 0xE5E5E5}},
};

const char *theme_palette_name(size_t palette)
{
	return palette < COUNT(palettes) ? palettes[palette].name : NULL;
}

/* xterm's 256 colours: a cube of 6 x 6 x 6, then 24 greys. */
uint32_t theme_rgb(size_t palette, int colour)
{
	static const uint32_t level[] = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
	ensure(palette < COUNT(palettes) && colour >= 0 && colour < 256);
	if (colour < 16)
		return palettes[palette].rgb[colour];
	if (colour >= 232)
		return (uint32_t)(8 + 10 * (colour - 232)) * 0x010101;
	int i = colour - 16;
	return level[i / 36] << 16 | level[i / 6 % 6] << 8 | level[i % 6];
}

static double luminance(uint32_t rgb)
{
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double v = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
		sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double theme_contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
