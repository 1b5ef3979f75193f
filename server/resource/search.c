#include "resources.h"

#include <stdlib.h>
#include <string.h>

#include "cook.h"
#include "encode.h"
#include "forum_category.h"
#include "forum_user.h"
#include "search_query.h"
#include "site_settings.h"
#include "str.h"
#include "utf8.h"

enum { PostsPerPage = 50, HeaderPosts = 5, HeaderOthers = 5, MaxPage = 10, BlurbBytes = 200, BlurbBefore = 60 };

/* The text around the first word that was asked for. */
static const char *blurb(struct request *r, const char *cooked, const char *words)
{
	struct sbuf plain = {0};
	size_t n = strcspn(words, " ");
	cook_plain(&plain, cooked);
	char *word = arena_strndup(r->mem, words, n), *text = arena_strdup(r->mem, sbuf_str(&plain));
	sbuf_fini(&plain);
	for (char *c = text; *c != '\0'; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	const char *at = n == 0 ? NULL : strcasestr(text, word), *from = text;
	if (at != NULL && at - text > BlurbBefore) {
		from = at - BlurbBefore;
		while (from < at && *from != ' ')
			from++;
	}
	if (strlen(from) <= BlurbBytes)
		return arena_printf(r->mem, "%s%s", from > text ? "..." : "", from);
	char *cut = arena_strndup(r->mem, from, BlurbBytes);
	utf8_cut_partial(cut);
	return arena_printf(r->mem, "%s%s...", from > text ? "..." : "", cut);
}

static void posts_found_encode(struct request *r, struct json *array, const struct id_list *ids, const char *words,
	struct id_list *topics)
{
	struct sql_query *q = sql_query(r->db, "SELECT p.id, p.post_number, p.topic_id, p.created_ms,"
		" p.like_count, p.cooked,"
		" u.username, u.name FROM json_each(?) j CROSS JOIN post p ON p.id = j.value JOIN user u"
		" ON u.id = p.user_id ORDER BY j.key", "s", ids_json(r, ids->id, ids->count));
	topics->id = ARENA_ARRAY(r->mem, ids->count + 1, int64_t);
	while (sql_next(q)) {
		struct json *post = json_append_object(array);
		json_add_int(post, "id", sql_int(q, 0));
		json_add_string(post, "name", sql_text(q, 7));
		json_add_string(post, "username", sql_text(q, 6));
		json_add_string(post, "avatar_template", forum_avatar_template(r->mem, sql_text(q, 6)));
		json_add_time_ms(post, "created_at", sql_int(q, 3), 0);
		json_add_int(post, "like_count", sql_int(q, 4));
		json_add_string(post, "blurb", blurb(r, sql_text(q, 5), words));
		json_add_int(post, "post_number", sql_int(q, 1));
		json_add_int(post, "topic_id", sql_int(q, 2));
		if (topics->count == 0 || topics->id[topics->count - 1] != sql_int(q, 2))
			topics->id[topics->count++] = sql_int(q, 2);
	}
	sql_end(q, NULL);
}

struct found {
	struct id_list posts, users, categories, tags, groups;
	bool more;
};

static void id_array(struct json *into, const char *name, const struct id_list *ids)
{
	struct json *array = json_add_array(into, name);
	for (int i = 0; i < ids->count; i++)
		json_append_int(array, ids->id[i]);
}

static void grouped_encode(struct request *r, struct json *root, const char *term, const struct found *f, bool full)
{
	struct json *grouped = json_add_object(root, "grouped_search_result");
	if (f->more && !full)
		json_add_bool(grouped, "more_posts", true);
	else
		json_add_null(grouped, "more_posts");
	json_add_null(grouped, "more_users");
	json_add_null(grouped, "more_categories");
	json_add_string(grouped, "term", term);
	json_add_int(grouped, "search_log_id", 0);
	if (f->more && full)
		json_add_bool(grouped, "more_full_page_results", true);
	else
		json_add_null(grouped, "more_full_page_results");
	json_add_bool(grouped, "can_create_topic", r->me.user_id != 0);
	json_add_null(grouped, "error");
	json_add_object(grouped, "extra");
	id_array(grouped, "post_ids", &f->posts);
	id_array(grouped, "user_ids", &f->users);
	id_array(grouped, "category_ids", &f->categories);
	id_array(grouped, "tag_ids", &f->tags);
	id_array(grouped, "group_ids", &f->groups);
}

static void result_encode(struct request *r, struct json *root, const struct search_query *s, const struct found *f)
{
	struct id_list topics = {0};
	struct topic_list list = {0};
	posts_found_encode(r, json_add_array(root, "posts"), &f->posts, s->words, &topics);
	list.id = topics.id;
	list.count = topics.count;
	topic_items_encode(r, json_add_array(root, "topics"), NULL, &list);
}

/* Members, categories, tags and groups whose names begin like the words. */
static void names_find(struct request *r, const char *words, struct found *f)
{
	struct viewer v = forum_viewer(r);
	if (*words == '\0')
		return;
	char *folded = utf8_fold(words);
	const char *begin = arena_strdup(r->mem, folded);
	free(folded);
	id_list_read(r, sql_query(r->db, "SELECT id FROM user WHERE id > 0 AND active"
		" AND (substr(fold(username), 1, length(?1)) = ?1 OR substr(fold(name), 1, length(?1)) = ?1)"
		" ORDER BY username LIMIT ?2", "sn", begin, HeaderOthers), &f->users);
	id_list_read(r, sql_query(r->db, "SELECT c.id FROM category c WHERE " FORUM_CATEGORY_VISIBLE("c")
		" AND substr(fold(c.name), 1, length(?3)) = ?3 ORDER BY c.name LIMIT ?4", "insn", FORUM_VIEWER(v), begin,
		HeaderOthers), &f->categories);
	id_list_read(r, sql_query(r->db, "SELECT g.id FROM tag g WHERE substr(fold(g.name), 1, length(?3)) = ?3"
		" AND EXISTS (SELECT 1 FROM topic_tag x JOIN topic t ON t.id = x.topic_id WHERE x.tag_id = g.id AND "
		FORUM_TOPIC_LISTED("t") ") ORDER BY g.name LIMIT ?4", "insn", FORUM_VIEWER(v), begin, HeaderOthers),
		&f->tags);
	id_list_read(r, sql_query(r->db, "SELECT id FROM groups WHERE substr(fold(name), 1, length(?1)) = ?1"
		" AND NOT automatic ORDER BY name LIMIT ?2", "sn", begin, HeaderOthers), &f->groups);
}

static void names_encode(struct request *r, struct json *root, const struct found *f)
{
	struct json *users = json_add_array(root, "users"), *categories = json_add_array(root, "categories");
	struct json *tags = json_add_array(root, "tags"), *groups = json_add_array(root, "groups");
	struct sql_query *q = sql_query(r->db, "SELECT u.id, u.username, u.name FROM json_each(?) j CROSS JOIN user u"
		" ON u.id = j.value", "s", ids_json(r, f->users.id, f->users.count));
	while (sql_next(q))
		user_brief_encode(r, json_append_object(users), sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	sql_end(q, NULL);
	for (int i = 0; i < f->categories.count; i++)
		category_encode(r, json_append_object(categories), f->categories.id[i], 0);
	q = sql_query(r->db, "SELECT g.id, g.name FROM json_each(?) j CROSS JOIN tag g ON g.id = j.value", "s",
		ids_json(r, f->tags.id, f->tags.count));
	while (sql_next(q))
		tag_append(r, tags, sql_int(q, 0), sql_text(q, 1));
	sql_end(q, NULL);
	q = sql_query(r->db, "SELECT g.id, g.name, g.full_name FROM json_each(?) j CROSS JOIN groups g"
		" ON g.id = j.value", "s", ids_json(r, f->groups.id, f->groups.count));
	while (sql_next(q)) {
		struct json *group = json_append_object(groups);
		json_add_int(group, "id", sql_int(q, 0));
		json_add_string(group, "name", sql_text(q, 1));
		json_add_string(group, "full_name", sql_text(q, 2));
	}
	sql_end(q, NULL);
}

static bool long_enough(struct request *r, const char *term)
{
	int64_t characters = 0;
	for (; *term != '\0'; term++)
		characters += ((unsigned char)*term & 0xC0) != 0x80;
	return characters >= site_setting_int(r, "min_search_term_length");
}

static void posts_find(struct request *r, const struct search_query *s, int64_t limit, int64_t page,
	struct found *f)
{
	search_query_run(r, s, limit + 1, page * limit, &f->posts);
	f->more = f->posts.count > limit;
	if (f->more)
		f->posts.count = (int)limit;
}

static void full(struct request *r, struct response *w)
{
	const char *term = str_or_empty(request_param(r, "q"));
	int64_t page = request_param_int(r, "page", 1);
	if ((*term != '\0' && !long_enough(r, term)) || page < 1 || page > MaxPage) {
		response_invalid(r, w, page < 1 || page > MaxPage ? "page" : "q");
		return;
	}
	struct search_query s;
	struct found f = {0};
	search_query_read(r, term, &s);
	if (*term != '\0')
		posts_find(r, &s, PostsPerPage, page - 1, &f);
	struct json *root = json_object();
	result_encode(r, root, &s, &f);
	names_encode(r, root, &f);
	grouped_encode(r, root, term, &f, true);
	response_json(w, root);
}

/* Only what stands in the part of the site that the searcher looks at. */
static void context_read(struct request *r, struct search_query *s)
{
	const char *type = str_or_empty(request_param(r, "search_context[type]"));
	const char *id = str_or_empty(request_param(r, "search_context[id]"));
	int64_t number = 0;
	str_to_int(id, 1, INT64_MAX, &number);
	if (strcmp(type, "user") == 0) {
		s->user_id = forum_user_id(r->db, id);
	} else if (strcmp(type, "category") == 0) {
		s->category_id = number;
	} else if (strcmp(type, "topic") == 0) {
		s->topic_id = number;
		s->one_topic = true;
		s->where = SEARCH_ALL;
	} else if (strcmp(type, "tag") == 0) {
		s->tags = texts_json(r, &id, 1);
	} else if (strcmp(type, "private_messages") == 0) {
		s->where = SEARCH_MESSAGES;
	}
}

static void header(struct request *r, struct response *w)
{
	const char *term = request_param(r, "term"), *only = str_or_empty(request_param(r, "type_filter"));
	if (term == NULL || !long_enough(r, term)) {
		response_invalid(r, w, "term");
		return;
	}
	struct search_query s;
	struct found f = {0};
	search_query_read(r, term, &s);
	context_read(r, &s);
	bool exclude_topics = strcmp(only, "exclude_topics") == 0;
	if (!exclude_topics)
		posts_find(r, &s, HeaderPosts, 0, &f);
	if (*only == '\0' || exclude_topics)
		names_find(r, s.words, &f);
	struct json *root = json_object();
	result_encode(r, root, &s, &f);
	names_encode(r, root, &f);
	grouped_encode(r, root, term, &f, false);
	response_json(w, root);
}

const struct route search_routes[] = {
	{"GET", "/search", full},
	{"GET", "/search/query", header},
	{0},
};
