#include "outbox_join.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "str.h"
#include "topic.h"

static bool has_bookmark(struct store *s, int64_t topic_id)
{
	return sql_get_int(s->db, 0, "SELECT " OUTBOX_TOPIC_SAVED("?"), "i", topic_id) == 1;
}

/* An edit of a first post is one of its topic. */
static void join_edit(struct store *s, struct topic_row *t, const struct change *c, struct arena *a)
{
	if (str_empty(c->title))
		return;
	t->title = arena_strdup(a, c->title);
	t->tags = arena_strdup(a, c->names);
	if (c->category_id == 0 || c->category_id == t->category_id)
		return;
	t->category_id = c->category_id;
	t->category = str_or_empty(sql_get_text(s->db, a, "SELECT name FROM category WHERE id = ?", "i",
		c->category_id));
}

static void join_topic(struct store *s, struct topic_row *t, const struct change *c, struct arena *a)
{
	switch (c->kind) {
	case CHANGE_EDIT:
		join_edit(s, t, c, a);
		break;
	case CHANGE_TOPIC_LEVEL:
		t->notification_level = (int)c->number;
		t->muted = c->number == TOPIC_MUTED;
		t->unread = !t->muted && t->highest_post_number > t->last_read_post_number;
		break;
	case CHANGE_BOOKMARK:
	case CHANGE_UNBOOKMARK:
		t->bookmarked = has_bookmark(s, t->id);
		break;
	case CHANGE_ARCHIVE:
	case CHANGE_UNARCHIVE:
		t->put_away = c->kind == CHANGE_ARCHIVE;
		break;
	default:
		break;
	}
}

void outbox_join_topics(struct store *s, struct topic_row *row, int count, struct arena *a)
{
	struct arena mem = {0};
	struct changes c = outbox_underway(s, CHANGE_EDIT, CHANGE_UNARCHIVE, count == 1 ? row->id : 0, 0, &mem);
	for (int i = 0; i < c.count; i++)
		for (int j = 0; j < count; j++)
			if (row[j].id == c.row[i].topic_id)
				join_topic(s, &row[j], &c.row[i], a);
	arena_fini(&mem);
}

void outbox_join_category(struct store *s, struct category *c)
{
	struct arena mem = {0};
	struct changes level = outbox_underway(s, CHANGE_CATEGORY_LEVEL, CHANGE_CATEGORY_LEVEL, 0, 0, &mem);
	for (int i = 0; i < level.count; i++)
		if (level.row[i].category_id == c->id)
			c->notification_level = (int)level.row[i].number;
	arena_fini(&mem);
}

struct counts {
	int *going, *interested, *not_going;
};

/* -1 is not shown to us, and stays so. */
static void add_one(const struct counts *n, enum attendance a, int by)
{
	int *of[] = {NULL, n->going, n->interested, n->not_going};
	if (of[a] != NULL && *of[a] >= 0 && *of[a] + by >= 0)
		*of[a] += by;
}

static void move_mine(enum attendance *mine, enum attendance to, const struct counts *n)
{
	if (*mine == to)
		return;
	add_one(n, *mine, -1);
	add_one(n, to, 1);
	*mine = to;
}

void outbox_join_event_rows(struct store *s, struct event_row *row, int count)
{
	struct arena mem = {0};
	struct changes c = outbox_underway(s, CHANGE_ATTENDANCE, CHANGE_ATTENDANCE, 0, 0, &mem);
	for (int i = 0; i < c.count; i++)
		for (int j = 0; j < count; j++)
			if (row[j].id == c.row[i].post_id)
				move_mine(&row[j].mine, (enum attendance)c.row[i].number,
					&(struct counts){.going = &row[j].going, .interested = &row[j].interested});
	arena_fini(&mem);
}

static int by_attendance(const void *a, const void *b)
{
	const struct invitee *x = a, *y = b;
	return x->attendance != y->attendance ? (int)x->attendance - (int)y->attendance
										  : strcasecmp(str_or_empty(x->username), str_or_empty(y->username));
}

/* The member stands among those who come, or no more. */
static void join_invitee(struct store *s, struct event *e, struct arena *a)
{
	struct invitee *v = ARENA_ARRAY(a, (size_t)e->invitee_count + 1, struct invitee);
	struct invitee me = {.attendance = e->mine,
		.user_id = sql_get_int(s->db, 0, "SELECT user_id FROM session", ""),
		.username = sql_get_text(s->db, a, "SELECT username FROM session", ""),
		.name = sql_get_text(s->db, a, "SELECT name FROM session", "")};
	int count = 0;
	for (int i = 0; i < e->invitee_count; i++) {
		if (me.username == NULL || strcasecmp(e->invitee[i].username, me.username) != 0)
			v[count++] = e->invitee[i];
		else
			me.id = e->invitee[i].id;
	}
	if (me.username != NULL && e->mine != ATTENDANCE_NONE)
		v[count++] = me;
	qsort(v, (size_t)count, sizeof *v, by_attendance);
	e->invitee = v;
	e->invitee_count = count;
}

void outbox_join_event(struct store *s, struct event *e, struct arena *a)
{
	struct changes c = outbox_underway(s, CHANGE_ATTENDANCE, CHANGE_ATTENDANCE, 0, e->id, a);
	for (int i = 0; i < c.count; i++)
		move_mine(&e->mine, (enum attendance)c.row[i].number,
			&(struct counts){&e->going, &e->interested, &e->not_going});
	if (c.count > 0)
		join_invitee(s, e, a);
}
