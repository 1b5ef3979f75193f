#include "forum_store.h"

#include "forum_event.h"
#include "forum_poll.h"
#include "str.h"
#include "text.h"

enum { EditWindowMs = 5 * 60 * 1000 }; /* poll_edit_window_mins */

static bool store_event(struct forum *f, const struct posted *p, int64_t user_id, const struct cooked *c,
	bool unchecked, struct error *err)
{
	struct forum_event e;
	if (c->event_count == 0)
		return p->post_number != 1 || forum_event_store(f, p->post_id, p->topic_id, NULL, err);
	if (c->event_count > 1)
		return fail(err, ERR_INVALID, N_("A post can have one event."));
	if (p->post_number != 1)
		return fail(err, ERR_INVALID, N_("Only the first post of a topic can have an event."));
	if (!unchecked && !forum_event_may_create(f->db, forum_viewer_of(f->db, user_id)))
		return fail(err, ERR_INVALID, N_("You may not make events."));
	return forum_event_parse(c->event, f->mem, &e, err) &&
		forum_event_store(f, p->post_id, p->topic_id, &e, err);
}

/* Is the option in one of the polls of the new text? */
static bool kept(const struct cooked *c, const char *poll, const char *digest)
{
	for (int i = 0; i < c->poll_count; i++) {
		for (int k = 0; str_equal(c->poll[i].name, poll) && k < c->poll[i].option_count; k++) {
			if (str_equal(c->poll[i].option[k].id, digest))
				return true;
		}
	}
	return false;
}

/* After a few minutes the options of a poll that people voted in stay. */
static bool options_stay(struct forum *f, const struct posted *p, const struct cooked *c)
{
	bool stay = true;
	struct sql_query *q = sql_query(f->db,
		"SELECT poll.name, o.digest FROM post JOIN poll ON poll.post_id = post.id JOIN poll_option o"
		" ON o.poll_id = poll.id"
		" WHERE post.id = ? AND post.created_ms < ? AND EXISTS (SELECT 1 FROM poll_vote v"
		" WHERE v.poll_id = poll.id)", "ii", p->post_id, f->now_ms - EditWindowMs);
	while (sql_next(q))
		stay = stay && kept(c, sql_text(q, 0), sql_text(q, 1));
	sql_end(q, NULL);
	return stay;
}

static bool check_polls(struct forum *f, const struct posted *p, int64_t user_id, const struct cooked *c,
	struct error *err)
{
	int64_t level = sql_get_int(f->db, 0, "SELECT CASE WHEN admin OR moderator THEN 4 ELSE trust_level END"
		" FROM user WHERE id = ?", "i", user_id);
	if (c->poll_count > 0 && level < forum_setting_int(f->db, "poll_minimum_trust_level_to_create", 1))
		return fail(err, ERR_INVALID, N_("You may not make polls."));
	return forum_viewer_of(f->db, user_id).staff || options_stay(f, p, c) ||
		fail(err, ERR_INVALID, N_("This poll has votes, so its options stay."));
}

bool forum_store_parts(struct forum *f, const struct posted *p, int64_t user_id, const struct cooked *c,
	bool unchecked, struct error *err)
{
	bool polls = c->poll_count > 0 ||
		sql_get_int(f->db, 0, "SELECT 1 FROM poll WHERE post_id = ?", "i", p->post_id) == 1;
	return (!polls || unchecked || check_polls(f, p, user_id, c, err)) &&
		(!polls || forum_poll_store(f, p->post_id, c->poll, c->poll_count, err)) &&
		store_event(f, p, user_id, c, unchecked, err);
}
