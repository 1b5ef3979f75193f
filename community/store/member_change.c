#include "member_store.h"

#include <stdlib.h>
#include <string.h>

#include "html_text.h"
#include "store_private.h"
#include "str.h"
#include "user_field_store.h"
#include "utf8.h"

enum { ChoiceBytes = 120 }; /* a longer value is a text, not a choice */

/* What the list of members shows of the fields, by role. */
struct summary {
	struct sbuf role[FIELD_CAPACITY + 1];
	struct sbuf shown; /* every value that others may see, for search */
};

static void summary_fini(struct summary *sum)
{
	for (int i = 0; i <= FIELD_CAPACITY; i++)
		sbuf_fini(&sum->role[i]);
	sbuf_fini(&sum->shown);
}

static void add_line(struct sbuf *out, const char *value)
{
	if (out->n > 0)
		sbuf_add(out, ", ");
	for (const char *p = value; *p != '\0'; p++)
		sbuf_addc(out, *p == '\n' || *p == '\t' ? ' ' : *p);
}

/* A field of yes and no says its own name: "Open voor: intervisie" gives "intervisie". */
static const char *value_to_show(const char *name, const char *type, const char *value)
{
	if (!str_equal(type, "confirm"))
		return value;
	const char *colon = strchr(name, ':');
	return colon == NULL ? name : colon + 1 + strspn(colon + 1, " ");
}

static bool is_yes(const char *type, const char *value)
{
	return !str_equal(type, "confirm") || str_equal(value, "true");
}

static void summary_add(struct store *s, struct summary *sum, const struct field_value *v, struct arena *a)
{
	struct sql_query *q = sql_query(
		s->db, "SELECT role, shown, type, name FROM user_field WHERE id = ?", "i", v->field_id);
	if (!sql_next(q)) {
		sbuf_addf(&sum->shown, " %s", v->value);
	} else if (sql_int(q, 1) != 0 && is_yes(sql_text(q, 2), v->value)) {
		int64_t role = sql_int(q, 0);
		const char *value = value_to_show(store_text(q, 3, a), sql_text(q, 2), v->value);
		if (role > FIELD_OTHER && role <= FIELD_CAPACITY)
			add_line(&sum->role[role], value);
		sbuf_addf(&sum->shown, " %s", value);
	}
	store_end(s, q);
}

static bool put_choices(
	struct store *s, int64_t member_id, const struct field_value *v, struct arena *a, struct error *err)
{
	if (strlen(v->value) > ChoiceBytes || strchr(v->value, '\n') != NULL)
		return true;
	int count;
	const char *const *choice = store_split(v->value, a, &count);
	for (int i = 0; i < count; i++)
		if (!sql_run(s->db, err, "INSERT OR IGNORE INTO member_choice(field_id, choice, member_id, value)"
			" VALUES (?1, fold(?2), ?3, ?2)", "isi", v->field_id, choice[i], member_id))
			return false;
	return true;
}

static bool put_fields(struct store *s, const struct member *m, struct summary *sum, struct error *err)
{
	struct arena a = {0};
	bool ok = sql_run(s->db, err, "DELETE FROM member_value WHERE member_id = ?", "i", m->id)
		&& sql_run(s->db, err, "DELETE FROM member_choice WHERE member_id = ?", "i", m->id);
	for (int i = 0; i < m->field_count && ok; i++) {
		const struct field_value *v = &m->field[i];
		if (str_empty(v->value))
			continue;
		summary_add(s, sum, v, &a);
		ok = sql_run(s->db, err,
				 "INSERT OR REPLACE INTO member_value(member_id, field_id, value) VALUES (?, ?, ?)", "iis",
				 m->id, v->field_id, v->value)
			&& put_choices(s, m->id, v, &a, err);
	}
	arena_fini(&a);
	return ok;
}

static bool put_groups(struct store *s, const struct member *m, struct error *err)
{
	if (!sql_run(s->db, err, "DELETE FROM member_group WHERE member_id = ?", "i", m->id))
		return false;
	for (int i = 0; i < m->group_count; i++)
		if (!sql_run(s->db, err, "INSERT OR IGNORE INTO member_group(name, member_id) VALUES (?, ?)", "si",
				m->group[i], m->id))
			return false;
	return true;
}

static bool put_row(struct store *s, const struct member *m, const struct summary *sum, struct error *err)
{
	char *sort = utf8_fold(member_display(m->name, m->username));
	bool ok = sql_run(s->db, err,
		"INSERT INTO member(id, username, name, sort, title, location, website, timezone, status,"
		" what, region, open_for, capacity, trust_level, admin, moderator, hidden, ignored, muted, complete, "
		"created_ms,"
		" bio_cooked, bio_raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT(id) DO UPDATE SET username = excluded.username, name = excluded.name, sort = "
		"excluded.sort,"
		" title = excluded.title, location = excluded.location, website = excluded.website, timezone = "
		"excluded.timezone,"
		" status = excluded.status, what = excluded.what, region = excluded.region, open_for = "
		"excluded.open_for,"
		" capacity = excluded.capacity, trust_level = excluded.trust_level, admin = excluded.admin,"
		" moderator = excluded.moderator, hidden = excluded.hidden, ignored = excluded.ignored, muted = "
		"excluded.muted,"
		" complete = excluded.complete, created_ms = excluded.created_ms, bio_cooked = excluded.bio_cooked,"
		" bio_raw = excluded.bio_raw",
		"issssssssssssnnnnnnniss", m->id, str_or_empty(m->username), m->name, sort, m->title, m->location,
		m->website, m->timezone, m->status, sbuf_str(&sum->role[FIELD_WHAT]),
		sbuf_str(&sum->role[FIELD_REGION]), sbuf_str(&sum->role[FIELD_OPEN_FOR]),
		sbuf_str(&sum->role[FIELD_CAPACITY]), m->trust_level, m->admin, m->moderator, m->hidden, m->ignored,
		m->muted, m->complete, m->created_ms, m->bio_cooked, m->bio_raw);
	free(sort);
	return ok;
}

static bool put_text(struct store *s, const struct member *m, const struct summary *sum, struct error *err)
{
	struct sbuf name = {0}, fields = {0};
	sbuf_addf(&name, "%s %s", str_or_empty(m->name), str_or_empty(m->username));
	sbuf_addf(&fields, "%s %s%s ", str_or_empty(m->title), str_or_empty(m->location), sbuf_str(&sum->shown));
	html_text(&fields, str_or_empty(m->bio_cooked));
	bool ok = sql_run(s->db, err, "INSERT OR REPLACE INTO member_text(rowid, name, fields) VALUES (?, ?, ?)",
		"iss", m->id, sbuf_str(&name), sbuf_str(&fields));
	sbuf_fini(&name);
	sbuf_fini(&fields);
	return ok;
}

/* A mention of somebody whose profile is known: only what a mention can know. */
static bool put_mention(struct store *s, const struct member *m, struct error *err)
{
	char *sort = utf8_fold(member_display(m->name, m->username));
	bool ok = sql_run(s->db, err,
		"UPDATE member SET username = ?2, name = ?3, sort = ?4, title = coalesce(?5, title)"
		" WHERE id = ?1",
		"issss", m->id, str_or_empty(m->username), m->name, sort, m->title);
	free(sort);
	return ok;
}

bool member_store_put(struct store *s, const struct member *m, struct error *err)
{
	store_changed(s, STORE_MEMBERS);
	if (!m->complete && sql_get_int(s->db, 0, "SELECT complete FROM member WHERE id = ?", "i", m->id) == 1)
		return put_mention(s, m, err);
	struct summary sum = {0};
	bool ok = put_fields(s, m, &sum, err) && put_row(s, m, &sum, err) && put_groups(s, m, err)
		&& put_text(s, m, &sum, err)
		&& sql_run(s->db, err, "DELETE FROM unknown_writer WHERE user_id = ?", "i", m->id);
	summary_fini(&sum);
	return ok;
}

bool member_store_remove(struct store *s, int64_t id, struct error *err)
{
	static const char *const table[] = {
		"DELETE FROM member WHERE id = ?", "DELETE FROM member_value WHERE member_id = ?",
		"DELETE FROM member_choice WHERE member_id = ?", "DELETE FROM member_group WHERE member_id = ?",
		"DELETE FROM member_text WHERE rowid = ?", "DELETE FROM unknown_writer WHERE user_id = ?",
	};
	store_changed(s, STORE_MEMBERS);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (!sql_run(s->db, err, table[i], "i", id))
			return false;
	return true;
}

bool member_store_seen(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	return sql_run(s->db, err, "UPDATE member SET seen_ms = ?2 WHERE id = ?1", "ii", id, now_ms);
}

bool member_store_fetched(struct store *s, int64_t id, int64_t now_ms, struct error *err)
{
	return sql_run(s->db, err, "UPDATE member SET fetched_ms = ?2 WHERE id = ?1", "ii", id, now_ms)
		&& sql_run(s->db, err, "DELETE FROM unknown_writer WHERE user_id = ?", "i", id);
}

int member_store_remove_unseen(struct store *s, int64_t since_ms, struct error *err)
{
	int removed = 0;
	for (int64_t id; (id = sql_get_int(s->db, 0,
						  "SELECT id FROM member WHERE seen_ms > 0 AND seen_ms < ? LIMIT 1", "i", since_ms))
		 != 0;
		 removed++)
		if (!member_store_remove(s, id, err))
			return -1;
	return removed;
}
