#include "topic_list_filter.h"

#include <string.h>

#include "clock.h"
#include "forum_category.h"
#include "forum_search.h"
#include "forum_user.h"
#include "mem.h"
#include "options.h"
#include "str.h"

enum { PerPage = 30, MaxPerPage = 100, MaxPinned = 100, MaxDays = 100000 };
static const int64_t DayMs = 24 * 3600 * 1000, NewDays = 2;

/* ?3 kind, ?4 new since, ?5 category, ?6 without subcategories, ?7 tags, ?8 not this tag, ?9 status, ?10 ids,
 * ?11 words, ?12 by user, ?13 bumped before, ?14 bumped after, ?15 created before, ?16 created after, ?17
 * fewest posts, ?18 most posts, ?19 level; 0 or NULL: any. ?20 limit, ?21 offset. Kinds are those of enum
 * topic_list_kind. */
#define CONDITIONS \
	FORUM_TOPIC_LISTED("t") \
	" AND CASE ?3" \
	"  WHEN 1 THEN coalesce(tu.last_read_post_number, 0) = 0 AND t.created_ms > ?4" \
	"  WHEN 2 THEN tu.last_read_post_number BETWEEN 1 AND t.highest_post_number - 1" \
	"   AND tu.notification_level >= 2" \
	"  WHEN 3 THEN coalesce(tu.last_read_post_number, 0) < t.highest_post_number" \
	"  WHEN 4 THEN tu.posted" \
	"  WHEN 5 THEN t.id IN (SELECT bookmarkable_id FROM bookmark WHERE user_id = ?1" \
	"   AND bookmarkable_type = 'Topic'" \
	"   UNION SELECT bp.topic_id FROM bookmark b JOIN post bp ON bp.id = b.bookmarkable_id" \
	"   WHERE b.user_id = ?1 AND b.bookmarkable_type = 'Post')" \
	"  ELSE 1 END" \
	" AND (?3 > 3 OR ?10 IS NOT NULL OR coalesce(tu.notification_level, 1) > 0)" \
	" AND (?3 > 3 OR ?5 <> 0 OR ?10 IS NOT NULL OR coalesce(tu.notification_level, 1) > 1" \
	"  OR t.category_id IS NULL OR t.category_id NOT IN" \
	"  (SELECT category_id FROM category_user WHERE user_id = ?1 AND notification_level = 0))" \
	" AND (?5 = 0 OR t.category_id = ?5" \
	"  OR (NOT ?6 AND t.category_id IN (SELECT id FROM category WHERE parent_id = ?5)))" \
	" AND (?7 IS NULL OR t.id IN (SELECT topic_id FROM topic_tag JOIN tag ON tag.id = topic_tag.tag_id" \
	"  WHERE tag.name IN (SELECT value FROM json_each(?7))))" \
	" AND (?8 IS NULL OR t.id NOT IN (SELECT topic_id FROM topic_tag JOIN tag ON tag.id = topic_tag.tag_id" \
	"  WHERE tag.name = ?8))" \
	" AND CASE ?9 WHEN 'open' THEN NOT t.closed AND NOT t.archived WHEN 'closed' THEN t.closed" \
	"  WHEN 'archived' THEN t.archived WHEN 'noreplies' THEN t.posts_count = 1" \
	"  WHEN 'single_user' THEN t.user_id = t.last_post_user_id" \
	"  WHEN 'public' THEN t.category_id IN (SELECT id FROM category WHERE NOT read_restricted) ELSE 1 END" \
	" AND (?10 IS NULL OR t.id IN (SELECT value FROM json_each(?10)))" \
	" AND (?11 IS NULL OR t.id IN (SELECT sp.topic_id FROM post_search JOIN post sp ON sp.id = post_search.rowid" \
	"  WHERE post_search MATCH ?11 AND sp.post_type IN (1, 2) AND sp.deleted_ms IS NULL AND NOT sp.hidden))" \
	" AND (?12 = 0 OR t.user_id = ?12)" \
	" AND (?13 = 0 OR t.bumped_ms < ?13) AND (?14 = 0 OR t.bumped_ms >= ?14)" \
	" AND (?15 = 0 OR t.created_ms < ?15) AND (?16 = 0 OR t.created_ms >= ?16)" \
	" AND (?17 = 0 OR t.posts_count >= ?17) AND (?18 = 0 OR t.posts_count <= ?18)" \
	" AND (?19 = 0 OR tu.notification_level = ?19)"
/* Pinned topics float in their category, those pinned globally everywhere. */
#define FLOATS "t.pinned_ms IS NOT NULL AND (t.pinned_globally OR ?5 <> 0)"
#define LIST_OF(topics, extra, order) \
	"SELECT t.id FROM " topics " LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1" \
	" WHERE " CONDITIONS extra " ORDER BY " order " LIMIT ?20 OFFSET ?21"
#define LIST(extra, order) LIST_OF("topic t", extra, order)
#define BOTH(word, by) {word, LIST("", by " DESC, t.id DESC"), LIST("", by ", t.id")}

static const char select_pinned[] =
	LIST_OF("topic t INDEXED BY topic_pinned", " AND " FLOATS, "t.pinned_ms DESC, t.id");
static const char select_not_pinned[] = LIST(" AND NOT (" FLOATS ")", "t.bumped_ms DESC, t.id");

static const struct order {
	const char *word, *down, *up;
} orders[] = {
	{"activity", LIST("", "t.bumped_ms DESC, t.id"), LIST("", "t.bumped_ms, t.id")},
	BOTH("created", "t.created_ms"),
	BOTH("views", "t.views"),
	BOTH("posts", "t.posts_count"),
	BOTH("likes", "t.like_count"),
	BOTH("category", "(SELECT name FROM category WHERE id = t.category_id)"),
	BOTH("op_likes", "(SELECT like_count FROM post WHERE topic_id = t.id AND post_number = 1)"),
	BOTH("posters", "(SELECT count(*) FROM topic_user x WHERE x.topic_id = t.id AND x.posted)"),
	BOTH("title", "fold(t.title)"),
	/* In place of Discourse's own sum: what people did with it. */
	BOTH("score", "t.like_count * 2 + t.posts_count + t.views / 50.0"),
};

static const struct order *order_of(const char *word)
{
	for (size_t i = 0; i < COUNT(orders); i++)
		if (str_equal(orders[i].word, word))
			return &orders[i];
	return &orders[0];
}

bool topic_order_read(struct topic_filter *f, const char *word)
{
	static const struct {
		const char *word, *order;
	} other[] = {{"default", NULL}, {"latest", "activity"}, {"bumped", "activity"}, {"latest-post", "activity"},
		{"likes-op", "op_likes"}};
	for (size_t i = 0; i < COUNT(other); i++) {
		if (strcmp(other[i].word, word) == 0) {
			f->order = other[i].order;
			return true;
		}
	}
	for (size_t i = 0; i < COUNT(orders); i++) {
		size_t n = strlen(orders[i].word);
		if (strncmp(orders[i].word, word, n) != 0 || (word[n] != '\0' && strcmp(word + n, "-asc") != 0))
			continue;
		f->order = orders[i].word;
		f->ascending = word[n] != '\0';
		return true;
	}
	return false;
}

static void run(struct request *r, const char *statement, const struct topic_filter *f, int64_t limit,
	int64_t offset, struct id_list *out)
{
	struct viewer v = forum_viewer(r);
	const char *words = f->words == NULL ? NULL : forum_search_expression(r->mem, f->words);
	if (f->words != NULL && words == NULL) {
		*out = (struct id_list){0};
		return;
	}
	id_list_read(r, sql_query(r->db, statement, "inniinsssssiiiiiiiiii", FORUM_VIEWER(v), (int)f->kind,
		r->now_ms - NewDays * DayMs, f->category_id, (int)f->no_subcategories, texts_json(r, f->tag, f->tag_count),
		f->exclude_tag, f->status, f->topic_ids, words, f->user_id, f->bumped_before_ms, f->bumped_after_ms,
		f->created_before_ms, f->created_after_ms, f->min_posts, f->max_posts, (int64_t)f->level, limit,
		offset), out);
}

static const char *statement_of(const struct topic_filter *f)
{
	const struct order *order = order_of(f->order);
	return f->ascending ? order->up : order->down;
}

static void append(struct request *r, struct id_list *to, const int64_t *id, int count)
{
	to->id = arena_grow(r->mem, to->id, to->count, to->count + count, sizeof *to->id);
	if (count > 0)
		memcpy(to->id + to->count, id, count * sizeof *id);
	to->count += count;
}

/* Pinned topics come first, the rest follows as if they were not there. */
static void run_pinned_first(struct request *r, const struct topic_filter *f, int64_t limit, int64_t offset,
	struct id_list *out)
{
	struct id_list pinned, rest;
	run(r, select_pinned, f, MaxPinned, 0, &pinned);
	*out = (struct id_list){0};
	if (offset < pinned.count) {
		int64_t left = pinned.count - offset;
		append(r, out, pinned.id + offset, (int)(left < limit ? left : limit));
	}
	if (out->count == limit)
		return;
	run(r, select_not_pinned, f, limit - out->count, offset > pinned.count ? offset - pinned.count : 0, &rest);
	append(r, out, rest.id, rest.count);
}

void topic_filter_run(struct request *r, const struct topic_filter *f, const struct page *page, struct id_list *out,
	bool *more)
{
	int64_t limit = page->size + 1, offset = page->number * page->size;
	if (f->only_pinned)
		run(r, select_pinned, f, limit, offset, out);
	else if (f->pinned_first && f->order == NULL)
		run_pinned_first(r, f, limit, offset, out);
	else
		run(r, statement_of(f), f, limit, offset, out);
	*more = out->count > page->size;
	if (*more)
		out->count = page->size;
}

static bool time_param(struct request *r, struct response *w, const char *name, int64_t *out)
{
	const char *text = request_param(r, name);
	if (str_empty(text) || time_parse(text, out, NULL))
		return true;
	response_invalid(r, w, name);
	return false;
}

static int64_t category_of(const struct request *r, const char *word)
{
	int64_t id;
	return str_to_int(word, 1, INT64_MAX, &id) ? id : forum_category_id(r->db, word);
}

static bool category_param(struct request *r, struct response *w, struct topic_filter *f)
{
	const char *category = request_param(r, "category");
	if (str_empty(category))
		return true;
	f->category_id = category_of(r, category);
	if (f->category_id != 0)
		return true;
	response_not_found(r, w);
	return false;
}

/* A single value, or a list of them, or one text with commas. */
static const char *topic_ids_param(const struct request *r)
{
	const char *const *value, *text = request_param(r, "topic_ids");
	int count = request_param_list(r, "topic_ids", &value);
	if (count > 0)
		return texts_json(r, value, count);
	if (str_empty(text))
		return NULL;
	int64_t id[200];
	int n = 0;
	char *rest = arena_strdup(r->mem, text), *one;
	while ((one = strsep(&rest, ",")) != NULL && n < (int)COUNT(id))
		if (str_to_int(one, 1, INT64_MAX, &id[n]))
			n++;
	return ids_json(r, id, n);
}

bool topic_filter_read(struct request *r, struct response *w, struct topic_filter *f)
{
	const char *words = request_param(r, "search"), *order = request_param(r, "order");
	int64_t days = request_param_int(r, "before", 0);
	if (!category_param(r, w, f) || !time_param(r, w, "bumped_before", &f->bumped_before_ms))
		return false;
	if (!str_empty(order) && !topic_order_read(f, order)) {
		response_invalid(r, w, "order");
		return false;
	}
	if (request_param(r, "ascending") != NULL)
		f->ascending = request_param_bool(r, "ascending", false);
	f->no_subcategories = f->no_subcategories || request_param_bool(r, "no_subcategories", false);
	const char *const *tag;
	int tags = request_param_list(r, "tags", &tag);
	if (tags > 0) {
		f->tag = tag;
		f->tag_count = tags;
	}
	f->exclude_tag = request_param(r, "exclude_tag");
	f->status = request_param(r, "status");
	f->topic_ids = topic_ids_param(r);
	if (str_empty(words))
		words = request_param(r, "q");
	if (!str_empty(words) && f->words == NULL)
		f->words = words;
	if (days > 0 && days <= MaxDays)
		f->created_before_ms = r->now_ms - days * DayMs;
	f->min_posts = request_param_int(r, "min_posts", f->min_posts);
	f->max_posts = request_param_int(r, "max_posts", f->max_posts);
	return true;
}

/* A date, or a number of days ago. */
static int64_t moment_of(const struct request *r, const char *text)
{
	int64_t days, ms;
	if (str_to_int(text, 0, MaxDays, &days))
		return r->now_ms - days * DayMs;
	return time_parse(text, &ms, NULL) ? ms : 0;
}

static void read_tags(struct request *r, struct topic_filter *f, char *value)
{
	int count = 1;
	for (const char *s = value; *s != '\0'; s++)
		count += *s == ',' || *s == '+';
	const char **tag = ARENA_ARRAY(r->mem, count, const char *);
	f->tag = tag;
	f->tag_count = 0;
	for (char *one; (one = strsep(&value, ",+")) != NULL;)
		tag[f->tag_count++] = one;
}

static bool read_in(struct topic_filter *f, const char *value)
{
	static const struct {
		const char *word;
		enum topic_list_kind kind;
		int level;
	} rows[] = {{"new", LIST_NEW, 0}, {"unread", LIST_UNREAD, 0}, {"unseen", LIST_UNSEEN, 0},
		{"posted", LIST_POSTED, 0},
		{"bookmarked", LIST_BOOKMARKS, 0}, {"watching", LIST_ALL, 3}, {"tracking", LIST_ALL, 2},
		{"normal", LIST_ALL, 1}};
	if (strcmp(value, "pinned") == 0)
		return f->only_pinned = true;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].word, value) == 0) {
			f->kind = rows[i].kind;
			f->level = rows[i].level;
			return true;
		}
	}
	return false;
}

/* One "name:value"; false: it is not one of ours and counts as a word. */
static bool read_term(struct request *r, struct topic_filter *f, const char *name, char *value)
{
	static const struct {
		const char *name;
		size_t field;
	} moments[] = {
		{"created-before", offsetof(struct topic_filter, created_before_ms)},
		{"created-after", offsetof(struct topic_filter, created_after_ms)},
		{"activity-before", offsetof(struct topic_filter, bumped_before_ms)},
		{"activity-after", offsetof(struct topic_filter, bumped_after_ms)},
	}, numbers[] = {
		{"posts-min", offsetof(struct topic_filter, min_posts)},
		{"posts-max", offsetof(struct topic_filter, max_posts)},
	};
	for (size_t i = 0; i < COUNT(moments); i++) {
		if (strcmp(moments[i].name, name) == 0) {
			*(int64_t *)((char *)f + moments[i].field) = moment_of(r, value);
			return true;
		}
	}
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (strcmp(numbers[i].name, name) == 0)
			return str_to_int(value, 0, INT64_MAX, (int64_t *)((char *)f + numbers[i].field));
	if (strcmp(name, "category") == 0 || strcmp(name, "categories") == 0) {
		int64_t id = category_of(r, value);
		f->category_id = id == 0 ? -1 : id;
	} else if (strcmp(name, "tag") == 0 || strcmp(name, "tags") == 0) {
		read_tags(r, f, value);
	} else if (strcmp(name, "-tag") == 0) {
		f->exclude_tag = value;
	} else if (strcmp(name, "status") == 0) {
		f->status = value;
	} else if (strcmp(name, "in") == 0) {
		return read_in(f, value);
	} else if (strcmp(name, "order") == 0) {
		return topic_order_read(f, value);
	} else if (strcmp(name, "created-by") == 0) {
		int64_t id = forum_user_id(r->db, value + (*value == '@'));
		f->user_id = id == 0 ? -2 : id; /* nobody has this id */
	} else {
		return false;
	}
	return true;
}

void topic_filter_read_query(struct request *r, struct topic_filter *f, const char *query)
{
	struct sbuf words = {0};
	char *rest = arena_strdup(r->mem, query), *one;
	f->kind = LIST_ALL;
	while ((one = strsep(&rest, " \t\n")) != NULL) {
		char *colon = strchr(one, ':'), *copy = arena_strdup(r->mem, one);
		if (colon != NULL) {
			copy[colon - one] = '\0';
			if (read_term(r, f, copy, copy + (colon - one) + 1))
				continue;
		}
		if (*one != '\0')
			sbuf_addf(&words, "%s ", one);
	}
	if (words.n > 0)
		f->words = arena_strdup(r->mem, sbuf_str(&words));
	sbuf_fini(&words);
}

struct json *topic_filter_answer(struct request *r, struct response *w, const struct topic_filter *f,
	struct json **root)
{
	struct page page;
	struct id_list ids;
	bool more;
	if (!page_read(r, w, PerPage, MaxPerPage, &page))
		return NULL;
	if (r->server->options->old_discourse)
		page.size = PerPage;
	topic_filter_run(r, f, &page, &ids, &more);
	*root = json_object();
	return topic_list_encode(r, *root, &(struct topic_list){
		.id = ids.id, .count = ids.count, .per_page = page.size,
		.more_url = more ? page_next_url(r, &page) : NULL,
	});
}
