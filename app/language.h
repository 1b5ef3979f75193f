#pragma once
#include "option.h"

/* Sets the program's locale and the language of its sentences: the member's choice, else the locale, else English.
 * Messages are UTF-8 whatever the locale's character set; the terminal writes them in its own. Call before threads. */
void language_set(enum language choice);
