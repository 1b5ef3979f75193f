#include "clock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "str.h"

static bool fixed_now(int64_t *ms)
{
	const char *s = getenv("KRING_NOW");
	int64_t seconds;
	if (str_empty(s))
		return false;
	if (str_to_int(s, 0, 253402300799, &seconds)) {
		*ms = seconds * 1000;
		return true;
	}
	return time_parse(s, ms, NULL);
}

int64_t clock_now_ms(void)
{
	int64_t ms;
	if (fixed_now(&ms))
		return ms;
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_mono_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Counts in eras of 400 years that start on 1 March, so that the leap day is the last of its year. */
int64_t civil_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct civil civil_from_seconds(int64_t s)
{
	int64_t days = floor_div(s, 86400), rest = s - days * 86400, z = days + 719468;
	int64_t era = floor_div(z, 146097), doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct civil c = {
		.day = (int)(doy - (153 * mp + 2) / 5 + 1),
		.month = (int)(mp < 10 ? mp + 3 : mp - 9),
		.hour = (int)(rest / 3600),
		.minute = (int)(rest / 60 % 60),
		.second = (int)(rest % 60),
		.weekday = (int)((days % 7 + 10) % 7),
	};
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	return c;
}

int64_t civil_to_seconds(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 + c->second;
}

bool civil_valid(const struct civil *c)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (c->year < CIVIL_MIN_YEAR || c->year > CIVIL_MAX_YEAR || c->month < 1 || c->month > 12 || c->day < 1)
		return false;
	bool leap = c->year % 4 == 0 && (c->year % 100 != 0 || c->year % 400 == 0);
	if (c->day > lengths[c->month - 1] + (c->month == 2 && leap))
		return false;
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 60;
}

static bool digits(const char **s, int count, int *out)
{
	*out = 0;
	for (int i = 0; i < count; i++, (*s)++) {
		if (!isdigit((unsigned char)**s))
			return false;
		*out = *out * 10 + (**s - '0');
	}
	return true;
}

static bool take(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static int fraction_ms(const char **s)
{
	int ms = 0;
	if (**s != '.' && **s != ',')
		return 0;
	(*s)++;
	for (int scale = 100; isdigit((unsigned char)**s); (*s)++, scale /= 10)
		ms += (**s - '0') * scale;
	return ms;
}

/* "Z", " UTC", "+01:00", "+0100", " +0100"; *known is false when no zone follows. */
static bool parse_offset(const char *s, int *offset_s, bool *known)
{
	*offset_s = 0;
	*known = true;
	while (*s == ' ')
		s++;
	if (*s == '\0') {
		*known = false;
		return true;
	}
	if (strcmp(s, "Z") == 0 || strcmp(s, "z") == 0 || strcmp(s, "UTC") == 0)
		return true;
	int sign = *s == '-' ? -1 : 1, hours, minutes = 0;
	if (*s != '+' && *s != '-')
		return false;
	s++;
	if (!digits(&s, 2, &hours))
		return false;
	take(&s, ':');
	if (*s != '\0' && !digits(&s, 2, &minutes))
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return *s == '\0' && hours <= 23 && minutes <= 59;
}

bool time_parse(const char *s, int64_t *ms, bool *naive)
{
	struct civil c = {0};
	int fraction = 0, offset = 0;
	bool known = false;
	if (s == NULL || !digits(&s, 4, &c.year) || !take(&s, '-') || !digits(&s, 2, &c.month) || !take(&s, '-') ||
		!digits(&s, 2, &c.day))
		return false;
	if (*s == 'T' || *s == 't' || (*s == ' ' && isdigit((unsigned char)s[1]))) {
		s++;
		if (!digits(&s, 2, &c.hour) || !take(&s, ':') || !digits(&s, 2, &c.minute))
			return false;
		if (take(&s, ':') && !digits(&s, 2, &c.second))
			return false;
		fraction = fraction_ms(&s);
		if (!parse_offset(s, &offset, &known))
			return false;
	} else if (*s != '\0') {
		return false;
	}
	if (!civil_valid(&c))
		return false;
	*ms = (civil_to_seconds(&c) - offset) * 1000 + fraction;
	if (naive != NULL)
		*naive = !known;
	return true;
}

void time_format(int64_t s, char out[32])
{
	struct civil c = civil_from_seconds(s);
	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year % 10000, c.month, c.day, c.hour, c.minute, c.second);
}

void time_format_ms(int64_t ms, char out[32])
{
	struct civil c = civil_from_seconds(floor_div(ms, 1000));
	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year % 10000, c.month, c.day, c.hour, c.minute,
		c.second, (int)(ms - floor_div(ms, 1000) * 1000));
}
