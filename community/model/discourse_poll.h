#pragma once
#include <stdbool.h>
#include <stdint.h>

enum poll_type { POLL_REGULAR, POLL_MULTIPLE, POLL_NUMBER, POLL_RANKED };
enum poll_results { POLL_ALWAYS, POLL_ON_VOTE, POLL_ON_CLOSE, POLL_STAFF_ONLY };

struct poll_option {
	const char *id, *html;
	int votes;   /* -1: not shown to us */
	bool chosen; /* by the member */
};

struct poll {
	const char *name, *title;
	/* only their members vote, joined with ","; NULL or "": everybody; known on the server only */
	const char *groups;
	enum poll_type type;
	enum poll_results results;
	bool open, public_votes, voted;
	int min, max, step, voters;
	int64_t close_ms; /* 0: no date */
	const struct poll_option *option;
	int option_count;
};

enum poll_type poll_type_from(const char *word);
enum poll_results poll_results_from(const char *word);
const char *poll_type_word(enum poll_type t);
const char *poll_results_word(enum poll_results r);
/* May the member see the counts now? */
bool poll_counts_shown(const struct poll *p);
