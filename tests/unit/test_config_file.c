#include "check.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config_file.h"
#include "file.h"
#include "mem.h"

static char dir[64];

static int set_up(void **state)
{
	snprintf(dir, sizeof dir, "/tmp/kring-config-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static int tear_down(void **state)
{
	check_clean(dir);
	return 0;
}

static char *path_in(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void write_text(const char *path, const char *text)
{
	assert_true(file_write(path, text, strlen(text), NULL));
}

static void check_text(const char *row, const char *path, const char *want)
{
	struct sbuf got = {0};
	assert_true(file_read(path, 65536, &got, NULL));
	CHECK_STRING(row, sbuf_str(&got), want);
	sbuf_fini(&got);
}

static void one_line_changes_and_the_rest_stays(void **state)
{
	static const struct {
		const char *row, *before, *name, *value, *after;
	} rows[] = {
		{"empty file", "", "width", "50", "width: 50\n"},
		{"replaced", "# mine\nwidth: 70\ntheme: licht\n", "width", "50", "# mine\nwidth: 50\ntheme: licht\n"},
		{"comment after it", "width: 70   # wide\n", "width", "50", "width: 50   # wide\n"},
		{"a # in a value", "theme: \"a # b\" # c\n", "theme", "licht", "theme: licht # c\n"},
		{"unknown key stays", "colour: red\n", "width", "50", "colour: red\nwidth: 50\n"},
		{"no line end", "theme: licht", "width", "50", "theme: licht\nwidth: 50\n"},
		{"needs quotes", "", "browser", "w3m -o x=\"1\"", "browser: \"w3m -o x=\\\"1\\\"\"\n"},
		{"empty value", "site: a\n", "site", "", "site: \"\"\n"},
		{"taken out", "a: 1\nwidth: 70\nb: 2\n", "width", NULL, "a: 1\nb: 2\n"},
		{"taken out, not there", "a: 1\n", "width", NULL, "a: 1\n"},
		{"a longer name", "width_of: 3\n", "width", "50", "width_of: 3\nwidth: 50\n"},
		{"lines of Windows", "# a\r\nwidth: 70 # b\r\ntheme: licht\r\n", "width", "50",
			"# a\r\nwidth: 50 # b\r\ntheme: licht\r\n"},
		{"one more line of Windows", "theme: licht\r\n", "width", "50", "theme: licht\r\nwidth: 50\r\n"},
		{"tabs", "width:\t70\t# wide\nx:\t1\n", "width", "50", "width: 50\t# wide\nx:\t1\n"},
		{"blanks before the colon", "width : 70\n", "width", "50", "width: 50\n"},
		{"a byte order mark", "\xef\xbb\xbf# a\nwidth: 70\n", "width", "50", "\xef\xbb\xbf# a\nwidth: 50\n"},
		{"twice: the last one counts", "width: 60\na: 1\nwidth: 70\n", "width", "50",
			"width: 60\na: 1\nwidth: 50\n"},
		{"twice, taken out", "width: 60\na: 1\nwidth: 70\n", "width", NULL, "a: 1\n"},
		{"a document mark", "---\nwidth: 70\n", "width", "50", "---\nwidth: 50\n"},
		{"order and empty lines", "\n# 1\n\nb: 1\n\nwidth: 70\na: 2\n\n", "width", "50",
			"\n# 1\n\nb: 1\n\nwidth: 50\na: 2\n\n"},
		{"what belongs to an unknown key", "mine:\n  - a # 1\n  - b\nwidth: 70\n", "width", "50",
			"mine:\n  - a # 1\n  - b\nwidth: 50\n"},
	};
	char *path = path_in("config.yaml");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = {0};
		write_text(path, rows[i].before);
		CHECK_INT(rows[i].row, config_file_set(path, rows[i].name, rows[i].value, &err), true);
		check_text(rows[i].row, path, rows[i].after);
	}
	free(path);
}

static void what_would_break_the_file_is_refused(void **state)
{
	static const struct {
		const char *row, *before, *name, *value;
	} rows[] = {
		{"not YAML", "width: [1\n", "width", "50"},
		{"a list", "- a\n", "width", "50"},
		{"key in quotes", "\"width\": 70\n", "width", "50"},
		{"value over lines", "theme: \"a\n  b\"\n", "theme", "licht"},
		{"a value that is wrong", "width: 70\n", "width", "4"},
		{"a name that is wrong", "width: 70\n", "wide", "50"},
		{"after the end", "width: 70\n...\n", "density", "roomy"},
	};
	char *path = path_in("config.yaml");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = {0};
		write_text(path, rows[i].before);
		CHECK_INT(rows[i].row, config_file_set(path, rows[i].name, rows[i].value, &err), false);
		assert_int_equal(err.kind, ERR_INVALID);
		check_text(rows[i].row, path, rows[i].before);
	}
	free(path);
}

static void the_file_is_made_and_a_link_is_followed(void **state)
{
	char *made = path_in("new/config.yaml"), *real = path_in("dotfiles.yaml"), *link = path_in("link.yaml");
	assert_true(config_file_set(made, "letters", "no", NULL));
	check_text("made", made, "letters: no\n");
	write_text(real, "width: 70\n");
	assert_int_equal(symlink("dotfiles.yaml", link), 0);
	assert_true(config_file_set(link, "width", "50", NULL));
	check_text("link", real, "width: 50\n");
	struct stat st;
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	free(made);
	free(real);
	free(link);
}

static void check_refused(const char *row, const char *path, const char *before)
{
	struct error err = {0};
	CHECK_INT(row, config_file_set(path, "width", "50", &err), false);
	assert_true(err.what[0] != '\0' && error_kept(&err)[0] != '\0' && error_todo(&err)[0] != '\0');
	if (before != NULL)
		check_text(row, path, before);
}

static void what_may_not_be_written_stays_and_is_said(void **state)
{
	char *link = path_in("to-nothing.yaml"), *only = path_in("read-only.yaml"), *huge = path_in("huge.yaml");
	struct stat st;
	assert_int_equal(symlink("not-there.yaml", link), 0);
	check_refused("a link to nothing", link, NULL);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	write_text(only, "width: 70\n");
	assert_int_equal(chmod(only, 0444), 0);
	check_refused("read-only", only, "width: 70\n");
	struct sbuf text = {0};
	for (int i = 0; i < 40000; i++)
		sbuf_add(&text, "# ruimte\n");
	write_text(huge, sbuf_str(&text));
	check_refused("huge", huge, NULL);
	assert_int_equal(stat(huge, &st), 0);
	CHECK_INT("huge", st.st_size, text.n);
	sbuf_fini(&text);
	free(link);
	free(only);
	free(huge);
}

static void the_permissions_of_the_file_stay(void **state)
{
	char *path = path_in("shared.yaml");
	struct stat st;
	write_text(path, "width: 70\n");
	assert_int_equal(chmod(path, 0644), 0);
	assert_true(config_file_set(path, "width", "50", NULL));
	assert_int_equal(stat(path, &st), 0);
	CHECK_INT("mode", st.st_mode & 0777, 0644);
	free(path);
}

/* Two krings, each with a setting of its own. */
static void two_that_write_at_once_both_get_what_they_want(void **state)
{
	static const char *const names[] = {"width", "grace_seconds"};
	char *path = path_in("both.yaml");
	write_text(path, "# mine\n");
	for (size_t i = 0; i < COUNT(names); i++)
		if (fork() == 0) {
			bool ok = true;
			for (int value = 41; value <= 80; value++) {
				char text[8];
				snprintf(text, sizeof text, "%d", value);
				ok = ok && config_file_set(path, names[i], text, NULL);
			}
			_exit(ok ? 0 : 1);
		}
	for (size_t i = 0; i < COUNT(names); i++) {
		int status = 1;
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	struct config c;
	struct arena a = {0};
	const struct config_problem *problems;
	config_init(&c);
	config_read(path, &c, &a, &problems);
	assert_null(problems);
	CHECK_INT("the one", c.width, 80);
	CHECK_INT("the other", c.grace_seconds, 80);
	arena_fini(&a);
	free(path);
}

static void own_keys_stand_below_their_name(void **state)
{
	static const struct {
		const char *row, *before, *value, *after;
	} rows[] = {
		{"empty file", "", "reply=z", "keys:\n  reply: z\n"},
		{"behind the rest", "# mine\nwidth: 50", "reply=z like=none",
			"# mine\nwidth: 50\nkeys:\n  reply: z\n  like: none\n"},
		{"one changes", "keys:   # of me\n    reply: z # nearer\n    like: none\n\n# rest\nwidth: 50\n",
			"reply=F11 like=none", "keys:   # of me\n    reply: F11 # nearer\n    like: none\n\n# rest\nwidth:"
			" 50\n"},
		{"one is added", "keys:\n  # near\n  reply: z\n\nwidth: 50\n", "reply=z fetch=Ctrl-G",
			"keys:\n  # near\n  reply: z\n  fetch: Ctrl-G\n\nwidth: 50\n"},
		{"one goes", "keys:\n  reply: z\n  # why\n  like: none\nwidth: 50\n", "like=none",
			"keys:\n  # why\n  like: none\nwidth: 50\n"},
		{"all go", "a: 1\nkeys:\n  reply: z # x\nwidth: 50\n", "", "a: 1\nkeys:\nwidth: 50\n"},
		{"a first one again", "keys:\nwidth: 50\n", "reply=z", "keys:\n  reply: z\nwidth: 50\n"},
		{"signs", "", "reply=# like==", "keys:\n  reply: \"#\"\n  like: \"=\"\n"},
		{"the same", "keys: {reply: z}\n", "reply=z", "keys: {reply: z}\n"},
		{"the same name elsewhere", "reply: 1\nkeys:\n  reply: z\nmine:\n  reply: q\n", "reply=y",
			"reply: 1\nkeys:\n  reply: y\nmine:\n  reply: q\n"},
		{"what is refused stays", "keys:\n  help: H\n  reply: z\n  a b: [c]\n  like: b c\n", "help!=H reply=j",
			"keys:\n  help: H\n  reply: j\n  a b: [c]\n  like: b c\n"},
		{"lines of Windows", "keys:\r\n  reply: z # a\r\n", "reply=j", "keys:\r\n  reply: j # a\r\n"},
	};
	static const char *const refused[] = {"keys: {reply: z}\n", "keys: z\n", "\"keys\":\n  reply: z\n",
		"keys:\n  \"reply\": z\n", "keys:\n  reply: z\nkeys:\n  like: none\n"};
	char *path = path_in("config.yaml");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = {0};
		write_text(path, rows[i].before);
		CHECK_INT(rows[i].row, config_file_set(path, "keys", rows[i].value, &err), true);
		check_text(rows[i].row, path, rows[i].after);
	}
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct error err = {0};
		write_text(path, refused[i]);
		CHECK_INT(refused[i], config_file_set(path, "keys", "reply=j", &err), false);
		check_text(refused[i], path, refused[i]);
	}
	free(path);
}

static void the_sample_changes_nothing_until_a_line_is_uncommented(void **state)
{
	struct sbuf sample = {0};
	struct config c, standard;
	struct arena a = {0};
	const struct config_problem *problems;
	char *path = path_in("config.yaml");
	config_file_sample(&sample);
	for (char *p = sample.p; (p = strstr(p, "\n#")) != NULL; p++)
		if (p[2] != ' ')
			p[1] = ' ';
	write_text(path, sbuf_str(&sample));
	config_init(&c);
	config_init(&standard);
	config_read(path, &c, &a, &problems);
	assert_null(problems);
	for (const struct option *o = options_table; o->name != NULL; o++)
		CHECK_STRING(o->name, config_show(&c, o, &a), config_show(&standard, o, &a));
	sbuf_fini(&sample);
	arena_fini(&a);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_changes_and_the_rest_stays),
		cmocka_unit_test(what_would_break_the_file_is_refused),
		cmocka_unit_test(the_file_is_made_and_a_link_is_followed),
		cmocka_unit_test(what_may_not_be_written_stays_and_is_said),
		cmocka_unit_test(the_permissions_of_the_file_stay),
		cmocka_unit_test(two_that_write_at_once_both_get_what_they_want),
		cmocka_unit_test(own_keys_stand_below_their_name),
		cmocka_unit_test(the_sample_changes_nothing_until_a_line_is_uncommented),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
