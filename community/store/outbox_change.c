#include "outbox_private.h"

bool outbox_store_send(struct store *s, const struct change *c, struct error *err)
{
	struct change in = *c;
	if (outbox_is_overtaken(s, c)) {
		if (outbox_state(s, c->id) != CHANGE_DRAFT)
			return outbox_store_put_draft(s, c, err);
		in.id = c->writer;
	}
	int state = outbox_state(s, in.id);
	if (state > CHANGE_DRAFT && state != CHANGE_REFUSED)
		return true;
	return outbox_enqueue(s, &in, err);
}

/* A value of the profile that was a draft was typed at length. */
bool outbox_row_becomes_draft(const struct outbox_row *row)
{
	const struct change *c = &row->change;
	bool has_words = c->body != NULL && c->body[0] != '\0';
	return change_is_text(c->kind) || (c->kind == CHANGE_PROFILE && row->draft_dirty)
		|| ((c->kind == CHANGE_BOOKMARK || c->kind == CHANGE_FLAG) && has_words);
}

/* Waiting or refused: as if it was never sent. What it took the place of comes back only when the site said
 * nothing. */
static bool take_back(struct store *s, const struct outbox_row *row, int64_t now_ms, bool *undone,
	struct error *err)
{
	const struct change *c = &row->change;
	outbox_changed(s, c->kind);
	bool ok = (c->kind != CHANGE_READ_ALL || read_store_undo_all(s, c->id, err))
		&& outbox_undo_after(s, c->id, now_ms, err);
	if (ok && outbox_row_becomes_draft(row))
		ok = sql_run(s->db, err, "UPDATE outbox SET state = 0, queued = 0, due_ms = 0, next_ms = 0, tries = 0,"
			" after = 0,"
			" sent_ms = 0, error = 0, http_status = 0, error_what = '', resend = 0 WHERE id = ?", "i", c->id);
	else if (ok)
		ok = outbox_delete(s, c->id, err);
	*undone = ok;
	bool any;
	return ok && (c->state == CHANGE_WAITING ? outbox_unmerge(s, c->id, &any, err)
		: outbox_forget_merged(s, c->id, err));
}

/* What stood in its place while both waited is what the site gets then, and counts as arrived. */
static bool step_back(
	struct store *s, int64_t id, struct change *inverse, int64_t now_ms, struct arena *a, struct error *err)
{
	const struct outbox_row *back = outbox_merged_by(s, id, a);
	if (back == NULL)
		return true;
	int64_t before = inverse->before;
	struct change now = *inverse;
	*inverse = back->change;
	inverse->before = before;
	inverse->original = now.original;
	inverse->was_title = now.was_title;
	inverse->was_names = now.was_names;
	inverse->was_category_id = now.was_category_id;
	return sql_run(s->db, err, "UPDATE outbox SET state = 4, merged_by = 0, done_ms = ?2,"
		" other_id = (SELECT other_id"
		" FROM outbox o WHERE o.id = ?3) WHERE id = ?1", "iii", back->change.id, now_ms, id);
}

/* What the site has already gets its inverse in the queue, once. */
static bool queue_inverse(
	struct store *s, const struct outbox_row *row, int64_t now_ms, bool *undone, struct arena *a, struct error *err)
{
	int64_t id = row->change.id;
	struct change inverse;
	if (sql_get_int(s->db, 0, "SELECT inverse_id FROM outbox WHERE id = ?", "i", id) != 0
		|| !change_inverse(&row->change, row->done_post_id, &inverse))
		return true;
	if (inverse.kind == CHANGE_UNBOOKMARK)
		inverse.before = sql_get_int(s->db, 0, "SELECT other_id FROM outbox WHERE id = ?", "i", id);
	if (!step_back(s, id, &inverse, now_ms, a, err))
		return false;
	inverse.id = change_new_id();
	inverse.state = CHANGE_WAITING;
	inverse.created_ms = inverse.due_ms = now_ms;
	inverse.typing_ms = inverse.open_ms = 0;
	if (inverse.topic_id == 0)
		inverse.topic_id = row->done_topic_id;
	*undone = outbox_store_send(s, &inverse, err) && outbox_undo_after(s, id, now_ms, err);
	return *undone && sql_run(s->db, err, "UPDATE outbox SET inverse_id = ?2 WHERE id = ?1", "ii", id, inverse.id);
}

bool outbox_undo_after(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	struct arena a = {0};
	bool undone;
	int64_t next;
	bool ok = sql_run(s->db, err, "DELETE FROM outbox WHERE after = ? AND state IN (1, 5)", "i", id);
	while (ok && (next = sql_get_int(s->db, 0, "SELECT id FROM outbox WHERE after = ? AND state = 4", "i",
		id)) != 0)
		ok = sql_run(s->db, err, "UPDATE outbox SET after = 0 WHERE id = ?", "i", next)
			&& queue_inverse(s, outbox_store_get(s, next, &a), now_ms, &undone, &a, err);
	arena_fini(&a);
	return ok;
}

bool outbox_store_undo(struct store *s, int64_t id, int64_t now_ms, bool *undone, struct error *err)
{
	bool ignored;
	undone = undone == NULL ? &ignored : undone;
	*undone = false;
	struct arena a = {0};
	const struct outbox_row *row = outbox_store_get(s, id, &a);
	bool ok = true;
	if (row == NULL)
		ok = outbox_unmerge(s, id, undone, err);
	else if (row->change.state == CHANGE_WAITING || row->change.state == CHANGE_REFUSED)
		ok = take_back(s, row, now_ms, undone, err);
	else if (row->change.state == CHANGE_DONE)
		ok = queue_inverse(s, row, now_ms, undone, &a, err);
	arena_fini(&a);
	return ok;
}

bool outbox_store_try_again(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	outbox_row_changed(s, id);
	return sql_run(s->db, err, "UPDATE outbox SET state = 1, due_ms = min(due_ms, ?2), next_ms = 0 WHERE id = ?1"
		" AND state IN (1, 5)", "ii", id, now_ms);
}

/* What it took the place of, and what was to go out after it unless it arrived. */
static bool forget_with(struct store *s, int64_t id, bool arrived, struct error *err)
{
	return outbox_forget_merged(s, id, err)
		&& (arrived || sql_run(s->db, err, "DELETE FROM outbox WHERE after = ? AND state IN (1, 5)", "i", id));
}

bool outbox_store_keep_draft(struct store *s, int64_t id, struct error *err)
{
	outbox_row_changed(s, id);
	return sql_run(s->db, err, "UPDATE outbox SET state = 0, queued = 0, due_ms = 0, draft_dirty = 1, after = 0"
			" WHERE id = ?1 AND state = 5", "i", id)
		&& forget_with(s, id, false, err);
}

bool outbox_store_drop(struct store *s, int64_t id, struct error *err)
{
	bool arrived = outbox_state(s, id) == CHANGE_DONE;
	outbox_row_changed(s, id);
	if (!sql_run(s->db, err, "DELETE FROM outbox WHERE id = ? AND state IN (0, 4, 5)", "i", id))
		return false;
	return sql_changes(s->db) == 0 || forget_with(s, id, arrived, err);
}
