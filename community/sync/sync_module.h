#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "change.h"
#include "error.h"
#include "sbuf.h"
#include "sync_report.h"

/* The network half of kring, in a module of its own (kring-sync) so that starting kring does not pay for it.
 * The module exports one symbol, kring_sync_module; the rest of kring sees only this table. All texts that go
 * in are copied. */
enum { SYNC_MODULE_VERSION = 6 };

struct zone;

struct sync_options {
	const char *base_url, *username, *client_id;
	const char *dir; /* of the store; also of the lock and, when key_file is NULL, of the file "key" */
	const char *key_file;
	const char *key_command;  /* "" or NULL: the file */
	const char *ca_file;      /* "" or NULL: the system's certificates */
	int history_months;       /* how far back posts are fetched; 0: the standard, 12 */
	int interval_minutes;     /* between two looks at the server; 0: only when asked */
	/* minutes of the day in `zone` between which it looks only when asked; the same: none */
	int quiet_from, quiet_to;
	const struct zone *zone;
	bool no_limits;           /* for measuring against a server without limits */
	bool offline;             /* the thread writes the store, and leaves the network alone */
	const char *calendar_file; /* kept up to date with my meetings, for other programs; "" or NULL: none */
	int reminder_minutes;     /* in it, before each meeting; 0: none */
};

/* Which meetings go into a calendar for other programs. */
struct calendar_choice {
	int64_t event_id;         /* this one; 0: more */
	bool all;                 /* else those I answered with going or interested */
};

enum sync_intent_kind {
	SYNC_NOW,           /* look at the server now */
	SYNC_FETCH_TOPIC,   /* id: bring this topic up to date, all of it */
	SYNC_READ,          /* id, number: read this topic up to a post; time_ms: how long that took, 0 not known */
	SYNC_UNREAD,        /* id, number: put the reading position back */
	SYNC_PLACE,         /* name, value: remember where the member was */
	/* The outbox; see outbox_store.h. */
	SYNC_DRAFT,         /* change: keep this text */
	SYNC_SEND,          /* change: into the queue, with its due_ms */
	SYNC_UNDO,          /* id */
	SYNC_TRY_AGAIN,     /* id */
	SYNC_KEEP_DRAFT,    /* id */
	SYNC_DROP,          /* id */
	SYNC_SETTLE_DRAFT,  /* id, number: 1 the site's text, 0 ours */
	SYNC_REMINDER,      /* id: of a meeting, number: minutes before it, 0 none */
	SYNC_NOTE,          /* id, number: enum note_kind, value: the text, NULL removes it */
	SYNC_GUIDE,         /* id, time_ms: of a guide_key, name: the part, value: the text, NULL removes it */
	SYNC_NOTICE_READ,   /* id */
	SYNC_AGREE,         /* id: of a category, value: the words the member agrees with, time_ms: when */
};

struct sync_intent {
	enum sync_intent_kind kind;
	int64_t id, time_ms;
	int number;
	const char *name, *value;
	struct change change;
};

enum login_method { LOGIN_BY_DEVICE, LOGIN_BY_PASSWORD, LOGIN_BY_PASTE, LOGIN_BY_KEY };

struct login_request {
	const char *address;      /* as typed */
	const char *ca_file, *client_id;
	enum login_method method; /* LOGIN_BY_DEVICE falls back to paste on a site without device codes */
	const char *username;     /* with a password */
	const char *secret;       /* the password or the key */
};

enum login_stage {
	LOGIN_STAGE_BUSY,
	LOGIN_STAGE_CODE,    /* show code and url */
	LOGIN_STAGE_FACTOR,  /* ask a second-factor code; login_give */
	LOGIN_STAGE_PASTE,   /* show url, ask the text the site shows; login_give */
	LOGIN_STAGE_DONE,
	LOGIN_STAGE_FAILED,
};

struct login_view {
	enum login_stage stage;
	const char *base_url, *site_title;    /* once known, else "" */
	bool moved, again;                    /* again: the last code or text was wrong, `error` says why */
	const char *code, *url, *full_url;
	int64_t expires_ms;                   /* left; -1 not known */
	const char *key, *username, *name;    /* when done */
	struct error error;
};

/* What a report says of the site and the key. */
struct site_check {
	bool reached, readonly;
	bool has_clock;
	int64_t ahead_ms;        /* how far the site's clock is ahead of ours */
	bool has_key, key_good;
	bool may_write;          /* the key has the scope write */
	bool has_settings, events, polls, tagging, directory;
	enum error_kind unanswered; /* ERR_NONE; else why the site did not say all about the key and its settings */
	bool can_create_event;
};

struct sync_thread;
struct login_job;

struct sync_module {
	int version;

	/* One whole round in the calling thread: ends when nothing is left to do, or on the first error that
	 * waiting a little does not mend. `progress` (may be NULL) is called at most once a second and between
	 * requests; true stops. Another kring that is fetching already: waits for it. */
	bool (*run_once)(const struct sync_options *o, bool (*progress)(void *context), void *context,
		struct sync_report *report, struct error *err);

	/* The thread. After each commit it ORs what changed and writes a byte to wake_fd (which should not
	 * block). */
	struct sync_thread *(*start)(const struct sync_options *o, int wake_fd, struct error *err);
	/* STORE_* bits since the last call. */
	unsigned (*changed)(struct sync_thread *t);
	/* Answers the number of this intent: 1, 2... */
	uint64_t (*post)(struct sync_thread *t, const struct sync_intent *i);
	/* The number of the last intent that is in the store. The byte of wake_fd follows it. */
	uint64_t (*written)(struct sync_thread *t);
	/* What was asked with SYNC_NOW or SYNC_FETCH_TOPIC is still being done. */
	bool (*busy)(struct sync_thread *t);
	/* The store cannot be written (full, damaged, not allowed): why, as of the last try. False: it can. */
	bool (*trouble)(struct sync_thread *t, struct error *out);
	/* The calendar file could not be written: why. Told once, until it can be written again. */
	bool (*calendar_trouble)(struct sync_thread *t, struct error *out);
	/* Intents are still written; the network is left at once. Ends t. */
	void (*stop)(struct sync_thread *t);

	/* Logging in, in a thread of its own; wake_fd as above, at each new stage. */
	struct login_job *(*login_start)(const struct login_request *r, int wake_fd, struct error *err);
	/* Texts in the arena. */
	struct login_view (*login_view)(struct login_job *j, struct arena *a);
	void (*login_give)(struct login_job *j, const char *text);
	/* Stops it when it still runs, without waiting for that; every secret is wiped. */
	void (*login_end)(struct login_job *j);
	/* Keeps the key in the private file that sync_options name. */
	bool (*keep_key)(const struct sync_options *o, const char *key, struct error *err);

	/* Tells the site to forget the key, then removes the file (also when the site cannot be reached: then
	 * *err says so and the answer is false). */
	bool (*logout)(const struct sync_options *o, struct error *err);
	/* Meetings of the store as iCalendar; nothing is fetched. */
	bool (*calendar)(const struct sync_options *o, const struct calendar_choice *which, struct sbuf *out,
		struct error *err);
	/* Asks the site a few questions. False: it was not reached, *err says why. */
	bool (*check)(const struct sync_options *o, struct site_check *out, struct error *err);
};

extern const struct sync_module kring_sync_module __attribute__((visibility("default")));
