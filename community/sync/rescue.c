#include "rescue.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "file.h"
#include "guide_store.h"
#include "mem.h"
#include "note_store.h"
#include "outbox_store.h"
#include "str.h"
#include "sync_access.h"
#include "text.h"
#include "utf8.h"

/* A text is a line of what it is, lines "= name: value", and its own lines; one of those that begins with "="
 * or "\" has a "\" before it.
 *   == reply ID WRITER TOPIC POST CATEGORY NUMBER
 *   == note KIND ID
 *   == guide EVENT STARTS */
enum { MaxBytes = 32 * 1024 * 1024 };

static void print_lines(const char *text, struct sbuf *out)
{
	for (const char *at = text; *at != '\0';) {
		size_t n = strcspn(at, "\n");
		sbuf_addf(out, "%s%.*s\n", *at == '=' || *at == '\\' ? "\\" : "", (int)n, at);
		at += n + (at[n] == '\n');
	}
	sbuf_addc(out, '\n');
}

static void print_value(const char *name, const char *value, struct sbuf *out)
{
	if (!str_empty(value) && strchr(value, '\n') == NULL)
		sbuf_addf(out, "= %s: %s\n", name, value);
}

static void print_change(const struct change *c, struct sbuf *out)
{
	sbuf_addf(out, "== %s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
		change_kind_word(c->kind), c->id, c->writer, c->topic_id, c->post_id, c->category_id, c->number);
	print_value("names", c->names, out);
	print_value("title", c->title, out);
	print_lines(c->body, out);
}

static void print_text(const struct sync_intent *i, struct sbuf *out)
{
	if ((i->kind == SYNC_DRAFT || i->kind == SYNC_SEND) && !str_empty(i->change.body))
		print_change(&i->change, out);
	if ((i->kind != SYNC_NOTE && i->kind != SYNC_GUIDE) || str_empty(i->value))
		return;
	if (i->kind == SYNC_NOTE)
		sbuf_addf(out, "== note %d %" PRId64 "\n", i->number, i->id);
	else
		sbuf_addf(out, "== guide %" PRId64 " %" PRId64 "\n", i->id, i->time_ms);
	print_value("title", i->kind == SYNC_GUIDE ? i->name : NULL, out);
	print_lines(i->value, out);
}

char *rescue_read(const char *path)
{
	struct sbuf text = {0};
	struct error err;
	if (file_exists(path) && file_read(path, MaxBytes, &text, &err) && text.n > 0)
		return sbuf_take(&text);
	sbuf_fini(&text);
	return NULL;
}

bool rescue_write(
	const char *path, const char *earlier, const struct intent *first, bool *any, struct error *err)
{
	struct sbuf texts = {0};
	sbuf_add(&texts, str_or_empty(earlier));
	for (; first != NULL; first = first->next)
		print_text(&first->what, &texts);
	*any = texts.n > 0;
	bool ok = *any ? file_write(path, texts.p, texts.n, err) : file_remove(path, err);
	sbuf_fini(&texts);
	return ok;
}

/* One text of the file. */
struct piece {
	const char *head, *names, *title, *body; /* head: the line behind "== " */
};

static char *take_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');
	if (end != NULL)
		*end = '\0';
	*at = end == NULL ? line + strlen(line) : end + 1;
	return line;
}

static bool is_end(const char *at)
{
	return *at == '\0' || str_starts(at, "== ");
}

/* False at the end of the file. */
static bool next_piece(char **at, struct piece *out, struct arena *a)
{
	struct sbuf body = {0};
	*out = (struct piece){.head = "", .names = "", .title = "", .body = ""};
	if (**at == '\0')
		return false;
	if (str_starts(*at, "== "))
		out->head = take_line(at) + strlen("== ");
	while (!is_end(*at)) {
		const char *line = take_line(at);
		if (body.n == 0 && str_starts(line, "= names: "))
			out->names = line + strlen("= names: ");
		else if (body.n == 0 && str_starts(line, "= title: "))
			out->title = line + strlen("= title: ");
		else
			sbuf_addf(&body, "%s\n", line + (*line == '\\'));
	}
	out->body = str_trim(arena_strdup(a, sbuf_str(&body)));
	sbuf_fini(&body);
	return true;
}

static enum change_kind kind_of(const char *word)
{
	for (int kind = CHANGE_TOPIC; kind < CHANGE_KINDS; kind++)
		if (str_equal(word, change_kind_word((enum change_kind)kind)))
			return (enum change_kind)kind;
	return 0;
}

/* What cannot be understood is the text of a topic without a place. */
static struct change change_of(const struct piece *p)
{
	struct change c = {.names = p->names, .title = p->title, .body = p->body};
	char word[32];
	int n = sscanf(p->head, "%31s %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, word,
		&c.id, &c.writer, &c.topic_id, &c.post_id, &c.category_id, &c.number);
	c.kind = n < 1 ? 0 : kind_of(word);
	if (n != 7 || (!change_is_text(c.kind) && c.kind != CHANGE_PROFILE) || c.id <= 0)
		c = (struct change){.kind = CHANGE_TOPIC, .title = _("Text from last time"), .body = p->body};
	return c;
}

/* White space around a text is not kept in the file. */
static bool same_but_ends(const char *a, const char *b)
{
	struct arena mem = {0};
	bool same = str_equal(str_trim(arena_strdup(&mem, str_or_empty(a))), str_trim(arena_strdup(&mem, str_or_empty(b))));
	arena_fini(&mem);
	return same;
}

static bool has_it(const struct outbox_row *row, const struct change *c)
{
	return same_but_ends(row->change.body, c->body) && same_but_ends(row->change.title, c->title);
}

/* It was taken back before, and kring ended before the file was gone. */
static bool is_a_draft(struct store *s, const struct change *c)
{
	static const struct outbox_filter drafts = {.drafts = true};
	struct arena a = {0};
	struct outbox_rows rows = outbox_store_list(s, &drafts, 0, (int)outbox_store_count(s, &drafts), &a);
	bool found = false;
	for (int i = 0; i < rows.count && !found; i++) {
		const struct change *has = &rows.row[i].change;
		bool there = c->post_id == 0 ? has->topic_id == c->topic_id : has->post_id == c->post_id;
		found = there && has->kind == c->kind && has_it(&rows.row[i], c);
	}
	arena_fini(&a);
	return found;
}

static bool put_change(struct store *s, const struct piece *p, struct arena *a, struct error *err)
{
	struct change c = change_of(p);
	const struct outbox_row *row = c.id == 0 ? NULL : outbox_store_get(s, c.id, a);
	if (row != NULL && has_it(row, &c))
		return true;
	if (row != NULL || c.id == 0) {
		if (is_a_draft(s, &c))
			return true;
		c.id = change_new_id();
		c.writer = 0;
	}
	c.created_ms = sync_clock_ms();
	return outbox_store_put_draft(s, &c, err);
}

/* Both, when there is another one by now. */
static const char *beside(const char *old, const char *text, struct arena *a)
{
	if (str_empty(old) || strstr(text, old) != NULL)
		return text;
	return strstr(old, text) != NULL ? NULL : arena_printf(a, "%s\n\n%s", old, text);
}

static bool put_note(struct store *s, const struct piece *p, struct arena *a, struct error *err)
{
	struct guide_key key;
	int64_t id;
	int kind;
	if (sscanf(p->head, "note %d %" SCNd64, &kind, &id) == 2) {
		const char *text = beside(note_store_get(s, (enum note_kind)kind, id, a), p->body, a);
		return text == NULL || note_store_put(s, (enum note_kind)kind, id, text, sync_clock_ms(), err);
	}
	if (sscanf(p->head, "guide %" SCNd64 " %" SCNd64, &key.event_id, &key.starts_ms) == 2) {
		const char *text = beside(guide_store_get(s, key, p->title, a), p->body, a);
		return text == NULL || guide_store_put(s, key, p->title, text, sync_clock_ms(), err);
	}
	return put_change(s, p, a, err);
}

static bool put_all(struct store *s, char *text, struct error *err)
{
	struct arena a = {0};
	struct piece p;
	bool ok = true;
	while (ok && next_piece(&text, &p, &a))
		ok = str_empty(p.body) || put_note(s, &p, &a, err);
	arena_fini(&a);
	return ok;
}

bool rescue_take_back(const char *earlier, struct store *s, unsigned *bits, struct error *err)
{
	struct sbuf clean = {0};
	utf8_clean(&clean, earlier, strlen(earlier), UTF8_LINES, SIZE_MAX);
	char *text = sbuf_take(&clean);
	bool ok = store_begin(s, err) && put_all(s, text, err) && store_commit(s, bits, err);
	if (!ok)
		store_rollback(s);
	free(text);
	return ok;
}
