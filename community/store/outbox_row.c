#include "outbox_private.h"
#include "same_text.h"
#include "str.h"

static const unsigned shows[CHANGE_KINDS] = {
	[CHANGE_TOPIC] = STORE_TOPICS,
	[CHANGE_REPLY] = STORE_POSTS,
	[CHANGE_MESSAGE] = STORE_MESSAGES,
	[CHANGE_EDIT] = STORE_POSTS | STORE_TOPICS | STORE_MESSAGES,
	[CHANGE_DELETE] = STORE_POSTS,
	[CHANGE_RECOVER] = STORE_POSTS,
	[CHANGE_LIKE] = STORE_POSTS,
	[CHANGE_UNLIKE] = STORE_POSTS,
	[CHANGE_BOOKMARK] = STORE_POSTS | STORE_TOPICS | STORE_MESSAGES,
	[CHANGE_UNBOOKMARK] = STORE_POSTS | STORE_TOPICS | STORE_MESSAGES,
	[CHANGE_FLAG] = STORE_POSTS,
	[CHANGE_TOPIC_LEVEL] = STORE_TOPICS | STORE_MESSAGES,
	[CHANGE_CATEGORY_LEVEL] = STORE_CATEGORIES,
	[CHANGE_MEMBER_LEVEL] = STORE_MEMBERS | STORE_POSTS,
	[CHANGE_ARCHIVE] = STORE_MESSAGES,
	[CHANGE_UNARCHIVE] = STORE_MESSAGES,
	[CHANGE_VOTE] = STORE_POSTS,
	[CHANGE_UNVOTE] = STORE_POSTS,
	[CHANGE_ATTENDANCE] = STORE_EVENTS | STORE_POSTS,
	[CHANGE_PROFILE] = STORE_MEMBERS | STORE_SITE,
	[CHANGE_READ_ALL] = STORE_TOPICS | STORE_MESSAGES | STORE_POSTS,
};

void outbox_changed(struct store *s, enum change_kind kind)
{
	store_changed(s, STORE_OUTBOX | shows[kind]);
}

void outbox_row_changed(struct store *s, int64_t id)
{
	outbox_changed(s, (enum change_kind)sql_get_int(s->db, 0, "SELECT kind FROM outbox WHERE id = ?", "i", id));
}

int outbox_state(struct store *s, int64_t id)
{
	return (int)sql_get_int(s->db, -1, "SELECT state FROM outbox WHERE id = ?", "i", id);
}

bool outbox_delete(struct store *s, int64_t id, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM outbox WHERE id = ?", "i", id);
}

/* Something that was not there before, unlike an edit. */
static bool is_new_text(enum change_kind kind)
{
	return change_is_text(kind) && kind != CHANGE_EDIT;
}

/* Everything about one topic is in one lane, also where only the post was said. */
static int64_t topic_of(struct store *s, const struct change *c)
{
	if (c->topic_id != 0 || c->post_id == 0)
		return c->topic_id;
	return sql_get_int(s->db, 0, "SELECT topic_id FROM post WHERE id = ?", "i", c->post_id);
}

bool outbox_put_row(struct store *s, const struct change *c, struct error *err)
{
	struct change in = *c;
	in.topic_id = topic_of(s, c);
	char lane[64];
	change_lane(&in, lane, sizeof lane);
	outbox_changed(s, c->kind);
	return sql_run(s->db, err, "INSERT INTO outbox(id, kind, state, queued, lane, topic_id, post_id, category_id,"
		" number, before, time_ms, title, body, original, names, created_ms, typing_ms, open_ms, due_ms,"
		" draft_dirty, was_category_id, was_title, was_names, after, writer, words)"
		" VALUES (?1, ?2, ?3, CASE ?3 WHEN 0 THEN 0 ELSE (SELECT coalesce(max(queued), 0) + 1 FROM outbox)"
		" END, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?3 = 0,"
		" ?19, ?20, ?21, ?22, ?23, ?24)"
		" ON CONFLICT(id) DO UPDATE SET state = excluded.state, queued = excluded.queued, lane = excluded.lane,"
		" topic_id = excluded.topic_id, post_id = excluded.post_id, category_id = excluded.category_id,"
		" number = excluded.number, before = excluded.before, time_ms = excluded.time_ms,"
		" draft_dirty = draft_dirty OR title <> excluded.title OR body <> excluded.body,"
		" title = excluded.title, body = excluded.body, original = excluded.original, names = excluded.names,"
		" created_ms = CASE created_ms WHEN 0 THEN excluded.created_ms ELSE created_ms END,"
		" typing_ms = excluded.typing_ms, open_ms = excluded.open_ms, due_ms = excluded.due_ms, next_ms = 0,"
		" tries = 0,"
		" was_category_id = excluded.was_category_id, was_title = excluded.was_title,"
		" was_names = excluded.was_names,"
		" after = excluded.after, writer = excluded.writer, words = excluded.words,"
		" error = 0, http_status = 0, error_what = '', resend = 0", "innsiiiiiissssiiiiissiii", c->id, (int)c->kind,
		(int)c->state, lane, in.topic_id, c->post_id, c->category_id, c->number, c->before, c->time_ms,
		str_or_empty(c->title), str_or_empty(c->body), str_or_empty(c->original), str_or_empty(c->names),
		c->created_ms, c->typing_ms, c->open_ms, c->due_ms, c->was_category_id, str_or_empty(c->was_title),
		str_or_empty(c->was_names), c->after, c->writer, is_new_text(c->kind) ? same_text_digest(c->body) : 0);
}
