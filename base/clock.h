#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Times are int64_t: seconds since 1970-01-01 UTC, or milliseconds where the name says _ms. */

/* The wall clock; KRING_NOW (RFC 3339 or seconds) fixes it, for tests. */
int64_t clock_now_ms(void);
/* Monotonic, for intervals; never fixed. */
int64_t clock_mono_ms(void);

/* A date and time of day without a zone, proleptic Gregorian. */
struct civil {
	int year, month, day;   /* month 1-12, day 1-31 */
	int hour, minute, second;
	int weekday;            /* 0 Monday ... 6 Sunday; filled in, not read */
};
enum { CIVIL_MIN_YEAR = 1, CIVIL_MAX_YEAR = 9999 };

/* Days since 1970-01-01. */
int64_t civil_days(int year, int month, int day);
/* The civil fields of seconds since the epoch, read as if UTC. */
struct civil civil_from_seconds(int64_t s);
int64_t civil_to_seconds(const struct civil *c);
bool civil_valid(const struct civil *c);

/* The forms Discourse uses: "2026-03-03T14:30:00Z", with fraction, with +01:00, "2026-03-03 14:30:00 UTC", and the
 * naive "2026-03-03T14:30:00" and "2026-03-03", for which *naive is set (may be NULL). False: not a time. */
bool time_parse(const char *s, int64_t *ms, bool *naive);
/* "2026-03-03T14:30:00Z" / "2026-03-03T14:30:00.000Z"; out has room for 32 bytes. */
void time_format(int64_t s, char out[32]);
void time_format_ms(int64_t ms, char out[32]);
