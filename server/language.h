#pragma once
#include "http.h"

/* "nl" or "en" for this requester: the member's choice, else Accept-Language, else the site's. */
const char *language_of(const struct request *r);
/* The sentence in a language; the English itself when there is no other. */
const char *language_say(const char *language, const char *english);
