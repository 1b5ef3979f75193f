#include "screens.h"

#include <stdlib.h>
#include <string.h>

#include "category_store.h"
#include "composition.h"
#include "group_store.h"
#include "member_store.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"
#include "utf8.h"
#include "view_edit.h"

/* The text itself in the editor (target id: of the change). */
struct compose_state {
	struct composition *work; /* NULL: it is not here any more */
	unsigned long version;    /* of the editor's text, as kept */
};

static void show_text(struct screen *s)
{
	struct compose_state *st = s->state;
	struct arena a = {0};
	editor_set(&s->editor, st->work == NULL ? "" : composition_text(s, st->work, &a));
	st->version = s->editor.version;
	arena_fini(&a);
}

static void compose_open(struct screen *s)
{
	struct compose_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
	show_text(s);
}

static void compose_save(struct screen *s)
{
	struct compose_state *st = s->state;
	if (st->work == NULL || st->version == s->editor.version)
		return;
	st->version = s->editor.version;
	composition_set_text(s, st->work, editor_text(&s->editor));
	composition_count(st->work, s->ctx->now_ms, true);
	composition_keep(s, st->work);
}

static bool compose_back(struct screen *s)
{
	const struct compose_state *st = s->state;
	compose_save(s);
	composition_say_kept(s, st->work);
	return false;
}

static void compose_close(struct screen *s)
{
	struct compose_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void compose_load(struct screen *s)
{
	const struct compose_state *st = s->state;
	s->title = st->work == NULL ? _("Text") : composition_has_title(st->work) ? _("Text")
		: composition_title(s, st->work, &s->mem);
}

/* What the text belongs to, above it. */
static void compose_about(struct screen *s, struct styled_builder *b)
{
	const struct compose_state *st = s->state;
	const struct topic_row *t = st->work == NULL ? NULL : composition_topic(s, st->work, &s->text_mem);
	if (st->work == NULL)
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
	else if (st->work->change.kind == CHANGE_REPLY && st->work->change.number > 0)
		styled_addf(b, ROLE_STRONG, _("Reply to post %lld"), (long long)st->work->change.number);
	else if (t != NULL)
		styled_add(b, ROLE_STRONG, t->title);
	else
		styled_add(b, ROLE_STRONG, sbuf_str(&st->work->title));
	styled_break(b);
	styled_newline(b);
}

struct choices {
	struct arena *a;
	const char *word;   /* folded, without the sign */
	char sign;
	const char **out;
	int count, max;
};

static void offer(struct choices *c, const char *name)
{
	char *folded = utf8_fold(name);
	if (c->count < c->max && str_starts(folded, c->word))
		c->out[c->count++] = arena_printf(c->a, "%c%s", c->sign, name);
	free(folded);
}

static void offer_people(struct store *store, struct choices *c)
{
	enum { Page = 60 };
	struct member_filter f = {.text = c->word};
	struct member_rows people = member_store_list(store, &f, 0, Page, c->a);
	struct group_rows groups = group_store_list(store, c->a);
	for (int i = 0; i < people.count; i++)
		offer(c, people.row[i].username);
	for (int i = 0; i < groups.count; i++)
		offer(c, groups.row[i].name);
}

static void offer_places(struct store *store, struct choices *c)
{
	int tags = 0;
	struct category_rows categories = category_store_list(store, c->a);
	const struct tag_count *tag = topic_store_tags(store, c->a, &tags);
	for (int i = 0; i < categories.count; i++)
		offer(c, categories.row[i].category.slug);
	for (int i = 0; i < tags; i++)
		offer(c, tag[i].tag);
}

static int compose_complete(struct screen *s, const char *word, const char **out, int max)
{
	struct choices c = {.a = &s->rows_mem, .sign = word[0], .out = out, .max = max};
	if (s->ctx->store == NULL || word[1] == '\0')
		return 0;
	char *folded = utf8_fold(word + 1);
	c.word = folded;
	if (word[0] == '@')
		offer_people(s->ctx->store, &c);
	else
		offer_places(s->ctx->store, &c);
	free(folded);
	return c.count;
}

static void go(struct screen *s, const char *screen)
{
	compose_save(s);
	screen_go(s, &(struct target){.screen = screen, .id = s->target.id});
}

static void go_overview(struct screen *s)
{
	go(s, "overview");
}

static void go_preview(struct screen *s)
{
	go(s, "preview");
}

static void go_markdown(struct screen *s)
{
	go(s, "markdown");
}

static const struct binding compose_keys[] = {
	{"F4", "overview", N_("Overview"), N_("Look at everything before you send it"), go_overview, true},
	{"F8", "preview", N_("Preview"), N_("See the text as it will look"), go_preview, true},
	{"F7", "markdown", N_("Markdown"), N_("See how you make lists, quotes and links"), go_markdown, true},
	{"F6", "editor", N_("Own editor"), N_("Write the text in your own editor"), view_edit_outside, true},
	{0},
};

const struct screen_ops compose_ops = {
	.name = "compose", .kind = SCREEN_EDIT, .state_size = sizeof(struct compose_state), .keys = compose_keys,
	.open = compose_open, .close = compose_close, .load = compose_load, .text = compose_about, .save = compose_save,
	.complete = compose_complete, .finish = go_overview, .back = compose_back,
};
