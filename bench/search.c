/* How long a search takes inside the store: search ACCOUNT-FOLDER [all]. The words come from the titles that
 * are there; with "all" each question is shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "search_store.h"
#include "store.h"
#include "topic_store.h"

enum { Queries = 20, Times = 5, Shown = 50, WordBytes = 100 };

static const char *const frequent[] = {"the", "de", "a"};
enum { Frequent = sizeof frequent / sizeof frequent[0] };

static void longest_word(const char *title, char out[WordBytes])
{
	size_t best = 0;
	out[0] = '\0';
	for (const char *s = title; *s != '\0'; s += strspn(s, " ")) {
		size_t n = strcspn(s, " ");
		if (n > best && n < WordBytes) {
			best = n;
			snprintf(out, WordBytes, "%.*s", (int)n, s);
		}
		s += n;
	}
}

/* Frequent words first; then whole words, beginnings of words and pairs of words in turn. */
static void make_query(struct store *s, int i, int64_t topics, char out[2 * WordBytes], struct arena *a)
{
	char word[2][WordBytes];
	for (int k = 0; k < 2; k++) {
		struct topic_rows list = topic_store_list(s, &(struct topic_filter){0},
			(topics - 1) * (i + k) / (Queries + 1), 1, a);
		longest_word(list.count > 0 ? list.row[0].title : "", word[k]);
	}
	if (i < Frequent)
		snprintf(out, 2 * WordBytes, "%s", frequent[i]);
	else if (i % 3 == 0)
		snprintf(out, 2 * WordBytes, "%s", word[0]);
	else if (i % 3 == 1)
		snprintf(out, 2 * WordBytes, "%.3s", word[0]);
	else
		snprintf(out, 2 * WordBytes, "%s %s", word[0], word[1]);
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct error err;
	struct arena a = {0};
	int64_t us[Queries * Times];
	struct store *s = argc < 2 ? NULL : store_open(argv[1], STORE_READ, &err);
	if (s == NULL) {
		fprintf(stderr, "search: %s\n", argc < 2 ? "which folder?" : err.what);
		return 1;
	}
	int64_t topics = topic_store_count(s, &(struct topic_filter){0});
	for (int i = 0; i < Queries * Times; i++) {
		char query[2 * WordBytes];
		make_query(s, i % Queries, topics, query, &a);
		int64_t from = counters_now_us();
		struct search_rows found = search_store_list(s, query, SEARCH_ALL, 0, Shown, &a);
		us[i] = counters_now_us() - from;
		if (argc > 2)
			fprintf(stderr, "%8.2f ms %4d  %s\n", (double)us[i] / 1000, found.count, query);
		arena_reset(&a);
	}
	qsort(us, Queries * Times, sizeof us[0], by_size);
	printf("search_p50 %.2f\nsearch_p95 %.2f\nsearch_worst %.2f\n", (double)us[Queries * Times / 2] / 1000,
		(double)us[Queries * Times * 95 / 100] / 1000, (double)us[Queries * Times - 1] / 1000);
	store_close(s);
	arena_fini(&a);
	return 0;
}
