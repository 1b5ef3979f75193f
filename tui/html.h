#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "sbuf.h"
#include "styled.h"
#include "zone.h"

/* Discourse's `cooked` HTML to styled lines. Whatever comes in, what comes out is clean (utf8_clean),
 * bounded, and never wider than asked. */

enum {
	HTML_WIDTH_MIN = 20,
	HTML_WIDTH_DEFAULT = 66,
	HTML_INPUT_MAX = 512 * 1024, /* bytes; the rest is left out with a note */
	HTML_DEPTH_MAX = 100,        /* elements inside each other; deeper ones lose their tag, not their text */
};

/* A moment in a text: span.discourse-local-date. */
struct html_date {
	int64_t start, end;    /* instants in seconds; end is 0 when there is none */
	bool has_time;         /* false: a whole day; start is its midnight in `zone` */
	const struct zone *zone; /* the zone to show it in: the member's, or the one the writer asked for */
	const char *recurring; /* "1.weeks" and so on, or NULL */
};

/* What the caller may draw itself. */
enum html_slot { HTML_POLL, HTML_EVENT };

struct html_options {
	int width;            /* 0: HTML_WIDTH_DEFAULT */
	const char *base_url; /* "https://forum.example.nl", for links without a host */
	bool emoji_words;     /* ":smile:" in place of the character */
	bool tables_as_lines; /* "heading: value", also where the columns fit */
	bool show_all;        /* spoilers and folds open: for search, pipes, line mode */
	uint64_t spoilers_shown, folds_open; /* bit n-1 for number n; more than 64 are shown and open */
	int anchor;           /* the post number: goes into every line and link */
	int first_link;       /* number of the first link; 0: 1 */
	bool no_link_list;    /* do not list the links after the text */
	const struct zone *zone; /* the member's zone; NULL: zone_local() */
	/* Appends the date in the reader's language. NULL: a plain ISO form. */
	void (*date)(void *data, const struct html_date *d, struct sbuf *out);
	void *date_data;
	/* Draws the poll with this name or the event in place. NULL or false: kring shows the text that is
	 * there. */
	bool (*slot)(void *data, enum html_slot slot, const char *name, struct styled_builder *b);
	void *slot_data;
};

/* Appends the post to `out` (zeroed before the first). All memory in `arena`. */
void html_render(const char *cooked, const struct html_options *opt, struct arena *arena, struct styled *out);
/* The same through a builder that has other text too: no link list of its own when opt says so. */
void html_render_into(const char *cooked, const struct html_options *opt, struct styled_builder *b);
/* The first max_bytes of the running text on one line: titles with entities, excerpts, profile texts. */
void html_line(const char *html, struct sbuf *out, size_t max_bytes);
