#include "post_text.h"

#include <stdio.h>
#include <string.h>

#include "compose_look.h"
#include "event_text.h"
#include "member.h"
#include "note_store.h"
#include "outbox_text.h"
#include "poll_text.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "when.h"

struct slots {
	const struct post *post;
	const struct post_look *look;
};

static const struct poll *poll_named(const struct post *p, const char *name)
{
	for (int i = 0; i < p->poll_count; i++)
		if (str_equal(p->poll[i].name, name) || (name == NULL && p->poll_count == 1))
			return &p->poll[i];
	return NULL;
}

/* In text mode, and on a pipe (no screens). */
static bool is_read_aloud(const struct context *ctx)
{
	return ctx->stack == NULL || ctx->stack->lines;
}

/* A table would be read row by row without its headings. */
static bool has_tables_as_lines(const struct context *ctx)
{
	return ctx->config->tables == TABLES_LINES || is_read_aloud(ctx);
}

static bool draw_slot(void *data, enum html_slot slot, const char *name, struct styled_builder *b)
{
	const struct slots *s = data;
	if (slot == HTML_EVENT && s->look->no_event)
		return true;
	if (slot == HTML_EVENT && s->post->event != NULL) {
		event_text_summary(b, s->post->event, s->look->ctx->zone, s->look->ctx->now_ms);
		return true;
	}
	const struct poll *p = slot == HTML_POLL ? poll_named(s->post, name) : NULL;
	if (p != NULL)
		poll_text_add(b, p, s->look->ctx->zone, is_read_aloud(s->look->ctx));
	return p != NULL;
}

static struct html_options options_of(const struct post_look *look)
{
	return (struct html_options){
		.tables_as_lines = has_tables_as_lines(look->ctx),
		.width = look->width, .base_url = look->ctx->account == NULL ? NULL : look->ctx->account->url,
		.emoji_words = look->ctx->config->emoji == EMOJI_WORDS, .show_all = look->show_all,
		.spoilers_shown = look->spoilers_shown, .folds_open = look->folds_open, .first_link = look->first_link,
		.zone = look->ctx->zone, .date = when_html_date, .date_data = (void *)(uintptr_t)look->ctx->zone,
	};
}

void post_text_html(struct styled_builder *b, const char *cooked, const struct post_look *look)
{
	struct html_options opt = options_of(look);
	opt.anchor = b->anchor;
	html_render_into(cooked, &opt, b);
}

static void add_header(struct styled_builder *b, const struct post_row *row, const struct zone *zone)
{
	const struct post *p = &row->post;
	struct sbuf when = {0};
	when_moment(&when, p->created_ms, zone);
	styled_addf(b, ROLE_HEADING, "%s", member_display(p->name, p->username));
	styled_addf(b, ROLE_MUTED, ", %s", sbuf_str(&when));
	if (row->unread)
		styled_addf(b, ROLE_NEW, ", %s", _("new"));
	if (row->pending)
		styled_addf(b, ROLE_NEW, ", %s", _("waiting"));
	styled_break(b);
	if (p->reply_to_post_number > 0 && !str_empty(p->reply_to_username)) {
		styled_addf(b, ROLE_MUTED, _("Reply to %s, post %d"), p->reply_to_username, p->reply_to_post_number);
		styled_break(b);
	}
	if (p->updated_ms > p->created_ms + 300000 && p->version > 1) {
		sbuf_reset(&when);
		when_moment_day(&when, p->updated_ms, zone);
		styled_addf(b, ROLE_MUTED, _("Changed on %s"), sbuf_str(&when));
		styled_break(b);
	}
	sbuf_fini(&when);
}

/* What the member did with it. That others like it is said without a number. */
static void add_marks(struct styled_builder *b, const struct post *p)
{
	if (!p->liked && p->like_count <= 0 && !p->bookmarked)
		return;
	styled_blank(b);
	if (p->liked)
		styled_line(b, ROLE_MUTED, _("You like this."));
	else if (p->like_count > 0)
		styled_line(b, ROLE_MUTED, _("Members like this."));
	if (p->bookmarked && str_empty(p->bookmark_note))
		styled_line(b, ROLE_MUTED, _("You saved this."));
	else if (p->bookmarked)
		styled_label(b, _("You saved this"), p->bookmark_note);
}

/* Plain output may go to others: what is only for the member is not in it. */
static void add_note(struct styled_builder *b, const struct post *p, const struct post_look *look)
{
	struct arena a = {0};
	const char *note = look->show_all || look->ctx->store == NULL ? NULL
		: note_store_get(look->ctx->store, NOTE_POST, p->id, &a);
	if (!str_empty(note)) {
		styled_blank(b);
		styled_label(b, _("Your note, only on this computer"), note);
	}
	arena_fini(&a);
}

static void add_small_action(struct styled_builder *b, const struct post *p, const struct zone *zone)
{
	struct sbuf when = {0};
	const char *words = post_action_words(p->action_code);
	when_moment(&when, p->created_ms, zone);
	styled_addf(b, ROLE_MUTED, "%s %s, %s", words == NULL ? _("Something changed in this topic.") : words,
		member_display(p->name, p->username), sbuf_str(&when));
	styled_blank(b);
	sbuf_fini(&when);
}

void post_text_add(struct styled_builder *b, const struct post_row *row, const struct post_look *look)
{
	const struct post *p = &row->post;
	b->anchor = p->post_number;
	if (p->type == POST_SMALL_ACTION) {
		add_small_action(b, p, look->ctx->zone);
		return;
	}
	add_header(b, row, look->ctx->zone);
	styled_blank(b);
	if (row->ignored) {
		styled_line(b, ROLE_MUTED, _("You do not want to see posts of this member."));
	} else if (p->deleted) {
		styled_line(b, ROLE_MUTED, _("Withdrawn by the writer."));
	} else if (row->edited != NULL) {
		styled_line(b, ROLE_MUTED, _("This is your new text. kring sends it when there is a connection."));
		styled_blank(b);
		if (look->screen != NULL)
			compose_look(look->screen, row->edited, p->topic_id, b);
		else
			outbox_text_written(b, row->edited);
		add_marks(b, p);
	} else {
		struct slots slots = {.post = p, .look = look};
		struct html_options opt = options_of(look);
		opt.anchor = p->post_number;
		opt.slot = draw_slot;
		opt.slot_data = &slots;
		html_render_into(p->cooked, &opt, b);
		add_marks(b, p);
	}
	add_note(b, p, look);
	styled_blank(b);
}
