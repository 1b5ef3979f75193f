#include "line_view.h"

#include <string.h>

#include "keys.h"
#include "line_choice.h"
#include "line_edit.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "view.h"

/* A page is not turned for so few lines, and has so many less to end with a paragraph. */
enum { FewLines = 5, MostLess = 8 };

/* Of posts there is one a page, so that it is clear what an action is about. The title stands above the first
 * one. */
static int end_of_post(const struct screen *s)
{
	int first = s->pager.cursor, end = first, anchor = s->text.line[first].anchor;
	for (; end < (int)s->text.count; end++) {
		int here = s->text.line[end].anchor;
		if (anchor == 0)
			anchor = here;
		if (here != anchor)
			break;
	}
	return end;
}

static bool is_empty(const struct screen *s, int line)
{
	return s->text.line[line].cols == 0;
}

/* Where a paragraph ends; not behind a heading. */
static int end_of_paragraph(const struct screen *s, int first)
{
	int last = first + LINE_PAGE_ROWS;
	for (int end = last; end > last - MostLess; end--)
		if (is_empty(s, end) && !is_empty(s, end - 2))
			return end;
	return last;
}

int line_view_page_end(const struct screen *s)
{
	int count = (int)s->text.count, first = s->pager.cursor;
	if (first >= count)
		return count;
	int whole = s->ops->seen == NULL ? count : end_of_post(s);
	return whole - first <= LINE_PAGE_ROWS + FewLines ? whole : end_of_paragraph(s, first);
}

static void add_end_of_list(const struct line_view *v, const struct screen *s, int n, struct sbuf *out)
{
	if (v->first + n < s->count)
		sbuf_addf(out, _("%d of %d. Enter shows more.\n"), v->first + n, s->count);
	else
		sbuf_addf(out, "%s\n", s->end != NULL ? s->end : _("End of list."));
}

static void add_empty(struct screen *s, struct sbuf *out)
{
	sbuf_addf(out, "%s\n", view_empty(s, &s->rows_mem));
}

/* An item is one line, and what stands below it another. */
static void add_one_line(const char *text, struct sbuf *out)
{
	for (; *text != '\0'; text++)
		sbuf_addc(out, *text == '\n' ? ' ' : *text);
}

static void add_row(const struct row *row, int number, struct sbuf *out)
{
	sbuf_addf(out, "%d. ", number);
	add_one_line(row->title, out);
	if (!str_empty(row->state))
		sbuf_addf(out, ", %s", row->state);
	if (!str_empty(row->detail)) {
		sbuf_add(out, "\n   ");
		add_one_line(row->detail, out);
	}
	sbuf_addc(out, '\n');
}

static void add_list(struct line_view *v, struct screen *s, struct sbuf *out)
{
	int n = s->count - v->first < LINE_PAGE_ITEMS ? s->count - v->first : LINE_PAGE_ITEMS;
	const struct row *row = view_rows(s, v->first, n);
	n = s->row_count;
	for (int i = 0; i < n; i++) {
		v->id[i] = row[i].id;
		v->id2[i] = row[i].id2;
		add_row(&row[i], v->first + i + 1, out);
	}
	if (s->count == 0)
		add_empty(s, out);
	else
		add_end_of_list(v, s, n, out);
}

/* What stands in the field of a question already. */
static void add_default(struct screen *s, struct sbuf *out)
{
	struct question q = {0};
	const char *now = field_text(&s->answer);
	if (now[0] == '\0' || !s->ops->ask(s, &q) || q.secret)
		return;
	sbuf_addf(out, _("Enter keeps: %s"), now);
	sbuf_addc(out, '\n');
	if (!q.needed)
		/* Translators: the sign is a command. */
		sbuf_addf(out, "%s\n", _("Only a . makes it empty."));
}

static void add_lines(const struct screen *s, int first, int end, struct sbuf *out)
{
	while (end > first && is_empty(s, end - 1))
		end--;
	for (int i = first; i < end; i++) {
		styled_line_text(&s->text.line[i], out);
		sbuf_addc(out, '\n');
	}
}

/* The page begins with words, and they count as seen. */
static void settle_page(struct line_view *v, struct screen *s)
{
	if (s->text.count > 0 && s->ops->seen != NULL)
		s->ops->seen(s, s->text.line[s->pager.cursor].anchor);
	while (s->pager.cursor + 1 < (int)s->text.count && s->text.line[s->pager.cursor].cols == 0)
		pager_go(&s->pager, s->pager.cursor + 1);
	if (s->text.count > 0 && s->ops->seen != NULL)
		s->ops->seen(s, s->text.line[line_view_page_end(s) - 1].anchor);
	stack_settle(v->stack);
}

/* A text that is a window of a longer one says itself where it ends. */
static void add_text(struct line_view *v, struct screen *s, struct sbuf *out)
{
	struct line_choice choice[LINE_CHOICES];
	settle_page(v, s);
	int end = line_view_page_end(s);
	if (s->ops->seen != NULL && s->ops->position_text != NULL) {
		size_t before = out->n;
		s->ops->position_text(s, out);
		sbuf_add(out, out->n > before ? "\n" : "");
	}
	add_lines(s, s->pager.cursor, end, out);
	if (end < (int)s->text.count)
		sbuf_addf(out, "%s\n", _("Enter shows more."));
	else if (s->ops->edge == NULL)
		sbuf_addf(out, "%s\n", _("End of the text."));
	line_choices_show(choice, line_choices(s, s->pager.cursor, end, choice), out);
}

/* What goes on is said when it is new, before a screen. */
static void add_status(struct line_view *v, struct sbuf *out)
{
	const char *status = v->stack->status;
	uint64_t hash = str_hash(status, strlen(status));
	if (status[0] != '\0' && hash != v->status)
		sbuf_addf(out, "%s\n", status);
	v->status = hash;
}

/* True when something happened that is to be said. */
static bool add_message(struct line_view *v, struct sbuf *out)
{
	bool said = v->stack->message[0] != '\0';
	if (said)
		sbuf_addf(out, "%s\n", v->stack->message);
	else if (!v->shown)
		add_status(v, out);
	v->stack->message[0] = '\0';
	return said;
}

/* A screen the member was on already begins with its path and where the member was. */
static void begin_screen(struct line_view *v, const struct screen *s, struct sbuf *out)
{
	v->shown = false;
	v->opened = v->stack->opened;
	v->depth = v->stack->depth;
	v->first = s->list.cursor - s->list.cursor % LINE_PAGE_ITEMS;
	sbuf_addc(out, '\n');
	stack_path(v->stack, out);
	sbuf_addc(out, '\n');
}

/* The actions may be about one line of the list or one post below: which one has to be said. */
static void add_about(const struct stack *st, struct sbuf *out)
{
	struct screen *below = st->depth > 1 ? st->screen[st->depth - 2] : NULL;
	const struct row *row = below == NULL || below->ops->kind != SCREEN_LIST || below->ops->position == NULL ? NULL
		: view_rows(below, below->list.cursor, below->list.cursor < below->count);
	size_t before = out->n;
	if (row != NULL && row->title != NULL)
		/* Translators: the title of the line that the actions below may be about. */
		sbuf_addf(out, _("Chosen is: %s"), row->title);
	else if (below != NULL && below->ops->kind == SCREEN_TEXT && below->ops->position_text != NULL)
		below->ops->position_text(below, out);
	sbuf_add(out, out->n > before ? "\n" : "");
}

static void add_page(struct line_view *v, struct screen *s, struct sbuf *out)
{
	if (s->ops->kind == SCREEN_LIST && !s->filtering)
		add_list(v, s, out);
	else if (s->ops->kind == SCREEN_TEXT)
		add_text(v, s, out);
	else if (s->ops->kind == SCREEN_EDIT && !v->shown)
		line_edit_show(s, out);
	else if (s->ops->kind == SCREEN_ASK) {
		add_lines(s, 0, (int)s->text.count, out);
		add_default(s, out);
	}
}

static const char *filter_label(const struct screen *s)
{
	return _(s->ops->filter_label == NULL ? N_("Filter") : s->ops->filter_label);
}

static void add_filter(const struct screen *s, struct sbuf *out)
{
	if (s->ops->kind == SCREEN_LIST && screen_filter_text(s) != NULL)
		sbuf_addf(out, "%s: %s\n", filter_label(s), screen_filter_text(s));
}

/* What was just read is not said again after a message. */
void line_view_show(struct line_view *v, struct sbuf *out)
{
	struct screen *s = stack_top(v->stack);
	struct sbuf page = {0};
	if (v->opened != v->stack->opened || v->depth != v->stack->depth)
		begin_screen(v, s, out);
	bool said = add_message(v, out);
	if (!v->shown)
		add_filter(s, out);
	if (strcmp(s->ops->name, "actions") == 0 && !v->shown)
		add_about(v->stack, out);
	if (!v->brief)
		add_page(v, s, &page);
	uint64_t hash = str_hash(sbuf_str(&page), page.n);
	if (!said || !v->shown || hash != v->page)
		sbuf_add(out, sbuf_str(&page));
	if (!v->brief)
		v->page = hash;
	v->shown = true;
	v->brief = false;
	sbuf_fini(&page);
}

static void add_command(struct sbuf *out, const char *says, const char *command)
{
	sbuf_addf(out, says, command);
	sbuf_add(out, ", ");
}

/* How a task goes on is said each time; in a topic, Enter goes on. */
static void add_main_keys(const struct screen *s, struct sbuf *out)
{
	static const char *const main[] = {"send", "overview", "earlier", "later"};
	for (const struct binding *b = s->ops->keys; b != NULL && b->key != NULL && s->ops->seen == NULL; b++)
		for (size_t i = 0; i < COUNT(main); i++) {
			struct sbuf name = {0};
			if (b->bar && strcmp(b->verb, main[i]) == 0 && keys_typed(s->ctx->config, b, &name))
				sbuf_addf(out, "%s %s, ", sbuf_str(&name), _(b->label));
			sbuf_fini(&name);
		}
}

static void add_commands(const struct line_view *v, struct screen *s, struct sbuf *out)
{
	struct line_choice choice[LINE_CHOICES];
	bool numbers = s->ops->kind == SCREEN_LIST ? s->count > 0
		: line_choices(s, s->pager.cursor, line_view_page_end(s), choice) > 0;
	if (numbers)
		sbuf_addf(out, "%s, ", _("Number"));
	add_main_keys(s, out);
	/* Translators: a sign or a letter to type, and what it does. */
	if (strcmp(s->ops->name, "actions") != 0)
		add_command(out, _("%s actions"), "!");
	if (v->stack->depth > 1)
		add_command(out, _("%s back"), "<");
	else
		add_command(out, _("%s exit"), keys_to(s, "exit", &s->rows_mem));
	sbuf_addf(out, _("%s help"), "?");
}

void line_view_prompt(const struct line_view *v, struct question *q, struct sbuf *out)
{
	struct screen *s = stack_top(v->stack);
	if (s->ops->kind == SCREEN_EDIT)
		line_edit_prompt(s, out);
	else if (s->ops->kind == SCREEN_ASK && s->ops->ask(s, q))
		sbuf_add(out, q->label);
	else if (s->ops->kind == SCREEN_LIST && s->filtering)
		sbuf_add(out, filter_label(s));
	else
		add_commands(v, s, out);
	sbuf_add(out, ": ");
}
