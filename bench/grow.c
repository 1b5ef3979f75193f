/* Members write while the server runs: grow COMMUNITY POSTS TOPICS. */
#include <stdio.h>
#include <stdlib.h>

#include "bus.h"
#include "clock.h"
#include "command.h"
#include "forum_post.h"

enum { MaxTopics = 1000 };

static bool write_post(struct forum *f, int64_t topic_id, int64_t user_id, int number, struct error *err)
{
	struct posted done;
	char raw[200];
	snprintf(raw, sizeof raw, "Reply number %d, with **some** words and a [link](https://example.org/%d).",
		number, number);
	f->now_ms = clock_now_ms();
	const struct new_post n = {.user_id = user_id, .topic_id = topic_id, .raw = raw, .unchecked = true};
	bool ok = sql_begin(f->db, err) && forum_post_create(f, &n, &done, err) && sql_commit(f->db, err);
	if (!ok)
		sql_rollback(f->db);
	arena_reset(f->mem);
	return ok;
}

/* Spread over all topics, old and new. */
static int choose_topics(struct sql *db, int want, int64_t topic[], int64_t user[])
{
	int n = 0;
	int64_t all = sql_get_int(db, 0,
		"SELECT count(*) FROM topic WHERE archetype = 'regular' AND deleted_ms IS NULL", "");
	struct sql_query *q = sql_query(db,
		"SELECT id, user_id FROM (SELECT id, user_id, row_number() OVER (ORDER BY id) AS nr FROM topic"
		" WHERE archetype = 'regular' AND deleted_ms IS NULL) WHERE nr % max(1, ?1 / ?2) = 0 LIMIT ?2",
		"ii", all, (int64_t)want);
	for (; n < want && sql_next(q); n++) {
		topic[n] = sql_int(q, 0);
		user[n] = sql_int(q, 1);
	}
	sql_end(q, NULL);
	return n;
}

int main(int argc, char **argv)
{
	static int64_t topic[MaxTopics], user[MaxTopics];
	struct error err;
	if (argc != 4 || atoi(argv[3]) < 1 || atoi(argv[3]) > MaxTopics) {
		fprintf(stderr, "grow COMMUNITY POSTS TOPICS\n");
		return 2;
	}
	struct sql *db = command_open_data(argv[1], OPEN_EXISTING, &err);
	if (db == NULL)
		return command_failed(&err);
	struct arena mem = {0};
	struct bus *bus = bus_new(db);
	struct forum f = {.db = db, .bus = bus, .mem = &mem, .base_url = ""};
	int topics = choose_topics(db, atoi(argv[3]), topic, user), posts = atoi(argv[2]);
	bool ok = topics > 0;
	for (int i = 0; ok && i < posts; i++)
		ok = write_post(&f, topic[i % topics], user[(i * 7 + 3) % topics], i + 1, &err);
	bus_free(bus);
	sql_close(db);
	arena_fini(&mem);
	if (topics == 0)
		fprintf(stderr, "grow: there are no topics\n");
	else if (!ok)
		return command_failed(&err);
	return topics > 0 ? 0 : 1;
}
