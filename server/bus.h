#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "http.h"

/* MessageBus: numbered messages on channels, kept in the database (100 a channel, 7 days), and the clients
 * that wait for them. */
struct bus;

/* `db` outlives the bus. */
struct bus *bus_new(struct sql *db);
void bus_free(struct bus *bus);

/* Who may see a message: one of the users or a member of one of the groups. NULL for the whole: everyone. */
struct bus_audience {
	const int64_t *user_id;
	int user_count;
	const int64_t *group_id;
	int group_count;
};

/* Stores a message inside the caller's transaction; who waits hears of it after the commit. A NULL bus does
 * nothing. False: the database refused. */
bool bus_publish(struct bus *bus, int64_t now_ms, const char *channel, const struct json *data,
	const struct bus_audience *audience);
/* The last id on a channel, 0 when nothing was ever said there. */
int64_t bus_last_id(struct sql *db, const char *channel);
/* Removes what is older than 7 days. */
bool bus_expire(struct sql *db, int64_t now_ms, struct error *err);

/* One client's question. Lives in an arena. */
struct bus_poll {
	int64_t user_id;
	int64_t until_ms;      /* clock_mono_ms at which a long poll ends */
	bool chunked, at_once;
	struct bus_place {
		const char *channel;
		int64_t last_id;   /* as the client sent it; -1: only where the channel is now */
	} *place;
	int place_count;
};
enum { BUS_HOLD_MS = 25000, BUS_BACKLOG = 100, BUS_PLACES = 200 }; /* channels of one client */
struct bus_poll *bus_poll_read(const struct request *r);
/* What there is for this client as a JSON array of messages; an empty array when there is nothing. Places that only
 * asked where a channel is now are filled in. */
struct json *bus_poll_backlog(struct sql *db, struct bus_poll *poll);
void bus_poll_answer(const struct bus_poll *poll, struct json *messages, struct response *w);

/* The number of the last message on any channel, also from another process: when it moved, waiting polls are
 * worth a look. */
int64_t bus_last_global_id(struct sql *db);

extern const struct route bus_routes[];
