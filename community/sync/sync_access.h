#pragma once
#include <stdbool.h>

#include "credentials.h"
#include "error.h"
#include "sbuf.h"
#include "sync_module.h"

/* The key of the member, from the command or the private file. Wipe it with credentials_wipe. */
bool sync_key_read(const struct sync_options *o, struct sbuf *key, struct error *err);
/* The same; while the command runs `wait` is asked whether to stop: ERR_CANCELLED. */
bool sync_key_wait(const struct sync_options *o, const struct key_wait *wait, struct sbuf *key, struct error *err);
/* The path of the private file; yours. */
char *sync_key_path(const struct sync_options *o);
/* Waits for being the only kring that fetches for this store; the descriptor (close it), or -1. */
int sync_lock(const char *dir, int wait_ms, struct error *err);
/* The clock that sync_step goes by: the wall clock, going on even when KRING_NOW fixes it. */
int64_t sync_clock_ms(void);

/* A copy with every text its own. */
struct sync_options *sync_options_copy(const struct sync_options *o);
void sync_options_free(struct sync_options *o);
