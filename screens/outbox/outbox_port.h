#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "change.h"

/* The way from the screens to the outbox, which another thread writes. Each call is kept in order; its effect
 * is in the store soon after, and the screen is then drawn once more. All may be NULL in tests. */
struct outbox_port {
	void (*save)(void *self, const struct change *c);   /* keep it as a draft */
	void (*send)(void *self, const struct change *c);   /* into the queue, to go at c->due_ms */
	void (*wait)(void *self); /* for a moment at most, until all that was given is in the store */
	void (*undo)(void *self, int64_t id);
	void (*try_again)(void *self, int64_t id);
	void (*keep_draft)(void *self, int64_t id);
	void (*drop)(void *self, int64_t id);
	void (*settle)(void *self, int64_t id, bool theirs);
	void (*remind)(void *self, int64_t event_id, int minutes); /* 0: no reminder */
	void (*note)(void *self, int kind, int64_t id, const char *text); /* kind: enum note_kind */
	/* With a circle's words; when_ms 0: not any more. */
	void (*agree)(void *self, int64_t category_id, const char *text, int64_t when_ms);
	/* What the member keeps of a meeting; event_id and starts_ms: of a guide_key. */
	void (*guide)(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text);
};
