#include "forum_draft.h"

#include "forum_publish.h"
#include "text.h"

enum { MaxDrafts = 500 };

int64_t forum_draft_sequence(struct sql *db, int64_t user_id, const char *key)
{
	return sql_get_int(db, 0, "SELECT sequence FROM draft WHERE user_id = ? AND draft_key = ?", "is", user_id,
		key);
}

static bool room_for(struct forum *f, int64_t user_id, const char *key)
{
	return sql_get_int(f->db, 0, "SELECT count(*) FROM draft WHERE user_id = ? AND draft_key <> ?"
		" AND data IS NOT NULL", "is", user_id, key) < forum_setting_int(f->db, "max_drafts_per_user", MaxDrafts);
}

bool forum_draft_set(struct forum *f, int64_t user_id, const char *key, int64_t *sequence, const char *data,
	const char *owner, bool force, struct error *err)
{
	int64_t current = forum_draft_sequence(f->db, user_id, key);
	if (*sequence != current && !force) {
		*sequence = current;
		return fail(err, ERR_CONFLICT, N_("This draft was changed in another place."));
	}
	if (!room_for(f, user_id, key))
		return fail(err, ERR_REFUSED, N_("You have too many drafts. Remove one first."));
	/* Every save of a draft that is there counts, so that two places that write it notice each other. */
	bool again = sql_get_int(f->db, 0, "SELECT data IS NOT NULL FROM draft WHERE user_id = ?"
		" AND draft_key = ?", "is", user_id, key) == 1;
	*sequence = current + again;
	return sql_run(f->db, err,
			   "INSERT INTO draft (user_id, draft_key, sequence, data, owner, updated_ms) VALUES (?, ?, ?, "
			   "?, ?, ?)"
			   " ON CONFLICT (user_id, draft_key) DO UPDATE SET data = excluded.data, owner = excluded.owner,"
			   " sequence = excluded.sequence, updated_ms = excluded.updated_ms",
			   "isissi", user_id, key, *sequence, data, owner, f->now_ms) &&
		forum_publish_drafts(f, user_id);
}

bool forum_draft_clear(struct forum *f, int64_t user_id, const char *key, struct error *err)
{
	return sql_run(f->db, err,
			   "UPDATE draft SET data = NULL, owner = NULL WHERE user_id = ? AND draft_key = ?", "is",
			   user_id, key) &&
		forum_publish_drafts(f, user_id);
}

bool forum_draft_advance(struct forum *f, int64_t user_id, const char *key, struct error *err)
{
	return sql_run(f->db, err,
		"INSERT INTO draft (user_id, draft_key, sequence, updated_ms) VALUES (?, ?, 1, ?)"
		" ON CONFLICT (user_id, draft_key) DO UPDATE SET data = NULL, owner = NULL, sequence = sequence + 1,"
		" updated_ms = excluded.updated_ms",
		"isi", user_id, key, f->now_ms);
}
