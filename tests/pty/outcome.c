#include "outcome.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"

/* Ids, times and how often something was looked at are never the same twice; nor is where kringd listens. */
static bool is_passing(const char *line, size_t n)
{
	static const char *const passing[] = {"\"id\":", "_id\":", "_ids\":", "_at\":", "_ms\":", "127.0.0.1",
		"\"views\":", "\"reads\":", "\"readers_count\":", "\"score\":", "time_read\":",
		"last_success\":", "\"bytes\":"};
	for (size_t i = 0; i < COUNT(passing); i++)
		if (memmem(line, n, passing[i], strlen(passing[i])) != NULL)
			return true;
	return false;
}

/* The JSON of a site is one line: each member of it gets a line of its own. */
static void add_pieces(const char *text, struct sbuf *out)
{
	bool quoted = false;
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			sbuf_addc(out, *p++);
		} else if (*p == '"') {
			quoted = !quoted;
		}
		sbuf_addc(out, *p);
		if (!quoted && (*p == ',' || *p == '{' || *p == '['))
			sbuf_addc(out, '\n');
	}
}

static void add_lasting(const struct sbuf *text, struct sbuf *out)
{
	struct sbuf pieces = {0};
	bool json = strchr("{[", sbuf_str(text)[0]) != NULL && text->n > 0;
	if (json)
		add_pieces(sbuf_str(text), &pieces);
	else
		sbuf_addn(&pieces, sbuf_str(text), text->n);
	const char *line = sbuf_str(&pieces);
	for (size_t n; *line != '\0'; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		if (!is_passing(line, n))
			sbuf_addf(out, "%.*s\n", (int)n, line);
	}
	sbuf_fini(&pieces);
}

static struct sbuf *kept_as(struct story *s, const char *name)
{
	for (int i = 0; i < s->kept_count; i++)
		if (str_equal(s->kept[i].name, name))
			return &s->kept[i].text;
	return NULL;
}

void step_keep(struct story *s, char *name)
{
	struct sbuf *text = kept_as(s, name);
	if (text == NULL && s->kept_count == MaxKept)
		give_up(s, "too much is kept");
	if (text == NULL) {
		s->kept[s->kept_count].name = xstrdup(name);
		text = &s->kept[s->kept_count++].text;
	}
	sbuf_reset(text);
	add_lasting(&s->out, text);
}

/* The lines that differ, so that a story that fails says where to look. */
static void add_difference(const char *was, const char *is, struct sbuf *out)
{
	while (*was != '\0' || *is != '\0') {
		size_t w = strcspn(was, "\n"), n = strcspn(is, "\n");
		if (w != n || strncmp(was, is, n) != 0)
			sbuf_addf(out, "was: %.*s\nis:  %.*s\n", (int)w, was, (int)n, is);
		was += w + (was[w] == '\n');
		is += n + (is[n] == '\n');
	}
}

void step_same(struct story *s, char *name)
{
	const struct sbuf *was = kept_as(s, name);
	struct sbuf now = {0}, difference = {0};
	add_lasting(&s->out, &now);
	if (was == NULL)
		give_up(s, "nothing is kept as \"%s\"", name);
	add_difference(sbuf_str(was), sbuf_str(&now), &difference);
	if (difference.n > 0)
		give_up(s, "the outcome is not the same:\n%s", sbuf_str(&difference));
	sbuf_fini(&now);
}

void step_plain(struct story *s, char *rest)
{
	for (size_t i = 0; i < s->out.n; i++)
		if ((unsigned char)s->out.p[i] < 0x20 && s->out.p[i] != '\n')
			give_up(s, "the output has the control character %d", s->out.p[i]);
}

void step_code(struct story *s, char *rest)
{
	if (s->code != atoi(rest))
		give_up(s, "the exit code is %d", s->code);
}

static void must_have(struct story *s, const struct sbuf *text, const char *words)
{
	if (strstr(sbuf_str(text), words) == NULL)
		give_up(s, "the output lacks \"%s\"", words);
}

void step_out(struct story *s, char *rest)
{
	must_have(s, &s->out, story_unquote(rest));
}

void step_err(struct story *s, char *rest)
{
	must_have(s, &s->err, story_unquote(rest));
}

void step_no(struct story *s, char *rest)
{
	if (strstr(sbuf_str(&s->out), story_unquote(rest)) != NULL)
		give_up(s, "the output has %s", rest);
}
