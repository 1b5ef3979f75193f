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
	struct request (*ask)(struct sync *s);
	/* Inside a transaction. The answer's texts go into s->arena. */
	bool (*take)(struct sync *s, const struct answer *a, struct error *err);
	/* The site answered "no" or "not found": true when that is settled. In a transaction. NULL: it never is.
	 */
	bool (*refused)(struct sync *s, const struct error *why, struct error *err);
};

extern const struct round *const rounds[];
extern const int round_count;
enum { MAX_ROUNDS = 24 };

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
	int64_t *new_topic;            /* asked on the bus for the first time */
	int new_topics;
	int64_t posts_expected;        /* by the counts of the topics; 0: not counted yet */
	int64_t rotation;              /* which older topics the next look at the bus includes */
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
const struct session *sync_session(struct sync *s);
bool sync_bus_works(struct sync *s);
/* Everything is to be asked again, as at the first time, but only for what is new. */
bool sync_want_all(struct sync *s, struct error *err);

struct post;
/* Puts a post and counts it. */
bool sync_put_post(struct sync *s, const struct post *p, struct error *err);

extern const struct round round_session, round_basic, round_site, round_settings, round_bus, round_latest,
	round_events, round_group, round_directory, round_cards, round_notices, round_inbox, round_sent,
	round_archive, round_feed, round_private, round_saved, round_queue, round_invitees, round_last_look,
	round_verify;
