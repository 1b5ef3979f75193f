#include "write.h"

#include <string.h>

#include "forum_user.h"
#include "mem.h"
#include "profile.h"
#include "resources.h"
#include "str.h"
#include "text.h"
#include "zone.h"

/* PUT /u/NAME: what a member says about themself. */

enum { MaxName = 255, MaxBio = 3000, MaxValue = 2048, MaxLine = 3000 };

/* Columns that are plain text; an empty one is taken away. */
static const struct {
	const char *name, *statement;
	int max;
	bool staff;
} lines[] = {
	{"name", "UPDATE user SET name = nullif(?, '') WHERE id = ?", MaxName, false},
	{"location", "UPDATE user SET location = nullif(?, '') WHERE id = ?", MaxLine, false},
	{"title", "UPDATE user SET title = nullif(?, '') WHERE id = ?", MaxName, true},
};

static bool store_lines(struct request *r, int64_t id, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < COUNT(lines); i++) {
		const char *value = request_param(r, lines[i].name);
		if (value == NULL || (lines[i].staff && !r->me.staff))
			continue;
		value = str_trim(arena_strdup(r->mem, value));
		ok = (write_length(value) <= lines[i].max ||
			fail(err, ERR_INVALID, N_("One of the answers is too long."))) &&
			sql_run(r->db, err, lines[i].statement, "si", value, id);
	}
	return ok;
}

static bool store_website(struct request *r, int64_t id, struct error *err)
{
	const char *value = request_param(r, "website");
	if (value == NULL)
		return true;
	const char *url = str_trim(arena_strdup(r->mem, value));
	if (*url != '\0' && strstr(url, "://") == NULL)
		url = arena_printf(r->mem, "http://%s", url);
	bool web = str_starts(url, "http://") || str_starts(url, "https://");
	const char *host = web ? strstr(url, "://") + 3 : "";
	bool address = strchr(host, '.') != NULL && strpbrk(url, " <>\"") == NULL && write_length(url) <= MaxLine;
	if (*url != '\0' && !address)
		return fail(err, ERR_INVALID, N_("The website is not an address."));
	return sql_run(r->db, err, "UPDATE user SET website = nullif(?, '') WHERE id = ?", "si", url, id);
}

static bool store_choices(struct request *r, int64_t id, struct error *err)
{
	const char *zone = write_param(r, (const char *const[]){"timezone", "user_option[timezone]", NULL});
	const char *locale = request_param(r, "locale");
	if (!str_empty(zone) && zone_get(zone) == NULL)
		return fail(err, ERR_INVALID, N_("This time zone does not exist."));
	if (!str_empty(locale) && !str_equal(locale, "nl") && !str_equal(locale, "en"))
		return fail(err, ERR_INVALID, N_("This community does not have that language."));
	return (zone == NULL ||
			sql_run(r->db, err, "UPDATE user SET timezone = nullif(?, '') WHERE id = ?", "si", zone, id)) &&
		(locale == NULL ||
			sql_run(r->db, err, "UPDATE user SET locale = nullif(?, '') WHERE id = ?", "si", locale, id));
}

static bool store_bio(struct request *r, struct forum *f, int64_t id, struct error *err)
{
	const char *bio = request_param(r, "bio_raw");
	if (bio == NULL)
		return true;
	return (write_length(bio) <= MaxBio || fail(err, ERR_INVALID, N_("One of the answers is too long."))) &&
		forum_user_set_bio(f, id, bio, err);
}

struct field {
	int64_t id;
	const char *type, *options;
	bool required;
};

static bool offered(struct request *r, const struct field *d, const char *value)
{
	return str_empty(d->options) || sql_get_int(r->db, 0, "SELECT 1 FROM json_each(?) WHERE value = ?", "ss",
		d->options, value) == 1;
}

/* The value as it is stored; NULL: not given at all. *good: it is one of the choices. */
static const char *field_value(struct request *r, const struct field *d, bool *good)
{
	const char *name = arena_printf(r->mem, "user_fields[%lld]", (long long)d->id), *value = request_param(r, name);
	*good = true;
	if (str_equal(d->type, "multiselect")) {
		const char *const *list;
		int count = request_param_list(r, name, &list);
		struct json *all = json_array();
		for (int i = 0; i < count; i++) {
			if (str_empty(list[i]))
				continue;
			*good = *good && offered(r, d, list[i]);
			json_append_string(all, list[i]);
		}
		struct sbuf b = {0};
		json_print(all, &b);
		const char *text = json_count(all) == 0 ? "" : arena_strdup(r->mem, sbuf_str(&b));
		sbuf_fini(&b);
		json_free(all);
		return count > 0 || value != NULL ? text : NULL;
	}
	if (value == NULL)
		return NULL;
	value = str_equal(value, "false") ? "" : str_trim(arena_strdup(r->mem, value));
	*good = *value == '\0' || !str_equal(d->type, "dropdown") || offered(r, d, value);
	return value;
}

static bool store_field(struct request *r, struct forum *f, int64_t user_id, const struct field *d,
	struct error *err)
{
	bool good;
	const char *value = field_value(r, d, &good);
	if (value == NULL)
		return true;
	if (!good)
		return fail(err, ERR_INVALID, N_("One of the answers is not a choice."));
	if (*value == '\0' && d->required)
		return fail(err, ERR_INVALID, N_("One of the answers is needed."));
	if (write_length(value) > MaxValue)
		return fail(err, ERR_INVALID, N_("One of the answers is too long."));
	return forum_user_field_set(f, user_id, d->id, value, err);
}

static bool store_fields(struct request *r, struct forum *f, int64_t user_id, struct error *err)
{
	enum { MaxFields = 200 };
	struct field *list = ARENA_ARRAY(r->mem, MaxFields, struct field);
	int count = 0;
	struct sql_query *q = sql_query(r->db,
		"SELECT id, field_type, options, required FROM user_field WHERE editable OR ?", "n", (int)r->me.staff);
	while (count < MaxFields && sql_next(q))
		list[count++] = (struct field){sql_int(q, 0), sql_text_in(q, 1, r->mem), sql_text_in(q, 2, r->mem),
			sql_int(q, 3)};
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < count; i++)
		ok = store_field(r, f, user_id, &list[i], err);
	return ok;
}

static void update(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	struct forum f = forum_of(r);
	struct error err = {0};
	struct profile p;
	if (id == 0)
		return;
	if (!store_lines(r, id, &err) || !store_website(r, id, &err) || !store_choices(r, id, &err) ||
		!store_bio(r, &f, id, &err) || !store_fields(r, &f, id, &err)) {
		write_failed(r, w, &err);
		return;
	}
	if (!user_status_change(r, w, id, "status[emoji]", "status[description]", "status[ends_at]"))
		return;
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	profile_load(r, id, &p);
	profile_encode(r, json_add_object(root, "user"), &p);
	response_json(w, root);
}

/* Muted: no notices from them. Ignored: their posts are hidden too. */
static void relation(struct request *r, struct response *w)
{
	int64_t other = person_of_route(r, w), until_ms;
	const char *level = request_param(r, "notification_level");
	struct error err = {0};
	struct profile p;
	if (other == 0 || !write_time(r, w, "expiring_at", &until_ms))
		return;
	bool normal = str_equal(level, "normal"), ignore = str_equal(level, "ignore");
	if (!normal && !ignore && !str_equal(level, "mute")) {
		response_invalid(r, w, "notification_level");
		return;
	}
	profile_load(r, other, &p);
	if (!normal && (p.is_me || p.admin || p.moderator || (r->me.trust_level < 1 && !r->me.staff))) {
		response_forbidden(r, w);
		return;
	}
	if (ignore && until_ms <= r->now_ms) {
		write_refused(r, w, N_("Say until when you ignore this member."));
		return;
	}
	bool ok = normal
		? sql_run(r->db, &err, "DELETE FROM user_relation WHERE user_id = ? AND other_id = ?", "ii",
		r->me.user_id, other)
		: sql_run(r->db, &err, "INSERT INTO user_relation (user_id, other_id, kind, until_ms)"
			" VALUES (?, ?, ?, nullif(?, 0)) ON CONFLICT (user_id, other_id) DO UPDATE"
			" SET kind = excluded.kind, until_ms = excluded.until_ms", "iisi",
			r->me.user_id, other, level, ignore ? until_ms : INT64_C(0));
	if (ok)
		response_success(w);
	else
		write_failed(r, w, &err);
}

const struct route profile_write_routes[] = {
	{"PUT", "/u/:username", update, ROUTE_LOGIN},
	{"PUT", "/users/:username", update, ROUTE_LOGIN},
	{"PUT", "/u/:username/notification_level", relation, ROUTE_LOGIN},
	{0},
};
