#include "store_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "outbox_store.h"
#include "place_store.h"
#include "post_store.h"
#include "schema.h"
#include "sha.h"
#include "sql.h"
#include "str.h"
#include "topic_store.h"

static char *database(const char *dir)
{
	return xasprintf("%s/kring.sqlite", dir);
}

static void write_bytes(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static void nothing_fetched_is_not_found(void **state)
{
	char dir[] = "/tmp/kring-store-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct error err;
	assert_null(store_open(dir, STORE_READ, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	fixture_remove_dir(dir);
}

static void a_damaged_file_is_left_alone(void **state)
{
	char dir[] = "/tmp/kring-store-XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *path = database(dir), text[64] = {0};
	write_bytes(path, "this is not a database, it only has its name, and is long enough");
	struct error err;
	static const unsigned flags[] = {STORE_READ, STORE_READ | STORE_WRITE};
	for (size_t i = 0; i < COUNT(flags); i++) {
		assert_null(store_open(dir, flags[i], &err));
		assert_int_equal(err.kind, ERR_CORRUPT);
		assert_true(err.todo[0] != '\0');
	}
	int fd = open(path, O_RDONLY);
	assert_true(read(fd, text, 23) == 23);
	close(fd);
	CHECK_STRING("unchanged", text, "this is not a database,");
	free(path);
	fixture_remove_dir(dir);
}

static void a_newer_file_is_left_alone(void **state)
{
	struct fixture *f = fixture_new();
	store_close(f->r);
	store_close(f->w);
	f->r = f->w = NULL;
	char *path = database(f->dir);
	struct sql *db = sql_open(path, 0, &f->err);
	assert_true(sql_exec(db, "PRAGMA user_version = 99", &f->err));
	sql_close(db);
	assert_null(store_open(f->dir, STORE_READ, &f->err));
	assert_int_equal(f->err.kind, ERR_CORRUPT);
	assert_null(store_open(f->dir, STORE_READ | STORE_WRITE, &f->err));
	assert_int_equal(f->err.kind, ERR_CORRUPT);
	free(path);
	fixture_free(f);
}

static void every_step_leads_to_today(void **state)
{
	for (int version = 0; version <= schema_count; version++) {
		char dir[] = "/tmp/kring-store-XXXXXX";
		assert_non_null(mkdtemp(dir));
		char *path = database(dir);
		struct error err;
		struct sql *db = sql_open(path, SQL_CREATE, &err);
		assert_true(sql_migrate(db, schema_step, version, &err));
		sql_close(db);
		struct store *s = store_open(dir, STORE_READ | STORE_WRITE, &err);
		assert_non_null(s);
		store_close(s);
		s = store_open(dir, STORE_READ, &err);
		assert_non_null(s);
		store_close(s);
		free(path);
		fixture_remove_dir(dir);
	}
}

static void what_was_fetched_survives_each_step(void **state)
{
	char dir[] = "/tmp/kring-store-XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *path = database(dir);
	struct error err;
	struct arena a = {0};
	struct sql *db = sql_open(path, SQL_CREATE, &err);
	assert_true(sql_migrate(db, schema_step, 1, &err));
	assert_true(sql_exec(db, "INSERT INTO topic(id, category_id, title, is_message, unread, bumped_ms,"
		" bookmarked, listed,"
		" last_read, local_read, highest, level) VALUES (5, 7, 'Avond', 0, 1, 1000, 1, 1, 2, 4, 6, 1);"
		"INSERT INTO post(id, topic_id, post_number, flags, cooked, raw) VALUES (50, 5, 1, 32, '<p>tekst</p>',"
		" 'tekst');"
		"INSERT INTO place(name, value) VALUES ('screen', 'topic:5');", &err));
	sql_close(db);
	struct store *s = store_open(dir, STORE_READ, &err);
	assert_non_null(s);
	const struct topic_row *topic = topic_store_row(s, 5, &a);
	CHECK_STRING("title", topic->title, "Avond");
	CHECK_INT("read", topic->last_read_post_number, 4);
	assert_true(topic->unread && topic->bookmarked && !topic->put_away);
	CHECK_STRING("own text", post_store_get(s, 50, &a)->post.raw, "tekst");
	CHECK_STRING("place", place_store_get(s, "screen", &a), "topic:5");
	CHECK_INT("outbox", outbox_store_count(s, &(struct outbox_filter){0}), 0);
	store_close(s);
	arena_fini(&a);
	free(path);
	fixture_remove_dir(dir);
}

/* Who has a file of that version has the tables of then. */
static void a_released_step_never_changes(void **state)
{
	static const char *const released[] = {
		"cbd7c6e725d4c40e9e6525f115c1ab3327fbc00ed5c9e071a53b289cce844717",
		"ad7c1055bc71e023d0c5594adba09254c5389d67d0f711645632438db9d77e4a",
	};
	assert_true((size_t)schema_count >= COUNT(released));
	for (size_t i = 0; i < COUNT(released); i++) {
		char digest[SHA256_HEX];
		sha256_hex(schema_step[i], strlen(schema_step[i]), digest);
		CHECK_STRING("step", digest, released[i]);
	}
}

static void what_was_written_survives_each_step(void **state)
{
	char dir[] = "/tmp/kring-store-XXXXXX";
	assert_non_null(mkdtemp(dir));
	char *path = database(dir);
	struct error err;
	struct arena a = {0};
	struct sql *db = sql_open(path, SQL_CREATE, &err);
	assert_true(sql_migrate(db, schema_step, 2, &err));
	assert_true(sql_exec(db, "INSERT INTO outbox(id, kind, state, queued, lane, topic_id, post_id,"
		" category_id, number,"
		" before, time_ms, title, body, original, names, created_ms, typing_ms, open_ms, due_ms)"
		" VALUES (8, 2, 0, 0, '', 5, 0, 0, 0, 0, 0, '', 'een concept', '', '', 100, 0, 0, 0),"
		" (9, 2, 1, 1, 't5', 5, 0, 0, 0, 0, 0, '', 'een antwoord', '', '', 200, 0, 0, 300);"
		"INSERT INTO note(key, kind, id, text, changed_ms) VALUES (1, 1, 3, 'een aantekening', 400);"
		"INSERT INTO guide(event_id, starts_ms, part, text, changed_ms) VALUES (6, 0, 'method', 'vragen', 500);",
		&err));
	sql_close(db);
	struct store *s = store_open(dir, STORE_READ | STORE_WRITE, &err);
	assert_non_null(s);
	const struct outbox_row *draft = outbox_store_get(s, 8, &a), *waits = outbox_store_next(s, 1000, &a);
	CHECK_STRING("draft", draft->change.body, "een concept");
	CHECK_INT("a draft", draft->change.state, CHANGE_DRAFT);
	CHECK_STRING("waits", waits->change.body, "een antwoord");
	CHECK_INT("waits for none", waits->after_state, -1);
	struct sql *after = sql_open(path, 0, &err);
	CHECK_STRING("note", sql_get_text(after, &a, "SELECT text FROM note WHERE kind = 1 AND id = 3", ""),
		"een aantekening");
	CHECK_STRING("guide", sql_get_text(after, &a, "SELECT text FROM guide WHERE event_id = 6", ""), "vragen");
	sql_close(after);
	store_close(s);
	arena_fini(&a);
	free(path);
	fixture_remove_dir(dir);
}

static void damage(struct fixture *f, const char *numbers)
{
	char *path = database(f->dir), *text = xasprintf("INSERT INTO outbox(kind, state, lane, topic_id, post_id,"
		" category_id, number, before, time_ms, title, body, original, names, created_ms, typing_ms, open_ms, due_ms)"
		" VALUES (%s, 'topic 1', 1, 0, 0, 0, 0, 0, '', 'woorden', '', '', 0, 0, 0, 0)", numbers);
	struct sql *db = sql_open(path, 0, &f->err);
	assert_true(sql_exec(db, text, &f->err));
	sql_close(db);
	free(path);
	free(text);
}

static void check_nothing_waits(struct fixture *f, struct store *s)
{
	struct outbox_rows rows = outbox_store_list(s, &(struct outbox_filter){.drafts = false}, 0, 50, &f->a);
	for (int i = 0; i < rows.count; i++) {
		assert_non_null(change_kind_word(rows.row[i].change.kind));
		assert_non_null(change_state_word(rows.row[i].change.state));
		CHECK_STRING("its words", rows.row[i].change.body, "woorden");
	}
	CHECK_INT("each one", rows.count, (int)outbox_store_count(s, &(struct outbox_filter){.drafts = false}));
}

static void numbers_that_cannot_be_send_nothing(void **state)
{
	static const char *const numbers[] = {"99, 1", "-1, 0", "0, 3", "'x', 1", "x'ff00', 1", "9223372036854775807, 5",
		"2, -1", "2, 99", "7, 'x'", "7, -9223372036854775808"};
	struct fixture *f = fixture_new();
	for (size_t i = 0; i < COUNT(numbers); i++)
		damage(f, numbers[i]);
	check_nothing_waits(f, f->r);
	struct store *again = store_open(f->dir, STORE_READ | STORE_WRITE, &f->err);
	assert_non_null(again);
	check_nothing_waits(f, again);
	assert_null(outbox_store_next(again, INT64_MAX, &f->a));
	CHECK_INT("drafts", (int)outbox_store_count(again, &(struct outbox_filter){.drafts = true}), 8);
	CHECK_INT("for the member", (int)outbox_store_count(again, &(struct outbox_filter){.refused = true}), 2);
	store_close(again);
	fixture_free(f);
}

static void a_reader_sees_what_was_committed(void **state)
{
	struct fixture *f = fixture_new();
	int64_t before = store_data_version(f->r);
	fixture_begin(f);
	assert_true(place_store_put(f->w, "screen", "topic:5", &f->err));
	assert_null(place_store_get(f->r, "screen", &f->a));
	fixture_commit(f);
	CHECK_STRING("place", place_store_get(f->r, "screen", &f->a), "topic:5");
	assert_true(store_data_version(f->r) != before);
	fixture_begin(f);
	assert_true(place_store_put(f->w, "screen", NULL, &f->err));
	store_rollback(f->w);
	CHECK_STRING("rolled back", place_store_get(f->r, "screen", &f->a), "topic:5");
	assert_true(store_bytes(f->r) > 4096);
	fixture_free(f);
}

static void a_reader_cannot_write(void **state)
{
	struct fixture *f = fixture_new();
	assert_false(place_store_put(f->r, "screen", "x", &f->err));
	assert_int_equal(f->err.kind, ERR_IO);
	fixture_free(f);
}

static void two_writers_take_turns(void **state)
{
	struct fixture *f = fixture_new();
	struct store *other = store_open(f->dir, STORE_READ | STORE_WRITE, &f->err);
	assert_non_null(other);
	fixture_begin(f);
	assert_true(place_store_put(f->w, "a", "1", &f->err));
	fixture_commit(f);
	assert_true(store_begin(other, &f->err) && place_store_put(other, "b", "2", &f->err)
		&& store_commit(other, NULL, &f->err));
	CHECK_STRING("first", place_store_get(f->r, "a", &f->a), "1");
	CHECK_STRING("second", place_store_get(f->r, "b", &f->a), "2");
	store_close(other);
	fixture_free(f);
}

static void a_full_disk_is_said_and_nothing_is_lost(void **state)
{
	struct fixture *f = fixture_new();
	fixture_begin(f);
	assert_true(place_store_put(f->w, "kept", "yes", &f->err));
	fixture_commit(f);
	char *big = xmalloc(1 << 22);
	memset(big, 'x', (1 << 22) - 1);
	big[(1 << 22) - 1] = '\0';
	assert_true(store_limit_pages(f->w, 200));
	fixture_begin(f);
	bool ok = place_store_put(f->w, "big", big, &f->err) && store_commit(f->w, NULL, &f->err);
	assert_false(ok);
	assert_int_equal(f->err.kind, ERR_IO);
	store_rollback(f->w);
	assert_null(place_store_get(f->r, "big", &f->a));
	CHECK_STRING("kept", place_store_get(f->r, "kept", &f->a), "yes");
	free(big);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_fetched_is_not_found),
		cmocka_unit_test(a_damaged_file_is_left_alone),
		cmocka_unit_test(a_newer_file_is_left_alone),
		cmocka_unit_test(every_step_leads_to_today),
		cmocka_unit_test(what_was_fetched_survives_each_step),
		cmocka_unit_test(what_was_written_survives_each_step),
		cmocka_unit_test(a_released_step_never_changes),
		cmocka_unit_test(numbers_that_cannot_be_send_nothing),
		cmocka_unit_test(a_reader_sees_what_was_committed),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(two_writers_take_turns),
		cmocka_unit_test(a_full_disk_is_said_and_nothing_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
