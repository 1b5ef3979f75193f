#include "labelled_list.h"

#include <string.h>

#include "labelled_line.h"
#include "str.h"

/* Goes through the text line by line: a line that begins a field takes the lines that belong to it, the
 * others are the rest. */
struct reader {
	const struct labelled_names *names;
	const char *at, *end;
	struct sbuf *value;   /* one a field */
	bool *found;
	struct sbuf rest;
	bool removed;         /* the last thing did not go to the rest: empty lines there would be doubled */
	unsigned unclosed;    /* bits of `blocks` that are not closed any more */
};

static const struct {
	const char *open, *close;
} blocks[] = {{"[event", "[/event]"}, {"[poll", "[/poll]"}, {"[quote", "[/quote]"}};

static bool ends_blank(const struct sbuf *b)
{
	return b->n == 0 || (b->n >= 2 && b->p[b->n - 1] == '\n' && b->p[b->n - 2] == '\n');
}

static void keep(struct reader *r, const char *end)
{
	struct labelled_line l = labelled_line_at(r->at, r->end);
	if (!(l.blank && r->removed && ends_blank(&r->rest))) {
		sbuf_addn(&r->rest, r->at, (size_t)(end - r->at));
		r->removed = false;
	}
	r->at = end;
}

/* The end of the block that starts at this line; NULL: none does. */
static const char *block_end(struct reader *r, const struct labelled_line *l)
{
	const char *fence = str_starts(l->text, "```") ? "```" : str_starts(l->text, "~~~") ? "~~~" : NULL;
	if (fence != NULL) {
		struct labelled_line n = *l;
		do
			n = labelled_line_at(n.next, r->end);
		while (n.next < r->end && !(n.text < n.end && strncmp(n.text, fence, 3) == 0));
		return n.next;
	}
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
		if (!str_starts(l->text, blocks[i].open) || (r->unclosed & 1u << i) != 0)
			continue;
		size_t bytes = strlen(blocks[i].close);
		const char *close = memmem(l->text, (size_t)(r->end - l->text), blocks[i].close, bytes);
		if (close != NULL)
			return labelled_line_at(close + bytes, r->end).next;
		r->unclosed |= 1u << i;
	}
	return NULL;
}

static void value_line(struct sbuf *v, const char *text, const char *end)
{
	while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	if (text >= end)
		return;
	if (v->n > 0)
		sbuf_addc(v, '\n');
	while (text < end) {
		const char *br = memmem(text, (size_t)(end - text), "<br", 3);
		const char *close = br == NULL ? NULL : memchr(br, '>', (size_t)(end - br));
		sbuf_addn(v, text, (size_t)((close == NULL ? end : br) - text));
		if (close != NULL)
			sbuf_addc(v, '\n');
		text = close == NULL ? end : close + 1;
	}
}

/* One line of a value: without the tags of a definition. */
static void add_line(struct sbuf *v, const char *text, const char *end)
{
	size_t n = (size_t)(end - text);
	if (n >= 4 && memcmp(text, "<dd>", 4) == 0)
		text += 4;
	while (end > text && (end[-1] == ' ' || end[-1] == '\r'))
		end--;
	if (end - text >= 5 && memcmp(end - 5, "</dd>", 5) == 0)
		end -= 5;
	value_line(v, text, end);
}

/* The line belongs to the field that began with `first`; `last` is the line before. */
static bool belongs(struct reader *r, const struct labelled_mark *first, const struct labelled_line *last,
	const struct labelled_line *l)
{
	struct labelled_mark m;
	bool inside = first->how == LABELLED_BULLET && l->indent > first->indent;
	if (l->blank) {
		struct labelled_line n = *l;
		while (n.blank && n.next < r->end)
			n = labelled_line_at(n.next, r->end);
		if (n.blank)
			return false;
		if (first->how == LABELLED_HEADING)
			return true;
		if (first->how == LABELLED_BULLET)
			return n.indent > first->indent + 1;
		bool empty = last->text == first->line.text && first->value >= first->line.end;
		return empty && !labelled_line_mark(r->names, &n, r->end, &m) && n.level == 0
			&& (n.bullet || first->how == LABELLED_BOLD);
	}
	if (inside)
		return true;
	if (str_starts(l->text, "</dl>"))
		return false;
	if (labelled_line_mark(r->names, l, r->end, &m) || labelled_line_is_table(l, r->end))
		return false;
	if (l->level > 0)
		return first->how == LABELLED_HEADING && l->level > first->level;
	if (first->how == LABELLED_HEADING)
		return block_end(r, l) == NULL;
	if (first->how == LABELLED_BULLET && (l->bullet || last->blank))
		return false;
	return (l->bullet || !labelled_line_is_like_a_label(l)) && block_end(r, l) == NULL;
}

/* Takes the field and what belongs to it. */
static void take(struct reader *r, const struct labelled_mark *first)
{
	struct sbuf *v = &r->value[first->field];
	struct labelled_line last = first->line;
	int strip = -1;
	r->found[first->field] = true;
	add_line(v, first->value, first->value_end);
	r->at = first->next;
	while (r->at < r->end) {
		struct labelled_line l = labelled_line_at(r->at, r->end);
		if (!belongs(r, first, &last, &l))
			break;
		if (strip < 0 && !l.blank)
			strip = l.indent;
		const char *text = l.start;
		for (int n = strip; n > 0 && text < l.text; n--)
			text++;
		add_line(v, l.blank ? l.end : text, l.end);
		last = l;
		r->at = l.next;
	}
	r->removed = true;
}

/* Rows of which the first cell is a known label are fields. When all of them are, the head of the table goes
 * too. */
static void take_table(struct reader *r)
{
	struct sbuf head = {0}, rows = {0};
	int taken = 0, row = 0;
	struct labelled_line l = labelled_line_at(r->at, r->end);
	for (; r->at < r->end && l.cells; r->at = l.next, l = labelled_line_at(r->at, r->end), row++) {
		struct labelled_mark m;
		struct labelled_line under = labelled_line_at(l.next, r->end);
		bool is_head = labelled_line_is_rule(&l) || (row == 0 && labelled_line_is_rule(&under));
		if (!labelled_line_is_rule(&l) && labelled_line_cells(r->names, &l, &m)) {
			r->found[m.field] = true;
			value_line(&r->value[m.field], m.value, m.value_end);
			taken++;
		} else {
			sbuf_addn(is_head ? &head : &rows, l.start, (size_t)(l.next - l.start));
		}
	}
	if (taken == 0 || rows.n > 0) {
		sbuf_add(&r->rest, sbuf_str(&head));
		sbuf_add(&r->rest, sbuf_str(&rows));
	}
	r->removed = taken > 0;
	sbuf_fini(&head);
	sbuf_fini(&rows);
}

static void read_line(struct reader *r)
{
	struct labelled_mark m;
	struct labelled_line l = labelled_line_at(r->at, r->end);
	const char *block = block_end(r, &l);
	if (block != NULL)
		keep(r, block);
	else if (labelled_line_is_table(&l, r->end))
		take_table(r);
	else if (labelled_line_mark(r->names, &l, r->end, &m))
		take(r, &m);
	else
		keep(r, l.next);
}

void labelled_list_read(
	const char *text, const char *const *const *name, int count, struct labelled_list *out, struct arena *a)
{
	text = str_or_empty(text);
	size_t bytes = strlen(text), most = bytes < LABELLED_INPUT_MAX ? bytes : LABELLED_INPUT_MAX;
	struct labelled_names names = labelled_names_make(name, count, a);
	struct reader r = {.names = &names, .at = text, .end = text + most, .removed = true,
		.value = ARENA_ARRAY(a, (size_t)count + 1, struct sbuf), .found = ARENA_ARRAY(a, (size_t)count + 1, bool)};
	while (r.at < r.end)
		read_line(&r);
	sbuf_add(&r.rest, text + most);
	*out = (struct labelled_list){.value = ARENA_ARRAY(a, (size_t)count + 1, const char *)};
	for (int i = 0; i < count; i++) {
		out->value[i] = r.found[i] ? arena_strdup(a, sbuf_str(&r.value[i])) : NULL;
		out->count += r.found[i];
		sbuf_fini(&r.value[i]);
	}
	out->rest = arena_strdup(a, sbuf_str(&r.rest));
	sbuf_fini(&r.rest);
}

void labelled_list_add(struct sbuf *out, const char *label, const char *value)
{
	struct sbuf lines = {0};
	const char *at = str_or_empty(value), *end = at + strlen(at);
	while (at < end) {
		struct labelled_line l = labelled_line_at(at, end);
		if (!l.blank && lines.n == 0)
			sbuf_addf(&lines, "%s%.*s\n", l.bullet || l.level > 0 ? "\n  " : " ", (int)(l.end - l.text), l.text);
		else if (!l.blank)
			sbuf_addf(&lines, "  %.*s\n", (int)(l.end - l.start), l.start);
		at = l.next;
	}
	if (lines.n > 0)
		sbuf_addf(out, "- **%s%s**%s", label, str_ends(label, "?") ? "" : ":", sbuf_str(&lines));
	sbuf_fini(&lines);
}
