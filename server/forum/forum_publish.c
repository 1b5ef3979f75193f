#include "forum_publish.h"

#include "bus.h"
#include "forum_group.h"
#include "json.h"
#include "str.h"

/* Takes the tree. When the database refuses, the commit of the operation fails too and says why. */
static bool publish(struct forum *f, const char *channel, struct json *data,
	const struct bus_audience *audience)
{
	bus_publish(f->bus, f->now_ms, channel, data, audience);
	json_free(data);
	return true;
}

static bool publish_to_user(struct forum *f, const char *channel, struct json *data, int64_t user_id)
{
	return publish(f, channel, data, &(struct bus_audience){.user_id = &user_id, .user_count = 1});
}

static const int64_t *ids(struct forum *f, const char *statement, int64_t id, int *count)
{
	int64_t *list = NULL;
	*count = 0;
	struct sql_query *q = sql_query(f->db, statement, "i", id);
	while (sql_next(q)) {
		if ((*count & (*count - 1)) == 0)
			list = arena_grow(f->mem, list, (size_t)*count, (size_t)*count * 2 + 1, sizeof *list);
		list[(*count)++] = sql_int(q, 0);
	}
	sql_end(q, NULL);
	return list;
}

/* Who may read the topic; empty for one that everyone may read. */
static struct bus_audience audience_of(struct forum *f, int64_t topic_id)
{
	struct bus_audience a = {0};
	a.user_id = ids(f, "SELECT user_id FROM topic_allowed WHERE topic_id = ? AND user_id IS NOT NULL",
		topic_id, &a.user_count);
	a.group_id = ids(f,
		"SELECT group_id FROM topic_allowed WHERE topic_id = ?1 AND group_id IS NOT NULL"
		" UNION SELECT group_id FROM category_group JOIN topic USING (category_id) JOIN category ON "
		"category.id = category_id"
		" WHERE topic.id = ?1 AND read_restricted UNION SELECT 1 FROM topic JOIN category ON category.id = "
		"category_id"
		" WHERE topic.id = ?1 AND read_restricted",
		topic_id, &a.group_count);
	return a;
}

static bool publish_to_topic(struct forum *f, const char *channel, struct json *data, int64_t topic_id)
{
	struct bus_audience a = audience_of(f, topic_id);
	bool open = a.user_count + a.group_count == 0 &&
		sql_get_int(f->db, 0, "SELECT archetype = 'regular' FROM topic WHERE id = ?", "i", topic_id) == 1;
	return publish(f, channel, data, open ? NULL : &a);
}

bool forum_publish_post(struct forum *f, int64_t post_id, const char *type)
{
	if (f->bus == NULL)
		return true;
	struct sql_query *q = sql_query(f->db,
		"SELECT topic_id, post_number, updated_ms, user_id, version, like_count FROM post"
		" WHERE id = ?",
		"i", post_id);
	if (!sql_next(q))
		return sql_end(q, NULL);
	int64_t topic_id = sql_int(q, 0);
	struct json *j = json_object();
	json_add_int(j, "id", post_id);
	json_add_int(j, "post_number", sql_int(q, 1));
	json_add_time_ms(j, "updated_at", sql_int(q, 2), 0);
	json_add_int(j, "user_id", sql_int(q, 3));
	json_add_int(j, "last_editor_id", sql_int(q, 3));
	json_add_string(j, "type", type);
	json_add_int(j, "version", sql_int(q, 4));
	if (str_ends(type, "liked"))
		json_add_int(j, "likes_count", sql_int(q, 5));
	sql_end(q, NULL);
	return publish_to_topic(f, arena_printf(f->mem, "/topic/%lld", (long long)topic_id), j, topic_id);
}

struct activity {
	int64_t topic_id, category_id, highest, created_ms, bumped_ms;
	bool message;
};

static bool load_activity(struct forum *f, int64_t topic_id, struct activity *a)
{
	struct sql_query *q = sql_query(f->db, "SELECT category_id, highest_post_number, created_ms, bumped_ms,"
		" archetype = 'private_message' FROM topic WHERE id = ?", "i", topic_id);
	bool found = sql_next(q);
	if (found)
		*a = (struct activity){
			topic_id, sql_int(q, 0), sql_int(q, 1), sql_int(q, 2), sql_int(q, 3), sql_int(q, 4) == 1};
	sql_end(q, NULL);
	return found;
}

static struct json *activity_json(const struct activity *a, const char *message_type)
{
	struct json *j = json_object();
	json_add_int(j, "topic_id", a->topic_id);
	json_add_string(j, "message_type", message_type);
	struct json *p = json_add_object(j, "payload");
	json_add_null(p, "last_read_post_number");
	json_add_int(p, "highest_post_number", a->highest);
	json_add_time_ms(p, "created_at", a->created_ms, 0);
	json_add_time_ms(p, "updated_at", a->bumped_ms, 0);
	json_add_time_ms(p, "bumped_at", a->bumped_ms, 0);
	if (a->category_id == 0)
		json_add_null(p, "category_id");
	else
		json_add_int(p, "category_id", a->category_id);
	json_add_string(p, "archetype", a->message ? "private_message" : "regular");
	json_add_array(p, "group_ids");
	return j;
}

bool forum_publish_activity(struct forum *f, int64_t topic_id, bool is_new)
{
	struct activity a;
	if (f->bus == NULL || !load_activity(f, topic_id, &a))
		return true;
	if (!a.message)
		return publish_to_topic(f, "/latest", activity_json(&a, "latest"), topic_id) &&
			publish_to_topic(f, is_new ? "/new" : "/unread",
				activity_json(&a, is_new ? "new_topic" : "unread"), topic_id);
	int count;
	const int64_t *user = ids(f,
		"SELECT user_id FROM topic_allowed WHERE topic_id = ?1 AND user_id IS NOT NULL"
		" UNION SELECT m.user_id FROM topic_allowed a JOIN group_member m ON m.group_id = a.group_id WHERE "
		"a.topic_id = ?1",
		topic_id, &count);
	bool ok = true;
	for (int i = 0; i < count; i++) {
		char *channel =
			arena_printf(f->mem, "/private-message-topic-tracking-state/user/%lld", (long long)user[i]);
		ok = publish_to_user(f, channel, activity_json(&a, is_new ? "new_topic" : "unread"), user[i]) && ok;
	}
	return ok;
}

bool forum_publish_gone(struct forum *f, int64_t topic_id, const char *what)
{
	if (f->bus == NULL)
		return true;
	struct json *j = json_object();
	json_add_int(j, "topic_id", topic_id);
	json_add_string(j, "message_type", what);
	return publish_to_topic(f, arena_printf(f->mem, "/%s", what), j, topic_id);
}

bool forum_publish_read(struct forum *f, int64_t topic_id, int64_t user_id)
{
	struct activity a;
	if (f->bus == NULL || !load_activity(f, topic_id, &a))
		return true;
	struct json *j = json_object();
	json_add_int(j, "topic_id", topic_id);
	json_add_string(j, "message_type", "read");
	struct json *p = json_add_object(j, "payload");
	struct sql_query *q = sql_query(f->db, "SELECT last_read_post_number, notification_level FROM topic_user"
		" WHERE topic_id = ? AND user_id = ?", "ii", topic_id, user_id);
	bool found = sql_next(q);
	json_add_int(p, "last_read_post_number", found ? sql_int(q, 0) : 0);
	json_add_int(p, "highest_post_number", a.highest);
	json_add_int(p, "notification_level", found ? sql_int(q, 1) : 1);
	sql_end(q, NULL);
	return publish_to_user(f, arena_printf(f->mem, "/unread/%lld", (long long)user_id), j, user_id);
}

bool forum_publish_notices(struct forum *f, int64_t user_id)
{
	if (f->bus == NULL)
		return true;
	struct sql_query *q = sql_query(f->db,
		"SELECT coalesce(sum(NOT n.read AND NOT n.high_priority AND n.id > u.seen_notification_id), 0),"
		" coalesce(sum(NOT n.read AND n.high_priority), 0), u.seen_notification_id, count(n.id) FROM user u"
		" LEFT JOIN notification n ON n.user_id = u.id WHERE u.id = ? GROUP BY u.id",
		"i", user_id);
	struct json *j = json_object();
	if (sql_next(q)) {
		json_add_int(j, "unread_notifications", sql_int(q, 0));
		json_add_int(j, "unread_high_priority_notifications", sql_int(q, 1));
		json_add_int(j, "all_unread_notifications_count", sql_int(q, 0) + sql_int(q, 1));
		json_add_int(j, "seen_notification_id", sql_int(q, 2));
		json_add_bool(j, "read_first_notification", sql_int(q, 2) > 0);
	}
	sql_end(q, NULL);
	json_add_array(j, "recent");
	return publish_to_user(f, arena_printf(f->mem, "/notification/%lld", (long long)user_id), j, user_id);
}

bool forum_publish_event(struct forum *f, int64_t event_id)
{
	if (f->bus == NULL)
		return true;
	int64_t topic_id = sql_get_int(f->db, 0, "SELECT topic_id FROM post WHERE id = ?", "i", event_id);
	struct json *j = json_object();
	json_add_int(j, "id", event_id);
	return publish_to_topic(f, arena_printf(f->mem, "/discourse-post-event/%lld", (long long)topic_id), j,
		topic_id);
}

bool forum_publish_poll(struct forum *f, int64_t post_id, const char *name)
{
	if (f->bus == NULL)
		return true;
	int64_t topic_id = sql_get_int(f->db, 0, "SELECT topic_id FROM post WHERE id = ?", "i", post_id);
	struct json *j = json_object();
	json_add_int(j, "post_id", post_id);
	json_add_string(j, "poll_name", name);
	return publish_to_topic(f, arena_printf(f->mem, "/polls/%lld", (long long)topic_id), j, topic_id);
}

bool forum_publish_drafts(struct forum *f, int64_t user_id)
{
	if (f->bus == NULL)
		return true;
	struct json *j = json_object();
	json_add_int(j, "draft_count",
		sql_get_int(f->db, 0, "SELECT count(*) FROM draft WHERE user_id = ? AND data IS NOT NULL", "i",
			user_id));
	return publish_to_user(f, arena_printf(f->mem, "/user-drafts/%lld", (long long)user_id), j, user_id);
}
