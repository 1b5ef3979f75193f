#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "change.h"
#include "store.h"

/* Everything the member writes and changes, until and after the site has it. A draft is a row too: it is
 * never removed before the site has confirmed it, or the member throws it away. */
struct outbox_row {
	struct change change;
	int64_t sent_ms;           /* when the last try went out; 0 never */
	int64_t next_ms;           /* not tried again before */
	int64_t done_ms;
	int tries;
	enum error_kind error;     /* of the last try */
	int http_status;
	const char *error_what;    /* the site's own words where it gave any; "" none */
	bool held;                 /* with DONE: a moderator looks at it first */
	bool resend;               /* the site was asked and does not have it: it is sent a second time */
	int64_t done_topic_id, done_post_id;
	int done_post_number;
	/* of the change that it goes out after (enum change_state); -1 when it waits for none */
	int after_state;
	int followers;             /* how many wait for this one */
	const char *where;         /* title of the topic, name of the category, of the poll or of the member; "" */
	/* Discourse's own draft of this text (api: /drafts.json). */
	const char *draft_key;     /* "topic_12", "new_topic"...; "" none */
	int64_t draft_sequence;
	bool draft_dirty;          /* changed here since it was given to the site */
	const char *theirs;        /* the site's text when both were changed; "" none. `body` is ours */
};

struct outbox_rows {
	struct outbox_row *row;
	int count;
};

/* Zeroed: everything, what needs the member first, then what is not there yet, oldest first, then what
 * arrived, newest first. The conditions add up. */
struct outbox_filter {
	bool drafts;               /* only drafts */
	bool open;                 /* only what the site does not have yet; drafts are not in it */
	bool refused;              /* only what needs the member */
	int64_t topic_id;          /* only what concerns this topic */
};

struct outbox_rows outbox_store_list(
	struct store *s, const struct outbox_filter *f, int64_t offset, int limit, struct arena *a);
int64_t outbox_store_count(struct store *s, const struct outbox_filter *f);
/* Where it stands in the list, from 0; -1 when not in it. */
int64_t outbox_store_position(struct store *s, const struct outbox_filter *f, int64_t id);
/* NULL when there is none. */
const struct outbox_row *outbox_store_get(struct store *s, int64_t id, struct arena *a);
/* New topics or messages that the site does not have yet, where a list of topics (topic_store.h) would show
 * them: the newest first, unless the oldest come first. */
struct topic_filter;
struct outbox_rows outbox_store_topics(
	struct store *s, const struct topic_filter *f, int64_t offset, int limit, struct arena *a);
int64_t outbox_store_topics_count(struct store *s, const struct topic_filter *f);
int64_t outbox_store_topics_position(struct store *s, const struct topic_filter *f, int64_t id);
/* The draft for this place (kind, topic, post, and for a message names), newest first: it is offered, not
 * forced. NULL when there is none. */
const struct outbox_row *outbox_store_draft_for(struct store *s, const struct change *c, struct arena *a);

/* What the member does. All inside a transaction. */
/* Makes or renews a draft: its texts, ids and times. A row that is waiting, being sent or done is left alone.
 * When another writer went on with it or sent it since, what c says becomes a draft of its own, whose id is
 * c->writer. */
bool outbox_store_put_draft(struct store *s, const struct change *c, struct error *err);
/* Into the queue: a draft that is there already (its row is renewed first), a refused one, or a change of one
 * key. Of two for the same thing that both wait (a level, a profile field, an edit) only the newest stays;
 * two that cancel each other out (like, unlike) leave no row. Undoing the newest brings the older one back. A
 * draft of another writer: see above; what another writer sent already is not sent again, but kept. */
bool outbox_store_send(struct store *s, const struct change *c, struct error *err);
/* Takes back what is still waiting, refused, or already done. A text becomes a draft again, a key leaves no
 * row, what is done gets its inverse in the queue. *undone (may be NULL) false: it is just being sent, or
 * nothing undoes it. */
bool outbox_store_undo(struct store *s, int64_t id, int64_t now_ms, bool *undone, struct error *err);
/* Whether its words are a draft again when it is taken back before it arrived. */
bool outbox_row_becomes_draft(const struct outbox_row *row);
/* A refused or waiting item is tried now. */
bool outbox_store_try_again(struct store *s, int64_t id, int64_t now_ms, struct error *err);
/* A refused item becomes a draft. */
bool outbox_store_keep_draft(struct store *s, int64_t id, struct error *err);
/* Throws away a draft, a refused item, or one that arrived; never one that waits, is sent or is unsure. */
bool outbox_store_drop(struct store *s, int64_t id, struct error *err);

/* For the sender. All inside a transaction, but for the first two. */
/* The next to send at now_ms: waiting and due, and nothing of its lane before it that waits, is sent or is
 * unsure. Unsure ones come first. A CHANGE_READ_ALL comes too: nothing goes out for it, it is set done and
 * what was read is told as always (read_store.h). NULL when there is none. */
const struct outbox_row *outbox_store_next(struct store *s, int64_t now_ms, struct arena *a);
/* When the next one is due; INT64_MAX when nothing waits. */
int64_t outbox_store_next_ms(struct store *s);
/* Rows in SENDING without anybody who sends them (the program was killed) become UNSURE. */
bool outbox_store_recover(struct store *s, struct error *err);
bool outbox_store_set_sending(struct store *s, int64_t id, int64_t now_ms, struct error *err);
bool outbox_store_set_unsure(struct store *s, int64_t id, int64_t next_ms, const struct error *why,
	struct error *err);
/* Back to waiting: the site has it not, or could not take it now. resend: see outbox_row. */
bool outbox_store_set_waiting(struct store *s, int64_t id, int64_t next_ms, bool resend, const struct error *why,
	struct error *err);
bool outbox_store_set_refused(struct store *s, int64_t id, const struct error *why, struct error *err);
struct outbox_result {
	int64_t topic_id, post_id, other_id; /* other_id: of the bookmark or the invitee */
	int post_number;
	bool held;
};
/* Also brings what it changed into the rows that show it (a like, a level, a vote), where the answer did not. */
bool outbox_store_set_done(
	struct store *s, int64_t id, const struct outbox_result *r, int64_t now_ms, struct error *err);
/* What another row than `id` became is not what `id` became, however alike. */
bool outbox_store_is_claimed(struct store *s, int64_t id, int64_t post_id);
/* A new topic or message of ours became this one. */
bool outbox_store_is_topic_claimed(struct store *s, int64_t topic_id);
/* Another new text than `id` has these words, to a site (same_text.h), and went out or waits for it. */
bool outbox_store_has_words(struct store *s, int64_t id, const char *text);
/* How many such texts a moderator holds, that arrived from `since_ms` on. */
int outbox_store_count_held(struct store *s, int64_t id, const char *text, int64_t since_ms);
bool outbox_store_arrived_since(struct store *s, int64_t id, const char *text, int64_t since_ms);
bool outbox_store_is_sending(struct store *s);
/* What arrived long ago is forgotten: done before `before_ms`. */
bool outbox_store_prune(struct store *s, int64_t before_ms, struct error *err);

/* Drafts on the site. */
/* A draft that has to be given to the site; NULL when there is none. */
const struct outbox_row *outbox_store_dirty_draft(struct store *s, struct arena *a);
/* The site has this text of ours now. */
bool outbox_store_draft_given(struct store *s, int64_t id, const char *key, int64_t sequence, const char *body,
	struct error *err);
/* A draft of the site: makes a row, renews one that was not changed here, or puts it beside ours as `theirs`. */
bool outbox_store_put_site_draft(struct store *s, const struct change *c, const char *key, int64_t sequence,
	struct error *err);
/* The member chose: ours (false) or theirs (true). */
bool outbox_store_settle_draft(struct store *s, int64_t id, bool theirs, struct error *err);
