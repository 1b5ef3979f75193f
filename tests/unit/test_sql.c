#include "check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"
#include "sql.h"

static const char *const steps[] = {"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER);",
	"ALTER TABLE t ADD COLUMN extra TEXT;"};

static void values_are_bound_never_formatted(void **state)
{
	struct error err;
	struct arena a = {0};
	struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
	assert_true(sql_migrate(db, steps, 2, &err));
	assert_int_equal(sql_version(db), 2);
	assert_true(sql_run(db, &err, "INSERT INTO t(name, n) VALUES (?, ?)", "si", "x'); DROP TABLE t;--",
		(int64_t)1 << 40));
	assert_true(sql_run(db, &err, "INSERT INTO t(name, n) VALUES (?, ?)", "sn", NULL, 3));
	assert_int_equal(sql_get_int(db, -1, "SELECT n FROM t WHERE name = ?", "s", "x'); DROP TABLE t;--"),
		(int64_t)1 << 40);
	assert_int_equal(sql_get_int(db, -1, "SELECT n FROM t WHERE id = ?", "n", 99), -1);
	assert_null(sql_get_text(db, &a, "SELECT name FROM t WHERE id = 2", ""));
	CHECK_STRING("fold", sql_get_text(db, &a, "SELECT fold('ZOË')", ""), "zoe");
	struct sql_query *outer = sql_query(db, "SELECT id FROM t ORDER BY id", "");
	assert_true(sql_next(outer));
	struct sql_query *inner = sql_query(db, "SELECT id FROM t ORDER BY id", "");
	assert_true(sql_next(inner) && sql_next(inner));
	assert_int_equal(sql_int(inner, 0), 2);
	assert_int_equal(sql_int(outer, 0), 1);
	assert_true(sql_end(inner, &err));
	assert_true(sql_end(outer, &err));
	arena_fini(&a);
	sql_close(db);
}

static void trouble_with_the_file_is_said(void **state)
{
	char dir[] = "/tmp/kring-sql-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct error err;
	char *path = xasprintf("%s/db", dir), *link = xasprintf("%s/link", dir);
	assert_null(sql_open(path, SQL_READONLY, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	FILE *f = fopen(path, "w");
	for (int i = 0; i < 500; i++)
		fputs("dit is geen database ", f);
	fclose(f);
	assert_null(sql_open(path, SQL_CREATE, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	unlink(path);
	struct sql *db = sql_open(path, SQL_CREATE, &err);
	assert_true(sql_migrate(db, steps, 2, &err));
	struct sql *reader = sql_open(path, SQL_READONLY, &err);
	assert_non_null(reader);
	assert_false(sql_run(reader, &err, "INSERT INTO t(name) VALUES ('x')", ""));
	int64_t before = sql_data_version(reader);
	assert_true(sql_run(db, &err, "INSERT INTO t(name) VALUES ('x')", ""));
	assert_int_not_equal(sql_data_version(reader), before);
	sql_close(reader);
	assert_false(sql_migrate(db, steps, 1, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	sql_close(db);
	assert_int_equal(symlink(path, link), 0);
	assert_null(sql_open(link, SQL_CREATE, &err));
	check_clean(dir);
	free(path);
	free(link);
}

static void a_failed_step_changes_nothing(void **state)
{
	static const char *const bad[] = {"CREATE TABLE t (id INTEGER);",
		"CREATE TABLE u (id INTEGER); INSERT INTO t VALUES (1, 2);"};
	struct error err;
	struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
	assert_false(sql_migrate(db, bad, 2, &err));
	assert_int_equal(sql_version(db), 1);
	assert_int_equal(sql_get_int(db, -1, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'", ""), 0);
	sql_close(db);
}

/* Opens and closes the database in a process of its own, once it hears so. */
static pid_t other_program(const char *path, int *go)
{
	int way[2];
	assert_int_equal(pipe(way), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct error err;
		char c;
		close(way[1]);
		bool heard = read(way[0], &c, 1) == 1;
		struct sql *db = heard ? sql_open(path, SQL_CREATE, &err) : NULL;
		int count = db == NULL ? -1 : (int)sql_get_int(db, -1, "SELECT count(*) FROM t", "");
		sql_close(db);
		_exit(count == 1 ? 0 : 1);
	}
	close(way[0]);
	*go = way[1];
	return pid;
}

/* Two connections of one program: when the second is made, the first keeps its locks, so that another program
 * that comes and goes leaves the journal in place. */
static void a_second_connection_keeps_the_locks_of_the_first(void **state)
{
	char dir[] = "/tmp/kring-sql-XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *path = xasprintf("%s/t.sqlite", dir), *beside = xasprintf("%s/t.sqlite-wal", dir);
	struct error err;
	int go, status;
	pid_t pid = other_program(path, &go);
	struct sql *first = sql_open(path, SQL_CREATE, &err);
	assert_true(sql_migrate(first, steps, 2, &err));
	assert_true(sql_run(first, &err, "INSERT INTO t(name) VALUES ('a')", ""));
	struct sql *second = sql_open(path, SQL_CREATE, &err);
	assert_non_null(second);
	sql_close(second);
	assert_int_equal(write(go, "x", 1), 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(access(beside, F_OK), 0);
	assert_true(sql_run(first, &err, "INSERT INTO t(name) VALUES ('b')", ""));
	struct sql *third = sql_open(path, SQL_READONLY, &err);
	CHECK_INT("seen by others", sql_get_int(third, -1, "SELECT count(*) FROM t", ""), 2);
	sql_close(third);
	sql_close(first);
	close(go);
	unlink(path);
	rmdir(dir);
	free(beside);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_bound_never_formatted),
		cmocka_unit_test(trouble_with_the_file_is_said),
		cmocka_unit_test(a_failed_step_changes_nothing),
		cmocka_unit_test(a_second_connection_keeps_the_locks_of_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
