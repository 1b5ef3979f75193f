#include "screens.h"

#include "category_store.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "topic.h"
#include "topic_store.h"
#include "writing.h"

/* How a topic (target id, number LEVEL_OF_TOPIC) or a category (LEVEL_OF_CATEGORY) is followed. */
enum { CATEGORY_FIRST_POST = 4 };

struct level {
	int number; /* enum topic_level, or CATEGORY_FIRST_POST */
	const char *title, *topic, *category; /* N_: what it does; NULL: not for these */
	const char *says_topic, *says_category;
};

static const struct level levels[] = {
	{TOPIC_WATCHING, N_("Watch"), N_("You get a notice of every new post."),
		N_("You get a notice of every new post in this category."),
		N_("You now get a notice of every new post in this topic."),
		N_("You now get a notice of every new post in this category.")},
	{CATEGORY_FIRST_POST, N_("Watch new topics"), NULL, N_("You get a notice of every new topic."),
		NULL, N_("You now get a notice of every new topic in this category.")},
	{TOPIC_TRACKING, N_("Follow"), N_("A notice when someone answers or names you. The site counts what is new."),
		N_("A notice when someone answers or names you. The site counts what is new."),
		N_("You now follow this topic."), N_("You now follow this category.")},
	{TOPIC_NORMAL, N_("Normal"), N_("You get a notice when someone answers or names you."),
		N_("You get a notice when someone answers or names you."),
		N_("This topic is normal for you again."), N_("This category is normal for you again.")},
	{TOPIC_MUTED, N_("Mute"), N_("No notices, and never the word new."), N_("No notices, and never the word new."),
		N_("This topic is muted. It is never shown as new."),
		N_("This category is muted. It is never shown as new.")},
};

struct level_state {
	bool known, of_category;
	int now;
	const struct level *shown[COUNT(levels)];
};

static void read_category(struct screen *s, struct level_state *st)
{
	const struct category *c = category_store_get(s->ctx->store, s->target.id, &s->mem);
	if (c == NULL)
		return;
	st->known = true;
	st->now = c->notification_level;
	s->title = arena_printf(&s->mem, _("Follow %s"), c->name);
}

static void read_topic(struct screen *s, struct level_state *st)
{
	const struct topic_row *t = topic_store_row(s->ctx->store, s->target.id, &s->mem);
	if (t == NULL)
		return;
	st->known = true;
	st->now = t->notification_level;
	s->title = arena_printf(&s->mem, _("Follow %s"), t->title);
}

static void level_load(struct screen *s)
{
	struct level_state *st = s->state;
	*st = (struct level_state){.of_category = s->target.number == LEVEL_OF_CATEGORY};
	s->title = _("Follow or mute");
	if (s->ctx->store == NULL)
		return;
	if (st->of_category)
		read_category(s, st);
	else
		read_topic(s, st);
	for (size_t i = 0; st->known && i < COUNT(levels); i++)
		if (st->of_category || levels[i].topic != NULL)
			st->shown[s->count++] = &levels[i];
}

static void level_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct level_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct level *l = st->shown[first + i];
		out[i] = (struct row){.id = l->number + 1, .title = _(l->title), .state = l->number == st->now
			? _("chosen") : NULL,
			.detail = _(st->of_category ? l->category : l->topic)};
	}
}

static void level_enter(struct screen *s, const struct row *row)
{
	const struct level_state *st = s->state;
	const struct level *chosen = NULL;
	for (int i = 0; i < s->count; i++)
		if (st->shown[i]->number == row->id - 1)
			chosen = st->shown[i];
	struct change c = {.kind = st->of_category ? CHANGE_CATEGORY_LEVEL : CHANGE_TOPIC_LEVEL, .number = row->id - 1,
		.before = st->now};
	if (st->of_category)
		c.category_id = s->target.id;
	else
		c.topic_id = s->target.id;
	if (c.number == c.before)
		screen_say(s, "%s", _("It is like this already."));
	else if (!writing_send(s, &c, _(st->of_category ? chosen->says_category : chosen->says_topic)))
		return;
	screen_back(s);
}

const struct screen_ops level_ops = {
	.name = "level", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct level_state),
	.aggregates = STORE_TOPICS | STORE_CATEGORIES | STORE_OUTBOX, .load = level_load, .rows = level_rows,
	.choices = true, .enter = level_enter,
};
