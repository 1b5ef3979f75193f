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

struct fake_site {
	struct transport transport;
	struct fake_post post[FAKE_POSTS];
	int posts;
	struct fake_message message[FAKE_MESSAGES];
	int messages;
	int members;
	bool window_feed;     /* `before` as sites had it until 2023 */
	bool no_bus;          /* the key has no right to it */
	int64_t clock_ms;
	enum fake_fault fault;
	int fault_requests;   /* how many requests go wrong */
	const char *broken;   /* paths with this in them answer 500 */
	int requests;
	struct sbuf log;      /* a path a line */
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
/* The bus forgets what it had and starts counting anew. */
void fake_restart_bus(struct fake_site *f);
struct fake_post *fake_post(struct fake_site *f, int64_t id);
