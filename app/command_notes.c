#include "commands.h"

#include "member_store.h"
#include "note_store.h"
#include "outbox_call.h"
#include "post_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

static const struct {
	const char *word;
	enum note_kind kind;
} kinds[] = {{"member", NOTE_MEMBER}, {"post", NOTE_POST}};

static const char *kind_word(enum note_kind kind)
{
	return kinds[kind == NOTE_POST].word;
}

static void show_note(struct call *c, const struct note_row *n, struct json *o)
{
	struct sbuf when = {0};
	json_add_string(o, "kind", kind_word(n->kind));
	json_add_int(o, "id", n->id);
	if (n->kind == NOTE_POST) {
		json_add_int(o, "topic_id", n->topic_id);
		json_add_int(o, "post_number", n->post_number);
	}
	json_add_string(o, "where", n->where);
	json_add_string(o, "text", n->text);
	call_add_time(o, "changed_at", n->changed_ms);
	when_moment(&when, n->changed_ms, c->program->ctx.zone);
	call_line(c, "%s: %s", n->kind == NOTE_POST ? _("Post") : _("Member"), str_empty(n->where) ? "-" : n->where);
	call_line(c, "  %s: %lld", _("Number"), (long long)n->id);
	call_line(c, "  %s: %s", _("When"), sbuf_str(&when));
	call_line(c, "%s\n", n->text);
	sbuf_fini(&when);
}

static const char *words_of(struct call *c)
{
	const char *joined = c->argc == 0 ? NULL : c->argv[0];
	for (int i = 1; i < c->argc; i++)
		joined = arena_printf(&c->mem, "%s %s", joined, c->argv[i]);
	return joined;
}

int notes_run(struct call *c)
{
	int limit = call_limit(c, 100000);
	if (limit == 0 || !call_rest(c, 50))
		return call_usage(c);
	const char *words = words_of(c);
	int64_t count = note_store_count(c->program->store, words);
	struct note_rows list = note_store_list(
		c->program->store, words, 0, count < limit ? (int)count : limit, &c->mem);
	struct json *array = json_add_array(c->doc, "notes");
	for (int i = 0; i < list.count; i++)
		show_note(c, &list.row[i], json_append_object(array));
	if (list.count == 0)
		call_line(c, "%s", words != NULL ? _("Nothing fits these words.") : _("Nothing here yet."));
	return EXIT_OK;
}

struct note_call {
	enum note_kind kind;
	int64_t id, now_ms;
	const char *text;
};

static bool put(struct store *s, void *what, struct error *err)
{
	const struct note_call *n = what;
	return note_store_put(s, n->kind, n->id, n->text, n->now_ms, err);
}

/* False: not in kring; *err says so. */
static bool find(struct call *c, const char *name, struct note_call *n, struct error *err)
{
	const char *bare = name + (*name == '@');
	if (n->kind == NOTE_POST) {
		bool there = str_to_int(name, 1, INT64_MAX, &n->id) &&
			post_store_get(c->program->store, n->id, &c->mem) != NULL;
		return there || fail(err, ERR_NOT_FOUND, _("Post %s is not in kring."), name);
	}
	const struct member *m = member_store_by_username(c->program->store, bare, &c->mem);
	n->id = m == NULL ? 0 : m->id;
	return m != NULL || fail(err, ERR_NOT_FOUND, _("There is no member \"%s\" in kring."), bare);
}

int note_run(struct call *c)
{
	struct note_call n = {.now_ms = c->program->ctx.now_ms};
	struct error err;
	for (size_t i = 0; c->argc == 2 && i < sizeof kinds / sizeof *kinds; i++)
		if (str_equal(c->argv[0], kinds[i].word))
			n.kind = kinds[i].kind;
	if (!call_rest(c, 2) || n.kind == 0)
		return call_usage(c);
	if (!find(c, c->argv[1], &n, &err) || (n.text = outbox_call_text(c, &err)) == NULL ||
		!outbox_call_write(c, put, &n, &err))
		return call_fail(c, &err);
	struct json *o = json_add_object(c->doc, "note");
	json_add_string(o, "kind", kind_word(n.kind));
	json_add_int(o, "id", n.id);
	json_add_string(o, "text", n.text);
	call_line(c, "%s", *n.text == '\0' ? _("The note was removed.") : _("The note is kept on this computer only."));
	return EXIT_OK;
}
