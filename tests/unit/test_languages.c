#include "check.h"

#include <sys/stat.h>

#include "file.h"
#include "languages.h"
#include "mem.h"

static char dir[64];

static int set_up(void **state)
{
	snprintf(dir, sizeof dir, "/tmp/kring-languages-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static int tear_down(void **state)
{
	check_clean(dir);
	return 0;
}

static void put(const char *code, const void *text, size_t n)
{
	char *folder = xasprintf("%s/%s/LC_MESSAGES", dir, code), *path = xasprintf("%s/kring.mo", folder);
	assert_true(dir_make_private(folder, NULL));
	assert_true(file_write(path, text, n, NULL));
	free(folder);
	free(path);
}

static void read_dutch(struct sbuf *out)
{
	char *path = xasprintf("%s/nl/LC_MESSAGES/kring.mo", getenv("KRING_PO_DIR"));
	assert_true(file_read(path, 1 << 22, out, NULL));
	free(path);
}

static void each_says_its_own_name(void **state)
{
	struct sbuf nl = {0};
	read_dutch(&nl);
	languages_in(dir);
	CHECK_INT("none", language_count(), 1);
	put("nl", nl.p, nl.n);
	put("aa", "no catalogue", 12);
	put("..", "", 0);
	put("1", nl.p, nl.n);
	languages_in(dir);
	CHECK_INT("how many", language_count(), 2);
	CHECK_STRING("first", language_code(0), "en");
	CHECK_STRING("first", language_title(0), "English");
	CHECK_STRING("second", language_code(1), "nl");
	CHECK_STRING("second", language_title(1), "Nederlands");
	CHECK_STRING("second", language_says(1), "kring is in het Nederlands.");
	sbuf_fini(&nl);
}

static void what_the_computer_says_finds_its_language(void **state)
{
	static const struct {
		const char *locale, *code;
	} rows[] = {
		{"nl_BE.UTF-8", "nl"}, {"nl", "nl"}, {"nl@euro", "nl"}, {"pt_BR.UTF-8", "pt_BR"}, {"pt_PT", NULL},
			{"en_GB", "en"},
		{"C", NULL}, {"", NULL}, {"../../etc", NULL}, {"xx_XX_a_very_long_name_that_is_none", NULL},
	};
	struct sbuf nl = {0};
	read_dutch(&nl);
	put("nl", nl.p, nl.n);
	put("pt_BR", nl.p, nl.n);
	languages_in(dir);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_STRING(rows[i].locale, language_for(rows[i].locale), rows[i].code);
	sbuf_fini(&nl);
}

/* A catalogue that was cut off or changed costs only its name. */
static void a_broken_catalogue_is_shown_by_its_code(void **state)
{
	struct sbuf nl = {0};
	read_dutch(&nl);
	for (size_t n = 0; n < 28 + 8 * 200; n += n < 64 ? 1 : 37) {
		put("zz", nl.p, n);
		languages_in(dir);
		int last = language_count() - 1;
		if (strcmp(language_code(last), "zz") == 0)
			CHECK_STRING("cut off", language_title(last), "zz");
	}
	for (size_t at = 8; at < 28; at++) {
		char *changed = xmalloc(nl.n);
		memcpy(changed, nl.p, nl.n);
		changed[at] = (char)(changed[at] ^ 0xA5);
		put("zz", changed, nl.n);
		languages_in(dir);
		assert_true(language_title(language_count() - 1)[0] != '\0');
		free(changed);
	}
	sbuf_fini(&nl);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_says_its_own_name),
		cmocka_unit_test(what_the_computer_says_finds_its_language),
		cmocka_unit_test(a_broken_catalogue_is_shown_by_its_code),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
