#include "sample.h"

#include <string.h>

#include "forum_category.h"
#include "forum_group.h"
#include "forum_user.h"
#include "json.h"
#include "password.h"
#include "str.h"

enum { DayMs = 24 * 3600 * 1000 };

static bool set_up_site(struct sample *s, const struct yaml_node *site, struct error *err)
{
	static const struct {
		const char *key, *setting;
	} rows[] = {
		{"title", "title"}, {"description", "site_description"}, {"locale", "default_locale"},
		{"contact_username", "site_contact_username"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *value = yaml_text(site, rows[i].key);
		if (value != NULL && !forum_setting_set(s->f->db, rows[i].setting, value, err))
			return false;
	}
	return true;
}

static bool make_fields(struct sample *s, const struct yaml_node *site, struct error *err)
{
	YAML_EACH(n, yaml_get(site, "user_fields")) {
		struct new_user_field d = {
			.name = yaml_text(n, "name"),
			.description = yaml_text(n, "description"),
			.type = yaml_text(n, "field_type"),
			.editable = yaml_bool(n, "editable"),
			.required = yaml_bool(n, "required"),
			.show_on_profile = yaml_bool(n, "show_on_profile"),
			.show_on_user_card = yaml_bool(n, "show_on_user_card"),
			.searchable = yaml_bool(n, "searchable"),
		};
		d.option = yaml_texts(n, "options", s->f->mem, &d.option_count);
		if (!forum_user_field_create(s->f, &d, NULL, err))
			return false;
	}
	return true;
}

/* A list of choices is kept as a JSON array. */
static const char *field_value(struct sample *s, const struct yaml_node *n)
{
	if (n->text != NULL)
		return str_trim(arena_strdup(s->f->mem, n->text));
	struct json *j = json_array();
	struct sbuf b = {0};
	YAML_EACH(choice, n)
		json_append_string(j, choice->text);
	json_print(j, &b);
	char *text = arena_strdup(s->f->mem, b.p);
	sbuf_fini(&b);
	json_free(j);
	return text;
}

static bool fill_in(struct sample *s, int64_t user_id, const struct yaml_node *fields, struct error *err)
{
	YAML_EACH(n, fields) {
		int64_t field = sql_get_int(s->f->db, 0, "SELECT id FROM user_field WHERE name = ?", "s", n->key);
		if (field == 0)
			return fail(err, ERR_INVALID, "The sample has no field %s.", n->key);
		if (!forum_user_field_set(s->f, user_id, field, field_value(s, n), err))
			return false;
	}
	return true;
}

static bool make_member(struct sample *s, const struct yaml_node *n, const char *password, struct error *err)
{
	struct member_row *m = &s->member[s->member_count];
	const struct yaml_node *status = yaml_get(n, "status");
	m->username = yaml_text(n, "username");
	m->joined_ms = s->now_ms - (int64_t)(yaml_number(n, "joined_days_ago", 400) * DayMs);
	const struct new_user u = {
		.username = m->username,
		.name = yaml_text(n, "name"),
		.title = yaml_text(n, "title"),
		.password = password,
		.email = arena_printf(s->f->mem, "%s@kring.example", m->username),
		.admin = yaml_bool(n, "admin"),
		.moderator = yaml_bool(n, "moderator"),
		.trust_level = (int)yaml_number(n, "trust_level", 1),
		.location = yaml_text(n, "location"),
		.website = yaml_text(n, "website"),
		.timezone = yaml_text(n, "timezone"),
		.locale = s->language,
		.status_emoji = yaml_text(status, "emoji"),
		.status_text = yaml_text(status, "text"),
		.created_ms = m->joined_ms,
	};
	s->f->now_ms = m->joined_ms;
	s->member_count++;
	return forum_user_create(s->f, &u, &m->id, err) && fill_in(s, m->id, yaml_get(n, "fields"), err);
}

static bool make_members(struct sample *s, struct error *err)
{
	char password[PASSWORD_HASH_BYTES];
	struct yaml_node *file = sample_read(s, "members.yaml", err);
	const struct yaml_node *list = file == NULL ? NULL : yaml_get(file, "members");
	if (list == NULL || !password_hash(SAMPLE_PASSWORD, password, err))
		return false;
	s->member = ARENA_ARRAY(s->f->mem, (size_t)list->count + 1, struct member_row);
	YAML_EACH(n, list) {
		if (!make_member(s, n, password, err))
			return false;
	}
	/* Biographies name other members, so they come when everyone is there. */
	int i = 0;
	YAML_EACH(n, list) {
		if (!forum_user_set_bio(s->f, s->member[i++].id, yaml_text(n, "bio"), err))
			return false;
	}
	return true;
}

static bool make_groups(struct sample *s, const struct yaml_node *site, struct error *err)
{
	YAML_EACH(n, yaml_get(site, "groups")) {
		int64_t id;
		int count;
		const char *const *name = yaml_texts(n, "members", s->f->mem, &count);
		if (!forum_group_create(s->f, yaml_text(n, "name"), yaml_text(n, "full_name"), yaml_text(n, "bio"),
				&id, err))
			return false;
		for (int i = 0; i < count; i++) {
			int64_t user = forum_user_id(s->f->db, name[i]);
			if (user == 0)
				return fail(err, ERR_INVALID, "The sample has no member %s.", name[i]);
			if (!forum_group_add(s->f, id, user, i == 0, 0, err))
				return false;
		}
	}
	return true;
}

static bool make_category(struct sample *s, const struct yaml_node *n, struct error *err)
{
	int64_t group[32];
	int count, groups = 0;
	const char *const *name = yaml_texts(n, "read_groups", s->f->mem, &count);
	for (int i = 0; i < count && groups < 32; i++) {
		group[groups] = forum_group_id(s->f->db, name[i]);
		if (group[groups++] == 0)
			return fail(err, ERR_INVALID, "The sample has no group %s.", name[i]);
	}
	const struct new_category c = {
		.name = yaml_text(n, "name"),
		.slug = yaml_text(n, "slug"),
		.description = yaml_text(n, "description"),
		.color = yaml_text(n, "color"),
		.position = (int)yaml_number(n, "position", 0),
		.topic_template = yaml_text(n, "topic_template"),
		.group = group,
		.group_count = groups,
	};
	return forum_category_create(s->f, &c, NULL, err);
}

bool sample_people(struct sample *s, struct error *err)
{
	struct yaml_node *site = sample_read(s, "site.yaml", err);
	if (site == NULL || !set_up_site(s, site, err) || !make_fields(s, site, err) || !make_members(s, err) ||
		!make_groups(s, site, err))
		return false;
	YAML_EACH(n, yaml_get(site, "categories")) {
		if (!make_category(s, n, err))
			return false;
	}
	YAML_EACH(n, yaml_get(site, "tags")) {
		if (n->text != NULL && forum_tag_id(s->f, n->text, err) == 0)
			return false;
	}
	return true;
}
