#include "check.h"

#include <signal.h>
#include <unistd.h>

#include "editor.h"
#include "file.h"
#include "mem.h"
#include "outside_editor.h"
#include "outside_process.h"
#include "sbuf.h"
#include "str.h"

static const char before[] = "Dag allemaal,\nik kom.";

struct desk {
	char dir[64], *texts, *program;
};

static int desk_begin(void **state)
{
	struct desk *d = xcalloc(1, sizeof *d);
	strcpy(d->dir, "/tmp/kring-editor-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	d->texts = xasprintf("%s/texts", d->dir);
	d->program = xasprintf("%s/editor", d->dir);
	*state = d;
	return 0;
}

static int desk_end(void **state)
{
	struct desk *d = *state;
	check_clean(d->dir);
	free(d->texts);
	free(d->program);
	free(d);
	return 0;
}

/* An editor is a script that gets the file as its last argument, here $f. */
static void make_editor(const struct desk *d, const char *does)
{
	char *script = xasprintf("#!/bin/sh\nfor f; do :; done\n%s\n", does);
	assert_true(file_write(d->program, script, strlen(script), NULL));
	assert_int_equal(chmod(d->program, 0700), 0);
	free(script);
}

static int files_left(const char *dir)
{
	char *command = xasprintf("find %s -type f 2>/dev/null | wc -l", dir);
	FILE *f = popen(command, "r");
	int n = -1;
	assert_int_equal(fscanf(f, "%d", &n), 1);
	pclose(f);
	free(command);
	return n;
}

static void an_editor_gives_another_text(void **state)
{
	static const struct {
		const char *name, *does, *words, *want;
	} rows[] = {
		{"changed", "printf 'Anders.\\n' > \"$f\"", "", "Anders."},
		{"left as it was", "true", "", before},
		{"by renaming", "printf 'Nieuw' > \"$f.new\"; mv \"$f.new\" \"$f\"", "", "Nieuw"},
		{"with a copy beside it", "cp \"$f\" \"$f~\"; printf 'Nieuw' > \"$f\"", "", "Nieuw"},
		{"emptied", ": > \"$f\"", "", ""},
		{"with words", "printf '%s|%s' \"$1\" \"$2\" > \"$f\"", " -x 'a b'", "-x|a b"},
		{"a private file", "stat -c '%a' \"$f\" > \"$f.x\"; stat -c '%a' \"${f%/*}\" >> \"$f.x\"; mv \"$f.x\" \"$f\"", "", "600\n700"},
		{"named for what it is", "basename \"$f\" > \"$f\"", "", "text.md"},
		{"without our signals", "grep -cE 'Sig(Blk|Ign).*[08]0000000$' /proc/self/status > \"$f\"", "", "2"},
	};
	const struct desk *d = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct sbuf out = {0};
		char *command = xasprintf("%s%s", d->program, rows[i].words);
		make_editor(d, rows[i].does);
		if (!outside_editor_run(command, d->texts, before, &out, &err))
			fail_msg("%s: %s", rows[i].name, err.what);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		CHECK_INT(rows[i].name, files_left(d->texts), 0);
		sbuf_fini(&out);
		free(command);
	}
}

static void an_editor_that_fails_changes_nothing(void **state)
{
	static const struct {
		const char *name, *does, *what;
		int left;
	} rows[] = {
		{"no text was made", "exit 1", "Your editor did not end well", 0},
		{"a text was made", "printf 'Half' > \"$f\"; exit 1", "Your editor did not end well", 1},
		{"killed", "printf 'Half' > \"$f\"; kill -9 $$", "Your editor did not end well", 1},
		{"killed with a swap file", "printf 'Half' > \"${f%/*}/.text.md.swp\"; kill -9 $$", "Your editor did not end well", 2},
		{"the file is gone", "rm \"$f\"", "The file with your text is gone.", 0},
		{"a link in its place", "rm \"$f\"; ln -s /etc/passwd \"$f\"", "The file with your text is gone.", 0},
		{"a pipe in its place", "rm \"$f\"; mkfifo \"$f\"", "The file with your text is gone.", 0},
		{"too long", "head -c 300000 /dev/zero | tr '\\0' a > \"$f\"", "The text from your editor is too long.", 1},
		{"not UTF-8", "printf '\\377' > \"$f\"", "The text from your editor is not UTF-8 text.", 1},
		{"bytes", "printf 'a\\0b' > \"$f\"", "The text from your editor is not UTF-8 text.", 1},
	};
	const struct desk *d = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct sbuf out = {0};
		char *texts = xasprintf("%s/%zu", d->texts, i);
		make_editor(d, rows[i].does);
		assert_false(outside_editor_run(d->program, texts, before, &out, &err));
		if (!str_starts(err.what, rows[i].what))
			fail_msg("%s: \"%s\"", rows[i].name, err.what);
		CHECK_STRING(rows[i].name, sbuf_str(&out), "");
		CHECK_INT(rows[i].name, files_left(texts), rows[i].left);
		if ((strstr(error_kept(&err), texts) != NULL) != (rows[i].left > 0))
			fail_msg("%s: kept \"%s\"", rows[i].name, error_kept(&err));
		assert_true(error_todo(&err)[0] != '\0');
		sbuf_fini(&out);
		free(texts);
	}
}

static void an_editor_that_is_not_there(void **state)
{
	static const char *const commands[] = {"/nowhere/editor", "  ", "''"};
	const struct desk *d = *state;
	for (size_t i = 0; i < COUNT(commands); i++) {
		struct error err;
		struct sbuf out = {0};
		assert_false(outside_editor_run(commands[i], d->texts, before, &out, &err));
		assert_true(str_starts(err.what, "Your editor cannot be started"));
		CHECK_INT(commands[i], files_left(d->texts), 0);
		sbuf_fini(&out);
	}
}

static int ended_with;

static void note(int number)
{
	ended_with = number;
}

/* Ctrl-C is for the editor; a hang-up is for both, and comes again afterwards. */
static void signals_go_where_they_belong(void **state)
{
	static const struct {
		const char *does;
		int number;
		bool ok;
	} rows[] = {{"kill -INT $PPID; sleep 0.1", 0, true}, {"kill -QUIT $PPID; sleep 0.1", 0, true},
		{"printf Half > \"$f\"; kill -HUP $PPID; exec sleep 20", SIGHUP, false},
			{"kill -TERM $PPID; exec sleep 20", SIGTERM, false}};
	const struct desk *d = *state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct sbuf out = {0};
		static const int numbers[] = {SIGINT, SIGQUIT, SIGHUP, SIGTERM};
		for (size_t n = 0; n < COUNT(numbers); n++)
			signal(numbers[n], note);
		ended_with = 0;
		make_editor(d, rows[i].does);
		CHECK_INT(rows[i].does, outside_editor_run(d->program, d->texts, before, &out, &err), rows[i].ok);
		CHECK_INT(rows[i].does, ended_with, rows[i].number);
		for (size_t n = 0; n < COUNT(numbers); n++)
			signal(numbers[n], SIG_DFL);
		sbuf_fini(&out);
	}
}

static void which_editor(void **state)
{
	static const struct {
		const char *name, *configured, *visual, *editor, *want;
	} rows[] = {
		{"the setting", "joe -x", "emacs", "ed", "joe -x"},
		{"VISUAL", "", "emacs", "ed", "emacs"},
		{"EDITOR", "", "", "ed", "ed"},
		{"what there is", "", NULL, NULL, "vi"},
	};
	const struct desk *d = *state;
	char *vi = xasprintf("%s/vi", d->dir), *path = xstrdup(getenv("PATH"));
	make_editor(d, "true");
	assert_int_equal(rename(d->program, vi), 0);
	setenv("PATH", d->dir, 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsetenv("VISUAL");
		unsetenv("EDITOR");
		if (rows[i].visual != NULL)
			setenv("VISUAL", rows[i].visual, 1);
		if (rows[i].editor != NULL)
			setenv("EDITOR", rows[i].editor, 1);
		char *got = outside_editor_command(rows[i].configured);
		CHECK_STRING(rows[i].name, got, rows[i].want);
		free(got);
	}
	unlink(vi);
	assert_null(outside_editor_command(unsetenv("EDITOR") == 0 && unsetenv("VISUAL") == 0 ? "" : NULL));
	setenv("PATH", path, 1);
	free(vi);
	free(path);
}

static void words_of_a_command(void **state)
{
	static const struct {
		const char *command;
		int count;
		const char *word[4];
	} rows[] = {
		{"vi", 1, {"vi"}},
		{"  code  --wait ", 2, {"code", "--wait"}},
		{"'/opt/my editor/run' -n", 2, {"/opt/my editor/run", "-n"}},
		{"emacs --eval=\"(a 'b)\"", 2, {"emacs", "--eval=(a 'b)"}},
		{"a '' b", 3, {"a", "", "b"}},
		{"a $HOME;b", 2, {"a", "$HOME;b"}},
		{"", 0, {NULL}},
		{"'open", 1, {"open"}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *copy = xstrdup(rows[i].command), *argv[OUTSIDE_WORDS + 1];
		CHECK_INT(rows[i].command, outside_split(copy, argv), rows[i].count);
		for (int n = 0; n < rows[i].count; n++)
			CHECK_STRING(rows[i].command, argv[n], rows[i].word[n]);
		assert_null(argv[rows[i].count]);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_editor_gives_another_text, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(an_editor_that_fails_changes_nothing, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(an_editor_that_is_not_there, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(signals_go_where_they_belong, desk_begin, desk_end),
		cmocka_unit_test_setup_teardown(which_editor, desk_begin, desk_end),
		cmocka_unit_test(words_of_a_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
