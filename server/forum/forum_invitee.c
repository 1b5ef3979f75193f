#include <string.h>

#include "forum_event.h"
#include "forum_group.h"
#include "forum_notice.h"
#include "forum_publish.h"
#include "forum_topic.h"
#include "str.h"
#include "text.h"

bool forum_event_may_create(struct sql *db, struct viewer v)
{
	if (v.staff || v.user_id == 0)
		return v.staff;
	return sql_get_int(db, 0,
			   "SELECT 1 FROM group_member m JOIN setting s ON s.name = "
			   "'discourse_post_event_allowed_on_groups'"
			   " WHERE m.user_id = ? AND instr('|' || s.value || '|', '|' || m.group_id || '|') > 0",
			   "i", v.user_id) == 1;
}

/* Private events are for the groups they name and for who was invited. */
static bool invited(struct forum *f, const struct forum_event *e, int64_t event_id, int64_t user_id)
{
	char *list = arena_strdup(f->mem, str_or_empty(e->allowed_groups)), *save;
	for (char *name = strtok_r(list, ",", &save); name != NULL; name = strtok_r(NULL, ",", &save)) {
		if (forum_group_has(f->db, forum_group_id(f->db, str_trim(name)), user_id))
			return true;
	}
	return sql_get_int(f->db, 0, "SELECT 1 FROM invitee WHERE event_id = ? AND user_id = ?", "ii", event_id,
			   user_id) == 1;
}

static bool check(struct forum *f, const struct forum_event *e, int64_t event_id, int64_t user_id, bool going,
	struct error *err)
{
	struct occurrence next;
	if (e->closed)
		return fail(err, ERR_FORBIDDEN, N_("Signing up for this event is closed."));
	if (str_equal(e->status, "standalone"))
		return fail(err, ERR_FORBIDDEN, N_("You do not need to sign up for this event."));
	if (!forum_event_next(e, f->now_ms, &next))
		return fail(err, ERR_FORBIDDEN, N_("This event is over."));
	if (str_equal(e->status, "private") && !invited(f, e, event_id, user_id))
		return fail(err, ERR_FORBIDDEN, N_("This event is for the people who were invited."));
	if (going && e->max_attendees > 0 &&
		sql_get_int(f->db, 0,
			"SELECT count(*) FROM invitee WHERE event_id = ? AND status = 'going' AND user_id <> ?", "ii",
			event_id, user_id) >= e->max_attendees)
		return fail(err, ERR_REFUSED, N_("This event is full."));
	return true;
}

bool forum_invitee_set(struct forum *f, int64_t event_id, int64_t user_id, const char *status, bool recurring,
	int64_t at_ms, bool unchecked, int64_t *invitee_id, struct error *err)
{
	struct forum_event e;
	bool going = str_equal(status, "going"), interested = str_equal(status, "interested");
	if (!going && !interested && !str_equal(status, "not_going"))
		return fail(err, ERR_INVALID, N_("The answer is going, interested or not_going."));
	if (!forum_event_load(f->db, event_id, f->mem, &e))
		return fail(err, ERR_NOT_FOUND, N_("This event does not exist."));
	if (!unchecked && !check(f, &e, event_id, user_id, going, err))
		return false;
	int64_t at = at_ms == 0 ? f->now_ms : at_ms;
	if (!sql_run(f->db, err,
			"INSERT INTO invitee (event_id, user_id, status, recurring, notified, created_ms, updated_ms)"
			" VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (event_id, user_id) DO UPDATE SET status = "
			"excluded.status,"
			" recurring = excluded.recurring, updated_ms = excluded.updated_ms",
			"iisnii", event_id, user_id, status, (int)recurring, at, at))
		return false;
	if (invitee_id != NULL)
		*invitee_id = sql_get_int(f->db, 0, "SELECT id FROM invitee WHERE event_id = ? AND user_id = ?", "ii",
			event_id, user_id);
	int64_t topic_id = sql_get_int(f->db, 0, "SELECT topic_id FROM event WHERE id = ?", "i", event_id);
	if ((going || interested) && !forum_topic_raise_level(f, topic_id, user_id, going ? 3 : 2, err))
		return false;
	return forum_publish_event(f, event_id);
}

bool forum_invitee_remove(struct forum *f, int64_t event_id, int64_t user_id, struct error *err)
{
	return sql_run(f->db, err, "DELETE FROM invitee WHERE event_id = ? AND user_id = ?", "ii", event_id,
			   user_id) &&
		(sql_changes(f->db) > 0 || fail(err, ERR_NOT_FOUND, N_("This answer does not exist."))) &&
		forum_publish_event(f, event_id);
}

bool forum_event_invite(struct forum *f, int64_t event_id, int64_t by_user_id, int64_t user_id,
	struct error *err)
{
	struct forum_event e;
	if (!forum_event_load(f->db, event_id, f->mem, &e))
		return fail(err, ERR_NOT_FOUND, N_("This event does not exist."));
	int64_t topic_id = sql_get_int(f->db, 0, "SELECT topic_id FROM event WHERE id = ?", "i", event_id);
	if (sql_get_int(f->db, 0, "SELECT notified FROM invitee WHERE event_id = ? AND user_id = ?", "ii",
			event_id, user_id) == 1)
		return true;
	const char *title = sql_get_text(f->db, f->mem, "SELECT title FROM topic WHERE id = ?", "i", topic_id);
	const struct new_notice n = {
		.user_id = user_id, .type = NOTICE_EVENT_INVITATION, .from_user_id = by_user_id, .topic_id = topic_id,
		.post_id = event_id, .post_number = 1, .event_name = e.name == NULL ? str_or_empty(title) : e.name,
	};
	return sql_run(f->db, err,
			   "INSERT INTO invitee (event_id, user_id, notified, created_ms, updated_ms) VALUES (?, ?, 1, "
			   "?, ?)"
			   " ON CONFLICT (event_id, user_id) DO UPDATE SET notified = 1",
			   "iiii", event_id, user_id, f->now_ms, f->now_ms) &&
		forum_notice_create(f, &n, err);
}
