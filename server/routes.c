#include "routes.h"

#include <string.h>

#include "bus.h"
#include "str.h"

/* Digits only in these, so that /t/a-title/12 and /t/12/3 differ. */
static bool wants_digits(const char *name, size_t n)
{
	static const char *const whole[] = {"id", "number", "page"};
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (strlen(whole[i]) == n && strncmp(name, whole[i], n) == 0)
			return true;
	return (n > 3 && strncmp(name + n - 3, "_id", 3) == 0) || (n > 7 && strncmp(name + n - 7, "_number", 7) == 0);
}

static bool all_digits(const char *s)
{
	return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

struct match {
	struct param part[REQUEST_MAX_PARTS];
	int part_count, literal; /* bytes of the path that the pattern spells */
};

static bool match_part(struct request *r, struct match *m, const char *name, size_t n, const char *raw,
	size_t raw_n)
{
	char *value = request_decode(r->mem, raw, raw_n, false);
	if (value == NULL || m->part_count == REQUEST_MAX_PARTS || raw_n == 0
		|| (wants_digits(name, n) && !all_digits(value)))
		return false;
	m->part[m->part_count++] = (struct param){arena_strndup(r->mem, name, n), value};
	return true;
}

static bool match_pattern(struct request *r, const char *pattern, const char *path, size_t path_n, struct match *m)
{
	const char *end = path + path_n;
	*m = (struct match){0};
	while (*pattern == '/') {
		if (path == end || *path != '/')
			return false;
		pattern++;
		path++;
		size_t n = strcspn(pattern, "/");
		const char *slash = memchr(path, '/', (size_t)(end - path));
		const char *stop = slash != NULL ? slash : end;
		if (*pattern == '*')
			return match_part(r, m, pattern + 1, n - 1, path, (size_t)(end - path));
		if (*pattern == ':') {
			if (!match_part(r, m, pattern + 1, n - 1, path, (size_t)(stop - path)))
				return false;
		} else {
			if ((size_t)(stop - path) != n || strncmp(pattern, path, n) != 0)
				return false;
			m->literal += (int)n + 1;
		}
		pattern += n;
		path = stop;
	}
	return *pattern == '\0' && path == end;
}

static const struct route *best(struct request *r, const struct route *const *table, size_t path_n, struct match *m)
{
	const struct route *found = NULL;
	for (; *table != NULL; table++)
		for (const struct route *row = *table; row->method != NULL; row++) {
			struct match now;
			if (strcmp(row->method, r->method) != 0
				|| !match_pattern(r, row->pattern, r->data->raw_path, path_n, &now))
				continue;
			if (found == NULL || now.literal > m->literal) {
				found = row;
				*m = now;
			}
		}
	return found;
}

/* Bytes of the path without its ending, as request_read took it off. */
static size_t without_ending(const struct request *r, size_t n)
{
	size_t ending = strlen(r->format) + 1;
	const char *path = r->data->raw_path;
	if (n > ending + 1 && path[n - ending] == '.' && strcmp(path + n - ending + 1, r->format) == 0)
		return n - ending;
	return n;
}

const struct route *routes_find_in(struct request *r, const struct route *const *table)
{
	struct match spelled, plain;
	size_t n = strlen(r->data->raw_path), short_n = without_ending(r, n);
	const struct route *found = short_n < n ? best(r, table, short_n, &plain) : NULL;
	const struct route *whole = best(r, table, n, &spelled);
	bool use_whole = whole != NULL && (found == NULL || spelled.literal > plain.literal);
	if (use_whole) {
		char *path = request_decode(r->mem, r->data->raw_path, n, false);
		r->path = path != NULL ? path : r->path;
		found = whole;
		plain = spelled;
	}
	if (found == NULL)
		return NULL;
	memcpy(r->data->part, plain.part, sizeof plain.part);
	r->data->part_count = plain.part_count;
	r->data->route = found;
	r->route_name = found->pattern;
	return found;
}

const struct route *routes_find(struct request *r)
{
	return routes_find_in(r, all_routes);
}
