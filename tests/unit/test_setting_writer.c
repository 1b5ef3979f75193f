#include "check.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "first_run.h"
#include "mem.h"
#include "paths.h"
#include "setting_writer.h"

static char dir[64];
static int wake[2];
static struct arena mem;

static int set_up(void **state)
{
	snprintf(dir, sizeof dir, "/tmp/kring-config-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return 1;
	setenv("XDG_CONFIG_HOME", dir, 1);
	setenv("XDG_DATA_HOME", dir, 1);
	return pipe2(wake, O_CLOEXEC | O_NONBLOCK);
}

static int tear_down(void **state)
{
	arena_fini(&mem);
	check_clean(dir);
	return close(wake[0]) | close(wake[1]);
}

static void set(struct setting_writer *w, const char *name, const char *value)
{
	setting_writer_set(w, config_option(name), value, OPTION_CHOSEN);
}

static void check_file(const char *want)
{
	struct sbuf got = {0};
	char *path = paths_config_file();
	assert_true(file_read(path, 65536, &got, NULL));
	CHECK_STRING("file", sbuf_str(&got), want);
	sbuf_fini(&got);
	free(path);
}

static struct setting_result next(struct setting_writer *w)
{
	struct setting_result r;
	assert_true(setting_writer_result(w, &r, &mem));
	return r;
}

static void it_is_written_in_order_without_an_account(void **state)
{
	struct setting_writer *w = setting_writer_new(wake[1]);
	set(w, "width", "50");
	set(w, "letters", "no");
	set(w, "width", "60");
	setting_writer_step(w, FIRST_RUN_LOOK);
	setting_writer_end(w);
	check_file("width: 60\nletters: no\n");
	assert_int_equal(first_run_step(), FIRST_RUN_LOOK);
	struct setting_result first = next(w), second = next(w), third = next(w), step = next(w);
	CHECK_STRING("first", first.value, "50");
	assert_true(first.ok && first.newer && !first.last);
	assert_true(second.ok && !second.newer);
	CHECK_STRING("third", third.value, "60");
	assert_true(third.ok && !third.newer);
	assert_true(step.ok && step.option == NULL && step.last);
	struct setting_result none;
	assert_false(setting_writer_result(w, &none, &mem));
	setting_writer_free(w);
}

static void the_standard_takes_the_line_out(void **state)
{
	struct setting_writer *w = setting_writer_new(wake[1]);
	setting_writer_set(w, config_option("letters"), NULL, OPTION_RESTORED);
	setting_writer_end(w);
	check_file("width: 60\n");
	struct setting_result r = next(w);
	assert_true(r.ok && r.value == NULL && r.how == OPTION_RESTORED);
	setting_writer_free(w);
}

/* The folder is locked by another kring, which is as slow as a disk can be. */
static void a_slow_disk_stops_nobody_and_nothing_is_said_too_early(void **state)
{
	char *folder = xasprintf("%s/kring", dir), sink[16];
	struct setting_writer *w = setting_writer_new(wake[1]);
	struct setting_result r;
	int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	while (read(wake[0], sink, sizeof sink) > 0)
		;
	set(w, "width", "70");
	setting_writer_wait(w, 50);
	assert_false(setting_writer_result(w, &r, &mem));
	assert_int_equal(read(wake[0], sink, 1), -1);
	check_file("width: 60\n");
	close(lock);
	assert_int_equal(poll(&(struct pollfd){.fd = wake[0], .events = POLLIN}, 1, 30000), 1);
	assert_true(next(w).ok);
	check_file("width: 70\n");
	setting_writer_free(w);
	free(folder);
}

static void what_cannot_be_written_is_told_and_the_rest_goes_on(void **state)
{
	char *path = paths_config_file();
	struct setting_writer *w = setting_writer_new(wake[1]);
	assert_true(file_write(path, "- a list\n", 9, NULL));
	set(w, "width", "50");
	setting_writer_step(w, FIRST_RUN_DONE);
	setting_writer_end(w);
	struct setting_result r = next(w);
	assert_false(r.ok);
	assert_true(r.err.what[0] != '\0' && error_kept(&r.err)[0] != '\0' && error_todo(&r.err)[0] != '\0');
	assert_true(next(w).ok);
	assert_int_equal(first_run_step(), FIRST_RUN_DONE);
	check_file("- a list\n");
	setting_writer_free(w);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_written_in_order_without_an_account),
		cmocka_unit_test(the_standard_takes_the_line_out),
		cmocka_unit_test(a_slow_disk_stops_nobody_and_nothing_is_said_too_early),
		cmocka_unit_test(what_cannot_be_written_is_told_and_the_rest_goes_on),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
