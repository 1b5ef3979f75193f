#include "guide.h"

#include "draft_day.h"
#include "event_topic.h"
#include "prepare.h"
#include "screens.h"
#include "str.h"
#include "text.h"

/* A short answer about a meeting (target id and id2: the meeting, text: the part): a line or a day. */
struct guide_ask_state {
	struct guide_key key;
	const struct method_question *question; /* NULL: the next date */
	const char *begins;                     /* what stands in the field first */
};

static bool is_day(const struct guide_ask_state *st)
{
	return st->question == NULL || st->question->answer == ANSWER_DAY;
}

static const char *kept(const struct screen *s, const struct guide_ask_state *st, struct arena *a)
{
	return guide_kept(s, st->key, str_or_empty(s->target.text), a);
}

static void guide_ask_load(struct screen *s)
{
	struct guide_ask_state *st = s->state;
	struct sbuf day = {0};
	const struct methods *all = methods_load(event_topic_language(), &s->mem, NULL);
	st->key = guide_target_key(s);
	st->question = guide_question(all, str_or_empty(s->target.text));
	s->title = st->question != NULL ? st->question->label : _("Next date");
	if (s->loaded)
		return;
	const char *value = kept(s, st, &s->mem);
	int64_t proposed = st->question == NULL ? 0 : prepare_day(s->ctx, s->target.id, s->target.id2);
	if (*value == '\0' && proposed != 0 && is_day(st))
		draft_day_add(proposed, s->ctx->zone, &day);
	field_set(&s->answer, day.n > 0 ? sbuf_str(&day) : value);
	sbuf_fini(&day);
}

static void guide_ask_text(struct screen *s, struct styled_builder *b)
{
	const struct guide_ask_state *st = s->state;
	if (st->question != NULL && !str_empty(st->question->hint))
		styled_line(b, ROLE_TEXT, st->question->hint);
	if (is_day(st))
		styled_line(b, ROLE_TEXT, _("Write the date like this: 3-3-2026."));
	styled_line(b, ROLE_TEXT, _("You can leave this empty."));
}

static bool guide_ask_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = s->title};
	return true;
}

/* Line mode answers without the field: an empty answer there leaves what stands in it. */
static bool is_untouched(const struct screen *s, const char *text)
{
	return str_empty(text) && !str_empty(field_text(&s->answer));
}

static void guide_ask_answer(struct screen *s, const char *given)
{
	const struct guide_ask_state *st = s->state;
	struct sbuf words = {0};
	char *copy = arena_strdup(&s->mem, is_untouched(s, given) ? field_text(&s->answer) : given);
	const char *text = str_trim(copy);
	int64_t day = is_day(st) && *text != '\0' ? draft_day_read(text, s->ctx->zone, s->ctx->now_ms) : 0;
	if (is_day(st) && *text != '\0' && day == 0) {
		screen_say(s, "%s", _("This is no date of the coming two years. Write it like this: 3-3-2026."));
		return;
	}
	if (day != 0)
		draft_day_add(day, s->ctx->zone, &words);
	else
		sbuf_add(&words, text);
	if (guide_keep(s, st->key, str_or_empty(s->target.text), sbuf_str(&words)))
		screen_back(s);
	sbuf_fini(&words);
}

/* Words are kept while they are typed; half a date is not one yet. */
static void guide_ask_save(struct screen *s)
{
	const struct guide_ask_state *st = s->state;
	struct arena a = {0};
	s->half = is_day(st);
	if (!s->half)
		guide_keep(s, st->key, str_or_empty(s->target.text), str_trim(arena_strdup(&a, field_text(&s->answer))));
	arena_fini(&a);
}

const struct screen_ops guide_ask_ops = {
	.name = "guide_ask", .kind = SCREEN_ASK, .state_size = sizeof(struct guide_ask_state), .load = guide_ask_load,
	.text = guide_ask_text, .ask = guide_ask_ask, .answer = guide_ask_answer, .save = guide_ask_save,
};
