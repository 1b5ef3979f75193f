#pragma once
#include "composition.h"
#include "poll_plan.h"

/* The parts of a poll, as the ids of rows and the number of a target. */
enum proposal_part {
	PLAN_QUESTION = 1,
	PLAN_KIND,
	PLAN_MIN,
	PLAN_MAX,
	PLAN_RESULTS,
	PLAN_PUBLIC,
	PLAN_CLOSES,
	PLAN_REMOVE,
	PLAN_DONE,
	PLAN_OPTION = 100, /* and one more for each answer */
};

/* Puts the plan into the text and keeps it. */
void proposal_keep(struct screen *s, struct composition *w, const struct poll_plan *p);
