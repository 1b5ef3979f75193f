#pragma once
#include "composition.h"
#include "meeting_change.h"
#include "meeting_plan.h"

/* Making, changing, moving and cancelling a meeting: a draft of a topic or of an edit, whose text holds
 * everything. */

/* The parts, as the ids of rows and the number of a target. */
enum meeting_part {
	MEETING_KIND = 1,
	MEETING_CATEGORY,
	MEETING_TITLE,
	MEETING_TAGS,
	MEETING_DAY,
	MEETING_ALL_DAY,
	MEETING_BEGIN,
	MEETING_END,
	MEETING_SINCE,
	MEETING_WHY,
	MEETING_ZONE,
	MEETING_SERIES,
	MEETING_SERIES_END,
	MEETING_PLACES,
	MEETING_WHO,
	MEETING_REMINDERS,
	MEETING_PLACE,
	MEETING_TEXT,
	MEETING_RAW,
	MEETING_NAME,
	MEETING_LOOK,
	MEETING_FIELD = 100, /* and one more for each field of the plan */
};

/* Which parts are asked: the number of a target of "meeting". */
enum meeting_task { MEETING_WHOLE, MEETING_MOVE, MEETING_CANCEL };

/* Each opens a screen over `s`, or says why not. */
void meeting_new(struct screen *s);
void meeting_edit(struct screen *s, int64_t post_id, enum meeting_task task);

/* The meeting in a text that is written; all in the arena. */
void meeting_read(const struct screen *s, const struct composition *w, struct meeting_plan *p, struct arena *a);
/* The same as the site has it; false: it is new. */
bool meeting_read_old(const struct screen *s, const struct composition *w, struct meeting_plan *p, struct arena *a);
struct meeting_reason meeting_reason(
	const struct screen *s, const struct composition *w, const struct meeting_plan *p, struct arena *a);
/* Puts it into the text and keeps that. `r` (may be NULL): why and since when it changes. */
void meeting_keep(struct screen *s, struct composition *w, struct meeting_plan *p, const struct meeting_reason *r);
/* The reply in the topic that goes with it; "" when none does. */
const char *meeting_reply(const struct screen *s, const struct composition *w, struct arena *a);
/* Sends that reply after the change itself, which was sent just now; false: there is none. */
bool meeting_send_reply(struct screen *s, const struct composition *w);
struct civil meeting_today(const struct screen *s);

/* What a part is called, and what is in it in words ("" when nothing). */
const char *meeting_label(const struct meeting_plan *p, int part);
const char *meeting_words(struct screen *s, const struct composition *w, const struct meeting_plan *p, int part,
	struct arena *a);
/* Recurrences, as Discourse names them, in words; NULL for another word. */
const char *meeting_series_words(const char *recurrence);
const char *meeting_reminder_words(const char *reminders);
extern const char *const meeting_recurrences[], *const meeting_reminders[]; /* end with NULL; the first is "" */
const char *meeting_shape_words(enum meeting_shape kind);
