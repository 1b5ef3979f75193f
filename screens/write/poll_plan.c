#include "poll_plan.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "str.h"

/* Where the poll stands: from "[poll" up to and with "[/poll]", and its first and last line. */
struct place {
	const char *begin, *inside, *close, *end;
};

static bool find(const char *body, struct place *at)
{
	static const char opening[] = "[poll", closing[] = "[/poll]";
	for (const char *s = body; (s = strstr(s, opening)) != NULL; s++) {
		const char after = s[sizeof opening - 1];
		const char *end = strchr(s, ']'), *close = end == NULL ? NULL : strstr(end, closing);
		if ((after != ' ' && after != ']') || close == NULL || (s > body && s[-1] != '\n'))
			continue;
		*at = (struct place){.begin = s, .inside = end + 1, .close = close, .end = close + sizeof closing - 1};
		return true;
	}
	return false;
}

static void add_rest(struct poll_plan *p, const char *word, struct arena *a)
{
	p->rest = str_empty(p->rest) ? word : arena_printf(a, "%s %s", p->rest, word);
}

static int small_number(const char *value)
{
	int64_t n;
	return str_to_int(value, 0, 1000, &n) ? (int)n : 0;
}

/* "value" without the quotes around it. */
static char *unquoted(char *value, struct arena *a)
{
	char *bare = arena_strdup(a, value);
	size_t n = strlen(bare);
	if (n >= 2 && bare[0] == '"' && bare[n - 1] == '"') {
		bare[n - 1] = '\0';
		bare++;
	}
	return bare;
}

static void read_attribute(struct poll_plan *p, char *word, struct arena *a)
{
	char *name = arena_strndup(a, word, strcspn(word, "=")), *value = strchr(word, '=');
	value = value == NULL ? NULL : unquoted(value + 1, a);
	if (value == NULL)
		add_rest(p, word, a);
	else if (strcmp(name, "name") == 0)
		p->name = value;
	else if (strcmp(name, "type") == 0)
		p->type = poll_type_from(value);
	else if (strcmp(name, "results") == 0)
		p->results = poll_results_from(value);
	else if (strcmp(name, "min") == 0)
		p->min = small_number(value);
	else if (strcmp(name, "max") == 0)
		p->max = small_number(value);
	else if (strcmp(name, "public") == 0)
		p->is_public = strcmp(value, "true") == 0;
	else if (strcmp(name, "close") != 0 || !time_parse(value, &p->close_ms, NULL))
		add_rest(p, word, a);
}

static void read_attributes(struct poll_plan *p, const struct place *at, struct arena *a)
{
	char *words = arena_strndup(a, at->begin + 5, (size_t)(at->inside - 1 - at->begin - 5));
	for (char *word; (word = strsep(&words, " ")) != NULL;)
		if (*word != '\0')
			read_attribute(p, word, a);
}

static void read_line(struct poll_plan *p, char *line)
{
	line = str_trim(line);
	if (str_starts(line, "# "))
		p->question = line + 2;
	else if ((str_starts(line, "* ") || str_starts(line, "- ")) && p->option_count < POLL_PLAN_OPTIONS)
		p->option[p->option_count++] = str_trim(line + 2);
}

bool poll_plan_read(const char *body, struct poll_plan *p, struct arena *a)
{
	struct place at;
	*p = (struct poll_plan){.name = "", .question = "", .rest = ""};
	if (!find(body, &at))
		return false;
	read_attributes(p, &at, a);
	char *lines = arena_strndup(a, at.inside, (size_t)(at.close - at.inside));
	for (char *line; (line = strsep(&lines, "\n")) != NULL;)
		read_line(p, line);
	return true;
}

static void add_attributes(const struct poll_plan *p, struct sbuf *out)
{
	char close[32];
	if (!str_empty(p->name))
		sbuf_addf(out, " name=%s", p->name);
	sbuf_addf(out, " type=%s results=%s", poll_type_word(p->type), poll_results_word(p->results));
	if (p->type != POLL_REGULAR && p->min > 0)
		sbuf_addf(out, " min=%d", p->min);
	if (p->type != POLL_REGULAR && p->max > 0)
		sbuf_addf(out, " max=%d", p->max);
	if (p->is_public)
		sbuf_add(out, " public=true");
	if (!str_empty(p->rest))
		sbuf_addf(out, " %s", p->rest);
	if (p->close_ms != 0) {
		time_format_ms(p->close_ms, close);
		sbuf_addf(out, " close=%s", close);
	}
}

static void add_poll(const struct poll_plan *p, struct sbuf *out)
{
	sbuf_add(out, "[poll");
	add_attributes(p, out);
	sbuf_add(out, "]\n");
	if (!str_empty(p->question))
		sbuf_addf(out, "# %s\n", p->question);
	for (int i = 0; i < p->option_count && p->type != POLL_NUMBER; i++)
		sbuf_addf(out, "* %s\n", p->option[i]);
	sbuf_add(out, "[/poll]");
}

void poll_plan_write(const char *body, const struct poll_plan *p, struct sbuf *out)
{
	struct place at;
	if (find(body, &at)) {
		sbuf_addn(out, body, (size_t)(at.begin - body));
		add_poll(p, out);
		sbuf_add(out, at.end);
		return;
	}
	sbuf_add(out, body);
	if (*body != '\0')
		sbuf_add(out, str_ends(body, "\n\n") ? "" : str_ends(body, "\n") ? "\n" : "\n\n");
	add_poll(p, out);
	sbuf_addc(out, '\n');
}

void poll_plan_remove(const char *body, struct sbuf *out)
{
	struct place at;
	if (!find(body, &at)) {
		sbuf_add(out, body);
		return;
	}
	while (at.begin > body && at.begin[-1] == '\n')
		at.begin--;
	sbuf_addn(out, body, (size_t)(at.begin - body));
	sbuf_add(out, at.end);
}
