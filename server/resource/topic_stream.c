#include "topic_stream.h"

#include <string.h>

#include "str.h"

/* Whoever may see deleted posts gets them only on request; a deleted first post always, the topic went with it. */
static const char select_stream[] =
	"SELECT p.id, p.post_number, p.created_ms FROM post p WHERE p.topic_id = ?3"
	" AND (p.deleted_ms IS NULL OR (?2 >= 1 AND (?4 OR p.post_number = 1))) AND (p.post_type <> 4 OR ?2 >= 1)"
	" AND (?5 IS NULL OR p.user_id IN (SELECT u.id FROM json_each(?5) j JOIN user u ON u.username = j.value))"
	" ORDER BY p.post_number";

static const char *names_json(struct request *r, const char *usernames)
{
	const char *name[64];
	int n = 0;
	char *rest = arena_strdup(r->mem, usernames);
	for (char *one; (one = strsep(&rest, ",")) != NULL && n < 64;)
		if (*one != '\0')
			name[n++] = one;
	return texts_json(r, name, n);
}

void topic_stream_read(struct request *r, int64_t topic_id, const char *usernames, bool show_deleted,
	struct topic_stream *out)
{
	struct viewer v = forum_viewer(r);
	int room = 256, n = 0;
	*out = (struct topic_stream){
		.ids.id = ARENA_ARRAY(r->mem, room, int64_t),
		.number = ARENA_ARRAY(r->mem, room, int),
		.created_ms = ARENA_ARRAY(r->mem, room, int64_t),
	};
	struct sql_query *q = sql_query(r->db, select_stream, "inins", FORUM_VIEWER(v), topic_id, (int)show_deleted,
		str_empty(usernames) ? NULL : names_json(r, usernames));
	for (; sql_next(q); n++) {
		if (n == room) {
			out->ids.id = arena_grow(r->mem, out->ids.id, n, room * 2, sizeof *out->ids.id);
			out->number = arena_grow(r->mem, out->number, n, room * 2, sizeof *out->number);
			out->created_ms = arena_grow(r->mem, out->created_ms, n, room * 2, sizeof *out->created_ms);
			room *= 2;
		}
		out->ids.id[n] = sql_int(q, 0);
		out->number[n] = (int)sql_int(q, 1);
		out->created_ms[n] = sql_int(q, 2);
	}
	sql_end(q, NULL);
	out->ids.count = n;
}

bool topic_stream_page(const struct topic_stream *s, int64_t page, int size, struct stream_window *out)
{
	if (page < 1 || (page > 1 && page - 1 > (s->ids.count - 1) / size))
		return false;
	int64_t from = (page - 1) * size;
	int left = s->ids.count - (int)from;
	*out = (struct stream_window){.from = (int)from, .count = left < size ? left : size};
	return true;
}

struct stream_window topic_stream_near(const struct topic_stream *s, int64_t post_number, int size)
{
	int at = 0, count = s->ids.count;
	while (at < count - 1 && s->number[at] < post_number)
		at++;
	int from = at - size / 4;
	if (from + size > count)
		from = count - size;
	if (from < 0)
		from = 0;
	return (struct stream_window){.from = from, .count = count - from < size ? count - from : size};
}
