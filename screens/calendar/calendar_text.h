#pragma once
#include "event_store.h"
#include "pending.h"
#include "screen.h"

/* What the screens of the calendar say of meetings and days. Texts are in s->rows_mem. */

/* The day of the key that is handled, in the member's zone; the first moment of a day. Days since 1970-01-01. */
int64_t calendar_today(const struct screen *s);
int64_t calendar_day_ms(const struct zone *z, int64_t day);
/* The occurrences that touch [first, last] of these days. */
void calendar_between(struct event_filter *f, int64_t first, int64_t last);

/* A line of a list under a heading of this day: times, place, places left, what is odd. */
const char *calendar_detail(struct screen *s, const struct event_row *e, int64_t day);
/* "you come, waiting"; NULL for none. */
const char *calendar_state(struct screen *s, const struct event_row *e, const struct outbox_rows *waiting);
/* What is on a day, for one line: "10:00 Intervision", "3 meetings: 10:00 Intervision, 14:00 Walk". NULL when
 * nothing. Without `times`: only their names. */
const char *calendar_day_words(struct screen *s, const struct event_rows *list, int64_t day, bool times);
/* The planned hours or meetings of the week with this day, as a sentence; NULL when the member does not count
 * them. */
const char *calendar_capacity(struct screen *s, int64_t day);

/* Rows above and in every list of the calendar that are no meetings. */
enum { CALENDAR_ROW_FILTER = 1 << 30, CALENDAR_ROW_DAY = 1 << 29, CALENDAR_ROW_CAPACITY = 1 << 28 };
bool calendar_has_filter_row(const struct screen *s);
struct row calendar_filter_row(struct screen *s, bool nothing_fits);

/* Days within the years that people use; a step outside says so. */
bool calendar_can_show(struct screen *s, int64_t day);
/* The other views of the calendar, at this day. */
void calendar_go_view(struct screen *s, const char *view, int64_t day);
