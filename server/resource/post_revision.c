#include "post_revision.h"

#include <string.h>

#include "cook.h"
#include "encode.h"
#include "forum_user.h"
#include "str.h"

/* Where two texts begin and stop to differ, on whole lines. */
struct difference {
	size_t same_start, same_end; /* bytes */
};

static struct difference compare(const char *before, const char *after)
{
	size_t n = strlen(before), m = strlen(after), start = 0, end = 0;
	for (size_t i = 0; i < n && i < m && before[i] == after[i]; i++)
		if (before[i] == '\n')
			start = i + 1;
	for (size_t i = 1; i <= n - start && i <= m - start && before[n - i] == after[m - i]; i++)
		if (before[n - i] == '\n')
			end = i;
	return (struct difference){start, end};
}

static void add_block(struct sbuf *out, const char *open, const char *close, const char *text, size_t n)
{
	if (n == 0)
		return;
	sbuf_add(out, open);
	cook_escape(out, text, n);
	sbuf_add(out, close);
}

static const char *kept(struct request *r, struct sbuf *b)
{
	const char *text = arena_strdup(r->mem, sbuf_str(b));
	sbuf_fini(b);
	return text;
}

static void changes_encode(struct request *r, struct json *into, const char *before, const char *after)
{
	struct difference d = compare(before, after);
	size_t n = strlen(before), m = strlen(after);
	struct sbuf line = {0}, side = {0};
	sbuf_add(&line, "<div class=\"inline-diff\">");
	add_block(&line, "<p>", "</p>", before, d.same_start);
	add_block(&line, "<p class=\"diff-del\"><del>", "</del></p>", before + d.same_start,
		n - d.same_start - d.same_end);
	add_block(&line, "<p class=\"diff-ins\"><ins>", "</ins></p>", after + d.same_start,
		m - d.same_start - d.same_end);
	add_block(&line, "<p>", "</p>", before + n - d.same_end, d.same_end);
	sbuf_add(&line, "</div>");
	add_block(&side, "<div class=\"revision-content\">", "</div>", before, n);
	add_block(&side, "<div class=\"revision-content\">", "</div>", after, m);
	struct json *body = json_add_object(into, "body_changes");
	json_add_string(body, "inline", kept(r, &line));
	const char *both = kept(r, &side);
	json_add_string(body, "side_by_side", both);
	json_add_string(body, "side_by_side_markdown", both);
}

static void number_or_null(struct json *into, const char *name, int64_t number, bool there)
{
	if (there)
		json_add_int(into, name, number);
	else
		json_add_null(into, name);
}

bool post_revision_encode(struct request *r, struct json *into, int64_t post_id, int number)
{
	int64_t last = sql_get_int(r->db, 0, "SELECT max(number) + 1 FROM post_revision WHERE post_id = ?", "i",
		post_id);
	struct sql_query *q = sql_query(r->db, "SELECT v.number + 1, v.raw, v.created_ms, u.username, u.name,"
		" p.raw, p.wiki,"
		" (SELECT n.raw FROM post_revision n WHERE n.post_id = v.post_id AND n.number > v.number"
		" ORDER BY n.number LIMIT 1),"
		" (SELECT min(number) + 1 FROM post_revision f WHERE f.post_id = v.post_id), p.edit_reason, p.user_id,"
		" p.wiki AND NOT p.hidden AND NOT p.user_deleted"
		" FROM post_revision v JOIN user u ON u.id = v.user_id JOIN post p ON p.id = v.post_id"
		" WHERE v.post_id = ? AND v.number = ?", "ii", post_id, (number == 0 ? last : (int64_t)number) - 1);
	bool found = sql_next(q) && (r->me.staff || sql_int(q, 11) || sql_int(q, 10) == r->me.user_id);
	if (found) {
		int64_t at = sql_int(q, 0), first = sql_int(q, 8);
		json_add_time_ms(into, "created_at", sql_int(q, 2), 0);
		json_add_int(into, "post_id", post_id);
		json_add_bool(into, "previous_hidden", false);
		json_add_bool(into, "current_hidden", false);
		json_add_int(into, "first_revision", first);
		number_or_null(into, "previous_revision", at - 1, at > first);
		json_add_int(into, "current_revision", at);
		number_or_null(into, "next_revision", at + 1, at < last);
		json_add_int(into, "last_revision", last);
		json_add_int(into, "current_version", at - first + 2);
		json_add_int(into, "version_count", last - first + 2);
		json_add_string(into, "username", sql_text(q, 3));
		json_add_string(into, "display_username", sql_text(q, 3));
		json_add_string(into, "acting_user_name", sql_text(q, 4));
		json_add_string(into, "avatar_template", forum_avatar_template(r->mem, sql_text(q, 3)));
		json_add_string(into, "edit_reason", at == last ? sql_text(q, 9) : NULL);
		changes_encode(r, into, sql_text(q, 1), sql_is_null(q, 7) ? sql_text(q, 5) : sql_text(q, 7));
		json_add_bool(into, "wiki", sql_int(q, 6));
		json_add_bool(into, "can_edit", r->me.staff);
	}
	sql_end(q, NULL);
	return found;
}
