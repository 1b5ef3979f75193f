#include "language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "build_config.h"
#include "mem.h"
#include "program_files.h"
#include "str.h"

static bool is_plain_locale(const char *name)
{
	return name == NULL || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

/* gettext gives no translations in the C locale, and chooses by LANGUAGE in every other one. */
static void force(const char *language)
{
	if (is_plain_locale(setlocale(LC_MESSAGES, NULL)))
		setlocale(LC_MESSAGES, "C.UTF-8");
	setenv("LANGUAGE", language, 1);
}

static bool wants_dutch(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *list = getenv("LANGUAGE");
	if (!str_empty(list))
		return str_starts(list, "nl");
	for (int i = 0; i < 3; i++) {
		const char *value = getenv(variables[i]);
		if (!str_empty(value))
			return str_starts(value, "nl");
	}
	return false;
}

/* The locale that was asked for is not installed here, but its name may still say what the terminal shows. */
static bool names_utf8(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (int i = 0; i < 3; i++) {
		const char *value = getenv(variables[i]), *codeset = str_empty(value) ? NULL : strchr(value, '.');
		if (!str_empty(value))
			return codeset != NULL && (strncasecmp(codeset, ".utf-8", 6) == 0 || strncasecmp(codeset, ".utf8", 5) == 0);
	}
	return false;
}

/* What the member's shell said, before kring put its own choice there. */
static void restore_given(void)
{
	static char *given;
	static bool known;
	if (!known)
		given = xstrdup(getenv("LANGUAGE"));
	known = true;
	if (given == NULL)
		unsetenv("LANGUAGE");
	else
		setenv("LANGUAGE", given, 1);
}

void language_set(enum language choice)
{
	bool dutch;
	restore_given();
	if (setlocale(LC_ALL, "") == NULL)
		setlocale(LC_CTYPE, names_utf8() ? "C.UTF-8" : "C");
	/* Numbers are read and written the same everywhere. */
	setlocale(LC_NUMERIC, "C");
	if (choice == LANGUAGE_AUTO)
		dutch = wants_dutch();
	else
		dutch = choice == LANGUAGE_NL;
	force(dutch ? "nl" : "en");
	char *dir = program_file("po", KRING_LOCALEDIR);
	bindtextdomain("kring", dir);
	free(dir);
	bind_textdomain_codeset("kring", "UTF-8");
	textdomain("kring");
}
