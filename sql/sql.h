#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"

/* SQLite with our habits, for kring's store and kringd's: bound values only, prepared statements kept, explicit
 * transactions, numbered migrations. A connection belongs to one thread at a time. */
struct sql;
struct sql_query;

enum sql_flags {
	SQL_READONLY = 1, /* the file must exist; SQLite refuses every write */
	SQL_CREATE = 2,
	SQL_NETWORK = 4,  /* rollback journal instead of WAL: the file lies on a network file system */
};

/* Opens a database file (":memory:" too). ERR_NOT_FOUND, ERR_IO, ERR_CORRUPT (not a database). synchronous=FULL,
 * foreign keys on, busy time-out 10 s, trusted_schema off. */
struct sql *sql_open(const char *path, unsigned flags, struct error *err);
void sql_close(struct sql *db);

/* Runs one or more statements without values. */
bool sql_exec(struct sql *db, const char *statements, struct error *err);

/* Starts a statement with values bound from left to right; `types` has one letter a value:
 *   i int64_t   n int   s const char * (NULL is SQL NULL)   0 SQL NULL (no value)
 * The statement is prepared once per connection and kept; the text must be a string constant or live as long as the
 * connection. A query that is still being stepped gets a second statement. Text values are copied. Broken SQL is a
 * broken invariant. */
struct sql_query *sql_query(struct sql *db, const char *statement, const char *types, ...);
/* The next row; false at the end or on an error (see sql_end). */
bool sql_next(struct sql_query *q);
/* Ends the query (always call it, once). False when a step failed. err may be NULL. */
bool sql_end(struct sql_query *q, struct error *err);
/* A statement that answers no rows; query, step and end in one. */
bool sql_run(struct sql *db, struct error *err, const char *statement, const char *types, ...);
/* The first column of the first row, or `otherwise`. */
int64_t sql_get_int(struct sql *db, int64_t otherwise, const char *statement, const char *types, ...);
/* The same as text into the arena; NULL when there is no row or the value is NULL. */
const char *sql_get_text(struct sql *db, struct arena *a, const char *statement, const char *types, ...);

/* Columns of the current row, from 0. Text is borrowed until the next step; NULL for SQL NULL. */
int64_t sql_int(struct sql_query *q, int column);
const char *sql_text(struct sql_query *q, int column);
bool sql_is_null(struct sql_query *q, int column);
/* Copies, "" and NULL kept apart. */
char *sql_text_in(struct sql_query *q, int column, struct arena *a);

int64_t sql_last_id(struct sql *db);
int sql_changes(struct sql *db);

/* Transactions: sql_begin takes the write lock at once. They do not nest. */
bool sql_begin(struct sql *db, struct error *err);
bool sql_commit(struct sql *db, struct error *err);
void sql_rollback(struct sql *db);
/* A transaction for reading: everything read until sql_read_end is one moment. */
bool sql_read_begin(struct sql *db, struct error *err);
void sql_read_end(struct sql *db);

/* Moves when another connection has written (PRAGMA data_version). */
int64_t sql_data_version(struct sql *db);

/* Numbered steps; user_version is the number of steps done. Each step runs in a transaction of its own. A database
 * with a higher number than `count` is ERR_CORRUPT with a sentence that says it was made by a newer kring. */
bool sql_migrate(struct sql *db, const char *const step[], int count, struct error *err);
int sql_version(struct sql *db);

/* A SQL function fold(text): utf8_fold, for indexes and comparisons. Registered on every connection. */
