#include "editor_parts.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* A run of typing goes into one step; from RunBytes on the next word begins another. */
enum { MaxSteps = 1000, MaxHistoryBytes = 2 * 1024 * 1024, RunBytes = 60, EraseBytes = 4096 };

struct step {
	enum editor_step_kind kind;
	size_t from;            /* byte of the change */
	size_t at;              /* of the insertion point before it */
	struct sbuf removed, added;
};

struct editor_history {
	struct step step[MaxSteps];
	int count, done;        /* steps [done, count) are undone */
	size_t bytes;
	bool sealed;
};

static void drop(struct editor_history *h, int first, int n)
{
	for (int i = first; i < first + n; i++) {
		h->bytes -= h->step[i].removed.n + h->step[i].added.n;
		sbuf_fini(&h->step[i].removed);
		sbuf_fini(&h->step[i].added);
	}
	memmove(&h->step[first], &h->step[first + n], (size_t)(h->count - first - n) * sizeof h->step[0]);
	h->count -= n;
	if (h->done > h->count)
		h->done = h->count;
}

static void keep_small(struct editor_history *h)
{
	while (h->count == MaxSteps || (h->bytes > MaxHistoryBytes && h->count > 1))
		drop(h, 0, 1);
}

void editor_history_free(struct editor *e)
{
	if (e->history == NULL)
		return;
	drop(e->history, 0, e->history->count);
	free(e->history);
	e->history = NULL;
}

void editor_history_seal(struct editor *e)
{
	if (e->history != NULL)
		e->history->sealed = true;
}

static bool begins_word(const struct step *s, const char *added)
{
	const char *before = sbuf_str(&s->added) + s->added.n - 1;
	return s->added.n >= RunBytes && *before == ' ' && *added != ' ';
}

static bool goes_on(const struct step *s, enum editor_step_kind kind, size_t from, size_t removed,
	const char *added)
{
	if (s->kind != kind)
		return false;
	switch (kind) {
	case STEP_TYPED:
		return removed == 0 && s->from + s->added.n == from && s->added.n > 0 && !begins_word(s, added) &&
			sbuf_str(&s->added)[s->added.n - 1] != '\n';
	case STEP_PASTED:
		return removed == 0 && s->from + s->added.n == from;
	case STEP_BACK:
		return from + removed == s->from && s->removed.n < EraseBytes;
	case STEP_AHEAD:
		return from == s->from && s->removed.n < EraseBytes;
	case STEP_OTHER:
		return false;
	}
	return false;
}

static void prepend(struct sbuf *b, const char *s, size_t n)
{
	struct sbuf all = {0};
	sbuf_addn(&all, s, n);
	sbuf_addn(&all, sbuf_str(b), b->n);
	sbuf_fini(b);
	*b = all;
}

void editor_history_add(struct editor *e, enum editor_step_kind kind, size_t from, size_t removed,
	const char *added, size_t n)
{
	if (e->history == NULL)
		e->history = xcalloc(1, sizeof *e->history);
	struct editor_history *h = e->history;
	drop(h, h->done, h->count - h->done);
	if (h->done == 0 || h->sealed || !goes_on(&h->step[h->done - 1], kind, from, removed, added)) {
		keep_small(h);
		h->step[h->count++] = (struct step){.kind = kind, .from = from, .at = e->at};
		h->done = h->count;
	}
	struct step *s = &h->step[h->done - 1];
	const char *text = editor_text(e);
	if (kind == STEP_BACK)
		prepend(&s->removed, text + from, removed);
	else
		sbuf_addn(&s->removed, text + from, removed);
	if (kind == STEP_BACK)
		s->from = from;
	sbuf_addn(&s->added, added, n);
	h->bytes += removed + n;
	h->sealed = false;
}

bool editor_undo(struct editor *e)
{
	struct editor_history *h = e->history;
	if (h == NULL || h->done == 0)
		return false;
	const struct step *s = &h->step[--h->done];
	editor_splice(e, s->from, s->added.n, sbuf_str(&s->removed), s->removed.n);
	e->at = s->at;
	h->sealed = true;
	return true;
}

bool editor_redo(struct editor *e)
{
	struct editor_history *h = e->history;
	if (h == NULL || h->done == h->count)
		return false;
	const struct step *s = &h->step[h->done++];
	editor_splice(e, s->from, s->removed.n, sbuf_str(&s->added), s->added.n);
	h->sealed = true;
	return true;
}
