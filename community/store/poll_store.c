#include "poll_store.h"

#include "outbox_join.h"

static void read_options(struct store *s, int64_t post_id, int place, struct poll *p, struct arena *a)
{
	int max = (int)sql_get_int(
		s->db, 0, "SELECT count(*) FROM poll_option WHERE post_id = ? AND poll = ?", "in", post_id, place);
	struct poll_option *option = ARENA_ARRAY(a, (size_t)max, struct poll_option);
	struct sql_query *q = sql_query(s->db,
		"SELECT id, html, votes, chosen FROM poll_option WHERE post_id = ? AND poll = ?"
		" ORDER BY place",
		"in", post_id, place);
	while (p->option_count < max && sql_next(q))
		option[p->option_count++] = (struct poll_option){.id = store_text(q, 0, a),
			.html = store_text(q, 1, a),
			.votes = (int)sql_int(q, 2),
			.chosen = sql_int(q, 3)};
	store_end(s, q);
	p->option = option;
}

int poll_store_get(struct store *s, int64_t post_id, struct arena *a, const struct poll **out)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM poll WHERE post_id = ?", "i", post_id);
	struct poll *poll = ARENA_ARRAY(a, (size_t)max, struct poll);
	int count = 0;
	struct sql_query *q = sql_query(s->db,
		"SELECT name, title, type, results, open, public_votes, voted, min, max, step,"
		" voters, close_ms FROM poll WHERE post_id = ? ORDER BY place",
		"i", post_id);
	while (count < max && sql_next(q))
		poll[count++] = (struct poll){.name = store_text(q, 0, a),
			.title = sql_text_in(q, 1, a),
			.type = (enum poll_type)sql_int(q, 2),
			.results = (enum poll_results)sql_int(q, 3),
			.open = sql_int(q, 4),
			.public_votes = sql_int(q, 5),
			.voted = sql_int(q, 6),
			.min = (int)sql_int(q, 7),
			.max = (int)sql_int(q, 8),
			.step = (int)sql_int(q, 9),
			.voters = (int)sql_int(q, 10),
			.close_ms = sql_int(q, 11)};
	store_end(s, q);
	for (int i = 0; i < count; i++)
		read_options(s, post_id, i, &poll[i], a);
	outbox_join_polls(s, post_id, poll, count, a);
	*out = poll;
	return count;
}

int poll_store_posts(struct store *s, int64_t topic_id, int64_t *post_id, int max)
{
	int count = 0;
	struct sql_query *q = sql_query(s->db, "SELECT id FROM post WHERE topic_id = ? AND EXISTS"
		" (SELECT 1 FROM poll WHERE post_id = post.id) ORDER BY id LIMIT ?", "in", topic_id, max);
	while (count < max && sql_next(q))
		post_id[count++] = sql_int(q, 0);
	store_end(s, q);
	return count;
}

static bool put_one(struct store *s, int64_t post_id, int place, const struct poll *p, struct error *err)
{
	if (!sql_run(s->db, err,
			"INSERT INTO poll(post_id, place, name, title, type, results, open, public_votes, voted, min, "
			"max,"
			" step, voters, close_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"inssnnnnnnnnni", post_id, place, p->name, p->title, (int)p->type, (int)p->results, p->open,
			p->public_votes, p->voted, p->min, p->max, p->step, p->voters, p->close_ms))
		return false;
	for (int i = 0; i < p->option_count; i++)
		if (!sql_run(s->db, err, "INSERT INTO poll_option(post_id, poll, place, id, html, votes, chosen)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)", "innssnn", post_id, place, i, p->option[i].id, p->option[i].html,
			p->option[i].votes, p->option[i].chosen))
			return false;
	return true;
}

bool poll_store_remove(struct store *s, int64_t post_id, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM poll WHERE post_id = ?", "i", post_id)
		&& sql_run(s->db, err, "DELETE FROM poll_option WHERE post_id = ?", "i", post_id);
}

bool poll_store_put(struct store *s, int64_t post_id, const struct poll *poll, int count, struct error *err)
{
	if (!poll_store_remove(s, post_id, err))
		return false;
	for (int i = 0; i < count; i++)
		if (!put_one(s, post_id, i, &poll[i], err))
			return false;
	return true;
}
