#include "doctor.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "str.h"
#include "term.h"
#include "text.h"
#include "theme.h"
#include "width.h"

static void check_terminal(struct findings *f)
{
	const char *name = getenv("TERM");
	struct winsize size = {0};
	int colours = 0;
	if (!isatty(STDOUT_FILENO) && !isatty(STDIN_FILENO)) {
		finding_add(f, FINDING_NOTE, "terminal", _("Terminal"), NULL, "%s", _("kring is not in a terminal now. It works in text mode."));
		return;
	}
	if (str_empty(name) || !term_known(name, &colours)) {
		finding_add(f, FINDING_NOTE, "terminal", _("Terminal"), _("Set TERM to the name of your terminal, such as xterm-256color."),
			"%s", _("This terminal is not known here. kring works in text mode."));
		return;
	}
	ioctl(isatty(STDOUT_FILENO) ? STDOUT_FILENO : STDIN_FILENO, TIOCGWINSZ, &size);
	bool small = size.ws_col > 0 && (size.ws_col < 40 || size.ws_row < 10);
	finding_add(f, small ? FINDING_NOTE : FINDING_GOOD, "terminal", _("Terminal"),
		small ? _("Make the window larger: 40 by 10 characters at least.") : NULL,
		_("%s, %d by %d characters, %d colours."), name, size.ws_col, size.ws_row, colours);
}

static void check_locale(struct findings *f)
{
	const char *codeset = nl_langinfo(CODESET);
	bool utf8 = str_equal(codeset, "UTF-8");
	finding_add(f, utf8 ? FINDING_GOOD : FINDING_NOTE, "locale", _("Characters"),
		utf8 ? NULL : _("Choose a UTF-8 locale, such as LANG=C.UTF-8."),
		utf8 ? _("The terminal shows all characters (%s).") : _("The terminal shows only plain letters (%s). kring spells the others."),
		codeset);
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
	if (str_equal(nl_langinfo(CODESET), "UTF-8"))
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

static void check_clock(struct findings *f, const struct context *ctx)
{
	const char *zone = zone_name(ctx->zone);
	bool odd = ctx->now_ms < 1700000000000LL;
	finding_add(f, odd ? FINDING_TROUBLE : FINDING_GOOD, "clock", _("Clock"),
		odd ? _("Set the clock of this computer.") : NULL,
		odd ? _("The clock of this computer is wrong.") : _("Your time zone is %s."), zone[0] == '\0' ? "UTC" : zone);
}

static void check_config(struct findings *f, const struct program *p)
{
	int count = 0;
	for (const struct config_problem *i = p->problems; i != NULL; i = i->next)
		count++;
	finding_add(f, count == 0 ? FINDING_GOOD : FINDING_TROUBLE, "config", _("Settings"),
		count == 0 ? NULL : _("Look at them with: kring config check"),
		count == 0 ? _("All settings can be used.") : ngettext("%d setting cannot be used.", "%d settings cannot be used.",
			(unsigned long)count), count);
}

void doctor_computer(struct findings *f, const struct program *p)
{
	check_terminal(f);
	check_locale(f);
	check_widths(f);
	check_colours(f, &p->config);
	check_clock(f, &p->ctx);
	check_config(f, p);
}
