#include "screens.h"

#include "event_store.h"
#include "member.h"
#include "text.h"

/* Who comes to an event (target id). */
struct attendees_state {
	const struct event *event;
	const struct invitee **sorted; /* who comes first, then maybe, not, no answer */
};

static const char *answer_words(enum attendance a)
{
	static const char *const words[] = {N_("no answer"), N_("is coming"), N_("maybe"), N_("is not coming")};
	return _(words[a]);
}

static void sort_invitees(struct screen *s)
{
	static const enum attendance order[] = {ATTENDANCE_GOING, ATTENDANCE_INTERESTED, ATTENDANCE_NOT_GOING,
		ATTENDANCE_NONE};
	struct attendees_state *st = s->state;
	int n = 0;
	st->sorted = ARENA_ARRAY(&s->mem, (size_t)s->count + 1, const struct invitee *);
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		for (int j = 0; j < s->count; j++)
			if (st->event->invitee[j].attendance == order[i])
				st->sorted[n++] = &st->event->invitee[j];
}

static void attendees_load(struct screen *s)
{
	struct attendees_state *st = s->state;
	s->title = _("Who is coming");
	st->event = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &s->mem);
	s->count = st->event == NULL ? 0 : st->event->invitee_count;
	sort_invitees(s);
}

static void attendees_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct attendees_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct invitee *v = st->sorted[first + i];
		out[i] = (struct row){.id = v->user_id, .title = member_display(v->name, v->username),
			.state = answer_words(v->attendance)};
	}
}

static int attendees_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct attendees_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->sorted[i]->user_id == id)
			return i;
	return -1;
}

static void attendees_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "member", .id = row->id});
}

const struct screen_ops attendees_ops = {
	.name = "attendees", .kind = SCREEN_LIST, .item_rows = 1, .aggregates = STORE_EVENTS,
	.state_size = sizeof(struct attendees_state), .empty = N_("Nobody has answered yet."),
	.load = attendees_load, .rows = attendees_rows, .position = attendees_position, .enter = attendees_enter,
};
