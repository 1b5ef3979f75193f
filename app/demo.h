#pragma once
#include "error.h"

/* The sample is there in two languages: "nl" for who reads Dutch, else "en". */
const char *demo_language(void);
/* Opens kring on the sample community, in the place of this program: kringd is started beside it and ended with it.
 * language: "nl" or "en"; text: in text mode. Comes back only when that cannot be done. */
bool demo_become(const char *language, bool text, struct error *err);
