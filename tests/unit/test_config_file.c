#include "check.h"

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
	assert_int_equal(symlink(real, link), 0);
	assert_true(config_file_set(link, "width", "50", NULL));
	check_text("link", real, "width: 50\n");
	free(made);
	free(real);
	free(link);
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
		cmocka_unit_test(the_sample_changes_nothing_until_a_line_is_uncommented),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
