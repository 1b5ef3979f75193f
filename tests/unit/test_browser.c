#include "check.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "browser.h"
#include "file.h"
#include "mem.h"
#include "sbuf.h"

struct desk {
	char dir[64];
	char *program, *noted;
	struct browser browser;
};

/* A browser that notes its address, session and signals. */
static int desk_begin(void **state)
{
	struct desk *d = xcalloc(1, sizeof *d);
	strcpy(d->dir, "/tmp/browser-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	d->program = xasprintf("%s/browser", d->dir);
	d->noted = xasprintf("%s/noted", d->dir);
	char *script = xasprintf("#!/bin/sh\n{ echo \"$1\"; grep -E '^Sig(Blk|Ign)' /proc/self/status; } >%s\n",
		d->noted);
	assert_true(file_write(d->program, script, strlen(script), NULL));
	assert_int_equal(chmod(d->program, 0700), 0);
	free(script);
	*state = d;
	return 0;
}

static int desk_end(void **state)
{
	struct desk *d = *state;
	file_remove(d->program, NULL);
	file_remove(d->noted, NULL);
	rmdir(d->dir);
	free(d->program);
	free(d->noted);
	free(d);
	return 0;
}

static void a_browser_has_no_signals_of_ours(void **state)
{
	struct desk *d = *state;
	struct sbuf noted = {0};
	sigset_t ours, before;
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigprocmask(SIG_BLOCK, &ours, &before);
	signal(SIGPIPE, SIG_IGN);
	assert_true(browser_open(&d->browser, d->program, "https://kring.example/t/1; x"));
	waitpid(d->browser.pid[0], NULL, 0);
	sigprocmask(SIG_SETMASK, &before, NULL);
	signal(SIGPIPE, SIG_DFL);
	assert_true(file_read(d->noted, 4096, &noted, NULL));
	const char *ignored = strstr(sbuf_str(&noted), "SigIgn:");
	assert_non_null(ignored);
	CHECK_INT("ignored", strtoull(ignored + 7, NULL, 16) & (1u << (SIGPIPE - 1)), 0);
	sbuf_truncate(&noted, (size_t)(ignored - sbuf_str(&noted)));
	CHECK_STRING("noted", sbuf_str(&noted), "https://kring.example/t/1; x\nSigBlk:\t0000000000000000\n");
	sbuf_fini(&noted);
}

static void none_is_left_over(void **state)
{
	struct desk *d = *state;
	for (int i = 0; i < 3 * BROWSERS; i++) {
		assert_true(browser_open(&d->browser, d->program, "https://kring.example/"));
		waitid(P_PID, (id_t)d->browser.pid[0], &(siginfo_t){0}, WEXITED | WNOWAIT);
	}
	waitpid(d->browser.pid[0], NULL, 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void only_web_addresses(void **state)
{
	static const char *const others[] = {"", "file:///etc/passwd", "javascript:x", "--help",
		"ftp://kring.example/"};
	struct desk *d = *state;
	for (size_t i = 0; i < COUNT(others); i++) {
		errno = 0;
		CHECK_INT(others[i], browser_open(&d->browser, d->program, others[i]), false);
		CHECK_INT(others[i], errno, EINVAL);
	}
	assert_false(browser_open(&d->browser, "/no/such/browser", "https://kring.example/"));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(d->browser.pid[0], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_browser_has_no_signals_of_ours, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(none_is_left_over, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(only_web_addresses, desk_begin, desk_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
