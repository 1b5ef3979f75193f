#include "composition.h"

#include <stdlib.h>
#include <string.h>

#include "category_store.h"
#include "event_markup.h"
#include "meeting.h"
#include "mem.h"
#include "panic.h"
#include "post_store.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* A longer silence is not typing. */
enum { TypingGapMs = 5000, SaveDelayMs = 1500 };

static void set(struct sbuf *b, const char *text)
{
	struct sbuf fresh = {0};
	sbuf_add(&fresh, str_or_empty(text));
	sbuf_fini(b);
	*b = fresh;
}

struct composition *composition_new(struct context *ctx, const struct change *c)
{
	struct composition *w = xcalloc(1, sizeof *w);
	w->change = *c;
	w->change.base = c->writer;
	w->change.writer = change_new_id();
	if (w->change.id == 0)
		w->change.id = change_new_id();
	set(&w->title, c->title);
	set(&w->names, c->names);
	set(&w->body, c->body);
	set(&w->original, c->original);
	set(&w->was_title, c->was_title);
	set(&w->was_names, c->was_names);
	w->counted_ms = ctx->now_ms;
	w->next = ctx->compositions;
	ctx->compositions = w;
	return w;
}

static struct composition *find(const struct context *ctx, int64_t id)
{
	for (struct composition *w = ctx->compositions; w != NULL; w = w->next)
		if (w->change.id == id)
			return w;
	return NULL;
}

static bool has_meeting(const struct change *c)
{
	struct arena a = {0};
	struct event_markup m;
	bool first_post = c->kind == CHANGE_TOPIC || (c->kind == CHANGE_EDIT && !str_empty(c->title));
	bool has = first_post && event_markup_read(str_or_empty(c->body), &m, &a);
	arena_fini(&a);
	return has;
}

static struct composition *from_outbox(struct context *ctx, int64_t id)
{
	struct arena a = {0};
	writing_wait(ctx);
	const struct outbox_row *row = ctx->store == NULL || id == 0 ? NULL : outbox_store_get(ctx->store, id, &a);
	struct composition *w = NULL;
	if (row != NULL && change_is_text(row->change.kind) &&
		(row->change.state == CHANGE_DRAFT || row->change.state == CHANGE_REFUSED)) {
		w = composition_new(ctx, &row->change);
		w->written = true;
		w->meeting = has_meeting(&row->change);
	}
	arena_fini(&a);
	return w;
}

struct composition *composition_take(struct context *ctx, int64_t id)
{
	struct composition *w = find(ctx, id);
	if (w == NULL)
		w = from_outbox(ctx, id);
	if (w != NULL)
		w->users++;
	return w;
}

static void composition_free(struct composition *w)
{
	sbuf_fini(&w->title);
	sbuf_fini(&w->names);
	sbuf_fini(&w->body);
	sbuf_fini(&w->original);
	sbuf_fini(&w->was_title);
	sbuf_fini(&w->was_names);
	free(w);
}

void composition_drop(struct context *ctx, struct composition *w)
{
	if (w == NULL || --w->users > 0)
		return;
	struct composition **at = &ctx->compositions;
	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	composition_free(w);
}

struct change composition_change(const struct composition *w)
{
	struct change c = w->change;
	if (w->own_id != 0)
		c.id = w->own_id;
	c.title = sbuf_str(&w->title);
	c.names = sbuf_str(&w->names);
	c.body = sbuf_str(&w->body);
	c.original = sbuf_str(&w->original);
	c.was_title = sbuf_str(&w->was_title);
	c.was_names = sbuf_str(&w->was_names);
	return c;
}

/* The text is kept once in a while: what was typed since the last time ended with the key at now_ms. */
void composition_count(struct composition *w, int64_t now_ms, bool typed)
{
	if (now_ms > w->counted_ms)
		w->change.open_ms += now_ms - w->counted_ms;
	w->counted_ms = now_ms;
	if (!typed)
		return;
	int64_t gap = now_ms - w->typed_ms;
	w->change.typing_ms += gap >= 0 && gap < TypingGapMs + SaveDelayMs ? gap : SaveDelayMs;
	if (w->change.typing_ms > w->change.open_ms)
		w->change.typing_ms = w->change.open_ms;
	w->typed_ms = now_ms;
}

static bool has_words_of(const struct composition *w, const struct change *c)
{
	return str_equal(sbuf_str(&w->title), c->title) && str_equal(sbuf_str(&w->body), c->body)
		&& str_equal(sbuf_str(&w->names), c->names);
}

const char *composition_split(const struct screen *s, struct composition *w, bool *sent)
{
	struct arena a = {0};
	const struct outbox_row *row =
		w->own_id != 0 || s->ctx->store == NULL ? NULL : outbox_store_get(s->ctx->store, w->change.id, &a);
	*sent = row != NULL && row->change.state != CHANGE_DRAFT && row->change.state != CHANGE_REFUSED;
	bool others = row != NULL && row->change.writer != w->change.writer
		&& (*sent || row->change.writer != w->change.base) && !has_words_of(w, &row->change);
	arena_fini(&a);
	if (!others)
		return NULL;
	w->own_id = w->change.writer;
	return *sent ? _("This text was sent from another window. Yours is now a draft of its own.")
		: _("This text was also changed elsewhere. Yours is now a draft of its own.");
}

/* Everything was taken out again: then there is nothing to keep. */
static bool forget_empty(struct screen *s, struct composition *w)
{
	const struct outbox_port *port = w->title.n + w->body.n > 0 ? NULL : writing_port(s);
	if (port != NULL && w->written)
		port->drop(s->ctx->host->self, composition_change(w).id);
	if (port != NULL)
		w->written = false;
	return port != NULL;
}

bool composition_keep(struct screen *s, struct composition *w)
{
	bool sent;
	const char *split = w->sent ? NULL : composition_split(s, w, &sent);
	if (w->sent || forget_empty(s, w))
		return true;
	w->written = true;
	struct change c = composition_change(w);
	if (!writing_save(s, &c))
		return false;
	if (split != NULL)
		screen_say(s, "%s", split);
	w->change.created_ms = c.created_ms;
	return true;
}

void composition_say_kept(struct screen *s, const struct composition *w)
{
	if (w != NULL && w->users == 1 && w->written && w->typed_ms > 0 && !w->sent)
		screen_say(s, "%s", _("Your text is kept. It is with your drafts."));
}

const struct topic_row *composition_topic(const struct screen *s, const struct composition *w, struct arena *a)
{
	return w->change.topic_id == 0 || s->ctx->store == NULL ? NULL
		: topic_store_row(s->ctx->store, w->change.topic_id, a);
}

const char *composition_site_text(const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct post_row *row = w->change.kind != CHANGE_EDIT || s->ctx->store == NULL ? NULL
		: post_store_get(s->ctx->store, w->change.post_id, a);
	if (row == NULL || row->edited != NULL || row->post.raw == NULL ||
		strcmp(row->post.raw, sbuf_str(&w->original)) == 0)
		return NULL;
	return row->post.raw;
}

bool composition_is_message(const struct screen *s, const struct composition *w)
{
	struct arena a = {0};
	const struct topic_row *t = composition_topic(s, w, &a);
	bool is = w->change.kind == CHANGE_MESSAGE || (t != NULL && t->is_message);
	arena_fini(&a);
	return is;
}

bool composition_has_title(const struct composition *w)
{
	return w->change.kind == CHANGE_TOPIC || w->change.kind == CHANGE_MESSAGE || w->title.n > 0;
}

const char *composition_screen(const struct composition *w)
{
	return w->meeting ? "meeting" : composition_has_title(w) ? "draft" : "compose";
}

const char *composition_screen_of(const struct change *c)
{
	if (has_meeting(c))
		return "meeting";
	return c->kind == CHANGE_TOPIC || c->kind == CHANGE_MESSAGE || !str_empty(c->title) ? "draft" : "compose";
}

const char *composition_title(const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct topic_row *t = composition_topic(s, w, a);
	switch (w->change.kind) {
	case CHANGE_TOPIC:
		return w->meeting ? _("New meeting") : _("New topic");
	case CHANGE_MESSAGE:
		return _("New message");
	case CHANGE_EDIT:
		return _("Edit");
	default:
		return t != NULL && t->is_message ? _("Answer") : _("Reply");
	}
}

const char *composition_language(const struct screen *s, struct arena *a)
{
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, a);
	return site == NULL || str_empty(site->locale) ? "nl" : site->locale;
}

static bool one_person(const char *names)
{
	return !str_empty(names) && strchr(names, ',') == NULL;
}

/* They wrote to each other before: then nobody has to say who they are. */
static bool know_each_other(const struct screen *s, const char *name)
{
	enum { Page = 200 };
	struct arena a = {0};
	struct topic_filter f = {.messages = true};
	struct topic_rows list = topic_store_list(s->ctx->store, &f, 0, Page, &a);
	bool known = false;
	for (int i = 0; i < list.count && !known; i++)
		known = str_equal(list.row[i].people, name) && list.row[i].posts_count > 1;
	arena_fini(&a);
	return known;
}

static const struct form *contact_form(const struct screen *s, const struct composition *w, struct arena *a)
{
	const char *names = sbuf_str(&w->names);
	if (!one_person(names) || s->ctx->store == NULL || know_each_other(s, names))
		return NULL;
	return form_of_kind("contact", composition_language(s, a), a);
}

const struct form *composition_form(const struct screen *s, const struct composition *w, struct arena *a)
{
	if (w->change.kind == CHANGE_MESSAGE)
		return contact_form(s, w, a);
	if (w->meeting || !composition_has_title(w) || w->change.category_id == 0 || s->ctx->store == NULL)
		return NULL;
	const struct category *c = category_store_get(s->ctx->store, w->change.category_id, a);
	if (c == NULL)
		return NULL;
	const char *language = composition_language(s, a);
	const struct form *known = form_of_category(c->name, c->slug, language, a);
	if (str_empty(c->topic_template))
		return known;
	return form_of_template(c->topic_template, known, language, a);
}

const char *composition_text(const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct form *f = composition_form(s, w, a);
	struct form_values v;
	if (w->meeting) {
		struct meeting_plan p;
		meeting_read(s, w, &p, a);
		return p.text;
	}
	if (f == NULL)
		return arena_strdup(a, sbuf_str(&w->body));
	form_read(f, arena_strdup(a, sbuf_str(&w->body)), &v, a);
	return v.text;
}

static void write_values(struct composition *w, const struct form *f, const struct form_values *v)
{
	struct sbuf body = {0};
	form_write(f, v, &body);
	sbuf_fini(&w->body);
	w->body = body;
}

static void set_meeting_text(const struct screen *s, struct composition *w, const char *text, struct arena *a)
{
	struct meeting_plan p;
	struct sbuf body = {0};
	meeting_read(s, w, &p, a);
	p.text = text;
	meeting_plan_write(&p, &body);
	sbuf_fini(&w->body);
	w->body = body;
}

void composition_set_text(const struct screen *s, struct composition *w, const char *text)
{
	struct arena a = {0};
	struct form_values v;
	const struct form *f = composition_form(s, w, &a);
	if (w->meeting) {
		set_meeting_text(s, w, text, &a);
	} else if (f == NULL) {
		set(&w->body, text);
	} else {
		form_read(f, arena_strdup(&a, sbuf_str(&w->body)), &v, &a);
		v.text = text;
		write_values(w, f, &v);
	}
	arena_fini(&a);
}

const char *composition_value(const struct screen *s, const struct composition *w, int field, struct arena *a)
{
	struct form_values v;
	const struct form *f = composition_form(s, w, a);
	if (f == NULL || field < 0 || field >= f->count)
		return "";
	form_read(f, arena_strdup(a, sbuf_str(&w->body)), &v, a);
	return v.value[field];
}

void composition_set_value(const struct screen *s, struct composition *w, int field, const char *value)
{
	struct arena a = {0};
	struct form_values v;
	const struct form *f = composition_form(s, w, &a);
	if (f != NULL && field >= 0 && field < f->count) {
		form_read(f, arena_strdup(&a, sbuf_str(&w->body)), &v, &a);
		v.value[field] = value;
		write_values(w, f, &v);
	}
	arena_fini(&a);
}
