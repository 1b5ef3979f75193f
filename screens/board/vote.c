#include "screens.h"

#include <string.h>

#include "pending.h"
#include "poll_store.h"
#include "poll_text.h"
#include "stack.h"
#include "post_store.h"
#include "str.h"
#include "text.h"
#include "width.h"
#include "writing.h"

/* Voting in a poll: target id is the post, target number the place of the poll in it. What is chosen goes to the
 * site with the row below the options. */
enum vote_row { ROW_HEAD = 1, ROW_VOTE, ROW_WITHDRAW, ROW_OPTION };

struct vote_state {
	const struct poll *poll;        /* NULL: not in kring */
	int64_t topic_id;
	const struct outbox_row *waiting; /* the vote that is not on the site yet */
	bool *chosen;                   /* by option, in s->own */
	const char *options;            /* their ids, joined */
	bool touched;                   /* chosen here, and not sent */
};

static const char *join_ids(const struct poll *p, const bool *chosen, struct arena *a)
{
	struct sbuf ids = {0};
	for (int i = 0; i < p->option_count; i++)
		if (chosen == NULL || chosen[i])
			sbuf_addf(&ids, "%s%s", ids.n > 0 ? ", " : "", p->option[i].id);
	const char *text = arena_strdup(a, sbuf_str(&ids));
	sbuf_fini(&ids);
	return text;
}

static const char *voted_ids(const struct poll *p, struct arena *a)
{
	bool *chosen = ARENA_ARRAY(a, (size_t)p->option_count + 1, bool);
	for (int i = 0; i < p->option_count; i++)
		chosen[i] = p->option[i].chosen;
	return join_ids(p, chosen, a);
}

/* What the member chose here stays, unless the options themselves became others. */
static void take_choices(struct screen *s, struct vote_state *st)
{
	const char *options = join_ids(st->poll, NULL, &s->mem);
	bool same = str_equal(options, st->options);
	if (same && st->touched)
		return;
	if (!same) {
		st->options = arena_strdup(&s->own, options);
		st->chosen = ARENA_ARRAY(&s->own, (size_t)st->poll->option_count + 1, bool);
		st->touched = false;
	}
	for (int i = 0; i < st->poll->option_count; i++)
		st->chosen[i] = st->poll->option[i].chosen;
}

static void find_waiting(struct screen *s, struct vote_state *st)
{
	struct outbox_rows rows = pending_load(s, st->topic_id);
	const struct outbox_row *vote = pending_find(&rows, CHANGE_VOTE, s->target.id, st->poll->name);
	const struct outbox_row *not = pending_find(&rows, CHANGE_UNVOTE, s->target.id, st->poll->name);
	st->waiting = vote == NULL || (not != NULL && not->change.created_ms > vote->change.created_ms) ? not : vote;
}

static bool may_vote(const struct vote_state *st)
{
	return st->poll->open && st->poll->type != POLL_RANKED;
}

static void vote_load(struct screen *s)
{
	struct vote_state *st = s->state;
	const struct poll *polls = NULL;
	s->title = _("Vote");
	st->poll = NULL;
	int count = s->ctx->store == NULL ? 0 : poll_store_get(s->ctx->store, s->target.id, &s->mem, &polls);
	s->count = 1;
	if (s->target.number < 0 || s->target.number >= count)
		return;
	st->poll = &polls[s->target.number];
	const struct post_row *post = post_store_get(s->ctx->store, s->target.id, &s->mem);
	st->topic_id = post == NULL ? 0 : post->post.topic_id;
	take_choices(s, st);
	find_waiting(s, st);
	s->count += st->poll->option_count + may_vote(st) + (may_vote(st) && st->poll->voted);
}

static int least(const struct poll *p)
{
	return p->type != POLL_MULTIPLE || p->min <= 0 ? 1 : p->min;
}

static int most(const struct poll *p)
{
	if (p->type != POLL_MULTIPLE)
		return 1;
	return p->max <= 0 || p->max > p->option_count ? p->option_count : p->max;
}

static void add_how(struct sbuf *out, const struct poll *p)
{
	if (!p->open)
		return;
	if (p->type == POLL_RANKED)
		sbuf_add(out, _("This poll asks for an order. You can only vote on the site."));
	else if (most(p) == 1)
		sbuf_add(out, _("Choose one."));
	else if (least(p) == most(p))
		sbuf_addf(out, _("Choose %d."), most(p));
	else
		sbuf_addf(out, _("Choose %d to %d."), least(p), most(p));
	sbuf_addc(out, ' ');
}

static const char *rules_of(const struct screen *s, struct arena *a)
{
	const struct vote_state *st = s->state;
	struct sbuf b = {0}, rules = {0};
	if (st->poll == NULL) {
		sbuf_add(&b, _("This poll is not in kring. It may be gone."));
	} else {
		add_how(&b, st->poll);
		poll_text_rules(&rules, st->poll, s->ctx->zone);
		sbuf_add(&b, sbuf_str(&rules));
	}
	const char *text = arena_strdup(a, sbuf_str(&b));
	sbuf_fini(&b);
	sbuf_fini(&rules);
	return text;
}

static struct row option_row(struct screen *s, const struct vote_state *st, int i)
{
	const struct poll_option *o = &st->poll->option[i];
	struct sbuf label = {0}, result = {0};
	poll_text_option(&label, o);
	poll_text_result(&result, st->poll, o, s->ctx->stack->lines ? 0 : screen_text_width(s));
	struct row row = {.id = ROW_OPTION + i, .title = arena_strdup(&s->rows_mem, sbuf_str(&label)),
		.state = st->chosen[i] ? _("chosen") : NULL,
		.detail = result.n > 0 ? arena_strdup(&s->rows_mem, sbuf_str(&result)) : NULL};
	sbuf_fini(&label);
	sbuf_fini(&result);
	return row;
}

static const char *choice_words(const struct vote_state *st, struct arena *a)
{
	struct sbuf names = {0}, text = {0};
	for (int i = 0; i < st->poll->option_count; i++)
		if (st->chosen[i]) {
			sbuf_add(&names, names.n > 0 ? ", " : "");
			poll_text_option(&names, &st->poll->option[i]);
		}
	if (names.n > 0)
		sbuf_addf(&text, _("You choose: %s"), sbuf_str(&names));
	else
		sbuf_add(&text, _("Choose an answer first."));
	const char *words = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&names);
	sbuf_fini(&text);
	return words;
}

static struct row row_at(struct screen *s, const struct vote_state *st, int at)
{
	if (at == 0)
		return (struct row){.id = ROW_HEAD, .title = st->poll == NULL ? _("Poll") : poll_text_title(st->poll),
			.detail = rules_of(s, &s->rows_mem)};
	if (at <= st->poll->option_count)
		return option_row(s, st, at - 1);
	if (at == st->poll->option_count + 1)
		return (struct row){.id = ROW_VOTE, .title = st->poll->voted ? _("Change your vote") : _("Give your vote"),
			.state = pending_word(st->waiting), .detail = choice_words(st, &s->rows_mem)};
	return (struct row){.id = ROW_WITHDRAW, .title = _("Withdraw your vote"),
		.detail = _("Then you have not voted. You can vote again while the poll is open.")};
}

static void vote_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct vote_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, first + i);
}

static int vote_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct vote_state *st = s->state;
	int options = st->poll == NULL ? 0 : st->poll->option_count;
	int at = id == ROW_HEAD ? 0 : id == ROW_VOTE ? options + 1 : id == ROW_WITHDRAW ? options + 2
		: (int)(id - ROW_OPTION) + 1;
	return at < s->count ? at : -1;
}

static void choose(struct screen *s, struct vote_state *st, int option)
{
	bool now = !st->chosen[option];
	if (!may_vote(st)) {
		screen_say(s, "%s", rules_of(s, &s->mem));
		return;
	}
	if (most(st->poll) == 1)
		memset(st->chosen, 0, (size_t)st->poll->option_count * sizeof *st->chosen);
	st->chosen[option] = now;
	st->touched = true;
	s->row_count = 0;
	screen_say(s, "%s", now ? _("Chosen. Nothing is sent yet.")
		: _("Not chosen any more. Nothing is sent yet."));
}

static bool count_fits(struct screen *s, const struct vote_state *st)
{
	int n = 0, min = least(st->poll), max = most(st->poll);
	for (int i = 0; i < st->poll->option_count; i++)
		n += st->chosen[i];
	if (n < min)
		screen_say(s, ngettext("Choose at least %d answer.", "Choose at least %d answers.", (unsigned long)min),
			min);
	else if (n > max)
		screen_say(s, ngettext("Choose %d answer at most.", "Choose %d answers at most.", (unsigned long)max), max);
	return n >= min && n <= max;
}

static void send(struct screen *s, struct vote_state *st, enum change_kind kind, const char *says)
{
	struct change c = {.kind = kind, .topic_id = st->topic_id, .post_id = s->target.id, .title = st->poll->name,
		.original = voted_ids(st->poll, &s->mem)};
	if (kind == CHANGE_VOTE)
		c.names = join_ids(st->poll, st->chosen, &s->mem);
	if (writing_send(s, &c, says))
		st->touched = false;
}

static void vote(struct screen *s, struct vote_state *st)
{
	if (!count_fits(s, st))
		return;
	if (st->poll->voted && str_equal(join_ids(st->poll, st->chosen, &s->mem), voted_ids(st->poll, &s->mem)))
		screen_say(s, "%s", _("This is your vote already."));
	else
		send(s, st, CHANGE_VOTE, _("You voted."));
}

static void vote_enter(struct screen *s, const struct row *row)
{
	struct vote_state *st = s->state;
	if (row->id >= ROW_OPTION)
		choose(s, st, (int)(row->id - ROW_OPTION));
	else if (row->id == ROW_VOTE)
		vote(s, st);
	else if (row->id == ROW_WITHDRAW)
		send(s, st, CHANGE_UNVOTE, _("You withdrew your vote."));
	else
		screen_say(s, "%s", rules_of(s, &s->mem));
}

const struct screen_ops vote_ops = {
	.name = "vote", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_POSTS | STORE_OUTBOX,
	.state_size = sizeof(struct vote_state), .load = vote_load, .rows = vote_rows, .position = vote_position,
	.choices = true, .enter = vote_enter,
};
