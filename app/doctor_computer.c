#include "doctor.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "charset.h"
#include "mem.h"
#include "str.h"
#include "sync_store.h"
#include "term.h"
#include "text.h"
#include "theme.h"
#include "when.h"
#include "width.h"

static const int64_t EarliestMs = 1700000000000LL, MostBehindMs = 5LL * 60 * 1000;

static void check_terminal(struct findings *f)
{
	const char *name = getenv("TERM");
	struct winsize size = {0};
	int colours = 0;
	if (!isatty(STDOUT_FILENO) && !isatty(STDIN_FILENO)) {
		finding_add(f, FINDING_NOTE, "terminal", _("Terminal"), NULL, "%s",
			_("kring is not in a terminal now. It works in text mode."));
		return;
	}
	if (str_empty(name) || !term_known(name, &colours)) {
		finding_add(f, FINDING_NOTE, "terminal", _("Terminal"),
			_("Set TERM to the name of your terminal, such as xterm-256color."),
			"%s", _("This terminal is not known here. kring works in text mode."));
		return;
	}
	ioctl(isatty(STDOUT_FILENO) ? STDOUT_FILENO : STDIN_FILENO, TIOCGWINSZ, &size);
	if (size.ws_col == 0 || size.ws_row == 0) {
		finding_add(f, FINDING_GOOD, "terminal", _("Terminal"), NULL, _("%s, %d colours."), name, colours);
		return;
	}
	bool small = size.ws_col < 40 || size.ws_row < 10;
	finding_add(f, small ? FINDING_NOTE : FINDING_GOOD, "terminal", _("Terminal"),
		small ? _("Make the window larger: 40 by 10 characters at least.") : NULL,
		_("%s, %d by %d characters, %d colours."), name, size.ws_col, size.ws_row, colours);
}

/* The locale that was asked for and that this computer does not have; NULL: it has it. */
static const char *missing_locale(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	locale_t found = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	if (found != (locale_t)0) {
		freelocale(found);
		return NULL;
	}
	for (size_t i = 0; i < COUNT(variables); i++)
		if (!str_empty(getenv(variables[i])))
			return getenv(variables[i]);
	return NULL;
}

static void check_locale(struct findings *f)
{
	const char *codeset = nl_langinfo(CODESET), *missing = missing_locale();
	if (missing != NULL)
		finding_add(f, FINDING_NOTE, "locale_missing", _("Language of the computer"),
			_("Add it, on Debian with: dpkg-reconfigure locales. Or choose LANG=C.UTF-8."),
			_("This computer does not have the locale %s. kring works without it."), missing);
	bool utf8 = str_equal(codeset, "UTF-8");
	finding_add(f, utf8 ? FINDING_GOOD : FINDING_NOTE, "locale", _("Characters"),
		utf8 ? NULL : _("Choose a UTF-8 locale, such as LANG=C.UTF-8."),
		utf8 ? _("The terminal shows all characters (%s).")
		: _("The terminal shows only plain letters (%s). kring spells the others."), codeset);
}

/* Where the C library and kring count other columns, a line can be drawn crooked. */
static void check_widths(struct findings *f)
{
	static const struct {
		const char *text;
		wchar_t character;
	} samples[] = {{"é", 0xE9}, {"€", 0x20AC}, {"漢", 0x6F22}, {"한", 0xD55C}, {"ﬁ", 0xFB01}, {"→", 0x2192}};
	int differ = 0;
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		differ += wcwidth(samples[i].character) != width_cols(samples[i].text);
	if (!charset_spells())
		finding_add(f, differ == 0 ? FINDING_GOOD : FINDING_NOTE, "widths", _("Widths"), NULL,
			differ == 0 ? _("kring and your system count characters in the same way.")
				: _("kring and your system count %d of 6 characters in another way."), differ);
}

static void check_colours(struct findings *f, const struct config *c)
{
	const struct theme *theme = theme_find(c->theme);
	if (theme == NULL)
		finding_add(f, FINDING_TROUBLE, "colours", _("Colours"), _("Choose a theme in the settings."),
			_("There is no theme \"%s\". kring uses no colours."), c->theme);
	else
		finding_add(f, FINDING_GOOD, "colours", _("Colours"), NULL, "%s%s", theme_title(theme),
			str_empty(getenv("NO_COLOR")) ? "" : _(" (off, by NO_COLOR)"));
}

/* kring fetched something at a time that has not come yet. */
static bool is_behind(const struct program *p)
{
	struct arena mem = {0};
	int64_t last = p->store == NULL ? 0 : sync_store_status(p->store, &mem).last_success_ms;
	arena_fini(&mem);
	return last > p->ctx.now_ms + MostBehindMs;
}

static void check_clock(struct findings *f, const struct program *p)
{
	struct sbuf now = {0};
	bool odd = p->ctx.now_ms < EarliestMs, behind = !odd && is_behind(p);
	when_moment(&now, p->ctx.now_ms, p->ctx.zone);
	finding_add(f, odd || behind ? FINDING_TROUBLE : FINDING_GOOD, "clock", _("Clock"),
		odd || behind ? _("Set the clock of this computer.") : NULL,
		odd ? _("It is wrong: %s.") : behind ? _("It is earlier than when kring last fetched: %s.") : "%s.",
		sbuf_str(&now));
	sbuf_fini(&now);
}

static void check_zone(struct findings *f, const struct zone *zone)
{
	const char *asked = str_or_empty(getenv("TZ")), *name = zone_name(zone);
	if (asked[0] != '\0' && zone == zone_utc() && zone_get(asked + (asked[0] == ':')) == NULL)
		finding_add(f, FINDING_NOTE, "zone", _("Time zone"), _("Set TZ to a name such as Europe/Amsterdam."),
			_("This computer does not know %s. kring uses UTC."), asked);
	else
		finding_add(f, FINDING_GOOD, "zone", _("Time zone"), NULL, "%s", name[0] != '\0' ? name
			: asked[0] != '\0' ? asked : _("The one of this computer."));
}

static void check_config(struct findings *f, const struct program *p)
{
	int count = 0;
	for (const struct config_problem *i = p->problems; i != NULL; i = i->next)
		count++;
	finding_add(f, count == 0 ? FINDING_GOOD : FINDING_TROUBLE, "config", _("Settings"),
		count == 0 ? NULL : _("Look at them with: kring config check"),
		count == 0 ? _("All settings can be used.") : ngettext("%d setting cannot be used.",
			"%d settings cannot be used.", (unsigned long)count), count);
}

void doctor_computer(struct findings *f, const struct program *p)
{
	check_terminal(f);
	check_locale(f);
	check_widths(f);
	check_colours(f, &p->config);
	check_clock(f, p);
	check_zone(f, p->ctx.zone);
	check_config(f, p);
}
