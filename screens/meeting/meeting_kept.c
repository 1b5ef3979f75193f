#include "meeting.h"

#include <string.h>

#include "str.h"
#include "text.h"
#include "writing.h"

struct civil meeting_today(const struct screen *s)
{
	return zone_civil(s->ctx->zone, s->ctx->now_ms / 1000);
}

void meeting_read(const struct screen *s, const struct composition *w, struct meeting_plan *p, struct arena *a)
{
	meeting_plan_read(sbuf_str(&w->body), composition_language(s, a), p, a);
}

bool meeting_read_old(const struct screen *s, const struct composition *w, struct meeting_plan *p, struct arena *a)
{
	return w->change.kind == CHANGE_EDIT && w->original.n > 0 &&
		meeting_plan_read(sbuf_str(&w->original), composition_language(s, a), p, a);
}

struct meeting_reason meeting_reason(
	const struct screen *s, const struct composition *w, const struct meeting_plan *p, struct arena *a)
{
	struct meeting_plan old;
	struct civil today = meeting_today(s);
	if (!meeting_read_old(s, w, &old, a))
		return (struct meeting_reason){.why = "", .since = today};
	return meeting_change_reason(&old, p, &today, a);
}

static bool same_values(const struct meeting_plan *x, const struct meeting_plan *y)
{
	bool same = x->kind == y->kind && strcmp(x->text, y->text) == 0;
	for (int i = 0; i < x->set.count && same; i++)
		same = strcmp(x->value[i], y->value[i]) == 0;
	return same;
}

/* What somebody wrote in an order of their own keeps it as long as only the block changes. */
static void put(const struct screen *s, struct composition *w, const struct meeting_plan *p, struct arena *a)
{
	struct meeting_plan before;
	struct sbuf body = {0};
	meeting_read(s, w, &before, a);
	if (same_values(&before, p))
		meeting_plan_write_block(p, &body);
	else
		meeting_plan_write(p, &body);
	sbuf_fini(&w->body);
	w->body = body;
}

void meeting_keep(struct screen *s, struct composition *w, struct meeting_plan *p, const struct meeting_reason *r)
{
	struct arena a = {0};
	struct meeting_plan old, before;
	if (meeting_read_old(s, w, &old, &a)) {
		struct civil today = meeting_today(s);
		meeting_read(s, w, &before, &a);
		struct meeting_reason said = r != NULL ? *r : meeting_change_reason(&old, &before, &today, &a);
		meeting_change_say(&old, p, &said, &a);
	}
	put(s, w, p, &a);
	composition_count(w, s->ctx->now_ms, false);
	composition_keep(s, w);
	arena_fini(&a);
}

const char *meeting_reply(const struct screen *s, const struct composition *w, struct arena *a)
{
	struct meeting_plan old, now;
	struct sbuf text = {0};
	if (!w->meeting || !meeting_read_old(s, w, &old, a))
		return "";
	meeting_read(s, w, &now, a);
	struct meeting_reason r = meeting_reason(s, w, &now, a);
	meeting_change_reply(&old, &now, &r, &text);
	const char *reply = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&text);
	return reply;
}

bool meeting_send_reply(struct screen *s, const struct composition *w)
{
	struct arena a = {0};
	struct change c = {.kind = CHANGE_REPLY, .topic_id = w->change.topic_id, .body = meeting_reply(s, w, &a),
		.open_ms = w->change.open_ms, .typing_ms = w->change.typing_ms, .after = composition_change(w).id};
	bool sent = !str_empty(c.body) && writing_send_with(s, &c);
	arena_fini(&a);
	return sent;
}
