#include "outbox_private.h"
#include "str.h"

bool outbox_is_overtaken(struct store *s, const struct change *c)
{
	int state = outbox_state(s, c->id);
	int64_t writer = sql_get_int(s->db, 0, "SELECT writer FROM outbox WHERE id = ?", "i", c->id);
	if (state < 0 || c->writer == 0 || writer == c->writer)
		return false;
	return writer != c->base || (state != CHANGE_DRAFT && state != CHANGE_REFUSED);
}

static bool has_same_words(struct store *s, const struct change *c)
{
	return sql_get_int(s->db, 0, "SELECT title = ?2 AND body = ?3 AND names = ?4 FROM outbox WHERE id = ?1", "isss",
		c->id, str_or_empty(c->title), str_or_empty(c->body), str_or_empty(c->names)) == 1;
}

bool outbox_store_put_draft(struct store *s, const struct change *c, struct error *err)
{
	struct change draft = *c;
	if (outbox_is_overtaken(s, c)) {
		if (has_same_words(s, c))
			return true;
		draft.id = c->writer;
	}
	int state = outbox_state(s, draft.id);
	if (state > CHANGE_DRAFT && state != CHANGE_REFUSED)
		return true;
	draft.state = CHANGE_DRAFT;
	draft.due_ms = 0;
	return outbox_put_row(s, &draft, err);
}

const struct outbox_row *outbox_store_dirty_draft(struct store *s, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.state = 0 AND o.draft_dirty = 1"
		" AND o.theirs = '' ORDER BY o.created_ms, o.id LIMIT 1", ""), a);
}

bool outbox_store_draft_given(struct store *s, int64_t id, const char *key, int64_t sequence, const char *body,
	struct error *err)
{
	store_changed(s, STORE_OUTBOX);
	return sql_run(s->db, err, "UPDATE outbox SET draft_key = ?2, draft_sequence = ?3,"
		" draft_dirty = CASE WHEN body = ?4 THEN 0 ELSE draft_dirty END WHERE id = ?1", "isis", id,
		str_or_empty(key), sequence, str_or_empty(body));
}

static const struct outbox_row *row_with_key(struct store *s, const char *key, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.draft_key = ? AND o.draft_key <> ''"
		" ORDER BY o.state, o.created_ms DESC LIMIT 1", "s", key), a);
}

/* A draft of ours that the site was never given. There can be many topics begun, but one reply to a topic. */
static const struct outbox_row *same_place(struct store *s, const struct change *c, struct arena *a)
{
	const struct outbox_row *row = outbox_store_draft_for(s, c, a);
	if (row == NULL || row->draft_key[0] != '\0')
		return NULL;
	return c->topic_id != 0 || str_equal(row->change.body, str_or_empty(c->body)) ? row : NULL;
}

static bool insert_theirs(
	struct store *s, const struct change *c, const char *key, int64_t sequence, struct error *err)
{
	struct change draft = *c;
	draft.state = CHANGE_DRAFT;
	draft.id = c->id == 0 ? change_new_id() : c->id;
	return outbox_put_row(s, &draft, err)
		&& sql_run(s->db, err, "UPDATE outbox SET draft_dirty = 0, draft_key = ?2,"
		" draft_sequence = ?3 WHERE id = ?1", "isi", draft.id, key, sequence);
}

static bool take_theirs(struct store *s, int64_t id, const struct change *c, struct error *err)
{
	return sql_run(s->db, err, "UPDATE outbox SET title = ?2, body = ?3, names = ?4, category_id = ?5,"
		" draft_dirty = 0,"
		" writer = ?6 WHERE id = ?1", "isssii", id, str_or_empty(c->title), str_or_empty(c->body),
		str_or_empty(c->names), c->category_id, change_new_id());
}

static bool lay_beside(struct store *s, int64_t id, const struct change *c, struct error *err)
{
	return sql_run(s->db, err, "UPDATE outbox SET theirs = CASE WHEN body = ?2 THEN '' ELSE ?2 END,"
		" theirs_title = ?3 WHERE id = ?1", "iss", id, str_or_empty(c->body), str_or_empty(c->title));
}

static bool is_of_same_text(const struct change *a, const struct change *b)
{
	return a->kind == b->kind && (a->kind != CHANGE_EDIT || a->post_id == b->post_id);
}

/* The site keeps one draft of a topic: when it is of another text now, ours is not there any more. */
static bool leave_key(struct store *s, int64_t id, struct error *err)
{
	return sql_run(
		s->db, err, "UPDATE outbox SET draft_key = '', draft_sequence = 0, draft_dirty = 1 WHERE id = ?", "i", id);
}

static bool renew(struct store *s, const struct outbox_row *row, const struct change *c, const char *key,
	int64_t sequence, struct error *err)
{
	int64_t id = row->change.id;
	if (row->draft_sequence >= sequence && row->draft_key[0] != '\0')
		return true;
	return (row->draft_dirty ? lay_beside(s, id, c, err) : take_theirs(s, id, c, err))
		&& sql_run(s->db, err, "UPDATE outbox SET draft_key = ?2, draft_sequence = ?3 WHERE id = ?1", "isi",
			id, key, sequence);
}

/* *row: what is known under this key, or at the same place. */
static bool find_ours(struct store *s, const struct change *c, const char *key, int64_t sequence,
	const struct outbox_row **row, struct arena *a, struct error *err)
{
	*row = row_with_key(s, key, a);
	bool newer = *row != NULL && (*row)->draft_sequence < sequence;
	bool sent = newer && (*row)->change.state != CHANGE_DRAFT;
	bool other = newer && !sent && !is_of_same_text(&(*row)->change, c);
	if (other && !leave_key(s, (*row)->change.id, err))
		return false;
	if (*row == NULL || sent || other)
		*row = same_place(s, c, a);
	return true;
}

bool outbox_store_put_site_draft(
	struct store *s, const struct change *c, const char *key, int64_t sequence, struct error *err)
{
	struct arena a = {0};
	const struct outbox_row *row;
	store_changed(s, STORE_OUTBOX);
	bool ok = find_ours(s, c, key, sequence, &row, &a, err);
	if (ok && row == NULL)
		ok = insert_theirs(s, c, key, sequence, err);
	else if (ok && row->change.state == CHANGE_DRAFT)
		ok = renew(s, row, c, key, sequence, err);
	arena_fini(&a);
	return ok;
}

bool outbox_store_settle_draft(struct store *s, int64_t id, bool theirs, struct error *err)
{
	store_changed(s, STORE_OUTBOX);
	return sql_run(s->db, err, "UPDATE outbox SET body = CASE WHEN ?2 THEN theirs ELSE body END,"
		" title = CASE WHEN ?2 AND theirs_title <> '' THEN theirs_title ELSE title END, draft_dirty = NOT ?2,"
		" theirs = '', theirs_title = '' WHERE id = ?1 AND theirs <> ''", "in", id, theirs);
}
