#include "sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "panic.h"
#include "sbuf.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxKept = 512, BusyMs = 10000 };

struct sql_query {
	struct sql *db;
	sqlite3_stmt *stmt;
	const char *text;
	bool busy, kept;
	int result;
};

struct sql {
	sqlite3 *handle;
	struct sql_query **kept; /* open addressing by the text's hash; MaxKept slots */
	int kept_count;
};

/* A quota and a limit of the size of files come as a failed write. */
static bool is_full(struct sql *db, int code)
{
	int why = db == NULL ? 0 : sqlite3_system_errno(db->handle);
	return (code & 0xFF) == SQLITE_FULL ||
		((code & 0xFF) == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG));
}

static bool sql_failed(struct sql *db, int code, struct error *err)
{
	switch (is_full(db, code) ? SQLITE_FULL : code & 0xFF) {
	case SQLITE_FULL:
		fail(err, ERR_IO, _("The disk is full."));
		error_advise(err, _("What was saved before is kept."), _("Make room on the disk. Then try again."));
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		fail(err, ERR_CORRUPT, _("The database is damaged."));
		break;
	case SQLITE_READONLY:
		fail(err, ERR_IO, _("The database may not be changed."));
		break;
	case SQLITE_CONSTRAINT:
		fail(err, ERR_CONFLICT, _("Two things that must differ are the same."));
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		fail(err, ERR_IO, _("The database is in use by another program."));
		break;
	case SQLITE_CANTOPEN:
		fail(err, ERR_IO, _("The database cannot be opened."));
		break;
	default:
		fail(err, ERR_IO, _("The database cannot be read or written."));
	}
	error_detail(err, "sqlite %d: %s", code, db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(db->handle));
	return false;
}

static void fold_function(sqlite3_context *ctx, int count, sqlite3_value **value)
{
	const char *s = (const char *)sqlite3_value_text(value[0]);
	if (s == NULL)
		return;
	sqlite3_result_text(ctx, utf8_fold(s), -1, free);
}

static bool set_up(struct sql *db, unsigned flags, struct error *err)
{
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, BusyMs);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_create_function(db->handle, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
		fold_function, NULL, NULL);
	if (!sql_exec(db, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;", err))
		return false;
	if (flags & SQL_READONLY)
		return sql_exec(db, "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema;", err);
	return sql_exec(db, flags & SQL_NETWORK ? "PRAGMA journal_mode = TRUNCATE;"
		: "PRAGMA journal_mode = WAL;", err);
}

/* SQLite gives the files beside a database the permissions that it had at that time. */
static void free_beside(const char *path)
{
	static const char *const suffix[] = {"-wal", "-shm"};
	for (size_t i = 0; i < COUNT(suffix); i++) {
		struct stat st;
		char *beside = xasprintf("%s%s", path, suffix[i]);
		if (lstat(beside, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 0600) != 0600)
			chmod(beside, 0600);
		free(beside);
	}
}

/* Makes the file private before SQLite can make it with the umask's permissions, and refuses a symbolic link.
 * A file that is there is not opened: closing it would end the locks of every connection that this process
 * has to it (as fcntl documents), and another program that then finds no locks removes the journal under
 * us. */
static bool claim_file(const char *path, unsigned flags, struct error *err)
{
	if (strcmp(path, ":memory:") == 0)
		return true;
	if (access(path, W_OK) == 0)
		free_beside(path);
	if (flags & SQL_READONLY)
		return true;
	struct stat st;
	int fd = flags & SQL_CREATE ? open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600) : -1;
	if (fd >= 0) {
		close(fd);
		return true;
	}
	int saved = flags & SQL_CREATE && errno != EEXIST ? errno : lstat(path, &st) != 0 ? errno
		: S_ISLNK(st.st_mode) ? ELOOP : access(path, R_OK | W_OK) != 0 ? errno : 0;
	if (saved == ENOENT)
		fail(err, ERR_NOT_FOUND, _("There is no database at %s."), path);
	else if (saved != 0)
		fail(err, ERR_IO, _("The database %s cannot be opened."), path);
	if (saved != 0)
		error_detail(err, "%s", strerror(saved));
	return saved == 0;
}

static bool has_bytes(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && st.st_size > 0;
}

static bool may_write_beside(const char *path)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	if (slash != NULL)
		slash[slash == dir] = '\0';
	bool may = access(slash == NULL ? "." : dir, W_OK) == 0;
	free(dir);
	return may;
}

/* A file that nobody can change now: the folder may not be written or the disk is full, and there is no
 * journal to be read first. SQLite opens it without the files beside it, which it cannot make there (its URI
 * parameter immutable). */
static bool open_unchanging(struct sql *db, const char *path, struct error *err)
{
	char *wal = xasprintf("%s-wal", path);
	struct sbuf uri = {0};
	bool ok = false, stuck = is_full(db, sqlite3_extended_errcode(db->handle)) || !may_write_beside(path);
	if (stuck && access(path, R_OK) == 0 && !has_bytes(wal)) {
		sbuf_add(&uri, "file:");
		for (const char *p = path; *p != '\0'; p++)
			sbuf_addf(&uri, strchr("%?#", *p) != NULL ? "%%%02X" : "%c", (unsigned char)*p);
		sbuf_add(&uri, "?immutable=1");
		sqlite3_close(db->handle);
		int code = sqlite3_open_v2(sbuf_str(&uri), &db->handle,
			SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
		ok = code == SQLITE_OK && set_up(db, SQL_READONLY, err);
	}
	sbuf_fini(&uri);
	free(wal);
	return ok;
}

struct sql *sql_open(const char *path, unsigned flags, struct error *err)
{
	if (!claim_file(path, flags, err))
		return NULL;
	int mode = flags & SQL_READONLY ? SQLITE_OPEN_READWRITE
		: SQLITE_OPEN_READWRITE | (flags & SQL_CREATE ? SQLITE_OPEN_CREATE : 0);
	struct sql *db = xcalloc(1, sizeof *db);
	db->kept = xcalloc(MaxKept, sizeof(struct sql_query *));
	int code = sqlite3_open_v2(path, &db->handle, mode | SQLITE_OPEN_NOMUTEX, NULL);
	/* A read-only folder: WAL can still be read when its files exist. */
	if (code != SQLITE_OK && (flags & SQL_READONLY)) {
		sqlite3_close(db->handle);
		code = sqlite3_open_v2(path, &db->handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	}
	if (code == SQLITE_OK && set_up(db, flags, err))
		return db;
	if (code == SQLITE_OK && (flags & SQL_READONLY) && open_unchanging(db, path, err))
		return db;
	if (code != SQLITE_OK) {
		if ((code & 0xFF) == SQLITE_CANTOPEN && sqlite3_system_errno(db->handle) == ENOENT)
			fail(err, ERR_NOT_FOUND, _("There is no database at %s."), path);
		else
			sql_failed(db, code, err);
	}
	sql_close(db);
	return NULL;
}

void sql_close(struct sql *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < MaxKept; i++) {
		if (db->kept[i] == NULL)
			continue;
		ensure(!db->kept[i]->busy);
		sqlite3_finalize(db->kept[i]->stmt);
		free(db->kept[i]);
	}
	free(db->kept);
	ensure(sqlite3_close(db->handle) == SQLITE_OK);
	free(db);
}

bool sql_exec(struct sql *db, const char *statements, struct error *err)
{
	int code = sqlite3_exec(db->handle, statements, NULL, NULL, NULL);
	return code == SQLITE_OK || sql_failed(db, code, err);
}

/* A statement that cannot be prepared is our mistake, unless the file itself is in trouble. */
static struct sql_query *prepare(struct sql *db, const char *text, bool keep)
{
	struct sql_query *q = xcalloc(1, sizeof *q);
	*q = (struct sql_query){.db = db, .text = text, .kept = keep};
	q->result = sqlite3_prepare_v3(db->handle, text, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &q->stmt, NULL);
	if ((q->result & 0xFF) == SQLITE_ERROR)
		panic("sql: %s in: %s", sqlite3_errmsg(db->handle), text);
	return q;
}

static struct sql_query *find_or_prepare(struct sql *db, const char *text)
{
	size_t slot = str_hash(text, strlen(text)) % MaxKept;
	while (db->kept[slot] != NULL) {
		struct sql_query *q = db->kept[slot];
		if (q->text == text || strcmp(q->text, text) == 0)
			return q->busy ? prepare(db, text, false) : q;
		slot = (slot + 1) % MaxKept;
	}
	struct sql_query *q = prepare(db, text, db->kept_count < MaxKept / 2);
	if (q->result != SQLITE_OK)
		q->kept = false;
	if (q->kept) {
		db->kept[slot] = q;
		db->kept_count++;
	}
	return q;
}

static void bind_values(struct sql_query *q, const char *types, va_list *ap)
{
	const char *s;
	for (int i = 1; *types != '\0'; types++, i++) {
		switch (*types) {
		case 'i':
			sqlite3_bind_int64(q->stmt, i, va_arg(*ap, int64_t));
			break;
		case 'n':
			sqlite3_bind_int(q->stmt, i, va_arg(*ap, int));
			break;
		case 's':
			s = va_arg(*ap, const char *);
			sqlite3_bind_text(q->stmt, i, s, -1, SQLITE_TRANSIENT);
			break;
		case '0':
			sqlite3_bind_null(q->stmt, i);
			break;
		default:
			panic("sql: unknown type letter '%c' in: %s", *types, q->text);
		}
	}
}

static struct sql_query *start(struct sql *db, const char *text, const char *types, va_list *ap)
{
	struct sql_query *q = find_or_prepare(db, text);
	q->busy = true;
	if (q->result == SQLITE_OK || q->result == SQLITE_ROW || q->result == SQLITE_DONE) {
		q->result = SQLITE_OK;
		if (sqlite3_bind_parameter_count(q->stmt) != (int)strlen(types))
			panic("sql: %zu values for: %s", strlen(types), text);
		bind_values(q, types, ap);
	}
	return q;
}

struct sql_query *sql_query(struct sql *db, const char *statement, const char *types, ...)
{
	va_list ap;
	va_start(ap, types);
	struct sql_query *q = start(db, statement, types, &ap);
	va_end(ap);
	return q;
}

bool sql_next(struct sql_query *q)
{
	if (q->result == SQLITE_OK || q->result == SQLITE_ROW)
		q->result = sqlite3_step(q->stmt);
	return q->result == SQLITE_ROW;
}

bool sql_end(struct sql_query *q, struct error *err)
{
	bool ok = q->result == SQLITE_OK || q->result == SQLITE_ROW || q->result == SQLITE_DONE;
	if (!ok)
		sql_failed(q->db, q->result, err);
	if (q->kept) {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
		q->busy = false;
		q->result = SQLITE_OK;
	} else {
		sqlite3_finalize(q->stmt);
		free(q);
	}
	return ok;
}

static bool finish(struct sql_query *q, struct error *err)
{
	while (sql_next(q))
		;
	return sql_end(q, err);
}

bool sql_run(struct sql *db, struct error *err, const char *statement, const char *types, ...)
{
	va_list ap;
	va_start(ap, types);
	struct sql_query *q = start(db, statement, types, &ap);
	va_end(ap);
	return finish(q, err);
}

int64_t sql_get_int(struct sql *db, int64_t otherwise, const char *statement, const char *types, ...)
{
	va_list ap;
	va_start(ap, types);
	struct sql_query *q = start(db, statement, types, &ap);
	va_end(ap);
	int64_t v = sql_next(q) && !sql_is_null(q, 0) ? sql_int(q, 0) : otherwise;
	sql_end(q, NULL);
	return v;
}

const char *sql_get_text(struct sql *db, struct arena *a, const char *statement, const char *types, ...)
{
	va_list ap;
	va_start(ap, types);
	struct sql_query *q = start(db, statement, types, &ap);
	va_end(ap);
	const char *s = sql_next(q) ? sql_text_in(q, 0, a) : NULL;
	sql_end(q, NULL);
	return s;
}

int64_t sql_int(struct sql_query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *sql_text(struct sql_query *q, int column)
{
	return (const char *)sqlite3_column_text(q->stmt, column);
}

bool sql_is_null(struct sql_query *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

char *sql_text_in(struct sql_query *q, int column, struct arena *a)
{
	return arena_strdup(a, sql_text(q, column));
}

int64_t sql_last_id(struct sql *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int sql_changes(struct sql *db)
{
	return sqlite3_changes(db->handle);
}

bool sql_begin(struct sql *db, struct error *err)
{
	return sql_run(db, err, "BEGIN IMMEDIATE", "");
}

bool sql_commit(struct sql *db, struct error *err)
{
	if (sql_run(db, err, "COMMIT", ""))
		return true;
	sql_rollback(db);
	return false;
}

void sql_rollback(struct sql *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		sql_run(db, NULL, "ROLLBACK", "");
}

bool sql_read_begin(struct sql *db, struct error *err)
{
	return sql_run(db, err, "BEGIN", "");
}

void sql_read_end(struct sql *db)
{
	sql_rollback(db);
}

int64_t sql_data_version(struct sql *db)
{
	return sql_get_int(db, 0, "PRAGMA data_version", "");
}

int sql_version(struct sql *db)
{
	return (int)sql_get_int(db, 0, "PRAGMA user_version", "");
}

static bool migrate_step(struct sql *db, const char *step, int number, struct error *err)
{
	char version[64];
	sqlite3_snprintf(sizeof version, version, "PRAGMA user_version = %d", number);
	if (!sql_begin(db, err))
		return false;
	/* Another process may have done this step while we waited for the lock. */
	if (sql_version(db) >= number) {
		sql_rollback(db);
		return true;
	}
	if (sql_exec(db, step, err) && sql_exec(db, version, err))
		return sql_commit(db, err);
	sql_rollback(db);
	return false;
}

bool sql_migrate(struct sql *db, const char *const step[], int count, struct error *err)
{
	if (sql_version(db) > count) {
		fail(err, ERR_CORRUPT, _("This database was made by a newer version of kring."));
		error_advise(err, _("It is left as it is."), _("Install the newer kring, or use another folder."));
		return false;
	}
	for (int i = sql_version(db); i < count; i++)
		if (!migrate_step(db, step[i], i + 1, err))
			return false;
	return true;
}
