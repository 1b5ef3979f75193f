#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "change.h"
#include "json.h"
#include "sbuf.h"

/* A draft as the server keeps it (/drafts.json): what the web's composer saves. */
struct server_draft {
	const char *key;           /* new_topic, new_private_message, topic_ID; the newest sites add to the first two */
	int64_t sequence, topic_id, category_id; /* 0: none */
	const char *topic_title;   /* of the topic it belongs to */
	const char *action;        /* createTopic, reply, privateMessage, edit; NULL: none that kring knows */
	int64_t post_id;           /* edit: the post; reply: the post it answers, 0 the topic */
	const char *title, *text;
	const char *original;      /* edit: the text it began with; NULL unknown */
	const char *const *tag;
	int tag_count;
	const char *const *recipient;
	int recipient_count;
	int64_t typing_ms, open_ms;
};
struct draft_list {
	const struct server_draft *draft;
	int count;
};

bool draft_list_decode(const struct json *root, struct arena *a, struct draft_list *out);
/* /drafts/KEY.json. False when the site has no such draft; the sequence is filled in all the same. */
bool draft_decode(const struct json *root, const char *key, struct arena *a, struct server_draft *out);
/* The new sequence in the answer to a draft that was saved; -1: it did not say. */
int64_t draft_sequence_decode(const struct json *root);

/* The `data` of a draft, as the web's composer reads it. */
void draft_encode(const struct server_draft *d, struct sbuf *out);

/* A text in the making as a draft of the site, and back. The texts of `c` are borrowed; key and sequence stay
 * empty. */
void draft_from_change(const struct change *c, struct arena *a, struct server_draft *out);
/* False for a draft of another kind (of a chat, of the staff). Everything is filled in but id, number and times. */
bool draft_to_change(const struct server_draft *d, struct arena *a, struct change *out);
/* The key under which the web looks for the draft of such a text. */
const char *draft_key_of(const struct change *c, struct arena *a);
