#include "forum_store.h"

#include "forum_event.h"
#include "forum_poll.h"
#include "text.h"

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

bool forum_store_parts(struct forum *f, const struct posted *p, int64_t user_id, const struct cooked *c,
	bool unchecked, struct error *err)
{
	bool polls = c->poll_count > 0 ||
		sql_get_int(f->db, 0, "SELECT 1 FROM poll WHERE post_id = ?", "i", p->post_id) == 1;
	return (!polls || forum_poll_store(f, p->post_id, c->poll, c->poll_count, err)) &&
		store_event(f, p, user_id, c, unchecked, err);
}
