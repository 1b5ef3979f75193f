#include "bus.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "mem.h"
#include "request.h"
#include "str.h"

static const int64_t keep_ms = 7 * 24 * 60 * 60 * (int64_t)1000;
/* A row of bus_channel that counts for all channels together; no channel starts like this. */
static const char global_channel[] = "";

struct bus {
	struct sql *db;
};

struct bus *bus_new(struct sql *db)
{
	struct bus *bus = xcalloc(1, sizeof *bus);
	bus->db = db;
	return bus;
}

void bus_free(struct bus *bus)
{
	free(bus);
}

int64_t bus_last_id(struct sql *db, const char *channel)
{
	return sql_get_int(db, 0, "SELECT last_id FROM bus_channel WHERE channel = ?", "s", channel);
}

int64_t bus_last_global_id(struct sql *db)
{
	return bus_last_id(db, global_channel);
}

static int64_t next_id(struct sql *db, const char *channel)
{
	return sql_get_int(db, 0, "INSERT INTO bus_channel (channel, last_id) VALUES (?, 1)"
		" ON CONFLICT (channel) DO UPDATE SET last_id = last_id + 1 RETURNING last_id", "s", channel);
}

/* NULL when there are none; else a JSON array, yours. */
static char *id_list(const int64_t *id, int count)
{
	if (count == 0)
		return NULL;
	struct json *array = json_array();
	struct sbuf out = {0};
	for (int i = 0; i < count; i++)
		json_append_int(array, id[i]);
	json_print(array, &out);
	json_free(array);
	return sbuf_take(&out);
}

bool bus_publish(struct bus *bus, int64_t now_ms, const char *channel, const struct json *data,
	const struct bus_audience *audience)
{
	if (bus == NULL)
		return true;
	struct sbuf text = {0};
	json_print(data, &text);
	char *users = audience == NULL ? NULL : id_list(audience->user_id, audience->user_count);
	char *groups = audience == NULL ? NULL : id_list(audience->group_id, audience->group_count);
	if (audience != NULL && users == NULL && groups == NULL)
		users = xstrdup("[]");
	int64_t id = next_id(bus->db, channel), global = next_id(bus->db, global_channel);
	bool ok = id > 0 && global > 0 &&
		sql_run(bus->db, NULL, "INSERT INTO bus_message (channel, id, global_id, data, user_ids, group_ids,"
			" created_ms)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)", "siisssi", channel, id, global, sbuf_str(&text), users, groups,
			now_ms) &&
		sql_run(bus->db, NULL, "DELETE FROM bus_message WHERE channel = ? AND id <= ?", "si", channel,
		id - BUS_BACKLOG);
	sbuf_fini(&text);
	free(users);
	free(groups);
	return ok;
}

bool bus_expire(struct sql *db, int64_t now_ms, struct error *err)
{
	return sql_run(db, err, "DELETE FROM bus_message WHERE created_ms < ?", "i", now_ms - keep_ms);
}

static bool is_channel(const char *name)
{
	return name[0] == '/' && strcmp(name, "/__status") != 0;
}

struct bus_poll *bus_poll_read(const struct request *r)
{
	struct bus_poll *poll = ARENA_NEW(r->mem, struct bus_poll);
	const struct param *p = request_params(r);
	poll->place = ARENA_ARRAY(r->mem, BUS_PLACES, struct bus_place);
	for (; p->name != NULL && poll->place_count < BUS_PLACES; p++) {
		int64_t last_id = -1;
		if (is_channel(p->name) && str_to_int(p->value, -1000000, INT64_MAX, &last_id))
			poll->place[poll->place_count++] = (struct bus_place){p->name, last_id};
	}
	poll->user_id = r->me.user_id;
	poll->at_once = str_equal(request_param(r, "dlp"), "t") || !r->data->http_1_1;
	poll->chunked = r->data->http_1_1 && request_header(r, "Dont-Chunk") == NULL;
	poll->until_ms = clock_mono_ms() + BUS_HOLD_MS;
	return poll;
}

static void add_message(struct json *messages, int64_t global_id, int64_t id, const char *channel, const char *data)
{
	struct json *m = json_append_object(messages);
	json_add_int(m, "global_id", global_id);
	json_add_int(m, "message_id", id);
	json_add_string(m, "channel", channel);
	json_add_parsed(m, "data", data);
}

/* Messages after `from` that this client may see. Returns the id of the last one that was kept from them, or 0. */
static int64_t add_channel(struct sql *db, struct json *messages, int64_t user_id, const char *channel,
	int64_t from)
{
	int64_t hidden = 0;
	struct sql_query *q = sql_query(db,
		"SELECT id, global_id, data, (user_ids IS NULL AND group_ids IS NULL)"
		" OR EXISTS (SELECT 1 FROM json_each(user_ids) WHERE value = ?1)"
		" OR EXISTS (SELECT 1 FROM json_each(group_ids) JOIN group_member ON group_id = value WHERE user_id = ?1)"
		" FROM bus_message WHERE channel = ?2 AND id > ?3 ORDER BY id", "isi", user_id, channel, from);
	while (sql_next(q)) {
		if (sql_int(q, 3) != 0)
			add_message(messages, sql_int(q, 1), sql_int(q, 0), channel, sql_text(q, 2));
		else
			hidden = sql_int(q, 0);
	}
	sql_end(q, NULL);
	return hidden;
}

struct json *bus_poll_backlog(struct sql *db, struct bus_poll *poll)
{
	struct json *messages = json_array(), *status = NULL;
	for (int i = 0; i < poll->place_count; i++) {
		struct bus_place *place = &poll->place[i];
		int64_t now = bus_last_id(db, place->channel), from = place->last_id;
		if (from < -1)
			from = now + from + 1 < 0 ? 0 : now + from + 1;
		bool tell = place->last_id == -1 || from > now;
		if (!tell && from < now)
			tell = add_channel(db, messages, poll->user_id, place->channel, from) != 0;
		if (place->last_id < 0)
			place->last_id = now;
		if (!tell)
			continue;
		status = status != NULL ? status : json_object();
		json_add_int(status, place->channel, now);
	}
	if (status != NULL) {
		struct json *m = json_append_object(messages);
		json_add_int(m, "global_id", -1);
		json_add_int(m, "message_id", -1);
		json_add_string(m, "channel", "/__status");
		json_add(m, "data", status);
	}
	return messages;
}

void bus_poll_answer(const struct bus_poll *poll, struct json *messages, struct response *w)
{
	response_json(w, messages);
	if (poll->at_once || !poll->chunked)
		return;
	sbuf_add(&w->body, "\r\n|\r\n");
	w->type = "text/plain; charset=utf-8";
}

static void poll(struct request *r, struct response *w)
{
	struct bus_poll *p = bus_poll_read(r);
	struct json *messages = bus_poll_backlog(r->db, p);
	if (json_count(messages) > 0 || p->at_once) {
		bus_poll_answer(p, messages, w);
		return;
	}
	json_free(messages);
	r->data->poll = p;
	w->later = true;
}

const struct route bus_routes[] = {
	{"POST", "/message-bus/:client/poll", poll, ROUTE_NO_CSRF | ROUTE_READS},
	{0},
};
