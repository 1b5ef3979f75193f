#include "check.h"

#include <unistd.h>

#include "clock.h"
#include "forum_init.h"
#include "mem.h"
#include "schema.h"
#include "str.h"

/* A small forum with the mistakes that files have. */
static const char file[] =
	"{\"topic_id\": 7, \"title\": \"Eerste & onderwerp\", \"date\": \"2020-01-01\", \"posts\": ["
	"{\"post_number\": 1, \"username\": \"Anna\", \"created_at\": \"2020-01-01T10:00:00.000Z\", \"cooked\": "
	"\"<p>Over <b>fietsen</b> &amp; lopen</p>\"},"
	"{\"post_number\": 3, \"username\": \"Bram De Boer\", \"created_at\": \"2020-01-05T10:00:00.000Z\", "
	"\"cooked\": \"<p>Ja</p>\"}]}\n"
	"\n"
	"geen json\n"
	"{\"topic_id\": 3, \"title\": \"Tweede\", \"posts\": [{\"post_number\": 1, \"username\": \"anna\","
	" \"created_at\": \"2020-01-03T10:00:00Z\", \"cooked\": \"<p>Twee</p>\"}]}\n"
	"{\"topic_id\": 7, \"title\": \"Nog eens\", \"posts\": [{\"post_number\": 1, \"username\": \"anna\","
	" \"created_at\": \"2020-01-03T10:00:00Z\", \"cooked\": \"x\"}]}\n"
	"{\"topic_id\": -1, \"title\": \"x\", \"posts\": [{}]}\n"
	"{\"topic_id\": 8, \"posts\": [{}]}\n"
	"{\"topic_id\": 9, \"title\": \"leeg\", \"posts\": []}\n"
	"{\"topic_id\": 10, \"title\": \"half\", \"posts\": [{\"post_number\": 1, \"username\": \"anna\", "
	"\"cooked\": \"x\"}]}\n"
	"[1, 2]\n"
	"{\"topic_id\": 11, \"title\": \"zonder eind\", \"posts\": [";

struct seen {
	int64_t line[20];
	int count, steps;
};

static void note_line(void *data, int64_t line, const char *why)
{
	struct seen *s = data;
	assert_true(s->count < 20 && *why != '\0');
	s->line[s->count++] = line;
}

static void note_step(void *data, int64_t topics, int64_t posts)
{
	((struct seen *)data)->steps++;
}

static struct sql *open_db(void)
{
	struct error err;
	struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
	assert_true(sql_migrate(db, forum_schema, forum_schema_count, &err));
	return db;
}

static void write_file(char *path)
{
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, file, sizeof file - 1), sizeof file - 1);
	close(fd);
}

static void reads_what_can_be_read(void **state)
{
	char path[] = "/tmp/kring-import-XXXXXX";
	write_file(path);
	struct sql *db = open_db();
	struct arena mem = {0};
	struct forum f = {.db = db, .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	struct seen seen = {0};
	const struct import_progress progress = {note_line, note_step, &seen};
	struct imported done;
	struct error err;
	assert_true(forum_import(&f, path, &progress, &done, &err));
	assert_int_equal(done.topics, 2);
	assert_int_equal(done.posts, 3);
	assert_int_equal(done.users, 2);
	static const int64_t bad[] = {3, 5, 6, 7, 8, 9, 10, 11};
	assert_int_equal(done.bad_lines, COUNT(bad));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(seen.line[i], bad[i]);
	assert_true(seen.steps >= 1);

	/* Ids rise with time, numbers and times stay as they were. */
	assert_int_equal(sql_get_int(db, 0, "SELECT topic_id FROM post WHERE id = 2", ""), 3);
	assert_int_equal(sql_get_int(db, 0, "SELECT post_number FROM post WHERE id = 3", ""), 3);
	assert_int_equal(sql_get_int(db, 0, "SELECT created_ms FROM post WHERE id = 2", ""),
		INT64_C(1578045600000));
	assert_string_equal(sql_get_text(db, &mem, "SELECT raw FROM post WHERE id = 1", ""),
		"Over fietsen & lopen");
	assert_string_equal(sql_get_text(db, &mem, "SELECT cooked FROM post WHERE id = 1", ""),
		"<p>Over <b>fietsen</b> &amp; lopen</p>");
	assert_int_equal(sql_get_int(db, 0,
						 "SELECT posts_count * 100 + highest_post_number FROM topic WHERE id = 7", ""),
		203);
	assert_int_equal(sql_get_int(db, 0, "SELECT rowid FROM post_search WHERE post_search MATCH 'onderwerp'",
						 ""),
		1);
	assert_int_equal(sql_get_int(db, 0, "SELECT count(DISTINCT user_id) FROM post WHERE topic_id IN (3, 7)",
						 ""),
		2);

	/* The same once more adds nothing. */
	assert_true(forum_import(&f, path, NULL, &done, &err));
	assert_int_equal(done.posts + done.topics + done.users, 0);
	sql_close(db);
	arena_fini(&mem);
	unlink(path);
}

static void says_when_there_is_no_file(void **state)
{
	struct sql *db = open_db();
	struct arena mem = {0};
	struct forum f = {.db = db, .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	struct imported done;
	struct error err;
	assert_false(forum_import(&f, "/tmp/kring-no-such-file", NULL, &done, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	sql_close(db);
	arena_fini(&mem);
}

/* Everything in a database as one number. */
static int64_t print_of(struct sql *db)
{
	return sql_get_int(db, 0,
		"SELECT (SELECT sum(id * 7 + length(cooked) + created_ms % 1000003 + user_id + post_number) FROM "
		"post)"
		" + (SELECT sum(id + bumped_ms % 1000003 + views + like_count + posts_count) FROM topic)"
		" + (SELECT sum(id + type + topic_id + length(data) + read) FROM notification)"
		" + (SELECT sum(event_id * 3 + user_id + length(status)) FROM invitee WHERE status IS NOT NULL)"
		" + (SELECT sum(user_id * poll_id) FROM poll_vote)"
		" + (SELECT sum(topic_id * user_id + last_read_post_number) FROM topic_user)",
		"");
}

static void samples_are_whole_and_always_the_same(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	for (size_t i = 0; i < COUNT(languages); i++) {
		int64_t print[2];
		for (int round = 0; round < 2; round++) {
			struct sql *db = open_db();
			struct arena mem = {0};
			struct forum f = {.db = db, .mem = &mem, .now_ms = INT64_C(1772528400000), .base_url = ""};
			struct error err = {0};
			const char *said;
			if (!forum_init(&f, languages[i], &err) || !forum_sample_load(&f, languages[i], &said, &err))
				fail_msg("%s: %s (%s)", languages[i], err.what, err.detail);
			print[round] = print_of(db);
			assert_non_null(strstr(said, "kring-voorbeeld"));
			assert_int_equal(sql_get_int(db, -1, "SELECT count(*) FROM post a JOIN post b ON b.id = a.id + 1"
				" WHERE b.created_ms < a.created_ms", ""), 0);
			assert_int_equal(sql_get_int(db, -1, "SELECT count(*) FROM post WHERE created_ms > ?", "i",
								 f.now_ms),
				0);
			assert_int_equal(sql_get_int(db, -1,
								 "SELECT count(*) FROM post WHERE cooked LIKE '%{start}%' OR cooked LIKE "
								 "'%[event%'"
								 " OR cooked LIKE '%[quote%' OR cooked LIKE '%[poll%' OR cooked LIKE "
								 "'%topic:0%'",
								 ""),
				0);
			assert_int_equal(sql_get_int(db, -1,
								 "SELECT count(*) FROM post WHERE cooked LIKE '%<span class=\"mention\">%'",
								 ""),
				0);
			assert_true(sql_get_int(db, 0, "SELECT count(*) FROM topic", "") > 40);
			assert_true(sql_get_int(db, 0, "SELECT count(*) FROM event WHERE starts_ms > ?", "i", f.now_ms) >=
				5);
			assert_int_equal(sql_get_int(db, -1,
								 "SELECT count(*) FROM user WHERE id > 0 AND password IS NULL", ""),
				0);
			sql_close(db);
			arena_fini(&mem);
		}
		assert_int_equal(print[0], print[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_can_be_read), cmocka_unit_test(says_when_there_is_no_file),
		cmocka_unit_test(samples_are_whole_and_always_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
