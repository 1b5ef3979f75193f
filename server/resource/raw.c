#include "resources.h"

#include "clock.h"
#include "encode.h"
#include "str.h"
#include "topic_stream.h"

enum { PostsPerPage = 100 };
static const char Separator[] = "\n\n-------------------------\n\n";

static const char select_raw[] =
	"SELECT p.raw, u.username, p.updated_ms, p.post_number FROM json_each(?1) j CROSS JOIN post p ON p.id = j.value"
	" JOIN user u ON u.id = p.user_id WHERE NOT p.user_deleted AND (NOT p.hidden OR ?2 OR p.user_id = ?3)"
	" ORDER BY j.key";

static void answer_text(struct request *r, struct response *w, const char *text)
{
	response_text(w, "text/plain; charset=utf-8", text);
}

/* Discourse's form: "name | 2026-03-03 09:00:00 UTC | #2", a blank line, the text. */
static void topic(struct request *r, struct response *w)
{
	int64_t id = request_part_id(r, "id");
	if (!forum_topic_visible(r->db, forum_viewer(r), id)) {
		response_not_found(r, w);
		return;
	}
	struct topic_stream s;
	struct stream_window page = {0};
	topic_stream_read(r, id, NULL, false, &s);
	if (!topic_stream_page(&s, request_param_int(r, "page", 1), PostsPerPage, &page))
		page = (struct stream_window){0};
	struct sbuf out = {0};
	struct sql_query *q = sql_query(r->db, select_raw, "sni", ids_json(r, s.ids.id + page.from, page.count),
		(int)r->me.staff, r->me.user_id);
	while (sql_next(q)) {
		struct civil c = civil_from_seconds(sql_int(q, 2) / 1000);
		sbuf_addf(&out, "%s | %04d-%02d-%02d %02d:%02d:%02d UTC | #%lld\n\n%s%s", sql_text(q, 1), c.year,
			c.month, c.day, c.hour, c.minute, c.second, (long long)sql_int(q, 3), sql_text(q, 0), Separator);
	}
	sql_end(q, NULL);
	answer_text(r, w, sbuf_str(&out));
	sbuf_fini(&out);
}

static void answer_post(struct request *r, struct response *w, int64_t post_id)
{
	if (post_id == 0 || !forum_post_visible(r->db, forum_viewer(r), post_id)) {
		response_not_found(r, w);
		return;
	}
	const char *raw = sql_get_text(r->db, r->mem, "SELECT raw FROM post WHERE id = ? AND NOT user_deleted"
		" AND (NOT hidden OR ? OR user_id = ?)", "ini", post_id, (int)r->me.staff, r->me.user_id);
	answer_text(r, w, str_or_empty(raw));
}

static void post(struct request *r, struct response *w)
{
	answer_post(r, w, request_part_id(r, "id"));
}

static void post_by_number(struct request *r, struct response *w)
{
	answer_post(r, w, sql_get_int(r->db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = ?", "ii",
		request_part_id(r, "id"), request_part_id(r, "post_number")));
}

const struct route raw_routes[] = {
	{"GET", "/raw/:id", topic, ROUTE_HTML},
	{"GET", "/raw/:id/:post_number", post_by_number, ROUTE_HTML},
	{"GET", "/posts/:id/raw", post, ROUTE_HTML},
	{0},
};
