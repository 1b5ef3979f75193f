#include "undo.h"

#include <stdio.h>
#include <string.h>

#include "utf8.h"

static struct undo_step *add(struct undo *u, const char *says)
{
	if (u->count == UNDO_STEPS) {
		memmove(&u->step[0], &u->step[1], (UNDO_STEPS - 1) * sizeof u->step[0]);
		u->count--;
	}
	struct undo_step *s = &u->step[u->count++];
	*s = (struct undo_step){0};
	snprintf(s->says, sizeof s->says, "%s", says);
	utf8_cut_partial(s->says);
	return s;
}

void undo_add(struct undo *u, int64_t id, const char *says)
{
	add(u, says)->id = id;
}

void undo_add_setting(struct undo *u, const char *name, const char *before, const char *says)
{
	struct undo_step *s = add(u, says);
	s->setting = name;
	snprintf(s->value, sizeof s->value, "%s", before);
	utf8_cut_partial(s->value);
}

void undo_add_reminder(struct undo *u, int64_t event_id, int minutes, const char *says)
{
	struct undo_step *s = add(u, says);
	s->event_id = event_id;
	s->minutes = minutes;
}

static bool is_same_visit(const struct undo *u, const struct undo_own *own)
{
	const struct undo_own *last = u->count == 0 ? NULL : &u->step[u->count - 1].own;
	return last != NULL && last->what == own->what && last->id == own->id && last->starts_ms == own->starts_ms
		&& last->kind == own->kind && last->visit == own->visit && strcmp(last->part, own->part) == 0;
}

void undo_add_own(struct undo *u, const struct undo_own *own, const char *before, const char *says)
{
	if (strlen(before) >= UNDO_VALUE || is_same_visit(u, own))
		return;
	struct undo_step *s = add(u, says);
	s->own = *own;
	snprintf(s->value, sizeof s->value, "%s", before);
}

bool undo_take(struct undo *u, struct undo_step *out)
{
	if (u->count == 0)
		return false;
	*out = u->step[--u->count];
	return true;
}

void undo_forget_setting(struct undo *u, const char *name, const char *value)
{
	for (int i = u->count - 1; i >= 0; i--)
		if (u->step[i].setting != NULL && strcmp(u->step[i].setting, name) == 0) {
			if (strcmp(u->step[i].value, value) == 0)
				memmove(&u->step[i], &u->step[i + 1], (size_t)(--u->count - i) * sizeof u->step[0]);
			return;
		}
}

void undo_forget(struct undo *u, int64_t id)
{
	int kept = 0;
	for (int i = 0; i < u->count; i++)
		if (u->step[i].id != id || u->step[i].setting != NULL || u->step[i].own.what != UNDO_SENT)
			u->step[kept++] = u->step[i];
	u->count = kept;
}
