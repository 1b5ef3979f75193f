#include "store_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "mem.h"
#include "panic.h"
#include "schema.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

static char *database_path(const char *dir)
{
	return xasprintf("%s/kring.sqlite", dir);
}

static bool open_advice(const char *dir, struct error *err)
{
	if (err == NULL || err->todo[0] != '\0')
		return false;
	if (err->kind == ERR_CORRUPT) {
		error_advise(err, _("Nothing in it was changed."), "");
		snprintf(err->todo, sizeof err->todo,
			_("Move this file to another folder: %s/kring.sqlite. kring then fetches everything again."), dir);
		utf8_cut_partial(err->todo);
	} else if (err->kind == ERR_IO) {
		error_advise(err, _("Nothing was changed."),
			_("Look at the permissions of the file and at the free space."));
	}
	return false;
}

static bool bring_up_to_date(struct sql *db, struct error *err)
{
	return sql_migrate(db, schema_step, schema_count, err);
}

static struct sql *open_to_write(const char *path, unsigned sql_flags, struct error *err)
{
	struct sql *db = sql_open(path, SQL_CREATE | sql_flags, err);
	if (db != NULL && !(bring_up_to_date(db, err) && outbox_mend(db, err))) {
		sql_close(db);
		return NULL;
	}
	return db;
}

/* An older file is first brought up to date, for which it must be writable. */
static struct sql *open_to_read(const char *path, unsigned sql_flags, struct error *err)
{
	struct sql *db = sql_open(path, SQL_READONLY, err);
	if (db == NULL)
		return NULL;
	int version = sql_version(db);
	if (version == schema_count)
		return db;
	if (version > schema_count) {
		bring_up_to_date(db, err);
		sql_close(db);
		return NULL;
	}
	sql_close(db);
	if (version == 0) {
		fail(err, ERR_NOT_FOUND, _("Nothing was fetched yet."));
		return NULL;
	}
	db = open_to_write(path, sql_flags, err);
	if (db == NULL)
		return NULL;
	sql_close(db);
	return sql_open(path, SQL_READONLY, err);
}

struct store *store_open(const char *dir, unsigned flags, struct error *err)
{
	char *path = database_path(dir);
	unsigned sql_flags = dir_is_network(dir) ? SQL_NETWORK : 0;
	struct sql *db = flags & STORE_WRITE ? open_to_write(path, sql_flags, err)
										 : open_to_read(path, sql_flags, err);
	free(path);
	if (db == NULL) {
		open_advice(dir, err);
		return NULL;
	}
	/* A page that is read again is in the memory of the system: half of SQLite's own is enough for each
	 * connection. */
	sql_exec(db, "PRAGMA cache_size = -1000", NULL);
	struct store *s = xcalloc(1, sizeof *s);
	*s = (struct store){.db = db, .dir = xstrdup(dir), .flags = flags};
	return s;
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	sql_rollback(s->db);
	sql_close(s->db);
	for (int i = 0; i < s->text_count; i++)
		free(s->text[i]);
	free(s->text);
	free(s->dir);
	free(s);
}

bool store_begin(struct store *s, struct error *err)
{
	ensure((s->flags & STORE_WRITE) != 0);
	s->changed = 0;
	return sql_begin(s->db, err);
}

bool store_commit(struct store *s, unsigned *bits, struct error *err)
{
	if (!sql_commit(s->db, err))
		return open_advice(s->dir, err);
	if (bits != NULL)
		*bits |= s->changed;
	s->changed = 0;
	return true;
}

void store_rollback(struct store *s)
{
	sql_rollback(s->db);
	s->changed = 0;
}

int64_t store_data_version(struct store *s)
{
	return sql_data_version(s->db);
}

const struct error *store_trouble(const struct store *s)
{
	return s->trouble.kind == ERR_NONE ? NULL : &s->trouble;
}

void store_trouble_clear(struct store *s)
{
	s->trouble = (struct error){.kind = ERR_NONE};
}

int64_t store_bytes(const struct store *s)
{
	static const char *const suffix[] = {"", "-wal", "-shm", "-journal"};
	int64_t total = 0;
	for (size_t i = 0; i < COUNT(suffix); i++) {
		struct stat st;
		char *path = xasprintf("%s/kring.sqlite%s", s->dir, suffix[i]);
		if (stat(path, &st) == 0)
			total += st.st_size;
		free(path);
	}
	return total;
}

void store_end(struct store *s, struct sql_query *q)
{
	struct error err = {.kind = ERR_NONE};
	if (!sql_end(q, &err) && s->trouble.kind == ERR_NONE) {
		open_advice(s->dir, &err);
		s->trouble = err;
	}
}

void store_changed(struct store *s, unsigned bits)
{
	s->changed |= bits;
}

bool store_known_count(struct store *s, uint64_t key, int64_t *count)
{
	if (s->flags & STORE_WRITE)
		return false;
	s->known_version = store_data_version(s);
	for (size_t i = 0; i < COUNT(s->known); i++)
		if (s->known[i].key == key && s->known[i].version == s->known_version) {
			*count = s->known[i].count;
			return true;
		}
	return false;
}

void store_keep_count(struct store *s, uint64_t key, int64_t count)
{
	s->known[s->known_next].key = key;
	s->known[s->known_next].count = count;
	s->known[s->known_next].version = s->known_version;
	s->known_next = (s->known_next + 1) % (int)COUNT(s->known);
}

const char *store_statement(struct store *s, struct sbuf *text)
{
	const char *found = NULL;
	for (int i = 0; i < s->text_count && found == NULL; i++)
		if (strcmp(s->text[i], sbuf_str(text)) == 0)
			found = s->text[i];
	if (found == NULL) {
		s->text = xreallocarray(s->text, (size_t)s->text_count + 1, sizeof *s->text);
		found = s->text[s->text_count++] = xstrdup(sbuf_str(text));
	}
	sbuf_fini(text);
	return found;
}

const char *store_text(struct sql_query *q, int column, struct arena *a)
{
	const char *s = sql_text(q, column);
	return s == NULL || *s == '\0' ? "" : arena_strdup(a, s);
}

void store_join(struct sbuf *out, const char *const *word, int count)
{
	for (int i = 0; i < count; i++) {
		if (i > 0)
			sbuf_add(out, ", ");
		sbuf_add(out, word[i]);
	}
}

const char *const *store_split(const char *text, struct arena *a, int *count)
{
	*count = 0;
	if (str_empty(text))
		return NULL;
	int words = 1;
	for (const char *p = text; (p = strstr(p, ", ")) != NULL; p += 2)
		words++;
	const char **out = ARENA_ARRAY(a, (size_t)words, const char *);
	for (const char *p = text, *end; p != NULL; p = end == NULL ? NULL : end + 2) {
		end = strstr(p, ", ");
		out[(*count)++] = end == NULL ? arena_strdup(a, p) : arena_strndup(a, p, (size_t)(end - p));
	}
	return out;
}

bool store_limit_pages(struct store *s, int pages)
{
	char pragma[64];
	snprintf(pragma, sizeof pragma, "PRAGMA max_page_count = %d", pages);
	return sql_exec(s->db, pragma, NULL);
}

bool store_check(struct store *s, struct error *err)
{
	struct arena a = {0};
	const char *answer = sql_get_text(s->db, &a, "PRAGMA quick_check(1)", "");
	bool whole = str_equal(answer, "ok");
	if (!whole)
		fail(err, ERR_CORRUPT, _("The copy on this computer is damaged."));
	arena_fini(&a);
	return whole || open_advice(s->dir, err);
}
