#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "sbuf.h"
#include "transport.h"

/* A small site in memory behind a scripted transport: it answers at the next poll, counts and can misbehave.
 */
enum { FAKE_POSTS = 2000, FAKE_MESSAGES = 4000 };

struct fake_post {
	int64_t id, topic_id;
	int number, version;
	int64_t created_ms, updated_ms;
	bool deleted;
	bool mine, message;   /* by the member; of a private message */
	bool liked, flagged;
	int64_t bookmark_id;
	char words[64];
};

struct fake_message {
	char channel[64], data[160];
	int64_t id;
};

enum fake_fault {
	FAULT_NONE,
	FAULT_OFFLINE,
	FAULT_LIMIT_JSON,   /* the four forms of "wait" */
	FAULT_LIMIT_TEXT,
	FAULT_LIMIT_HTML,
	FAULT_LIMIT_SEARCH,
	FAULT_HTML,
	FAULT_HALF_JSON,
	FAULT_REVOKED,
	FAULT_READONLY_HTML, /* 503 of a proxy */
};

/* What happens to a request that changes something. */
enum fake_cut {
	CUT_NONE,
	CUT_NOT_SENT,      /* no connection */
	CUT_BEFORE,        /* it never arrives, but that is not known */
	CUT_AFTER,         /* it is done, the answer is lost */
	CUT_500_AFTER,     /* it is done, the answer is an error of the server */
	CUT_HALF_AFTER,    /* it is done, half of the answer comes */
	CUT_NONSENSE_AFTER, /* it is done, something else comes */
	CUT_OLD_BEFORE,     /* it never arrives, and what comes is the answer to the text before it */
};

struct fake_draft {
	char key[32], data[600];
	int64_t sequence;
	bool there;
};

struct fake_site {
	struct transport transport;
	struct fake_post post[FAKE_POSTS];
	int posts;
	struct fake_message message[FAKE_MESSAGES];
	int messages;
	int members;
	bool window_feed;     /* `before` as sites had it until 2023 */
	bool no_bus;          /* the key has no right to it */
	int backlog;          /* messages that the bus keeps of a channel; 0: all */
	int64_t clock_ms;
	enum fake_fault fault;
	int fault_requests;   /* how many requests go wrong */
	const char *broken;   /* paths with this in them answer 500 */
	int requests;
	struct sbuf log;      /* a path a line */
	enum fake_cut cut;
	int cuts;             /* how many changes that happens to */
	const char *cut_path; /* only those with this in their path; NULL: all */
	int refuse_status;    /* of the next `refusals` changes */
	int refusals;
	const char *refuse_header, *refuse_body;
	bool hold;            /* texts wait for a moderator */
	bool unique;          /* the same text twice in 5 minutes is refused */
	int flags, levels, profiles, bookmarks; /* how often that was done */
	struct sbuf asked;    /* the last question to the bus */
	struct sbuf changes;  /* "METHOD path body" a line, as they were done */
	struct fake_draft draft[8];
	int drafts;
	struct {
		char words[64];
		int64_t topic_id, created_ms;
	} pending[8];
	int pendings;
	int running;
	struct {
		int id;
		transport_done done;
		void *context;
		struct response response;
	} waiting[8];
	int next_id;
};

void fake_init(struct fake_site *f, int64_t clock_ms);
void fake_fini(struct fake_site *f);
/* These also tell it on the bus. */
struct fake_post *fake_add_post(struct fake_site *f, int64_t topic_id);
void fake_edit(struct fake_site *f, int64_t post_id, const char *words);
void fake_delete(struct fake_site *f, int64_t post_id);
void fake_recover(struct fake_site *f, int64_t post_id);
void fake_delete_topic(struct fake_site *f, int64_t topic_id);
void fake_tell(struct fake_site *f, const char *channel, const char *data);
/* The bus forgets what it had and starts counting anew. */
void fake_restart_bus(struct fake_site *f);
/* How many posts of the member have these words. */
int fake_count(const struct fake_site *f, const char *words);
struct fake_draft *fake_draft(struct fake_site *f, const char *key);
struct fake_post *fake_post(struct fake_site *f, int64_t id);

/* Inside the fake: the objects it shares. NULL: there is no such thing. */
struct json;
void fake_post_json(struct json *o, const struct fake_post *p);
void fake_tell_post(struct fake_site *f, const struct fake_post *p, const char *type);
int fake_highest(const struct fake_site *f, int64_t topic_id);
/* A request that changes something. NULL with *status set: refused. */
struct json *fake_change(
	struct fake_site *f, const char *method, const char *path, const char *body, int *status);
struct json *fake_drafts_json(const struct fake_site *f);
struct json *fake_draft_json(struct fake_site *f, const char *key);
void fake_answer(struct response *r, int status, const char *header, const char *body);
/* True when that is the answer. */
bool fake_misbehave(struct fake_site *f, struct response *r);
bool fake_cut_before(struct fake_site *f, const char *path, struct response *r);
void fake_cut_after(struct fake_site *f, const char *path, struct response *r);
