#include "zone.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "str.h"

enum { MaxZoneBytes = 256 * 1024, MaxTransitions = 10000, MaxTypes = 256 };

/* One side of a yearly rule from the TZif footer (POSIX TZ, RFC 9636 section 3.3.1). */
struct rule {
	enum { RULE_MONTH, RULE_JULIAN, RULE_DAY } kind;
	int month, week, day; /* RULE_MONTH: week 5 is the last one, day 0 is Sunday; else day of the year */
	int seconds;          /* wall-clock seconds after midnight, may be negative or past 24 h */
};

struct local_type {
	int offset;
	bool dst;
};

struct zone {
	char name[64];
	int count, type_count;
	int64_t *when;      /* transition instants, ascending */
	uint8_t *to;        /* type from that instant on */
	struct local_type type[MaxTypes];
	bool has_footer, has_rules;
	struct local_type std, summer;
	struct rule start, end;
	struct zone *next;
};

static struct zone *loaded;

static int64_t big_endian(const unsigned char *p, int bytes)
{
	uint64_t v = 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return bytes == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

static const char *skip_name(const char *s)
{
	if (*s == '<') {
		const char *end = strchr(s, '>');
		return end == NULL ? s + strlen(s) : end + 1;
	}
	while (isalpha((unsigned char)*s))
		s++;
	return s;
}

/* [+-]h[h[h]][:mm[:ss]] as seconds. */
static const char *parse_hms(const char *s, int *seconds)
{
	int sign = 1, part[3] = {0};
	if (*s == '+' || *s == '-')
		sign = *s++ == '-' ? -1 : 1;
	for (int i = 0; i < 3; i++) {
		char *end;
		long v = strtol(s, &end, 10);
		part[i] = (int)(v > 167 ? 167 : v);
		s = end;
		if (*s != ':')
			break;
		s++;
	}
	*seconds = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
	return s;
}

static const char *parse_rule(const char *s, struct rule *r)
{
	*r = (struct rule){.seconds = 7200};
	if (*s == 'M') {
		int used = 0;
		if (sscanf(s, "M%2d.%1d.%1d%n", &r->month, &r->week, &r->day, &used) != 3)
			return NULL;
		if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5 || r->day > 6)
			return NULL;
		s += used;
	} else {
		r->kind = *s == 'J' ? RULE_JULIAN : RULE_DAY;
		s += *s == 'J';
		if (!isdigit((unsigned char)*s))
			return NULL;
		char *end;
		r->day = (int)strtol(s, &end, 10);
		if (r->day > 366)
			return NULL;
		s = end;
	}
	return *s == '/' ? parse_hms(s + 1, &r->seconds) : s;
}

/* "CET-1CEST,M3.5.0,M10.5.0/3": offsets count west of UTC here. */
static bool parse_footer(struct zone *z, const char *s)
{
	int west;
	s = parse_hms(skip_name(s), &west);
	z->std = (struct local_type){.offset = -west};
	z->has_footer = true;
	if (*s == '\0')
		return true;
	s = skip_name(s);
	west -= 3600;
	if (*s != ',' && *s != '\0')
		s = parse_hms(s, &west);
	z->summer = (struct local_type){.offset = -west, .dst = true};
	if (*s != ',' || (s = parse_rule(s + 1, &z->start)) == NULL || *s != ',')
		return false;
	s = parse_rule(s + 1, &z->end);
	z->has_rules = s != NULL && *s == '\0';
	return z->has_rules;
}

struct header {
	int isut, isstd, leap, time, type, chars;
};

static bool read_header(const unsigned char *p, size_t n, struct header *h)
{
	if (n < 44 || memcmp(p, "TZif", 4) != 0)
		return false;
	int *field[] = {&h->isut, &h->isstd, &h->leap, &h->time, &h->type, &h->chars};
	for (int i = 0; i < 6; i++) {
		*field[i] = (int)big_endian(p + 20 + 4 * i, 4);
		if (*field[i] < 0 || *field[i] > MaxTransitions)
			return false;
	}
	return h->type >= 1 && h->type <= MaxTypes;
}

static size_t body_bytes(const struct header *h, int wide)
{
	return (size_t)h->time * (size_t)(wide + 1) + (size_t)h->type * 6 + (size_t)h->chars +
		(size_t)h->leap * (size_t)(wide + 4) + (size_t)h->isstd + (size_t)h->isut;
}

static bool read_body(struct zone *z, const unsigned char *p, size_t n, const struct header *h)
{
	size_t bytes = body_bytes(h, 8);
	if (n < bytes)
		return false;
	z->count = h->time;
	z->type_count = h->type;
	z->when = xcalloc((size_t)h->time + 1, sizeof *z->when);
	z->to = xcalloc((size_t)h->time + 1, 1);
	const unsigned char *index = p + 8 * (size_t)h->time, *types = index + h->time;
	for (int i = 0; i < h->time; i++) {
		z->when[i] = big_endian(p + 8 * (size_t)i, 8);
		z->to[i] = index[i];
		if (index[i] >= h->type || (i > 0 && z->when[i] <= z->when[i - 1]))
			return false;
	}
	for (int i = 0; i < h->type; i++) {
		z->type[i] = (struct local_type){(int)big_endian(types + 6 * i, 4), types[6 * i + 4] != 0};
		if (abs(z->type[i].offset) > 26 * 3600)
			return false;
	}
	const char *footer = (const char *)p + bytes;
	size_t left = n - bytes;
	if (left < 2 || footer[0] != '\n' || memchr(footer + 1, '\n', left - 1) == NULL)
		return false;
	size_t len = (size_t)((const char *)memchr(footer + 1, '\n', left - 1) - footer - 1);
	char *rule = xstrndup(footer + 1, len);
	bool ok = len == 0 || parse_footer(z, rule);
	free(rule);
	return ok;
}

static bool parse_tzif(struct zone *z, const unsigned char *p, size_t n)
{
	struct header first, second;
	if (!read_header(p, n, &first) || p[4] < '2')
		return false;
	size_t skip = 44 + body_bytes(&first, 4);
	if (n < skip || !read_header(p + skip, n - skip, &second))
		return false;
	return read_body(z, p + skip + 44, n - skip - 44, &second);
}

static void zone_free(struct zone *z)
{
	free(z->when);
	free(z->to);
	free(z);
}

static struct zone *zone_read(const char *path, const char *name)
{
	struct sbuf data = {0};
	struct zone *z = xcalloc(1, sizeof *z);
	snprintf(z->name, sizeof z->name, "%s", name);
	if (!file_read(path, MaxZoneBytes, &data, NULL) || !parse_tzif(z, (const unsigned char *)data.p, data.n)) {
		zone_free(z);
		z = NULL;
	}
	sbuf_fini(&data);
	return z;
}

static const struct zone *remember(struct zone *z)
{
	if (z != NULL) {
		z->next = loaded;
		loaded = z;
	}
	return z;
}

static bool name_is_safe(const char *name)
{
	if (str_empty(name) || strlen(name) > 60 || name[0] == '/' || strstr(name, "..") != NULL)
		return false;
	for (const char *s = name; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("/_-+", *s) == NULL)
			return false;
	return true;
}

const struct zone *zone_utc(void)
{
	static struct zone utc = {.name = "UTC", .type_count = 1};
	return &utc;
}

static const char *zone_dir(void)
{
	const char *dir = getenv("TZDIR");
	return str_empty(dir) ? "/usr/share/zoneinfo" : dir;
}

/* Rails writes some zones by their city only. */
static const char *friendly_path(const char *name, char *path, size_t bytes)
{
	static const char *const areas[] = {"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"};
	char city[64];
	snprintf(city, sizeof city, "%s", name);
	for (char *s = city; *s != '\0'; s++)
		if (*s == ' ')
			*s = '_';
	for (size_t i = 0; i < COUNT(areas); i++) {
		snprintf(path, bytes, "%s/%s/%s", zone_dir(), areas[i], city);
		if (file_exists(path))
			return path;
	}
	return NULL;
}

const struct zone *zone_get(const char *name)
{
	if (str_empty(name))
		return NULL;
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0)
		return zone_utc();
	for (struct zone *z = loaded; z != NULL; z = z->next)
		if (strcmp(z->name, name) == 0)
			return z;
	char safe[64], path[PATH_MAX];
	snprintf(safe, sizeof safe, "%s", name);
	for (char *s = safe; *s != '\0'; s++)
		if (*s == ' ')
			*s = '_';
	if (strlen(name) >= sizeof safe || !name_is_safe(safe))
		return NULL;
	snprintf(path, sizeof path, "%s/%s", zone_dir(), safe);
	struct zone *z = zone_read(path, name);
	if (z == NULL && strchr(safe, '/') == NULL && friendly_path(safe, path, sizeof path) != NULL) {
		z = zone_read(path, path + strlen(zone_dir()) + 1);
		if (z != NULL)
			snprintf(z->name, sizeof z->name, "%s", path + strlen(zone_dir()) + 1);
	}
	return remember(z);
}

static const struct zone *zone_from_link(void)
{
	char target[PATH_MAX];
	ssize_t n = readlink("/etc/localtime", target, sizeof target - 1);
	if (n > 0) {
		target[n] = '\0';
		char *at = strstr(target, "zoneinfo/");
		if (at != NULL)
			return zone_get(at + strlen("zoneinfo/"));
	}
	return remember(zone_read("/etc/localtime", ""));
}

/* A TZ such as "CET-1CEST,M3.5.0,M10.5.0/3". */
static const struct zone *zone_from_posix(const char *rule)
{
	struct zone *z = xcalloc(1, sizeof *z);
	z->type_count = 1;
	if (!isalpha((unsigned char)rule[0]) || skip_name(rule) - rule < 3 || strpbrk(rule, "0123456789") == NULL ||
		!parse_footer(z, rule)) {
		zone_free(z);
		return NULL;
	}
	return remember(z);
}

const struct zone *zone_local(void)
{
	const char *tz = getenv("TZ");
	const struct zone *z = NULL;
	if (tz != NULL && tz[0] == '\0')
		return zone_utc();
	if (tz != NULL) {
		z = zone_get(tz + (tz[0] == ':'));
		if (z == NULL)
			z = zone_from_posix(tz);
	} else {
		z = zone_from_link();
	}
	return z == NULL ? zone_utc() : z;
}

const char *zone_name(const struct zone *z)
{
	return z->name;
}

bool zone_same(const struct zone *a, const struct zone *b)
{
	return a == b || (a->name[0] != '\0' && strcmp(a->name, b->name) == 0);
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Local seconds (no zone) at which the rule fires in a year. */
static int64_t rule_seconds(const struct rule *r, int year)
{
	int64_t day;
	if (r->kind == RULE_MONTH) {
		int64_t first = civil_days(year, r->month, 1);
		int first_weekday = (int)(((first % 7) + 11) % 7); /* 0 is Sunday; 1970-01-01 was a Thursday */
		int64_t next_month = r->month == 12 ? civil_days(year + 1, 1, 1) : civil_days(year, r->month + 1, 1);
		day = first + (r->day - first_weekday + 7) % 7 + 7 * (r->week - 1);
		while (day >= next_month)
			day -= 7;
	} else {
		int n = r->day - (r->kind == RULE_JULIAN);
		day = civil_days(year, 1, 1) + n + (r->kind == RULE_JULIAN && is_leap(year) && n >= 59);
	}
	return day * 86400 + r->seconds;
}

static struct local_type type_by_rules(const struct zone *z, int64_t s)
{
	if (!z->has_rules)
		return z->std;
	int year = civil_from_seconds(s + z->std.offset).year;
	int64_t start = rule_seconds(&z->start, year) - z->std.offset;
	int64_t end = rule_seconds(&z->end, year) - z->summer.offset;
	bool summer = start < end ? s >= start && s < end : s >= start || s < end;
	return summer ? z->summer : z->std;
}

static struct local_type type_at(const struct zone *z, int64_t s)
{
	if (z->count == 0 || s < z->when[0])
		return z->count == 0 && z->has_footer ? type_by_rules(z, s) : z->type[0];
	if (s >= z->when[z->count - 1] && z->has_footer)
		return type_by_rules(z, s);
	int low = 0, high = z->count - 1;
	while (low < high) {
		int mid = (low + high + 1) / 2;
		if (z->when[mid] <= s)
			low = mid;
		else
			high = mid - 1;
	}
	return z->type[z->to[low]];
}

int zone_offset(const struct zone *z, int64_t s, bool *dst)
{
	struct local_type t = type_at(z, s);
	if (dst != NULL)
		*dst = t.dst;
	return t.offset;
}

struct civil zone_civil(const struct zone *z, int64_t s)
{
	return civil_from_seconds(s + zone_offset(z, s, NULL));
}

int64_t zone_day_start(const struct zone *z, int64_t s, int days_on)
{
	struct civil day = zone_civil(z, s);
	day = civil_from_seconds((civil_days(day.year, day.month, day.day) + days_on) * 86400);
	return zone_instant(z, &day, NULL);
}

int64_t zone_instant(const struct zone *z, const struct civil *c, bool *shifted)
{
	int64_t wall = civil_to_seconds(c);
	int before = zone_offset(z, wall - 86400, NULL), after = zone_offset(z, wall + 86400, NULL);
	int64_t first = wall - before, second = wall - after;
	bool first_fits = zone_offset(z, first, NULL) == before, second_fits = zone_offset(z, second, NULL) == after;
	if (shifted != NULL)
		*shifted = first_fits == second_fits && before != after;
	if (first_fits || !second_fits)
		return first;
	return second;
}

bool zone_change(const struct zone *z, int64_t from, int64_t to, int64_t *when, int *by_seconds)
{
	enum { Step = 14 * 86400 };
	for (int64_t at = from; at < to;) {
		int64_t next = at + Step < to ? at + Step : to;
		int a = zone_offset(z, at, NULL);
		if (zone_offset(z, next, NULL) != a) {
			int64_t low = at, high = next;
			while (high - low > 1) {
				int64_t mid = low + (high - low) / 2;
				if (zone_offset(z, mid, NULL) == a)
					low = mid;
				else
					high = mid;
			}
			*when = high;
			*by_seconds = zone_offset(z, high, NULL) - a;
			return true;
		}
		at = next;
	}
	return false;
}
