#include "reminder_store.h"

#include "store_private.h"

int reminder_store_get(struct store *s, int64_t event_id)
{
	return (int)sql_get_int(s->db, 0, "SELECT minutes FROM reminder WHERE event_id = ?", "i", event_id);
}

struct event_rows reminder_store_due(struct store *s, int64_t now_ms, int limit, struct arena *a)
{
	struct event_time *due = ARENA_ARRAY(a, (size_t)limit, struct event_time);
	int count = 0;
	struct sql_query *q = sql_query(s->db, "SELECT o.event_id, o.starts_ms FROM reminder r JOIN occurrence o"
		" ON o.event_id = r.event_id WHERE o.starts_ms > ?1 AND o.starts_ms - r.minutes * 60000 <= ?1"
		" ORDER BY o.starts_ms, o.event_id LIMIT ?2", "in", now_ms, limit);
	for (; count < limit && sql_next(q); count++)
		due[count] = (struct event_time){.id = sql_int(q, 0), .starts_ms = sql_int(q, 1)};
	store_end(s, q);
	return (struct event_rows){.row = event_store_pick(s, due, count, a), .count = count};
}

bool reminder_store_put(struct store *s, int64_t event_id, int minutes, struct error *err)
{
	store_changed(s, STORE_EVENTS);
	return minutes <= 0 ? sql_run(s->db, err, "DELETE FROM reminder WHERE event_id = ?", "i", event_id)
		: sql_run(s->db, err, "INSERT OR REPLACE INTO reminder(event_id, minutes) VALUES (?, ?)", "in", event_id,
			minutes);
}
