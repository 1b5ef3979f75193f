#include "compose.h"

#include <string.h>

#include "compose_check.h"
#include "compose_quote.h"
#include "composition.h"
#include "meeting.h"
#include "outbox_store.h"
#include "post_store.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* A text with parts of its own begins with the list of parts, any other with the text. */
static const char *first_screen(const struct composition *w)
{
	return composition_has_title(w) ? "draft" : "compose";
}

/* What the member needs, before they begin. */
static void say_steps(const struct screen *s, const struct composition *w)
{
	struct arena a = {0};
	const char *unanswered = compose_unanswered(s, w, &a);
	if (unanswered != NULL)
		stack_say(s->ctx->stack, "%s", unanswered);
	else if (w->change.kind == CHANGE_TOPIC)
		stack_say(s->ctx->stack, 
			_("There are %d steps, for about ten minutes. You need a category, a title and a text."), s->count);
	else if (w->change.kind == CHANGE_MESSAGE)
		stack_say(s->ctx->stack, 
			_("There are %d steps, for about five minutes. You need a name, a title and a text."), s->count);
	arena_fini(&a);
}

static void open_work(struct screen *s, struct composition *w)
{
	struct stack *st = s->ctx->stack;
	screen_go(s, &(struct target){.screen = first_screen(w), .id = w->change.id});
	say_steps(stack_top(st), w);
}

/* s may be gone after this. */
static void begin(struct screen *s, const struct change *c)
{
	struct arena a = {0};
	if (writing_port(s) == NULL)
		return;
	writing_wait(s->ctx);
	const struct outbox_row *old = outbox_store_draft_for(s->ctx->store, c, &a);
	struct composition *w = composition_new(s->ctx, c);
	if (old != NULL)
		screen_go(s, &(struct target){.screen = "draft_offer", .id = old->change.id, .id2 = w->change.id});
	else
		open_work(s, w);
	arena_fini(&a);
}

void compose_topic(struct screen *s, int64_t category_id)
{
	begin(s, &(struct change){.kind = CHANGE_TOPIC, .category_id = category_id});
}

static bool may_reply(struct screen *s, const struct topic_row *t)
{
	if (t == NULL)
		screen_say(s, "%s", _("This topic is not in kring. It may be gone, or not fetched yet."));
	else if (t->archived && !t->is_message)
		screen_say(s, "%s", _("This topic is archived. Nobody can reply any more."));
	else if (t->closed)
		screen_say(s, "%s", _("This topic is closed. Nobody can reply any more."));
	else
		return true;
	return false;
}

static const struct post *post_numbered(const struct screen *s, int64_t topic_id, int number, struct arena *a)
{
	struct post_rows rows = post_store_window(s->ctx->store, topic_id, number < 1 ? 1 : number, 1, a);
	return rows.count == 1 && rows.row[0].post.post_number == (number < 1 ? 1 : number) ? &rows.row[0].post : NULL;
}

void compose_reply(struct screen *s, int64_t topic_id, int post_number, bool quote)
{
	struct arena a = {0};
	struct sbuf body = {0};
	if (writing_port(s) == NULL || !may_reply(s, topic_store_row(s->ctx->store, topic_id, &a))) {
		arena_fini(&a);
		return;
	}
	const struct post *p = quote ? post_numbered(s, topic_id, post_number, &a) : NULL;
	if (p != NULL)
		compose_quote(p, &body);
	begin(s, &(struct change){.kind = CHANGE_REPLY, .topic_id = topic_id, .number = post_number > 1
		? post_number : 0,
		.body = sbuf_str(&body)});
	sbuf_fini(&body);
	arena_fini(&a);
}

void compose_topic_from(struct screen *s, int64_t category_id, const char *title, const char *body)
{
	begin(s, &(struct change){.kind = CHANGE_TOPIC, .category_id = category_id, .title = title, .body = body});
}

void compose_reply_from(struct screen *s, int64_t topic_id, const char *body)
{
	struct arena a = {0};
	if (writing_port(s) != NULL && may_reply(s, topic_store_row(s->ctx->store, topic_id, &a)))
		begin(s, &(struct change){.kind = CHANGE_REPLY, .topic_id = topic_id, .body = body});
	arena_fini(&a);
}

void compose_message(struct screen *s, const char *names)
{
	begin(s, &(struct change){.kind = CHANGE_MESSAGE, .names = str_or_empty(names)});
}

void compose_message_from(struct screen *s, const char *names, const char *title, const char *body)
{
	begin(s, &(struct change){.kind = CHANGE_MESSAGE, .names = names, .title = title, .body = body});
}

/* What the site sent without its Markdown is asked for again. */
static void ask_for_text(struct screen *s, int64_t topic_id)
{
	const struct host *h = s->ctx->host;
	if (h->fetch_topic != NULL)
		h->fetch_topic(h->self, topic_id);
	screen_say(s, "%s", _("The text is not here as you wrote it. kring asks for it now. Try again later."));
}

static struct change edit_of(const struct screen *s, const struct post *p, struct arena *a)
{
	struct change c = {.kind = CHANGE_EDIT, .topic_id = p->topic_id, .post_id = p->id, .body = p->raw,
		.original = p->raw};
	const struct topic_row *t = topic_store_row(s->ctx->store, p->topic_id, a);
	if (p->post_number == 1 && t != NULL) {
		c.title = c.was_title = t->title;
		c.names = c.was_names = t->tags;
		c.category_id = c.was_category_id = t->category_id;
	}
	return c;
}

bool compose_edit_begin(struct screen *s, int64_t post_id, struct change *c, struct arena *a)
{
	if (writing_port(s) == NULL)
		return false;
	const struct post_row *row = post_store_get(s->ctx->store, post_id, a);
	bool here = row != NULL && !row->post.deleted;
	if (!here)
		screen_say(s, "%s", _("This post is not here any more."));
	else if (!row->post.can_edit)
		screen_say(s, "%s", _("You may not change this post."));
	else if (row->post.raw == NULL)
		ask_for_text(s, row->post.topic_id);
	if (!here || !row->post.can_edit || row->post.raw == NULL)
		return false;
	*c = edit_of(s, &row->post, a);
	return true;
}

void compose_edit(struct screen *s, int64_t post_id)
{
	struct arena a = {0};
	struct change c;
	if (compose_edit_begin(s, post_id, &c, &a)) {
		if (strcmp(composition_screen_of(&c), "meeting") == 0)
			meeting_edit(s, post_id, MEETING_WHOLE);
		else
			begin(s, &c);
	}
	arena_fini(&a);
}

/* What somebody else wrote in the meantime is fetched, so that the member sees it before sending again. */
static void take_back(struct screen *s, const struct change *c)
{
	const struct host *h = s->ctx->host;
	writing_port(s)->keep_draft(h->self, c->id);
	if (c->kind == CHANGE_EDIT && h->fetch_topic != NULL)
		h->fetch_topic(h->self, c->topic_id);
}

void compose_again(struct screen *s, int64_t outbox_id)
{
	struct arena a = {0};
	if (writing_port(s) == NULL)
		return;
	writing_wait(s->ctx);
	const struct outbox_row *row = outbox_store_get(s->ctx->store, outbox_id, &a);
	if (row == NULL || !change_is_text(row->change.kind)) {
		screen_say(s, "%s", _("This text is not here any more."));
	} else if (row->change.state != CHANGE_DRAFT && row->change.state != CHANGE_REFUSED) {
		screen_say(s, "%s", _("kring is sending this text. First take it back."));
	} else if (!str_empty(row->theirs)) {
		screen_go(s, &(struct target){.screen = "draft_theirs", .id = outbox_id});
	} else {
		if (row->change.state == CHANGE_REFUSED)
			take_back(s, &row->change);
		screen_go(s, &(struct target){.screen = composition_screen_of(&row->change), .id = outbox_id});
	}
	arena_fini(&a);
}
