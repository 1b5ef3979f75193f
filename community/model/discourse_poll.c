#include "discourse_poll.h"

#include "mem.h"
#include "str.h"

static const char *const types[] = {"regular", "multiple", "number", "ranked_choice"};
static const char *const results[] = {"always", "on_vote", "on_close", "staff_only"};

static int find(const char *word, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (str_equal(word, words[i]))
			return i;
	return 0;
}

enum poll_type poll_type_from(const char *word)
{
	return (enum poll_type)find(word, types, COUNT(types));
}

enum poll_results poll_results_from(const char *word)
{
	return (enum poll_results)find(word, results, COUNT(results));
}

const char *poll_type_word(enum poll_type t)
{
	return types[t];
}

const char *poll_results_word(enum poll_results r)
{
	return results[r];
}

bool poll_counts_shown(const struct poll *p)
{
	for (int i = 0; i < p->option_count; i++)
		if (p->option[i].votes < 0)
			return false;
	return p->results == POLL_ALWAYS || (p->results == POLL_ON_VOTE && p->voted) || !p->open;
}
