#include "event_body.h"

#include "capacity.h"
#include "compose_look.h"
#include "keys.h"
#include "member.h"
#include "post_text.h"
#include "sign_up.h"
#include "str.h"
#include "text.h"
#include "when.h"

enum { ChangedMs = 300000 };

bool event_body_hides_people(const struct event *e)
{
	return e->detailed && e->status != EVENT_STANDALONE && e->going < 0;
}

static void add_people(struct styled_builder *b, const struct event *e)
{
	struct sbuf names = {0};
	for (int i = 0; i < e->invitee_count; i++)
		if (e->invitee[i].attendance == ATTENDANCE_GOING)
			sbuf_addf(&names, "%s%s", names.n > 0 ? ", " : "",
				member_display(e->invitee[i].name, e->invitee[i].username));
	styled_label(b, _("Who is coming"), sbuf_str(&names));
	if (event_body_hides_people(e))
		styled_line(b, ROLE_TEXT, _("The site does not show you who is coming."));
	styled_label(b, _("Organiser"), e->creator);
	sbuf_fini(&names);
}

/* Of agreements that the member did not agree with yet. */
static const char *agreements_words(const struct event *e, const struct agreements *g)
{
	if (!sign_up_chooses(e))
		return _("You can read them here, and agree with them.");
	return g->earlier_ms == 0 ? _("You see them before you sign up.")
		: _("They changed. You see them before you sign up.");
}

static void add_agreements(const struct screen *s, const struct event *e, const struct agreements *g,
	struct styled_builder *b)
{
	struct sbuf day = {0}, says = {0};
	if (!g->is_circle)
		return;
	when_moment_day(&day, g->agreed_ms, s->ctx->zone);
	if (g->agreed_ms != 0)
		sbuf_addf(&says, _("You agreed with this on %s."), sbuf_str(&day));
	else
		sbuf_add(&says, agreements_words(e, g));
	styled_label(b, _("Agreements"), sbuf_str(&says));
	sbuf_fini(&day);
	sbuf_fini(&says);
}

/* What the member may want to know before they answer. */
static void add_conflicts(const struct screen *s, const struct event *e, struct styled_builder *b)
{
	struct sbuf says = {0};
	if (sign_up_chooses(e) && sign_up_closed(s->ctx, e) == NULL
		&& capacity_conflict(s->ctx->store, s->ctx->config, e, s->ctx->now_ms, s->ctx->zone, &says))
		styled_label(b, _("Your calendar"), sbuf_str(&says));
	sbuf_fini(&says);
}

static void add_waiting(struct styled_builder *b, const struct outbox_row *waiting)
{
	if (waiting == NULL)
		return;
	if (waiting->change.state == CHANGE_REFUSED)
		styled_label(b, _("The site refused your answer"), waiting->error_what);
	else
		styled_line(b, ROLE_TEXT, _("Your answer has not been sent yet."));
}

/* When a text was changed, a reader who read it before wants to know. */
static void add_changed(const struct screen *s, const struct post *p, struct styled_builder *b)
{
	struct sbuf day = {0};
	if (p->version < 2 || p->updated_ms <= p->created_ms + ChangedMs)
		return;
	when_moment_day(&day, p->updated_ms, s->ctx->zone);
	styled_addf(b, ROLE_MUTED, _("Changed on %s"), sbuf_str(&day));
	styled_break(b);
	sbuf_fini(&day);
}

/* What is left of the organiser's text when the fields are out of it; all of it when there are none. */
static void add_text(const struct screen *s, const struct event_view *v, struct styled_builder *b)
{
	struct post_look look = {.ctx = s->ctx, .width = screen_text_width(s), .show_all = true, .no_event = true};
	look.first_link = (int)b->out->link_count + 1;
	if (v->post == NULL || (v->topic->found > 0 && *v->topic->rest == '\0'))
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("What the organiser wrote"));
	if (v->topic->found == 0) {
		styled_blank(b);
		post_text_add(b, v->post, &look);
		return;
	}
	add_changed(s, &v->post->post, b);
	styled_blank(b);
	compose_look(s, v->topic->rest, v->event->topic_id, b);
}

static void add_needs(const struct screen *s, const struct event_topic *t, struct styled_builder *b)
{
	if (str_empty(t->contact)
		|| str_equal(t->contact, s->ctx->account == NULL ? NULL : s->ctx->account->username))
		return;
	styled_blank(b);
	styled_addf(b, ROLE_TEXT,
		_("Do you need something to be able to come? Write it to %s in a private message (%s)."), t->contact,
		keys_to(s, "compose", b->arena));
	styled_break(b);
}

void event_body_add(const struct screen *s, const struct event_view *v, const struct event *e,
	struct styled_builder *b)
{
	add_waiting(b, v->waiting);
	add_people(b, e);
	event_topic_add_field(s, e, v->topic, event_field_find(v->topic->set, "contact"), b);
	add_agreements(s, e, &v->agreements, b);
	add_conflicts(s, e, b);
	styled_blank(b);
	event_topic_add(s, e, v->topic, b);
	add_needs(s, v->topic, b);
	add_text(s, v, b);
}
