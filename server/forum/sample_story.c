#include <stdlib.h>
#include <string.h>

#include "forum_category.h"
#include "forum_event.h"
#include "forum_poll.h"
#include "forum_post.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "sample.h"
#include "sbuf.h"
#include "str.h"

/* Everything that was ever done is first put in a row by its time, then done in that order: ids and times
 * agree, as on a site that grew. */

enum { MinuteMs = 60 * 1000, HourMs = 60 * MinuteMs, DayMs = 24 * HourMs };

enum deed_kind { DEED_POST, DEED_LIKE, DEED_ANSWER, DEED_INVITE, DEED_VOTE, DEED_CLOSE };

struct thread {
	const struct yaml_node *node;
	const char *title, *category;
	bool message, event;
	struct sample_dates dates;
	int64_t topic_id, first_ms;
	int64_t *post_id;      /* by post number - 1; 0 until it is there */
};

struct deed {
	int64_t at_ms;
	int order;             /* of equal times: as they stand in the files */
	enum deed_kind kind;
	struct thread *thread;
	const struct yaml_node *post;
	int number;            /* of the post */
	const char *username;
	const char *status;    /* of an answer */
};

struct story {
	struct sample *s;
	struct deed *deed;
	int count;
};

static void add(struct story *st, struct deed d)
{
	if ((st->count & (st->count - 1)) == 0)
		st->deed =
			arena_grow(st->s->f->mem, st->deed, (size_t)st->count, (size_t)st->count * 2 + 1, sizeof d);
	if (d.at_ms > st->s->now_ms)
		d.at_ms = st->s->now_ms;
	d.order = st->count;
	st->deed[st->count++] = d;
}

static void add_likes(struct story *st, struct thread *t, const struct yaml_node *post, int number,
	int64_t at)
{
	int k = 0;
	YAML_EACH(n, yaml_get(post, "likes"))
	add(st,
		(struct deed){.at_ms = at + (++k * 47 + sample_pick(n->text, t->title, 40)) * MinuteMs,
			.kind = DEED_LIKE,
			.thread = t,
			.number = number,
			.username = n->text});
}

static void add_votes(struct story *st, struct thread *t, const struct yaml_node *post, int number,
	int64_t at)
{
	if (strstr(str_or_empty(yaml_text(post, "text")), "[poll") == NULL)
		return;
	for (int i = 0; i < st->s->member_count; i++) {
		const char *name = st->s->member[i].username;
		if (st->s->member[i].joined_ms < at && sample_pick(name, t->title, 10) < 6)
			add(st,
				(struct deed){.at_ms = at + (1 + sample_pick(t->title, name, 96)) * (int64_t)HourMs,
					.kind = DEED_VOTE,
					.thread = t,
					.number = number,
					.username = name});
	}
}

static void add_answers(struct story *st, struct thread *t)
{
	const struct yaml_node *attendance = yaml_get(t->node, "attendance");
	YAML_EACH(list, attendance) {
		YAML_EACH(n, list) {
			int64_t at = t->first_ms + (1 + sample_pick(n->text, t->title, 120)) * (int64_t)HourMs;
			if (at > t->dates.starts_ms - HourMs && t->dates.starts_ms - HourMs > t->first_ms)
				at = t->dates.starts_ms - HourMs;
			add(st,
				(struct deed){
					.at_ms = at, .kind = DEED_ANSWER, .thread = t, .username = n->text, .status = list->key});
		}
	}
}

static bool named(const struct yaml_node *lists, const char *username)
{
	YAML_EACH(list, lists) {
		YAML_EACH(n, list) {
			if (str_equal(n->text, username))
				return true;
		}
	}
	return false;
}

/* Some members who did not answer yet are asked for meetings to come. */
static void add_invitations(struct story *st, struct thread *t)
{
	if (t->dates.starts_ms < st->s->now_ms)
		return;
	for (int i = 0; i < st->s->member_count; i++) {
		const char *name = st->s->member[i].username;
		if (!named(yaml_get(t->node, "attendance"), name) && sample_pick(name, t->title, 8) == 0)
			add(st,
				(struct deed){.at_ms = t->first_ms + 10 * MinuteMs,
					.kind = DEED_INVITE,
					.thread = t,
					.username = name});
	}
}

static void add_posts(struct story *st, struct thread *t)
{
	const struct yaml_node *posts = yaml_get(t->node, "posts");
	int64_t last = 0;
	int number = 0, count = posts == NULL ? 0 : posts->count;
	t->post_id = ARENA_ARRAY(st->s->f->mem, (size_t)count + 1, int64_t);
	YAML_EACH(n, posts) {
		int64_t at = t->first_ms + (int64_t)(yaml_number(n, "after_hours", number) * HourMs);
		if (at > st->s->now_ms)
			at = st->s->now_ms - (count - number) * MinuteMs;
		if (at <= last)
			at = last + MinuteMs;
		last = at;
		add(st, (struct deed){.at_ms = at, .kind = DEED_POST, .thread = t, .post = n, .number = ++number});
		add_likes(st, t, n, number, at);
		add_votes(st, t, n, number, at);
	}
	if (yaml_bool(t->node, "closed"))
		add(st, (struct deed){.at_ms = last + DayMs, .kind = DEED_CLOSE, .thread = t});
}

static bool add_thread(struct story *st, const struct yaml_node *n, const char *category, bool message,
	struct error *err)
{
	struct sample *s = st->s;
	const struct yaml_node *when = yaml_get(n, "when");
	struct thread *t = ARENA_NEW(s->f->mem, struct thread);
	*t = (struct thread){.node = n,
		.category = category == NULL ? yaml_text(n, "category") : category,
		.message = message,
		.event = when != NULL};
	/* A whole minute, so that times look like people's. */
	t->first_ms = (s->now_ms - (int64_t)(yaml_number(n, "days_ago", 1) * DayMs)) / MinuteMs * MinuteMs;
	t->title = str_or_empty(yaml_text(n, "title"));
	if (when != NULL && !sample_dates_of(s, when, &t->dates, err))
		return false;
	if (when != NULL)
		t->title = sample_fill(s, t->title, &t->dates);
	add_posts(st, t);
	if (when != NULL) {
		add_answers(st, t);
		add_invitations(st, t);
	}
	return true;
}

static bool add_file(struct story *st, const char *path, const char *list, const char *category, bool message,
	struct error *err)
{
	struct yaml_node *file = sample_read(st->s, path, err);
	YAML_EACH(n, file == NULL ? NULL : yaml_get(file, list)) {
		if (!add_thread(st, n, category, message, err))
			return false;
	}
	return file != NULL;
}

static int by_time(const void *a, const void *b)
{
	const struct deed *x = a, *y = b;
	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	return x->order - y->order;
}

/* "topic:0" in a quote is the topic itself. */
static char *own_topic(struct sample *s, const char *text, int64_t topic_id)
{
	struct sbuf b = {0};
	for (const char *at; (at = strstr(text, "topic:0\"")) != NULL; text = at + strlen("topic:0")) {
		sbuf_addn(&b, text, (size_t)(at - text));
		sbuf_addf(&b, "topic:%lld", (long long)topic_id);
	}
	sbuf_add(&b, text);
	char *made = arena_strdup(s->f->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return made;
}

static int64_t user_of(struct sample *s, const char *username, struct error *err)
{
	int64_t id = forum_user_id(s->f->db, str_or_empty(username));
	if (id == 0)
		fail(err, ERR_INVALID, "The sample has no member %s.", str_or_empty(username));
	return id;
}

static bool do_post(struct sample *s, const struct deed *d, struct error *err)
{
	struct thread *t = d->thread;
	struct posted p;
	struct new_post n = {
		.user_id = user_of(s, yaml_text(d->post, "author"), err),
		.topic_id = t->topic_id,
		.unchecked = true,
		.reply_to_post_number = (int)yaml_number(d->post, "reply_to", 0),
		.title = t->title,
		.message = t->message,
		.category_id = t->category == NULL ? 0 : forum_category_id(s->f->db, t->category),
	};
	const char *text = str_or_empty(yaml_text(d->post, "text"));
	if (n.user_id == 0)
		return false;
	if (!t->message && n.category_id == 0)
		return fail(err, ERR_INVALID, "The sample has no category %s.", str_or_empty(t->category));
	n.raw = own_topic(s, t->event ? sample_fill(s, text, &t->dates) : text, t->topic_id);
	n.tag = yaml_texts(t->node, "tags", s->f->mem, &n.tag_count);
	n.recipient = yaml_texts(t->node, "to", s->f->mem, &n.recipient_count);
	if (!forum_post_create(s->f, &n, &p, err)) {
		error_detail(err, "%s #%d", t->title, d->number);
		return false;
	}
	t->topic_id = p.topic_id;
	t->post_id[d->number - 1] = p.post_id;
	return d->number != 1 || !yaml_bool(t->node, "pinned") ||
		forum_topic_pin(s->f, p.topic_id, false, d->at_ms, err);
}

/* Chooses for the member; the first options are the more popular. */
static bool vote_in(struct sample *s, const struct deed *d, int64_t user_id, int64_t poll_id,
	struct error *err)
{
	const char *digest[32];
	int count = 0;
	struct sql_query *q = sql_query(s->f->db,
		"SELECT digest FROM poll_option WHERE poll_id = ? ORDER BY position", "i", poll_id);
	while (count < 32 && sql_next(q))
		digest[count++] = sql_text_in(q, 0, s->f->mem);
	const char *name = sql_get_text(s->f->db, s->f->mem,
		"SELECT name FROM poll WHERE id = ? AND status = 'open'", "i", poll_id);
	if (!sql_end(q, err) || name == NULL || count == 0)
		return name == NULL;
	int chosen = (int)sql_get_int(s->f->db, 1,
		"SELECT CASE type WHEN 'multiple' THEN max(min, 1) ELSE 1 END FROM poll WHERE id = ?", "i", poll_id);
	uint32_t a = sample_pick(d->username, name, (uint32_t)count),
			 b = sample_pick(name, d->username, (uint32_t)count);
	int first = (int)(a < b ? a : b);
	if (first + chosen > count)
		first = count - chosen;
	return forum_poll_vote(s->f, d->thread->post_id[d->number - 1], name, user_id, digest + first, chosen, 0,
		err);
}

static bool do_vote(struct sample *s, const struct deed *d, int64_t user_id, struct error *err)
{
	int64_t post_id = d->thread->post_id[d->number - 1], poll[8];
	int count = 0;
	if (!forum_post_visible(s->f->db, forum_viewer_of(s->f->db, user_id), post_id))
		return true;
	struct sql_query *q =
		sql_query(s->f->db, "SELECT id FROM poll WHERE post_id = ? ORDER BY id", "i", post_id);
	while (count < 8 && sql_next(q))
		poll[count++] = sql_int(q, 0);
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < count; i++)
		ok = vote_in(s, d, user_id, poll[i], err);
	return ok;
}

/* What cannot be (liking one's own post, an answer from who may not see it) is a mistake in the sample and
 * says so. */
static bool do_deed(struct sample *s, const struct deed *d, struct error *err)
{
	struct thread *t = d->thread;
	if (d->kind == DEED_POST)
		return do_post(s, d, err);
	if (d->kind == DEED_CLOSE)
		return forum_topic_close(s->f, t->topic_id, user_of(s, yaml_text(t->node, "author"), err), true, err);
	int64_t user = user_of(s, d->username, err);
	if (user == 0)
		return false;
	switch (d->kind) {
	case DEED_LIKE:
		return forum_like(s->f, t->post_id[d->number - 1], user, 0, err);
	case DEED_ANSWER:
		return forum_invitee_set(s->f, t->post_id[0], user, d->status, false, 0, true, NULL, err);
	case DEED_INVITE:
		return !forum_topic_visible(s->f->db, forum_viewer_of(s->f->db, user), t->topic_id) ||
			forum_event_invite(s->f, t->post_id[0], user_of(s, yaml_text(t->node, "author"), err), user, err);
	default:
		return do_vote(s, d, user, err);
	}
}

bool sample_story(struct sample *s, struct error *err)
{
	struct story st = {.s = s};
	struct sql_query *q = sql_query(s->f->db, "SELECT slug FROM category ORDER BY position", "");
	const char *slug[64];
	int slugs = 0;
	while (slugs < 64 && sql_next(q))
		slug[slugs++] = sql_text_in(q, 0, s->f->mem);
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < slugs; i++) {
		/* A category without topics has no file. */
		if (!add_file(&st, arena_printf(s->f->mem, "topics/%s.yaml", slug[i]), "topics", slug[i], false,
				err) &&
			err->kind != ERR_NOT_FOUND)
			ok = false;
	}
	ok = ok && add_file(&st, "events.yaml", "events", NULL, false, err) &&
		add_file(&st, "messages.yaml", "messages", NULL, true, err);
	if (!ok)
		return false;
	qsort(st.deed, (size_t)st.count, sizeof *st.deed, by_time);
	for (int i = 0; i < st.count; i++) {
		s->f->now_ms = st.deed[i].at_ms;
		if (!do_deed(s, &st.deed[i], err)) {
			error_detail(err, "%s (%s)", st.deed[i].thread->title, str_or_empty(st.deed[i].username));
			return false;
		}
	}
	s->f->now_ms = s->now_ms;
	return true;
}
