#include "check.h"

#include "list.h"
#include "mem.h"
#include "pager.h"

static const struct {
	char letter;
	enum key_code code;
} letters[] = {
	{'u', KEY_UP}, {'d', KEY_DOWN}, {'U', KEY_PAGE_UP}, {'D', KEY_PAGE_DOWN}, {'h', KEY_HOME}, {'e', KEY_END},
};

static struct key key_of(char letter)
{
	for (size_t i = 0; i < COUNT(letters); i++)
		if (letters[i].letter == letter)
			return (struct key){.code = letters[i].code};
	return (struct key){0};
}

static void keys_move_the_selection(void **state)
{
	static const struct {
		const char *name, *keys;
		int count, rows, cursor, top;
	} rows[] = {
		{"start", "", 30, 10, 0, 0},
		{"down", "dd", 30, 10, 2, 0},
		{"up at the top", "u", 30, 10, 0, 0},
		{"to the last row of the page", "ddddddddd", 30, 10, 9, 0},
		{"past it a page turns, two stay", "dddddddddd", 30, 10, 10, 8},
		{"page down", "D", 30, 10, 10, 8},
		{"page down and back", "DU", 30, 10, 7, 0},
		{"end", "e", 30, 10, 29, 20},
		{"end and home", "eh", 30, 10, 0, 0},
		{"page down at the end", "DDDDDDDD", 30, 10, 29, 24},
		{"short list", "D", 3, 10, 2, 0},
		{"empty list", "dDeu", 0, 10, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct list l = {0};
		list_resize(&l, rows[i].rows, 1, false);
		list_set(&l, rows[i].count);
		for (const char *k = rows[i].keys; *k != '\0'; k++) {
			struct key key = key_of(*k);
			assert_true(list_key(&l, &key));
		}
		CHECK_INT(rows[i].name, l.cursor, rows[i].cursor);
		CHECK_INT(rows[i].name, l.top, rows[i].top);
	}
}

static void other_keys_are_left_to_the_screen(void **state)
{
	struct list l = {.count = 3, .rows = 5};
	struct key enter = {.code = KEY_ENTER}, letter = {.code = KEY_TEXT, .text = "q"};
	assert_false(list_key(&l, &enter));
	assert_false(list_key(&l, &letter));
}

static void rows_follow_the_density(void **state)
{
	struct list l = {0};
	list_resize(&l, 10, 2, true);
	list_set(&l, 9);
	CHECK_INT("items on a roomy page", list_page(&l), 3);
	CHECK_INT("second item", list_row(&l, 1), 3);
	CHECK_INT("fourth item", list_row(&l, 3), -1);
	list_resize(&l, 20, 1, false);
	CHECK_INT("items on a compact page", list_page(&l), 20);
}

static void a_reload_keeps_the_item_and_its_row(void **state)
{
	struct list l = {0};
	list_resize(&l, 10, 1, false);
	list_set(&l, 30);
	list_go(&l, 5);
	list_reload(&l, 33, 8);
	CHECK_INT("three new above: same item", l.cursor, 8);
	CHECK_INT("three new above: same row", list_row(&l, 8), 5);
	list_reload(&l, 32, -1);
	CHECK_INT("the item is gone: the next one", l.cursor, 8);
	list_reload(&l, 2, -1);
	CHECK_INT("all gone but two", l.cursor, 1);
	list_resize(&l, 4, 1, false);
	CHECK_INT("a smaller screen keeps it in view", list_row(&l, l.cursor) >= 0, 1);
}

static void a_text_turns_by_pages(void **state)
{
	static const struct {
		const char *name, *keys;
		int count, cursor, top;
	} rows[] = {
		{"start", "", 50, 0, 0},
		{"down moves the focus only", "ddd", 50, 3, 0},
		{"page down: focus on the first new line", "D", 50, 20, 18},
		{"twice", "DD", 50, 38, 30},
		{"back up", "DU", 50, 17, 0},
		{"end", "e", 50, 49, 30},
		{"short text", "D", 4, 3, 0},
		{"empty", "dDue", 0, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct pager p = {0};
		pager_resize(&p, 20);
		pager_set(&p, rows[i].count);
		for (const char *k = rows[i].keys; *k != '\0'; k++) {
			struct key key = key_of(*k);
			assert_true(pager_key(&p, &key));
		}
		CHECK_INT(rows[i].name, p.cursor, rows[i].cursor);
		CHECK_INT(rows[i].name, p.top, rows[i].top);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_move_the_selection),
		cmocka_unit_test(other_keys_are_left_to_the_screen),
		cmocka_unit_test(rows_follow_the_density),
		cmocka_unit_test(a_reload_keeps_the_item_and_its_row),
		cmocka_unit_test(a_text_turns_by_pages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
