#include "pace.h"

#include "mem.h"
#include "options.h"
#include "rate_limit.h"

/* New members wait longer: with Discourse's 15 and 5 seconds that is its 120 and 30. */
enum { NewTopicTimes = 8, NewPostTimes = 6 };
static const int64_t day_ms = 24 * 60 * 60 * (int64_t)1000;

#define LIMIT(field) offsetof(struct limit_options, field)
/* Every rule that counts a kind. `done`: how many, and when the first of them was; ?1 the member, ?2 since when. */
static const struct rule {
	enum pace_kind kind;
	size_t most;
	bool first_day; /* only for new members */
	bool grows;     /* with trust */
	const char *done;
} rules[] = {
	{PACE_TOPIC, LIMIT(topics_day), false, false, "SELECT count(*), min(created_ms) FROM topic"
		" WHERE user_id = ?1 AND created_ms > ?2 AND archetype = 'regular'"},
	{PACE_TOPIC, LIMIT(first_topics), true, false, "SELECT count(*), min(created_ms) FROM topic"
		" WHERE user_id = ?1 AND created_ms > ?2 AND archetype = 'regular'"},
	{PACE_REPLY, LIMIT(first_replies), true, false, "SELECT count(*), min(p.created_ms) FROM post p"
		" JOIN topic t ON t.id = p.topic_id WHERE p.user_id = ?1 AND p.created_ms > ?2 AND p.post_number > 1"
		" AND p.post_type = 1 AND t.archetype = 'regular'"},
	{PACE_MESSAGE, LIMIT(messages_day), false, false, "SELECT count(*), min(created_ms) FROM topic"
		" WHERE user_id = ?1 AND created_ms > ?2 AND archetype = 'private_message'"},
	{PACE_LIKE, LIMIT(likes_day), false, true, "SELECT count(*), min(created_ms) FROM post_action"
		" WHERE user_id = ?1 AND created_ms > ?2 AND type = 2"},
	{PACE_FLAG, LIMIT(flags_day), false, true, "SELECT count(*), min(created_ms) FROM post_action"
		" WHERE user_id = ?1 AND created_ms > ?2 AND type <> 2"},
	{PACE_BOOKMARK, LIMIT(bookmarks_day), false, false, "SELECT count(*), min(created_ms) FROM bookmark"
		" WHERE user_id = ?1 AND created_ms > ?2"},
	{PACE_EDIT, LIMIT(edits_day), false, true, "SELECT count(*), min(created_ms) FROM post_revision"
		" WHERE user_id = ?1 AND created_ms > ?2"},
};

static bool counted(const struct request *r)
{
	return !r->me.staff && r->me.by != AUTH_ADMIN_KEY;
}

/* What grows with trust does so as in Discourse: 1, 1, 1.5, 2, 3 times. */
static int64_t most_of(const struct request *r, const struct rule *rule)
{
	static const int halves[] = {2, 2, 3, 4, 6};
	int level = r->me.trust_level < 0 ? 0 : r->me.trust_level > 4 ? 4 : r->me.trust_level;
	int64_t most = *(const int *)((const char *)&r->server->options->limit + rule->most);
	return rule->grows ? most * halves[level] / 2 : most;
}

static bool on_first_day(struct request *r)
{
	return r->me.trust_level < 2 && sql_get_int(r->db, 0, "SELECT EXISTS (SELECT 1 FROM post WHERE user_id = ?"
		" AND created_ms <= ?)", "ii", r->me.user_id, r->now_ms - day_ms) == 0;
}

struct done {
	int64_t count, first_ms;
};

static struct done done_of(struct request *r, const struct rule *rule)
{
	struct done d = {0};
	struct sql_query *q = sql_query(r->db, rule->done, "ii", r->me.user_id, r->now_ms - day_ms);
	if (sql_next(q))
		d = (struct done){sql_int(q, 0), sql_int(q, 1)};
	sql_end(q, NULL);
	return d;
}

bool pace_allows(struct request *r, struct response *w, enum pace_kind kind)
{
	for (size_t i = 0; counted(r) && i < COUNT(rules); i++) {
		int64_t most = rules[i].kind != kind ? 0 : most_of(r, &rules[i]);
		if (most == 0 || (rules[i].first_day && !on_first_day(r)))
			continue;
		struct done d = done_of(r, &rules[i]);
		if (d.count < most)
			continue;
		limits_refuse(r, w, NULL, (long)((d.first_ms + day_ms - r->now_ms + 999) / 1000));
		return false;
	}
	return true;
}

static const struct rule *rule_of(enum pace_kind kind)
{
	size_t i = 0;
	while (rules[i].kind != kind)
		i++;
	return &rules[i];
}

int64_t pace_most(const struct request *r, enum pace_kind kind)
{
	return most_of(r, rule_of(kind));
}

int64_t pace_left(struct request *r, enum pace_kind kind)
{
	int64_t left = most_of(r, rule_of(kind)) - done_of(r, rule_of(kind)).count;
	return left > 0 ? left : 0;
}

/* Seconds that the member still has to wait; 0: none. */
static long pause_left(struct request *r, const char *statement, int seconds)
{
	int64_t last_ms = sql_get_int(r->db, 0, statement, "i", r->me.user_id);
	int64_t left_ms = last_ms + seconds * 1000LL - r->now_ms;
	return last_ms == 0 || left_ms <= 0 || last_ms > r->now_ms ? 0 : (long)((left_ms + 999) / 1000);
}

bool pace_pause_over(struct request *r, struct response *w, bool topic)
{
	const struct limit_options *limit = &r->server->options->limit;
	bool fresh = r->me.trust_level == 0;
	if (!counted(r))
		return true;
	long wait_s = pause_left(r, "SELECT max(created_ms) FROM post WHERE user_id = ?",
		limit->post_seconds * (fresh ? NewPostTimes : 1));
	long topic_s = !topic ? 0 : pause_left(r, "SELECT max(created_ms) FROM topic WHERE user_id = ?",
		limit->topic_seconds * (fresh ? NewTopicTimes : 1));
	wait_s = topic_s > wait_s ? topic_s : wait_s;
	if (wait_s > 0)
		limits_refuse(r, w, NULL, wait_s);
	return wait_s == 0;
}

/* Who began the topic may always go on, and in a message everybody may. */
bool pace_too_many_in_row(struct request *r, int64_t topic_id)
{
	int most = r->server->options->limit.replies_in_row;
	return most > 0 && counted(r) && sql_get_int(r->db, 0, "SELECT 1 FROM topic WHERE id = ?1 AND user_id <> ?2"
		" AND archetype = 'regular' AND ?3 = (SELECT sum(user_id = ?2) FROM (SELECT user_id FROM post"
		" WHERE topic_id = ?1"
		" AND deleted_ms IS NULL AND post_type = 1 ORDER BY post_number DESC LIMIT ?3))", "iin", topic_id,
		r->me.user_id, most) == 1;
}
