#include "language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "build_config.h"
#include "languages.h"
#include "mem.h"
#include "program_files.h"
#include "str.h"

/* What the member's shell said, before kring put its own choice there. */
static char *given;

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

/* "de:nl": the first one that kring speaks. */
static const char *first_of(const char *list)
{
	for (const char *s = list; *s != '\0'; s += strcspn(s, ":"), s += *s == ':') {
		const char *language = language_for(s);
		if (language != NULL)
			return language;
	}
	return "en";
}

static const char *computers_own(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	if (!str_empty(given))
		return first_of(given);
	for (size_t i = 0; i < COUNT(variables); i++) {
		const char *value = getenv(variables[i]);
		if (!str_empty(value))
			return first_of(value);
	}
	return "en";
}

/* The locale that was asked for is not installed here, but its name may still say what the terminal shows. */
static bool names_utf8(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (size_t i = 0; i < COUNT(variables); i++) {
		const char *value = getenv(variables[i]), *codeset = str_empty(value) ? NULL : strchr(value, '.');
		if (!str_empty(value))
			return codeset != NULL
				&& (strncasecmp(codeset, ".utf-8", 6) == 0 || strncasecmp(codeset, ".utf8", 5) == 0);
	}
	return false;
}

void language_begin(void)
{
	char *dir = program_file("po", KRING_LOCALEDIR);
	given = xstrdup(getenv("LANGUAGE"));
	languages_in(dir);
	free(dir);
}

void language_set(const char *choice)
{
	if (setlocale(LC_ALL, "") == NULL)
		setlocale(LC_CTYPE, names_utf8() ? "C.UTF-8" : "C");
	/* Numbers are read and written the same everywhere. */
	setlocale(LC_NUMERIC, "C");
	force(language_is_there(choice) ? choice : computers_own());
	bindtextdomain("kring", languages_dir());
	bind_textdomain_codeset("kring", "UTF-8");
	textdomain("kring");
}
