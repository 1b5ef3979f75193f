#include "line_edit.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"

static int line_count(const struct editor *e)
{
	int line, lines;
	editor_place(e, &line, &lines);
	/* The end of the last line begins no other one. */
	return e->text.n == 0 ? 0 : lines - str_ends(editor_text(e), "\n");
}

void line_edit_show(const struct screen *s, struct sbuf *out)
{
	const char *line = editor_text(&s->editor);
	for (size_t i = 0; i < s->text.count; i++) {
		styled_line_text(&s->text.line[i], out);
		sbuf_addc(out, '\n');
	}
	for (int i = 0; i < line_count(&s->editor); i++) {
		size_t n = strcspn(line, "\n");
		sbuf_addf(out, "%d: %.*s\n", i + 1, (int)n, line);
		line += n + (line[n] == '\n');
	}
	sbuf_addf(out, "%s\n", _("Write lines. A line with only . ends the text."));
	/* Translators: the signs are commands. */
	sbuf_addf(out, _("%s goes back and keeps the text. %s shows all you can type here."), "<", "!?");
	sbuf_addc(out, '\n');
}

void line_edit_prompt(const struct screen *s, struct sbuf *out)
{
	/* Translators: number of the line that is written next. */
	sbuf_addf(out, _("Line %d"), line_count(&s->editor) + 1);
}

static void go_to_end(struct editor *e)
{
	e->at = e->text.n;
}

static void add_line(struct screen *s, const char *line)
{
	struct editor *e = &s->editor;
	struct sbuf text = {0};
	bool open = e->text.n > 0 && !str_ends(editor_text(e), "\n");
	sbuf_addf(&text, "%s%s\n", open ? "\n" : "", line);
	go_to_end(e);
	editor_insert(e, sbuf_str(&text));
	sbuf_fini(&text);
}

/* Where line `number` begins, and how long it is without its end. */
static size_t line_at(const struct editor *e, int number, size_t *n)
{
	const char *text = editor_text(e), *from = text;
	for (int i = 1; i < number; i++)
		from = strchr(from, '\n') + 1;
	*n = strcspn(from, "\n");
	return (size_t)(from - text);
}

static void remove_line(struct stack *st, struct screen *s, int number, const char *words)
{
	struct editor *e = &s->editor;
	size_t n, at = line_at(e, number, &n);
	editor_replace(e, at, at + n + (editor_text(e)[at + n] == '\n'), "");
	stack_say(st, _("Line %d is removed."), number);
}

static void replace_line(struct stack *st, struct screen *s, int number, const char *words)
{
	size_t n, at = line_at(&s->editor, number, &n);
	editor_replace(&s->editor, at, at + n, words);
	stack_say(st, _("Line %d is now: %s"), number, words);
}

static void insert_line(struct stack *st, struct screen *s, int number, const char *words)
{
	struct sbuf line = {0};
	size_t n, at = line_at(&s->editor, number, &n);
	sbuf_addf(&line, "%s\n", words);
	editor_replace(&s->editor, at, at, sbuf_str(&line));
	stack_say(st, _("Line %d is now: %s"), number, words);
	sbuf_fini(&line);
}

/* "d 3", "c 3 words", "i 3 words". False: it is none of these. */
static bool line_command(struct stack *st, struct screen *s, const char *command)
{
	static const struct {
		char letter;
		bool words;
		void (*run)(struct stack *st, struct screen *s, int number, const char *words);
	} commands[] = {{'d', false, remove_line}, {'c', true, replace_line}, {'i', true, insert_line}};
	char *end;
	long number = command[0] != '\0' && command[1] == ' ' ? strtol(command + 2, &end, 10) : 0;
	if (number < 1 || number > line_count(&s->editor))
		return false;
	for (size_t i = 0; i < COUNT(commands); i++)
		if (command[0] == commands[i].letter && *end == (commands[i].words ? ' ' : '\0')) {
			commands[i].run(st, s, (int)number, end + commands[i].words);
			go_to_end(&s->editor);
			return true;
		}
	return false;
}

static void say_names(struct stack *st, struct screen *s, const char *begin)
{
	enum { MostNames = 12 };
	const char *name[MostNames];
	struct sbuf all = {0};
	int n = s->ops->complete == NULL ? 0 : s->ops->complete(s, begin, name, MostNames);
	for (int i = 0; i < n; i++)
		sbuf_addf(&all, "%s%s", i > 0 ? ", " : "", name[i]);
	if (n == 0)
		stack_say(st, _("There is no name that begins with %s."), begin);
	else
		stack_say(st, "%s", sbuf_str(&all));
	sbuf_fini(&all);
}

/* The last line has no end of its own in what is kept and sent. */
void line_edit_close(struct screen *s, unsigned long *own_end)
{
	struct editor *e = &s->editor;
	if (*own_end == e->version && str_ends(editor_text(e), "\n"))
		editor_replace(e, e->text.n - 1, e->text.n, "");
	*own_end = 0;
}

static void finish(struct stack *st, struct screen *s)
{
	stack_save_texts(st);
	if (s->ops->finish != NULL)
		s->ops->finish(s);
	else
		stack_back(st);
}

static bool command(struct stack *st, struct screen *s, const char *line)
{
	const char *words = line + 1;
	if (words[0] == '\0')
		stack_go(st, &(struct target){.screen = "actions"});
	else if (strcmp(words, "?") == 0)
		stack_go(st, &(struct target){.screen = "help", .text = s->ops->name});
	else if (strcmp(words, "e") == 0)
		view_edit_outside(s);
	else if (strcmp(words, "u") == 0)
		editor_undo(&s->editor);
	else if (words[0] == '@' || words[0] == '#')
		say_names(st, s, words);
	else if (strcmp(words, "p") != 0 && !line_command(st, s, words))
		stack_say(st, _("There is no command %s. Type the sign twice when it is text."), line);
	return words[0] != '\0' && words[1] == '\0' && strchr("peu", words[0]) != NULL;
}

/* Doubled, the signs of commands are text. A picture in Markdown begins with "![". */
static bool is_text(const char *line)
{
	return strchr(".!<", line[0]) == NULL || line[0] == '\0' || (line[0] == '!' ? line[1] == '[' : line[1] != '\0');
}

static bool is_doubled(const char *line)
{
	return line[0] != '\0' && strchr(".!<", line[0]) != NULL && line[1] == line[0];
}

static bool leaves(const char *line)
{
	static const char *const leaving[] = {".", "<", "!", "!?"};
	for (size_t i = 0; i < COUNT(leaving); i++)
		if (strcmp(line, leaving[i]) == 0)
			return true;
	return false;
}

bool line_edit_answer(struct stack *st, const char *line, unsigned long *own_end)
{
	struct screen *s = stack_top(st);
	struct editor *e = &s->editor;
	bool again = false, own = *own_end == e->version, text = is_doubled(line) || is_text(line);
	if (leaves(line))
		line_edit_close(s, own_end);
	if (text)
		add_line(s, is_doubled(line) ? line + 1 : line);
	else if (line[0] == '.')
		finish(st, s);
	else if (line[0] == '<')
		stack_back(st);
	else
		again = command(st, s, line);
	if (stack_top(st) != s)
		return again;
	*own_end = text || own ? e->version : 0;
	if (e->full)
		stack_say(st, "%s", _("This text is full. What did not fit was left out."));
	e->full = false;
	return again;
}
