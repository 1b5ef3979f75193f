#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "attempt.h"
#include "mem.h"
#include "post_decode.h"
#include "same_text.h"
#include "settle_change.h"
#include "str.h"
#include "text.h"
#include "topic_decode.h"
#include "topic_store.h"
#include "write_endpoints.h"
#include "written_decode.h"

/* A change of which no answer came is looked for on the site before it is sent again. Texts are found by who
 * wrote them, when, and their words; the rest by reading the thing that was changed. A text that is not there
 * at two looks, or at one when it is long ago, did not arrive. */

enum stage {
	STAGE_LOOK,    /* the topic's last posts, the thing itself, or a list of topics */
	STAGE_TOPIC,   /* one topic out of that list */
	STAGE_PENDING, /* what waits for a moderator */
};
enum { MaxPages = 20, BrokenTries = 4 };
static const int64_t SecondLookMs = 20 * 1000, LongAgoMs = 5 * 60 * 1000;

static const struct outbox_row *row_to_find(struct sync *s)
{
	const struct outbox_row *row = sync_next_change(s);
	return row != NULL && row->change.state == CHANGE_UNSURE ? row : NULL;
}

static const struct outbox_row *asked(struct sync *s)
{
	return outbox_store_get(s->store, s->search.id, &s->arena);
}

static bool reconcile_wanted(struct sync *s)
{
	return row_to_find(s) != NULL;
}

static struct request reconcile_ask(struct sync *s)
{
	const struct outbox_row *row = row_to_find(s);
	const struct change *c = &row->change;
	const char *me = sync_session(s)->username;
	if (s->search.id != c->id)
		s->search = (struct search){.id = c->id};
	if (s->search.stage == STAGE_PENDING)
		return endpoint_pending_posts(me);
	if (s->search.stage == STAGE_TOPIC)
		return endpoint_topic(s->search.topic_id[s->search.candidates - 1]);
	switch (c->kind) {
	case CHANGE_REPLY:
		return endpoint_topic_tail(c->topic_id, (int)s->search.at);
	case CHANGE_TOPIC:
		return endpoint_topics_by(me);
	case CHANGE_MESSAGE:
		return endpoint_messages_sent(me);
	default:
		return endpoint_post(c->post_id);
	}
}

/* The search is at its end, or begins anew the next time. */
static void end_search(struct sync *s)
{
	s->search = (struct search){0};
}

static bool was_refused(const struct outbox_row *row)
{
	return row->error == ERR_REFUSED || row->error == ERR_FORBIDDEN || row->error == ERR_NOT_FOUND
		|| row->error == ERR_CONFLICT || row->error == ERR_INVALID;
}

static struct error last_error(const struct outbox_row *row)
{
	struct error e = {.kind = row->error};
	if (row->error != ERR_NONE)
		fail(&e, row->error, "%s", row->error_what);
	e.http_status = row->http_status;
	return e;
}

static bool refuse(struct sync *s, const struct outbox_row *row, struct error *err)
{
	struct error why = last_error(row);
	settle_explain_again(s, row, &why);
	s->report.refused++;
	return outbox_store_set_refused(s->store, row->change.id, &why, err)
		&& attempt_forget(s, row->change.id, err);
}

static bool send_again(struct sync *s, const struct outbox_row *row, struct error *err)
{
	return outbox_store_set_waiting(s->store, row->change.id, 0, true, NULL, err);
}

static bool not_there(struct sync *s, const struct outbox_row *row, struct error *err)
{
	struct attempt t = attempt_get(s, row->change.id);
	struct error why = last_error(row);
	end_search(s);
	if (was_refused(row))
		return refuse(s, row, err);
	if (t.reads > 0 || s->now_ms - row->sent_ms > LongAgoMs)
		return send_again(s, row, err);
	t.id = row->change.id;
	t.reads++;
	return attempt_put(s, &t, err)
		&& outbox_store_set_unsure(s->store, row->change.id, s->now_ms + SecondLookMs, &why, err);
}

static bool is_it(struct sync *s, const struct outbox_row *row, const struct post *p)
{
	struct attempt t = attempt_get(s, row->change.id);
	return p->id > t.newest_post && attempt_may_be(&t, p->created_ms) && p->username != NULL
		&& strcasecmp(p->username, sync_session(s)->username) == 0 && same_text(p->raw, row->change.body)
		&& !outbox_store_is_claimed(s->store, row->change.id, p->id);
}

static bool found(struct sync *s, const struct outbox_row *row, const struct post *p, struct error *err)
{
	end_search(s);
	return settle_done(s, row,
		&(struct outbox_result){.topic_id = p->topic_id, .post_id = p->id, .post_number = p->post_number}, p,
		err);
}

static bool wrong_answer(struct error *err)
{
	return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
}

static bool look_at_pending(struct sync *s, const struct outbox_row *row, struct error *err)
{
	if (row->change.kind == CHANGE_MESSAGE)
		return not_there(s, row, err);
	s->search.stage = STAGE_PENDING;
	return true;
}

/* What is asked for anyway is kept. */
static bool put_view(struct sync *s, const struct topic_view *view, struct error *err)
{
	if (!topic_store_put(s->store, &view->topic, err))
		return false;
	for (int i = 0; i < view->post_count; i++)
		if (!sync_put_post(s, &view->post[i], err))
			return false;
	return true;
}

static bool took_tail(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct topic_view view;
	struct attempt t = attempt_get(s, row->change.id);
	if (!topic_view_decode(a->json, &s->arena, &view) || view.topic.id != row->change.topic_id)
		return wrong_answer(err);
	if (!put_view(s, &view, err))
		return false;
	const struct post *lowest = view.post_count > 0 ? &view.post[0] : NULL;
	for (int i = 0; i < view.post_count; i++) {
		if (is_it(s, row, &view.post[i]))
			return found(s, row, &view.post[i], err);
		if (view.post[i].post_number < lowest->post_number)
			lowest = &view.post[i];
	}
	bool more = lowest != NULL && lowest->post_number > 1 && lowest->id > t.newest_post
		&& attempt_may_be(&t, lowest->created_ms) && lowest->post_number != s->search.at;
	if (!more || ++s->search.pages >= MaxPages)
		return look_at_pending(s, row, err);
	s->search.at = lowest->post_number;
	return true;
}

/* The last one is looked at first: those with the same title. */
static void add_candidates(
	struct sync *s, const struct outbox_row *row, const struct topic_page *page, bool titled)
{
	struct attempt t = attempt_get(s, row->change.id);
	for (int i = page->count - 1; i >= 0 && s->search.candidates < (int)COUNT(s->search.topic_id); i--) {
		const struct topic *p = &page->topic[i];
		bool same = p->title != NULL && strcasecmp(p->title, row->change.title) == 0;
		if (same == titled && attempt_may_be(&t, p->created_ms) && !outbox_store_is_topic_claimed(s->store, p->id))
			s->search.topic_id[s->search.candidates++] = p->id;
	}
}

static bool next_candidate(struct sync *s, const struct outbox_row *row, struct error *err)
{
	if (s->search.candidates == 0)
		return look_at_pending(s, row, err);
	s->search.stage = STAGE_TOPIC;
	return true;
}

static bool took_list(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct topic_page page;
	if (!topic_page_decode(a->json, &s->arena, &page))
		return wrong_answer(err);
	s->search.candidates = 0;
	add_candidates(s, row, &page, false);
	if (s->search.candidates == (int)COUNT(s->search.topic_id))
		s->search.candidates--;
	add_candidates(s, row, &page, true);
	return next_candidate(s, row, err);
}

static bool took_topic(
	struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct topic_view view;
	if (!topic_view_decode(a->json, &s->arena, &view))
		return wrong_answer(err);
	s->search.candidates--;
	for (int i = 0; i < view.post_count; i++)
		if (view.post[i].post_number == 1 && view.topic.is_message == (row->change.kind == CHANGE_MESSAGE)
			&& is_it(s, row, &view.post[i]))
			return topic_store_put(s->store, &view.topic, err) && found(s, row, &view.post[i], err);
	return next_candidate(s, row, err);
}

static bool took_pending(
	struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct pending_list list;
	struct attempt t = attempt_get(s, row->change.id);
	int free = 0;
	if (!pending_list_decode(a->json, &s->arena, &list))
		return wrong_answer(err);
	for (int i = 0; i < list.count; i++)
		free += same_text(list.post[i].raw, row->change.body) && attempt_may_be(&t, list.post[i].created_ms);
	free -= outbox_store_count_held(s->store, row->change.id, row->change.body, row->sent_ms);
	if (free <= 0)
		return not_there(s, row, err);
	end_search(s);
	return settle_done(
		s, row, &(struct outbox_result){.held = true, .topic_id = row->change.topic_id}, NULL, err);
}

/* `names` are joined with ", ". */
static bool is_one_of(const char *names, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = strstr(names, name); n > 0 && at != NULL; at = strstr(at + 1, name))
		if ((at == names || at[-1] == ' ') && (at[n] == '\0' || at[n] == ','))
			return true;
	return false;
}

static int count_names(const char *names)
{
	int count = *names != '\0';
	for (; *names != '\0'; names++)
		count += *names == ',';
	return count;
}

static bool has_vote(const struct change *c, const struct post *p)
{
	const char *wanted = c->kind == CHANGE_VOTE ? c->names : "";
	for (int i = 0; i < p->poll_count; i++) {
		const struct poll *poll = &p->poll[i];
		int chosen = 0, same = 0;
		if (!str_equal(poll->name, c->title))
			continue;
		for (int k = 0; k < poll->option_count; k++) {
			chosen += poll->option[k].chosen;
			same += poll->option[k].chosen && is_one_of(wanted, poll->option[k].id);
		}
		return chosen == same && chosen == count_names(wanted);
	}
	return false;
}

static bool has_acted(const struct change *c, const struct json *post)
{
	JSON_EACH (action, json_get(post, "actions_summary"))
		if (json_int(action, "id", 0) == c->number)
			return json_bool(action, "acted", false);
	return false;
}

/* Is the post as the change wants it? */
static bool is_as_wanted(const struct change *c, const struct post *p, const struct json *json)
{
	switch (c->kind) {
	case CHANGE_EDIT:
		return same_text(p->raw, c->body) && (str_empty(c->title) || !same_text(c->body, c->original));
	case CHANGE_DELETE:
		return p->deleted;
	case CHANGE_RECOVER:
		return !p->deleted;
	case CHANGE_LIKE:
		return p->liked;
	case CHANGE_UNLIKE:
		return !p->liked;
	case CHANGE_BOOKMARK:
		return p->bookmarked && c->before == 0;
	case CHANGE_UNBOOKMARK:
		return !p->bookmarked;
	case CHANGE_FLAG:
		return has_acted(c, json);
	case CHANGE_VOTE:
	case CHANGE_UNVOTE:
		return has_vote(c, p);
	case CHANGE_ATTENDANCE:
		return p->event != NULL && p->event->mine == (enum attendance)c->number;
	default:
		return false;
	}
}

/* The site compares the text that an edit comes after to the letter. What is kept here has no invisible
 * signs: when that is all that differs, the edit goes out once more with the text as the site has it. True:
 * it does. */
static bool has_exact_original(
	struct sync *s, const struct outbox_row *row, const struct post *p, const struct json *json)
{
	const struct change *c = &row->change;
	const char *exact = json_string(json, "raw");
	if (c->kind != CHANGE_EDIT || row->error != ERR_CONFLICT || exact == NULL || !str_equal(p->raw, c->original)
		|| str_equal(exact, c->original) || (s->exact_change == c->id && str_equal(exact, s->exact_original)))
		return false;
	free(s->exact_original);
	s->exact_original = xstrdup(exact);
	s->exact_change = c->id;
	return true;
}

static bool took_thing(
	struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err)
{
	struct post p;
	const struct change *c = &row->change;
	if (!post_decode(a->json, &s->arena, &p) || p.id != c->post_id)
		return wrong_answer(err);
	end_search(s);
	if (is_as_wanted(c, &p, a->json)) {
		struct outbox_result r = {
			.topic_id = p.topic_id, .other_id = p.event != NULL ? p.event->my_invitee_id : p.bookmark_id};
		return settle_done(s, row, &r, &p, err);
	}
	if (!sync_put_post(s, &p, err))
		return false;
	return was_refused(row) && !has_exact_original(s, row, &p, a->json) ? refuse(s, row, err)
		: send_again(s, row, err);
}

static bool reconcile_take(struct sync *s, const struct answer *a, struct error *err)
{
	const struct outbox_row *row = asked(s);
	if (row == NULL || row->change.state != CHANGE_UNSURE) {
		end_search(s);
		return true;
	}
	if (s->search.stage == STAGE_PENDING)
		return took_pending(s, row, a, err);
	if (s->search.stage == STAGE_TOPIC)
		return took_topic(s, row, a, err);
	if (row->change.kind == CHANGE_REPLY)
		return took_tail(s, row, a, err);
	if (row->change.kind == CHANGE_TOPIC || row->change.kind == CHANGE_MESSAGE)
		return took_list(s, row, a, err);
	return took_thing(s, row, a, err);
}

/* The site does not show it. */
static bool hidden(struct sync *s, const struct outbox_row *row, const struct error *why, struct error *err)
{
	if (s->search.stage == STAGE_TOPIC) {
		s->search.candidates--;
		return next_candidate(s, row, err);
	}
	if (s->search.stage == STAGE_PENDING)
		return not_there(s, row, err);
	if (row->change.kind == CHANGE_DELETE && why->kind == ERR_NOT_FOUND) {
		end_search(s);
		return settle_done(s, row, &(struct outbox_result){.topic_id = row->change.topic_id}, NULL, err);
	}
	end_search(s);
	return was_refused(row) ? refuse(s, row, err) : send_again(s, row, err);
}

static bool reconcile_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	const struct outbox_row *row = asked(s);
	struct attempt t;
	*alone = true;
	if (row == NULL)
		return true;
	switch (why->kind) {
	case ERR_FORBIDDEN:
		t = attempt_get(s, row->change.id);
		if (t.key_checked)
			return hidden(s, row, why, err);
		t.id = row->change.id;
		t.key_checked = s->check_key = true;
		return attempt_put(s, &t, err);
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_REFUSED:
		return hidden(s, row, why, err);
	case ERR_OFFLINE:
	case ERR_PROTOCOL:
		*alone = a->status != 0;
		if (*alone) {
			struct error last = last_error(row);
			return outbox_store_set_unsure(s->store, row->change.id,
				s->now_ms + limits_backoff_ms(BrokenTries, &s->api.seed), &last, err);
		}
		return true;
	default:
		*alone = false;
		return true;
	}
}

const struct round round_reconcile = {.phase = "",
	.turn = -2,
	.wanted = reconcile_wanted,
	.ask = reconcile_ask,
	.take = reconcile_take,
	.failed = reconcile_failed};
