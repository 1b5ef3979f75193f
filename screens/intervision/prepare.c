#include "prepare.h"

#include <stdio.h>

#include "compose.h"
#include "confirm.h"
#include "guide.h"
#include "referral.h"
#include "screens.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* Preparing a case (target id and id2: the meeting): the questions with what is filled in, and how it will
 * look. Nothing leaves this computer before the member posts it. */
enum { MostHits = 20 };

struct prepare_state {
	struct preparation preparation;
	int questions;
};

void prepare_open(struct screen *s, int64_t event_id, int64_t starts_ms)
{
	struct stack *stack = s->ctx->stack;
	if (writing_port(s) == NULL)
		return;
	screen_go(s, &(struct target){.screen = "prepare", .id = event_id, .id2 = starts_ms});
	stack_say(stack, _("There are %d steps, for about twenty minutes. You need one question of your own."),
		stack_top(stack)->count);
}

static void prepare_load(struct screen *s)
{
	struct prepare_state *st = s->state;
	s->title = _("Preparation");
	st->preparation = prepare_read(s->ctx, s->target.id, s->target.id2, &s->mem);
	st->questions = 0;
	while (st->preparation.all->preparation[st->questions].id != NULL)
		st->questions++;
	s->count = st->questions + 1;
}

static const char *one_line(const char *text, struct arena *a)
{
	char *line = arena_strdup(a, text);
	for (char *c = line; *c != '\0'; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return str_trim(line);
}

static const char *day_words(struct screen *s, int64_t day)
{
	struct sbuf b = {0};
	if (day != 0)
		when_moment_day(&b, day * 1000, s->ctx->zone);
	const char *words = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return words;
}

static const char *value_words(struct screen *s, const struct preparation *p, int at)
{
	const struct method_question *q = &p->all->preparation[at];
	const struct method *m = q->answer == ANSWER_METHOD ? method_named(p->all, p->value[at]) : NULL;
	if (q->answer == ANSWER_DAY)
		return day_words(s, p->day);
	if (q->answer == ANSWER_TICK)
		return *p->value[at] != '\0' ? arena_printf(&s->rows_mem, _("Yes. %s"), q->hint) : q->hint;
	return m != NULL ? m->name : one_line(p->value[at], &s->rows_mem);
}

static struct row row_at(struct screen *s, const struct prepare_state *st, int at)
{
	const struct preparation *p = &st->preparation;
	if (at == st->questions)
		return (struct row){.id = at + 1, .title = _("Look at it before sharing"),
			.detail = _("Nothing is sent yet.")};
	const struct method_question *q = &p->all->preparation[at];
	const char *value = value_words(s, p, at);
	return (struct row){.id = at + 1, .title = q->label,
		.detail = *value != '\0' ? value : *q->hint != '\0' ? q->hint : _("Not filled in"),
		.state = *p->value[at] != '\0' ? NULL : q->required ? _("needed") : NULL};
}

static void prepare_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct prepare_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, first + i);
}

static void toggle(struct screen *s, const struct preparation *p, int at, const char *part)
{
	if (guide_keep(s, p->key, part, *p->value[at] != '\0' ? NULL : "yes"))
		screen_say(s, "%s", *p->value[at] != '\0' ? _("You took your yes back.") : _("You said yes."));
}

static void go_look(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "prepare_look", .id = s->target.id, .id2 = s->target.id2});
}

static void prepare_enter(struct screen *s, const struct row *row)
{
	static const char *const screens_of[] = {[ANSWER_LINE] = "guide_ask", [ANSWER_TEXT] = "guide_write",
		[ANSWER_METHOD] = "guide_choice", [ANSWER_DAY] = "guide_ask"};
	const struct prepare_state *st = s->state;
	int at = (int)row->id - 1;
	if (at == st->questions) {
		go_look(s);
		return;
	}
	const struct method_question *q = &st->preparation.all->preparation[at];
	const char *part = arena_printf(&s->mem, "prepare:%s", q->id);
	if (q->answer == ANSWER_TICK)
		toggle(s, &st->preparation, at, part);
	else
		screen_go(s, &(struct target){.screen = screens_of[q->answer], .id = s->target.id, .id2 = s->target.id2,
			.text = part});
}

static void prepare_position_text(const struct screen *s, struct sbuf *out)
{
	if (s->count > 0)
		sbuf_addf(out, _("step %d of %d"), s->list.cursor + 1, s->count);
}

static void look_load(struct screen *s)
{
	struct prepare_state *st = s->state;
	s->title = _("Overview");
	st->preparation = prepare_read(s->ctx, s->target.id, s->target.id2, &s->mem);
}

static void add_when(struct styled_builder *b, const struct screen *s, const struct preparation *p)
{
	struct sbuf day = {0};
	if (p->posted_ms != 0) {
		when_moment_day(&day, p->posted_ms, s->ctx->zone);
		styled_addf(b, ROLE_TEXT, _("You made a text of it on %s."), sbuf_str(&day));
	} else if (p->day != 0) {
		when_moment_day(&day, p->day * 1000, s->ctx->zone);
		styled_addf(b, ROLE_TEXT, p->day * 1000 > s->ctx->now_ms ? _("You wanted to keep it to yourself until %s.")
			: _("You can share it since %s."), sbuf_str(&day));
	}
	styled_break(b);
	sbuf_fini(&day);
}

static void add_check(struct styled_builder *b, const struct screen *s, const char *body)
{
	struct referral_hit hit[MostHits];
	int year = zone_civil(s->ctx->zone, s->ctx->now_ms / 1000).year, n = referral_check(body, year, hit, MostHits);
	if (n == 0)
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Look at this before you send:"));
	for (int i = 0; i < n; i++) {
		styled_push(b, ROLE_TEXT, "- ", "  ");
		styled_addf(b, ROLE_TEXT, "\"%.*s\". %s", (int)hit[i].bytes, body + hit[i].at,
			referral_says(hit[i].reason));
		styled_pop(b);
		styled_break(b);
	}
	styled_line(b, ROLE_TEXT,
		_("These words could show who somebody is. You decide. kring sends them nowhere else."));
}

static void look_text(struct screen *s, struct styled_builder *b)
{
	const struct prepare_state *st = s->state;
	struct sbuf body = {0};
	const char *missing = prepare_missing(&st->preparation);
	prepare_write(s->ctx, &st->preparation, &body);
	styled_line(b, ROLE_HEADING, prepare_title(&st->preparation));
	styled_line(b, ROLE_TEXT, _("Only you see this. kring does not send it by itself."));
	add_when(b, s, &st->preparation);
	if (missing != NULL) {
		styled_addf(b, ROLE_TEXT, _("Still needed before you can share it: %s."), missing);
		styled_break(b);
	}
	add_check(b, s, sbuf_str(&body));
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("The text as it will be shared"));
	styled_blank(b);
	styled_pre(b, ROLE_TEXT, sbuf_str(&body), "  ");
	sbuf_fini(&body);
}

/* Who goes, but for the member. */
static void add_people(const struct screen *s, const struct event *e, struct sbuf *names)
{
	for (int i = 0; i < e->invitee_count; i++)
		if (e->invitee[i].attendance == ATTENDANCE_GOING
			&& !str_equal(e->invitee[i].username, s->ctx->account->username))
			sbuf_addf(names, "%s%s", names->n > 0 ? ", " : "", e->invitee[i].username);
}

enum way { WAY_REPLY, WAY_TOPIC, WAY_MESSAGE };

/* From here on it is a text as any other: who can read it is said before it is sent. */
static void begin_text(struct screen *s, enum way way)
{
	const struct preparation *p = &SCREEN_STATE(s, prepare_state)->preparation;
	struct sbuf body = {0}, names = {0};
	char moment[24];
	if (p->event == NULL)
		return;
	prepare_write(s->ctx, p, &body);
	add_people(s, p->event, &names);
	if (way == WAY_REPLY)
		compose_reply_from(s, p->event->topic_id, sbuf_str(&body));
	else if (way == WAY_TOPIC)
		compose_topic_from(s, p->event->category_id, prepare_title(p), sbuf_str(&body));
	else
		compose_message_from(s, sbuf_str(&names), prepare_title(p), sbuf_str(&body));
	if (stack_top(s->ctx->stack) != s) {
		snprintf(moment, sizeof moment, "%lld", (long long)s->ctx->now_ms);
		guide_keep(s, p->key, "posted", moment);
	}
	sbuf_fini(&body);
	sbuf_fini(&names);
}

/* In the order of the choices. */
static void share(struct screen *s, int choice, int64_t id)
{
	static const enum way ways[] = {WAY_MESSAGE, WAY_REPLY, WAY_TOPIC};
	begin_text(s, ways[choice]);
}

static void post(struct screen *s)
{
	const struct prepare_state *st = s->state;
	const char *missing = prepare_missing(&st->preparation);
	if (st->preparation.event == NULL)
		screen_say(s, "%s", _("This meeting is not in kring. It may be gone."));
	else if (missing != NULL)
		screen_say(s, _("Still needed before you can share it: %s."), missing);
	else
		confirm_open(s, CONFIRM_SHARE_PREPARATION, NULL, 0, share);
}

static const struct binding prepare_keys[] = {
	{"F4", "overview", N_("Overview"), N_("Look at everything before you share it"), go_look, true},
	{0},
};

static const struct binding look_keys[] = {
	{"F9", "send", N_("Share"), N_("Choose where to share it"), post, true},
	{0},
};

const struct screen_ops prepare_ops = {
	.name = "prepare", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_EVENTS | STORE_NOTES,
	.state_size = sizeof(struct prepare_state), .keys = prepare_keys, .load = prepare_load, .rows = prepare_rows,
	.enter = prepare_enter, .position_text = prepare_position_text,
};

const struct screen_ops prepare_look_ops = {
	.name = "prepare_look", .kind = SCREEN_TEXT, .aggregates = STORE_EVENTS | STORE_NOTES,
	.state_size = sizeof(struct prepare_state), .keys = look_keys, .load = look_load, .text = look_text,
};
