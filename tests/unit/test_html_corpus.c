/* Real posts: every one renders, clean and within the width. */
#include "check.h"

#include <cjson/cJSON.h>
#include <dirent.h>

#include "html.h"
#include "mem.h"
#include "utf8.h"
#include "width.h"

static long posts;

static void check_line(const char *text, size_t n, int width)
{
	if (!utf8_valid(text, n))
		fail_msg("not UTF-8: %s", text);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F ||
			(text[i] == '\xC2' && (unsigned char)text[i + 1] < 0xA0))
			fail_msg("a control character in: %s", text);
	if (width_cols_n(text, n) > width)
		fail_msg("%d columns in a width of %d: %s", width_cols_n(text, n), width, text);
}

static void check_post(const char *cooked, int width)
{
	static struct arena a;
	struct html_options opt = {.width = width, .base_url = "https://kring.example", .zone = zone_utc()};
	struct styled s = {0};
	struct sbuf line = {0};
	arena_reset(&a);
	html_render(cooked, &opt, &a, &s);
	for (size_t i = 0; i < s.count; i++) {
		sbuf_reset(&line);
		styled_line_text(&s.line[i], &line);
		check_line(sbuf_str(&line), line.n, width);
	}
	sbuf_fini(&line);
}

/* All strings called cooked, excerpt or bio_cooked, however deep. */
static void check_json(const cJSON *j)
{
	static const int widths[] = {66, 40, 80};
	for (; j != NULL; j = j->next) {
		bool html = cJSON_IsString(j) && j->string != NULL &&
			(strstr(j->string, "cooked") != NULL || strcmp(j->string, "excerpt") == 0);
		if (html) {
			for (size_t i = 0; i < COUNT(widths); i++)
				check_post(j->valuestring, widths[i]);
			posts++;
		}
		check_json(j->child);
	}
}

static void check_text(const char *text)
{
	cJSON *j = cJSON_Parse(text);
	check_json(j);
	cJSON_Delete(j);
}

static void every_post_of_a_real_forum(void **state)
{
	struct sbuf command = {0};
	char *line = NULL;
	size_t cap = 0;
	sbuf_addf(&command, "xz -dc '%s/corpus/forum-2019-2021.jsonl.xz'", check_data());
	FILE *in = popen(command.p, "r");
	assert_non_null(in);
	posts = 0;
	while (getline(&line, &cap, in) > 0)
		check_text(line);
	CHECK_INT("the reader ended well", pclose(in), 0);
	CHECK_INT("all posts were there", posts > 39000, 1);
	free(line);
	sbuf_fini(&command);
}

static void check_file(const char *path)
{
	struct sbuf text = {0};
	char piece[65536];
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;)
		sbuf_addn(&text, piece, n);
	fclose(in);
	check_text(sbuf_str(&text));
	sbuf_fini(&text);
}

static void every_post_of_the_recorded_answers(void **state)
{
	struct sbuf path = {0};
	sbuf_addf(&path, "%s/discourse/fixtures/", check_data());
	size_t folder = path.n;
	DIR *dir = opendir(path.p);
	assert_non_null(dir);
	posts = 0;
	for (struct dirent *e; (e = readdir(dir)) != NULL;) {
		if (strstr(e->d_name, ".json") == NULL)
			continue;
		sbuf_truncate(&path, folder);
		sbuf_add(&path, e->d_name);
		check_file(path.p);
	}
	closedir(dir);
	CHECK_INT("there were some", posts > 20, 1);
	sbuf_fini(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_post_of_a_real_forum),
		cmocka_unit_test(every_post_of_the_recorded_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
