#pragma once
#include "cook.h"

/* Inside cook/ only: the state of one cooking. */

enum { MaxDepth = 20, MaxOpen = 32, MaxAttributes = 40, MaxFailedScans = 64 };

/* A tag of a writer ([b], <kbd>, <details>) that is open and closes by itself at the end of what it stands
 * in. */
struct open_tag {
	const char *name, *close;
};

struct writer {
	const struct cook_context *c;
	struct arena *a;
	struct sbuf *out;
	struct cooked *cooked;
	int depth, quote_depth;
	int failed_scans;              /* openings without an end; bounds the work on hostile text */
	int headings, footnotes;       /* numbered through the post */
	struct open_tag open[MaxOpen];
	int open_count;
	int mark;                      /* of what the text stands in: tags opened before it stay open */
	int closers[8];                /* per inline tag: ends still to come in this paragraph */
};

/* "[name=value a=b c="d"]" or "[/name]" at s; *length is that of the whole tag. Stays on one line. */
struct bb_tag {
	char name[24];                 /* lower case */
	bool closing;
	const char *value;             /* NULL: none */
	struct cook_attribute attribute[MaxAttributes];
	int attribute_count;
	size_t length;
};
bool bb_parse(struct writer *w, const char *s, size_t n, struct bb_tag *t);
const char *bb_get(const struct bb_tag *t, const char *name); /* NULL: not there */

/* Blocks, then Markdown between them. */
void cook_blocks(struct writer *w, const char *s, size_t n);
void cook_markdown(struct writer *w, const char *s, size_t n);
void cook_poll(struct writer *w, const struct bb_tag *t, const char *s, size_t n);
void cook_event_block(struct writer *w, const struct bb_tag *t, const char *s, size_t n);
/* " data-a-name="value"" of an attribute in camelCase. */
void cook_data_attribute(struct writer *w, const char *name, const char *value);

/* Text of a writer inside a paragraph; `rich` is false inside links. */
void cook_inline(struct writer *w, const char *s, bool rich);
/* Counts the ends that cook_inline may rely on. */
void cook_inline_count(struct writer *w, const char *s);
void cook_open(struct writer *w, const char *name, const char *open, const char *close);
bool cook_close(struct writer *w, const char *name, int mark);
void cook_close_to(struct writer *w, int mark);

/* [date=...] and [date-range ...]; false when it is not a date. */
bool cook_date(struct writer *w, const struct bb_tag *t);

/* "smile" -> "😄"; NULL when unknown. */
const char *emoji_character(const char *name, size_t n);
/* The name of the emoji that s begins with, and its bytes; NULL when it is none. */
const char *emoji_name(const char *s, size_t *bytes);
/* The name behind ":)" and the like. */
const char *emoji_of_face(const char *s, size_t *bytes);

void cook_add(struct writer *w, const char *s);
void cook_text(struct writer *w, const char *s, size_t n); /* escaped */
void cook_url(struct writer *w, const char *url);          /* escaped for an attribute */
/* http, https, mailto, or no scheme at all. */
bool cook_url_allowed(const char *url);
