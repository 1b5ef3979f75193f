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

/* What takes more than one line is opened at its first. */
static bool can_open(const struct styled *t, int at)
{
	const struct styled_line *line = &t->line[at], *before = at == 0 ? NULL : &t->line[at - 1];
	bool goes_on = before != NULL && before->anchor == line->anchor;
	return line->fold != 0 || line->quote_post != 0 || (line->opens && !(goes_on && before->opens)) ||
		(line->spoiler != 0 && !(goes_on && before->spoiler == line->spoiler));
}

static int add_numbers(const struct screen *s, struct line_choice *out)
{
	int n = 0;
	for (const struct binding *b = s->ops->keys; b != NULL && b->key != NULL; b++)
		if (b->key[0] == '1' + n && b->key[1] == '\0')
			out[n++] = (struct line_choice){.binding = b};
	return n;
}

int line_choices(const struct screen *s, int first, int end, struct line_choice out[LINE_CHOICES])
{
	const struct styled *t = &s->text;
	if (s->ops->kind != SCREEN_TEXT)
		return 0;
	int n = add_numbers(s, out);
	for (int at = first; at < end && at < (int)t->count && n < LINE_CHOICES; at++) {
		if (s->ops->activate != NULL && can_open(t, at))
			out[n++] = (struct line_choice){.line = &t->line[at]};
		n += add_links(t, at, &out[n], LINE_CHOICES - n);
	}
	return n;
}

static void add_line(const struct styled_line *line, struct sbuf *out)
{
	struct sbuf words = {0};
	styled_line_text(line, &words);
	sbuf_addf(out, _("Open: %s"), str_trim(words.p == NULL ? (char[]){""} : words.p));
	sbuf_fini(&words);
}

void line_choices_show(const struct line_choice *choice, int count, struct sbuf *out)
{
	for (int i = 0; i < count; i++) {
		sbuf_addf(out, "%d. ", i + 1);
		if (choice[i].binding != NULL)
			sbuf_add(out, _(choice[i].binding->says));
		else if (choice[i].link != NULL)
			sbuf_addf(out, _("Link: %s"), choice[i].link->url);
		else
			add_line(choice[i].line, out);
		sbuf_addc(out, '\n');
	}
}

void line_choice_open(struct screen *s, const struct line_choice *c)
{
	if (c->binding != NULL)
		c->binding->run(s);
	else if (c->link != NULL)
		screen_go(s, &(struct target){.screen = "link", .text = c->link->url});
	else
		s->ops->activate(s, c->line);
}
