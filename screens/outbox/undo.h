#pragma once
#include <stdbool.h>
#include <stdint.h>

/* What the member did in this session and can undo with one key, newest last. Zeroed is empty. */
enum { UNDO_STEPS = 64, UNDO_SAYS = 200, UNDO_VALUE = 2000 };

/* What stays on this computer: a note, an answer about a meeting, an agreement. */
enum undo_what { UNDO_SENT, UNDO_NOTE, UNDO_GUIDE, UNDO_AGREED };

struct undo_own {
	enum undo_what what;
	int64_t id, starts_ms;  /* of the member or post, of the meeting, of the circle */
	int kind;               /* of a note */
	char part[64];          /* of the meeting */
	unsigned visit;         /* of the screen: what is typed in one is undone in one step */
};

struct undo_step {
	int64_t id;             /* of the change in the outbox; 0: it was a setting or a reminder */
	int64_t event_id;       /* of a reminder; 0: it was none */
	int minutes;            /* what the reminder was */
	struct undo_own own;    /* UNDO_SENT: it was none of these */
	const char *setting;    /* its name in the option table */
	char value[UNDO_VALUE];  /* what it was */
	char says[UNDO_SAYS];   /* what it was, for "Undone: ..." */
};

struct undo {
	struct undo_step step[UNDO_STEPS];
	int count;
};

/* The oldest one is forgotten when there are too many. */
void undo_add(struct undo *u, int64_t id, const char *says);
/* A setting that had another value before. `name` stays the option table's. */
void undo_add_setting(struct undo *u, const char *name, const char *before, const char *says);
/* A reminder of a meeting that was set otherwise before. */
void undo_add_reminder(struct undo *u, int64_t event_id, int minutes, const char *says);
/* `before`: what was kept there; a text that is too long for a step cannot be undone with the key. */
void undo_add_own(struct undo *u, const struct undo_own *own, const char *before, const char *says);
/* Takes the newest one out; false when there is none. */
bool undo_take(struct undo *u, struct undo_step *out);
/* The setting has this value again by itself: undoing it once more would do nothing. */
void undo_forget_setting(struct undo *u, const char *name, const char *value);
/* It was undone in another way, or is gone. */
void undo_forget(struct undo *u, int64_t id);
