#include "guide.h"

#include <stdio.h>
#include <string.h>

#include "compose.h"
#include "event_store.h"
#include "guide_text.h"
#include "keys.h"
#include "screens.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* The steps of a meeting, one at a time (target id: the event, id2: begin of the occurrence, text: a method).
 * Step 0 is what comes before the first. */
struct guide_state {
	struct guide guide;
	int step;
	const char **note;    /* one a step of the plan */
};

struct guide_key guide_target_key(const struct screen *s)
{
	struct arena a = {0};
	struct guide_key key = {s->target.id, s->target.id2};
	const struct event *e = s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, s->target.id, &a);
	if (e != NULL)
		key = guide_key_of(e, s->target.id2);
	arena_fini(&a);
	return key;
}

/* Where the member is in the method and what was posted are no answers of theirs. */
static void remember(struct screen *s, struct guide_key key, const char *part, const char *text)
{
	struct undo_own own = {.what = UNDO_GUIDE, .id = key.event_id, .starts_ms = key.starts_ms,
		.visit = s->ctx->stack->opened};
	struct arena a = {0};
	const char *before = guide_kept(s, key, part, &a);
	if (strlen(part) < sizeof own.part && strcmp(part, "step") != 0 && strcmp(part, "posted") != 0
		&& strcmp(before, str_or_empty(text)) != 0) {
		memcpy(own.part, part, strlen(part) + 1);
		undo_add_own(&s->ctx->undo, &own, before, _("You answered about a meeting."));
	}
	arena_fini(&a);
}

bool guide_keep(struct screen *s, struct guide_key key, const char *part, const char *text)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL || port->guide == NULL)
		return false;
	remember(s, key, part, text);
	port->guide(s->ctx->host->self, key.event_id, key.starts_ms, part, text);
	return true;
}

const char *guide_kept(const struct screen *s, struct guide_key key, const char *part, struct arena *a)
{
	return s->ctx->store == NULL ? "" : guide_store_get(s->ctx->store, key, part, a);
}

const struct method_question *guide_question(const struct methods *all, const char *part)
{
	static const char *const begins[] = {"prepare:", "look_back:"};
	const struct method_question *const lists[] = {all->preparation, all->look_back};
	for (size_t l = 0; l < 2; l++)
		for (const struct method_question *q = lists[l]; str_starts(part, begins[l]) && q->id != NULL; q++)
			if (strcmp(part + strlen(begins[l]), q->id) == 0)
				return q;
	return NULL;
}

void guide_open(struct screen *s, int64_t event_id, int64_t starts_ms)
{
	struct arena a = {0};
	struct guide g = guide_of(s->ctx, event_id, starts_ms, NULL, &a);
	bool ask = g.event != NULL && g.method == NULL;
	screen_go(s, &(struct target){.screen = ask ? "guide_choice" : "guide", .id = event_id, .id2 = starts_ms,
		.text = ask ? "method" : NULL});
	arena_fini(&a);
}

static void guide_open_screen(struct screen *s)
{
	struct guide_state *st = s->state;
	struct arena a = {0};
	struct guide g = guide_of(s->ctx, s->target.id, s->target.id2, s->target.text, &a);
	int64_t step;
	if (g.method != NULL && str_to_int(guide_kept(s, g.key, "step", &a), 1, g.plan.count, &step))
		st->step = (int)step;
	arena_fini(&a);
}

static void guide_load(struct screen *s)
{
	struct guide_state *st = s->state;
	st->guide = guide_of(s->ctx, s->target.id, s->target.id2, s->target.text, &s->mem);
	s->title = _("Guide");
	if (st->guide.method == NULL)
		return;
	s->title = st->guide.method->name;
	st->note = ARENA_ARRAY(&s->mem, (size_t)st->guide.plan.count + 1, const char *);
	for (int i = 0; i < st->guide.plan.count; i++)
		st->note[i] = guide_kept(s, st->guide.key, guide_note_part(&st->guide, i, &s->mem), &s->mem);
	if (st->step > st->guide.plan.count)
		st->step = st->guide.plan.count;
}

static void guide_text(struct screen *s, struct styled_builder *b)
{
	const struct guide_state *st = s->state;
	b->anchor = st->step + 1;
	if (st->guide.event == NULL)
		styled_line(b, ROLE_TEXT, _("This meeting is not in kring. It may be gone."));
	else if (st->guide.method == NULL)
		keys_line(s, b, ROLE_TEXT, _("No method was chosen for this meeting. Choose one with {method}."));
	else if (st->step == 0)
		guide_text_before(b, &st->guide, st->note, s->ctx->zone);
	else
		guide_text_step(b, &st->guide, st->step - 1, st->note, s->ctx->zone);
}

static void guide_position_text(const struct screen *s, struct sbuf *out)
{
	const struct guide_state *st = s->state;
	if (st->guide.method != NULL && st->step > 0)
		sbuf_addf(out, _("step %d of %d"), st->step, st->guide.plan.count);
}

/* The step is kept, so that the guide opens there again; who cannot keep anything can still read on. */
static void keep_step(struct screen *s, const struct guide_state *st)
{
	const struct host *h = s->ctx->host;
	char number[16];
	snprintf(number, sizeof number, "%d", st->step);
	if (h != NULL && h->outbox != NULL && h->outbox->guide != NULL)
		h->outbox->guide(h->self, st->guide.key.event_id, st->guide.key.starts_ms, "step",
			st->step == 0 ? NULL : number);
}

static void go_step(struct screen *s, int by)
{
	struct guide_state *st = s->state;
	int to = st->step + by;
	if (st->guide.method == NULL)
		return;
	if (to < 0) {
		screen_say(s, "%s", _("This is what comes before the first step."));
	} else if (to > st->guide.plan.count) {
		keys_say(s, _("This is the last step. Look back with {look-back}."));
	} else {
		st->step = to;
		keep_step(s, st);
		s->text = (struct styled){0};
		screen_retext(s);
	}
}

static void next_step(struct screen *s)
{
	go_step(s, 1);
}

static void previous_step(struct screen *s)
{
	go_step(s, -1);
}

static void write_note(struct screen *s)
{
	const struct guide_state *st = s->state;
	if (st->guide.method == NULL || writing_port(s) == NULL)
		return;
	if (st->step == 0)
		screen_say(s, "%s", _("A note belongs to a step. First go to a step."));
	else
		screen_go(s, &(struct target){.screen = "guide_write", .id = s->target.id, .id2 = st->guide.key.starts_ms,
			.text = guide_note_part(&st->guide, st->step - 1, &s->mem)});
}

static void begin_now(struct screen *s)
{
	const struct guide_state *st = s->state;
	char moment[24];
	bool back = st->guide.began_ms != 0;
	if (st->guide.method == NULL)
		return;
	snprintf(moment, sizeof moment, "%lld", (long long)(s->ctx->now_ms / 60000 * 60000));
	if (guide_keep(s, st->guide.key, "began", back ? NULL : moment))
		screen_say(s, "%s", back ? _("The times are as planned again.") : _("The times are counted from now."));
}

static void choose_method(struct screen *s)
{
	const struct guide_state *st = s->state;
	if (st->guide.event != NULL)
		screen_go(s, &(struct target){.screen = "guide_choice", .id = s->target.id, .id2 = s->target.id2,
			.text = "method"});
}

static void share_notes(struct screen *s)
{
	const struct guide_state *st = s->state;
	struct sbuf body = {0};
	for (int i = 0; st->guide.method != NULL && i < st->guide.plan.count; i++)
		if (*st->note[i] != '\0')
			sbuf_addf(&body, "**%s**\n\n%s\n\n", st->guide.plan.step[i].phase->name, st->note[i]);
	if (body.n == 0)
		keys_say(s, _("You have no notes here. Write one with {note}."));
	else
		compose_reply_from(s, st->guide.event->topic_id, sbuf_str(&body));
	sbuf_fini(&body);
}

static void go_look_back(struct screen *s)
{
	look_back_open(s, s->target.id, s->target.id2);
}

static const struct binding guide_keys[] = {
	{"Right", "later", N_("Next step"), N_("Go to the next step"), next_step, true},
	{"Left", "earlier", N_("Step before"), N_("Go to the step before"), previous_step, true},
	{"p", "note", N_("Note"), N_("Write a note for yourself about this step"), write_note, true},
	{"N", "begin-now", N_("Begin now"), N_("Count the times from now, or as planned again"), begin_now, false},
	{"O", "method", N_("Method"), N_("Choose another method"), choose_method, false},
	{"r", "reply", N_("Share"), N_("Write a reply in the topic with your notes"), share_notes, false},
	{"L", "look-back", N_("Look back"), N_("Answer four questions after the meeting"), go_look_back, false},
	{0},
};

const struct screen_ops guide_ops = {
	.name = "guide", .kind = SCREEN_TEXT, .state_size = sizeof(struct guide_state), .keys = guide_keys,
	.aggregates = STORE_EVENTS | STORE_POSTS | STORE_NOTES, .open = guide_open_screen, .load = guide_load,
	.text = guide_text, .position_text = guide_position_text,
};
