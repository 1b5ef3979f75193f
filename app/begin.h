#pragma once
#include "program.h"

/* What is different each time kring begins. */
/* After the first screen is there: knows when the member was here last, and shows what happened when that is
 * longer ago than the member chose. */
void begin_after_absence(struct program *p);
/* The network part runs: the member is here now. After an absence what happened is fetched, and waited for. */
void begin_visit(struct program *p);
/* The member leaves. */
void begin_end_visit(struct program *p);
/* What has to be said at once: texts of last time, files that others can read, else the one notice the member
 * may have asked for. Before the network part starts. Constant or in the arena; NULL: nothing. */
const char *begin_says(const struct program *p, struct arena *a);
