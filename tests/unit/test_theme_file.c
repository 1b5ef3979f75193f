#include "check.h"

#include "file.h"
#include "mem.h"
#include "theme.h"
#include "theme_file.h"

static char home[64];
static struct arena mem;
static const struct config_problem *problems, *warnings;

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/kring/themes/%s", home, name);
	assert_true(file_write(path, text, strlen(text), NULL));
	free(path);
}

static int set_up(void **state)
{
	snprintf(home, sizeof home, "/tmp/kring-themes-XXXXXX");
	assert_non_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	char *dir = xasprintf("%s/kring/themes", home);
	assert_true(dir_make_private(dir, NULL));
	free(dir);
	put("avond.yaml", "title: Avond\nbackground: \"#1c1c1c\"\ntext: 250\naccent: \"#87afaf\"\nsoft:"
		" 248\nerror: 174\n");
	put("bleek.yaml", "background: 255\ntext: 250\naccent: 248\nsoft: 249\nerror: 252\n");
	put("fout.yaml", "background: blauw\ntext: 300\naccent: 109\nsoft: 248\n");
	put("kapot.yaml", "background: [\n");
	put("licht.yaml", "background: 255\ntext: 235\naccent: 24\nsoft: 239\nerror: 124\n");
	put("zonder.txt", "background: 255\n");
	theme_files_load(&mem, &problems, &warnings);
	return 0;
}

static int tear_down(void **state)
{
	arena_fini(&mem);
	check_clean(home);
	return 0;
}

static void a_good_theme_has_its_own_colours(void **state)
{
	const struct theme *t = theme_find("avond");
	assert_non_null(t);
	CHECK_STRING("title", theme_title(t), "Avond");
	CHECK_INT("256", theme_look(t, ROLE_TEXT, 256).fg, 250);
	CHECK_INT("256, given as rgb", theme_look(t, ROLE_LINK, 256).fg, 109);
	CHECK_INT("256, background", theme_look(t, ROLE_TEXT, 256).bg, 234);
	CHECK_INT("direct", theme_look(t, ROLE_TEXT, 1 << 24).bg, 0x1C1C1C);
	CHECK_INT("8 colours: those of a calm theme", theme_look(t, ROLE_TEXT, 8).fg,
		theme_look(theme_find("rustig-donker"), ROLE_TEXT, 8).fg);
}

static void a_theme_with_little_contrast_is_used_with_a_warning(void **state)
{
	struct arena a = {0};
	assert_non_null(theme_find("bleek"));
	CHECK_STRING("title", theme_title(theme_find("bleek")), "bleek");
	assert_non_null(warnings);
	assert_non_null(strstr(config_problem_short(warnings, &a), "bleek.yaml"));
	assert_null(warnings->next);
	arena_fini(&a);
}

static void what_cannot_be_used_is_said_with_its_line(void **state)
{
	static const struct {
		const char *file;
		int line;
	} want[] = {{"fout.yaml", 1}, {"fout.yaml", 2}, {"fout.yaml", 0}, {"kapot.yaml", 0}, {"licht.yaml", 0}};
	const struct config_problem *p = problems;
	for (size_t i = 0; i < COUNT(want); i++, p = p->next) {
		assert_non_null(p);
		assert_non_null(strstr(p->file, want[i].file));
		CHECK_INT(want[i].file, p->line, want[i].line);
	}
	assert_null(p);
	assert_null(theme_find("fout"));
	assert_null(theme_find("zonder"));
}

static void kring_themes_keep_their_name(void **state)
{
	CHECK_INT("licht", theme_look(theme_find("licht"), ROLE_TEXT, 256).bg, 231);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_theme_has_its_own_colours),
		cmocka_unit_test(a_theme_with_little_contrast_is_used_with_a_warning),
		cmocka_unit_test(what_cannot_be_used_is_said_with_its_line),
		cmocka_unit_test(kring_themes_keep_their_name),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
