#include "method.h"

struct maker {
	struct method_step *step;
	int count, at;
	int since_pause;  /* minutes */
};

static void add(struct maker *m, const struct method_phase *phase)
{
	m->step[m->count++] = (struct method_step){phase, m->at, m->at + phase->length};
	m->at += phase->length;
	m->since_pause = phase->speaks == SPEAKS_PAUSE ? 0 : m->since_pause + phase->length;
}

static bool has_pause(const struct method *m)
{
	for (int i = 0; i < m->count; i++)
		if (m->phase[i].speaks == SPEAKS_PAUSE)
			return true;
	return false;
}

static bool pause_due(const struct maker *m, const struct methods *all, const struct method_phase *next)
{
	return m->since_pause > 0 && m->since_pause + next->length > all->frame.pause_every;
}

static struct method_plan plan_of(const struct methods *all, const struct method *m, bool framed, struct arena *a)
{
	struct maker maker = {.step = ARENA_ARRAY(a, (size_t)m->count * 2 + 3, struct method_step)};
	bool pauses = framed && !has_pause(m);
	if (framed)
		add(&maker, &all->frame.opening);
	for (int i = 0; i < m->count; i++) {
		if (pauses && pause_due(&maker, all, &m->phase[i]))
			add(&maker, &all->frame.pause);
		add(&maker, &m->phase[i]);
	}
	if (framed)
		add(&maker, &all->frame.close);
	return (struct method_plan){.step = maker.step, .count = maker.count, .total = maker.at, .framed = framed};
}

struct method_plan method_plan_of(const struct methods *all, const struct method *m, int available, struct arena *a)
{
	bool minutes = m->unit == METHOD_MINUTES;
	struct method_plan whole = plan_of(all, m, minutes, a);
	return minutes && available > 0 && whole.total > available ? plan_of(all, m, false, a) : whole;
}
