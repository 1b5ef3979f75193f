#include "store_fixture.h"

#include "agreement_store.h"

enum { Circle = 9, OtherCircle = 10 };

static const char words[] = "Wat we bespreken, blijft in de groep.", other_words[] = "Wat we zeggen, blijft hier.";

static void put(struct fixture *f, int64_t category_id, const char *text, int64_t ms)
{
	assert_true(store_begin(f->w, &f->err));
	assert_true(agreement_store_put(f->w, category_id, text, ms, &f->err));
	unsigned bits = 0;
	assert_true(store_commit(f->w, &bits, &f->err));
	CHECK_INT("screens are told", bits & STORE_NOTES, STORE_NOTES);
}

static void an_agreement_is_of_one_circle_and_of_its_words(void **state)
{
	struct fixture *f = fixture_new();
	CHECK_INT("nothing yet", agreement_store_when(f->r, Circle, words), 0);
	put(f, Circle, words, 1000);
	CHECK_INT("agreed", agreement_store_when(f->r, Circle, words), 1000);
	CHECK_INT("other words", agreement_store_when(f->r, Circle, other_words), 0);
	CHECK_INT("another circle", agreement_store_when(f->r, OtherCircle, words), 0);
	fixture_free(f);
}

static void the_last_words_are_kept_with_their_time(void **state)
{
	struct fixture *f = fixture_new();
	int64_t ms = 5;
	assert_null(agreement_store_last(f->r, Circle, &ms, &f->a));
	CHECK_INT("never", ms, 0);
	put(f, Circle, other_words, 2000);
	put(f, Circle, words, 1000);
	CHECK_STRING("the newest", agreement_store_last(f->r, Circle, &ms, &f->a), other_words);
	CHECK_INT("its time", ms, 2000);
	put(f, Circle, words, 3000);
	CHECK_STRING("again", agreement_store_last(f->r, Circle, &ms, &f->a), words);
	CHECK_INT("the earlier one stays", agreement_store_when(f->r, Circle, other_words), 2000);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agreement_is_of_one_circle_and_of_its_words),
		cmocka_unit_test(the_last_words_are_kept_with_their_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
