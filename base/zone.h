#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "clock.h"

/* A time zone of the IANA database, read from the system's TZif files (RFC 9636). Immutable after load, so any
 * thread may use it. */
struct zone;

/* By name, e.g. "Europe/Amsterdam"; Rails' friendly names ("Amsterdam") and "UTC" too. NULL when unknown. The
 * zone is kept for the life of the program: do not free. Call from one thread at a time. */
const struct zone *zone_get(const char *name);
/* The member's own: TZ, else /etc/localtime, else UTC. */
const struct zone *zone_local(void);
const struct zone *zone_utc(void);
/* The IANA name when it is known, else "". */
const char *zone_name(const struct zone *z);
bool zone_same(const struct zone *a, const struct zone *b);

/* Seconds east of UTC at an instant; *dst (may be NULL) says whether it is summer time. */
int zone_offset(const struct zone *z, int64_t s, bool *dst);
struct civil zone_civil(const struct zone *z, int64_t s);
/* The instant of a wall-clock time. In the gap when a clock goes forward: the time as if the clock had not yet
 * moved. In the doubled hour: the first one. *shifted (may be NULL) says that one of these happened. */
int64_t zone_instant(const struct zone *z, const struct civil *c, bool *shifted);
/* Midnight at the start of the day of an instant, or of a day so many days later (earlier when negative). */
int64_t zone_day_start(const struct zone *z, int64_t s, int days_on);
/* The first change of offset in (from, to]; false when there is none. */
bool zone_change(const struct zone *z, int64_t from, int64_t to, int64_t *when, int *by_seconds);
