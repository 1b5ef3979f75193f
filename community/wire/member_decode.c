#include "member_decode.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "take.h"
#include "user_field_decode.h"

static const char *clean_text(const struct json *object, const char *name, size_t max_bytes, struct arena *a)
{
	const char *s = json_text(object, name, max_bytes, a);
	return str_empty(s) ? NULL : s;
}

/* A card has only an excerpt of the biography, itself HTML. */
static const char *biography(const struct json *object, struct arena *a)
{
	const char *s = json_lines(object, "bio_cooked", WIRE_LONG, a);
	if (str_empty(s))
		s = json_lines(object, "bio_excerpt", WIRE_LONG, a);
	return str_empty(s) ? NULL : s;
}

bool member_decode(const struct json *object, struct arena *a, struct member *out)
{
	*out = (struct member){
		.id = take_id(object, "id"),
		.username = take_name(object, "username", a),
		.name = take_name(object, "name", a),
		.title = take_name(object, "title", a),
		.bio_cooked = biography(object, a),
		.bio_raw = json_lines(object, "bio_raw", WIRE_LONG, a),
		.location = clean_text(object, "location", WIRE_SHORT, a),
		.website = clean_text(object, "website", WIRE_URL, a),
		.timezone = take_name(object, "timezone", a),
		.status = clean_text(json_get(object, "status"), "description", WIRE_SHORT, a),
		.trust_level = take_int(object, "trust_level", 0, 4, 0),
		.admin = json_bool(object, "admin", false),
		.moderator = json_bool(object, "moderator", false),
		.hidden = json_bool(object, "profile_hidden", false) || json_bool(object, "inactive", false),
		.ignored = json_bool(object, "ignored", false),
		.muted = json_bool(object, "muted", false),
		.created_ms = take_ms(object, "created_at"),
	};
	out->field_count = field_values_decode(json_get(object, "user_fields"), a, &out->field);
	out->group_count = take_words(json_get(object, "groups"), "name", a, &out->group);
	return out->id != 0 && out->username != NULL;
}

bool member_profile_decode(const struct json *root, struct arena *a, struct member *out)
{
	const struct json *user = json_get(root, "user");
	bool ok = member_decode(json_is_object(user) ? user : root, a, out);
	out->complete = ok && !out->hidden;
	return ok;
}

struct source {
	const char *path, *inside; /* inside: the member of a row that is the user; NULL: the row itself */
	bool complete;
};

/* /user-cards.json has users[] without anything beside it; lists have topic_list or posts beside theirs. */
static bool is_cards(const struct json *root)
{
	return json_count(root) == 1 && json_get(json_first(json_get(root, "users")), "user_fields") != NULL;
}

static int by_id(const void *left, const void *right)
{
	int64_t a = ((const struct member *)left)->id, b = ((const struct member *)right)->id;
	return (a > b) - (a < b);
}

/* The directory shows the reader twice. */
static void drop_doubles(struct member *m, struct member_page *out)
{
	int kept = 0;
	qsort(m, (size_t)out->count, sizeof *m, by_id);
	for (int i = 0; i < out->count; i++)
		if (kept == 0 || m[kept - 1].id != m[i].id)
			m[kept++] = m[i];
	out->count = kept;
}

/* A row with the user inside, or flat with only the fields inside. */
static bool row_decode(const struct json *row, const char *inside, struct arena *a, struct member *out)
{
	const struct json *user = inside == NULL ? row : json_get(row, inside);
	if (inside == NULL || json_get(user, "username") != NULL)
		return member_decode(user, a, out);
	bool ok = member_decode(row, a, out);
	out->field_count = field_values_decode(json_get(user, "user_fields"), a, &out->field);
	return ok;
}

static void add_rows(const struct json *rows, const struct source *s, bool complete, struct arena *a,
	struct member_page *out)
{
	int max = take_rows(rows, WIRE_ITEMS);
	struct member *to = ARENA_ARRAY(a, (size_t)max + 1, struct member);
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && row_decode(row, s->inside, a, &to[out->count]))
			to[out->count++].complete = complete;
	drop_doubles(to, out);
	out->member = to;
}

/* The directory always names a next page; whether it has rows follows from the total. */
static bool has_next(const struct json *meta, int seen, int total)
{
	enum { DirectoryRows = 50 };
	const char *next = json_string(meta, "load_more_directory_items");
	const char *page = next == NULL ? NULL : strstr(next, "page=");
	if (json_get(meta, "total") != NULL)
		return json_int(meta, "offset", 0) + seen < total;
	if (page == NULL || seen < DirectoryRows)
		return false;
	return total < 0 || strtol(page + 5, NULL, 10) < (total + DirectoryRows - 1) / DirectoryRows;
}

bool member_page_decode(const struct json *root, struct arena *a, struct member_page *out)
{
	static const struct source sources[] = {
		{"directory_items", "user", false}, {"members", NULL, false}, {"users", NULL, true},
	};
	const struct json *meta = json_get(root, "meta");
	*out = (struct member_page){.total = -1};
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		const struct json *rows = json_get(root, sources[i].path);
		if (!json_is_array(rows))
			continue;
		int seen = take_rows(rows, WIRE_ITEMS);
		add_rows(rows, &sources[i], sources[i].complete && is_cards(root), a, out);
		out->total = take_int(meta, "total_rows_directory_items", 0, 1 << 30,
			take_int(meta, "total", 0, 1 << 30, -1));
		out->more = has_next(meta, seen, out->total);
		return true;
	}
	return false;
}
