#include "line_choice.h"

#include "str.h"
#include "text.h"

static bool has_link(const struct styled_line *line, const struct styled_link *link)
{
	for (int i = 0; line->anchor == link->anchor && i < line->span_count; i++)
		if (line->span[i].link == link->number)
			return true;
	return false;
}

/* A link or hidden words that go on from the line before have their number there. */
static int add_links(const struct styled *t, int at, struct line_choice *out, int room)
{
	int n = 0;
	for (size_t i = 0; i < t->link_count && n < room; i++)
		if (has_link(&t->line[at], &t->link[i]) && (at == 0 || !has_link(&t->line[at - 1], &t->link[i])))
			out[n++] = (struct line_choice){.link = &t->link[i]};
	return n;
}

static bool can_open(const struct styled *t, int at)
{
	const struct styled_line *line = &t->line[at], *before = at == 0 ? NULL : &t->line[at - 1];
	bool goes_on = before != NULL && before->anchor == line->anchor && before->spoiler == line->spoiler;
	return line->fold != 0 || line->quote_post != 0 || (line->spoiler != 0 && !goes_on);
}

int line_choices(const struct screen *s, int first, int end, struct line_choice out[LINE_CHOICES])
{
	const struct styled *t = &s->text;
	int n = 0;
	for (int at = first; s->ops->kind == SCREEN_TEXT && at < end && at < (int)t->count && n < LINE_CHOICES; at++) {
		if (s->ops->activate != NULL && can_open(t, at))
			out[n++] = (struct line_choice){.line = &t->line[at]};
		n += add_links(t, at, &out[n], LINE_CHOICES - n);
	}
	return n;
}

void line_choices_show(const struct line_choice *choice, int count, struct sbuf *out)
{
	for (int i = 0; i < count; i++) {
		struct sbuf words = {0};
		if (choice[i].link == NULL)
			styled_line_text(choice[i].line, &words);
		sbuf_addf(out, "%d. ", i + 1);
		if (choice[i].link != NULL)
			sbuf_addf(out, _("Link: %s"), choice[i].link->url);
		else
			sbuf_addf(out, _("Open: %s"), str_trim(words.p == NULL ? (char[]){""} : words.p));
		sbuf_addc(out, '\n');
		sbuf_fini(&words);
	}
}

void line_choice_open(struct screen *s, const struct line_choice *c)
{
	if (c->link != NULL)
		screen_go(s, &(struct target){.screen = "link", .text = c->link->url});
	else
		s->ops->activate(s, c->line);
}
