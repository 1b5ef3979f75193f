#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../unit/store_fixture.h"
#include "clock.h"
#include "credentials.h"
#include "file.h"
#include "outbox_store.h"
#include "site_store.h"
#include "sync_access.h"
#include "sync_thread.h"

/* The one that writes, without a network. */
struct writer {
	char dir[64];
	int wake[2];
	struct sync_thread *t;
};

static struct writer writer_new(void)
{
	struct writer w = {.dir = "/tmp/kring-thread-XXXXXX"};
	assert_non_null(mkdtemp(w.dir));
	assert_int_equal(pipe(w.wake), 0);
	return w;
}

static void start_at(struct writer *w, const char *base_url, bool offline)
{
	struct error err;
	w->t = sync_thread_start(&(struct sync_options){.base_url = base_url, .username = "sam", .client_id = "c",
		.dir = w->dir, .offline = offline}, w->wake[1], &err);
	assert_non_null(w->t);
}

static void writer_start(struct writer *w)
{
	start_at(w, "https://kring.example", true);
}

static void writer_free(struct writer *w)
{
	if (w->t != NULL)
		sync_thread_stop(w->t);
	close(w->wake[0]);
	close(w->wake[1]);
	fixture_remove_dir(w->dir);
}

static bool wait_written(struct writer *w, uint64_t number, int most_ms)
{
	char sink[64];
	int64_t end = clock_mono_ms() + most_ms;
	while (sync_thread_written(w->t) < number && clock_mono_ms() < end) {
		struct pollfd p = {.fd = w->wake[0], .events = POLLIN};
		if (poll(&p, 1, 50) > 0 && read(w->wake[0], sink, sizeof sink) < 0)
			return false;
	}
	return sync_thread_written(w->t) >= number;
}

static uint64_t write_draft(struct writer *w, int64_t id, const char *body)
{
	return sync_thread_post(w->t, &(struct sync_intent){.kind = SYNC_DRAFT,
		.change = {.id = id, .kind = CHANGE_REPLY, .topic_id = 7, .body = body}});
}

static void check_body(struct writer *w, int64_t id, const char *body)
{
	struct error err;
	struct arena a = {0};
	struct store *s = store_open(w->dir, STORE_READ, &err);
	assert_non_null(s);
	const struct outbox_row *row = outbox_store_get(s, id, &a);
	assert_non_null(row);
	CHECK_STRING("body", row->change.body, body);
	store_close(s);
	arena_fini(&a);
}

/* A command that never answers, and does not end when it is told to either; its child neither. */
static char *hanging_command(struct writer *w)
{
	struct error err;
	char *script = xasprintf("%s/command", w->dir), *command = xasprintf("sh %s", script);
	char *text = xasprintf("trap '' TERM\nsleep 60 &\necho $! $$ >%s/pids.new\nmv %s/pids.new %s/pids\n"
		"while :; do sleep 60; done\n", w->dir, w->dir, w->dir);
	assert_true(file_write(script, text, strlen(text), &err));
	free(script);
	free(text);
	return command;
}

static bool is_alive(struct writer *w)
{
	struct error err;
	struct sbuf text = {0};
	char *path = xasprintf("%s/pids", w->dir);
	int child = 0, self = 0;
	assert_true(file_read(path, 100, &text, &err));
	assert_int_equal(sscanf(sbuf_str(&text), "%d %d", &child, &self), 2);
	free(path);
	sbuf_fini(&text);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	return kill(child, 0) == 0 || kill(self, 0) == 0;
}

static void wait_for_file(struct writer *w, const char *name)
{
	char *path = xasprintf("%s/%s", w->dir, name);
	for (int i = 0; i < 100 && !file_exists(path); i++)
		poll(NULL, 0, 50);
	free(path);
}

static void a_hanging_key_command_holds_up_nothing(void **state)
{
	struct error err;
	struct writer w = writer_new();
	char *command = hanging_command(&w);
	prctl(PR_SET_CHILD_SUBREAPER, 1); /* what is left of it ends here */
	w.t = sync_thread_start(&(struct sync_options){.base_url = "https://kring.example", .username = "sam",
		.client_id = "c", .dir = w.dir, .key_command = command}, w.wake[1], &err);
	assert_non_null(w.t);
	wait_for_file(&w, "pids");
	assert_true(wait_written(&w, write_draft(&w, 11, "meanwhile"), 2000));
	check_body(&w, 11, "meanwhile");
	write_draft(&w, 11, "at the last moment");
	int64_t began = clock_mono_ms();
	sync_thread_stop(w.t);
	w.t = NULL;
	if (clock_mono_ms() - began > 3000)
		fail_msg("stopping took %lld ms", (long long)(clock_mono_ms() - began));
	check_body(&w, 11, "at the last moment");
	for (int i = 0; i < 20 && is_alive(&w); i++)
		poll(NULL, 0, 50);
	assert_false(is_alive(&w));
	free(command);
	writer_free(&w);
}

static void what_was_posted_is_there_after_stopping(void **state)
{
	struct writer w = writer_new();
	writer_start(&w);
	char body[32];
	for (int i = 0; i < 200; i++) {
		snprintf(body, sizeof body, "letter %d", i);
		write_draft(&w, 11, body);
	}
	sync_thread_stop(w.t);
	w.t = NULL;
	check_body(&w, 11, "letter 199");
	writer_free(&w);
}

/* A folder where the database should be: it cannot be opened until that is gone. */
static char *block(struct writer *w)
{
	char *path = xasprintf("%s/kring.sqlite", w->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	return path;
}

static void check_rescued(struct writer *w, const char *words)
{
	struct sbuf text = {0};
	struct error err;
	struct stat st;
	char *path = xasprintf("%s/unsaved.txt", w->dir);
	assert_true(file_read(path, 10000, &text, &err));
	if (strstr(sbuf_str(&text), words) == NULL)
		fail_msg("not in the file: %s", sbuf_str(&text));
	assert_int_equal(stat(path, &st), 0);
	CHECK_INT("private", st.st_mode & 0777, 0600);
	sbuf_fini(&text);
	free(path);
}

static void a_store_that_cannot_be_written_loses_nothing(void **state)
{
	struct writer w = writer_new();
	struct error err = {.kind = ERR_NONE};
	char *blocked = block(&w), *rescue = xasprintf("%s/unsaved.txt", w.dir);
	writer_start(&w);
	uint64_t first = write_draft(&w, 12, "eerste woorden"), last = write_draft(&w, 12, "laatste woorden");
	assert_false(wait_written(&w, first, 500));
	assert_true(sync_thread_trouble(w.t, &err));
	if (strstr(error_kept(&err), "unsaved.txt") == NULL)
		fail_msg("does not say where: %s | %s", err.what, error_kept(&err));
	check_rescued(&w, "laatste woorden");
	assert_int_equal(rmdir(blocked), 0);
	assert_true(wait_written(&w, last, 10000));
	check_body(&w, 12, "laatste woorden");
	assert_false(sync_thread_trouble(w.t, &err));
	assert_false(file_exists(rescue));
	writer_free(&w);
	free(blocked);
	free(rescue);
}

static void a_text_outlives_a_broken_store(void **state)
{
	struct writer w = writer_new();
	char *blocked = block(&w), *rescue = xasprintf("%s/unsaved.txt", w.dir);
	writer_start(&w);
	write_draft(&w, 13, "niet kwijt");
	sync_thread_stop(w.t);
	w.t = NULL;
	check_rescued(&w, "niet kwijt");
	assert_int_equal(rmdir(blocked) | unlink(rescue), 0);
	writer_free(&w);
	free(blocked);
	free(rescue);
}

static int count_drafts(struct writer *w)
{
	struct error err;
	struct store *s = store_open(w->dir, STORE_READ, &err);
	assert_non_null(s);
	int count = (int)outbox_store_count(s, &(struct outbox_filter){.drafts = true});
	store_close(s);
	return count;
}

/* The computer stops while nothing can be written: the next time the texts are drafts, and the file is gone. */
static void R7_no_work_lost_of_an_earlier_time(void **state)
{
	static const char words[] = "niet kwijt\n== reply is geen kop\n\\ en een streep";
	struct writer w = writer_new();
	char *blocked = block(&w), *rescue = xasprintf("%s/unsaved.txt", w.dir);
	writer_start(&w);
	write_draft(&w, 13, words);
	write_draft(&w, 14, "ook niet kwijt");
	sync_thread_stop(w.t);
	writer_start(&w);
	write_draft(&w, 15, "van de tweede keer");
	sync_thread_stop(w.t);
	check_rescued(&w, "ook niet kwijt");
	check_rescued(&w, "van de tweede keer");
	assert_int_equal(rmdir(blocked), 0);
	for (int again = 0; again < 2; again++) {
		writer_start(&w);
		assert_true(wait_written(&w, write_draft(&w, 16, "nu gaat het"), 5000));
		sync_thread_stop(w.t);
		w.t = NULL;
		check_body(&w, 13, words);
		check_body(&w, 14, "ook niet kwijt");
		check_body(&w, 15, "van de tweede keer");
		CHECK_INT("each once", count_drafts(&w), 4);
		assert_false(file_exists(rescue));
	}
	writer_free(&w);
	free(blocked);
	free(rescue);
}

/* Written by hand, by an older kring, or after the store had something newer. */
static void what_is_in_the_file_is_never_thrown_away(void **state)
{
	static const char file[] = "losse woorden\n\n== onzin 1 2\n= title: Kop\nmeer woorden\n\n== reply 13 0 7 0"
		" 0 0\noudere tekst\n";
	struct writer w = writer_new();
	struct error err;
	char *rescue = xasprintf("%s/unsaved.txt", w.dir);
	writer_start(&w);
	assert_true(wait_written(&w, write_draft(&w, 13, "nieuwere tekst"), 5000));
	sync_thread_stop(w.t);
	assert_true(file_write(rescue, file, strlen(file), &err));
	writer_start(&w);
	assert_true(wait_written(&w, write_draft(&w, 16, "nu gaat het"), 5000));
	sync_thread_stop(w.t);
	w.t = NULL;
	check_body(&w, 13, "nieuwere tekst");
	CHECK_INT("three more", count_drafts(&w), 5);
	assert_false(file_exists(rescue));
	assert_true(file_write(rescue, file, strlen(file), &err));
	writer_start(&w);
	assert_true(wait_written(&w, write_draft(&w, 16, "en nog eens"), 5000));
	sync_thread_stop(w.t);
	w.t = NULL;
	CHECK_INT("the same file once more", count_drafts(&w), 5);
	writer_free(&w);
	free(rescue);
}

/* The disk is so full that not even the file can be written any more: then what it said before is no text of
 * an earlier time, once all is kept. */
static void an_older_text_in_the_file_does_not_come_back(void **state)
{
	struct writer w = writer_new();
	char *blocked = block(&w), *rescue = xasprintf("%s/unsaved.txt", w.dir);
	char *full = xasprintf("%s.%ld.new", rescue, (long)getpid());
	writer_start(&w);
	assert_false(wait_written(&w, write_draft(&w, 12, "eerste woorden"), 500));
	check_rescued(&w, "eerste woorden");
	assert_int_equal(mkdir(full, 0700), 0);
	uint64_t last = write_draft(&w, 12, "laatste woorden");
	assert_false(wait_written(&w, last, 500));
	assert_int_equal(rmdir(blocked), 0);
	assert_true(wait_written(&w, last, 10000));
	sync_thread_stop(w.t);
	w.t = NULL;
	check_body(&w, 12, "laatste woorden");
	assert_false(file_exists(rescue));
	assert_int_equal(rmdir(full), 0);
	writer_free(&w);
	free(blocked);
	free(rescue);
	free(full);
}

static void every_text_of_an_intent_is_its_own(void **state)
{
	char title[] = "Oude titel", names[] = "een, twee";
	struct writer w = writer_new();
	writer_start(&w);
	uint64_t number = sync_thread_post(w.t, &(struct sync_intent){.kind = SYNC_DRAFT, .change = {.id = 11,
		.kind = CHANGE_EDIT, .post_id = 7, .body = "b", .title = "Nieuw", .was_title = title, .was_names = names}});
	memset(title, 'x', sizeof title - 1);
	memset(names, 'x', sizeof names - 1);
	assert_true(wait_written(&w, number, 5000));
	struct arena a = {0};
	struct error err;
	struct store *s = store_open(w.dir, STORE_READ, &err);
	CHECK_STRING("title", outbox_store_get(s, 11, &a)->change.was_title, "Oude titel");
	CHECK_STRING("names", outbox_store_get(s, 11, &a)->change.was_names, "een, twee");
	store_close(s);
	arena_fini(&a);
	writer_free(&w);
}

static struct outbox_row row_of(struct writer *w, int64_t id)
{
	struct error err;
	struct arena a = {0};
	struct store *s = store_open(w->dir, STORE_READ, &err);
	assert_non_null(s);
	const struct outbox_row *row = outbox_store_get(s, id, &a);
	struct outbox_row copy = row == NULL ? (struct outbox_row){.tries = -1} : *row;
	store_close(s);
	arena_fini(&a);
	return copy;
}

static void log_in(struct writer *w)
{
	struct error err;
	char *key = xasprintf("%s/key", w->dir);
	struct store *s = store_open(w->dir, STORE_READ | STORE_WRITE, &err);
	assert_non_null(s);
	assert_true(store_begin(s, &err)
		&& session_store_put(s, &(struct session){.user_id = 1, .username = "sam"}, &err)
		&& store_commit(s, NULL, &err));
	store_close(s);
	assert_true(credentials_write(key, "0123456789abcdef0123456789abcdef", &err));
	free(key);
}

/* Nobody listens at this address, so that each try ends at once, with nothing sent. */
static void one_kring_sends_and_the_other_takes_over(void **state)
{
	struct writer w = writer_new();
	char *key = xasprintf("%s/key", w.dir), *lock = xasprintf("%s/sync.lock", w.dir);
	log_in(&w);
	int other = sync_lock(w.dir, 0, NULL);
	assert_true(other >= 0);
	start_at(&w, "http://127.0.0.1:1", false);
	uint64_t ticket = sync_thread_post(w.t, &(struct sync_intent){.kind = SYNC_SEND,
		.change = {.id = 21, .kind = CHANGE_LIKE, .post_id = 5, .topic_id = 7}});
	assert_true(wait_written(&w, ticket, 5000));
	usleep(300 * 1000);
	CHECK_INT("the other one sends", row_of(&w, 21).tries, 0);
	close(other);
	int64_t end = clock_mono_ms() + 15000;
	while ((row_of(&w, 21).tries == 0 || row_of(&w, 21).error == ERR_NONE) && clock_mono_ms() < end)
		usleep(100 * 1000);
	CHECK_INT("tried", row_of(&w, 21).error, ERR_OFFLINE);
	CHECK_INT("nothing was sent: it waits", row_of(&w, 21).change.state, CHANGE_WAITING);
	sync_thread_stop(w.t);
	w.t = NULL;
	assert_int_equal(unlink(key) | unlink(lock), 0);
	writer_free(&w);
	free(key);
	free(lock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hanging_key_command_holds_up_nothing),
		cmocka_unit_test(what_was_posted_is_there_after_stopping),
		cmocka_unit_test(a_store_that_cannot_be_written_loses_nothing),
		cmocka_unit_test(a_text_outlives_a_broken_store),
		cmocka_unit_test(R7_no_work_lost_of_an_earlier_time),
		cmocka_unit_test(what_is_in_the_file_is_never_thrown_away),
		cmocka_unit_test(an_older_text_in_the_file_does_not_come_back),
		cmocka_unit_test(every_text_of_an_intent_is_its_own),
		cmocka_unit_test(one_kring_sends_and_the_other_takes_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
