#include "write.h"

#include <string.h>

#include "forum_notice.h"
#include "forum_publish.h"
#include "forum_topic.h"
#include "notification_type.h"
#include "people.h"
#include "resources.h"
#include "str.h"

/* What a member has read, and what they want to hear of. */

enum { MaxPostMs = 60 * 1000, MaxLevel = 4, NormalLevel = 1 };

struct reading {
	int64_t highest, ms; /* the furthest post, and the time spent on all of them */
	int64_t *number;
	int count;
};

/* timings[7]=1200: post 7 was on the screen for 1.2 seconds. */
static void read_timings(struct request *r, struct reading *out)
{
	const struct param *p = request_params(r);
	int all = 0;
	while (p[all].name != NULL)
		all++;
	*out = (struct reading){.number = ARENA_ARRAY(r->mem, (size_t)all + 1, int64_t)};
	for (; p->name != NULL; p++) {
		int64_t number, ms;
		if (!str_starts(p->name, "timings["))
			continue;
		const char *name = p->name + strlen("timings["), *digits = arena_strndup(r->mem, name, strcspn(name, "]"));
		if (!str_to_int(digits, 1, INT32_MAX, &number) || !str_to_int(p->value, 0, INT64_MAX, &ms))
			continue;
		out->number[out->count++] = number;
		out->highest = number > out->highest ? number : out->highest;
		out->ms += ms < MaxPostMs ? ms : MaxPostMs;
	}
}

/* Posts that this member reads for the first time. */
static bool count_reads(struct request *r, int64_t topic_id, const struct reading *t, struct error *err)
{
	int64_t before = sql_get_int(r->db, 0, "SELECT last_read_post_number FROM topic_user WHERE topic_id = ?"
		" AND user_id = ?", "ii", topic_id, r->me.user_id);
	bool ok = true;
	for (int i = 0; ok && i < t->count; i++)
		ok = t->number[i] <= before || sql_run(r->db, err, "UPDATE post SET reads = reads + 1 WHERE topic_id = ?"
			" AND post_number = ? AND user_id <> ?", "iii", topic_id, t->number[i], r->me.user_id);
	return ok;
}

static void timings(struct request *r, struct response *w)
{
	int64_t topic_id = request_param_int(r, "topic_id", 0);
	struct forum f = forum_of(r);
	struct error err = {0};
	struct reading t;
	if (!write_topic_visible(r, w, topic_id))
		return;
	read_timings(r, &t);
	if (t.count == 0 || (count_reads(r, topic_id, &t, &err) &&
			forum_read_set(&f, topic_id, r->me.user_id, (int)t.highest, t.ms, 0, &err)))
		response_success(w);
	else
		write_failed(r, w, &err);
}

/* False is answered. */
static bool read_level(struct request *r, struct response *w, int max, int64_t *level)
{
	if (str_to_int(request_param(r, "notification_level"), 0, max, level))
		return true;
	response_invalid(r, w, "notification_level");
	return false;
}

static void topic_level(struct request *r, struct response *w)
{
	int64_t level, topic_id = request_part_id(r, "id");
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!write_topic_visible(r, w, topic_id) || !read_level(r, w, MaxLevel - 1, &level))
		return;
	if (forum_topic_set_level(&f, topic_id, r->me.user_id, (int)level, &err) &&
		forum_publish_read(&f, topic_id, r->me.user_id))
		response_success(w);
	else
		write_failed(r, w, &err);
}

static bool category_visible(struct request *r, int64_t id)
{
	return sql_get_int(r->db, 0, "SELECT 1 FROM category c WHERE c.id = ?3 AND " FORUM_CATEGORY_VISIBLE("c"), "ini",
		FORUM_VIEWER(forum_viewer(r)), id) == 1;
}

static void category_level(struct request *r, struct response *w)
{
	int64_t level, id = request_part_id(r, "id");
	struct error err = {0};
	if (!category_visible(r, id)) {
		response_not_found(r, w);
		return;
	}
	if (!read_level(r, w, MaxLevel, &level))
		return;
	if (!sql_run(r->db, &err, "INSERT INTO category_user (category_id, user_id, notification_level) VALUES (?,"
			" ?, ?)"
			" ON CONFLICT (category_id, user_id) DO UPDATE"
			" SET notification_level = excluded.notification_level", "iii", id, r->me.user_id, level)) {
		write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	json_add_array(root, "indirectly_muted_category_ids");
	response_json(w, root);
}

/* The tag of the route: its name or, on newer sites, also its number; 0: unknown. */
static int64_t tag_of_route(struct request *r)
{
	int64_t id = request_part_id(r, "id");
	return id != 0 ? sql_get_int(r->db, 0, "SELECT id FROM tag WHERE id = ?", "i", id)
		: sql_get_int(r->db, 0, "SELECT id FROM tag WHERE name = ? COLLATE NOCASE", "s", request_part(r, "name"));
}

static void tag_answer(struct request *r, struct response *w, int64_t tag_id)
{
	struct json *root = json_object(), *level = json_add_object(root, "tag_notification");
	json_add_string(level, "id", sql_get_text(r->db, r->mem, "SELECT name FROM tag WHERE id = ?", "i", tag_id));
	json_add_int(level, "tag_id", tag_id);
	json_add_int(level, "notification_level", sql_get_int(r->db, NormalLevel,
		"SELECT notification_level FROM tag_user WHERE tag_id = ? AND user_id = ?", "ii", tag_id, r->me.user_id));
	response_json(w, root);
}

static void tag_show(struct request *r, struct response *w)
{
	int64_t id = tag_of_route(r);
	if (id == 0)
		response_not_found(r, w);
	else
		tag_answer(r, w, id);
}

static void tag_level(struct request *r, struct response *w)
{
	int64_t level, id = tag_of_route(r);
	struct error err = {0};
	if (id == 0) {
		response_not_found(r, w);
		return;
	}
	if (!str_to_int(request_param(r, "tag_notification[notification_level]"), 0, MaxLevel, &level)) {
		response_invalid(r, w, "tag_notification");
		return;
	}
	if (sql_run(r->db, &err, "INSERT INTO tag_user (tag_id, user_id, notification_level) VALUES (?, ?, ?)"
			" ON CONFLICT (tag_id, user_id) DO UPDATE SET notification_level = excluded.notification_level",
			"iii", id, r->me.user_id, level))
		tag_answer(r, w, id);
	else
		write_failed(r, w, &err);
}

static bool dismiss(struct request *r, struct forum *f, const char *types, struct error *err)
{
	char *left = arena_strdup(r->mem, types), *name;
	bool ok = true;
	while (ok && (name = strsep(&left, ",")) != NULL)
		ok = sql_run(r->db, err, "UPDATE notification SET read = 1 WHERE user_id = ? AND type = ?"
			" AND NOT read", "in", r->me.user_id, notification_type_id(str_trim(name)));
	return ok && forum_notice_publish(f, r->me.user_id, err);
}

/* One; those of some types; or everything. */
static void mark_read(struct request *r, struct response *w)
{
	const char *id = request_param(r, "id"), *types = request_param(r, "dismiss_types");
	struct forum f = forum_of(r);
	struct error err = {0};
	int64_t one = 0;
	if (!str_empty(id) && !str_to_int(id, 1, INT64_MAX, &one)) {
		response_invalid(r, w, "id");
		return;
	}
	bool seen = one != 0 || sql_run(r->db, &err, "UPDATE user SET seen_notification_id = max(seen_notification_id,"
		" (SELECT coalesce(max(id), 0) FROM notification WHERE user_id = ?1)) WHERE id = ?1", "i", r->me.user_id);
	bool ok = seen && (one == 0 && !str_empty(types) ? dismiss(r, &f, types, &err)
		: forum_notice_mark_read(&f, r->me.user_id, one, &err));
	if (ok)
		response_success(w);
	else
		write_failed(r, w, &err);
}

const struct route tracking_write_routes[] = {
	{"POST", "/topics/timings", timings, ROUTE_LOGIN},
	{"POST", "/t/:id/notifications", topic_level, ROUTE_LOGIN},
	{"POST", "/t/:slug/:id/notifications", topic_level, ROUTE_LOGIN},
	{"POST", "/category/:id/notifications", category_level, ROUTE_LOGIN},
	{"GET", "/tag/:name/notifications", tag_show, ROUTE_LOGIN},
	{"PUT", "/tag/:name/notifications", tag_level, ROUTE_LOGIN},
	{"GET", "/tag/:slug/:id/notifications", tag_show, ROUTE_LOGIN},
	{"PUT", "/tag/:slug/:id/notifications", tag_level, ROUTE_LOGIN},
	{"PUT", "/notifications/mark-read", mark_read, ROUTE_LOGIN},
	{0},
};
