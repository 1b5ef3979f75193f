#pragma once
#include <stdbool.h>

#include "account.h"
#include "error.h"
#include "login_port.h"
#include "option.h"
#include "sync_module.h"

/* The network half: loaded when it is first needed, so that the first screen does not wait for it. */

/* NULL when the module is not there or is of another version. */
const struct sync_module *network_module(struct error *err);
/* What the module has to know of an account. */
struct sync_options network_options(const struct account *acc, const struct config *c);

/* A thread that keeps one account up to date, and the pipe that wakes the loop. */
struct network {
	const struct sync_module *module;
	struct sync_thread *thread;
	int wake_read, wake_write;
};
/* Makes the pipe; the thread comes with network_start. */
bool network_init(struct network *n, struct error *err);
/* Offline it only writes the store. */
bool network_start(struct network *n, const struct account *acc, const struct config *c, bool offline,
	struct error *err);
void network_stop(struct network *n);
void network_fini(struct network *n);
/* Reads the pipe empty and returns what changed (STORE_*). */
unsigned network_changed(struct network *n);
/* Answers its number, 0 without a thread: then nothing is done. */
uint64_t network_post(struct network *n, const struct sync_intent *i);
/* The number of the last intent that is in the store. */
uint64_t network_written(const struct network *n);
/* Waits until this intent is in the store or cannot be written, at most so long. Answers what changed meanwhile
 * (STORE_*). */
unsigned network_wait(struct network *n, uint64_t number, int most_ms);
bool network_busy(const struct network *n);
/* The thread cannot write the store: why. False without a thread. */
bool network_trouble(const struct network *n, struct error *why);
/* The calendar file could not be written: why, told once. */
bool network_calendar_trouble(const struct network *n, struct error *why);
