#include "profile_value.h"

#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "html.h"
#include "keys.h"
#include "member_store.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "user_field_store.h"
#include "utf8.h"
#include "writing.h"

/* What Discourse takes, in characters. */
enum { NameChars = 255, FieldChars = 2048, PlaceChars = 3000, Fixed = 4, ShownBytes = 300 };

static const char *on_one_line(const char *text, struct arena *a)
{
	char *line = arena_strdup(a, str_or_empty(text));
	for (char *p = line; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	return line;
}

static const char *words_of_html(const char *html, struct arena *a)
{
	struct sbuf line = {0};
	html_line(str_or_empty(html), &line, ShownBytes);
	const char *text = arena_strdup(a, sbuf_str(&line));
	sbuf_fini(&line);
	return text;
}

static enum profile_kind kind_of(const struct user_field *f)
{
	static const struct {
		const char *type;
		enum profile_kind kind;
	} kinds[] = {
		{"dropdown", PROFILE_ONE}, {"multiselect", PROFILE_SEVERAL}, {"confirm", PROFILE_YES},
		{"textarea", PROFILE_LONG},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_equal(f->type, kinds[i].type))
			return kinds[i].kind;
	return PROFILE_LINE;
}

/* Where members might say more than they want. */
static const char *hint_of(const struct user_field *f, enum field_role role)
{
	char *folded = utf8_fold(f->name);
	const char *hint = str_or_empty(f->description);
	if (strstr(folded, "ervaring") != NULL || strstr(folded, "experience") != NULL)
		hint = _("What do you know from experience? You need not name a diagnosis.");
	else if (role == FIELD_REGION)
		hint = _("A province or a town is enough.");
	else if (role == FIELD_CAPACITY)
		hint = _("You need not give a reason.");
	free(folded);
	return hint;
}

static struct profile_value of_field(
	const struct user_field *f, enum field_role role, const struct member *m, struct arena *a)
{
	const char *value = str_or_empty(member_field(m, f->id));
	struct profile_value v = {.name = arena_printf(a, "field:%lld", (long long)f->id), .label = f->name,
		.hint = hint_of(f, role), .value = value, .kind = kind_of(f), .option = f->options,
		.option_count = f->option_count, .max_chars = FieldChars, .members_see_it = f->shown,
		.required = f->required, .editable = f->editable, .shown = on_one_line(value, a)};
	if (v.kind == PROFILE_YES) {
		v.value = str_equal(value, "true") ? value : "";
		v.shown = v.value[0] != '\0' ? _("Yes") : _("No");
	}
	return v;
}

const char *profile_label(const char *name)
{
	static const char *const labels[][2] = {
		{change_profile_name, N_("Name members see")}, {change_profile_location, N_("Place")},
		{change_profile_website, N_("Website")}, {change_profile_bio, N_("About me")},
	};
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (str_equal(labels[i][0], name))
			return _(labels[i][1]);
	return "";
}

static int add_fixed(struct profile_value *out, const struct member *m, struct arena *a)
{
	const struct profile_value fixed[Fixed] = {
		{.name = change_profile_name, .hint = _("You can use another name than your own."),
			.value = str_or_empty(m->name), .max_chars = NameChars},
		{.name = change_profile_location, .hint = _("A province or a town is enough."),
			.value = str_or_empty(m->location), .max_chars = PlaceChars},
		{.name = change_profile_website, .hint = "", .value = str_or_empty(m->website),
			.max_chars = PlaceChars},
		{.name = change_profile_bio, .hint = _("You need not name a diagnosis."),
			.kind = PROFILE_LONG, .max_chars = PlaceChars,
			.value = m->bio_raw != NULL ? m->bio_raw : str_empty(m->bio_cooked) ? "" : NULL},
	};
	for (int i = 0; i < Fixed; i++) {
		out[i] = fixed[i];
		out[i].label = profile_label(fixed[i].name);
		out[i].members_see_it = out[i].editable = true;
		out[i].shown = i == Fixed - 1 ? words_of_html(m->bio_cooked, a) : on_one_line(fixed[i].value, a);
	}
	return Fixed;
}

struct profile profile_load(const struct screen *s, struct arena *a)
{
	struct profile p = {0};
	const struct session *me = s->ctx->store == NULL ? NULL : session_store_get(s->ctx->store, a);
	p.member = me == NULL ? NULL : member_store_get(s->ctx->store, me->user_id, a);
	if (p.member == NULL)
		return p;
	struct user_field_rows fields = user_field_store_list(s->ctx->store, a);
	struct profile_value fixed[Fixed], *v = ARENA_ARRAY(a, (size_t)fields.count + Fixed, struct profile_value);
	add_fixed(fixed, p.member, a);
	v[p.count++] = fixed[0];
	for (int i = 0; i < fields.count; i++)
		v[p.count++] = of_field(&fields.row[i], fields.role[i], p.member, a);
	for (int i = 1; i < Fixed; i++)
		v[p.count++] = fixed[i];
	p.value = v;
	return p;
}

const struct profile_value *profile_find(const struct profile *p, const char *name)
{
	for (int i = 0; i < p->count; i++)
		if (str_equal(p->value[i].name, name))
			return &p->value[i];
	return NULL;
}

const char *profile_who(const struct profile_value *v)
{
	return v->members_see_it ? _("All members see this") : _("Only you and the organisers see this");
}

void profile_change_named(struct screen *s, const char *name)
{
	struct arena a = {0};
	struct profile p = profile_load(s, &a);
	const struct profile_value *v = profile_find(&p, name);
	if (v != NULL)
		profile_change(s, v);
	else
		screen_say(s, "%s", _("This part of the profile cannot be changed here."));
	arena_fini(&a);
}

void profile_change(struct screen *s, const struct profile_value *v)
{
	static const char *const screens[] = {"profile_field", "profile_text", "profile_choice", "profile_choice",
		"profile_choice"};
	if (!v->editable)
		screen_say(s, "%s", _("Only the organisers can change this."));
	else if (v->value == NULL)
		keys_say(s, _("The text is not here as you wrote it. Fetch it with {fetch}, then try again."));
	else if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = screens[v->kind], .text = v->name});
}
