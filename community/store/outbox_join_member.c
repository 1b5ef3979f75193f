#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "outbox_join.h"
#include "str.h"

static const char field_prefix[] = "field:";

/* What was typed, as plain paragraphs, until the site has made its HTML of it. */
static const char *plain_html(const char *text, struct arena *a)
{
	struct sbuf out = {0};
	sbuf_add(&out, "<p>");
	for (const char *p = text; *p != '\0'; p++) {
		if (strncmp(p, "\n\n", 2) == 0)
			sbuf_add(&out, "</p><p>");
		else if (*p == '\n')
			sbuf_add(&out, "<br>");
		else if (*p == '<' || *p == '&')
			sbuf_add(&out, *p == '<' ? "&lt;" : "&amp;");
		else
			sbuf_addc(&out, *p);
	}
	sbuf_add(&out, "</p>");
	const char *html = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return html;
}

static void set_field(struct member *m, int64_t id, const char *value, struct arena *a)
{
	struct field_value *v = ARENA_ARRAY(a, (size_t)m->field_count + 1, struct field_value);
	int count = 0;
	bool known = false;
	for (int i = 0; i < m->field_count; i++) {
		bool this_one = m->field[i].field_id == id;
		known = known || this_one;
		if (!this_one || !str_empty(value))
			v[count++] = this_one ? (struct field_value){id, value} : m->field[i];
	}
	if (!known && !str_empty(value))
		v[count++] = (struct field_value){id, value};
	m->field = v;
	m->field_count = count;
}

void outbox_set_profile(struct member *m, const struct change *c, struct arena *a)
{
	if (str_equal(c->title, change_profile_name))
		m->name = c->body;
	else if (str_equal(c->title, change_profile_location))
		m->location = c->body;
	else if (str_equal(c->title, change_profile_website))
		m->website = c->body;
	else if (str_equal(c->title, change_profile_bio)) {
		m->bio_raw = c->body;
		m->bio_cooked = plain_html(c->body, a);
	} else if (str_starts(c->title, field_prefix))
		set_field(m, strtoll(c->title + sizeof field_prefix - 1, NULL, 10), c->body, a);
}

static void set_level(bool *muted, bool *ignored, int64_t level)
{
	*muted = level == MEMBER_MUTED;
	*ignored = level == MEMBER_IGNORED;
}

void outbox_join_member(struct store *s, struct member *m, struct arena *a)
{
	struct changes level = outbox_underway(s, CHANGE_MEMBER_LEVEL, CHANGE_MEMBER_LEVEL, 0, 0, a);
	for (int i = 0; i < level.count; i++)
		if (strcasecmp(level.row[i].names, m->username) == 0)
			set_level(&m->muted, &m->ignored, level.row[i].number);
	struct changes profile = outbox_underway(s, CHANGE_PROFILE, CHANGE_PROFILE, 0, 0, a);
	if (profile.count == 0 || sql_get_int(s->db, 0, "SELECT user_id FROM session", "") != m->id)
		return;
	for (int i = 0; i < profile.count; i++)
		outbox_set_profile(m, &profile.row[i], a);
}

void outbox_join_members(struct store *s, struct member_row *row, int count)
{
	struct arena mem = {0};
	struct changes level = outbox_underway(s, CHANGE_MEMBER_LEVEL, CHANGE_MEMBER_LEVEL, 0, 0, &mem);
	for (int i = 0; i < level.count; i++)
		for (int j = 0; j < count; j++)
			if (strcasecmp(level.row[i].names, row[j].username) == 0)
				set_level(&row[j].muted, &row[j].ignored, level.row[i].number);
	arena_fini(&mem);
}
