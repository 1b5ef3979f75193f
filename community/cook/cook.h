#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "discourse_poll.h"
#include "sbuf.h"

/* Discourse's Markdown to HTML. The result is safe by construction: what a writer typed reaches it
 * escaped, as one of the constructs below, or as one of a few plain tags without attributes. */

enum cook_mention { COOK_NOBODY, COOK_USER, COOK_GROUP };

struct cook_hashtag {
	const char *type, *name, *url; /* type: category or tag */
	int64_t id;
};

enum { COOK_DIGEST = 33 };             /* bytes with the NUL */

/* What only the community knows. Any function may be NULL: then nothing is known. */
struct cook_context {
	enum cook_mention (*mention)(void *data, const char *name);
	bool (*hashtag)(void *data, const char *slug, struct cook_hashtag *out);
	const char *(*avatar)(void *data, const char *username);       /* a path with {size}; NULL: none */
	const char *(*topic_title)(void *data, int64_t topic_id); /* of a quote from elsewhere; NULL: not known */
	/* MD5 in hex, for the names of a poll's options; NULL: they stay empty. */
	void (*digest)(const void *bytes, size_t n, char out[COOK_DIGEST]);
	void *data;
	int64_t topic_id;              /* where the post stands; 0: a new topic */
};

struct cook_quote {
	const char *username;
	int64_t topic_id;              /* 0: this one */
	int post_number;
};

struct cook_attribute {
	const char *name, *value;
};
/* The [event] block, unread: forum_event_parse knows what it means. */
struct cook_event {
	const struct cook_attribute *attribute;
	int attribute_count;
	const char *description;       /* the text in it; "" when none */
};

/* The HTML and what stands in it. */
struct cooked {
	const char *html;
	const char *const *user, *const *group; /* mentioned, each once, as written */
	int user_count, group_count;
	const struct cook_quote *quote;
	int quote_count;
	const struct poll *poll;       /* options without votes */
	int poll_count;
	const struct cook_event *event; /* NULL: none */
	int event_count;               /* more than one is an error of the writer */
};

/* Cooks at most COOK_MAX_BYTES of raw; everything returned lives in a. */
enum { COOK_MAX_BYTES = 256 * 1024 };
void cook_post(const struct cook_context *c, const char *raw, struct cooked *out, struct arena *a);

/* The first words of HTML as plain text, at most max_bytes (whole characters) and "…" when cut; quotes are
 * left out. */
char *cook_excerpt(struct arena *a, const char *html, size_t max_bytes);
/* All text of HTML, blocks on lines of their own. */
void cook_plain(struct sbuf *out, const char *html);
/* The same without what the writer quotes. */
void cook_own_words(struct sbuf *out, const char *html);
/* Appends text with & < > " ' as entities. */
void cook_escape(struct sbuf *out, const char *text, size_t n);
