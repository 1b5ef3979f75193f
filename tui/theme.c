#include "theme.h"

#include <stdio.h>
#include <string.h>

#include "mem.h"
#include "palette.h"
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

struct own_theme;
struct theme {
	const char *name, *title;
	double min_contrast;   /* 0: no colours */
	unsigned attributes;   /* those it uses */
	struct variant c8, c16, c256;
	const struct own_theme *own; /* NULL: one of kring's */
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

/* Those of the member. */
enum { MaxOwn = 16, NameBytes = 64 };
static struct own_theme {
	struct theme theme;
	char name[NameBytes], title[NameBytes];
	uint32_t rgb[SLOT_COUNT], background_rgb;
} own[MaxOwn];
static size_t own_count;

size_t theme_count(void)
{
	return COUNT(themes) + own_count;
}

const struct theme *theme_at(size_t i)
{
	ensure(i < theme_count());
	return i < COUNT(themes) ? &themes[i] : &own[i - COUNT(themes)].theme;
}

const struct theme *theme_find(const char *name)
{
	if (strcmp(name, "rustig") == 0)
		name = "rustig-donker";
	for (size_t i = 0; i < theme_count(); i++)
		if (strcmp(theme_at(i)->name, name) == 0)
			return theme_at(i);
	return NULL;
}

/* A terminal with few colours gets those of the calm theme that is as dark. */
static const struct theme *model_for(uint32_t background)
{
	bool dark = palette_contrast(background, 0xFFFFFF) > palette_contrast(background, 0);
	return theme_find(dark ? "rustig-donker" : "rustig-licht");
}

const struct theme *theme_add(const char *name, const char *title, const struct theme_colours *c)
{
	if (own_count == MaxOwn || theme_find(name) != NULL)
		return NULL;
	struct own_theme *o = &own[own_count];
	const uint32_t rgb[SLOT_COUNT] = {c->text, c->accent, c->soft, c->error};
	snprintf(o->name, sizeof o->name, "%s", name);
	snprintf(o->title, sizeof o->title, "%s", title);
	o->theme = *model_for(c->background);
	o->theme.name = o->name;
	o->theme.title = o->title;
	o->theme.own = o;
	o->background_rgb = c->background;
	o->theme.c256.background = palette_nearest(c->background);
	for (int i = 0; i < SLOT_COUNT; i++) {
		o->rgb[i] = rgb[i];
		o->theme.c256.foreground[i] = palette_nearest(rgb[i]);
	}
	own_count++;
	return &o->theme;
}

double theme_lowest_contrast(const struct theme_colours *c)
{
	const uint32_t rgb[SLOT_COUNT] = {c->text, c->accent, c->soft, c->error};
	uint32_t near = palette_rgb(0, palette_nearest(c->background));
	double lowest = 21;
	for (int i = 0; i < SLOT_COUNT; i++) {
		double direct = palette_contrast(rgb[i], c->background);
		double of_256 = palette_contrast(palette_rgb(0, palette_nearest(rgb[i])), near);
		lowest = direct < lowest ? direct : lowest;
		lowest = of_256 < lowest ? of_256 : lowest;
	}
	return lowest;
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
	return t->own != NULL ? t->title : _(t->title);
}

bool theme_has_colours(const struct theme *t)
{
	return t->min_contrast > 0;
}

double theme_min_contrast(const struct theme *t)
{
	return t->min_contrast;
}

/* A terminal whose colour numbers are 0xRRGGBB; those below 8 mean its palette (terminfo, xterm-direct). */
enum { DIRECT_COLOURS = 1 << 24 };

static int direct_number(uint32_t rgb)
{
	return rgb < 8 ? rgb == 0 ? 0 : 8 : (int)rgb;
}

static struct look direct_look(const struct theme *t, enum role role, unsigned attributes)
{
	enum slot slot = role_parts[role].slot;
	bool own_rgb = t->own != NULL;
	return (struct look){.attributes = attributes,
		.fg = direct_number(own_rgb ? t->own->rgb[slot] : palette_rgb(0, t->c256.foreground[slot])),
		.bg = direct_number(own_rgb ? t->own->background_rgb : palette_rgb(0, t->c256.background))};
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
	if (colours >= DIRECT_COLOURS)
		return direct_look(t, role, look.attributes);
	const struct variant *v = colours >= 256 ? &t->c256 : colours >= 16 ? &t->c16 : &t->c8;
	look.fg = v->foreground[role_parts[role].slot];
	look.bg = v->background;
	return look;
}
