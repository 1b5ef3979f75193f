#include "look_back.h"

#include <stdio.h>
#include <string.h>

#include "compose.h"
#include "event_store.h"
#include "event_topic.h"
#include "guide.h"
#include "screens.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* Looking back on a meeting (target id and id2): four questions, the next date, and after six meetings
 * whether the circle goes on. Nobody sees it until the member shares it. */
enum { ROW_NEXT = 100, ROW_DECISION, ROW_SHARE, ROW_EARLIER, MostRows = 12, MeetingsUntilAsked = 6 };

struct look_back_state {
	const struct event *event;      /* NULL: not in kring any more */
	struct guide_key key;
	const struct methods *all;
	int row[MostRows];
	int64_t next_ms;                /* of the series; 0: none is known */
	bool asks;                      /* continue, change or stop */
};

void look_back_open(struct screen *s, int64_t event_id, int64_t starts_ms)
{
	screen_go(s, &(struct target){.screen = "look_back", .id = event_id, .id2 = starts_ms});
}

static int64_t begin_of(const struct event *e, struct guide_key key)
{
	return key.starts_ms != 0 ? key.starts_ms : e->starts_ms;
}

/* What is kept of a circle stands beside no meeting: its number is that of the series, or below zero that of the
 * category. */
static struct guide_key circle_key(const struct event *e, struct guide_key key)
{
	return (struct guide_key){key.starts_ms != 0 || e->category_id == 0 ? e->id : -e->category_id, -1};
}

/* How many meetings of the circle the member has had, this one included. */
static int meetings_until(const struct screen *s, const struct event *e, struct guide_key key)
{
	int64_t until = begin_of(e, key);
	int n = 0;
	if (key.starts_ms == 0 && e->category_id != 0)
		return (int)event_store_count(s->ctx->store, &(struct event_filter){.zone = s->ctx->zone,
			.category_id = e->category_id, .mine = true, .to_ms = until + 1});
	for (int i = 0; i < e->occurrence_count; i++)
		n += e->occurrence[i].starts_ms <= until;
	return n;
}

static const struct event *event_of(const struct screen *s, int64_t id, struct arena *a)
{
	return s->ctx->store == NULL ? NULL : event_store_get(s->ctx->store, id, a);
}

/* "12 continue": after how many meetings, and what. */
static int64_t decided_after(const char *text)
{
	int64_t n;
	char number[16];
	snprintf(number, sizeof number, "%.*s", (int)strcspn(text, " "), text);
	return str_to_int(number, 0, INT32_MAX, &n) ? n : 0;
}

const char *look_back_decision(const struct screen *s, int64_t event_id, int64_t starts_ms, struct arena *a)
{
	const struct event *e = event_of(s, event_id, a);
	const char *text = e == NULL ? "" : guide_kept(s, circle_key(e, guide_key_of(e, starts_ms)),
		LOOK_BACK_DECISION, a);
	const char *space = strchr(text, ' ');
	return space == NULL ? "" : space + 1;
}

bool look_back_decide(struct screen *s, int64_t event_id, int64_t starts_ms, const char *word)
{
	struct arena a = {0};
	const struct event *e = event_of(s, event_id, &a);
	bool kept = false;
	if (e != NULL) {
		struct guide_key key = guide_key_of(e, starts_ms);
		kept = guide_keep(s, circle_key(e, key), LOOK_BACK_DECISION,
			arena_printf(&a, "%d %s", meetings_until(s, e, key), word));
	}
	arena_fini(&a);
	return kept;
}

static void add_row(struct screen *s, int row)
{
	SCREEN_STATE(s, look_back_state)->row[s->count++] = row;
}

static void read_event(struct screen *s, struct look_back_state *st)
{
	int64_t begins = begin_of(st->event, st->key);
	const char *decided = guide_kept(s, circle_key(st->event, st->key), LOOK_BACK_DECISION, &s->mem);
	for (int i = 0; i < st->event->occurrence_count; i++)
		if (st->event->occurrence[i].starts_ms > begins &&
			(st->next_ms == 0 || st->event->occurrence[i].starts_ms < st->next_ms))
			st->next_ms = st->event->occurrence[i].starts_ms;
	st->asks = *decided != '\0' || meetings_until(s, st->event, st->key) >= MeetingsUntilAsked;
}

static void look_back_load(struct screen *s)
{
	struct look_back_state *st = s->state;
	*st = (struct look_back_state){.key = {s->target.id, s->target.id2}};
	st->all = methods_load(event_topic_language(), &s->mem, NULL);
	st->event = event_of(s, s->target.id, &s->mem);
	s->title = _("Look back");
	s->count = 0;
	if (st->event != NULL) {
		st->key = guide_key_of(st->event, s->target.id2);
		read_event(s, st);
	}
	for (int i = 0; st->all->look_back[i].id != NULL && i < MostRows - 4; i++)
		add_row(s, i);
	add_row(s, ROW_NEXT);
	if (st->asks)
		add_row(s, ROW_DECISION);
	if (st->event != NULL)
		add_row(s, ROW_SHARE);
	add_row(s, ROW_EARLIER);
}

static const char *kept_line(struct screen *s, const char *part, struct arena *a)
{
	const struct look_back_state *st = s->state;
	char *line = arena_strdup(a, guide_kept(s, st->key, part, a));
	for (char *c = line; *c != '\0'; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	return str_trim(line);
}

static const char *part_of(const struct look_back_state *st, int row, struct arena *a)
{
	return row == ROW_NEXT ? "look_back:next" : arena_printf(a, "look_back:%s", st->all->look_back[row].id);
}

static const char *next_words(struct screen *s)
{
	const struct look_back_state *st = s->state;
	const char *own = kept_line(s, "look_back:next", &s->rows_mem);
	struct sbuf b = {0};
	if (st->next_ms == 0)
		return *own != '\0' ? own : _("Not filled in");
	when_moment(&b, st->next_ms, s->ctx->zone);
	const char *words = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return words;
}

static const char *decision_words(struct screen *s)
{
	static const char *const words[][2] = {{"continue", N_("Continue")}, {"change", N_("Change")},
		{"stop", N_("Stop")}};
	const struct look_back_state *st = s->state;
	const char *now = look_back_decision(s, s->target.id, s->target.id2, &s->rows_mem);
	int n = meetings_until(s, st->event, st->key);
	int64_t after = decided_after(guide_kept(s, circle_key(st->event, st->key), LOOK_BACK_DECISION, &s->rows_mem));
	if (n - after >= MeetingsUntilAsked)
		return arena_printf(&s->rows_mem, ngettext("You met %d time. What do you want?",
			"You met %d times. What do you want?", (unsigned long)n), n);
	for (size_t i = 0; i < 3; i++)
		if (str_equal(words[i][0], now))
			return _(words[i][1]);
	return _("Not filled in");
}

static struct row row_at(struct screen *s, const struct look_back_state *st, int row)
{
	switch (row) {
	case ROW_NEXT:
		return (struct row){.id = row, .title = _("Next date"), .detail = next_words(s)};
	case ROW_DECISION:
		return (struct row){.id = row, .title = _("Continue, change or stop"), .detail = decision_words(s)};
	case ROW_SHARE:
		return (struct row){.id = row, .title = _("Share it in the topic"),
			.detail = _("Only you see it now. You see first who can read it.")};
	case ROW_EARLIER:
		return (struct row){.id = row, .title = _("Earlier meetings"),
			.detail = _("What you wrote when you looked back")};
	default: {
		const char *value = kept_line(s, part_of(st, row, &s->rows_mem), &s->rows_mem);
		return (struct row){.id = row, .title = st->all->look_back[row].label,
			.detail = *value != '\0' ? value : _("You can leave this empty.")};
	}
	}
}

static void look_back_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct look_back_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, st->row[first + i]);
}

static int look_back_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct look_back_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->row[i] == id)
			return i;
	return -1;
}

static void share(struct screen *s)
{
	const struct look_back_state *st = s->state;
	struct arena a = {0};
	struct sbuf body = {0};
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &a);
	const struct methods *all = methods_load(site == NULL || str_empty(site->locale) ? "nl" : site->locale,
		&a, NULL);
	for (int i = 0; all->look_back[i].id != NULL; i++) {
		const char *value = guide_kept(s, st->key, part_of(st, i, &a), &a);
		if (*value != '\0')
			sbuf_addf(&body, "**%s**\n\n%s\n\n", all->look_back[i].label, value);
	}
	if (body.n == 0)
		screen_say(s, "%s", _("There is nothing to share yet."));
	else if (st->event != NULL)
		compose_reply_from(s, st->event->topic_id, sbuf_str(&body));
	sbuf_fini(&body);
	arena_fini(&a);
}

static void write_answer(struct screen *s, const struct look_back_state *st, int row)
{
	bool choice = row != ROW_NEXT && st->all->look_back[row].answer == ANSWER_CHOICE;
	if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = row == ROW_NEXT ? "guide_ask" : choice ? "guide_choice"
			: "guide_write",
			.id = s->target.id, .id2 = s->target.id2, .text = part_of(st, row, &s->mem)});
}

static void look_back_enter(struct screen *s, const struct row *row)
{
	const struct look_back_state *st = s->state;
	if (row->id == ROW_EARLIER)
		screen_go(s, &(struct target){.screen = "looks_back"});
	else if (row->id == ROW_SHARE)
		share(s);
	else if (row->id == ROW_DECISION)
		screen_go(s, &(struct target){.screen = "guide_choice", .id = s->target.id, .id2 = s->target.id2,
			.text = LOOK_BACK_DECISION});
	else if (row->id == ROW_NEXT && st->next_ms != 0)
		screen_go(s, &(struct target){.screen = "event", .id = s->target.id, .id2 = st->next_ms});
	else
		write_answer(s, st, (int)row->id);
}

static const struct binding look_back_keys[] = {
	{"r", "reply", N_("Share"), N_("Write a reply in the topic with your answers"), share, true},
	{0},
};

const struct screen_ops look_back_ops = {
	.name = "look_back", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_EVENTS | STORE_NOTES,
	.state_size = sizeof(struct look_back_state), .keys = look_back_keys, .load = look_back_load,
	.rows = look_back_rows, .position = look_back_position, .enter = look_back_enter,
};
