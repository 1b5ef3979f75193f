#include "screens.h"

#include "compose.h"
#include "event_body.h"
#include "event_store.h"
#include "event_text.h"
#include "guide.h"
#include "meeting.h"
#include "pending.h"
#include "post_store.h"
#include "str.h"
#include "text.h"

/* One meeting: target id; target id2 is the begin of the occurrence that was chosen. */

static const char needs_text[] =
	N_("What I need:\n\n\nWhat helps me:\n\n\nYou need not tell others about this.");

static void event_load(struct screen *s)
{
	struct event_view *st = s->state;
	*st = (struct event_view){0};
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

static void event_text(struct screen *s, struct styled_builder *b)
{
	const struct event_view *st = s->state;
	if (st->event == NULL) {
		styled_line(b, ROLE_TEXT, _("This meeting is not in kring. It may be gone."));
		return;
	}
	struct event e = chosen(s, st->event);
	b->anchor = 1;
	styled_line(b, ROLE_HEADING, event_title(&e));
	e.name = NULL;
	event_text_summary(b, &e, s->ctx->zone, s->ctx->now_ms);
	event_body_add(s, st, &e, b);
}

static void go_topic(struct screen *s)
{
	const struct event_view *st = s->state;
	if (st->event != NULL && st->event->topic_id != 0)
		screen_go(s, &(struct target){.screen = "topic", .id = st->event->topic_id});
}

static void go_attendees(struct screen *s)
{
	const struct event_view *st = s->state;
	if (st->event != NULL && event_body_hides_people(st->event)) {
		screen_say(s, "%s", _("The site does not show you who is coming."));
		return;
	}
	screen_go(s, &(struct target){.screen = "attendees", .id = s->target.id});
}

static void go_organiser(struct screen *s)
{
	const struct event_view *st = s->state;
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
	const struct event_view *st = s->state;
	if (st->event == NULL || str_empty(st->topic->contact)) {
		screen_say(s, "%s", _("It is not known whom to write to. Ask it in the topic."));
		return;
	}
	struct sbuf title = {0};
	sbuf_addf(&title, _("What I need at %s"), event_title(st->event));
	compose_message_from(s, st->topic->contact, sbuf_str(&title), _(needs_text));
	sbuf_fini(&title);
}

static void edit(struct screen *s)
{
	meeting_edit(s, s->target.id, MEETING_WHOLE);
}

static void move(struct screen *s)
{
	meeting_edit(s, s->target.id, MEETING_MOVE);
}

static void cancel(struct screen *s)
{
	meeting_edit(s, s->target.id, MEETING_CANCEL);
}

static void go_guide(struct screen *s)
{
	guide_open(s, s->target.id, s->target.id2);
}

static void go_prepare(struct screen *s)
{
	prepare_open(s, s->target.id, s->target.id2);
}

static void go_look_back(struct screen *s)
{
	look_back_open(s, s->target.id, s->target.id2);
}

static const struct binding event_keys[] = {
	{"t", "topics", N_("Topic"), N_("Read the topic of this meeting"), go_topic, true},
	{"y", "sign-up", N_("Sign up"), N_("Say that you are coming, may come or are not coming"), go_sign_up, true},
	{"a", "attendees", N_("Who is coming"), N_("See who is coming"), go_attendees, true},
	{"w", "writer", N_("Organiser"), N_("See the profile of the organiser"), go_organiser, false},
	{"c", "compose", N_("Contact"), N_("Write what you need to the contact person, in private"), write_needs,
		false},
	{"K", "agreements", N_("Agreements"), N_("Read what the members of the circle agree on"), go_agreements,
		false},
	{"E", "edit", N_("Edit"), N_("Change your own meeting"), edit, false},
	{"W", "move", N_("Move"), N_("Move your own meeting to another day or time"), move, false},
	{"X", "cancel", N_("Cancel"), N_("Say that your own meeting does not go on"), cancel, false},
	{"H", "guide", N_("Guide"), N_("Run this meeting step by step with its method"), go_guide, false},
	{"P", "prepare", N_("Prepare"), N_("Prepare a case for this meeting"), go_prepare, false},
	{"L", "look-back", N_("Look back"), N_("Answer four questions after the meeting"), go_look_back, false},
	{0},
};

const struct screen_ops event_ops = {
	.name = "event",
	.kind = SCREEN_TEXT,
	.state_size = sizeof(struct event_view),
	.keys = event_keys,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_OUTBOX | STORE_NOTES | STORE_CATEGORIES,
	.load = event_load,
	.text = event_text,
};
