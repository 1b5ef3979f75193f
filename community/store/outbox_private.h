#pragma once
#include "outbox_store.h"
#include "store_private.h"

/* Between the outbox_*.c only. */

/* State of a row that a later change took the place of, while both waited; see merged_by. */
enum { CHANGE_MERGED = CHANGE_REFUSED + 1 };

/* States in which a change counts as made, for who looks at what it changes. */
#define OUTBOX_UNDERWAY "(1, 2, 3)"

/* X waits for a change that has not arrived. */
#define OUTBOX_HELD(X) "EXISTS (SELECT 1 FROM outbox d WHERE d.id = " X ".after AND d.state <> 4)"

/* What the member's attendance will be, of the newest change underway; NULL: none is. EVENT: its id. */
#define OUTBOX_ATTENDANCE(EVENT)                                                                              \
	"(SELECT w.number FROM outbox w WHERE w.post_id = " EVENT " AND w.kind = 19 AND w.state IN " OUTBOX_UNDERWAY \
	" ORDER BY w.queued DESC LIMIT 1)"

/* Will a post of the topic be bookmarked? TOPIC: its id. */
#define OUTBOX_TOPIC_SAVED(TOPIC)                                                                             \
	"EXISTS (SELECT 1 FROM post p WHERE p.topic_id = " TOPIC " AND coalesce((SELECT w.kind = 9 FROM outbox w"     \
	" WHERE w.post_id = p.id AND w.kind IN (9, 10) AND w.state IN " OUTBOX_UNDERWAY                            \
	" ORDER BY w.queued DESC LIMIT 1), p.flags & 256 <> 0))"

/* What is underway, in the order of the queue, for the readers that show it as if it had arrived. A
 * connection that writes sees nothing of it: what it reads may go back into the rows of the site. */
struct changes {
	struct change *row;
	int count;
};
/* Of these kinds; of this topic or post unless 0. */
struct changes outbox_underway(struct store *s, enum change_kind first, enum change_kind last, int64_t topic_id,
	int64_t post_id, struct arena *a);
bool outbox_has_underway(struct store *s, enum change_kind first, enum change_kind last);

/* The columns that outbox_read_one takes; the row is named o. `where`: the title of the topic, else the name of the
 * category, of the member or of the field of the profile. */
#define OUTBOX_CHANGE                                                                                          \
	"o.id, o.kind, o.state, o.topic_id, o.post_id, o.category_id, o.number, o.before, o.time_ms, o.title,"        \
	" o.body, o.original, o.names, o.created_ms, o.typing_ms, o.open_ms, o.due_ms,"             \
	" o.was_category_id, o.was_title, o.was_names, o.after, o.writer"
#define OUTBOX_SELECT                                                                                          \
	"SELECT " OUTBOX_CHANGE ", o.sent_ms, o.next_ms, o.done_ms,"                                               \
	" o.tries, o.error, o.http_status, o.error_what, o.held, o.resend, o.done_topic_id,"             \
	" o.done_post_id, o.done_post_number, o.draft_key, o.draft_sequence, o.draft_dirty, o.theirs,"              \
	" coalesce((SELECT nullif(t.title, '') FROM topic t WHERE t.id = o.topic_id),"                              \
	" (SELECT c.name FROM category c WHERE c.id = o.category_id),"                                              \
	" (SELECT coalesce(nullif(m.name, ''), m.username) FROM member m WHERE o.kind = 14"                         \
	" AND m.username = o.names COLLATE NOCASE),"                                                                 \
	" (SELECT f.name FROM user_field f WHERE o.kind = 20 AND o.title = 'field:' || f.id), ''),"          \
	" CASE o.after WHEN 0 THEN -1 ELSE coalesce((SELECT d.state FROM outbox d WHERE d.id = o.after), -1) END,"    \
	" (SELECT count(*) FROM outbox d WHERE d.after = o.id AND d.after <> 0 AND d.state IN " OUTBOX_UNDERWAY ")"  \
	" FROM outbox o"
struct outbox_row *outbox_read_one(struct store *s, struct sql_query *q, struct arena *a);
struct outbox_rows outbox_read_all(struct store *s, struct sql_query *q, int limit, struct arena *a);
/* STORE_OUTBOX and whatever shows this kind of change. */
void outbox_changed(struct store *s, enum change_kind kind);
/* The same of the row. */
void outbox_row_changed(struct store *s, int64_t id);
/* -1 when there is no such row. */
int outbox_state(struct store *s, int64_t id);
/* A row as `c` says, new or in place of the one with its id. Gives it the next place in the queue unless it
 * is a draft. */
bool outbox_put_row(struct store *s, const struct change *c, struct error *err);
/* Another writer went on with the draft, or the same row was sent while this writer did not know of it. */
bool outbox_is_overtaken(struct store *s, const struct change *c);
bool outbox_delete(struct store *s, int64_t id, struct error *err);

/* Into the queue, where c and a change of the same thing that waits become one, or both fall away. */
bool outbox_enqueue(struct store *s, const struct change *c, struct error *err);
/* What `id` took the place of; NULL when nothing. */
const struct outbox_row *outbox_merged_by(struct store *s, int64_t id, struct arena *a);
/* Brings back what `id` took the place of; *any says that there was something. */
bool outbox_unmerge(struct store *s, int64_t id, bool *any, struct error *err);
/* What `id` took the place of will not come back. */
bool outbox_forget_merged(struct store *s, int64_t id, struct error *err);

/* A newer change of the same thing arrived: what the site refused before is of no use any more. */
bool outbox_forget_refused(struct store *s, const struct change *c, struct error *err);
/* What goes out after `id`, and what that took the place of, now goes out after `id`. */
bool outbox_gather_after(struct store *s, int64_t id, struct error *err);
/* Takes back what goes out after `id`. */
bool outbox_undo_after(struct store *s, int64_t id, int64_t now_ms, struct error *err);

/* What the site confirmed, into the rows that show it. */
bool outbox_apply(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err);
/* Parts of reading: everything up to c->time_ms, and back. */
bool read_store_put_all(struct store *s, const struct change *c, struct error *err);
bool read_store_undo_all(struct store *s, int64_t change_id, struct error *err);
