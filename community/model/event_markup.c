#include "event_markup.h"

#include <string.h>
#include <strings.h>

#include "str.h"

static const char opening[] = "[event", closing[] = "[/event]";

/* Where the block stands: the attributes are in [head, head_end), the lines in [inside, close). */
struct place {
	const char *begin, *head, *head_end, *inside, *close, *end;
};

/* The bytes of a quotation mark at s, 0 when there is none: " ' “ ” „. */
static size_t quote_bytes(const char *s)
{
	if (*s == '"' || *s == '\'')
		return 1;
	return str_starts(s, "\u201c") || str_starts(s, "\u201d") || str_starts(s, "\u201e") ? 3 : 0;
}

/* Of a value that begins with a quotation mark at s: its end, or NULL when it has none. */
static const char *quote_end(const char *s, const char *limit)
{
	bool curly = quote_bytes(s) == 3;
	for (const char *c = s + quote_bytes(s); c < limit; c++)
		if (curly ? quote_bytes(c) == 3 : *c == *s)
			return c;
	return NULL;
}

/* The bracket that ends the opening tag; what is quoted is not looked at. */
static const char *head_end(const char *s)
{
	size_t room = strnlen(s, EVENT_MARKUP_HEAD_MAX);
	const char *limit = s + room, *end;
	for (const char *c = s; c < limit; c++) {
		if (*c == ']')
			return c;
		if (c[0] == '=' && quote_bytes(c + 1) > 0 && (end = quote_end(c + 1, limit)) != NULL)
			c = end;
	}
	return NULL;
}

static bool is_fence(const char *line)
{
	return str_starts(line, "```") || str_starts(line, "~~~");
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');
	return end == NULL ? line + strlen(line) : end + 1;
}

static bool at_line(const char *line, struct place *at)
{
	const char *s = line + strspn(line, " ");
	if (s - line > 3 || strncasecmp(s, opening, sizeof opening - 1) != 0)
		return false;
	at->begin = line;
	at->head = s + sizeof opening - 1;
	if (*at->head == '\0' || strchr(" \t\r\n]", *at->head) == NULL)
		return false;
	at->head_end = head_end(at->head);
	if (at->head_end == NULL)
		return false;
	at->inside = at->head_end + 1;
	at->close = strcasestr(at->inside, closing);
	return true;
}

static bool find(const char *text, struct place *at)
{
	bool code = false;
	at->close = NULL;
	for (const char *line = text; *line != '\0'; line = next_line(line)) {
		if (is_fence(line))
			code = !code;
		else if (!code && at_line(line, at))
			break;
	}
	/* What has no end here has none further on either. */
	if (at->close != NULL)
		at->end = at->close + sizeof closing - 1;
	return at->close != NULL;
}

/* What no value can hold is taken out. */
static const char *clean(const char *value, size_t n, bool brackets, struct arena *a)
{
	char *out = arena_strndup(a, value, n), *to = out;
	for (const char *c = out; *c != '\0'; c++)
		if (*c == '\n' || *c == '\r' || *c == '\t')
			*to++ = ' ';
		else if (brackets && (*c == '[' || *c == ']'))
			*to++ = *c == '[' ? '(' : ')';
		else if (*c != '"')
			*to++ = *c;
	*to = '\0';
	return str_trim(out);
}

/* Takes the value behind "=" off *s. */
static const char *take_value(const char **s, const char *limit, struct arena *a)
{
	const char *begin = *s, *end = quote_bytes(begin) > 0 ? quote_end(begin, limit) : NULL;
	if (end != NULL) {
		*s = end + quote_bytes(end);
		return clean(begin + quote_bytes(begin), (size_t)(end - begin) - quote_bytes(begin), false, a);
	}
	size_t n = strcspn(begin, " \t\r\n");
	n = begin + n > limit ? (size_t)(limit - begin) : n;
	*s = begin + n;
	return clean(begin, n, false, a);
}

static int index_of(const struct event_markup *m, const char *name)
{
	for (int i = 0; i < m->count; i++)
		if (strcasecmp(m->attribute[i].name, name) == 0)
			return i;
	return -1;
}

static void add(struct event_markup *m, const char *name, const char *value)
{
	if (*name != '\0' && *value != '\0' && m->count < EVENT_MARKUP_ATTRIBUTES && index_of(m, name) < 0)
		m->attribute[m->count++] = (struct event_attribute){.name = name, .value = value};
}

static void read_attributes(struct event_markup *m, const struct place *at, struct arena *a)
{
	for (const char *s = at->head; s < at->head_end;) {
		s += strspn(s, " \t\r\n");
		size_t n = strcspn(s, " \t\r\n=]");
		const char *name = arena_strndup(a, s, n);
		s += n;
		if (s < at->head_end && *s == '=') {
			s++;
			add(m, name, take_value(&s, at->head_end, a));
		} else if (n == 0) {
			break;
		}
	}
}

bool event_markup_read(const char *text, struct event_markup *m, struct arena *a)
{
	struct place at;
	*m = (struct event_markup){.before = text, .after = "", .description = ""};
	if (!find(text, &at))
		return false;
	m->before = arena_strndup(a, text, (size_t)(at.begin - text));
	m->after = at.end;
	m->description = str_trim(arena_strndup(a, at.inside, (size_t)(at.close - at.inside)));
	read_attributes(m, &at, a);
	return true;
}

const char *event_markup_get(const struct event_markup *m, const char *name)
{
	int i = index_of(m, name);
	return i < 0 ? "" : m->attribute[i].value;
}

bool event_markup_is(const struct event_markup *m, const char *name)
{
	return strcasecmp(event_markup_get(m, name), "true") == 0;
}

static void take_out(struct event_markup *m, int i)
{
	m->count--;
	memmove(&m->attribute[i], &m->attribute[i + 1], (size_t)(m->count - i) * sizeof m->attribute[0]);
}

void event_markup_set(struct event_markup *m, const char *name, const char *value, struct arena *a)
{
	const char *bare = clean(str_or_empty(value), strlen(str_or_empty(value)), true, a);
	int i = index_of(m, name);
	if (i < 0)
		add(m, name, bare);
	else if (*bare == '\0')
		take_out(m, i);
	else
		m->attribute[i].value = bare;
}

void event_markup_write(const struct event_markup *m, struct sbuf *out)
{
	sbuf_add(out, m->before);
	sbuf_add(out, opening);
	for (int i = 0; i < m->count; i++)
		sbuf_addf(out, " %s=\"%s\"", m->attribute[i].name, m->attribute[i].value);
	sbuf_add(out, "]\n");
	if (*m->description != '\0')
		sbuf_addf(out, "%s\n", m->description);
	sbuf_add(out, closing);
	sbuf_add(out, m->after);
}
