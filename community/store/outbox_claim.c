#include "outbox_private.h"
#include "same_text.h"

/* What became of the rows of the outbox, and which are alike. */

bool outbox_store_is_claimed(struct store *s, int64_t id, int64_t post_id)
{
	return sql_get_int(s->db, 0, "SELECT 1 FROM outbox WHERE done_post_id = ?1 AND done_post_id <> 0 AND id <> ?2"
		" AND state <= 5 LIMIT 1", "ii", post_id, id) == 1;
}

bool outbox_store_is_topic_claimed(struct store *s, int64_t topic_id)
{
	return sql_get_int(s->db, 0, "SELECT 1 FROM outbox WHERE done_topic_id = ?1 AND done_topic_id <> 0"
		" AND kind IN (1, 3) AND state <= 5 LIMIT 1", "i", topic_id) == 1;
}

bool outbox_store_is_sending(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT 1 FROM outbox WHERE state = 2 LIMIT 1", "") == 1;
}

/* Two texts can have the same number by chance. */
static int count_alike(struct store *s, struct sql_query *q, const char *text)
{
	int count = 0;
	while (sql_next(q))
		count += same_text(sql_text(q, 0), text);
	store_end(s, q);
	return count;
}

#define ALIKE "SELECT body FROM outbox WHERE words = ?1 AND words <> 0 AND id <> ?2"

bool outbox_store_has_words(struct store *s, int64_t id, const char *text)
{
	return count_alike(s, sql_query(s->db, ALIKE " AND state BETWEEN 1 AND 5", "ii", same_text_digest(text),
		id), text) > 0;
}

int outbox_store_count_held(struct store *s, int64_t id, const char *text, int64_t since_ms)
{
	return count_alike(s, sql_query(s->db, ALIKE " AND state = 4 AND held = 1 AND done_ms >= ?3", "iii",
		same_text_digest(text), id, since_ms), text);
}

bool outbox_store_arrived_since(struct store *s, int64_t id, const char *text, int64_t since_ms)
{
	return count_alike(s, sql_query(s->db, ALIKE " AND state = 4 AND done_ms > ?3", "iii",
		same_text_digest(text), id, since_ms), text) > 0;
}
