#pragma once
#include "screen.h"

/* Opens the choice of a reminder on a meeting. When nothing can be kept, the reason is said and nothing opens. */
void reminder_open(struct screen *s, int64_t event_id);
/* One sentence about what begins soon and has a reminder; NULL when there is nothing. In the arena. */
const char *reminder_says(const struct context *ctx, struct arena *a);
