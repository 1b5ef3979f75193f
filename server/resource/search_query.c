#include "search_query.h"

#include <string.h>

#include "clock.h"
#include "forum.h"
#include "forum_category.h"
#include "forum_search.h"
#include "forum_user.h"
#include "mem.h"
#include "str.h"

enum { Nobody = -2 };
static const int64_t DayMs = 24 * 3600 * 1000;

/* ?3 expression, ?4 user, ?5 category, ?6 topic, ?7 tags, ?8 status, ?9 after, ?10 before, ?11 where, ?12
 * mine, ?13 only first posts, ?14 every post of a topic, ?15 limit, ?16 offset; 0 and NULL: any. */
#define FITS \
	" CASE ?11 WHEN 0 THEN " FORUM_TOPIC_LISTED("t") " WHEN 1 THEN " FORUM_MESSAGE_MINE("t") \
	"  ELSE " FORUM_TOPIC_LISTED("t") " OR " FORUM_MESSAGE_MINE("t") " END" \
	" AND p.deleted_ms IS NULL AND NOT p.user_deleted AND NOT p.hidden AND p.post_type IN (1, 2)" \
	" AND (?4 = 0 OR p.user_id = ?4)" \
	" AND (?5 = 0 OR t.category_id = ?5 OR t.category_id IN (SELECT id FROM category WHERE parent_id = ?5))" \
	" AND (?6 = 0 OR t.id = ?6)" \
	" AND (?7 IS NULL OR t.id IN (SELECT topic_id FROM topic_tag JOIN tag ON tag.id = topic_tag.tag_id" \
	"  WHERE tag.name IN (SELECT value FROM json_each(?7))))" \
	" AND CASE ?8 WHEN 'open' THEN NOT t.closed AND NOT t.archived WHEN 'closed' THEN t.closed" \
	"  WHEN 'archived' THEN t.archived WHEN 'noreplies' THEN t.posts_count = 1 ELSE 1 END" \
	" AND (?9 = 0 OR p.created_ms >= ?9) AND (?10 = 0 OR p.created_ms < ?10)" \
	" AND CASE ?12 WHEN 1 THEN EXISTS (SELECT 1 FROM bookmark b WHERE b.user_id = ?1 AND" \
	"   ((b.bookmarkable_type = 'Post' AND b.bookmarkable_id = p.id)" \
	"    OR (b.bookmarkable_type = 'Topic' AND b.bookmarkable_id = t.id)))" \
	"  WHEN 2 THEN EXISTS (SELECT 1 FROM post_action a WHERE a.post_id = p.id AND a.user_id = ?1 AND a.type = 2)" \
	"  WHEN 3 THEN p.post_number > coalesce((SELECT last_read_post_number FROM topic_user" \
	"   WHERE topic_id = t.id AND user_id = ?1), 0)" \
	"  WHEN 4 THEN p.post_number <= (SELECT last_read_post_number FROM topic_user" \
	"   WHERE topic_id = t.id AND user_id = ?1)" \
	"  WHEN 5 THEN p.user_id = ?1 ELSE 1 END" \
	" AND (NOT ?13 OR p.post_number = 1)" \
	" GROUP BY CASE WHEN ?14 THEN p.id ELSE t.id END"
/* The aggregate decides which post of a topic stands for it. */
#define WITH_WORDS(best, order) \
	"SELECT p.id, " best " AS best FROM post_search s JOIN post p ON p.id = s.rowid" \
	" JOIN topic t ON t.id = p.topic_id WHERE s.post_search MATCH ?3 AND s.rank MATCH 'bm25(10.0, 1.0)' AND" FITS \
	" ORDER BY best " order ", p.id DESC LIMIT ?15 OFFSET ?16"
#define WITHOUT_WORDS(best, order) \
	"SELECT p.id, " best " AS best FROM post p JOIN topic t ON t.id = p.topic_id WHERE ?3 IS NULL AND" FITS \
	" ORDER BY best " order ", p.id DESC LIMIT ?15 OFFSET ?16"

static const struct {
	const char *word, *with, *without;
} orders[] = {
	{NULL, WITH_WORDS("min(s.rank)", "ASC"), WITHOUT_WORDS("max(p.created_ms)", "DESC")},
	{"latest", WITH_WORDS("max(p.created_ms)", "DESC"), WITHOUT_WORDS("max(p.created_ms)", "DESC")},
	{"oldest", WITH_WORDS("min(p.created_ms)", "ASC"), WITHOUT_WORDS("min(p.created_ms)", "ASC")},
	{"likes", WITH_WORDS("max(p.like_count)", "DESC"), WITHOUT_WORDS("max(p.like_count)", "DESC")},
	{"views", WITH_WORDS("max(t.views)", "DESC"), WITHOUT_WORDS("max(t.views)", "DESC")},
	{"latest_topic", WITH_WORDS("max(t.created_ms)", "DESC"), WITHOUT_WORDS("max(t.created_ms)", "DESC")},
};

void search_query_run(struct request *r, const struct search_query *s, int64_t limit, int64_t offset,
	struct id_list *out)
{
	struct viewer v = forum_viewer(r);
	size_t i = COUNT(orders) - 1;
	while (i > 0 && !str_equal(orders[i].word, s->order))
		i--;
	id_list_read(r, sql_query(r->db, s->expression != NULL ? orders[i].with : orders[i].without, "insiiissiinnnnii",
		FORUM_VIEWER(v), s->expression, s->user_id, s->category_id, s->topic_id, s->tags, s->status, s->after_ms,
		s->before_ms, (int)s->where, (int)s->mine, (int)s->first, (int)s->one_topic, limit, offset), out);
}

static int64_t moment_of(const struct request *r, const char *text)
{
	int64_t days, ms;
	if (str_to_int(text, 0, 100000, &days))
		return r->now_ms - days * DayMs;
	return time_parse(text, &ms, NULL) ? ms : 0;
}

static int64_t or_nobody(int64_t id)
{
	return id == 0 ? Nobody : id;
}

static void read_tags(struct request *r, struct search_query *s, char *value)
{
	const char *name[20];
	int n = 0;
	for (char *one; (one = strsep(&value, ",+|")) != NULL && n < (int)COUNT(name);)
		if (*one != '\0')
			name[n++] = one;
	s->tags = texts_json(r, name, n);
}

/* "#zoom" is a category ("#parent:child" too), or else a tag. */
static void read_hashtag(struct request *r, struct search_query *s, char *name)
{
	char *child = strchr(name, ':');
	int64_t id = forum_category_id(r->db, child == NULL ? name : child + 1);
	if (id != 0)
		s->category_id = id;
	else
		read_tags(r, s, name);
}

static bool read_in(struct search_query *s, const char *value)
{
	static const struct {
		const char *word;
		struct search_query set;
	} rows[] = {
		{"title", {.title = true, .first = true}}, {"first", {.first = true}},
			{"messages", {.where = SEARCH_MESSAGES}},
		{"personal", {.where = SEARCH_MESSAGES}}, {"all", {.where = SEARCH_ALL}}, {"likes", {.mine = SEARCH_LIKED}},
		{"bookmarks", {.mine = SEARCH_BOOKMARKED}}, {"unseen", {.mine = SEARCH_UNSEEN}},
			{"seen", {.mine = SEARCH_SEEN}},
		{"posted", {.mine = SEARCH_POSTED}}, {"created", {.mine = SEARCH_POSTED, .first = true}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].word, value) != 0)
			continue;
		const struct search_query *set = &rows[i].set;
		s->title = s->title || set->title;
		s->first = s->first || set->first;
		if (set->where != SEARCH_PUBLIC)
			s->where = set->where;
		if (set->mine != SEARCH_ANY)
			s->mine = set->mine;
		return true;
	}
	return false;
}

static bool read_term(struct request *r, struct search_query *s, const char *name, char *value)
{
	if (strcmp(name, "in") == 0)
		return read_in(s, value);
	if (strcmp(name, "order") == 0)
		s->order = value;
	else if (strcmp(name, "after") == 0)
		s->after_ms = moment_of(r, value);
	else if (strcmp(name, "before") == 0)
		s->before_ms = moment_of(r, value);
	else if (strcmp(name, "status") == 0)
		s->status = value;
	else if (strcmp(name, "user") == 0)
		s->user_id = or_nobody(forum_user_id(r->db, value));
	else if (strcmp(name, "category") == 0)
		read_hashtag(r, s, value);
	else if (strcmp(name, "tag") == 0 || strcmp(name, "tags") == 0)
		read_tags(r, s, value);
	else if (strcmp(name, "topic") == 0) {
		s->one_topic = true;
		if (!str_to_int(value, 1, INT64_MAX, &s->topic_id))
			s->topic_id = Nobody;
	} else
		return false;
	return true;
}

static bool read_operator(struct request *r, struct search_query *s, char *one)
{
	if (*one == '@' && one[1] != '\0')
		s->user_id = strcmp(one, "@me") == 0 ? or_nobody(r->me.user_id) : or_nobody(forum_user_id(r->db, one + 1));
	else if (*one == '#' && one[1] != '\0')
		read_hashtag(r, s, one + 1);
	else {
		char *colon = strchr(one, ':');
		return colon != NULL && read_term(r, s, arena_strndup(r->mem, one, (size_t)(colon - one)), colon + 1);
	}
	return true;
}

void search_query_read(struct request *r, const char *text, struct search_query *out)
{
	struct sbuf words = {0};
	char *left = arena_strdup(r->mem, text), *one;
	*out = (struct search_query){0};
	while ((one = strsep(&left, " \t\r\n")) != NULL) {
		const char *copy = arena_strdup(r->mem, one);
		if (*one != '\0' && !read_operator(r, out, one))
			sbuf_addf(&words, "%s%s", words.n > 0 ? " " : "", copy);
	}
	out->words = arena_strdup(r->mem, sbuf_str(&words));
	sbuf_fini(&words);
	out->expression = forum_search_expression(r->mem, out->words);
	if (out->title && out->expression != NULL)
		out->expression = arena_printf(r->mem, "title : (%s)", out->expression);
}
