#include "screens.h"

#include "agreements.h"
#include "capacity.h"
#include "compose.h"
#include "compose_look.h"
#include "event.h"
#include "event_store.h"
#include "event_text.h"
#include "event_topic.h"
#include "member.h"
#include "pending.h"
#include "post_store.h"
#include "post_text.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* One meeting: target id; target id2 is the begin of the occurrence that was chosen. */
enum { ChangedMs = 300000 };

static const char needs_text[] = N_("What I need:\n\n\nWhat helps me:\n\n\nYou need not tell others about this.");

struct event_state {
	const struct event *event;
	const struct outbox_row *waiting; /* my answer, as long as the site does not have it */
	const struct post_row *post;      /* the first of its topic; NULL: not in kring */
	const struct event_topic *topic;
	struct agreements agreements;
};

static void event_load(struct screen *s)
{
	struct event_state *st = s->state;
	*st = (struct event_state){0};
	s->title = _("Meeting");
	st->event = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &s->mem);
	if (st->event == NULL)
		return;
	if (!str_empty(event_title(st->event)))
		s->title = event_title(st->event);
	struct outbox_rows rows = pending_load(s, st->event->topic_id);
	st->waiting = pending_find(&rows, CHANGE_ATTENDANCE, st->event->id, NULL);
	st->post = post_store_get(s->ctx->store, st->event->id, &s->mem);
	st->topic = event_topic_read(s->ctx->store, st->event, st->post, &s->mem);
	st->agreements = agreements_of(s->ctx, st->event, &s->mem);
}

/* The occurrence that was chosen from a series stands for the whole. */
static struct event chosen(const struct screen *s, const struct event *e)
{
	struct event shown = *e;
	for (int i = 0; i < e->occurrence_count; i++)
		if (e->occurrence[i].starts_ms == s->target.id2) {
			shown.starts_ms = e->occurrence[i].starts_ms;
			shown.ends_ms = e->occurrence[i].ends_ms;
		}
	return shown;
}

static void add_people(struct styled_builder *b, const struct event *e)
{
	struct sbuf names = {0};
	for (int i = 0; i < e->invitee_count; i++)
		if (e->invitee[i].attendance == ATTENDANCE_GOING)
			sbuf_addf(&names, "%s%s", names.n > 0 ? ", " : "", member_display(e->invitee[i].name, e->invitee[i].username));
	styled_label(b, _("Who comes"), sbuf_str(&names));
	if (e->detailed && e->status != EVENT_STANDALONE && e->going < 0)
		styled_line(b, ROLE_TEXT, _("The site does not show you who comes."));
	styled_label(b, _("Organiser"), e->creator);
	sbuf_fini(&names);
}

static void add_agreements(const struct screen *s, const struct agreements *g, struct styled_builder *b)
{
	struct sbuf day = {0}, says = {0};
	if (!g->is_circle)
		return;
	when_moment_day(&day, g->agreed_ms, s->ctx->zone);
	if (g->agreed_ms != 0)
		sbuf_addf(&says, _("You agreed with this on %s."), sbuf_str(&day));
	else
		sbuf_add(&says, g->earlier_ms == 0 ? _("You see them before you sign up.")
			: _("They changed. You see them before you sign up."));
	styled_label(b, _("Agreements"), sbuf_str(&says));
	sbuf_fini(&day);
	sbuf_fini(&says);
}

/* What the member may want to know before they answer. */
static void add_conflicts(const struct screen *s, const struct event *e, struct styled_builder *b)
{
	struct sbuf says = {0};
	if (e->mine == ATTENDANCE_NONE && !e->expired && e->status != EVENT_STANDALONE
		&& capacity_conflict(s->ctx->store, s->ctx->config, e, s->ctx->now_ms, s->ctx->zone, &says))
		styled_label(b, _("Your agenda"), sbuf_str(&says));
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
static void add_text(const struct screen *s, const struct event_state *st, struct styled_builder *b)
{
	struct post_look look = {.ctx = s->ctx, .width = screen_text_width(s), .show_all = true, .no_event = true};
	look.first_link = (int)b->out->link_count + 1;
	if (st->post == NULL || (st->topic->found > 0 && *st->topic->rest == '\0'))
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("What the organiser wrote"));
	if (st->topic->found == 0) {
		styled_blank(b);
		post_text_add(b, st->post, &look);
		return;
	}
	add_changed(s, &st->post->post, b);
	styled_blank(b);
	compose_look(s, st->topic->rest, st->event->topic_id, b);
}

static void add_needs(const struct screen *s, const struct event_topic *t, struct styled_builder *b)
{
	if (str_empty(t->contact) || str_equal(t->contact, s->ctx->account == NULL ? NULL : s->ctx->account->username))
		return;
	styled_blank(b);
	styled_addf(b, ROLE_TEXT, _("Do you need something to be able to come? Write it to %s in a private message (%s)."),
		t->contact, s->ctx->config->letters ? "c" : "F2");
	styled_break(b);
}

static void event_text(struct screen *s, struct styled_builder *b)
{
	const struct event_state *st = s->state;
	if (st->event == NULL) {
		styled_line(b, ROLE_TEXT, _("This meeting is not in kring. It may be gone."));
		return;
	}
	struct event e = chosen(s, st->event);
	b->anchor = 1;
	styled_line(b, ROLE_HEADING, event_title(&e));
	e.name = NULL;
	event_text_summary(b, &e, s->ctx->zone);
	add_waiting(b, st->waiting);
	add_people(b, &e);
	event_topic_add_field(s, &e, st->topic, event_field_find(st->topic->set, "contact"), b);
	add_agreements(s, &st->agreements, b);
	add_conflicts(s, &e, b);
	styled_blank(b);
	event_topic_add(s, &e, st->topic, b);
	add_needs(s, st->topic, b);
	add_text(s, st, b);
}

static void go_topic(struct screen *s)
{
	const struct event_state *st = s->state;
	if (st->event != NULL && st->event->topic_id != 0)
		screen_go(s, &(struct target){.screen = "topic", .id = st->event->topic_id});
}

static void go_attendees(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "attendees", .id = s->target.id});
}

static void go_organiser(struct screen *s)
{
	const struct event_state *st = s->state;
	if (st->event != NULL && !str_empty(st->event->creator))
		screen_go(s, &(struct target){.screen = "member", .text = st->event->creator});
}

static void go_sign_up(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "sign_up", .id = s->target.id});
}

static void go_agreements(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "agreements", .id = s->target.id});
}

static void write_needs(struct screen *s)
{
	const struct event_state *st = s->state;
	if (st->event == NULL || str_empty(st->topic->contact)) {
		screen_say(s, "%s", _("It is not known whom to write to. Ask it in the topic."));
		return;
	}
	struct sbuf title = {0};
	sbuf_addf(&title, _("What I need at %s"), event_title(st->event));
	compose_message_from(s, st->topic->contact, sbuf_str(&title), _(needs_text));
	sbuf_fini(&title);
}

static const struct binding event_keys[] = {
	{"t", "topics", N_("Topic"), N_("Read the topic of this meeting"), go_topic, true},
	{"y", "sign-up", N_("Sign up"), N_("Say that you come, maybe come or do not come"), go_sign_up, true},
	{"a", "attendees", N_("Who comes"), N_("See who comes"), go_attendees, true},
	{"w", "writer", N_("Organiser"), N_("See the profile of the organiser"), go_organiser, false},
	{"c", "compose", N_("Contact"), N_("Write what you need to the contact person, in private"), write_needs, false},
	{"i", "agreements", N_("Agreements"), N_("Read what the members of the circle agree on"), go_agreements, false},
	{0},
};

const struct screen_ops event_ops = {
	.name = "event", .kind = SCREEN_TEXT, .state_size = sizeof(struct event_state), .keys = event_keys,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_OUTBOX | STORE_NOTES | STORE_CATEGORIES, .load = event_load, .text = event_text,
};
