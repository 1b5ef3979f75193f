#include "community.h"

#include "file.h"
#include "catalogues.h"
#include "screens.h"

/* Every screen as a reader sees it, beside this file: golden/NAME-COLSxROWS-LANGUAGE.screen. After a change that is meant,
 * run this with KRING_UPDATE_GOLDEN=1 and look at the difference. */
static const char *golden_dir;

static void compare(struct community *c, const char *screen, const char *language)
{
	struct sbuf got = {0}, want = {0};
	struct error err;
	char *path = xasprintf("%s/%s-%dx%d-%s.screen", golden_dir, screen, c->canvas->cols, c->canvas->rows, language);
	canvas_dump(c->canvas, &got);
	if (getenv("KRING_UPDATE_GOLDEN") != NULL) {
		assert_true(file_write(path, got.p, got.n, &err));
	} else {
		if (!file_read(path, 100000, &want, &err))
			fail_msg("%s: %s", path, err.what);
		if (strcmp(sbuf_str(&got), sbuf_str(&want)) != 0)
			fail_msg("%s differs. Got:\n%s\nWant:\n%s", path, sbuf_str(&got), sbuf_str(&want));
	}
	free(path);
	sbuf_fini(&got);
	sbuf_fini(&want);
}

static void compare_all(int rows, int cols, const char *language)
{
	test_language(language);
	struct community *c = community_new(rows, cols);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		compare(c, screens[i]->name, language);
	}
	community_free(c);
}

static void screens_at_80x24_in_dutch(void **state)
{
	compare_all(24, 80, "nl");
}

static void screens_at_80x24_in_english(void **state)
{
	compare_all(24, 80, "en");
}

static void screens_at_40x15_in_dutch(void **state)
{
	compare_all(15, 40, "nl");
}

int main(int argc, char **argv)
{
	golden_dir = argc > 1 ? argv[1] : "golden";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_at_80x24_in_dutch),
		cmocka_unit_test(screens_at_80x24_in_english),
		cmocka_unit_test(screens_at_40x15_in_dutch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
