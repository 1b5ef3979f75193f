#pragma once
#include "screen.h"

/* Whether the circle goes on: "continue", "change", "stop". Kept for the series or the circle, not for one
 * meeting. */
#define LOOK_BACK_DECISION "decision"

/* "" when there is none. */
const char *look_back_decision(const struct screen *s, int64_t event_id, int64_t starts_ms, struct arena *a);
/* False: it cannot be kept, and why was said. */
bool look_back_decide(struct screen *s, int64_t event_id, int64_t starts_ms, const char *word);
