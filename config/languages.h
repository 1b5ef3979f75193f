#pragma once
#include <stdbool.h>
#include <stddef.h>

/* The languages that kring speaks here: English, which stands in the source, and one for each catalogue that is
 * installed as DIR/CODE/LC_MESSAGES/kring.mo. Nothing else in kring knows which languages there are. */

/* Where the catalogues are; "" for English alone. Before anything else, and before threads. */
void languages_in(const char *dir);
/* Where that is. */
const char *languages_dir(void);
/* "en", "nl", "pt_BR": whether kring speaks it. */
bool language_is_there(const char *code);
/* For what a computer says of itself ("nl_BE.UTF-8"): the code of the language that fits; NULL: kring does
 * not speak it. Constant. */
const char *language_for(const char *locale);
/* All of them, by code. */
int language_count(void);
const char *language_code(int i);
/* Its name and a sentence in the language itself: "Nederlands", "kring praat Nederlands." */
const char *language_title(int i);
const char *language_says(int i);
