#include "screens.h"

#include "event_store.h"
#include "keys.h"
#include "post_actions.h"
#include "post_store.h"
#include "post_text.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"
#include "topic_waiting.h"

/* One topic or private message (target id), from post target number, else from the first one not read. Only a
 * window of posts is cut into lines, so that a topic of thousands of posts opens as fast as one of ten. */
enum { TOPIC_WINDOW = 20, TOPIC_BEFORE = 3, TOPIC_MARKS = 64 };
/* Who does nothing for so long is not reading. Discourse's own page uses the same. */
enum { TOPIC_AWAY_MS = 180000 };

struct topic_mark { /* folds that were opened and spoilers that were shown, by post */
	int post_number;
	uint64_t folds, spoilers;
};

struct topic_state {
	const struct topic_row *topic;
	struct post_rows posts;     /* the window */
	struct topic_waiting waiting;
	int from;                   /* post number the window starts at; 0 not chosen yet */
	int first_unread;           /* when the topic was opened; 0 none */
	int total;
	int reported;               /* highest post number told to the host as read */
	int in_view;                /* highest post number that was on the screen */
	int64_t in_view_ms;         /* since when */
	bool placed;                /* the focus was put on the post to begin with */
	int place;                  /* that post */
	struct topic_mark mark[TOPIC_MARKS];
	int mark_count;
};

static void choose_start(struct screen *s, struct topic_state *st)
{
	st->first_unread = post_store_first_unread(s->ctx->store, s->target.id);
	st->place = s->target.number > 0 ? s->target.number : st->first_unread > 1 ? st->first_unread : 1;
	struct post_rows before = post_store_window_before(s->ctx->store, s->target.id, st->place, TOPIC_BEFORE,
		&s->mem);
	bool whole = post_store_count(s->ctx->store, s->target.id) <= TOPIC_WINDOW;
	st->from = before.count > 0 && !whole ? before.row[0].post.post_number : 1;
}

static void topic_load(struct screen *s)
{
	struct topic_state *st = s->state;
	s->title = _("Topic");
	st->topic = s->ctx->store == NULL ? NULL : topic_store_row(s->ctx->store, s->target.id, &s->mem);
	st->posts = (struct post_rows){0};
	st->waiting = (struct topic_waiting){0};
	if (st->topic == NULL)
		return;
	if (st->from == 0)
		choose_start(s, st);
	s->title = st->topic->title;
	st->total = (int)post_store_count(s->ctx->store, s->target.id);
	st->posts = post_store_window(s->ctx->store, s->target.id, st->from, TOPIC_WINDOW, &s->mem);
	st->waiting = topic_waiting_load(s, s->target.id);
}

static void topic_open(struct screen *s)
{
	const struct host *h = s->ctx->host;
	if (h != NULL && h->fetch_topic != NULL)
		h->fetch_topic(h->self, s->target.id);
}

static const struct topic_mark *mark_of(const struct topic_state *st, int post_number)
{
	static const struct topic_mark none;
	for (int i = 0; i < st->mark_count; i++)
		if (st->mark[i].post_number == post_number)
			return &st->mark[i];
	return &none;
}

static struct topic_mark *mark_for(struct topic_state *st, int post_number)
{
	for (int i = 0; i < st->mark_count; i++)
		if (st->mark[i].post_number == post_number)
			return &st->mark[i];
	if (st->mark_count == TOPIC_MARKS)
		st->mark_count = 0;
	st->mark[st->mark_count] = (struct topic_mark){.post_number = post_number};
	return &st->mark[st->mark_count++];
}

static void add_title(struct styled_builder *b, const struct topic_row *t)
{
	b->anchor = 0;
	styled_line(b, ROLE_HEADING, t->title);
	if (t->is_message)
		styled_label(b, _("With"), t->people);
	else
		styled_label(b, _("Category"), t->category);
	styled_label(b, _("Tags"), t->tags);
	if (t->closed)
		styled_line(b, ROLE_TEXT, _("This topic is closed. You can read it."));
	styled_blank(b);
}

/* The post number `step` posts before or after this one (or as far as there are posts); 0 when there is none. */
static int neighbour(const struct screen *s, int number, int step)
{
	struct arena a = {0};
	struct post_rows next = step > 0 ? post_store_window(s->ctx->store, s->target.id, number + 1, step, &a)
		: post_store_window_before(s->ctx->store, s->target.id, number - 1, -step, &a);
	int found = next.count == 0 ? 0 : next.row[step > 0 ? next.count - 1 : 0].post.post_number;
	arena_fini(&a);
	return found;
}

/* No post after those of the window. */
static bool is_at_end(const struct screen *s, const struct topic_state *st)
{
	return st->posts.count == 0 || neighbour(s, st->posts.row[st->posts.count - 1].post.post_number, 1) == 0;
}

static void topic_text(struct screen *s, struct styled_builder *b)
{
	struct topic_state *st = s->state;
	if (st->topic == NULL) {
		styled_line(b, ROLE_TEXT, _("This topic is not in kring. It may be gone, or not fetched yet."));
		return;
	}
	if (st->posts.count == 0)
		keys_line(s, b, ROLE_TEXT,
			_("The posts of this topic have not been fetched yet. Fetch them with {fetch}."));
	int links = 0;
	if (st->posts.count > 0 && post_store_position(s->ctx->store, s->target.id,
		st->posts.row[0].post.post_number) == 0)
		add_title(b, st->topic);
	for (int i = 0; i < st->posts.count; i++) {
		const struct post_row *row = &st->posts.row[i];
		const struct topic_mark *m = mark_of(st, row->post.post_number);
		struct post_look look = {.ctx = s->ctx, .screen = s, .width = screen_text_width(s),
			.spoilers_shown = m->spoilers,
			.folds_open = m->folds, .first_link = links + 1};
		b->anchor = row->post.post_number;
		if (row->post.post_number == st->first_unread && st->first_unread > 1)
			styled_line(b, ROLE_NEW, s->ctx->stack->lines ? _("New from here.") : _("--- new from here ---"));
		post_text_add(b, row, &look);
		links = b->out->link_count > 0 ? b->out->link[b->out->link_count - 1].number : 0;
	}
	if (is_at_end(s, st))
		topic_waiting_add(b, &st->waiting, s);
	if (st->posts.count > 0
		&& st->posts.row[st->posts.count - 1].post.post_number >= st->topic->highest_post_number)
		styled_line(b, ROLE_MUTED, _("End of the topic."));
}

/* The first line of a post that has something on it; -1 when the post is not in the window. */
static int line_of_post(const struct screen *s, int post_number)
{
	int line = styled_anchor_line(&s->text, post_number);
	while (line >= 0 && line + 1 < (int)s->text.count && s->text.line[line].cols == 0)
		line++;
	return line;
}

static void go_to_post(struct screen *s, int post_number)
{
	struct topic_state *st = s->state;
	int line = line_of_post(s, post_number);
	if (line >= 0) {
		pager_go(&s->pager, line);
		return;
	}
	s->target.number = post_number;
	st->from = 0;
	st->placed = false;
	s->text = (struct styled){0};
	screen_reload(s);
}

static bool topic_far(struct screen *s, int direction)
{
	struct topic_state *st = s->state;
	int last = st->posts.row[st->posts.count - 1].post.post_number;
	bool there = direction < 0 ? st->from <= 1 : neighbour(s, last, 1) == 0;
	if (there)
		return false;
	int from = direction < 0 ? 1 : neighbour(s, st->topic->highest_post_number + 1, -TOPIC_WINDOW);
	st->from = from > 0 ? from : 1;
	s->text = (struct styled){0};
	screen_reload(s);
	return true;
}

/* The window moves on so that the post at its edge stays in view. */
static bool topic_edge(struct screen *s, int direction)
{
	struct topic_state *st = s->state;
	if (st->posts.count == 0)
		return false;
	int first = st->posts.row[0].post.post_number, last = st->posts.row[st->posts.count - 1].post.post_number;
	if (direction == 2 || direction == -2)
		return topic_far(s, direction);
	int further = neighbour(s, direction > 0 ? last : first, direction > 0 ? 1 : -TOPIC_WINDOW / 2);
	if (further == 0)
		return false;
	st->from = direction > 0 ? last : further;
	screen_reload(s);
	return true;
}

/* Posts count as read once the member goes on, with the time they were in view. */
static void tell_read(struct screen *s)
{
	struct topic_state *st = s->state;
	const struct host *h = s->ctx->host;
	int64_t ms = s->ctx->now_ms - st->in_view_ms;
	if (st->in_view <= st->reported)
		return;
	st->reported = st->in_view;
	if (h != NULL && h->read_up_to != NULL)
		h->read_up_to(h->self, s->target.id, st->in_view, ms < 0 ? 0 : ms > TOPIC_AWAY_MS ? TOPIC_AWAY_MS : ms);
}

static void topic_seen(struct screen *s, int anchor)
{
	struct topic_state *st = s->state;
	if (!st->placed && st->topic != NULL && s->text.count > 0) {
		st->placed = true;
		int line = st->place > 1 ? line_of_post(s, st->place) : 0;
		pager_go(&s->pager, line < 0 ? 0 : line);
		return;
	}
	if (anchor >= TOPIC_WAITING_ANCHOR)
		anchor = st->posts.count == 0 ? 0 : st->posts.row[st->posts.count - 1].post.post_number;
	if (s->ctx->now_ms > st->in_view_ms)
		tell_read(s);
	if (anchor > st->in_view && st->topic != NULL && anchor > st->topic->last_read_post_number) {
		st->in_view = anchor;
		st->in_view_ms = s->ctx->now_ms;
	}
}

static bool topic_activate(struct screen *s, const struct styled_line *line)
{
	struct topic_state *st = s->state;
	const struct outbox_row *waiting = topic_waiting_at(&st->waiting, line->anchor);
	if (waiting != NULL)
		screen_go(s, &(struct target){.screen = "outbox_item", .id = waiting->change.id});
	else if (line->fold > 0 && line->fold <= 64)
		mark_for(st, line->anchor)->folds ^= (uint64_t)1 << (line->fold - 1);
	else if (line->spoiler > 0 && line->spoiler <= 64)
		mark_for(st, line->anchor)->spoilers ^= (uint64_t)1 << (line->spoiler - 1);
	else if (line->quote_post > 0 && (line->quote_topic == 0 || line->quote_topic == s->target.id))
		go_to_post(s, line->quote_post);
	else if (line->quote_post > 0)
		screen_go(s, &(struct target){.screen = "topic", .id = line->quote_topic, .number = line->quote_post});
	else
		return false;
	if (waiting == NULL && (line->fold > 0 || line->spoiler > 0))
		screen_retext(s);
	return true;
}

static int focus_post(const struct screen *s)
{
	return s->pager.cursor < (int)s->text.count ? s->text.line[s->pager.cursor].anchor : 0;
}

static void topic_position_text(const struct screen *s, struct sbuf *out)
{
	const struct topic_state *st = s->state;
	int number = focus_post(s);
	if (number >= TOPIC_WAITING_ANCHOR)
		sbuf_add(out, _("not sent yet"));
	if (st->total == 0 || number >= TOPIC_WAITING_ANCHOR)
		return;
	int before = (int)post_store_position(s->ctx->store, s->target.id, number < 1 ? 1 : number);
	sbuf_addf(out, _("post %d of %d"), before + 1, st->total);
}

/* In text mode the first post is read together with the title. */
static int post_to_step_from(const struct screen *s)
{
	const struct topic_state *st = s->state;
	int number = focus_post(s);
	return number == 0 && s->ctx->stack->lines && st->posts.count > 0 ? st->posts.row[0].post.post_number : number;
}

static void step_post(struct screen *s, int step)
{
	int next = s->ctx->store == NULL ? 0 : neighbour(s, post_to_step_from(s), step);
	if (next > 0)
		go_to_post(s, next);
	else
		screen_say(s, "%s", step > 0 ? _("This is the last post.") : _("This is the first post."));
}

static void next_post(struct screen *s)
{
	step_post(s, 1);
}

static void previous_post(struct screen *s)
{
	step_post(s, -1);
}

static void next_unread(struct screen *s)
{
	const struct topic_state *st = s->state;
	struct topic_filter f = {.messages = st->topic != NULL && st->topic->is_message};
	int64_t id = s->ctx->store == NULL ? 0 : topic_store_next_unread(s->ctx->store, &f, s->target.id);
	if (id == 0 || id == s->target.id) {
		screen_say(s, "%s", _("There are no other topics with new posts."));
		return;
	}
	screen_replace(s, &(struct target){.screen = "topic", .id = id});
}

const struct topic_row *topic_shown(const struct screen *s)
{
	return SCREEN_STATE(s, topic_state)->topic;
}

int topic_number_in_focus(const struct screen *s)
{
	int number = focus_post(s);
	return number >= TOPIC_WAITING_ANCHOR ? 0 : number;
}

const struct post_row *topic_post_in_focus(const struct screen *s)
{
	const struct topic_state *st = s->state;
	int number = focus_post(s);
	for (int i = 0; i < st->posts.count; i++)
		if (st->posts.row[i].post.post_number == number || (number == 0 && i == 0))
			return &st->posts.row[i];
	return NULL;
}

static void go_writer(struct screen *s)
{
	const struct post_row *row = topic_post_in_focus(s);
	if (row != NULL)
		screen_go(s, &(struct target){.screen = "member", .text = row->post.username});
}

static void go_replied(struct screen *s)
{
	const struct post_row *row = topic_post_in_focus(s);
	if (row == NULL || row->post.reply_to_post_number == 0)
		screen_say(s, "%s", _("This post is not a reply to one post."));
	else
		go_to_post(s, row->post.reply_to_post_number);
}

static void go_event(struct screen *s)
{
	int64_t id = s->ctx->store == NULL ? 0 : event_store_by_topic(s->ctx->store, s->target.id);
	if (id == 0)
		screen_say(s, "%s", _("This topic has no meeting."));
	else
		screen_go(s, &(struct target){.screen = "event", .id = id});
}

static void open_all(struct screen *s)
{
	struct topic_state *st = s->state;
	const struct post_row *row = topic_post_in_focus(s);
	if (row == NULL)
		return;
	struct topic_mark *m = mark_for(st, row->post.post_number);
	m->folds = m->spoilers = m->folds | m->spoilers ? 0 : UINT64_MAX;
	screen_retext(s);
}

static const struct binding topic_keys[] = {
	{"r", "reply", N_("Reply"), N_("Reply to this post"), post_reply, true},
	{"n", "next-unread", N_("Next new"), N_("Go to the next topic with new posts"), next_unread, true},
	{"Right", "later", N_("Next post"), N_("Go to the next post"), next_post, true},
	{"Left", "earlier", N_("Previous post"), N_("Go to the previous post"), previous_post, false},
	{"g", "quote", N_("Quote"), N_("Reply with words of this post"), post_quote, false},
	{"l", "like", N_("Like"), N_("Like this post, or take that back"), post_like, false},
	{"b", "bookmark", N_("Save"), N_("Save this post to read again, or stop saving it"), post_bookmark, false},
	{"E", "edit", N_("Edit"), N_("Change your own post"), post_edit, false},
	{"x", "delete", N_("Delete"), N_("Delete your own post, or restore it"), post_delete, false},
	{"V", "vote", N_("Vote"), N_("Vote in the poll of this post"), post_vote, false},
	{"m", "level", N_("Follow"), N_("Follow or mute this topic"), post_level, false},
	{"f", "flag", N_("Report"), N_("Report this post to the moderators"), post_flag, false},
	{"p", "note", N_("Note"), N_("Write a note for yourself about this post"), post_note, false},
	{"A", "archive", N_("Archive"), N_("Archive this message, or put it back"), post_archive, false},
	{"w", "writer", N_("Writer"), N_("See the profile of who wrote this post"), go_writer, true},
	{"o", "replied", N_("Answered post"), N_("Go to the post this one replies to"), go_replied, false},
	{"v", "show-hidden", N_("Show"), N_("Show or hide what is folded or hidden in this post"), open_all, false},
	{"e", "events", N_("Meeting"), N_("See the meeting of this topic"), go_event, false},
	{0},
};

const struct screen_ops topic_ops = {
	.name = "topic", .kind = SCREEN_TEXT, .state_size = sizeof(struct topic_state), .keys = topic_keys,
	.aggregates = STORE_TOPICS | STORE_POSTS | STORE_OUTBOX | STORE_NOTES, .open = topic_open,
	.close = tell_read, .load = topic_load,
	.text = topic_text,
	.edge = topic_edge, .seen = topic_seen, .activate = topic_activate, .position_text = topic_position_text,
};
