#include "forum_poll.h"

#include <string.h>

#include "forum_group.h"
#include "forum_publish.h"
#include "str.h"
#include "text.h"

enum { MaxOptions = 20 };

static bool check_poll(const struct poll *p, struct error *err)
{
	if (p->option_count < 1 || (p->type != POLL_NUMBER && p->option_count > MaxOptions))
		return fail(err, ERR_INVALID, N_("A poll has 1 to 20 options."));
	if (p->min > p->max || (p->type == POLL_MULTIPLE && p->max > p->option_count))
		return fail(err, ERR_INVALID, N_("The smallest and largest number of a poll do not fit together."));
	for (int i = 0; i < p->option_count; i++) {
		for (int k = 0; k < i; k++) {
			if (str_equal(p->option[i].id, p->option[k].id))
				return fail(err, ERR_INVALID, N_("All options of a poll differ."));
		}
	}
	return true;
}

static bool store_options(struct forum *f, int64_t poll_id, const struct poll *p, struct error *err)
{
	bool ok = sql_run(f->db, err, "UPDATE poll_option SET position = -1 WHERE poll_id = ?", "i", poll_id);
	for (int i = 0; ok && i < p->option_count; i++)
		ok = sql_run(f->db, err,
			"INSERT INTO poll_option (poll_id, digest, position, html) VALUES (?, ?, ?, ?)"
			" ON CONFLICT (poll_id, digest) DO UPDATE SET position = excluded.position, html = excluded.html",
			"isns", poll_id, p->option[i].id, i, p->option[i].html);
	return ok &&
		sql_run(f->db, err, "DELETE FROM poll_option WHERE poll_id = ? AND position < 0", "i", poll_id) &&
		sql_run(f->db, err,
			"DELETE FROM poll_vote WHERE poll_id = ?1 AND digest NOT IN"
			" (SELECT digest FROM poll_option WHERE poll_id = ?1)",
			"i", poll_id);
}

static bool store_poll(struct forum *f, int64_t post_id, const struct poll *p, struct error *err)
{
	bool ok = sql_run(f->db, err,
		"INSERT INTO poll (post_id, name, title, type, status, results, public, min, max, step, close_ms, groups)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, '')) ON CONFLICT (post_id,"
		" name) DO UPDATE SET title = excluded.title,"
		" type = excluded.type, status = excluded.status, results = excluded.results, public = "
		"excluded.public,"
		" min = excluded.min, max = excluded.max, step = excluded.step, close_ms = excluded.close_ms,"
		" groups = excluded.groups",
		"isssssnnnnis", post_id, p->name, p->title, poll_type_word(p->type), p->open ? "open" : "closed",
		poll_results_word(p->results), (int)p->public_votes, p->min, p->max, p->step, p->close_ms, p->groups);
	int64_t id =
		sql_get_int(f->db, 0, "SELECT id FROM poll WHERE post_id = ? AND name = ?", "is", post_id, p->name);
	return ok && store_options(f, id, p, err);
}

/* Polls that are no longer in the post. */
static bool remove_others(struct forum *f, int64_t post_id, const struct poll *poll, int count,
	struct error *err)
{
	int64_t gone[64];
	int gone_count = 0;
	struct sql_query *q = sql_query(f->db, "SELECT id, name FROM poll WHERE post_id = ?", "i", post_id);
	while (sql_next(q) && gone_count < 64) {
		bool kept = false;
		for (int i = 0; i < count; i++)
			kept = kept || str_equal(poll[i].name, sql_text(q, 1));
		if (!kept)
			gone[gone_count++] = sql_int(q, 0);
	}
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < gone_count; i++)
		ok = sql_run(f->db, err, "DELETE FROM poll WHERE id = ?", "i", gone[i]);
	return ok;
}

bool forum_poll_store(struct forum *f, int64_t post_id, const struct poll *poll, int count, struct error *err)
{
	for (int i = 0; i < count; i++) {
		for (int k = 0; k < i; k++) {
			if (str_equal(poll[i].name, poll[k].name))
				return fail(err, ERR_INVALID, N_("Each poll in a post needs a name of its own."));
		}
		if (!check_poll(&poll[i], err) || !store_poll(f, post_id, &poll[i], err))
			return false;
	}
	return remove_others(f, post_id, poll, count, err);
}

struct poll_row {
	int64_t id;
	int min, max;
	bool open, several;
	const char *groups; /* NULL: everybody votes */
};

static bool load(struct forum *f, int64_t post_id, const char *name, struct poll_row *p, struct error *err)
{
	struct sql_query *q = sql_query(f->db,
		"SELECT id, CASE type WHEN 'ranked_choice' THEN 1 ELSE coalesce(min, 1) END,"
		" CASE type WHEN 'ranked_choice' THEN (SELECT count(*) FROM poll_option WHERE poll_id = poll.id)"
		" ELSE coalesce(max, 1) END, status = 'open' AND"
		" (close_ms IS NULL OR close_ms > ?), type IN ('multiple', 'ranked_choice'), groups FROM poll"
		" WHERE post_id = ? AND name = ?",
		"iis", f->now_ms, post_id, name);
	bool found = sql_next(q);
	if (found)
		*p = (struct poll_row){
			sql_int(q, 0), (int)sql_int(q, 1), (int)sql_int(q, 2), sql_int(q, 3) == 1, sql_int(q, 4) == 1,
			sql_text_in(q, 5, f->mem)};
	sql_end(q, NULL);
	return found || fail(err, ERR_NOT_FOUND, N_("There is no poll with this name in the post."));
}

/* A poll can be for the members of some groups. */
static bool may_vote(struct forum *f, const struct poll_row *p, int64_t user_id)
{
	char *left = arena_strdup(f->mem, str_or_empty(p->groups)), *name;
	bool named = false;
	while ((name = strsep(&left, ",")) != NULL) {
		name = str_trim(name);
		named = named || *name != '\0';
		if (*name != '\0' && forum_group_has(f->db, forum_group_id(f->db, name), user_id))
			return true;
	}
	return !named;
}

bool forum_poll_vote(struct forum *f, int64_t post_id, const char *name, int64_t user_id,
	const char *const *digest, int count, int64_t at_ms, struct error *err)
{
	struct poll_row p = {0};
	if (!load(f, post_id, name, &p, err))
		return false;
	if (!p.open)
		return fail(err, ERR_INVALID, N_("This poll is closed."));
	if (!may_vote(f, &p, user_id))
		return fail(err, ERR_INVALID, N_("This poll is for other groups."));
	if (count < (p.several ? p.min : 1) || count > (p.several ? p.max : 1))
		return fail(err, ERR_INVALID, N_("This is not the number of options that can be chosen."));
	bool ok =
		sql_run(f->db, err, "DELETE FROM poll_vote WHERE poll_id = ? AND user_id = ?", "ii", p.id, user_id);
	for (int i = 0; ok && i < count; i++) {
		if (sql_get_int(f->db, 0, "SELECT 1 FROM poll_option WHERE poll_id = ? AND digest = ?", "is", p.id,
				digest[i]) != 1)
			return fail(err, ERR_INVALID, N_("The poll does not have this option."));
		ok = sql_run(f->db, err,
			"INSERT OR IGNORE INTO poll_vote (poll_id, user_id, digest, created_ms) VALUES (?, ?, ?, ?)",
			"iisi", p.id, user_id, digest[i], at_ms == 0 ? f->now_ms : at_ms);
	}
	return ok && forum_publish_poll(f, post_id, name);
}

bool forum_poll_unvote(struct forum *f, int64_t post_id, const char *name, int64_t user_id, struct error *err)
{
	struct poll_row p = {0};
	return load(f, post_id, name, &p, err) &&
		(p.open || fail(err, ERR_INVALID, N_("This poll is closed."))) &&
		sql_run(f->db, err, "DELETE FROM poll_vote WHERE poll_id = ? AND user_id = ?", "ii", p.id, user_id) &&
		forum_publish_poll(f, post_id, name);
}

bool forum_poll_set_open(struct forum *f, int64_t post_id, const char *name, bool open, struct error *err)
{
	struct poll_row p = {0};
	return load(f, post_id, name, &p, err) &&
		sql_run(f->db, err, "UPDATE poll SET status = ? WHERE id = ?", "si", open ? "open" : "closed",
			p.id) &&
		forum_publish_poll(f, post_id, name);
}
