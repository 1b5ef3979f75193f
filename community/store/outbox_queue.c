#include <string.h>

#include "outbox_private.h"
#include "str.h"
#include "text.h"

/* Nothing of its lane stands before it. */
#define FIRST_IN_LANE                                                                                        \
	"NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane AND e.state IN " OUTBOX_UNDERWAY                 \
	" AND e.queued < o.queued AND NOT " OUTBOX_HELD("e") ") AND NOT " OUTBOX_HELD("o")

/* Each goes along the index of the queue and ends at the first row. */
const struct outbox_row *outbox_store_next(struct store *s, int64_t now_ms, struct arena *a)
{
	const struct outbox_row *unsure = outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.state = 3"
		" AND o.next_ms <= ? AND " FIRST_IN_LANE " ORDER BY o.queued LIMIT 1", "i", now_ms), a);
	return unsure != NULL ? unsure : outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.state = 1"
		" AND max(o.due_ms, o.next_ms) <= ? AND " FIRST_IN_LANE " ORDER BY o.queued LIMIT 1", "i", now_ms), a);
}

int64_t outbox_store_next_ms(struct store *s)
{
	return sql_get_int(s->db, INT64_MAX, "SELECT coalesce(min(max(CASE o.state WHEN 1 THEN o.due_ms ELSE 0 END,"
		" o.next_ms)), 9223372036854775807) FROM outbox o WHERE o.state IN (1, 3) AND " FIRST_IN_LANE, "");
}

bool outbox_store_recover(struct store *s, struct error *err)
{
	store_changed(s, STORE_OUTBOX);
	return sql_run(s->db, err, "UPDATE outbox SET state = 3, next_ms = 0 WHERE state = 2", "");
}

bool outbox_mend(struct sql *db, struct error *err)
{
	static const char any[] = "SELECT 1 FROM outbox WHERE kind NOT BETWEEN 1 AND ?1 OR state NOT BETWEEN 0 AND 6"
		" LIMIT 1";
	int kinds = CHANGE_KINDS - 1;
	if (sql_get_int(db, 0, any, "n", kinds) == 0)
		return true;
	return sql_run(db, err, "UPDATE outbox SET kind = 1, state = 0, topic_id = 0, post_id = 0"
			" WHERE kind NOT BETWEEN 1 AND ?1", "n", kinds)
		&& sql_run(db, err, "UPDATE outbox SET state = CASE WHEN kind <= 4 THEN 0 ELSE 5 END"
			" WHERE state NOT BETWEEN 0 AND 6", "");
}

/* The member can take an item back up to this moment, also in another kring. */
bool outbox_store_set_sending(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	store_changed(s, STORE_OUTBOX);
	if (!sql_run(s->db, err, "UPDATE outbox SET state = 2, sent_ms = ?2, tries = tries + 1, error = 0,"
			" http_status = 0, error_what = '' WHERE id = ?1 AND state IN (1, 3)", "ii", id, now_ms))
		return false;
	return sql_changes(s->db) == 1 || fail(err, ERR_NOT_FOUND, _("This was taken back and is not sent."));
}

static bool set_state(struct store *s, int64_t id, enum change_state state, int64_t next_ms,
	const struct error *why, struct error *err)
{
	outbox_row_changed(s, id);
	return sql_run(s->db, err, "UPDATE outbox SET state = ?2, next_ms = ?3, error = ?4, http_status = ?5,"
		" error_what = ?6 WHERE id = ?1 AND state IN " OUTBOX_UNDERWAY, "ininns", id, (int)state, next_ms,
		why == NULL ? ERR_NONE : (int)why->kind, why == NULL ? 0 : why->http_status, why == NULL ? "" : why->what);
}

bool outbox_store_set_unsure(
	struct store *s, int64_t id, int64_t next_ms, const struct error *why, struct error *err)
{
	return set_state(s, id, CHANGE_UNSURE, next_ms, why, err);
}

bool outbox_store_set_waiting(
	struct store *s, int64_t id, int64_t next_ms, bool resend, const struct error *why, struct error *err)
{
	return set_state(s, id, CHANGE_WAITING, next_ms, why, err)
		&& sql_run(s->db, err, "UPDATE outbox SET resend = ?2 WHERE id = ?1", "in", id, resend);
}

bool outbox_store_set_refused(struct store *s, int64_t id, const struct error *why, struct error *err)
{
	return set_state(s, id, CHANGE_REFUSED, 0, why, err);
}

/* A bookmark that waits to be removed gets the id the site just gave it. */
static bool pass_on_id(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	if (c->kind != CHANGE_BOOKMARK || r->other_id == 0)
		return true;
	return sql_run(s->db, err, "UPDATE outbox SET before = ?2 WHERE post_id = ?1 AND kind IN (9, 10) AND state = 1"
		" AND before = 0", "ii", c->post_id, r->other_id);
}

bool outbox_store_set_done(
	struct store *s, int64_t id, const struct outbox_result *r, int64_t now_ms, struct error *err)
{
	struct arena a = {0};
	const struct outbox_row *row = outbox_store_get(s, id, &a);
	bool ok = true;
	if (row != NULL && row->change.state >= CHANGE_WAITING && row->change.state <= CHANGE_UNSURE) {
		ok = set_state(s, id, CHANGE_DONE, 0, NULL, err)
			&& sql_run(s->db, err, "UPDATE outbox SET done_ms = ?2, held = ?3, done_topic_id = ?4,"
				" done_post_id = ?5,"
				" done_post_number = ?6, other_id = ?7, draft_dirty = 0, theirs = '', theirs_title = ''"
				" WHERE id = ?1", "iiniini", id, now_ms, r->held, r->topic_id, r->post_id, r->post_number,
				r->other_id)
			&& outbox_apply(s, &row->change, r, err) && pass_on_id(s, &row->change, r, err)
			&& outbox_forget_refused(s, &row->change, err) && outbox_gather_after(s, id, err);
	}
	arena_fini(&a);
	return ok;
}

bool outbox_store_prune(struct store *s, int64_t before_ms, struct error *err)
{
	store_changed(s, STORE_OUTBOX);
	return sql_run(s->db, err, "DELETE FROM outbox WHERE (state = 4 AND done_ms < ?1) OR (state = 6"
			" AND due_ms < ?1)",    "i", before_ms)
		&& sql_run(s->db, err, "DELETE FROM read_before WHERE change_id NOT IN (SELECT id FROM outbox)", "");
}
