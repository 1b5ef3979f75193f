#include "styled.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "panic.h"
#include "width.h"

static void text_add(struct styled_text *t, int role, int link, const char *s, size_t n, int cols)
{
	struct styled_run *last = t->run_count > 0 ? &t->run[t->run_count - 1] : NULL;
	if (n == 0)
		return;
	if (last == NULL || last->role != role || last->link != link) {
		if (t->run_count == t->run_cap) {
			t->run_cap = t->run_cap == 0 ? 16 : t->run_cap * 2;
			t->run = xreallocarray(t->run, t->run_cap, sizeof *t->run);
		}
		t->run[t->run_count++] = (struct styled_run){
			.at = (unsigned)t->text.n,
			.role = (unsigned char)role,
			.link = (unsigned short)link,
		};
	}
	sbuf_addn(&t->text, s, n);
	t->cols += cols;
}

static void text_reset(struct styled_text *t)
{
	sbuf_truncate(&t->text, 0);
	t->run_count = 0;
	t->cols = 0;
}

static void text_fini(struct styled_text *t)
{
	sbuf_fini(&t->text);
	free(t->run);
	*t = (struct styled_text){0};
}

/* Trailing spaces say nothing and make copies differ. */
static void text_trim(struct styled_text *t)
{
	size_t n = t->text.n;
	while (n > 0 && t->text.p[n - 1] == ' ')
		n--;
	t->cols -= (int)(t->text.n - n);
	sbuf_truncate(&t->text, n);
	while (t->run_count > 0 && t->run[t->run_count - 1].at >= n)
		t->run_count--;
}

void styled_begin(struct styled_builder *b, struct styled *out, struct arena *arena, int width)
{
	struct styled_text line = b->line, word = b->word;
	text_reset(&line);
	text_reset(&word);
	*b = (struct styled_builder){
		.arena = arena,
		.out = out,
		.width = width < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : width > STYLED_WIDTH_MAX ? STYLED_WIDTH_MAX : width,
		.first_line = out->count,
		.line = line,
		.word = word,
	};
}

void styled_end(struct styled_builder *b)
{
	styled_break(b);
	text_fini(&b->line);
	text_fini(&b->word);
	*b = (struct styled_builder){0};
}

static struct styled_line *add_line(struct styled *s, struct arena *a)
{
	if (s->count == s->cap) {
		s->cap = s->cap == 0 ? 32 : s->cap * 2;
		s->line = arena_grow(a, s->line, s->count, s->cap, sizeof *s->line);
	}
	return &s->line[s->count++];
}

/* Moves what is on the line to the text. */
static void put_line(struct styled_builder *b)
{
	text_trim(&b->line);
	struct styled_line *l = add_line(b->out, b->arena);
	*l = (struct styled_line){
		.cols = (unsigned short)b->line.cols,
		.span_count = (unsigned short)b->line.run_count,
		.anchor = b->anchor,
		.fold = (unsigned short)b->fold,
		.spoiler = (unsigned short)b->line_spoiler,
		.quote_topic = b->quote_topic,
		.quote_post = b->quote_post,
		.opens = b->opens,
	};
	if (b->line.run_count > 0) {
		struct span *span = ARENA_ARRAY(b->arena, b->line.run_count, struct span);
		const char *text = arena_strndup(b->arena, b->line.text.p, b->line.text.n);
		for (size_t i = 0; i < b->line.run_count; i++) {
			const struct styled_run *r = &b->line.run[i];
			size_t end = i + 1 < b->line.run_count ? r[1].at : b->line.text.n;
			span[i] = (struct span){
				.text = text + r->at,
				.bytes = (unsigned short)(end - r->at),
				.cols = (unsigned short)width_cols_n(text + r->at, end - r->at),
				.role = r->role,
				.link = r->link,
			};
		}
		l->span = span;
	}
	text_reset(&b->line);
	b->prefix_cols = b->line_spoiler = 0;
}

/* An empty line keeps the prefixes that go on: ">" between two paragraphs of a quote. */
static void put_blank(struct styled_builder *b)
{
	for (int i = 0; i < b->prefix_count && b->prefix[i].used; i++)
		text_add(&b->line, b->prefix[i].role, 0, b->prefix[i].rest, strlen(b->prefix[i].rest), b->prefix[i].cols);
	int fold = b->fold;
	b->fold = 0;
	put_line(b);
	b->fold = fold;
}

static void start_line(struct styled_builder *b)
{
	if (b->started)
		return;
	if (b->blank && b->out->count > b->first_line)
		put_blank(b);
	b->blank = false;
	b->started = true;
	for (int i = 0; i < b->prefix_count; i++) {
		struct styled_prefix *p = &b->prefix[i];
		const char *s = p->used ? p->rest : p->first;
		text_add(&b->line, p->role, 0, s, strlen(s), width_cols(s));
		p->used = true;
	}
	b->prefix_cols = b->line.cols;
}

static void end_line(struct styled_builder *b)
{
	start_line(b);
	put_line(b);
	b->started = b->space = false;
}

/* Copies bytes [from, to) of the word to the line. */
static void move_word(struct styled_builder *b, size_t from, size_t to)
{
	const struct styled_text *w = &b->word;
	if (b->word_spoiler != 0)
		b->line_spoiler = b->word_spoiler;
	for (size_t i = 0; i < w->run_count; i++) {
		size_t start = w->run[i].at, end = i + 1 < w->run_count ? w->run[i + 1].at : w->text.n;
		start = start < from ? from : start;
		end = end > to ? to : end;
		if (start < end)
			text_add(&b->line, w->run[i].role, w->run[i].link, w->text.p + start, end - start, 0);
	}
}

/* A word wider than a line is cut between graphemes. */
static void cut_word(struct styled_builder *b)
{
	for (size_t at = 0; at < b->word.text.n;) {
		int used;
		start_line(b);
		size_t fit = width_fit(b->word.text.p + at, b->word.text.n - at, b->width - b->line.cols, &used);
		if (fit == 0 && b->line.cols == b->prefix_cols)
			break;
		move_word(b, at, at + fit);
		b->line.cols += used;
		at += fit;
		if (at < b->word.text.n)
			end_line(b);
	}
}

static void add_space(struct styled_builder *b)
{
	const struct styled_run *first = &b->word.run[0];
	bool same = first->role == b->space_role && first->link == b->space_link;
	text_add(&b->line, same ? first->role : ROLE_TEXT, same ? first->link : 0, " ", 1, 1);
}

static void flush_word(struct styled_builder *b)
{
	if (b->word.text.n == 0)
		return;
	start_line(b);
	bool empty = b->line.cols == b->prefix_cols;
	int need = b->word.cols + (b->space && !empty ? 1 : 0);
	if (b->line.cols + need > b->width && !empty) {
		end_line(b);
		start_line(b);
		empty = true;
	}
	if (b->word.cols > b->width - b->line.cols) {
		cut_word(b);
	} else {
		if (b->space && !empty)
			add_space(b);
		move_word(b, 0, b->word.text.n);
		b->line.cols += b->word.cols;
	}
	text_reset(&b->word);
	b->space = false;
	b->word_spoiler = b->spoiler;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Bytes of plain letters at s; the last one is left when a mark may follow it. */
static size_t ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && (unsigned char)s[i] > 0x20 && (unsigned char)s[i] < 0x7F)
		i++;
	return i < n && (unsigned char)s[i] >= 0x80 && i > 0 ? i - 1 : i;
}

static size_t add_grapheme(struct styled_builder *b, enum role role, const char *s, size_t n)
{
	int cols;
	size_t used = width_grapheme(s, n, &cols);
	bool no_break_space = used == 2 && memcmp(s, "\xC2\xA0", 2) == 0;
	if ((unsigned char)*s < 0x20 || *s == 0x7F || used == 0)
		return used > 0 ? used : 1;
	/* Lines may break on both sides of a wide character: CJK has no spaces. */
	if (cols == 2)
		flush_word(b);
	if (cols > 0)
		text_add(&b->word, role, b->link, no_break_space ? " " : s, no_break_space ? 1 : cell_fit(s, used), cols);
	if (cols == 2)
		flush_word(b);
	return used;
}

void styled_addn(struct styled_builder *b, enum role role, const char *s, size_t n)
{
	if (b->spoiler != 0)
		b->word_spoiler = b->spoiler;
	for (size_t i = 0; i < n && s[i] != '\0';) {
		size_t run = ascii_run(s + i, n - i);
		if (run > 0) {
			text_add(&b->word, role, b->link, s + i, run, (int)run);
			i += run;
		} else if (is_space(s[i])) {
			flush_word(b);
			b->space = true;
			b->space_role = role;
			b->space_link = b->link;
			i++;
		} else {
			i += add_grapheme(b, role, s + i, n - i);
		}
	}
}

void styled_add(struct styled_builder *b, enum role role, const char *utf8)
{
	if (utf8 != NULL)
		styled_addn(b, role, utf8, strlen(utf8));
}

void styled_addf(struct styled_builder *b, enum role role, const char *fmt, ...)
{
	struct sbuf text = {0};
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&text, fmt, ap);
	va_end(ap);
	styled_addn(b, role, sbuf_str(&text), text.n);
	sbuf_fini(&text);
}

static void pre_cells(struct styled_builder *b, enum role role, const char *s, size_t n, int cols,
	const char *cont)
{
	if (b->line.cols + cols > b->width) {
		end_line(b);
		start_line(b);
		text_add(&b->line, ROLE_MUTED, 0, cont, strlen(cont), width_cols(cont));
	}
	text_add(&b->line, role, b->link, s, n, cols);
}

static void pre_line(struct styled_builder *b, enum role role, const char *s, size_t n, const char *cont)
{
	static const char spaces[] = "        ";
	int column = 0, cols;
	start_line(b);
	for (size_t i = 0, used; i < n; i += used) {
		used = width_grapheme(s + i, n - i, &cols);
		if (s[i] == '\t') {
			cols = 8 - column % 8;
			for (int k = 0; k < cols; k++)
				pre_cells(b, role, spaces, 1, 1, cont);
		} else if (used == 0) {
			break;
		} else if ((unsigned char)s[i] >= 0x20 && cols > 0) {
			pre_cells(b, role, s + i, cell_fit(s + i, used), cols, cont);
		}
		column += cols;
	}
	end_line(b);
}

void styled_pre(struct styled_builder *b, enum role role, const char *utf8, const char *cont)
{
	styled_break(b);
	for (const char *s = utf8; s != NULL && *s != '\0';) {
		size_t n = strcspn(s, "\n");
		pre_line(b, role, s, n, cont);
		s += n + (s[n] == '\n');
	}
}

void styled_line(struct styled_builder *b, enum role role, const char *utf8)
{
	styled_break(b);
	styled_add(b, role, utf8);
	styled_break(b);
}

void styled_label(struct styled_builder *b, const char *label, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	styled_break(b);
	styled_push(b, ROLE_TEXT, "", "  ");
	styled_addf(b, ROLE_MUTED, "%s: ", label);
	for (const char *s = value; *s != '\0';) {
		size_t n = strcspn(s, "\n");
		styled_addn(b, ROLE_TEXT, s, n);
		s += n + (s[n] == '\n');
		styled_break(b);
	}
	styled_pop(b);
}

void styled_break(struct styled_builder *b)
{
	flush_word(b);
	if (b->started)
		end_line(b);
	b->space = false;
}

void styled_newline(struct styled_builder *b)
{
	flush_word(b);
	end_line(b);
}

void styled_blank(struct styled_builder *b)
{
	styled_break(b);
	if (b->prefix_count == 0 || b->prefix[b->prefix_count - 1].used)
		b->blank = true;
}

int styled_room(const struct styled_builder *b)
{
	int room = b->width;
	for (int i = 0; i < b->prefix_count; i++)
		room -= b->prefix[i].cols;
	return room;
}

void styled_push(struct styled_builder *b, enum role role, const char *first, const char *rest)
{
	int first_cols = width_cols(first), rest_cols = width_cols(rest);
	int cols = first_cols > rest_cols ? first_cols : rest_cols;
	styled_break(b);
	if (b->prefix_skipped > 0 || b->prefix_count == STYLED_PREFIXES || styled_room(b) - cols < b->width / 2) {
		b->prefix_skipped++;
		return;
	}
	b->prefix[b->prefix_count++] = (struct styled_prefix){
		.first = first,
		.rest = rest,
		.role = (unsigned char)role,
		.cols = cols,
	};
}

void styled_pop(struct styled_builder *b)
{
	styled_break(b);
	ensure(b->prefix_skipped > 0 || b->prefix_count > 0);
	if (b->prefix_skipped > 0)
		b->prefix_skipped--;
	else
		b->prefix_count--;
}

int styled_link_add(struct styled_builder *b, const char *url, int number)
{
	struct styled *s = b->out;
	if (s->link_count == s->link_cap) {
		s->link_cap = s->link_cap == 0 ? 8 : s->link_cap * 2;
		s->link = arena_grow(b->arena, s->link, s->link_count, s->link_cap, sizeof *s->link);
	}
	s->link[s->link_count++] = (struct styled_link){
		.number = number,
		.anchor = b->anchor,
		.url = arena_strdup(b->arena, url),
	};
	return number;
}

void styled_line_text(const struct styled_line *l, struct sbuf *out)
{
	sbuf_add(out, "");
	for (int i = 0; i < l->span_count; i++)
		sbuf_addn(out, l->span[i].text, l->span[i].bytes);
}

void styled_plain(const struct styled *s, struct sbuf *out)
{
	sbuf_add(out, "");
	for (size_t i = 0; i < s->count; i++) {
		styled_line_text(&s->line[i], out);
		sbuf_addc(out, '\n');
	}
}

int styled_draw(const struct styled *s, size_t top, struct canvas *c, int row, int col, int rows, int cols)
{
	int drawn = 0;
	for (; drawn < rows && top + (size_t)drawn < s->count; drawn++) {
		const struct styled_line *l = &s->line[top + (size_t)drawn];
		int used = 0;
		for (int i = 0; i < l->span_count; i++)
			used += canvas_addn(c, row + drawn, col + used, cols - used, (enum role)l->span[i].role,
				l->span[i].text, l->span[i].bytes);
	}
	return drawn;
}

int styled_anchor_line(const struct styled *s, int anchor)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->line[i].anchor == anchor)
			return (int)i;
	return -1;
}
