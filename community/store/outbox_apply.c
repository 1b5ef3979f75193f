#include "outbox_join.h"
#include "post_flags.h"
#include "str.h"

typedef bool applies(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err);

#define SET_UNREAD "unread = (level <> 0 AND highest > max(last_read, local_read))"

static bool like(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = (flags | ?2) & ~?3, like_count = like_count + 1"
		" WHERE id = ?1 AND flags & ?2 = 0", "inn", c->post_id, POST_FLAG_LIKED, POST_FLAG_CAN_LIKE);
}

static bool unlike(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = (flags & ~?2) | ?3, like_count = max(0, like_count - 1)"
		" WHERE id = ?1 AND flags & ?2 <> 0", "inn", c->post_id, POST_FLAG_LIKED, POST_FLAG_CAN_LIKE);
}

static bool topic_follows_bookmarks(struct store *s, const struct change *c, struct error *err)
{
	return sql_run(s->db, err, "UPDATE topic SET bookmarked = EXISTS (SELECT 1 FROM post p"
		" WHERE p.topic_id = topic.id"
		" AND p.flags & ?2 <> 0) WHERE id = (SELECT topic_id FROM post WHERE id = ?1)", "in", c->post_id,
		POST_FLAG_BOOKMARKED);
}

static bool bookmark(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	int64_t id = r->other_id != 0 ? r->other_id : c->before;
	return sql_run(s->db, err, "UPDATE post SET flags = flags | ?2, bookmark_id = CASE WHEN ?3 = 0 THEN bookmark_id"
			" ELSE ?3 END, bookmark_note = nullif(?4, '') WHERE id = ?1", "inis", c->post_id,
			POST_FLAG_BOOKMARKED, id, c->body)
		&& topic_follows_bookmarks(s, c, err);
}

static bool unbookmark(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = flags & ~?2, bookmark_id = 0, bookmark_note = NULL"
			   " WHERE id = ?1", "in", c->post_id, POST_FLAG_BOOKMARKED)
		&& topic_follows_bookmarks(s, c, err);
}

static bool topic_level(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE topic SET level = ?2 WHERE id = ?1", "ii", c->topic_id, c->number)
		&& sql_run(s->db, err, "UPDATE topic SET " SET_UNREAD " WHERE id = ?", "i", c->topic_id);
}

static bool category_level(
	struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE category SET level = ?2 WHERE id = ?1", "ii", c->category_id, c->number);
}

static bool set_deleted(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	static const int alive = POST_FLAG_CAN_EDIT | POST_FLAG_CAN_DELETE,
		gone = POST_FLAG_DELETED | POST_FLAG_CAN_RECOVER;
	bool deleted = c->kind == CHANGE_DELETE;
	return sql_run(s->db, err, "UPDATE post SET flags = (flags & ~?2) | ?3 WHERE id = ?1", "inn", c->post_id,
		deleted ? alive : gone, deleted ? gone : alive);
}

/* The cooked text comes with the answer. */
static bool edit(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	if (!sql_run(s->db, err, "UPDATE post SET raw = ?2 WHERE id = ?1", "is", c->post_id, c->body))
		return false;
	if (str_empty(c->title))
		return true;
	return sql_run(s->db, err, "UPDATE topic SET title = ?2 WHERE id = ?1", "is", c->topic_id, c->title)
		&& sql_run(s->db, err, "UPDATE topic_text SET title = ?2 WHERE rowid = ?1", "is", c->topic_id, c->title);
}

static bool member_level(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	bool ignored = c->number == MEMBER_IGNORED;
	return sql_run(s->db, err, "UPDATE member SET muted = ?2, ignored = ?3"
			" WHERE username = ?1 COLLATE NOCASE", "snn",    c->names, c->number == MEMBER_MUTED, ignored)
		&& sql_run(s->db, err, ignored ? "INSERT OR IGNORE INTO ignored(username) VALUES (?)"
			: "DELETE FROM ignored WHERE username = ?", "s", c->names);
}

static bool archive(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE topic SET put_away = ?2 WHERE id = ?1", "in", c->topic_id,
		c->kind == CHANGE_ARCHIVE);
}

static bool vote(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	const char *names = c->kind == CHANGE_VOTE ? c->names : "";
	int64_t place = sql_get_int(
		s->db, -1, "SELECT place FROM poll WHERE post_id = ? AND name = ?", "is", c->post_id, c->title);
	return sql_run(s->db, err, "UPDATE poll_option SET chosen = n.chosen, votes = CASE WHEN votes < 0 THEN votes"
			" ELSE max(0, votes + n.chosen - poll_option.chosen) END FROM (SELECT place, instr(', ' || ?3 || ', ',"
			" ', ' || id || ', ') > 0 AS chosen FROM poll_option WHERE post_id = ?1 AND poll = ?2) n"
			" WHERE post_id = ?1 AND poll = ?2 AND poll_option.place = n.place", "iis", c->post_id, place, names)
		&& sql_run(s->db, err, "UPDATE poll SET voters = max(0, voters + ?3 - voted), voted = ?3 WHERE post_id = ?1"
			" AND place = ?2", "iin", c->post_id, place, names[0] != '\0');
}

static bool count_attendance(struct store *s, const struct change *c, struct error *err)
{
	return sql_run(s->db, err, "UPDATE event SET"
		" going = CASE WHEN going < 0 THEN going ELSE max(0, going + (?2 = 1) - (mine = 1)) END,"
		" interested = CASE WHEN interested < 0 THEN interested ELSE max(0,"
		" interested + (?2 = 2) - (mine = 2)) END,"
		" not_going = CASE WHEN not_going < 0 THEN not_going ELSE max(0, not_going + (?2 = 3) - (mine = 3)) END,"
		" mine = ?2 WHERE id = ?1 AND mine <> ?2", "ii", c->post_id, c->number);
}

/* The list of who comes stays as complete as it was. */
static bool attendance(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	bool all = sql_get_int(s->db, 0, "SELECT invitees_for = going * 100000 + interested FROM event"
		" WHERE id = ?", "i", c->post_id) == 1;
	return count_attendance(s, c, err) && (!all || event_store_keep_invitees(s, c->post_id, err))
		&& sql_run(s->db, err, "UPDATE event SET my_invitee_id = CASE WHEN ?2 = 0 THEN 0 WHEN ?3 <> 0 THEN ?3"
			" ELSE my_invitee_id END WHERE id = ?1", "iii", c->post_id, c->number, r->other_id)
		&& (c->number == ATTENDANCE_NONE
			? sql_run(s->db, err, "DELETE FROM invitee WHERE event_id = ?"
				" AND username = (SELECT username FROM session)",
				"i", c->post_id)
			: sql_run(s->db, err, "INSERT INTO invitee(event_id, username, user_id, id, name, attendance)"
				" SELECT ?1, username, user_id, ?3, name, ?2 FROM session WHERE true"
				" ON CONFLICT(event_id, username) DO UPDATE SET attendance = ?2,"
				" id = CASE WHEN ?3 = 0 THEN id ELSE ?3 END", "iii", c->post_id, c->number, r->other_id));
}

static bool profile(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	struct arena a = {0};
	bool ok = true;
	struct member *me = member_store_read(
		s, sql_get_int(s->db, 0, "SELECT user_id FROM session", ""), &a);
	if (me != NULL) {
		outbox_set_profile(me, c, &a);
		ok = member_store_put(s, me, err);
	}
	if (ok && str_equal(c->title, change_profile_name))
		ok = sql_run(s->db, err, "UPDATE session SET name = ?", "s", c->body);
	arena_fini(&a);
	return ok;
}

static applies *const to_apply[CHANGE_KINDS] = {
	[CHANGE_EDIT] = edit,
	[CHANGE_DELETE] = set_deleted,
	[CHANGE_RECOVER] = set_deleted,
	[CHANGE_LIKE] = like,
	[CHANGE_UNLIKE] = unlike,
	[CHANGE_BOOKMARK] = bookmark,
	[CHANGE_UNBOOKMARK] = unbookmark,
	[CHANGE_TOPIC_LEVEL] = topic_level,
	[CHANGE_CATEGORY_LEVEL] = category_level,
	[CHANGE_MEMBER_LEVEL] = member_level,
	[CHANGE_ARCHIVE] = archive,
	[CHANGE_UNARCHIVE] = archive,
	[CHANGE_VOTE] = vote,
	[CHANGE_UNVOTE] = vote,
	[CHANGE_ATTENDANCE] = attendance,
	[CHANGE_PROFILE] = profile,
};

bool outbox_apply(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	return to_apply[c->kind] == NULL || to_apply[c->kind](s, c, r, err);
}
