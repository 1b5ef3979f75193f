#include <poll.h>
#include <sys/stat.h>

#include "../unit/store_fixture.h"
#include "calendar_file.h"
#include "clock.h"
#include "event_dates.h"
#include "event_store.h"
#include "file.h"
#include "mem.h"
#include "post_store.h"
#include "sync_thread.h"

static int64_t at(const char *text)
{
	int64_t ms = 0;
	if (text != NULL && !time_parse(text, &ms, NULL))
		fail_msg("%s is no time", text);
	return ms;
}

/* A site that names few dates or none: the rule gives the rest of the year, and no date comes twice. */
static void a_series_has_the_dates_of_a_year(void **state)
{
	static const struct {
		const char *name, *recurrence, *start, *until, *named[4];
		int count;
		const char *date[4], *rrule;
	} rows[] = {
		{"no series", NULL, "2026-03-24T13:30:00Z", NULL, {NULL}, 0, {NULL}, NULL},
		{"no dates", "every_four_weeks", "2026-03-24T13:30:00Z", NULL, {NULL}, 13,
			{"2026-03-24T13:30:00Z", "2026-04-21T12:30:00Z"}, "FREQ=WEEKLY;INTERVAL=4"},
		{"few dates", "every_week", "2026-03-24T13:30:00Z", "2026-04-20T00:00:00Z",
			{"2026-03-24T13:30:00Z", "2026-03-31T12:30:00Z"}, 4,
			{"2026-03-24T13:30:00Z", "2026-03-31T12:30:00Z", "2026-04-07T12:30:00Z", "2026-04-14T12:30:00Z"},
			"FREQ=WEEKLY;INTERVAL=1;UNTIL=20260420T235959Z"},
		{"an exception stays one", "every_week", "2026-03-24T13:30:00Z", "2026-04-20T00:00:00Z",
			{"2026-03-24T13:30:00Z", "2026-04-07T12:30:00Z"}, 3,
			{"2026-03-24T13:30:00Z", "2026-04-07T12:30:00Z", "2026-04-14T12:30:00Z"},
			"FREQ=WEEKLY;INTERVAL=1;UNTIL=20260420T235959Z"},
		{"unknown word", "sometimes", "2026-03-24T13:30:00Z", NULL, {NULL}, 1, {"2026-03-24T13:30:00Z"}, NULL},
		{"over", "every_week", NULL, NULL, {NULL}, 0, {NULL}, NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		struct occurrence named[4];
		struct event e = {.starts_ms = at(rows[i].start), .timezone = "Europe/Amsterdam", .occurrence = named,
			.recurrence = rows[i].recurrence, .recurrence_until_ms = at(rows[i].until)};
		for (int k = 0; k < 4 && rows[i].named[k] != NULL; k++)
			named[e.occurrence_count++] = (struct occurrence){at(rows[i].named[k]), 0};
		event_dates_fill(&e, at("2026-03-20T00:00:00Z"), &a);
		CHECK_INT(rows[i].name, e.occurrence_count, rows[i].count);
		CHECK_STRING(rows[i].name, e.rrule, rows[i].rrule);
		for (int k = 0; k < 4 && rows[i].date[k] != NULL; k++)
			CHECK_INT(rows[i].name, e.occurrence[k].starts_ms, at(rows[i].date[k]));
		arena_fini(&a);
	}
}

/* The thread without a network, on a store with one meeting. */
struct keeper {
	char dir[64], *file;
	int wake[2];
	struct sync_thread *t;
};

static void keeper_start(struct keeper *k, const char *file)
{
	struct error err;
	struct event e = {.id = 7, .topic_id = 3, .name = "Intervisie", .starts_ms = at("2026-03-24T13:30:00Z"),
		.detailed = true, .can_sign_up = true};
	snprintf(k->dir, sizeof k->dir, "/tmp/kring-keeper-XXXXXX");
	assert_non_null(mkdtemp(k->dir));
	assert_int_equal(pipe(k->wake), 0);
	struct store *s = store_open(k->dir, STORE_READ | STORE_WRITE, &err);
	assert_non_null(s);
	assert_true(store_begin(s, &err) && event_store_put(s, &e, &err) && store_commit(s, NULL, &err));
	store_close(s);
	k->file = xasprintf("%s/%s", k->dir, file);
	k->t = sync_thread_start(&(struct sync_options){.base_url = "https://kring.example", .username = "sam",
		.client_id = "c", .dir = k->dir, .offline = true, .calendar_file = k->file}, k->wake[1], &err);
	assert_non_null(k->t);
}

static void keeper_free(struct keeper *k)
{
	sync_thread_stop(k->t);
	close(k->wake[0]);
	close(k->wake[1]);
	fixture_remove_dir(k->dir);
	free(k->file);
}

/* Waits for a calendar with, or without, this meeting. */
static bool comes(struct keeper *k, bool with)
{
	int64_t end = clock_mono_ms() + 10000;
	for (; clock_mono_ms() < end; poll(NULL, 0, 20)) {
		struct sbuf text = {0};
		bool there = file_read(k->file, 100000, &text, NULL);
		bool has = strstr(sbuf_str(&text), "UID:calendar_event_7@kring.example") != NULL;
		sbuf_fini(&text);
		if (there && has == with)
			return true;
	}
	return false;
}

static void answer(struct keeper *k, int64_t id, enum attendance a)
{
	sync_thread_post(k->t, &(struct sync_intent){.kind = SYNC_SEND, .change = {.id = id, .kind = CHANGE_ATTENDANCE,
		.post_id = 7, .topic_id = 3, .number = a, .due_ms = INT64_MAX / 2}});
}

static void the_file_follows_the_answer(void **state)
{
	struct keeper k;
	struct stat st;
	struct error err;
	keeper_start(&k, "kring.ics");
	assert_true(comes(&k, false));
	assert_int_equal(stat(k.file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	answer(&k, 11, ATTENDANCE_GOING);
	assert_true(comes(&k, true));
	answer(&k, 12, ATTENDANCE_NOT_GOING);
	assert_true(comes(&k, false));
	assert_false(sync_thread_calendar_trouble(k.t, &err));
	keeper_free(&k);
}

/* Nobody can sign up any more, or it does not go on: other programs must see the difference. */
static void closed_is_not_cancelled(void **state)
{
	static const struct {
		const char *name, *raw;
		bool closed;
		const char *status;
	} rows[] = {
		{"open", "Welkom.", false, "STATUS:CONFIRMED"},
		{"signing up is closed", "Welkom.", true, "STATUS:CONFIRMED"},
		{"it does not go on", "- **Gaat niet door:** ziek (1 maart 2026)\n", true, "STATUS:CANCELLED"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fixture *f = fixture_new();
		struct sbuf text = {0};
		struct event e = {.id = 7, .topic_id = 3, .name = "Intervisie", .starts_ms = at("2026-03-24T13:30:00Z"),
			.detailed = true, .mine = ATTENDANCE_GOING, .closed = rows[i].closed};
		fixture_begin(f);
		assert_true(post_store_put(f->w, &(struct post){.id = 7, .topic_id = 3, .post_number = 1,
			.type = POST_REGULAR,
			.username = "noor", .raw = rows[i].raw, .cooked = "<p>x</p>", .version = 1, .event = &e}, NULL,
			NULL, &f->err));
		fixture_commit(f);
		assert_true(calendar_text(f->r, &(struct sync_options){.base_url = "https://kring.example"},
			&(struct calendar_choice){.event_id = 7}, &text, &f->err));
		if (strstr(sbuf_str(&text), rows[i].status) == NULL)
			fail_msg("%s: %s", rows[i].name, sbuf_str(&text));
		sbuf_fini(&text);
		fixture_free(f);
	}
}

static void trouble_is_told_once(void **state)
{
	struct keeper k;
	struct error err = {.kind = ERR_NONE};
	keeper_start(&k, "nowhere/kring.ics");
	for (int64_t end = clock_mono_ms() + 10000; clock_mono_ms() < end && !sync_thread_calendar_trouble(k.t, &err);)
		poll(NULL, 0, 20);
	assert_int_not_equal(err.kind, ERR_NONE);
	uint64_t number = sync_thread_post(k.t, &(struct sync_intent){.kind = SYNC_SEND, .change = {.id = 11,
		.kind = CHANGE_ATTENDANCE, .post_id = 7, .topic_id = 3, .number = ATTENDANCE_GOING,
		.due_ms = INT64_MAX / 2}});
	for (int64_t end = clock_mono_ms() + 10000; clock_mono_ms() < end && sync_thread_written(k.t) < number;)
		poll(NULL, 0, 20);
	poll(NULL, 0, 200);
	assert_false(sync_thread_calendar_trouble(k.t, &err));
	assert_false(sync_thread_trouble(k.t, &err));
	keeper_free(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_has_the_dates_of_a_year),
		cmocka_unit_test(the_file_follows_the_answer),
		cmocka_unit_test(closed_is_not_cancelled),
		cmocka_unit_test(trouble_is_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
