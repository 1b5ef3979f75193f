#include "check.h"

#include "key_guard.h"
#include "mem.h"

static struct key named(const char *name)
{
	struct key k;
	assert_true(key_parse(name, &k));
	return k;
}

static void the_same_key_at_once_counts_once(void **state)
{
	static const struct {
		const char *name, *first, *second;
		int64_t later_ms;
		int within_ms;
		bool dropped;
	} rows[] = {
		{"the same key at once", "n", "n", 100, 300, true},
		{"the same key at the very end", "n", "n", 299, 300, true},
		{"the same key after it", "n", "n", 300, 300, false},
		{"another key", "n", "N", 100, 300, false},
		{"a named key", "Down", "Down", 100, 300, true},
		{"off", "n", "n", 0, 0, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct key_guard g = {0};
		struct key a = named(rows[i].first), b = named(rows[i].second);
		CHECK_INT(rows[i].name, key_guard_repeats(&g, &a, 1000, rows[i].within_ms), false);
		CHECK_INT(rows[i].name, key_guard_repeats(&g, &b, 1000 + rows[i].later_ms, rows[i].within_ms),
			rows[i].dropped);
	}
}

static void a_key_that_is_held_down_counts_once(void **state)
{
	struct key_guard g = {0};
	struct key down = named("Down");
	int counted = 0;
	for (int ms = 1000; ms < 3000; ms += 30)
		counted += !key_guard_repeats(&g, &down, ms, 300);
	assert_int_equal(counted, 1);
}

static void a_letter_waits_for_enter(void **state)
{
	static const struct {
		const char *name, *answer;
		bool done, cancelled;
	} rows[] = {
		{"Enter does it", "Enter", true, false}, {"Esc does not", "Esc", false, true},
		{"another letter does not", "n", false, true}, {"the letter itself does not", "q", false, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct key_guard g = {0};
		struct key letter = named("q"), answer = named(rows[i].answer), enter = named("Enter"), asked;
		bool cancelled;
		key_guard_ask(&g, &letter);
		CHECK_INT(rows[i].name, key_guard_answer(&g, &answer, &asked, &cancelled), rows[i].done);
		CHECK_INT(rows[i].name, cancelled, rows[i].cancelled);
		if (rows[i].done)
			assert_true(key_equal(&asked, &letter));
		CHECK_INT("asked once", key_guard_answer(&g, &enter, &asked, &cancelled), false);
		assert_false(cancelled);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_key_at_once_counts_once),
		cmocka_unit_test(a_key_that_is_held_down_counts_once),
		cmocka_unit_test(a_letter_waits_for_enter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
