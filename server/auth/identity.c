#include "auth.h"

#include <string.h>

#include "rate_limit.h"
#include "request.h"
#include "scope.h"
#include "session.h"
#include "sha.h"
#include "str.h"

static const int64_t minute_ms = 60 * 1000, unused_ms = 180 * 24 * 60 * 60 * (int64_t)1000;

bool auth_become(struct request *r, int64_t user_id)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT id, username, coalesce(locale, ''), coalesce(timezone, ''), admin, moderator, trust_level,"
		" coalesce(silenced_until_ms, 0) > ? FROM user WHERE id = ? AND active", "ii", r->now_ms, user_id);
	bool found = sql_next(q);
	if (found) {
		struct requester *me = &r->me;
		me->user_id = sql_int(q, 0);
		me->username = sql_text_in(q, 1, r->mem);
		me->locale = sql_text_in(q, 2, r->mem);
		me->timezone = sql_text_in(q, 3, r->mem);
		me->admin = sql_int(q, 4) != 0;
		me->moderator = sql_int(q, 5) != 0;
		me->staff = me->admin || me->moderator;
		me->trust_level = (int)sql_int(q, 6);
		me->silenced = sql_int(q, 7) != 0;
	}
	sql_end(q, NULL);
	return found;
}

static bool refuse_key(struct request *r, struct response *w)
{
	response_error(w, 403, "invalid_access", "%s", say(r, "You are not allowed to see this or do this."));
	return false;
}

struct key_row {
	int64_t id, user_id, last_used_ms;
	const char *client_id, *scopes;
};

static bool key_load(struct request *r, const char *key, struct key_row *row)
{
	char hash[SHA256_HEX];
	sha256_hex(key, strlen(key), hash);
	struct sql_query *q = sql_query(r->db, "SELECT id, user_id, last_used_ms, client_id, scopes FROM user_api_key"
		" WHERE key_hash = ?1 AND revoked_ms IS NULL AND (expires_ms IS NULL OR expires_ms > ?2)"
		" AND last_used_ms > ?3", "sii", hash, r->now_ms, r->now_ms - unused_ms);
	bool found = sql_next(q);
	if (found)
		*row = (struct key_row){sql_int(q, 0), sql_int(q, 1), sql_int(q, 2), sql_text_in(q, 3, r->mem),
			sql_text_in(q, 4, r->mem)};
	sql_end(q, NULL);
	return found;
}

/* One key per client and member: a client that sends another id takes the key along and replaces what was there. */
static void key_move(struct request *r, const struct key_row *row, const char *client)
{
	if (!sql_begin(r->db, NULL))
		return;
	if (sql_run(r->db, NULL, "DELETE FROM user_api_key WHERE user_id = ? AND client_id = ? AND id <> ?", "isi",
			row->user_id, client, row->id) &&
		sql_run(r->db, NULL, "UPDATE user_api_key SET client_id = ? WHERE id = ?", "si", client, row->id))
		sql_commit(r->db, NULL);
	else
		sql_rollback(r->db);
}

static void seen(struct request *r, int64_t user_id)
{
	sql_run(r->db, NULL, "UPDATE user SET last_seen_ms = ?1 WHERE id = ?2 AND coalesce(last_seen_ms,"
		" 0) < ?1 - 60000", "ii", r->now_ms, user_id);
}

static bool identify_user_key(struct request *r, struct response *w, const char *key)
{
	struct key_row row;
	if (!key_load(r, key, &row) || !scope_allows(row.scopes, r->method, r->path, r->format) ||
		!auth_become(r, row.user_id))
		return refuse_key(r, w);
	r->me.by = AUTH_USER_KEY;
	r->me.key_id = row.id;
	r->me.scopes = row.scopes;
	const char *client = request_header(r, "User-Api-Client-Id");
	if (!str_empty(client) && strlen(client) <= 200 && !str_equal(client, row.client_id))
		key_move(r, &row, client);
	if (r->now_ms - row.last_used_ms > minute_ms)
		sql_run(r->db, NULL, "UPDATE user_api_key SET last_used_ms = ? WHERE id = ?", "ii", r->now_ms, row.id);
	if (str_equal(request_header(r, "Discourse-Present"), "true"))
		seen(r, row.user_id);
	return true;
}

static int64_t admin_key_user(struct request *r, int64_t of_key)
{
	const char *name = request_header(r, "Api-Username"), *id = request_header(r, "Api-User-Id");
	int64_t user_id = 0;
	if (!str_empty(name))
		user_id = sql_get_int(r->db, 0, "SELECT id FROM user WHERE username = ?", "s", name);
	else if (!str_empty(id))
		str_to_int(id, INT64_MIN, INT64_MAX, &user_id);
	return of_key != 0 && of_key != user_id ? 0 : user_id;
}

static bool identify_admin_key(struct request *r, struct response *w, const char *key)
{
	char hash[SHA256_HEX];
	sha256_hex(key, strlen(key), hash);
	struct sql_query *q = sql_query(r->db,
		"SELECT id, user_id, coalesce(last_used_ms, 0) FROM admin_key WHERE key_hash = ?"
		" AND revoked_ms IS NULL", "s", hash);
	bool found = sql_next(q);
	int64_t id = found ? sql_int(q, 0) : 0, of_key = found ? sql_int(q, 1) : 0, used_ms = found ? sql_int(q, 2) : 0;
	sql_end(q, NULL);
	int64_t user_id = found ? admin_key_user(r, of_key) : 0;
	if (user_id == 0 || !auth_become(r, user_id))
		return refuse_key(r, w);
	r->me.by = AUTH_ADMIN_KEY;
	r->me.key_id = id;
	if (r->now_ms - used_ms > minute_ms)
		sql_run(r->db, NULL, "UPDATE admin_key SET last_used_ms = ? WHERE id = ?", "ii", r->now_ms, id);
	return true;
}

/* A key in the address is for programs that can do nothing else: feed readers and calendars. */
static const char *key_of(const struct request *r)
{
	const char *key = request_header(r, "User-Api-Key");
	if (key == NULL && (strcmp(r->format, "rss") == 0 || strcmp(r->format, "ics") == 0))
		key = request_param(r, "user_api_key");
	return key;
}

bool auth_identify(struct request *r, struct response *w)
{
	const char *key = key_of(r), *admin_key = request_header(r, "Api-Key");
	if (key != NULL)
		return identify_user_key(r, w, key);
	if (admin_key != NULL)
		return identify_admin_key(r, w, admin_key);
	session_load(r);
	if (r->me.by == AUTH_SESSION)
		seen(r, r->me.user_id);
	else if (!str_empty(request_cookie(r, "_t")))
		response_header(w, "Discourse-Logged-Out", "1");
	return true;
}

bool auth_limits(struct request *r, struct response *w)
{
	const char *key = arena_printf(r->mem, "%lld", (long long)r->me.key_id);
	switch (r->me.by) {
	case AUTH_USER_KEY:
		return limits_allow(r, w, LIMIT_KEY_MINUTE, key) && limits_allow(r, w, LIMIT_KEY_DAY, key);
	case AUTH_ADMIN_KEY:
		return limits_allow(r, w, LIMIT_ADMIN_MINUTE, "");
	default:
		return true;
	}
}

bool auth_expire(struct sql *db, int64_t now_ms, struct error *err)
{
	return sql_run(db, err, "UPDATE user_api_key SET revoked_ms = ?1 WHERE revoked_ms IS NULL"
			" AND last_used_ms <= ?2", "ii", now_ms, now_ms - unused_ms) &&
		sql_run(db, err, "DELETE FROM session WHERE seen_ms <= ?", "i",
			now_ms - SESSION_IDLE_DAYS * 24 * 60 * minute_ms) &&
		sql_run(db, err, "DELETE FROM session WHERE user_id IS NULL AND seen_ms <= ?", "i",
		now_ms - 24 * 60 * minute_ms) &&
		sql_run(db, err, "DELETE FROM device_request WHERE created_ms <= ?", "i", now_ms - 60 * minute_ms);
}
