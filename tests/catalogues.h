#pragma once
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

/* The sentences of the build's own catalogues (KRING_PO_DIR), whatever the machine's locale. */
static inline void test_language(const char *language)
{
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", language, 1);
	bindtextdomain("kring", getenv("KRING_PO_DIR"));
	bind_textdomain_codeset("kring", "UTF-8");
	textdomain("kring");
}
