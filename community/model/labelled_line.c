#include "labelled_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "labelled_list.h"
#include "sbuf.h"
#include "str.h"
#include "utf8.h"

enum { LikeLabelBytes = 40, LikeLabelWords = 5, Separators = 4 };

struct labelled_name {
	const char *folded;
	int field;
};

static bool starts(const char *at, const char *end, const char *with)
{
	size_t n = strlen(with);
	return (size_t)(end - at) >= n && strncasecmp(at, with, n) == 0;
}

static const char *skip_blank(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* Bytes of a list marker with the space after it; 0: none. */
static size_t bullet_bytes(const char *at, const char *end)
{
	static const char *const marks[] = {"- ", "* ", "+ ", "• ", "– "};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (starts(at, end, marks[i]))
			return strlen(marks[i]);
	size_t digits = 0;
	while (digits < 3 && at + digits < end && isdigit((unsigned char)at[digits]))
		digits++;
	return digits > 0 && (starts(at + digits, end, ". ") || starts(at + digits, end, ") ")) ? digits + 2 : 0;
}

struct labelled_line labelled_line_at(const char *at, const char *end)
{
	struct labelled_line l = {.start = at, .text = at};
	const char *nl = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
	l.end = nl == NULL ? end : nl;
	l.next = nl == NULL ? end : nl + 1;
	if (l.end > at && l.end[-1] == '\r')
		l.end--;
	for (; l.text < l.end && (*l.text == ' ' || *l.text == '\t'); l.text++)
		l.indent += *l.text == '\t' ? 4 : 1;
	l.blank = l.text == l.end;
	l.bullet = bullet_bytes(l.text, l.end) > 0;
	l.cells = memchr(l.text, '|', (size_t)(l.end - l.text)) != NULL;
	while (l.level < 7 && l.text + l.level < l.end && l.text[l.level] == '#')
		l.level++;
	if (l.level > 6 || (l.level > 0 && l.text + l.level < l.end && l.text[l.level] != ' '))
		l.level = 0;
	return l;
}

bool labelled_line_is_rule(const struct labelled_line *l)
{
	bool dash = false;
	for (const char *at = l->text; at < l->end; at++) {
		if (strchr("|:- \t", *at) == NULL)
			return false;
		dash |= *at == '-';
	}
	return dash && l->cells;
}

bool labelled_line_is_table(const struct labelled_line *l, const char *end)
{
	struct labelled_line next = labelled_line_at(l->next, end);
	return l->cells && (*l->text == '|' || labelled_line_is_rule(&next));
}

/* Lower case, without accents, what stands in brackets or in tags, and punctuation: words with one space
 * between. */
static char *fold_name(const char *s, size_t n)
{
	struct sbuf plain = {0}, out = {0};
	int brackets = 0;
	bool tag = false;
	for (size_t i = 0; i < n; i++) {
		tag = tag || (s[i] == '<' && i + 1 < n && (isalpha((unsigned char)s[i + 1]) || s[i + 1] == '/'));
		brackets += s[i] == '(' || s[i] == '[';
		if (!tag && brackets == 0)
			sbuf_addc(&plain, s[i]);
		brackets -= brackets > 0 && (s[i] == ')' || s[i] == ']');
		tag = tag && s[i] != '>';
	}
	char *folded = utf8_fold(sbuf_str(&plain));
	for (const char *at = folded; *at != '\0'; at++)
		if (isalnum((unsigned char)*at))
			sbuf_addc(&out, *at);
		else if (out.n > 0 && out.p[out.n - 1] != ' ')
			sbuf_addc(&out, ' ');
	if (out.n > 0 && out.p[out.n - 1] == ' ')
		sbuf_truncate(&out, out.n - 1);
	free(folded);
	sbuf_fini(&plain);
	return sbuf_take(&out);
}

static int compare_names(const void *a, const void *b)
{
	const struct labelled_name *x = a, *y = b;
	return strcmp(x->folded, y->folded);
}

struct labelled_names labelled_names_make(const char *const *const *name, int count, struct arena *a)
{
	struct labelled_names all = {0};
	size_t room = 0;
	for (int i = 0; i < count; i++)
		for (int n = 0; name[i][n] != NULL; n++)
			room++;
	all.name = ARENA_ARRAY(a, room + 1, struct labelled_name);
	for (int i = 0; i < count; i++)
		for (int n = 0; name[i][n] != NULL; n++) {
			char *folded = fold_name(name[i][n], strlen(name[i][n]));
			all.name[all.count++] = (struct labelled_name){.folded = arena_strdup(a, folded), .field = i};
			free(folded);
		}
	qsort(all.name, all.count, sizeof *all.name, compare_names);
	return all;
}

/* The field with this name, also behind an article; -1: none. */
static int find_name(const struct labelled_names *names, const char *label, size_t n)
{
	static const char *const articles[] = {"", "de ", "het ", "een ", "the ", "a ", "an "};
	int field = -1;
	if (n == 0 || n > LABELLED_LABEL_MAX)
		return -1;
	char *folded = fold_name(label, n);
	for (size_t i = 0; i < sizeof articles / sizeof articles[0] && field < 0 && *folded != '\0'; i++)
		if (str_starts(folded, articles[i])) {
			struct labelled_name key = {.folded = folded + strlen(articles[i])};
			const struct labelled_name *hit =
				bsearch(&key, names->name, names->count, sizeof *names->name, compare_names);
			field = hit == NULL ? -1 : hit->field;
		}
	free(folded);
	return field;
}

/* Bytes of what may stand between label and value at `at`; 0: nothing of the kind. A dash counts only in a
 * list or behind bold words, because it stands between words too. */
static size_t separator(const char *at, const char *end, bool dashes)
{
	static const char *const dash[] = {" - ", " – ", " — ", " = "};
	if (starts(at, end, "：") || starts(at, end, "</dt>"))
		return strlen(*at == '<' ? "</dt>" : "：");
	if (*at == ':' || *at == '?')
		return at + 1 == end || strchr(" \t*_<:", at[1]) != NULL;
	for (size_t i = 0; dashes && i < sizeof dash / sizeof dash[0]; i++)
		if (starts(at, end, dash[i]))
			return strlen(dash[i]);
	return 0;
}

/* Takes off what closes bold words, and a second separator ("?:"). */
static const char *value_start(const char *at, const char *end)
{
	static const char *const closing[] = {"**", "__", "*", "_", "</b>", "</strong>", "</em>", "</i>", ":"};
	for (size_t i = 0; i < sizeof closing / sizeof closing[0] && at < end; i++)
		if (starts(at, end, closing[i])) {
			at += strlen(closing[i]);
			i = (size_t)-1;
		}
	return skip_blank(at, end);
}

/* "**Label: value**" keeps its last marks with the value. */
static const char *value_end(const char *text, const char *value, const char *end)
{
	while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (starts(text, end, "**") && end - value > 2 && memcmp(end - 2, "**", 2) == 0
		&& memmem(value, (size_t)(end - 2 - value), "**", 2) == NULL)
		end -= 2;
	return end;
}

/* ":round_pushpin: Adres" */
static const char *skip_emoji(const char *at, const char *end)
{
	const char *to = at < end && *at == ':' ? at + 1 : end;
	while (to < end && (isalnum((unsigned char)*to) || *to == '_' || *to == '-'))
		to++;
	return to < end && *to == ':' ? skip_blank(to + 1, end) : at;
}

static bool is_bold(const char *at, const char *end)
{
	return starts(at, end, "**") || starts(at, end, "__") || starts(at, end, "<b>")
		|| starts(at, end, "<strong>") || starts(at, end, "<dt>");
}

/* Label and value on one line. */
static bool split(const struct labelled_names *names, const char *text, const char *end,
	struct labelled_mark *m)
{
	bool dashes = m->how != LABELLED_PLAIN;
	int seen = 0;
	for (const char *at = text; at < end && at - text <= LABELLED_LABEL_MAX && seen < Separators; at++) {
		size_t bytes = separator(at, end, dashes);
		if (bytes == 0)
			continue;
		seen++;
		m->field = find_name(names, text, (size_t)(at - text));
		if (m->field < 0)
			continue;
		m->value = value_start(at + bytes, end);
		m->value_end = value_end(text, m->value, end);
		return true;
	}
	return false;
}

/* The line is the label, and the value stands below it: a heading, bold words, a definition. */
static bool alone(const struct labelled_names *names, const char *text, const char *end, const char *text_end,
	struct labelled_mark *m)
{
	struct labelled_line next = labelled_line_at(m->next, text_end);
	bool under = next.end - next.text > 2
		&& strspn(next.text, next.text[0] == '=' ? "=" : "-") >= (size_t)(next.end - next.text);
	bool definition = starts(next.text, next.end, ": ");
	if (m->how != LABELLED_HEADING && m->how != LABELLED_BOLD && !under && !definition)
		return false;
	while (m->how == LABELLED_HEADING && end > text && (end[-1] == '#' || end[-1] == ' '))
		end--;
	m->field = find_name(names, text, (size_t)(end - text));
	m->value = m->value_end = m->line.end;
	if (m->field < 0)
		return false;
	if (under || definition)
		m->next = next.next;
	if (under) {
		m->how = LABELLED_HEADING;
		m->level = next.text[0] == '=' ? 1 : 2;
	}
	if (definition) {
		m->value = skip_blank(next.text + 2, next.end);
		m->value_end = next.end;
	}
	return true;
}

/* "- [x] Rustige ruimte" */
static bool ticked(const struct labelled_names *names, const char *text, const char *end,
	struct labelled_mark *m)
{
	bool box = end - text > 4 && text[0] == '[' && strchr(" xX", text[1]) != NULL && text[2] == ']'
		&& text[3] == ' ';
	m->field = box ? find_name(names, text + 4, (size_t)(end - text - 4)) : -1;
	m->value = text;
	m->value_end = text + 3;
	return m->field >= 0;
}

bool labelled_line_mark(const struct labelled_names *names, const struct labelled_line *l, const char *end,
	struct labelled_mark *out)
{
	const char *text = l->text + bullet_bytes(l->text, l->end);
	struct labelled_mark m = {.line = *l, .indent = l->indent, .level = l->level, .next = l->next,
		.how = l->bullet ? LABELLED_BULLET : l->level > 0 ? LABELLED_HEADING : LABELLED_PLAIN};
	if (l->blank || *l->text == '>')
		return false;
	if (l->bullet && ticked(names, text, l->end, &m)) {
		*out = m;
		return true;
	}
	text = skip_emoji(skip_blank(text + l->level, l->end), l->end);
	if (m.how == LABELLED_PLAIN && is_bold(text, l->end))
		m.how = LABELLED_BOLD;
	*out = m;
	if (split(names, text, l->end, out))
		return true;
	*out = m;
	return alone(names, text, l->end, end, out);
}

/* The next | that is not escaped; end when there is none. */
static const char *cell_end(const char *at, const char *end)
{
	while (at < end && *at != '|')
		at += *at == '\\' && at + 1 < end ? 2 : 1;
	return at < end ? at : end;
}

bool labelled_line_cells(const struct labelled_names *names, const struct labelled_line *l,
	struct labelled_mark *out)
{
	const char *first = l->text + (*l->text == '|'), *bar = cell_end(first, l->end);
	*out = (struct labelled_mark){.line = *l, .indent = l->indent, .next = l->next};
	if (bar == l->end)
		return false;
	out->field = find_name(names, first, (size_t)(bar - first));
	out->value = skip_blank(bar + 1, l->end);
	out->value_end = l->end;
	while (out->value_end > out->value && strchr(" \t|", out->value_end[-1]) != NULL)
		out->value_end--;
	return out->field >= 0;
}

bool labelled_line_is_like_a_label(const struct labelled_line *l)
{
	const char *text = l->text + bullet_bytes(l->text, l->end);
	int words = 1;
	if (is_bold(text, l->end))
		return true;
	if (text < l->end && !isupper((unsigned char)*text) && (unsigned char)*text < 0x80)
		return false;
	for (const char *at = text; at < l->end && at - text < LikeLabelBytes && words <= LikeLabelWords; at++) {
		if (*at == ':')
			return at > text && (at + 1 == l->end || at[1] == ' ');
		if (strchr(".,;!", *at) != NULL)
			return false;
		words += *at == ' ';
	}
	return false;
}
