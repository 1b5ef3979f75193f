#include "forum_user.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "forum_group.h"
#include "forum_names.h"
#include "json.h"
#include "str.h"
#include "text.h"

enum { MinName = 2, MaxName = 30 };

bool forum_username_valid(const char *username)
{
	static const char *const reserved[] = {"everyone", "here", "all", "nobody", "search", "session"};
	size_t n = strlen(username);
	if (n < MinName || n > MaxName || (!isalnum((unsigned char)username[0]) && username[0] != '_'))
		return false;
	for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
		if (strcasecmp(username, reserved[i]) == 0)
			return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!isalnum((unsigned char)username[i]) && strchr("_.-", username[i]) == NULL)
			return false;
	}
	return isalnum((unsigned char)username[n - 1]) || username[n - 1] == '_';
}

int64_t forum_user_id(struct sql *db, const char *username)
{
	return sql_get_int(db, 0, "SELECT id FROM user WHERE username = ?", "s", username);
}

static bool set_member(struct forum *f, int64_t group_id, int64_t user_id, bool member, struct error *err)
{
	return member ? forum_group_add(f, group_id, user_id, false, 0, err)
				  : forum_group_remove(f, group_id, user_id, err);
}

bool forum_user_sync_groups(struct forum *f, int64_t user_id, struct error *err)
{
	struct viewer v = forum_viewer_of(f->db, user_id);
	bool moderator = sql_get_int(f->db, 0, "SELECT moderator FROM user WHERE id = ?", "i", user_id) == 1;
	int64_t level = sql_get_int(f->db, 0, "SELECT trust_level FROM user WHERE id = ?", "i", user_id);
	bool ok = set_member(f, GROUP_ADMINS, user_id, v.admin, err) &&
		set_member(f, GROUP_MODERATORS, user_id, moderator, err) &&
		set_member(f, GROUP_STAFF, user_id, v.staff, err);
	for (int i = 0; ok && i <= 4; i++)
		ok = set_member(f, GROUP_TRUST_LEVEL_0 + i, user_id, i <= level, err);
	return ok;
}

bool forum_user_set_bio(struct forum *f, int64_t user_id, const char *bio, struct error *err)
{
	struct cooked c = {0};
	if (!str_empty(bio))
		forum_cook(f, bio, 0, &c);
	return sql_run(f->db, err, "UPDATE user SET bio_raw = ?, bio_cooked = ? WHERE id = ?", "ssi",
		str_empty(bio) ? NULL : bio, c.html, user_id);
}

bool forum_user_create(struct forum *f, const struct new_user *u, int64_t *id, struct error *err)
{
	if (!forum_username_valid(u->username))
		return fail(err, ERR_INVALID, N_("This is not a name that can be used."));
	if (forum_user_id(f->db, u->username) != 0 || forum_group_id(f->db, u->username) != 0)
		return fail(err, ERR_INVALID, N_("This name is already taken."));
	int64_t created = u->created_ms == 0 ? f->now_ms : u->created_ms;
	/* The system member has -1, so SQLite's own choice would be 0. */
	int64_t made = sql_get_int(f->db, 1, "SELECT max(0, max(id)) + 1 FROM user", "");
	if (!sql_run(f->db, err,
			"INSERT INTO user (id, username, name, email, title, password, admin, moderator, trust_level,"
			" location, website, timezone, locale, status_emoji, status_text, created_ms)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"isssssnnnssssssi", made, u->username, u->name, u->email, u->title, u->password, u->admin,
			u->moderator, u->trust_level, u->location, u->website, u->timezone, u->locale, u->status_emoji,
			u->status_text, created))
		return false;
	if (id != NULL)
		*id = made;
	return forum_user_sync_groups(f, made, err) &&
		(u->bio == NULL || forum_user_set_bio(f, made, u->bio, err));
}

char *forum_avatar_template(struct arena *a, const char *username)
{
	uint64_t h = str_hash(username, strlen(username));
	return arena_printf(a, "/letter_avatar_proxy/v4/letter/%c/%02x%02x%02x/{size}.png",
		tolower((unsigned char)username[0]), (unsigned)(0x40 + h % 0x80), (unsigned)(0x40 + (h >> 8) % 0x80),
		(unsigned)(0x40 + (h >> 16) % 0x80));
}

static char *options_json(struct forum *f, const struct new_user_field *d)
{
	struct json *j = json_array();
	struct sbuf b = {0};
	for (int i = 0; i < d->option_count; i++)
		json_append_string(j, d->option[i]);
	json_print(j, &b);
	char *text = arena_strdup(f->mem, b.p);
	sbuf_fini(&b);
	json_free(j);
	return text;
}

bool forum_user_field_create(struct forum *f, const struct new_user_field *d, int64_t *id, struct error *err)
{
	bool ok = sql_run(f->db, err,
		"INSERT INTO user_field (name, description, field_type, position, editable, required,"
		" show_on_profile, show_on_user_card, searchable, options)"
		" VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM user_field), ?, ?, ?, ?, ?, ?)",
		"sssnnnnns", d->name, str_or_empty(d->description), d->type, d->editable, d->required,
		d->show_on_profile, d->show_on_user_card, d->searchable,
		d->option_count > 0 ? options_json(f, d) : NULL);
	if (ok && id != NULL)
		*id = sql_last_id(f->db);
	return ok;
}

bool forum_user_field_set(struct forum *f, int64_t user_id, int64_t field_id, const char *value,
	struct error *err)
{
	if (str_empty(value))
		return sql_run(f->db, err, "DELETE FROM user_field_value WHERE user_id = ? AND field_id = ?", "ii",
			user_id, field_id);
	return sql_run(f->db, err,
		"INSERT INTO user_field_value (user_id, field_id, value) VALUES (?, ?, ?)"
		" ON CONFLICT (user_id, field_id) DO UPDATE SET value = excluded.value",
		"iis", user_id, field_id, value);
}
