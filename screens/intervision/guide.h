#pragma once
#include "guide_plan.h"
#include "screen.h"

/* Running a meeting with its method, preparing a case for it, and looking back. All three take an event and
 * the begin of the occurrence (0: the next one, or not a series). */
void guide_open(struct screen *s, int64_t event_id, int64_t starts_ms);
void prepare_open(struct screen *s, int64_t event_id, int64_t starts_ms);
void look_back_open(struct screen *s, int64_t event_id, int64_t starts_ms);

/* The key that the target of a screen names, also when the meeting is not in kring any more. */
struct guide_key guide_target_key(const struct screen *s);
/* What the member keeps of it. False: nothing can be kept, and why was said. */
bool guide_keep(struct screen *s, struct guide_key key, const char *part, const char *text);
/* "" when there is none, or no store. */
const char *guide_kept(const struct screen *s, struct guide_key key, const char *part, struct arena *a);

/* The question a part is about ("prepare:question", "look_back:energy"); NULL for another part. In the
 * language of the reader. */
const struct method_question *guide_question(const struct methods *all, const char *part);
