#pragma once
#include <stdbool.h>

#include "error.h"
#include "option.h"

/* A thread of its own that writes the member's file of settings, how far the first questions came and a new
 * account, so that a slow disk stops nobody. It needs no account. What is given is written in that order; the
 * thread begins with the first. */
struct setting_writer;

/* What was written, or could not be. */
struct setting_result {
	const struct option *option; /* NULL: something else */
	void *data;                  /* of setting_writer_do */
	enum option_change how;
	const char *value;           /* NULL: the standard */
	bool ok, last;               /* last: nothing else is still to be written */
	bool newer;                  /* the same setting is still to be written once more */
	struct error err;
};

/* A byte comes to wake_fd when there is a result. */
struct setting_writer *setting_writer_new(int wake_fd);
/* value NULL: its line is taken out of the file. */
void setting_writer_set(struct setting_writer *w, const struct option *o, const char *value,
	enum option_change how);
void setting_writer_step(struct setting_writer *w, int step);
/* Something else that is written in its turn, by `write` in the thread. */
void setting_writer_do(struct setting_writer *w, bool (*write)(void *data, struct error *err), void *data);
/* The oldest result that was not taken yet, its value in the arena; false: there is none. */
bool setting_writer_result(struct setting_writer *w, struct setting_result *out, struct arena *a);
/* Until all is written, at most so long. */
void setting_writer_wait(struct setting_writer *w, int most_ms);
/* Until all is written, however long that takes; the thread ends. Results can still be taken. */
void setting_writer_end(struct setting_writer *w);
void setting_writer_free(struct setting_writer *w);
