#include "screens.h"

#include <string.h>

#include "category_store.h"
#include "compose_check.h"
#include "compose_look.h"
#include "composition.h"
#include "meeting.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* Everything that will be sent, in one place, before it is (target id: of the change). Only here it is sent. */
struct overview_state {
	struct composition *work; /* NULL: it is not here any more */
};

static void overview_open(struct screen *s)
{
	struct overview_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
}

static void overview_close(struct screen *s)
{
	const struct overview_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void overview_load(struct screen *s)
{
	s->title = _("Overview");
}

static void preview_load(struct screen *s)
{
	s->title = _("Preview");
}

static void add_kind(struct styled_builder *b, const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct topic_row *t = composition_topic(s, w, a);
	styled_line(b, ROLE_HEADING, composition_title(s, w, a));
	if (t != NULL)
		styled_label(b, t->is_message ? _("Message") : _("Topic"), t->title);
	if (w->change.kind == CHANGE_REPLY && w->change.number > 0)
		styled_label(b, _("Reply to post"), arena_printf(a, "%lld", (long long)w->change.number));
}

static const char *category_name(const struct screen *s, const struct composition *w, struct arena *a)
{
	const struct category *c = w->change.category_id == 0 || s->ctx->store == NULL ? NULL
		: category_store_get(s->ctx->store, w->change.category_id, a);
	return c == NULL ? NULL : c->name;
}

static void add_parts(struct styled_builder *b, const struct screen *s, const struct composition *w,
	struct arena *a)
{
	if (!composition_has_title(w))
		return;
	if (w->change.kind == CHANGE_MESSAGE)
		styled_label(b, _("Recipients"), sbuf_str(&w->names));
	else
		styled_label(b, _("Category"), category_name(s, w, a));
	styled_label(b, _("Title"), sbuf_str(&w->title));
	if (w->change.kind != CHANGE_MESSAGE)
		styled_label(b, _("Tags"), sbuf_str(&w->names));
}

static void add_extras(struct styled_builder *b, const struct composition *w)
{
	const char *body = sbuf_str(&w->body);
	if (strstr(body, "[poll") != NULL)
		styled_line(b, ROLE_TEXT, _("There is a poll in this text."));
	if (strstr(body, "[event") != NULL)
		styled_line(b, ROLE_TEXT, _("There is a meeting in this text."));
}

static void add_remarks(struct styled_builder *b, const struct compose_remarks *r, bool missing,
	const char *heading)
{
	bool headed = false;
	for (int i = 0; i < r->count; i++) {
		if (r->row[i].missing != missing)
			continue;
		if (!headed) {
			styled_blank(b);
			styled_line(b, ROLE_STRONG, heading);
			headed = true;
		}
		styled_push(b, ROLE_TEXT, "- ", "  ");
		styled_add(b, ROLE_TEXT, r->row[i].says);
		styled_pop(b);
		styled_break(b);
	}
}

static void add_way_back(struct styled_builder *b, const struct screen *s, const struct composition *w)
{
	int grace = s->ctx->config->grace_seconds;
	styled_blank(b);
	if (grace > 0) {
		styled_addf(b, ROLE_TEXT, ngettext("After sending you can take it back for %d second.",
			"After sending you can take it back for %d seconds.", (unsigned long)grace), grace);
		styled_break(b);
	}
	if (w->change.kind == CHANGE_EDIT)
		styled_line(b, ROLE_TEXT, _("After that, undoing puts the old text back."));
	else
		styled_line(b, ROLE_TEXT, _("After that, undoing withdraws it on the site. Others may have read it then."));
}

static void add_first_contact(
	struct styled_builder *b, const struct screen *s, const struct composition *w, struct arena *a)
{
	if (w->change.kind == CHANGE_MESSAGE && form_is(composition_form(s, w, a), "contact"))
		styled_line(b, ROLE_TEXT, _("The other person may also say no, or not answer."));
}

static void add_look(struct styled_builder *b, const struct screen *s, const struct composition *w)
{
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("The text as others will see it"));
	styled_blank(b);
	compose_look(s, sbuf_str(&w->body), w->change.topic_id, b);
}

/* A meeting that moves or does not go on is said in its topic too. */
static void add_reply(struct styled_builder *b, const struct screen *s, const struct composition *w,
	struct arena *a)
{
	const char *reply = meeting_reply(s, w, a);
	if (str_empty(reply))
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("A reply in the topic says so"));
	styled_blank(b);
	compose_look(s, reply, w->change.topic_id, b);
}

static void add_site_text(
	struct styled_builder *b, const struct screen *s, const struct composition *w, struct arena *a)
{
	const char *text = composition_site_text(s, w, a);
	if (text == NULL)
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("The text on the site now"));
	styled_blank(b);
	compose_look(s, text, w->change.topic_id, b);
}

static void overview_text(struct screen *s, struct styled_builder *b)
{
	const struct overview_state *st = s->state;
	const struct composition *w = st->work;
	if (w == NULL) {
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
		return;
	}
	struct compose_remarks remarks = compose_check(s, w, &s->text_mem);
	add_kind(b, s, w, &s->text_mem);
	add_parts(b, s, w, &s->text_mem);
	add_extras(b, w);
	styled_blank(b);
	styled_line(b, ROLE_TEXT, compose_audience(s, w, &s->text_mem));
	add_first_contact(b, s, w, &s->text_mem);
	add_remarks(b, &remarks, true, _("Not ready to send:"));
	add_remarks(b, &remarks, false, _("Look at this before you send:"));
	add_look(b, s, w);
	add_reply(b, s, w, &s->text_mem);
	add_site_text(b, s, w, &s->text_mem);
	add_way_back(b, s, w);
}

static void preview_text(struct screen *s, struct styled_builder *b)
{
	const struct overview_state *st = s->state;
	if (st->work == NULL)
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
	else if (st->work->body.n == 0)
		styled_line(b, ROLE_TEXT, _("There is no text yet."));
	else
		compose_look(s, sbuf_str(&st->work->body), st->work->change.topic_id, b);
}

static const char *sent_words(const struct composition *w)
{
	switch (w->change.kind) {
	case CHANGE_TOPIC:
		return _("Your topic will be posted.");
	case CHANGE_MESSAGE:
		return _("Your message will be sent.");
	case CHANGE_EDIT:
		return _("Your change will be sent.");
	default:
		return _("Your reply will be posted.");
	}
}

/* Back to where the member began to write: every screen of this text closes. */
static void leave_text(struct stack *st, int64_t id)
{
	static const char *const names[] = {"overview", "preview", "compose", "draft", "draft_part", "draft_category",
		"draft_offer", "draft_theirs", "meeting", "meeting_part", "meeting_choice"};
	for (bool own = true; own;) {
		const struct screen *top = stack_top(st);
		own = false;
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
			own = own || (top->target.id == id && strcmp(top->ops->name, names[i]) == 0);
		if (own)
			stack_back(st);
	}
}

/* The member has seen what stands on the site: that is what this text comes after. */
static void catch_up(struct screen *s, struct composition *w)
{
	const char *text = composition_site_text(s, w, &s->mem);
	if (text == NULL)
		return;
	sbuf_reset(&w->original);
	sbuf_add(&w->original, text);
}

/* The member looks again: two texts in place of one may not be what they want. */
static bool was_sent_elsewhere(struct screen *s, struct composition *w)
{
	bool sent;
	const char *split = composition_split(s, w, &sent);
	struct change c = composition_change(w);
	if (split == NULL || !sent || !writing_save(s, &c))
		return false;
	screen_say(s, "%s", split);
	return true;
}

static void send(struct screen *s)
{
	const struct overview_state *st = s->state;
	if (st->work == NULL)
		return;
	struct compose_remarks remarks = compose_check(s, st->work, &s->mem);
	for (int i = 0; i < remarks.count; i++)
		if (remarks.row[i].missing) {
			screen_say(s, "%s", remarks.row[i].says);
			return;
		}
	if (was_sent_elsewhere(s, st->work))
		return;
	catch_up(s, st->work);
	composition_count(st->work, s->ctx->now_ms, false);
	struct change c = composition_change(st->work);
	if (!writing_send(s, &c, sent_words(st->work)))
		return;
	st->work->sent = true;
	if (meeting_send_reply(s, st->work))
		screen_say(s, _("Your change and a reply will be sent. Take both back with %s."), writing_undo_key(s));
	leave_text(s->ctx->stack, s->target.id);
}

static void go_markdown(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "markdown"});
}

static void go_overview(struct screen *s)
{
	screen_replace(s, &(struct target){.screen = "overview", .id = s->target.id});
}

static const struct binding overview_keys[] = {
	{"F9", "send", N_("Send"), N_("Send it"), send, true},
	{0},
};

static const struct binding preview_keys[] = {
	{"F4", "overview", N_("Overview"), N_("Look at everything before you send it"), go_overview, true},
	{"F7", "markdown", N_("Markdown"), N_("See how you make lists, quotes and links"), go_markdown, false},
	{0},
};

const struct screen_ops overview_ops = {
	.name = "overview", .kind = SCREEN_TEXT, .state_size = sizeof(struct overview_state), .keys = overview_keys,
	.aggregates = STORE_OUTBOX | STORE_CATEGORIES | STORE_MESSAGES | STORE_POSTS,
	.open = overview_open, .close = overview_close, .load = overview_load, .text = overview_text,
};

const struct screen_ops preview_ops = {
	.name = "preview", .kind = SCREEN_TEXT, .state_size = sizeof(struct overview_state), .keys = preview_keys,
	.open = overview_open, .close = overview_close, .load = preview_load, .text = preview_text,
};
