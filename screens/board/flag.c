#include "screens.h"

#include "mem.h"
#include "post_words.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* Discourse's post action types. */
enum flag_type { FLAG_OFF_TOPIC = 3, FLAG_INAPPROPRIATE = 4, FLAG_WRITER = 6, FLAG_MODERATORS = 7, FLAG_SPAM = 8 };

/* Why a post (target id) is reported, and what happens next. */
struct flag_reason {
	enum flag_type type;
	bool words, needed; /* words go with it; needed: not without */
	const char *title, *next; /* N_ */
};

static const struct flag_reason reasons[] = {
	{FLAG_INAPPROPRIATE, false, false, N_("It is hurtful or breaks the rules"),
		N_("Moderators look at it. The writer does not see who reported it.")},
	{FLAG_OFF_TOPIC, false, false, N_("It does not belong in this topic"),
		N_("Moderators look at it. The writer does not see who reported it.")},
	{FLAG_SPAM, true, false, N_("It is advertising"),
		N_("Moderators look at it. The writer does not see who reported it.")},
	{FLAG_MODERATORS, true, true, N_("Something else, in your own words"),
		N_("Moderators read your words. The writer does not see who reported it.")},
	{FLAG_WRITER, true, true, N_("Tell only the writer"),
		N_("The writer gets a private message from you, with your name.")},
};

static const struct flag_reason *reason_of(int64_t type)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].type == type)
			return &reasons[i];
	return NULL;
}

static struct change flag_with(int64_t post_id, const struct flag_reason *r)
{
	return (struct change){.kind = CHANGE_FLAG, .post_id = post_id, .number = r->type};
}

static const char *what_is_done(const struct flag_reason *r)
{
	return r->type == FLAG_WRITER ? _("The writer gets your message.")
		: _("You report this post to the moderators.");
}

static bool send_flag(struct screen *s, struct post_words *w, const struct flag_reason *r, const char *words)
{
	return post_words_send(s, w, flag_with(s->target.id, r), words, what_is_done(r));
}

static void flag_load(struct screen *s)
{
	s->title = _("Report a post");
	s->count = COUNT(reasons);
}

static void flag_rows(struct screen *s, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++) {
		const struct flag_reason *r = &reasons[first + i];
		out[i] = (struct row){.id = r->type, .title = _(r->title), .detail = _(r->next)};
	}
}

static void flag_enter(struct screen *s, const struct row *row)
{
	const struct flag_reason *r = reason_of(row->id);
	if (r->words)
		screen_replace(s, &(struct target){.screen = "flag_words", .id = s->target.id, .number = r->type});
	else if (writing_port(s) != NULL && send_flag(s, &(struct post_words){0}, r, ""))
		screen_back(s);
}

const struct screen_ops flag_ops = {
	.name = "flag", .kind = SCREEN_LIST, .item_rows = 2, .whole = true, .load = flag_load, .rows = flag_rows,
	.choices = true, .enter = flag_enter,
};

/* The words that go with it: target number is the type. */
static const struct flag_reason *chosen(const struct screen *s)
{
	const struct flag_reason *r = reason_of(s->target.number);
	return r != NULL ? r : reason_of(FLAG_MODERATORS);
}

static void words_open(struct screen *s)
{
	s->answer.max_bytes = 2000;
}

static void words_load(struct screen *s)
{
	s->title = _("Report a post");
	if (!s->loaded)
		post_words_begin(s, s->state, flag_with(s->target.id, chosen(s)));
}

static void words_text(struct screen *s, struct styled_builder *b)
{
	const struct flag_reason *r = chosen(s);
	styled_line(b, ROLE_HEADING, _(r->title));
	styled_line(b, ROLE_TEXT, _(r->next));
	styled_blank(b);
	styled_line(b, ROLE_TEXT, r->needed ? _("Enter sends your words.")
		: _("Words are not needed. Enter sends the report."));
	styled_line(b, ROLE_TEXT, _("When you go back, nothing is sent. What you typed is kept as a draft."));
}

static bool words_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _("What it is about")};
	return true;
}

static void words_answer(struct screen *s, const char *text)
{
	const struct flag_reason *r = chosen(s);
	if (r->needed && str_empty(text))
		screen_say(s, "%s", _("Type what it is about first, or go back."));
	else if (send_flag(s, s->state, r, text))
		screen_back(s);
}

static void words_save(struct screen *s)
{
	post_words_keep(s, s->state, flag_with(s->target.id, chosen(s)));
}

const struct screen_ops flag_words_ops = {
	.name = "flag_words", .kind = SCREEN_ASK, .state_size = sizeof(struct post_words), .open = words_open,
	.load = words_load, .text = words_text, .ask = words_ask, .answer = words_answer, .save = words_save,
};
