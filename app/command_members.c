#include "commands.h"

#include "member_store.h"
#include "plain.h"
#include "str.h"
#include "text.h"
#include "user_field_store.h"

static struct json *member_row_json(const struct member_row *m)
{
	struct json *o = json_object();
	json_add_int(o, "id", m->id);
	json_add_string(o, "username", m->username);
	json_add_string(o, "name", m->name);
	json_add_string(o, "title", str_empty(m->title) ? NULL : m->title);
	json_add_string(o, "what", m->what);
	json_add_string(o, "region", m->region);
	json_add_string(o, "open_for", m->open_for);
	json_add_string(o, "capacity", m->capacity);
	return o;
}

static void member_row_lines(struct call *c, const struct member_row *m)
{
	call_line(c, "%s (%s)", m->name, m->username);
	if (!str_empty(m->what))
		call_line(c, "  %s: %s", _("What I do"), m->what);
	if (!str_empty(m->region))
		call_line(c, "  %s: %s", _("Region"), m->region);
	if (!str_empty(m->open_for))
		call_line(c, "  %s: %s", _("Open to"), m->open_for);
}

static const char *joined(struct call *c)
{
	struct sbuf b = {0};
	for (int i = 0; i < c->argc; i++)
		sbuf_addf(&b, "%s%s", i > 0 ? " " : "", c->argv[i]);
	const char *s = arena_strdup(&c->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return s;
}

int members_run(struct call *c)
{
	int limit = call_limit(c, 100000);
	if (limit == 0 || !call_rest(c, 50))
		return call_usage(c);
	struct member_filter f = {.text = c->argc > 0 ? joined(c) : NULL};
	struct member_rows list = member_store_list(c->program->store, &f, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, "members");
	for (int i = 0; i < list.count; i++) {
		json_append(array, member_row_json(&list.row[i]));
		member_row_lines(c, &list.row[i]);
	}
	if (list.count == 0)
		call_line(c, "%s", f.text != NULL ? _("Nothing fits these words.") : _("Nothing here yet."));
	return EXIT_OK;
}

static void add_fields(struct call *c, const struct member *m, struct json *object)
{
	struct user_field_rows fields = user_field_store_list(c->program->store, &c->mem);
	struct json *map = json_add_object(object, "user_fields");
	for (int i = 0; i < fields.count; i++) {
		const char *value = member_field(m, fields.row[i].id);
		if (value != NULL) {
			json_add_string(map, fields.row[i].name, value);
			call_label(c, fields.row[i].name, value);
		}
	}
}

static const char *bio_plain(struct call *c, const struct member *m)
{
	struct plain p;
	plain_begin(&p, c);
	post_text_html(&p.builder, str_or_empty(m->bio_cooked), &p.look);
	return plain_end(&p);
}

static void show_member(struct call *c, const struct member *m)
{
	struct json *o = json_add_object(c->doc, "member");
	const char *bio = bio_plain(c, m);
	json_add_int(o, "id", m->id);
	json_add_string(o, "username", m->username);
	json_add_string(o, "name", m->name);
	json_add_string(o, "title", m->title);
	json_add_string(o, "location", m->location);
	json_add_string(o, "website", m->website);
	json_add_string(o, "timezone", m->timezone);
	json_add_string(o, "bio_cooked", m->bio_cooked);
	json_add_string(o, "text", bio);
	call_line(c, "%s (%s)", member_display(m->name, m->username), m->username);
	call_label(c, _("Title"), m->title);
	call_label(c, _("Place"), m->location);
	call_label(c, _("Website"), m->website);
	add_fields(c, m, o);
	struct json *groups = json_add_array(o, "groups");
	for (int i = 0; i < m->group_count; i++)
		json_append_string(groups, m->group[i]);
	if (!str_empty(bio))
		call_line(c, "\n%s", bio);
}

int member_run(struct call *c)
{
	if (!call_rest(c, 1) || c->argc != 1)
		return call_usage(c);
	const char *name = c->argv[0] + (c->argv[0][0] == '@');
	const struct member *m = member_store_by_username(c->program->store, name, &c->mem);
	if (m == NULL) {
		struct error err;
		fail(&err, ERR_NOT_FOUND, _("There is no member \"%s\" in kring."), name);
		return call_fail(c, &err);
	}
	show_member(c, m);
	return EXIT_OK;
}
