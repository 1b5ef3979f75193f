#include "forum_init.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cook.h"
#include "forum_category.h"
#include "forum_user.h"
#include "json.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

/* First every line goes into temporary tables; then the posts go in by their time, so that ids rise with
 * time as on a site that grew. Each batch is whole: after a break the same import goes on where it was. */

enum { BatchPosts = 5000 };

struct import {
	struct forum *f;
	const struct import_progress *progress;
	struct imported *out;
	int64_t line;
	int64_t last_post;     /* before this batch */
	struct arena line_mem; /* one line, or one post */
};

static const char staging[] = "CREATE TEMP TABLE import_topic (id INTEGER PRIMARY KEY, title TEXT NOT NULL);"
							  "CREATE TEMP TABLE import_post (topic_id INTEGER NOT NULL, post_number INTEGER "
							  "NOT NULL, username TEXT NOT NULL,"
							  " created_ms INTEGER NOT NULL, cooked TEXT NOT NULL);";

static void bad_line(struct import *im, const char *why)
{
	im->out->bad_lines++;
	if (im->progress != NULL && im->progress->bad_line != NULL)
		im->progress->bad_line(im->progress->data, im->line, why);
}

static void report(struct import *im)
{
	if (im->progress != NULL && im->progress->step != NULL)
		im->progress->step(im->progress->data, im->out->topics, im->out->posts);
}

/* One line without its end; false at the end of the file. Longer lines than JSON may be come back cut. */
static bool read_line(FILE *in, struct sbuf *line)
{
	char part[65536];
	bool any = false;
	sbuf_reset(line);
	while (fgets(part, sizeof part, in) != NULL) {
		size_t n = strlen(part);
		any = true;
		if (line->n + n <= JSON_MAX_BYTES)
			sbuf_addn(line, part, n);
		if (n > 0 && part[n - 1] == '\n')
			break;
	}
	return any;
}

/* Texts as they are when they are clean, which is nearly always; else through the gate. */
static const char *text_of(struct import *im, const struct json *j, const char *name, unsigned flags)
{
	const char *s = json_string(j, name);
	if (s == NULL || utf8_valid(s, strlen(s)))
		return s;
	return utf8_clean_arena(&im->line_mem, s, flags, JSON_MAX_BYTES);
}

static bool usable_post(const struct json *p)
{
	return json_int(p, "post_number", 0) > 0 && json_int(p, "post_number", 0) < INT32_MAX &&
		!str_empty(json_string(p, "username")) && strlen(json_string(p, "username")) <= 60 &&
		json_time_ms(p, "created_at", 0) > 0 && json_string(p, "cooked") != NULL;
}

/* NULL: the topic can be used. */
static const char *wrong_with(struct import *im, const struct json *topic)
{
	int64_t id = json_int(topic, "topic_id", 0);
	const struct json *posts = json_get(topic, "posts");
	if (id <= 0)
		return N_("It has no topic_id.");
	if (str_empty(json_string(topic, "title")))
		return N_("It has no title.");
	if (json_count(posts) == 0)
		return N_("It has no posts.");
	JSON_EACH(p, posts) {
		if (!usable_post(p))
			return N_("One of its posts is not whole.");
	}
	if (sql_get_int(im->f->db, 0, "SELECT 1 FROM import_topic WHERE id = ?", "i", id) == 1)
		return N_("This topic was there before.");
	if (sql_get_int(im->f->db, 0, "SELECT title <> ? FROM topic WHERE id = ?", "si",
			text_of(im, topic, "title", 0), id) == 1)
		return N_("Another topic has this number.");
	return NULL;
}

static bool stage_topic(struct import *im, const struct json *topic, struct error *err)
{
	int64_t id = json_int(topic, "topic_id", 0);
	if (!sql_run(im->f->db, err, "INSERT INTO import_topic (id, title) VALUES (?, ?)", "is", id,
			text_of(im, topic, "title", 0)))
		return false;
	JSON_EACH(p, json_get(topic, "posts")) {
		if (!sql_run(im->f->db, err,
				"INSERT INTO import_post (topic_id, post_number, username, created_ms, cooked)"
				" VALUES (?, ?, ?, ?, ?)",
				"iisis", id, json_int(p, "post_number", 0), text_of(im, p, "username", 0),
				json_time_ms(p, "created_at", 0), text_of(im, p, "cooked", UTF8_LINES)))
			return false;
	}
	return true;
}

static bool stage_line(struct import *im, const struct sbuf *line, struct error *err)
{
	if (line->p[strspn(line->p, " \t\r\n")] == '\0')
		return true;
	struct json *j = json_parse(line->p, line->n, NULL);
	const char *why = j == NULL ? N_("It is not JSON.") : wrong_with(im, j);
	bool ok = true;
	if (why != NULL)
		bad_line(im, why);
	else
		ok = stage_topic(im, j, err);
	json_free(j);
	arena_reset(&im->line_mem);
	return ok;
}

static bool stage_all(struct import *im, FILE *in, struct error *err)
{
	struct sbuf line = {0};
	bool ok = sql_exec(im->f->db, staging, err) && sql_begin(im->f->db, err);
	while (ok && read_line(in, &line)) {
		im->line++;
		ok = stage_line(im, &line, err);
	}
	if (ok && ferror(in))
		ok = fail(err, ERR_IO, _("The file cannot be read to its end."));
	sbuf_fini(&line);
	if (ok)
		return sql_commit(im->f->db, err);
	sql_rollback(im->f->db);
	return false;
}

/* Names of other forums may be longer or have other letters than new members may choose here. */
static int64_t writer_of(struct import *im, const char *username, int64_t created_ms, struct error *err)
{
	struct forum *f = im->f;
	int64_t id = forum_user_id(f->db, username);
	if (id != 0)
		return id;
	id = sql_get_int(f->db, 1, "SELECT max(0, max(id)) + 1 FROM user", "");
	if (!sql_run(f->db, err, "INSERT INTO user (id, username, trust_level, created_ms) VALUES (?, ?, 1, ?)",
			"isi", id, username, created_ms) ||
		!forum_user_sync_groups(f, id, err))
		return 0;
	im->out->users++;
	return id;
}

struct staged {
	int64_t topic_id, post_number, created_ms;
	const char *username, *cooked;
};

static bool make_topic(struct import *im, const struct staged *p, int64_t writer, struct error *err)
{
	if (sql_get_int(im->f->db, 0, "SELECT 1 FROM topic WHERE id = ?", "i", p->topic_id) == 1)
		return true;
	const char *title = sql_get_text(im->f->db, &im->line_mem, "SELECT title FROM import_topic WHERE id = ?",
		"i", p->topic_id);
	im->out->topics++;
	return sql_run(im->f->db, err,
		"INSERT INTO topic (id, title, slug, category_id, user_id, last_post_user_id, created_ms,"
		" bumped_ms, last_posted_ms, updated_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?6, ?6, ?6)",
		"issnii", p->topic_id, title, forum_slug(&im->line_mem, title), CATEGORY_UNCATEGORIZED, writer,
		p->created_ms);
}

static bool add_post(struct import *im, const struct staged *p, struct error *err)
{
	struct forum *f = im->f;
	struct sbuf raw = {0};
	int64_t writer = writer_of(im, p->username, p->created_ms, err);
	bool ok = writer != 0 && make_topic(im, p, writer, err);
	cook_plain(&raw, p->cooked);
	ok = ok &&
		sql_run(f->db, err,
			"INSERT OR IGNORE INTO post (topic_id, post_number, user_id, raw, cooked, created_ms, updated_ms)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
			"iiissi", p->topic_id, p->post_number, writer, sbuf_str(&raw), p->cooked, p->created_ms);
	if (ok && sql_changes(f->db) > 0) {
		im->out->posts++;
		ok = sql_run(f->db, err,
			"UPDATE topic SET posts_count = posts_count + 1, highest_post_number ="
			" max(highest_post_number, ?1), last_posted_ms = max(last_posted_ms, ?2), bumped_ms = "
			"max(bumped_ms, ?2),"
			" last_post_user_id = ?3 WHERE id = ?4",
			"iiii", p->post_number, p->created_ms, writer, p->topic_id);
	}
	sbuf_fini(&raw);
	arena_reset(&im->line_mem);
	return ok;
}

static bool begin_batch(struct import *im, struct error *err)
{
	bool ok = sql_begin(im->f->db, err);
	im->last_post = sql_get_int(im->f->db, 0, "SELECT max(id) FROM post", "");
	return ok;
}

/* All posts of a batch come into the search index at once: in between other changes it would write itself
 * out at each of them. */
static bool end_batch(struct import *im, struct error *err)
{
	return sql_run(im->f->db, err,
		"INSERT INTO post_search (rowid, title, raw) SELECT p.id, iif(p.post_number = 1, t.title, ''), p.raw"
		" FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.id > ?", "i", im->last_post) &&
		sql_commit(im->f->db, err);
}

static bool next_batch(struct import *im, int64_t in_batch, struct error *err)
{
	if (in_batch % BatchPosts != 0)
		return true;
	report(im);
	return end_batch(im, err) && begin_batch(im, err);
}

static bool add_all(struct import *im, struct error *err)
{
	int64_t count = 0;
	bool ok = begin_batch(im, err);
	struct sql_query *q = sql_query(im->f->db,
		"SELECT topic_id, post_number, created_ms, username, cooked FROM import_post"
		" ORDER BY created_ms, topic_id, post_number",
		"");
	while (ok && sql_next(q)) {
		const struct staged p = {sql_int(q, 0), sql_int(q, 1), sql_int(q, 2), sql_text(q, 3), sql_text(q, 4)};
		ok = add_post(im, &p, err) && next_batch(im, ++count, err);
	}
	if (!sql_end(q, ok ? err : NULL))
		ok = false;
	return ok && sql_run(im->f->db, err, "UPDATE user SET last_posted_ms = (SELECT max(created_ms) FROM post"
		" WHERE user_id = user.id) WHERE last_posted_ms IS NULL", "") && end_batch(im, err);
}

bool forum_import(struct forum *f, const char *path, const struct import_progress *progress,
	struct imported *out, struct error *err)
{
	struct import im = {.f = f, .progress = progress, .out = out};
	*out = (struct imported){0};
	if (forum_setting(f->db, f->mem, "default_locale", NULL) == NULL && !forum_init(f, "en", err))
		return false;
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (in == NULL) {
		fail(err, ERR_NOT_FOUND, _("The file %s cannot be opened."), path);
		error_detail(err, "%s", strerror(errno));
		return false;
	}
	bool ok = stage_all(&im, in, err);
	if (ok && !add_all(&im, err)) {
		sql_rollback(f->db);
		ok = false;
	}
	sql_exec(f->db, "DROP TABLE IF EXISTS temp.import_post; DROP TABLE IF EXISTS temp.import_topic;", NULL);
	if (in != stdin)
		fclose(in);
	arena_fini(&im.line_mem);
	report(&im);
	return ok;
}
