#pragma once
#include <string.h>

#include "check.h"
#include "key.h"

/* A script of keys: plain characters, and the names of keys between < and >; <paste> and <end> stand around
 * what is pasted. Takes the first key off; NULL at the end. */
static const char *script_key(const char *s, struct key *k)
{
	char name[40] = {0};
	bool named = *s == '<' && s[1] != '\0';
	size_t n = named ? strcspn(s, ">") : 1;
	if (*s == '\0')
		return NULL;
	while (!named && ((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	memcpy(name, s + named, n - named);
	if (strcmp(name, "paste") == 0 || strcmp(name, "end") == 0)
		*k = (struct key){.code = name[0] == 'p' ? KEY_PASTE_BEGIN : KEY_PASTE_END};
	else if (!key_parse(name, k))
		fail_msg("unknown key %s", name);
	return s + n + named;
}
