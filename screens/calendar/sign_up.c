#include "sign_up.h"

#include <string.h>

#include "agreements.h"
#include "capacity.h"
#include "event_store.h"
#include "event_text.h"
#include "pending.h"
#include "screens.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"
#include "when.h"
#include "writing.h"

/* Answering an invitation to an event (target id). Enter on an answer gives it. */
enum row_kind { ROW_HEAD = 1, ROW_REFUSED, ROW_CONFLICT, ROW_ANSWER, ROW_AGREEMENTS };
enum { ANSWERS = 4, RowsMost = 4 + ANSWERS };

struct sign_up_row {
	enum row_kind kind;
	int at;                           /* which answer */
};

struct sign_up_state {
	const struct event *event;        /* NULL: not in kring */
	const struct outbox_row *waiting; /* the answer that is not on the site yet */
	struct agreements agreements;
	const char *conflict;
	struct sign_up_row row[RowsMost];
	int count;
};

static const struct {
	enum attendance attendance;
	const char *title, *detail, *says;
} answers[ANSWERS] = {
	{ATTENDANCE_GOING, N_("I am coming"), N_("Members see your name. You follow the topic."),
		N_("You are coming.")},
	{ATTENDANCE_INTERESTED, N_("Maybe"), N_("Members see your name. No place is kept for you."),
		N_("You may come.")},
	{ATTENDANCE_NOT_GOING, N_("I am not coming"), N_("Members see your name. You need not say why."),
		N_("You are not coming.")},
	{ATTENDANCE_NONE, N_("Withdraw my answer"), N_("Your name leaves the list. You need not say why."),
		N_("You withdrew your answer.")},
};

static bool is_past(const struct event *e, int64_t now_ms)
{
	int64_t last = e->ends_ms > e->starts_ms ? e->ends_ms : e->starts_ms;
	bool series = !str_empty(e->recurrence) || !str_empty(e->rrule);
	return e->expired || (!series && last != 0 && last + (e->all_day ? 86400000 : 0) < now_ms);
}

bool sign_up_chooses(const struct event *e)
{
	return e->mine == ATTENDANCE_NONE || e->mine == ATTENDANCE_INTERESTED;
}

const char *sign_up_closed(const struct context *ctx, const struct event *e)
{
	if (e == NULL)
		return _("This meeting is not in kring. It may be gone or not go on.");
	if (e->status == EVENT_STANDALONE)
		return _("You do not have to sign up.");
	if (is_past(e, ctx->now_ms))
		return _("This meeting is past. You cannot sign up any more.");
	if (e->closed)
		return _("The organiser closed signing up.");
	if (e->detailed && e->status == EVENT_PRIVATE && !e->can_sign_up && e->mine == ATTENDANCE_NONE)
		return _("Only invited members can answer, and you are not invited.");
	return NULL;
}

static void add_row(struct sign_up_state *st, enum row_kind kind, int at)
{
	if (st->count < RowsMost)
		st->row[st->count++] = (struct sign_up_row){kind, at};
}

/* What the member may want to know first, on one line. */
static void load_conflict(struct screen *s, struct sign_up_state *st)
{
	struct sbuf says = {0};
	if (sign_up_chooses(st->event)
		&& capacity_conflict(s->ctx->store, s->ctx->config, st->event, s->ctx->now_ms, s->ctx->zone, &says)) {
		char *line = arena_strdup(&s->mem, sbuf_str(&says));
		for (char *at = line; (at = strchr(at, '\n')) != NULL;)
			*at = ' ';
		st->conflict = str_trim(line);
		add_row(st, ROW_CONFLICT, 0);
	}
	sbuf_fini(&says);
}

static void load_answers(struct screen *s, struct sign_up_state *st)
{
	if (sign_up_closed(s->ctx, st->event) != NULL)
		return;
	st->agreements = agreements_of(s->ctx, st->event, &s->mem);
	load_conflict(s, st);
	for (int i = 0; i < ANSWERS - (st->event->mine == ATTENDANCE_NONE); i++)
		add_row(st, ROW_ANSWER, i);
	if (st->agreements.is_circle)
		add_row(st, ROW_AGREEMENTS, 0);
}

static void sign_up_load(struct screen *s)
{
	struct sign_up_state *st = s->state;
	s->title = _("Sign up");
	*st = (struct sign_up_state){0};
	st->event = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &s->mem);
	add_row(st, ROW_HEAD, 0);
	if (st->event != NULL) {
		struct outbox_rows rows = pending_load(s, st->event->topic_id);
		st->waiting = pending_find(&rows, CHANGE_ATTENDANCE, s->target.id, NULL);
		if (st->waiting != NULL && st->waiting->change.state == CHANGE_REFUSED)
			add_row(st, ROW_REFUSED, 0);
		load_answers(s, st);
	}
	s->count = st->count;
}

static bool is_refused(const struct sign_up_state *st)
{
	return st->waiting != NULL && st->waiting->change.state == CHANGE_REFUSED;
}

static bool is_withdrawn(const struct sign_up_state *st)
{
	return st->waiting != NULL && !is_refused(st) && st->waiting->change.number == ATTENDANCE_NONE;
}

static bool is_full(const struct event *e)
{
	bool full = event_places_left(e) == 0 || (e->at_capacity && e->max_attendees > 0);
	return full && e->mine != ATTENDANCE_GOING;
}

static const char *head_detail(struct screen *s, const struct event *e)
{
	const char *why = sign_up_closed(s->ctx, e);
	struct sbuf b = {0};
	if (why != NULL)
		return why;
	struct when_span span = {.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .all_day = e->all_day,
		.local = e->show_local_time, .timezone = e->timezone};
	int left = event_places_left(e);
	if (left > 0)
		sbuf_addf(&b, _("%d free of %d"), left, e->max_attendees);
	else if (left == 0)
		sbuf_addf(&b, _("full, %d of %d places taken"), e->going, e->max_attendees);
	if (e->starts_ms != 0) {
		sbuf_add(&b, b.n > 0 ? " | " : "");
		when_span(&b, &span, s->ctx->zone);
	}
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static const char *answer_state(const struct sign_up_state *st, enum attendance a, struct arena *mem)
{
	if (a == ATTENDANCE_GOING && is_full(st->event))
		return _("full");
	if (a == ATTENDANCE_NONE || a != st->event->mine)
		return NULL;
	if (st->waiting == NULL || is_refused(st))
		return _("your answer");
	return arena_printf(mem, "%s, %s", _("your answer"), pending_word(st->waiting));
}

static const char *agreements_detail(const struct screen *s, const struct agreements *g, struct arena *mem)
{
	struct sbuf day = {0};
	if (g->agreed_ms == 0)
		return g->earlier_ms == 0 ? _("You see them before you sign up.")
		: _("They changed. You see them before you sign up.");
	when_moment_day(&day, g->agreed_ms, s->ctx->zone);
	const char *says = arena_printf(mem, _("You agreed with this on %s."), sbuf_str(&day));
	sbuf_fini(&day);
	return says;
}

static struct row answer_row(struct screen *s, const struct sign_up_state *st, int i)
{
	return (struct row){.id = ROW_ANSWER, .id2 = answers[i].attendance, .title = _(answers[i].title),
		.detail = _(answers[i].detail), .state = answer_state(st, answers[i].attendance, &s->rows_mem)};
}

static struct row row_at(struct screen *s, const struct sign_up_state *st, int at)
{
	const struct sign_up_row *r = &st->row[at];
	switch (r->kind) {
	case ROW_HEAD:
		return (struct row){.id = ROW_HEAD, .title = st->event == NULL ? _("Meeting") : event_title(st->event),
			.state = is_withdrawn(st) ? pending_word(st->waiting) : NULL, .detail = head_detail(s, st->event)};
	case ROW_REFUSED:
		return (struct row){.id = ROW_REFUSED, .title = _("The site refused your answer"),
			.detail = st->waiting->error_what};
	case ROW_CONFLICT:
		return (struct row){.id = ROW_CONFLICT, .title = _("Your calendar"), .detail = st->conflict};
	case ROW_AGREEMENTS:
		return (struct row){.id = ROW_AGREEMENTS, .title = _("Agreements"),
			.detail = agreements_detail(s, &st->agreements, &s->rows_mem)};
	case ROW_ANSWER:
		break;
	}
	return answer_row(s, st, r->at);
}

static void sign_up_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct sign_up_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, first + i);
}

static int sign_up_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct sign_up_state *st = s->state;
	for (int i = 0; i < st->count; i++) {
		int64_t own = st->row[i].kind == ROW_ANSWER ? (int64_t)answers[st->row[i].at].attendance : st->row[i].at;
		if ((int64_t)st->row[i].kind == id && own == id2)
			return i;
	}
	return -1;
}

static bool is_offline(const struct screen *s)
{
	struct arena a = {0};
	bool offline = s->ctx->offline || sync_store_status(s->ctx->store, &a).error == ERR_OFFLINE;
	arena_fini(&a);
	return offline;
}

static const char *says_of(enum attendance a)
{
	for (int i = 0; i < ANSWERS; i++)
		if (answers[i].attendance == a)
			return _(answers[i].says);
	return "";
}

void sign_up_send(struct screen *s, const struct event *e, enum attendance a)
{
	struct change c = {.kind = CHANGE_ATTENDANCE,
		.topic_id = e->topic_id,
		.post_id = e->id,
		.number = a,
		.before = e->mine};
	if (!writing_send(s, &c, says_of(a)))
		return;
	if (a == ATTENDANCE_GOING && event_places_left(e) >= 0 && is_offline(s))
		screen_say(s,
			_("%s It is kept and sent when there is a connection. The meeting can be full by then."),
			says_of(a));
	screen_back(s);
}

static void go_agreements(struct screen *s, enum attendance answer)
{
	struct target to = {.screen = "agreements", .id = s->target.id, .number = answer};
	if (answer == ATTENDANCE_NONE)
		screen_go(s, &to);
	else if (writing_port(s) != NULL)
		screen_replace(s, &to);
}

static void answer(struct screen *s, const struct sign_up_state *st, enum attendance a)
{
	const struct event *e = st->event;
	bool joins = a == ATTENDANCE_GOING || a == ATTENDANCE_INTERESTED;
	if (a == e->mine && !is_refused(st))
		screen_say(s, "%s", _("This is your answer already."));
	else if (a == ATTENDANCE_GOING && is_full(e))
		screen_say(s, "%s", _("This meeting is full. When somebody leaves, there is a place again."));
	else if (joins && st->agreements.is_circle && st->agreements.agreed_ms == 0)
		go_agreements(s, a);
	else
		sign_up_send(s, e, a);
}

static void sign_up_enter(struct screen *s, const struct row *row)
{
	const struct sign_up_state *st = s->state;
	if (row->id == ROW_ANSWER)
		answer(s, st, (enum attendance)row->id2);
	else if (row->id == ROW_AGREEMENTS)
		go_agreements(s, ATTENDANCE_NONE);
	else
		screen_say(s, "%s", row->detail);
}

const struct screen_ops sign_up_ops = {
	.name = "sign_up",
	.kind = SCREEN_LIST,
	.item_rows = 2, .whole = true,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_OUTBOX | STORE_SYNC | STORE_NOTES,
	.state_size = sizeof(struct sign_up_state),
	.load = sign_up_load,
	.rows = sign_up_rows,
	.position = sign_up_position,
	.choices = true,
	.enter = sign_up_enter,
};
