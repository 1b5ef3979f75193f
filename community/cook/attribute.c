#include "cook_writer.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static size_t quote_length(const char *s, size_t n, const char **closing)
{
	if (n >= 1 && (*s == '"' || *s == '\'')) {
		*closing = *s == '"' ? "\"" : "'";
		return 1;
	}
	if (n >= 3 && strncmp(s, "\xe2\x80\x9c", 3) == 0) { /* a word processor's quotes */
		*closing = "\xe2\x80\x9d";
		return 3;
	}
	return 0;
}

/* A value, quoted or up to white space or "]"; returns its bytes with the quotes, 0 when it does not end. */
static size_t read_value(struct writer *w, const char *s, size_t n, bool to_bracket, const char **value)
{
	const char *closing;
	size_t q = quote_length(s, n, &closing), length = strlen(q ? closing : "");
	if (q > 0) {
		const char *end = memmem(s + q, n - q, closing, length);
		if (end == NULL)
			return 0;
		*value = arena_strndup(w->a, s + q, (size_t)(end - s) - q);
		return (size_t)(end - s) + length;
	}
	size_t i = 0;
	while (i < n && s[i] != ']' && (to_bracket || !isspace((unsigned char)s[i])))
		i++;
	*value = arena_strndup(w->a, s, i);
	return i;
}

/* " name=value"; a name alone gets the value "". Returns its bytes, 0 at the end of the list. */
static size_t read_attribute(struct writer *w, const char *s, size_t n, struct bb_tag *t)
{
	size_t i = 0;
	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	size_t start = i;
	while (i < n && (isalnum((unsigned char)s[i]) || s[i] == '-' || s[i] == '_'))
		i++;
	if (i == start || t->attribute_count == MaxAttributes)
		return 0;
	struct cook_attribute *a = &t->attribute[t->attribute_count];
	*a = (struct cook_attribute){arena_strndup(w->a, s + start, i - start), ""};
	if (i < n && s[i] == '=') {
		size_t used = read_value(w, s + i + 1, n - i - 1, false, &a->value);
		i += 1 + used;
	}
	t->attribute_count++;
	return i;
}

bool bb_parse(struct writer *w, const char *s, size_t n, struct bb_tag *t)
{
	const char *line_end = memchr(s, '\n', n);
	if (line_end != NULL)
		n = (size_t)(line_end - s);
	if (n < 3 || s[0] != '[' || memchr(s, ']', n) == NULL)
		return false;
	*t = (struct bb_tag){.closing = s[1] == '/'};
	size_t i = t->closing ? 2 : 1, length = 0;
	while (i < n && (isalpha((unsigned char)s[i]) || s[i] == '-') && length < sizeof t->name - 1)
		t->name[length++] = (char)tolower((unsigned char)s[i++]);
	if (length == 0)
		return false;
	if (i < n && s[i] == '=' && !t->closing) {
		/* The whole rest belongs to it in [details=A summary], but not in [date=2026-03-01 time=10:00]. */
		bool whole = strcmp(t->name, "date") != 0 && strcmp(t->name, "wrap") != 0;
		i += 1 + read_value(w, s + i + 1, n - i - 1, whole, &t->value);
	}
	for (size_t used; !t->closing && (used = read_attribute(w, s + i, n - i, t)) > 0;)
		i += used;
	while (i < n && (s[i] == ' ' || s[i] == '\t'))
		i++;
	t->length = i + 1;
	return i < n && s[i] == ']';
}

const char *bb_get(const struct bb_tag *t, const char *name)
{
	for (int i = 0; i < t->attribute_count; i++) {
		if (strcasecmp(t->attribute[i].name, name) == 0)
			return t->attribute[i].value;
	}
	return NULL;
}
