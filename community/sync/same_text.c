#include "same_text.h"

#include <string.h>

#include "mem.h"
#include "str.h"

/* The length of the white space that begins here, also of the kinds beyond ASCII; 0: none. */
static size_t blank(const char *s)
{
	static const char *const wide[] = {"\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
		"\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
		"\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\x8b", "\xe2\x80\xa8", "\xe2\x80\xa9",
		"\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};
	if (*s != '\0' && strchr(" \t\r\n\v\f", *s) != NULL)
		return 1;
	for (size_t i = 0; (unsigned char)*s >= 0xc2 && i < COUNT(wide); i++)
		if (str_starts(s, wide[i]))
			return strlen(wide[i]);
	return 0;
}

static const char *skip_blanks(const char *s)
{
	size_t n;
	while ((n = blank(s)) > 0)
		s += n;
	return s;
}

bool same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return false;
	a = skip_blanks(a);
	b = skip_blanks(b);
	while (*a != '\0' && *b != '\0') {
		bool gap = blank(a) > 0;
		if (gap != (blank(b) > 0))
			break;
		if (!gap && *a++ != *b++)
			return false;
		if (gap) {
			a = skip_blanks(a);
			b = skip_blanks(b);
		}
	}
	return *skip_blanks(a) == '\0' && *skip_blanks(b) == '\0';
}
