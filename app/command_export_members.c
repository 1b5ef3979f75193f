#include "export.h"

#include <string.h>

#include "html_text.h"
#include "member_store.h"
#include "str.h"
#include "user_field_store.h"
#include "utf8.h"

/* Members as vCards (RFC 6350), with no more than what they show on the site. */
enum { Step = 200, LineBytes = 75 };

/* A line is folded between two characters. */
static void add_folded(struct sbuf *out, const char *line, size_t n)
{
	size_t used = 0;
	for (size_t at = 0; at < n;) {
		uint32_t cp;
		size_t bytes = utf8_decode(line + at, n - at, &cp);
		if (used + bytes > LineBytes) {
			sbuf_add(out, "\r\n ");
			used = 1;
		}
		sbuf_addn(out, line + at, bytes);
		used += bytes;
		at += bytes;
	}
	sbuf_add(out, "\r\n");
}

static void add_escaped(struct sbuf *line, const char *text)
{
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '\n') {
			sbuf_add(line, "\\n");
		} else {
			if (strchr("\\,;", *s) != NULL)
				sbuf_addc(line, '\\');
			sbuf_addc(line, *s);
		}
	}
}

static void add(struct export *e, const char *name, const char *before, const char *value, const char *after)
{
	struct sbuf line = {0};
	if (str_empty(value))
		return;
	sbuf_addf(&line, "%s:%s", name, before);
	add_escaped(&line, value);
	sbuf_add(&line, after);
	add_folded(&e->text, line.p, line.n);
	sbuf_fini(&line);
}

static void add_address(struct export *e, const char *name, const char *url)
{
	struct sbuf line = {0};
	if (strpbrk(url, " \t\r\n") == NULL) {
		sbuf_addf(&line, "%s:%s", name, url);
		add_folded(&e->text, line.p, line.n);
	}
	sbuf_fini(&line);
}

/* What the member tells: the text of the profile, then each field on a line of its own. */
static void add_note(struct export *e, const struct member *m, const struct user_field_rows *fields)
{
	struct sbuf note = {0};
	html_text(&note, str_or_empty(m->bio_cooked));
	for (int i = 0; i < fields->count; i++) {
		const char *value = fields->row[i].shown ? member_field(m, fields->row[i].id) : NULL;
		if (!str_empty(value))
			sbuf_addf(&note, "%s%s: %s", note.n > 0 ? "\n" : "", fields->row[i].name, value);
	}
	add(e, "NOTE", "", sbuf_str(&note), "");
	sbuf_fini(&note);
}

static void add_groups(struct export *e, const struct member *m)
{
	struct sbuf line = {0};
	for (int i = 0; i < m->group_count; i++) {
		sbuf_add(&line, i == 0 ? "CATEGORIES:" : ",");
		add_escaped(&line, m->group[i]);
	}
	if (line.n > 0)
		add_folded(&e->text, line.p, line.n);
	sbuf_fini(&line);
}

static void add_card(struct export *e, const struct member *m, const struct user_field_rows *fields,
	struct arena *a)
{
	const char *url = arena_printf(a, "%s/u/%s", e->call->program->account->url, m->username);
	sbuf_add(&e->text, "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\n");
	add_address(e, "UID;VALUE=uri", url);
	add(e, "FN", "", member_display(m->name, m->username), "");
	add(e, "NICKNAME", "", m->username, "");
	add(e, "TITLE", "", m->title, "");
	add(e, "ADR", ";;;", m->location, ";;;");
	add_address(e, "SOURCE", url);
	if (!str_empty(m->website))
		add_address(e, "URL", m->website);
	add(e, "TZ", "", m->timezone, "");
	add_groups(e, m);
	add_note(e, m, fields);
	sbuf_add(&e->text, "END:VCARD\r\n");
}

bool export_vcf(struct export *e, const char *word)
{
	struct arena mem = {0}, step = {0};
	struct user_field_rows fields = user_field_store_list(e->store, &mem);
	bool ok = true;
	for (int64_t at = 0; ok; at += Step) {
		struct member_rows list = member_store_list(e->store, &(struct member_filter){0}, at, Step, &step);
		for (int i = 0; i < list.count && ok; i++) {
			const struct member *m = member_store_get(e->store, list.row[i].id, &step);
			if (m != NULL)
				add_card(e, m, &fields, &step);
			ok = export_flow(e);
		}
		if (list.count < Step)
			break;
		arena_reset(&step);
	}
	arena_fini(&step);
	arena_fini(&mem);
	return ok;
}
