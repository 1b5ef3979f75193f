#include "rules.h"

#include "charset.h"
#include "emoji.h"

/* A topic, a member and a notice with every kind of sign in them. */
static void put_signs(struct community *c)
{
	static const char signs[] = "“Zoë” – € 5… 🙂 王芳 Олена";
	struct error err;
	struct topic t = {.id = 950, .category_id = 1, .title = signs, .slug = "x", .posts_count = 1,
		.highest_post_number = 1,
		.created_ms = now_ms, .last_posted_ms = now_ms, .bumped_ms = now_ms, .visible = true, .author = "lid02",
		.last_poster = "lid02", .notification_level = 1};
	struct member m = {.id = 950, .username = "aaa", .name = signs, .complete = true};
	struct notice n = {.id = 950, .topic_id = 2, .created_ms = now_ms, .type = 1, .post_number = 1, .title = signs,
		.username = "lid03"};
	assert_true(store_begin(c->writer, &err));
	assert_true(topic_store_put(c->writer, &t, &err));
	assert_true(member_store_put(c->writer, &m, &err));
	assert_true(notice_store_put(c->writer, &n, &err));
	assert_true(store_commit(c->writer, NULL, &err));
}

static void check_plain(struct community *c, const struct screen_ops *ops)
{
	for (int row = 0; row < c->canvas->rows; row++)
		for (int col = 0; col < c->canvas->cols; col++) {
			const struct cell *cell = canvas_cell(c->canvas, row, col);
			bool plain = cell->width == 1 && (unsigned char)cell->text[0] < 0x7F && cell->text[1] == '\0';
			if (!plain)
				print_error("%s: row %d has \"%s\"\n", ops->name, row + 1, cell->text);
			assert_true(plain);
		}
	check_marker(c, ops);
}

static void SR3_plain_letters_on_every_screen(void **state)
{
	struct community *c = community_new(24, 80);
	put_signs(c);
	charset_use(true, emoji_word);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t size = 0; size < COUNT(sizes); size++) {
			community_resize(c, sizes[size].rows, sizes[size].cols);
			on_every_screen_of(c, check_plain);
		}
	}
	charset_use(false, NULL);
	community_free(c);
}

static void SR3_signs_become_words_in_their_place(void **state)
{
	struct community *c = community_new(24, 120);
	test_language("nl");
	put_signs(c);
	charset_use(true, emoji_word);
	community_open(c, "topics");
	community_draw(c);
	char *text = shown(c);
	assert_non_null(strstr(text, "\"Zoe\" - EUR 5... :slight_smile: [?][?] Olena"));
	free(text);
	charset_use(false, NULL);
	community_resize(c, 24, 120);
	community_draw(c);
	text = shown(c);
	assert_non_null(strstr(text, "“Zoë” – € 5… 🙂 王芳 Олена"));
	free(text);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(SR3_plain_letters_on_every_screen),
		cmocka_unit_test(SR3_signs_become_words_in_their_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
