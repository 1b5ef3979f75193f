#include "check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "file.h"
#include "mem.h"
#include "option.h"
#include "private_files.h"
#include "quiet.h"
#include "yaml_tree.h"

static char dir[64];

static int set_up(void **state)
{
	strcpy(dir, "/tmp/kring-config-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	setenv("XDG_DATA_HOME", dir, 1);
	return 0;
}

static int tear_down(void **state)
{
	check_clean(dir);
	return 0;
}

static void read_text(const char *text, struct config *c, struct arena *a, const struct config_problem **p)
{
	char *path = xasprintf("%s/config.yaml", dir);
	assert_true(file_write(path, text, strlen(text), NULL));
	config_init(c);
	config_read(path, c, a, p);
	free(path);
}

static void every_option_has_a_standard_that_reads_back(void **state)
{
	struct arena a = {0};
	struct config c, other;
	config_init(&c);
	config_init(&other);
	for (const struct option *o = options_table; o->name != NULL; o++) {
		struct error err;
		const char *value = config_show(&c, o, &a);
		assert_true(config_set(&other, o->name, value, &a, &err));
		CHECK_STRING(o->name, config_show(&other, o, &a), value);
		assert_true(o->says != NULL && o->says[0] != '\0');
	}
	CHECK_INT("width", c.width, 66);
	arena_fini(&a);
}

static void a_broken_line_costs_only_itself(void **state)
{
	static const struct {
		const char *name, *text;
		int line;
		const char *key;
		int width; /* what still holds */
	} rows[] = {
		{"too large", "language: en\nwidth: 300\n", 2, "width", 66},
		{"not a number", "width: breed\n", 1, "width", 66},
		{"unknown setting", "breedte: 50\nwidth: 50\n", 1, "breedte", 50},
		{"unknown choice", "density: vol\nwidth: 50\n", 1, "density", 50},
		{"a list in place of a value", "width: [1, 2]\n", 1, "width", 66},
		{"not YAML", "width: [1, 2\n", 2, "", 66},
		{"not a map", "- width\n", 0, "", 66},
		{"quiet hours that are not hours", "quiet_hours: nachts\nwidth: 50\n", 1, "quiet_hours", 50},
		{"an alias", "width: *x\n", 1, "", 66},
		{"a tab", "\twidth: 50\n", 1, "", 66},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		struct config c;
		const struct config_problem *p;
		read_text(rows[i].text, &c, &a, &p);
		if (p == NULL)
			fail_msg("%s: no problem was said", rows[i].name);
		CHECK_INT(rows[i].name, p->line, rows[i].line);
		CHECK_STRING(rows[i].name, p->key, rows[i].key);
		assert_true(strlen(p->why) > 5);
		CHECK_INT(rows[i].name, c.width, rows[i].width);
		arena_fini(&a);
	}
}

static void own_keys_are_read_one_by_one(void **state)
{
	static const struct {
		const char *text;
		int problem_line; /* 0: there is none */
		const char *keys;
	} rows[] = {
		{"keys:\n  reply: z\n  like: none\n", 0, "reply=z like=none"},
		{"keys:\n", 0, ""},
		{"keys:\n  reply: z\n  reply: j\n", 0, "reply=j"},
		{"keys: {reply: z}\n", 0, "reply=z"},
		{"keys:\n  reply: [a, b]\n  like: j\n", 2, "like=j"},
		{"keys:\n  reply:\n  like: j\n", 2, "like=j"},
		{"width: 50\nkeys: z\n", 2, ""},
		{"keys:\n- reply\n", 2, ""},
		{"keys:\n  \"a\\tb\": z\n  like: j\n", 2, "like=j"},
		{"keys:\n  reply: \"z\\tz\"\n  like: j\n", 2, "like=j"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		struct config c;
		const struct config_problem *p;
		read_text(rows[i].text, &c, &a, &p);
		CHECK_INT(rows[i].text, p == NULL ? 0 : p->line, rows[i].problem_line);
		CHECK_STRING(rows[i].text, config_show(&c, config_option("keys"), &a), rows[i].keys);
		arena_fini(&a);
	}
}

static void own_keys_may_be_any_bytes(void **state)
{
	struct arena a = {0};
	struct config c;
	config_init(&c);
	assert_true(config_set(&c, "keys", "li\xff!=n like=j li\xff=z", &a, NULL));
	CHECK_STRING("each action once", config_show(&c, config_option("keys"), &a), "li\xef\xbf\xbd=z like=j");
	arena_fini(&a);
}

static void a_good_file_has_no_problems(void **state)
{
	struct arena a = {0};
	struct config c;
	const struct config_problem *p;
	read_text("# een opmerking\nlanguage: en\nwidth: 40\nletters: nee\nemoji: characters\n", &c, &a, &p);
	assert_null(p);
	CHECK_STRING("language", c.language, "en");
	CHECK_INT("width", c.width, 40);
	CHECK_INT("letters", c.letters, false);
	CHECK_INT("emoji", c.emoji, EMOJI_CHARACTERS);
	read_text("", &c, &a, &p);
	assert_null(p);
	config_read("/nonexistent/config.yaml", &c, &a, &p);
	assert_null(p);
	arena_fini(&a);
}

static void what_can_be_chosen_is_said_in_words(void **state)
{
	struct arena a = {0};
	struct config c;
	struct error err;
	config_init(&c);
	assert_false(config_set(&c, "density", "vol", &a, &err));
	CHECK_STRING("a choice", err.what, "choose one of: compact, roomy");
	assert_false(config_set(&c, "language", "xx", &a, &err));
	assert_null(strchr(err.what, '|'));
	arena_fini(&a);
}

static void yaml_is_bounded(void **state)
{
	struct arena a = {0};
	struct error err;
	struct sbuf deep = {0};
	sbuf_repeat(&deep, '[', 5000);
	assert_null(yaml_parse("x", deep.p, deep.n, &a, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	sbuf_fini(&deep);
	struct sbuf out = {0};
	yaml_write(&out, "key", "a \"b\" \\ c\n: [ # é");
	const struct yaml *y = yaml_parse("x", out.p, out.n, &a, &err);
	CHECK_STRING("written and read", yaml_text(y, "key"), "a \"b\" \\ c\n: [ # é");
	sbuf_fini(&out);
	arena_fini(&a);
}

static void accounts_are_kept_apart_and_found_again(void **state)
{
	struct arena a = {0};
	struct error err;
	assert_null(account_find("", &a, &err));
	assert_int_equal(err.kind, ERR_AUTH);
	struct account noor = account_make("https://Forum.Example/kring", "Noor", "", &a);
	struct account bo = account_make("https://127.0.0.1:4443", "../../bo", "/tmp/ca.pem", &a);
	CHECK_STRING("sub-folder", noor.name, "forum.example_kring/noor");
	CHECK_STRING("no way out of the folder", bo.name, "127.0.0.1_4443/_.._.._bo");
	assert_true(account_save(&noor, &err));
	assert_true(account_save(&bo, &err));
	const struct account *list;
	assert_int_equal(account_list(&a, &list), 2);
	CHECK_STRING("the last one", account_find("", &a, &err)->username, "../../bo");
	CHECK_STRING("by part of its name", account_find("forum", &a, &err)->url, "https://Forum.Example/kring");
	CHECK_STRING("its authority", account_find("4443", &a, &err)->ca_file, "/tmp/ca.pem");
	assert_true(account_use(account_find("forum", &a, &err), &err));
	CHECK_STRING("the chosen one", account_find("", &a, &err)->username, "Noor");
	assert_null(account_find("elders", &a, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	arena_fini(&a);
}

static void quiet_hours_are_two_times_also_over_midnight(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int minute;
		bool quiet;
	} rows[] = {
		{"", true, 0, false}, {"22:00-08:00", true, 21 * 60 + 59, false}, {"22:00-08:00", true, 22 * 60, true},
		{"22:00-08:00", true, 0, true}, {"22:00-08:00", true, 7 * 60 + 59, true},
			{"22:00-08:00", true, 8 * 60, false},
		{"9.30-17.15", true, 9 * 60 + 30, true}, {"9.30-17.15", true, 17 * 60 + 15, false},
		{"08:00-08:00", true, 8 * 60, false}, {"24:00-08:00", false, 0, false}, {"22:60-08:00", false, 0, false},
		{"22:00", false, 0, false}, {"22:00-08:00 en later", false, 0, false}, {"nachts", false, 0, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct quiet_hours q;
		CHECK_INT(rows[i].text, quiet_parse(rows[i].text, &q), rows[i].good);
		CHECK_INT(rows[i].text, quiet_is(&q, rows[i].minute), rows[i].quiet);
	}
}

static void files_that_others_may_read_are_noticed(void **state)
{
	struct account acc = {.dir = dir};
	struct arena a = {0};
	const char *key = account_path(&acc, "key", &a);
	assert_true(file_write(key, "x", 1, NULL));
	assert_int_equal(chmod(dir, 0700), 0);
	assert_int_equal(chmod(key, 0600), 0);
	assert_int_equal(private_files_check(&acc), PRIVATE_FILES_GOOD);
	assert_null(private_files_says(PRIVATE_FILES_GOOD));
	assert_int_equal(chmod(key, 0640), 0);
	assert_int_equal(private_files_check(&acc), PRIVATE_FILES_OPEN);
	assert_int_equal(chmod(key, 0600), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_int_equal(private_files_check(&acc), PRIVATE_FILES_OPEN);
	assert_int_equal(chmod(dir, 0700), 0);
	assert_true(private_files_says(PRIVATE_FILES_OPEN) != NULL
		&& private_files_advice(PRIVATE_FILES_OTHERS) != NULL);
	unlink(key);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_option_has_a_standard_that_reads_back),
		cmocka_unit_test(a_broken_line_costs_only_itself),
		cmocka_unit_test(own_keys_are_read_one_by_one),
		cmocka_unit_test(own_keys_may_be_any_bytes),
		cmocka_unit_test(a_good_file_has_no_problems),
		cmocka_unit_test(what_can_be_chosen_is_said_in_words),
		cmocka_unit_test(yaml_is_bounded),
		cmocka_unit_test(accounts_are_kept_apart_and_found_again),
		cmocka_unit_test(quiet_hours_are_two_times_also_over_midnight),
		cmocka_unit_test(files_that_others_may_read_are_noticed),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
