#include "agreements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement_store.h"
#include "category_store.h"
#include "compose_look.h"
#include "event_store.h"
#include "event_topic.h"
#include "form.h"
#include "keys.h"
#include "post_store.h"
#include "screens.h"
#include "sign_up.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"
#include "utf8.h"
#include "when.h"
#include "writing.h"

/* The agreements of a circle (target id: the event; target number: the answer that the member is about to
 * give, NONE: they only read). */
struct agreements_state {
	const struct event *event; /* NULL: not in kring */
	struct agreements agreements;
};

/* "Intervisie Noord", "Peer intervision" */
static bool is_named_so(const char *name)
{
	char *folded = utf8_fold(str_or_empty(name));
	bool named = strstr(folded, "intervisi") != NULL;
	free(folded);
	return named;
}

static bool is_circle(const struct category *c, struct arena *a)
{
	return c != NULL && (is_named_so(c->name) || is_named_so(c->slug)
		|| form_is(form_of_category(c->name, c->slug, "nl", a), "intervision"));
}

/* A circle may be a category below the one for intervision. */
static bool is_in_circles(struct store *store, int64_t category_id, struct arena *a)
{
	const struct category *c = category_id == 0 ? NULL : category_store_get(store, category_id, a);
	if (is_circle(c, a))
		return true;
	return c != NULL && c->parent_id != 0 && is_circle(category_store_get(store, c->parent_id, a), a);
}

static int64_t category_of(struct store *store, const struct event *e, struct arena *a)
{
	const struct topic_row *t = e->category_id == 0 ? topic_store_row(store, e->topic_id, a) : NULL;
	return t == NULL ? e->category_id : t->category_id;
}

/* kring's own words are the same agreement in each language. */
static int64_t agreed_when(struct store *store, const struct agreements *g, struct arena *a)
{
	static const char *const languages[] = {"nl", "en"};
	int64_t when = agreement_store_when(store, g->category_id, g->text);
	for (size_t i = 0; !g->own && when == 0 && i < sizeof languages / sizeof languages[0]; i++)
		when = agreement_store_when(store, g->category_id, event_field_agreements(languages[i], a));
	return when;
}

struct agreements agreements_of(const struct context *ctx, const struct event *e, struct arena *a)
{
	struct agreements g = {.category_id = category_of(ctx->store, e, a)};
	const struct event_topic *t = event_topic_read(ctx->store, e, post_store_get(ctx->store, e->id, a), a);
	g.is_circle = is_in_circles(ctx->store, g.category_id, a);
	g.text = event_topic_value(t, "agreements");
	g.own = *g.text != '\0';
	if (!g.own && g.is_circle)
		g.text = event_field_agreements(event_topic_language(), a);
	if (!g.is_circle)
		return g;
	g.agreed_ms = agreed_when(ctx->store, &g, a);
	if (g.agreed_ms == 0)
		agreement_store_last(ctx->store, g.category_id, &g.earlier_ms, a);
	return g;
}

static void agreements_load(struct screen *s)
{
	struct agreements_state *st = s->state;
	*st = (struct agreements_state){0};
	s->title = _("Agreements");
	st->event = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &s->mem);
	if (st->event != NULL)
		st->agreements = agreements_of(s->ctx, st->event, &s->mem);
}

static void add_day(struct styled_builder *b, const char *sentence, int64_t ms, const struct zone *zone)
{
	struct sbuf day = {0}, says = {0};
	when_moment_day(&day, ms, zone);
	sbuf_addf(&says, sentence, sbuf_str(&day));
	styled_line(b, ROLE_TEXT, sbuf_str(&says));
	sbuf_fini(&day);
	sbuf_fini(&says);
}

static void add_intro(const struct screen *s, const struct agreements *g, struct styled_builder *b)
{
	if (g->agreed_ms != 0)
		add_day(b, _("You agreed with this on %s."), g->agreed_ms, s->ctx->zone);
	else if (g->earlier_ms != 0)
		add_day(b, _("These agreements are new. You agreed with others on %s."), g->earlier_ms, s->ctx->zone);
	else if (g->is_circle)
		styled_line(b, ROLE_TEXT, _("The members of this circle agree on this."));
	styled_blank(b);
}

static void add_lines(const char *text, struct styled_builder *b)
{
	char mark[16];
	for (int n = 1; *text != '\0'; n++) {
		size_t bytes = strcspn(text, "\n");
		snprintf(mark, sizeof mark, "%d. ", n);
		styled_push(b, ROLE_TEXT, mark, n < 10 ? "   " : "    ");
		styled_addn(b, ROLE_TEXT, text, bytes);
		styled_break(b);
		styled_pop(b);
		text += bytes + (text[bytes] == '\n');
	}
}

static void add_how(const struct screen *s, const struct agreements *g, struct styled_builder *b)
{
	if (!g->is_circle || g->agreed_ms != 0)
		return;
	styled_blank(b);
	keys_line(s, b, ROLE_TEXT, _("Do you agree? Choose it with {sign-up}. You can read the meeting without it."));
	if (s->target.number != ATTENDANCE_NONE)
		styled_line(b, ROLE_TEXT, _("Your answer is sent after that."));
	styled_line(b, ROLE_TEXT, _("That you agreed, and when, is kept on this computer."));
}

static void agreements_text(struct screen *s, struct styled_builder *b)
{
	const struct agreements_state *st = s->state;
	const struct agreements *g = &st->agreements;
	if (st->event == NULL || str_empty(g->text)) {
		styled_line(b, ROLE_TEXT, st->event == NULL ? _("This meeting is not in kring. It may be gone.")
			: _("This meeting has no agreements of its own."));
		return;
	}
	styled_line(b, ROLE_HEADING, event_title(st->event));
	styled_blank(b);
	add_intro(s, g, b);
	if (g->own)
		compose_look(s, g->text, st->event->topic_id, b);
	else
		add_lines(g->text, b);
	add_how(s, g, b);
}

static void agree(struct screen *s)
{
	const struct agreements_state *st = s->state;
	const struct agreements *g = &st->agreements;
	enum attendance answer = (enum attendance)s->target.number;
	if (st->event == NULL || !g->is_circle) {
		screen_say(s, "%s", _("You do not have to agree with anything for this meeting."));
		return;
	}
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	if (g->agreed_ms == 0) {
		port->agree(s->ctx->host->self, g->category_id, g->text, s->ctx->now_ms);
		undo_add_own(&s->ctx->undo, &(struct undo_own){.what = UNDO_AGREED, .id = g->category_id,
			.visit = s->ctx->stack->opened}, g->text, _("You agree."));
	}
	if (answer != ATTENDANCE_NONE) {
		sign_up_send(s, st->event, answer);
		return;
	}
	screen_say(s, "%s",
		g->agreed_ms == 0 ? _("You agree. This is kept on this computer.") : _("You agreed already."));
}

static const struct binding agreements_keys[] = {
	{"y", "sign-up", N_("Agree"), N_("Say that you agree, and send your answer"), agree, true},
	{0},
};

const struct screen_ops agreements_ops = {
	.name = "agreements",
	.kind = SCREEN_TEXT,
	.state_size = sizeof(struct agreements_state),
	.keys = agreements_keys,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_NOTES | STORE_CATEGORIES,
	.load = agreements_load,
	.text = agreements_text,
};
