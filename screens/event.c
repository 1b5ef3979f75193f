#include "screens.h"

#include "event.h"
#include "event_store.h"
#include "event_text.h"
#include "member.h"
#include "pending.h"
#include "post_store.h"
#include "post_text.h"
#include "str.h"
#include "text.h"

/* One meeting: target id; target id2 is the begin of the occurrence that was chosen. */
struct event_state {
	const struct event *event;
	const struct outbox_row *waiting; /* my answer, as long as the site does not have it */
};

static void event_load(struct screen *s)
{
	struct event_state *st = s->state;
	s->title = _("Meeting");
	st->event = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &s->mem);
	st->waiting = NULL;
	if (st->event == NULL)
		return;
	if (!str_empty(event_title(st->event)))
		s->title = event_title(st->event);
	struct outbox_rows rows = pending_load(s, st->event->topic_id);
	st->waiting = pending_find(&rows, CHANGE_ATTENDANCE, st->event->id, NULL);
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
	styled_label(b, _("Organiser"), e->creator);
	sbuf_fini(&names);
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
	const struct post_row *post = post_store_get(s->ctx->store, e.id, &s->mem);
	if (post == NULL)
		return;
	struct post_look look = {.ctx = s->ctx, .width = screen_text_width(s), .show_all = true, .no_event = true};
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("What the organiser wrote"));
	styled_blank(b);
	post_text_add(b, post, &look);
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

static const struct binding event_keys[] = {
	{"t", "topics", N_("Topic"), N_("Read the topic of this meeting"), go_topic, true},
	{"y", "sign-up", N_("Sign up"), N_("Say that you come, maybe come or do not come"), go_sign_up, true},
	{"a", "attendees", N_("Who comes"), N_("See who comes"), go_attendees, true},
	{"w", "writer", N_("Organiser"), N_("See the profile of the organiser"), go_organiser, false},
	{0},
};

const struct screen_ops event_ops = {
	.name = "event", .kind = SCREEN_TEXT, .state_size = sizeof(struct event_state), .keys = event_keys,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_OUTBOX, .load = event_load, .text = event_text,
};
