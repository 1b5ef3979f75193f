#include "topic_waiting.h"

#include <limits.h>

#include "compose_look.h"
#include "keys.h"
#include "outbox_text.h"
#include "post_store.h"
#include "text.h"

enum { WaitingMost = 100, LastPosts = 20 };

/* What a moderator let through comes back as a new post of the member. */
static bool was_let_through(struct screen *s, const struct outbox_row *r)
{
	struct post_rows last = post_store_window_before(s->ctx->store, r->change.topic_id, INT_MAX, LastPosts,
		&s->mem);
	for (int i = 0; i < last.count; i++)
		if (last.row[i].post.yours && last.row[i].post.created_ms >= r->sent_ms)
			return true;
	return false;
}

/* What has arrived is shown here until it was fetched. */
static bool is_shown(struct screen *s, const struct outbox_row *r)
{
	if (r->change.kind != CHANGE_REPLY || r->change.state == CHANGE_DRAFT)
		return false;
	if (r->held)
		return !was_let_through(s, r);
	return r->change.state != CHANGE_DONE ||
		(r->done_post_id != 0 && post_store_get(s->ctx->store, r->done_post_id, &s->mem) == NULL);
}

struct topic_waiting topic_waiting_load(struct screen *s, int64_t topic_id)
{
	struct topic_waiting w = {0};
	struct outbox_filter f = {.topic_id = topic_id};
	struct outbox_rows all = outbox_store_list(s->ctx->store, &f, 0, WaitingMost, &s->mem);
	w.reply = ARENA_ARRAY(&s->mem, (size_t)all.count + 1, const struct outbox_row *);
	for (int i = 0; i < all.count; i++) {
		if (is_shown(s, &all.row[i]))
			w.reply[w.count++] = &all.row[i];
		w.draft = w.draft || (all.row[i].change.kind == CHANGE_REPLY && all.row[i].change.state == CHANGE_DRAFT);
	}
	return w;
}

static void add_reply(struct styled_builder *b, const struct outbox_row *r, const struct screen *s)
{
	struct sbuf state = {0};
	outbox_text_state(&state, r, s->ctx->now_ms, s->ctx->zone);
	b->opens = true;
	styled_addf(b, ROLE_HEADING, "%s", _("Your reply"));
	styled_addf(b, ROLE_NEW, ", %s", outbox_text_word(r));
	styled_break(b);
	b->opens = false;
	if (r->change.number > 0) {
		styled_addf(b, ROLE_MUTED, _("Reply to post %lld"), (long long)r->change.number);
		styled_break(b);
	}
	styled_line(b, ROLE_MUTED, sbuf_str(&state));
	styled_blank(b);
	compose_look(s, r->change.body, r->change.topic_id, b);
	styled_blank(b);
	sbuf_fini(&state);
}

void topic_waiting_add(struct styled_builder *b, const struct topic_waiting *w, const struct screen *s)
{
	int before = b->anchor;
	for (int i = 0; i < w->count; i++) {
		b->anchor = TOPIC_WAITING_ANCHOR + i;
		add_reply(b, w->reply[i], s);
	}
	b->anchor = before;
	if (w->draft)
		keys_line(s, b, ROLE_MUTED, _("You have a draft for this topic. Write on with {reply}."));
}

const struct outbox_row *topic_waiting_at(const struct topic_waiting *w, int anchor)
{
	int i = anchor - TOPIC_WAITING_ANCHOR;
	return i < 0 || i >= w->count ? NULL : w->reply[i];
}
