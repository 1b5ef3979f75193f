#pragma once
#include "program.h"

/* Settings and first steps from a screen: they hold at once, and a thread writes them (setting_writer.h). */
bool setting_link_set(void *self, const char *name, const char *value, enum option_change how, struct error *err);
void setting_link_step(void *self, int step);
/* Something else that the same thread writes; the first member of a struct of whoever asks. */
struct setting_task {
	bool (*write)(void *task, struct error *err); /* in the thread */
	/* It is written, or cannot be; frees the task. */
	void (*done)(struct program *p, struct setting_task *task, bool ok, const struct error *why);
	/* The same when the program ends. */
	void (*forget)(struct setting_task *task);
};
void setting_link_do(struct program *p, struct setting_task *task);
/* Says what was written since, or why it could not be: then the value of before holds again. False: nothing new. */
bool setting_link_tell(struct program *p);
/* Waits for what is still to be written, at most so long. */
void setting_link_wait(struct program *p, int most_ms);
/* Waits for all of it and ends the thread. There is no screen any more: what went wrong is said on stderr. */
void setting_link_end(struct program *p);
