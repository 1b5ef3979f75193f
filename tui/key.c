#include "key.h"

#include <string.h>
#include <strings.h>

#include "mem.h"
#include "str.h"
#include "text.h"
#include "width.h"

/* The names in the configuration and the names for people. */
static const struct {
	enum key_code code;
	const char *name, *says;
} named[] = {
	{KEY_UP, "Up", N_("arrow up")},
	{KEY_DOWN, "Down", N_("arrow down")},
	{KEY_LEFT, "Left", N_("arrow left")},
	{KEY_RIGHT, "Right", N_("arrow right")},
	{KEY_WORD_LEFT, "C-Left", N_("Ctrl and arrow left")},
	{KEY_WORD_RIGHT, "C-Right", N_("Ctrl and arrow right")},
	{KEY_PAGE_UP, "PageUp", N_("Page Up")},
	{KEY_PAGE_DOWN, "PageDown", N_("Page Down")},
	{KEY_HOME, "Home", N_("Home")},
	{KEY_END, "End", N_("End")},
	{KEY_ENTER, "Enter", N_("Enter")},
	{KEY_ESC, "Esc", N_("Esc")},
	{KEY_TAB, "Tab", N_("Tab")},
	{KEY_BACKTAB, "S-Tab", N_("Shift-Tab")},
	{KEY_BACKSPACE, "Backspace", N_("Backspace")},
	{KEY_DELETE, "Delete", N_("Del")},
};

/* Ctrl with these letters is Backspace, Tab, Enter on a terminal. */
static const char no_ctrl[] = "hijm";

bool key_equal(const struct key *a, const struct key *b)
{
	return a->code == b->code && strcmp(a->text, b->text) == 0;
}

bool key_is(const struct key *k, const char *text)
{
	return k->code == KEY_TEXT && strcmp(k->text, text) == 0;
}

bool key_is_ctrl(const struct key *k, char letter)
{
	return k->code == KEY_CTRL && k->text[0] == letter;
}

static bool parse_ctrl(const char *name, struct key *out)
{
	char letter = (char)(name[0] | 0x20);
	if (name[0] == '\0' || name[1] != '\0' || letter < 'a' || letter > 'z' || strchr(no_ctrl, letter) != NULL)
		return false;
	*out = (struct key){.code = KEY_CTRL, .text = {letter}};
	return true;
}

static bool parse_function(const char *digits, struct key *out)
{
	int64_t n;
	if (!str_to_int(digits, 1, 12, &n))
		return false;
	*out = (struct key){.code = (enum key_code)(KEY_F1 + n - 1)};
	return true;
}

static bool parse_character(const char *name, struct key *out)
{
	int cols;
	size_t n = strlen(name), used = width_grapheme(name, n, &cols);
	if (used != n || n == 0 || n >= KEY_TEXT_BYTES || (unsigned char)name[0] < 0x20 || name[0] == 0x7F)
		return false;
	*out = (struct key){.code = KEY_TEXT};
	memcpy(out->text, name, n);
	return true;
}

static bool parse_named(const char *name, struct key *out)
{
	for (size_t i = 0; i < COUNT(named); i++) {
		if (strcasecmp(name, named[i].name) == 0) {
			*out = (struct key){.code = named[i].code};
			return true;
		}
	}
	return false;
}

bool key_parse(const char *name, struct key *out)
{
	if (parse_character(name, out) || parse_named(name, out))
		return true;
	if (strncasecmp(name, "C-", 2) == 0)
		return parse_ctrl(name + 2, out);
	if (strncasecmp(name, "Ctrl-", 5) == 0)
		return parse_ctrl(name + 5, out);
	if ((name[0] | 0x20) == 'f')
		return parse_function(name + 1, out);
	return strcasecmp(name, "Space") == 0 && parse_character(" ", out);
}

static void add_name(const struct key *k, const char *space, bool translated, struct sbuf *out)
{
	if (k->code == KEY_TEXT)
		sbuf_add(out, strcmp(k->text, " ") == 0 ? space : k->text);
	else if (k->code == KEY_CTRL)
		sbuf_addf(out, "Ctrl-%c", k->text[0] - 'a' + 'A');
	else if (k->code >= KEY_F1 && k->code <= KEY_F12)
		sbuf_addf(out, "F%d", k->code - KEY_F1 + 1);
	for (size_t i = 0; i < COUNT(named); i++)
		if (named[i].code == k->code)
			sbuf_add(out, translated ? _(named[i].says) : named[i].name);
}

void key_add_name(const struct key *k, struct sbuf *out)
{
	add_name(k, "Space", false, out);
}

void key_says(const struct key *k, struct sbuf *out)
{
	add_name(k, _("space"), true, out);
}
