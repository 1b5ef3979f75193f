#pragma once
#include "answer.h"
#include "api.h"
#include "arena.h"
#include "endpoints.h"
#include "limits.h"
#include "site.h"
#include "store.h"
#include "sync.h"
#include "sync_store.h"

/* One kind of question, asked again and again until it has nothing left to ask. Rounds know nothing of each
 * other: what one finds out for another is a cursor in the store. */
struct round {
	const char *phase;
	int turn;         /* lower ones go first; within the same one they alternate */
	bool spare;       /* there is another way: bad answers count as a refusal */
	bool background;  /* goes on when everything else is done, slowly */
	bool (*wanted)(struct sync *s);
	/* Before the request goes out, in a transaction of its own: when that fails nothing is sent. It may find
	 * that there is nothing to ask after all. May be NULL. */
	bool (*prepare)(struct sync *s, struct error *err);
	struct request (*ask)(struct sync *s);
	/* Inside a transaction. The answer's texts go into s->arena. */
	bool (*take)(struct sync *s, const struct answer *a, struct error *err);
	/* The site answered "no" or "not found": true when that is settled. In a transaction. NULL: it never is.
	 */
	bool (*refused)(struct sync *s, const struct error *why, struct error *err);
	/* The answer was bad a few times, or the server went wrong over it: the others of this round go on without this
	 * question for some time. In a transaction. NULL: the round waits for the next look. */
	bool (*set_aside)(struct sync *s, struct error *err);
	/* For rounds of which each question stands alone: it went wrong, in whichever way. In a transaction; the
	 * answer may be empty. *alone: that is settled and the others go on; else it is trouble with the site, as
	 * for any round. */
	bool (*failed)(
		struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err);
};

extern const struct round *const rounds[];
extern const int round_count;
enum { MAX_ROUNDS = 32 };

struct sync {
	struct store *store;
	struct api api;
	struct limits limits;
	char *base_url, *key, *client_id;
	int history_months, interval_s;

	enum sync_state state;
	int round;                     /* whose answer is under way */
	struct exchange *exchange;
	struct arena arena;            /* of one answer */
	int64_t now_ms, wait_until_ms, next_look_ms, background_ms;
	bool look, first_look;         /* a look at the bus is due; the first one asks about more topics */
	bool stale;                    /* what is a day old may be asked again */
	bool looked;                   /* a look was asked since it rested */
	bool quiet;                    /* no looks of its own */
	bool recover;                  /* rows that nobody sends may be left from before */
	bool check_key;                /* something was forbidden: is the key still good? */
	bool key_good;                 /* the session was answered since the last look */
	int steps[MAX_ROUNDS];
	bool skipped[MAX_ROUNDS];      /* did not work this time */
	int bad_answers[MAX_ROUNDS];
	int failures;
	struct error error, why_skipped;
	unsigned changed;
	struct sync_report report;

	/* What was asked, until the answer is there. */
	int64_t asked_topic;
	int64_t asked_id[ENDPOINT_POSTS_AT_ONCE];
	int asked_count;
	bool asked_messages;           /* of the two feeds */
	int64_t *new_topic;            /* asked on the bus for the first time */
	int new_topics;
	int64_t posts_expected;        /* by the counts of the topics; 0: not counted yet */
	int64_t asked_rotation;        /* where the older topics go on that take turns */
	int64_t asked_change;          /* row of the outbox */
	int64_t asked_notice;
	bool nothing_to_ask;
	struct search {                /* for a change of which no answer came; see round_reconcile.c */
		int64_t id, at;
		int stage, candidates, pages;
		int64_t topic_id[5];
	} search;
	int64_t writes_from_ms;        /* the site takes no changes before */
	/* not told or asked before; 0: nothing was found yet */
	int64_t reading_from_ms, drafts_from_ms, notices_from_ms;
	int asked_number;              /* read up to here, of asked_topic */
	int64_t stale_draft;           /* its sequence is not the site's */
	int64_t foreign_draft;         /* its key holds something that is no draft of ours */
	char *exact_original;          /* the text of the site, with signs that are not kept here, that... */
	int64_t exact_change;          /* ...this edit comes after */
	char *given_body;              /* of the draft that is being given to the site */
	int64_t clock_ahead_ms;        /* of the site, before ours */
	bool clock_known;
};

/* Cursors by name; trouble is found at the commit. */
int64_t sync_get(struct sync *s, const char *name);
bool sync_set(struct sync *s, const char *name, int64_t value, struct error *err);
/* Asks for a walk through a list, from its top. When one is under way (its cursor `at` is not 0) another
 * follows it. */
bool sync_todo(struct sync *s, const char *todo, const char *at, struct error *err);
bool sync_done(struct sync *s, const char *todo, struct error *err);
/* Posts that are older are not fetched. */
int64_t sync_horizon_ms(const struct sync *s);
/* Is more of the past wanted than from this moment on? A day does not count. */
bool sync_reaches_back(const struct sync *s, int64_t from_ms);
/* The member chose a longer period, and posts of it are still to be fetched. */
bool sync_wants_older(struct sync *s);
/* One question in the background was asked: the next one waits. */
void sync_pace_background(struct sync *s);
const struct session *sync_session(struct sync *s);
bool sync_bus_works(struct sync *s);
/* Everything is to be asked again, as at the first time, but only for what is new. */
bool sync_want_all(struct sync *s, struct error *err);

struct outbox_row;
/* What is to be sent or found out now; NULL when there is nothing. In s->arena. */
const struct outbox_row *sync_next_change(struct sync *s);
/* When that may be; INT64_MAX when nothing waits. */
int64_t sync_next_change_ms(struct sync *s);
/* Brings what needs no request to an end, and finds what was left from before. In a transaction. */
bool sync_settle_changes(struct sync *s, struct error *err);
/* It has an interval, and the member did not ask for quiet. */
bool sync_looks_by_itself(const struct sync *s);
/* Nothing but what the member sends goes out between looks that were asked for. */
bool sync_is_left_alone(const struct sync *s);
/* A transaction that must not fail; trouble with the disk stops the fetching. */
bool sync_in_transaction(struct sync *s, bool (*work)(struct sync *s, struct error *err));
void sync_remember_limits(struct sync *s);
/* What s->error asks for: to wait, to go on without this question, or to stop. */
void sync_trouble(struct sync *s);
/* True when only the question that `a` answers was wrong, and the others go on. */
bool sync_failed_alone(struct sync *s, const struct answer *a);
/* The same for reading marks and drafts. */
int64_t sync_next_reading_ms(struct sync *s);
int64_t sync_next_draft_ms(struct sync *s);
/* For notices that were read here. */
int64_t sync_next_notice_ms(struct sync *s);

struct post;
/* Puts a post and counts it. */
bool sync_put_post(struct sync *s, const struct post *p, struct error *err);

extern const struct round round_push, round_reconcile, round_reading, round_drafts, round_draft,
	round_draft_save, round_draft_drop;
extern const struct round round_session, round_basic, round_site, round_settings, round_bus, round_latest,
	round_events, round_group, round_directory, round_cards, round_own, round_notices, round_inbox,
	round_sent, round_archive, round_feed, round_private, round_saved, round_queue, round_invitees,
	round_last_look, round_verify, round_older, round_older_now, round_notice_read;
