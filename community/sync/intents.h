#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "store.h"
#include "sync_module.h"

/* What the screens ask of the sync thread, in order. */
struct intent {
	struct sync_intent what; /* every text its own */
	uint64_t number;
	struct intent *next;
};

struct intent *intent_new(const struct sync_intent *i, uint64_t number);
void intent_free(struct intent *i);
/* Into the store, as one transaction; *bits as in store_commit. */
bool intent_store(struct store *s, const struct sync_intent *i, unsigned *bits, struct error *err);
/* Takes out drafts that a later one of the same text makes needless. */
void intents_shorten(struct intent **first);
