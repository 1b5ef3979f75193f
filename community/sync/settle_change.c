#include "settle_change.h"

#include <stdlib.h>
#include <string.h>

#include "attempt.h"
#include "category_store.h"
#include "event_store.h"
#include "poll_store.h"
#include "post_store.h"
#include "refusal.h"
#include "round_drafts.h"
#include "same_text.h"
#include "site_store.h"
#include "str.h"
#include "take.h"
#include "text.h"
#include "topic_store.h"
#include "user_field_store.h"
#include "written_decode.h"

/* What a good answer to a kind holds at least. What does not fit is treated as no answer. */
enum expected { ANYTHING, AN_OBJECT, A_POST, AN_ID, A_VOTE };

static const struct {
	enum expected expected;
	bool can_look;
} kinds[CHANGE_KINDS] = {
	[CHANGE_TOPIC] = {A_POST, true},
	[CHANGE_REPLY] = {A_POST, true},
	[CHANGE_MESSAGE] = {A_POST, true},
	[CHANGE_EDIT] = {A_POST, true},
	[CHANGE_DELETE] = {ANYTHING, true},
	[CHANGE_RECOVER] = {ANYTHING, true},
	[CHANGE_LIKE] = {A_POST, true},
	[CHANGE_UNLIKE] = {A_POST, true},
	[CHANGE_BOOKMARK] = {AN_ID, true},
	[CHANGE_UNBOOKMARK] = {AN_OBJECT, true},
	[CHANGE_FLAG] = {A_POST, true},
	[CHANGE_TOPIC_LEVEL] = {ANYTHING, false},
	[CHANGE_CATEGORY_LEVEL] = {ANYTHING, false},
	[CHANGE_MEMBER_LEVEL] = {ANYTHING, false},
	[CHANGE_ARCHIVE] = {ANYTHING, false},
	[CHANGE_UNARCHIVE] = {ANYTHING, false},
	[CHANGE_VOTE] = {A_VOTE, true},
	[CHANGE_UNVOTE] = {AN_OBJECT, true},
	[CHANGE_ATTENDANCE] = {AN_OBJECT, true},
	[CHANGE_PROFILE] = {AN_OBJECT, false},
};

bool settle_can_look(enum change_kind kind)
{
	return kinds[kind].can_look;
}

int64_t settle_later(struct sync *s, const struct outbox_row *row)
{
	return s->now_ms + limits_backoff_ms(row->tries > 0 ? row->tries - 1 : 0, &s->api.seed);
}

static const struct poll *poll_of(struct sync *s, const struct change *c)
{
	const struct poll *poll = NULL;
	int count = c->kind == CHANGE_VOTE ? poll_store_get(s->store, c->post_id, &s->arena, &poll) : 0;
	for (int i = 0; i < count; i++)
		if (str_equal(poll[i].name, c->title))
			return &poll[i];
	return NULL;
}

static const struct user_field *field_of(struct sync *s, const struct change *c)
{
	int64_t id;
	if (c->kind != CHANGE_PROFILE || !str_starts(c->title, "field:")
		|| !str_to_int(c->title + strlen("field:"), 1, INT64_MAX, &id))
		return NULL;
	struct user_field_rows fields = user_field_store_list(s->store, &s->arena);
	for (int i = 0; i < fields.count; i++)
		if (fields.row[i].id == id)
			return &fields.row[i];
	return NULL;
}

static int64_t bookmark_of(struct sync *s, int64_t post_id)
{
	const struct post_row *p = post_store_get(s->store, post_id, &s->arena);
	return p == NULL ? 0 : p->post.bookmark_id;
}

struct change_site settle_site(struct sync *s, const struct outbox_row *row, struct change *c)
{
	const struct site *site = site_store_get(s->store, &s->arena);
	const struct event *event = row->change.kind == CHANGE_ATTENDANCE
		? event_store_get(s->store, row->change.post_id, &s->arena)
		: NULL;
	const struct poll *poll = poll_of(s, &row->change);
	*c = row->change;
	if (c->kind == CHANGE_UNBOOKMARK && c->before == 0)
		c->before = bookmark_of(s, c->post_id);
	if (c->kind == CHANGE_EDIT && c->id == s->exact_change)
		c->original = s->exact_original;
	return (struct change_site){
		.username = str_or_empty(sync_session(s)->username),
		.tagging = site != NULL && site->tagging,
		.tags_are_objects = site != NULL && site->tags_are_objects,
		.now_ms = s->now_ms,
		.invitee_id = event == NULL ? 0 : event->my_invitee_id,
		.ranked_poll = poll != NULL && poll->type == POLL_RANKED,
		.field = field_of(s, c),
		.draft_key = row->draft_key,
	};
}

/* A new post knows less of its topic than the feeds say. */
static struct post whole_post(const struct change *c, const struct post *answered)
{
	struct post p = *answered;
	p.yours = p.yours || (change_is_text(c->kind) && c->kind != CHANGE_EDIT);
	if (p.raw == NULL && change_is_text(c->kind))
		p.raw = c->body;
	if (c->kind == CHANGE_TOPIC || c->kind == CHANGE_MESSAGE) {
		p.topic_title = str_empty(p.topic_title) ? c->title : p.topic_title;
		p.category_id = p.category_id == 0 ? c->category_id : p.category_id;
		p.is_message = c->kind == CHANGE_MESSAGE;
	}
	return p;
}

/* Counts, lists and what others see of it come with the next look at these. */
static bool look_again(
	struct sync *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	int64_t topic_id = r->topic_id != 0 ? r->topic_id : c->topic_id;
	switch (c->kind) {
	case CHANGE_TOPIC:
	case CHANGE_MESSAGE:
		return topic_id == 0 || sync_store_queue(s->store, topic_id, 0, 0, err);
	case CHANGE_EDIT:
		return str_empty(c->title) || topic_id == 0 || sync_store_queue(s->store, topic_id, 0, 0, err);
	case CHANGE_DELETE:
	case CHANGE_RECOVER:
	case CHANGE_VOTE:
	case CHANGE_UNVOTE:
	case CHANGE_ATTENDANCE:
		return topic_id == 0 || sync_store_queue(s->store, topic_id, c->post_id, INT64_MAX, err);
	default:
		return true;
	}
}

bool settle_done(struct sync *s, const struct outbox_row *row, const struct outbox_result *r,
	const struct post *post, struct error *err)
{
	const struct change *c = &row->change;
	if (post != NULL) {
		struct post p = whole_post(c, post);
		if (!sync_put_post(s, &p, err))
			return false;
	}
	s->report.sent++;
	return outbox_store_set_done(s->store, c->id, r, s->now_ms, err) && look_again(s, c, r, err)
		&& attempt_forget(s, c->id, err) && draft_of_change_ends(s, row, err);
}

static bool senseless(struct error *err)
{
	return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
}

static bool fits(struct sync *s, const struct change *c, const struct post *p)
{
	switch (c->kind) {
	case CHANGE_TOPIC:
	case CHANGE_MESSAGE:
		return p->post_number == 1 && p->topic_id != 0 && str_equal(p->username, sync_session(s)->username);
	case CHANGE_REPLY:
		return p->topic_id == c->topic_id && str_equal(p->username, sync_session(s)->username);
	default:
		return p->id == c->post_id;
	}
}

static bool is_new(enum change_kind kind)
{
	return kind == CHANGE_TOPIC || kind == CHANGE_REPLY || kind == CHANGE_MESSAGE;
}

/* Is this what became of another change of the member? A broken server or proxy can answer with what it said
 * before. A text that is nobody's is ours: sites change words too. */
static bool is_anothers(struct sync *s, const struct outbox_row *row, int64_t post_id, const char *raw)
{
	bool ours = raw == NULL || same_text(raw, row->change.body);
	return outbox_store_is_claimed(s->store, row->change.id, post_id)
		|| (!ours && outbox_store_has_words(s->store, row->change.id, raw));
}

/* The post as it was before, or another one, is no answer to this change. */
static bool is_answer_to(struct sync *s, const struct outbox_row *row, const struct written_post *w)
{
	const struct change *c = &row->change;
	struct attempt t = attempt_get(s, c->id);
	if (w->held)
		return !is_new(c->kind) || !is_anothers(s, row, 0, w->pending.raw);
	if (c->kind == CHANGE_EDIT && same_text(w->post.raw, c->original) && !same_text(c->body, c->original))
		return false;
	return fits(s, c, &w->post) &&
		(!is_new(c->kind) || (w->post.id > t.newest_post && !is_anothers(s, row, w->post.id, w->post.raw)));
}

static bool took_post(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct written_post w;
	const struct change *c = &row->change;
	if (!written_post_decode(a->json, &s->arena, &w) || !is_answer_to(s, row, &w))
		return senseless(err);
	if (w.held)
		return settle_done(s, row, &(struct outbox_result){.held = true, .topic_id = c->topic_id}, NULL, err);
	struct outbox_result r = {.topic_id = w.post.topic_id};
	if (is_new(c->kind)) {
		r.post_id = w.post.id;
		r.post_number = w.post.post_number;
	}
	return settle_done(s, row, &r, &w.post, err);
}

static bool took_vote(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct poll poll;
	if (!written_vote_decode(a->json, &s->arena, &poll))
		return senseless(err);
	return settle_done(s, row, &(struct outbox_result){0}, NULL, err);
}

static bool took_id(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	int64_t id = written_id_decode(a->json);
	if (id == 0 && row->change.before == 0)
		return senseless(err);
	return settle_done(s, row, &(struct outbox_result){.other_id = id}, NULL, err);
}

static bool took_object(
	struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	if (!json_is_object(a->json) && kinds[row->change.kind].expected != ANYTHING)
		return senseless(err);
	int64_t id = row->change.kind == CHANGE_ATTENDANCE ? take_id(json_get(a->json, "invitee"), "id") : 0;
	return settle_done(s, row, &(struct outbox_result){.other_id = id}, NULL, err);
}

static bool next_step(
	struct sync *s, const struct outbox_row *row, struct attempt *t, bool *more, struct error *err)
{
	struct change c;
	struct change_site site = settle_site(s, row, &c);
	struct request r;
	*more = change_request(&c, &site, t->step + 1, &r);
	request_fini(&r);
	if (!*more)
		return true;
	t->step++;
	return attempt_put(s, t, err) && outbox_store_set_waiting(s->store, c.id, 0, row->resend, NULL, err);
}

bool settle_answer(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct attempt t = attempt_get(s, row->change.id);
	bool more;
	if (!next_step(s, row, &t, &more, err) || more)
		return more;
	if (t.step > 0)
		return settle_done(s, row, &(struct outbox_result){0}, NULL, err);
	switch (kinds[row->change.kind].expected) {
	case A_POST:
		return took_post(s, row, a, err);
	case A_VOTE:
		return took_vote(s, row, a, err);
	case AN_ID:
		return took_id(s, row, a, err);
	default:
		return took_object(s, row, a, err);
	}
}

bool settle_waiting(struct sync *s, const struct outbox_row *row, int64_t next_ms, const struct error *why,
	struct error *err)
{
	return outbox_store_set_waiting(s->store, row->change.id, next_ms, row->resend, why, err);
}

static bool is_title_used(struct sync *s, const struct change *c)
{
	enum { Likely = 20 };
	if (str_empty(c->title) || c->kind != CHANGE_TOPIC)
		return false;
	struct topic_rows rows =
		topic_store_list(s->store, &(struct topic_filter){.text = c->title}, 0, Likely, &s->arena);
	for (int i = 0; i < rows.count; i++)
		if (strcasecmp(rows.row[i].title, c->title) == 0)
			return true;
	return false;
}

/* The same text arrived a short while ago: sites take it only once. */
static bool is_repeated(struct sync *s, const struct change *c)
{
	static const int64_t short_while_ms = 5 * 60 * 1000; /* unique_posts_mins */
	return outbox_store_arrived_since(s->store, c->id, c->body, s->now_ms - short_while_ms);
}

static int tags_wanted(struct sync *s, const struct change *c)
{
	const struct category *category =
		c->category_id == 0 ? NULL : category_store_get(s->store, c->category_id, &s->arena);
	return category == NULL ? 0 : category->minimum_required_tags;
}

static struct refusal_facts facts_of(struct sync *s, const struct change *c)
{
	const struct topic_row *t = c->topic_id == 0 ? NULL : topic_store_row(s->store, c->topic_id, &s->arena);
	const struct post_row *p = c->post_id == 0 ? NULL : post_store_get(s->store, c->post_id, &s->arena);
	return (struct refusal_facts){
		.change = c,
		.site = site_store_get(s->store, &s->arena),
		.event = c->kind == CHANGE_ATTENDANCE ? event_store_get(s->store, c->post_id, &s->arena) : NULL,
		.poll = poll_of(s, c),
		.closed = t != NULL && t->closed,
		.archived = t != NULL && t->archived,
		.message = t != NULL && t->is_message,
		.repeated = change_is_text(c->kind) && is_repeated(s, c),
		.title_used = is_title_used(s, c),
		.tags_wanted = tags_wanted(s, c),
		.post_created_ms = p == NULL ? 0 : p->post.created_ms,
		.now_ms = s->now_ms,
	};
}

/* Words for the member, while `why` is what the site answered. True: there is nothing to refuse. */
static bool explain(struct sync *s, const struct change *c, const struct answer *a, const struct error *why,
	struct error *words)
{
	struct refusal_facts facts = facts_of(s, c);
	struct refusal refusal;
	*words = *why;
	if (!refusal_explain(&facts, a, why, &refusal))
		return false;
	*words = refusal.error;
	words->http_status = why->http_status;
	return refusal.kind == REFUSAL_SETTLED;
}

void settle_explain_again(struct sync *s, const struct outbox_row *row, struct error *why)
{
	struct refusal_facts facts = facts_of(s, &row->change);
	struct refusal refusal;
	int status = why->http_status;
	if (refusal_explain(&facts, &(struct answer){0}, why, &refusal) && refusal.kind >= REFUSAL_EVENT_FULL)
		*why = refusal.error;
	why->http_status = status;
}

bool settle_limited(struct sync *s, const struct outbox_row *row, const struct answer *a,
	const struct error *why, struct error *err)
{
	struct error words;
	explain(s, &row->change, a, why, &words);
	int64_t own = why->retry_after_s > 0 ? s->now_ms + why->retry_after_s * 1000LL : settle_later(s, row);
	return settle_waiting(s, row, a->own_limit ? own : 0, &words, err);
}

/* What was perhaps done by an earlier try, or is as it should be already, is looked at before the member is
 * asked. */
bool settle_refused(struct sync *s, const struct outbox_row *row, const struct answer *a,
	const struct error *why, struct error *err)
{
	const struct change *c = &row->change;
	struct error words;
	if (explain(s, c, a, why, &words))
		return settle_done(s, row, &(struct outbox_result){0}, NULL, err);
	if (kinds[c->kind].can_look && (!is_new(c->kind) || row->resend))
		return outbox_store_set_unsure(s->store, c->id, s->now_ms, &words, err);
	s->report.refused++;
	return outbox_store_set_refused(s->store, c->id, &words, err) && attempt_forget(s, c->id, err);
}
