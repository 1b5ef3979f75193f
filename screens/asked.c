#include "asked.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen.h"
#include "stack.h"
#include "str.h"

void asked_fini(struct asked_all *a)
{
	for (int i = 0; i < a->count; i++)
		free(a->words[i].text);
	*a = (struct asked_all){0};
}

static void forget(struct asked_all *a, uint64_t question)
{
	int kept = 0;
	for (int i = 0; i < a->count; i++)
		if (a->words[i].question == question)
			free(a->words[i].text);
		else
			a->words[kept++] = a->words[i];
	a->count = kept;
}

static void keep(struct asked_all *a, uint64_t question, const char *text)
{
	forget(a, question);
	if (a->count == ASKED_MOST)
		forget(a, a->words[0].question);
	a->words[a->count++] = (struct asked_words){question, xstrdup(text)};
}

static const char *find(const struct asked_all *a, uint64_t question)
{
	for (int i = 0; i < a->count; i++)
		if (a->words[i].question == question)
			return a->words[i].text;
	return NULL;
}

static uint64_t number_of(const struct screen *s, const char *label)
{
	const struct target *t = &s->target;
	struct sbuf all = {0};
	sbuf_addf(&all, "%s %lld %lld %d %s\n%s", s->ops->name, (long long)t->id, (long long)t->id2, t->number,
		str_or_empty(t->text), label);
	uint64_t number = str_hash(sbuf_str(&all), all.n);
	sbuf_fini(&all);
	return number;
}

/* 0: nothing is asked that may be kept. */
static uint64_t question_of(struct screen *s)
{
	struct question q = {0};
	if (s->filtering)
		return number_of(s, "/");
	if (s->ops->kind != SCREEN_ASK || !s->ops->ask(s, &q) || q.secret || q.once)
		return 0;
	return number_of(s, q.label);
}

static struct field *field_of(struct screen *s)
{
	return s->filtering ? &s->filter : &s->answer;
}

static uint64_t hash_of(struct screen *s)
{
	const char *text = field_text(field_of(s));
	return str_hash(text, strlen(text));
}

bool asked_begin(struct screen *s)
{
	uint64_t question = question_of(s);
	if (question == s->question)
		return false;
	s->question = question;
	s->asked_with = hash_of(s);
	const char *words = question == 0 ? NULL : find(&s->ctx->stack->asked, question);
	if (words != NULL)
		field_set(field_of(s), words);
	return words != NULL && s->filtering;
}

/* What a screen keeps by itself needs no second place, unless it is half a date or the like. */
void asked_leave(struct screen *s)
{
	const char *text = field_text(field_of(s));
	if (s->question == 0 || (s->ops->kind == SCREEN_ASK && s->ops->save != NULL && !s->half))
		return;
	if (text[0] != '\0' && hash_of(s) != s->asked_with)
		keep(&s->ctx->stack->asked, s->question, text);
}

void asked_end(struct screen *s)
{
	forget(&s->ctx->stack->asked, s->question);
}
