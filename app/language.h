#pragma once

/* Where the catalogues are, and what the computer says of its language. First of all, before the settings are
 * read. */
void language_begin(void);
/* Sets the program's locale and the language of its sentences: the member's choice, else (for "auto") what
 * the computer says, else English. Messages are UTF-8 whatever the locale's character set; the terminal
 * writes them in its own. */
void language_set(const char *choice);
