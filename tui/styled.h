#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "canvas.h"
#include "sbuf.h"
#include "style.h"

/* Text as lines of spans, cut to a width. All memory is in the arena it was built with. */

struct span {
	const char *text;
	unsigned short bytes, cols;
	unsigned char role;  /* enum role */
	unsigned short link; /* number of the link it belongs to, or 0 */
};

struct styled_line {
	const struct span *span;
	unsigned short span_count, cols;
	int anchor;                 /* styled_builder.anchor when it was made: the screens put the post number here */
	unsigned short fold;        /* this line is the summary of fold n (1, 2...) of its anchor */
	unsigned short spoiler;     /* this line holds (a part of) spoiler n of its anchor */
	int quote_topic, quote_post; /* this line says who is quoted: jump there; topic 0 = this topic */
	bool opens;                 /* Enter on this line opens something else */
};

struct styled_link {
	int number; /* as shown: [1] */
	int anchor;
	const char *url; /* absolute http(s) or mailto */
};

struct styled {
	struct styled_line *line;
	size_t count, cap;
	struct styled_link *link;
	size_t link_count, link_cap;
	int fold_count, spoiler_count; /* of the last html_render */
	bool cut;                      /* something was too large and is left out; the text says so */
};

/* Builds lines. Zero it, then styled_begin; end with styled_end. Reuse with another styled_begin. */
enum { STYLED_PREFIXES = 24, STYLED_WIDTH_MIN = 8, STYLED_WIDTH_MAX = 400 };

struct styled_run {
	unsigned at; /* byte in the text where it starts */
	unsigned char role;
	unsigned short link;
};

struct styled_text { /* a piece in the making: bytes and what they are */
	struct sbuf text;
	struct styled_run *run;
	size_t run_count, run_cap;
	int cols;
};

struct styled_prefix {
	const char *first, *rest; /* before the first line and before the others; borrowed until popped */
	unsigned char role;
	int cols;
	bool used;
};

struct styled_builder {
	struct arena *arena;
	struct styled *out;
	int width;
	int link;          /* number given to the text that follows, 0 for none */
	size_t first_line; /* of what this builder adds */
	int anchor, fold, spoiler, quote_topic, quote_post; /* given to the lines that follow */
	struct styled_text line, word;
	int prefix_cols;            /* of the line now */
	int word_spoiler, line_spoiler; /* parts of these are in the word and on the line */
	bool opens;                 /* given to the lines that follow */
	bool space, blank, started; /* a space, an empty line is due; the line has its prefixes */
	enum role space_role;
	int space_link;
	struct styled_prefix prefix[STYLED_PREFIXES];
	int prefix_count, prefix_skipped;
};

void styled_begin(struct styled_builder *b, struct styled *out, struct arena *arena, int width);
/* Ends the last line and frees what the builder held on the heap. */
void styled_end(struct styled_builder *b);

/* Running text: white space is one space, lines break between words; a word wider than a line is cut. */
void styled_add(struct styled_builder *b, enum role role, const char *utf8);
void styled_addn(struct styled_builder *b, enum role role, const char *utf8, size_t n);
void styled_addf(struct styled_builder *b, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Text as it is: every line end ends a line, spaces stay, tabs go to columns of 8; long lines are cut and
 * go on after `cont` ("" for nothing). */
void styled_pre(struct styled_builder *b, enum role role, const char *utf8, const char *cont);
/* A whole line: text and a line end. */
void styled_line(struct styled_builder *b, enum role role, const char *utf8);
/* "Label: value" with the value's further lines indented by 2; nothing when value is NULL or "". */
void styled_label(struct styled_builder *b, const char *label, const char *value);
/* Ends the line when it has something on it. */
void styled_break(struct styled_builder *b);
/* Ends the line, also an empty one. */
void styled_newline(struct styled_builder *b);
/* Ends the line and puts one empty line before whatever comes next (none at the very start or end). */
void styled_blank(struct styled_builder *b);
/* Columns left for text after the prefixes. */
int styled_room(const struct styled_builder *b);
/* What every line starts with until the pop: list markers ("- ", "  "), quotes ("> ", "> "). Nested ones
 * add up; when they would take more than half the width, deeper ones are left out. */
void styled_push(struct styled_builder *b, enum role role, const char *first, const char *rest);
void styled_pop(struct styled_builder *b);
/* Adds a link to the list of this text; returns its number. `url` is copied. */
int styled_link_add(struct styled_builder *b, const char *url, int number);

/* One line without roles; the whole as plain text with line ends, for pipes and line mode. */
void styled_line_text(const struct styled_line *l, struct sbuf *out);
void styled_plain(const struct styled *s, struct sbuf *out);
/* Draws lines top, top+1... in `rows` rows from (row, col); returns how many were drawn. */
int styled_draw(const struct styled *s, size_t top, struct canvas *c, int row, int col, int rows, int cols);
/* First line of an anchor, or -1. */
int styled_anchor_line(const struct styled *s, int anchor);
