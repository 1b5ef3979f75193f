#include "typed_key.h"

#include <string.h>

#include "mem.h"

static const struct {
	const char *typed;
	enum key_code code;
} signs[] = {{"+", KEY_RIGHT}, {"-", KEY_LEFT}};

bool typed_key_parse(const char *text, struct key *out)
{
	for (size_t i = 0; i < COUNT(signs); i++)
		if (strcmp(text, signs[i].typed) == 0) {
			*out = (struct key){.code = signs[i].code};
			return true;
		}
	return key_parse(text, out);
}

bool typed_key_name(const struct key *k, struct sbuf *out)
{
	for (size_t i = 0; i < COUNT(signs); i++)
		if (k->code == signs[i].code) {
			sbuf_add(out, signs[i].typed);
			return true;
		}
	if (k->code != KEY_TEXT && k->code != KEY_CTRL && (k->code < KEY_F1 || k->code > KEY_F12))
		return false;
	key_says(k, out);
	return true;
}

bool typed_key_works(const struct binding *b)
{
	static const char *const never[] = {
		"hide", /* what was written before stays in the window */
	};
	for (size_t i = 0; i < COUNT(never); i++)
		if (strcmp(b->verb, never[i]) == 0)
			return false;
	return true;
}
