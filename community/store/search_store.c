#include "search_store.h"

#include <stdlib.h>
#include <string.h>

#include "html_text.h"
#include "match.h"
#include "mem.h"
#include "member.h"
#include "store_private.h"
#include "str.h"
#include "utf8.h"

enum { SnippetBefore = 40, SnippetBytes = 200 };

/* One kind of thing: its index and the columns of a hit: id, topic, post number, title, username, text, time,
 * message. ?1 words, ?2 limit, ?3 offset. */
struct source {
	enum search_kind kind;
	const char *index;  /* the FTS5 table */
	const char *rank;   /* weight of its columns */
	const char *hit;    /* joined to the numbered places */
	bool html;          /* the text is HTML */
};

static const struct source source[] = {
	{SEARCH_MEMBER, "member_text", "bm25(member_text, 10.0, 1.0)",
		"SELECT m.id, 0, 1, m.name, m.username, x.fields, 0, 0 FROM found JOIN member m ON m.id = found.id"
		" JOIN member_text x ON x.rowid = m.id WHERE m.id > 0 ORDER BY found.place",
		false},
	{SEARCH_EVENT, "event_text", "bm25(event_text, 10.0, 4.0, 1.0)",
		"SELECT e.id, e.topic_id, 1, x.title, e.creator, x.place || ' ' || x.body, e.starts_ms, 0"
		" FROM found JOIN event e ON e.id = found.id JOIN event_text x ON x.rowid = e.id ORDER BY "
		"found.place",
		false},
	{SEARCH_TOPIC, "topic_text", "bm25(topic_text, 4.0, 1.0)",
		"SELECT t.id, t.id, 1, t.title, t.author,"
		" coalesce((SELECT p.cooked FROM post p WHERE p.topic_id = t.id AND p.post_number = 1), ''), "
		"t.created_ms,"
		" t.is_message FROM found JOIN topic t ON t.id = found.id ORDER BY found.place",
		true},
	{SEARCH_POST, "post_text", "bm25(post_text)",
		"SELECT p.id, p.topic_id, p.post_number, t.title, p.username, p.cooked, p.created_ms, t.is_message"
		" FROM found JOIN post p ON p.id = found.id LEFT JOIN topic t ON t.id = p.topic_id ORDER BY "
		"found.place",
		true},
};
enum { Sources = sizeof source / sizeof source[0] };

/* How many rows match, counted up to SEARCH_RANKED + 1. */
static int64_t count_in(struct store *s, const struct source *src, const char *match)
{
	struct sbuf sql = {0};
	sbuf_addf(&sql, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s MATCH ? LIMIT %d)", src->index,
		src->index, SEARCH_RANKED + 1);
	struct sql_query *q = sql_query(s->db, store_statement(s, &sql), "s", match);
	int64_t n = sql_next(q) ? sql_int(q, 0) : 0;
	store_end(s, q);
	return n;
}

/* An alphabetic character at the start of a word. */
static bool word_starts(const char *s, size_t at)
{
	return at == 0 || strchr(" \t\n-'\"(/.,:;[@#", s[at - 1]) != NULL;
}

/* The length of the beginning of s whose folded form starts with `word`, 0 when it does not. */
static size_t prefix_matches(const char *s, const char *word)
{
	size_t want = strlen(word);
	for (size_t n = 1; s[n - 1] != '\0' && n <= 2 * want + 8; n++) {
		if (((unsigned char)s[n] & 0xC0) == 0x80)
			continue;
		char *part = xstrndup(s, n);
		char *folded = utf8_fold(part);
		size_t have = strlen(folded);
		bool starts = strncmp(folded, word, have < want ? have : want) == 0;
		free(part);
		free(folded);
		if (!starts)
			return 0;
		if (have >= want)
			return n;
	}
	return 0;
}

static size_t find_word(const char *plain, size_t at, const char *word, size_t *length)
{
	for (size_t i = at; plain[i] != '\0'; i++) {
		if (((unsigned char)plain[i] & 0xC0) == 0x80 || !word_starts(plain, i))
			continue;
		*length = prefix_matches(plain + i, word);
		if (*length > 0)
			return i;
	}
	return SIZE_MAX;
}

bool search_find(const char *plain, const char *text, size_t at, size_t *from, size_t *to)
{
	static const char space[] = " \t\r\n";
	char *folded = utf8_fold(text), *save = NULL;
	size_t best = SIZE_MAX;
	for (char *word = strtok_r(folded, space, &save); word != NULL; word = strtok_r(NULL, space, &save)) {
		size_t length, found = find_word(plain, at, word, &length);
		if (found < best) {
			best = found;
			*from = found;
			*to = found + length;
		}
	}
	free(folded);
	return best != SIZE_MAX;
}

static const char *snippet_of(const char *plain, const char *text, struct arena *a)
{
	size_t from = 0, to = 0, n = strlen(plain);
	size_t start = search_find(plain, text, 0, &from, &to) && from > SnippetBefore ? from - SnippetBefore : 0;
	while (start > 0 && plain[start - 1] != ' ')
		start--;
	if (from > 2 * SnippetBefore && start < from - 2 * SnippetBefore)
		for (start = from; ((unsigned char)plain[start] & 0xC0) == 0x80;)
			start--;
	char *cut = arena_strndup(a, plain + start, n - start < SnippetBytes ? n - start : SnippetBytes);
	utf8_cut_partial(cut);
	return arena_printf(a, "%s%s%s", start > 0 ? "…" : "", cut, strlen(cut) < n - start ? "…" : "");
}

static struct search_hit read_hit(
	struct sql_query *q, const struct source *src, const char *text, struct arena *a)
{
	struct sbuf plain = {0};
	if (src->html)
		html_text(&plain, str_or_empty(sql_text(q, 5)));
	else
		sbuf_add(&plain, str_or_empty(sql_text(q, 5)));
	const char *username = store_text(q, 4, a), *title = store_text(q, 3, a);
	struct search_hit hit = {.kind = src->kind,
		.id = sql_int(q, 0),
		.topic_id = sql_int(q, 1),
		.post_number = (int)sql_int(q, 2),
		.title = src->kind == SEARCH_MEMBER ? member_display(title, username) : title,
		.username = username,
		.snippet = snippet_of(sbuf_str(&plain), text, a),
		.time_ms = sql_int(q, 6),
		.is_message = sql_int(q, 7)};
	sbuf_fini(&plain);
	return hit;
}

static void list_one(struct store *s, const struct source *src, const char *match, const char *text,
	bool ranked, int64_t offset, int limit, struct search_rows *out, struct arena *a)
{
	struct sbuf sql = {0};
	sbuf_addf(&sql,
		"WITH found(id, place) AS MATERIALIZED (SELECT rowid, row_number() OVER () FROM (SELECT rowid FROM %s"
		" WHERE %s MATCH ?1 ORDER BY ",
		src->index, src->index);
	if (ranked)
		sbuf_addf(&sql, "%s, rowid DESC", src->rank);
	else
		sbuf_add(&sql, "rowid DESC");
	sbuf_addf(&sql, " LIMIT ?2 OFFSET ?3)) %s", src->hit);
	struct sql_query *q = sql_query(s->db, store_statement(s, &sql), "sni", match, limit, offset);
	for (int left = limit; left > 0 && sql_next(q); left--)
		out->row[out->count++] = read_hit(q, src, text, a);
	store_end(s, q);
}

/* What of one kind lies on the page; *offset is left for the next kind. */
static void list_page(struct store *s, const struct source *src, const char *match, const char *text,
	int64_t *offset, int limit, struct search_rows *out, struct arena *a)
{
	int64_t n = count_in(s, src, match), most = n < SEARCH_RANKED ? n : SEARCH_RANKED;
	if (*offset >= most) {
		*offset -= most;
		return;
	}
	int64_t left = most - *offset, room = limit - out->count;
	list_one(s, src, match, text, n <= SEARCH_RANKED, *offset, (int)(left < room ? left : room), out, a);
	*offset = 0;
}

struct search_rows search_store_list(
	struct store *s, const char *text, unsigned kinds, int64_t offset, int limit, struct arena *a)
{
	struct search_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct search_hit)};
	struct sbuf match = {0};
	bool words = match_expression(&match, text, false);
	for (int i = 0; words && i < Sources && out.count < limit; i++)
		if (kinds & source[i].kind)
			list_page(s, &source[i], sbuf_str(&match), text, &offset, limit, &out, a);
	sbuf_fini(&match);
	return out;
}

int64_t search_store_count(struct store *s, const char *text, unsigned kinds)
{
	int64_t n = 0;
	struct sbuf match = {0};
	bool words = match_expression(&match, text, false);
	for (int i = 0; words && i < Sources; i++) {
		int64_t some = kinds & source[i].kind ? count_in(s, &source[i], sbuf_str(&match)) : 0;
		n += some < SEARCH_RANKED ? some : SEARCH_RANKED;
	}
	sbuf_fini(&match);
	return n;
}
