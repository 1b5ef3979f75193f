#include "outbox_private.h"
#include "str.h"

/* Changes of one kind of thing, of which the newest counts: what it becomes, and what it was before. */
enum value { OFF, ON, NUMBER, BODY, NAMES, NOTE };
static const struct {
	enum change_kind first, last; /* kinds of the same thing stand side by side; 0: each stands for itself */
	enum value becomes, was;
} same[CHANGE_KINDS] = {
	[CHANGE_EDIT] = {CHANGE_EDIT, CHANGE_EDIT, BODY, BODY},
	[CHANGE_DELETE] = {CHANGE_DELETE, CHANGE_RECOVER, ON, OFF},
	[CHANGE_RECOVER] = {CHANGE_DELETE, CHANGE_RECOVER, OFF, ON},
	[CHANGE_LIKE] = {CHANGE_LIKE, CHANGE_UNLIKE, ON, OFF},
	[CHANGE_UNLIKE] = {CHANGE_LIKE, CHANGE_UNLIKE, OFF, ON},
	[CHANGE_BOOKMARK] = {CHANGE_BOOKMARK, CHANGE_UNBOOKMARK, NOTE, NOTE},
	[CHANGE_UNBOOKMARK] = {CHANGE_BOOKMARK, CHANGE_UNBOOKMARK, OFF, NOTE},
	[CHANGE_TOPIC_LEVEL] = {CHANGE_TOPIC_LEVEL, CHANGE_TOPIC_LEVEL, NUMBER, NUMBER},
	[CHANGE_CATEGORY_LEVEL] = {CHANGE_CATEGORY_LEVEL, CHANGE_CATEGORY_LEVEL, NUMBER, NUMBER},
	[CHANGE_MEMBER_LEVEL] = {CHANGE_MEMBER_LEVEL, CHANGE_MEMBER_LEVEL, NUMBER, NUMBER},
	[CHANGE_ARCHIVE] = {CHANGE_ARCHIVE, CHANGE_UNARCHIVE, ON, OFF},
	[CHANGE_UNARCHIVE] = {CHANGE_ARCHIVE, CHANGE_UNARCHIVE, OFF, ON},
	[CHANGE_VOTE] = {CHANGE_VOTE, CHANGE_UNVOTE, NAMES, NAMES},
	[CHANGE_UNVOTE] = {CHANGE_VOTE, CHANGE_UNVOTE, OFF, NAMES},
	[CHANGE_ATTENDANCE] = {CHANGE_ATTENDANCE, CHANGE_ATTENDANCE, NUMBER, NUMBER},
	[CHANGE_PROFILE] = {CHANGE_PROFILE, CHANGE_PROFILE, BODY, BODY},
};

/* Another row o about the same thing: ?1 and ?2 kinds, ?3 post, ?4 topic, ?5 category, ?6 names, ?7 title, ?8
 * its id. */
#define SAME_THING                                                                                            \
	" o.kind BETWEEN ?1 AND ?2 AND o.post_id = ?3"                                                             \
	" AND o.category_id = CASE ?1 WHEN 13 THEN ?5 ELSE o.category_id END"                                      \
	" AND (o.topic_id = ?4 OR ?4 = 0)"                                                                         \
	" AND o.names = CASE ?1 WHEN 14 THEN ?6 ELSE o.names END COLLATE NOCASE"                                   \
	" AND o.title = CASE WHEN ?1 IN (17, 20) THEN ?7 ELSE o.title END AND o.id <> ?8"

/* The newest change of the same thing that is not there yet. */
static const struct outbox_row *one_before(struct store *s, const struct change *c, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.state IN " OUTBOX_UNDERWAY
		" AND" SAME_THING " ORDER BY o.queued DESC LIMIT 1", "nniiissi", (int)same[c->kind].first,
		(int)same[c->kind].last, c->post_id, c->topic_id, c->category_id, str_or_empty(c->names),
		str_or_empty(c->title), c->id), a);
}

static const char *value(enum value v, int64_t number, const char *body, const char *names, struct arena *a)
{
	switch (v) {
	case OFF:
		return "";
	case ON:
		return "+";
	case NUMBER:
		return arena_printf(a, "%lld", (long long)number);
	case BODY:
		return str_or_empty(body);
	case NAMES:
		return str_or_empty(names);
	case NOTE:
		return number == 0 ? "" : arena_printf(a, "+%s", str_or_empty(body));
	}
	return "";
}

static const char *becomes(const struct change *c, struct arena *a)
{
	enum value v = same[c->kind].becomes;
	return value(v, v == NOTE ? 1 : c->number, c->body, c->names, a);
}

static const char *was(const struct change *c, struct arena *a)
{
	bool marked = c->before != 0 || c->kind == CHANGE_UNBOOKMARK;
	enum value v = same[c->kind].was;
	return value(v, v == NOTE ? marked : c->before, c->original, c->original, a);
}

/* *cancelled: both fall away. The texts of *c may come to point into the arena. */
static bool merge(struct store *s, struct change *c, struct arena *a, bool *cancelled, struct error *err)
{
	const struct outbox_row *row = same[c->kind].first == 0 ? NULL : one_before(s, c, a);
	if (row == NULL || row->change.state != CHANGE_WAITING)
		return true;
	*cancelled = !change_is_text(c->kind) && str_equal(becomes(c, a), was(&row->change, a));
	if (same[c->kind].was != OFF && same[c->kind].was != ON) {
		c->before = row->change.before;
		c->original = row->change.original;
		c->was_title = row->change.was_title;
		c->was_names = row->change.was_names;
		c->was_category_id = row->change.was_category_id;
	}
	outbox_changed(s, c->kind);
	return sql_run(s->db, err, "UPDATE outbox SET state = ?3, merged_by = ?2 WHERE id = ?1", "iin", row->change.id,
		c->id, CHANGE_MERGED);
}

bool outbox_enqueue(struct store *s, const struct change *c, struct error *err)
{
	struct change in = *c;
	struct arena a = {0};
	in.state = CHANGE_WAITING;
	bool cancelled = false;
	bool ok = merge(s, &in, &a, &cancelled, err);
	if (ok && cancelled)
		ok = outbox_delete(s, in.id, err);
	else if (ok)
		ok = outbox_put_row(s, &in, err) && (c->kind != CHANGE_READ_ALL || read_store_put_all(s, &in, err));
	arena_fini(&a);
	return ok;
}

bool outbox_forget_merged(struct store *s, int64_t id, struct error *err)
{
	for (int64_t next; id != 0; id = next) {
		next = sql_get_int(s->db, 0, "SELECT id FROM outbox WHERE merged_by = ?", "i", id);
		if (next != 0 && !sql_run(s->db, err, "UPDATE outbox SET merged_by = 0 WHERE id = ?", "i", next))
			return false;
	}
	return sql_run(s->db, err, "DELETE FROM outbox WHERE state = 6 AND merged_by = 0", "");
}

/* What the member typed is not thrown away for them. */
bool outbox_forget_refused(struct store *s, const struct change *c, struct error *err)
{
	if (same[c->kind].first == 0 || same[c->kind].becomes == BODY)
		return true;
	for (;;) {
		int64_t id = sql_get_int(s->db, 0, "SELECT o.id FROM outbox o WHERE o.state = 5 AND" SAME_THING
			" AND o.queued < (SELECT queued FROM outbox WHERE id = ?8) LIMIT 1", "nniiissi",
			(int)same[c->kind].first, (int)same[c->kind].last, c->post_id, c->topic_id, c->category_id,
			str_or_empty(c->names), str_or_empty(c->title), c->id);
		if (id == 0)
			return true;
		if (!outbox_delete(s, id, err) || !outbox_forget_merged(s, id, err))
			return false;
	}
}

bool outbox_gather_after(struct store *s, int64_t id, struct error *err)
{
	return sql_run(s->db, err, "WITH RECURSIVE under(id) AS (SELECT id FROM outbox WHERE merged_by = ?1"
		" UNION SELECT o.id FROM outbox o JOIN under u ON o.merged_by = u.id)"
		" UPDATE outbox SET after = ?1 WHERE after <> 0 AND after IN (SELECT id FROM under)", "i", id);
}

const struct outbox_row *outbox_merged_by(struct store *s, int64_t id, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.merged_by = ? AND o.state = 6", "i", id), a);
}

/* What a revived change takes the place of comes after everything that it had taken the place of itself. */
static bool put_below(struct store *s, int64_t id, int64_t child, struct error *err)
{
	int64_t lowest = 0;
	for (int64_t next = child; next != 0;
		next = sql_get_int(s->db, 0, "SELECT id FROM outbox WHERE merged_by = ?", "i", lowest))
		lowest = next;
	return child == 0
		|| sql_run(s->db, err, "UPDATE outbox SET merged_by = ?3 WHERE merged_by = ?1 AND id <> ?2", "iii",
		id, child, lowest);
}

/* Back in its place of the queue, or at the end of it when something else was done to the same thing since. */
static bool revive(struct store *s, struct change *back, struct arena *a, struct error *err)
{
	outbox_changed(s, back->kind);
	if (one_before(s, back, a) == NULL)
		return sql_run(s->db, err, "UPDATE outbox SET state = 1, merged_by = 0 WHERE id = ?", "i", back->id);
	int64_t child = sql_get_int(s->db, 0, "SELECT id FROM outbox WHERE merged_by = ?", "i", back->id);
	return outbox_delete(s, back->id, err) && outbox_enqueue(s, back, err) && put_below(s, back->id, child, err);
}

bool outbox_unmerge(struct store *s, int64_t id, bool *any, struct error *err)
{
	struct arena a = {0};
	const struct outbox_row *row = outbox_merged_by(s, id, &a);
	*any = row != NULL;
	struct change back = row == NULL ? (struct change){0} : row->change;
	bool ok = row == NULL || revive(s, &back, &a, err);
	arena_fini(&a);
	return ok;
}
