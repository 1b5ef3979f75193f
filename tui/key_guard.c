#include "key_guard.h"

bool key_guard_repeats(struct key_guard *g, const struct key *k, int64_t now_ms, int within_ms)
{
	bool again = key_equal(&g->last, k) && now_ms - g->last_ms < within_ms;
	g->last = *k;
	g->last_ms = now_ms;
	return again;
}

void key_guard_ask(struct key_guard *g, const struct key *letter)
{
	g->asked = *letter;
}

bool key_guard_answer(struct key_guard *g, const struct key *k, struct key *letter, bool *cancelled)
{
	bool asked = g->asked.code != KEY_NONE, yes = asked && k->code == KEY_ENTER;
	*letter = g->asked;
	*cancelled = asked && !yes;
	g->asked = (struct key){.code = KEY_NONE};
	return yes;
}
