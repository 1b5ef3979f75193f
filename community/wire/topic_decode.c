#include "topic_decode.h"

#include "post_decode.h"
#include "str.h"

int tags_decode(const struct json *tags, struct arena *a, const char *const **out)
{
	return take_words(tags, "name", a, out);
}

/* A row of posters[] or participants[]: by id, or with the user in it. */
static const char *poster_name(const struct json *row, const struct name_index *members, struct arena *a)
{
	const char *name = take_name(json_get(row, "user"), "username", a);
	if (name == NULL)
		name = take_name(row, "username", a);
	return name != NULL ? name : name_index_find(members, json_int(row, "user_id", 0));
}

/* The one who began the topic comes first in posters[]. */
static const char *author(const struct json *object, const struct name_index *members, struct arena *a)
{
	const char *name = take_name(json_path(object, "details.created_by"), "username", a);
	const struct json *posters = json_get(object, "posters");
	if (name == NULL && json_is_array(posters) && json_first(posters) != NULL)
		name = poster_name(json_first(posters), members, a);
	return name;
}

static bool contains(const char *const *name, int count, const char *wanted)
{
	for (int i = 0; i < count; i++)
		if (str_equal(name[i], wanted))
			return true;
	return false;
}

/* Those who may read a message: a list has posters and participants, a topic has details.allowed_users. */
static void participants(struct topic *t, const struct json *object, const struct name_index *members,
	struct arena *a)
{
	const struct json *source[] = {json_path(object, "details.allowed_users"), json_get(object, "participants"),
		json_get(object, "posters")};
	const char **name = ARENA_ARRAY(a, WIRE_FEW, const char *);
	for (int i = 0; i < 3; i++)
		JSON_EACH (row, json_is_array(source[i]) ? source[i] : NULL) {
			const char *who = poster_name(row, members, a);
			if (t->participant_count < WIRE_FEW && who != NULL &&
				!contains(name, t->participant_count, who))
				name[t->participant_count++] = who;
		}
	t->participant = name;
	const struct json *groups = json_path(object, "details.allowed_groups");
	t->group_count = take_words(groups != NULL ? groups : json_get(object, "allowed_groups"), "name", a, &t->group);
}

bool topic_decode(const struct json *object, const struct name_index *members, struct arena *a, struct topic *out)
{
	const char *title = take_title(object, "title", a), *kind = json_string(object, "archetype");
	const struct json *level = json_path(object, "details.notification_level");
	*out = (struct topic){
		.id = take_id(object, "id"),
		.category_id = take_id(object, "category_id"),
		.title = title != NULL ? title : take_escaped(object, "fancy_title", WIRE_TITLE, a),
		.slug = take_name(object, "slug", a),
		.is_message = str_equal(kind, "private_message"),
		.posts_count = take_count(object, "posts_count"),
		.highest_post_number = take_count(object, "highest_post_number"),
		.last_read_post_number = take_count(object, "last_read_post_number"),
		.notification_level = take_int(level != NULL ? json_get(object, "details") : object,
			"notification_level", TOPIC_MUTED, TOPIC_WATCHING, -1),
		.created_ms = take_ms(object, "created_at"),
		.last_posted_ms = take_ms(object, "last_posted_at"),
		.bumped_ms = take_ms(object, "bumped_at"),
		.pinned = json_bool(object, "pinned", false) || json_bool(object, "pinned_globally", false),
		.closed = json_bool(object, "closed", false),
		.archived = json_bool(object, "archived", false),
		.visible = json_bool(object, "visible", true),
		.bookmarked = json_bool(object, "bookmarked", false),
		.deleted = json_string(object, "deleted_at") != NULL,
		.author = author(object, members, a),
		.last_poster = take_name(object, "last_poster_username", a),
		.event_starts_ms = take_ms(object, "event_starts_at"),
		.views = take_count(object, "views"),
		.like_count = take_count(object, "like_count"),
	};
	if (out->highest_post_number < out->posts_count && out->highest_post_number == 0)
		out->highest_post_number = out->posts_count;
	if (out->last_poster == NULL)
		out->last_poster = take_name(json_path(object, "details.last_poster"), "username", a);
	if (out->bumped_ms == 0)
		out->bumped_ms = out->last_posted_ms != 0 ? out->last_posted_ms : out->created_ms;
	out->tag_count = tags_decode(json_get(object, "tags"), a, &out->tag);
	if (out->is_message)
		participants(out, object, members, a);
	return out->id != 0;
}

bool topic_page_decode(const struct json *root, struct arena *a, struct topic_page *out)
{
	const struct json *list = json_get(root, "topic_list"), *rows = json_get(list, "topics");
	*out = (struct topic_page){0};
	if (!json_is_array(rows))
		return false;
	int max = take_rows(rows, WIRE_ITEMS);
	struct topic *topic = ARENA_ARRAY(a, (size_t)max + 1, struct topic);
	struct name_index members = name_index_build(json_get(root, "users"), a);
	JSON_EACH (row, rows)
		if (out->count < max && topic_decode(row, &members, a, &topic[out->count]))
			out->count++;
	out->topic = topic;
	out->more = !str_empty(json_string(list, "more_topics_url"));
	out->per_page = take_int(list, "per_page", 0, WIRE_ITEMS, 0);
	return true;
}

static void read_stream(const struct json *stream, struct arena *a, struct topic_view *out)
{
	int max = take_rows(stream, WIRE_STREAM);
	int64_t *id = ARENA_ARRAY(a, (size_t)max + 1, int64_t);
	int unread = 0;
	JSON_EACH (row, max > 0 ? stream : NULL) {
		int64_t v = json_as_int(row, 0);
		if (out->stream_count < max && v > 0)
			id[out->stream_count++] = v;
		else
			unread++;
	}
	out->stream = id;
	/* What is not in the stream is deleted here: half a stream is none. */
	out->has_stream = json_is_array(stream) && unread == 0 && (max > 0 || out->post_count == 0);
}

bool topic_view_decode(const struct json *root, struct arena *a, struct topic_view *out)
{
	const struct json *stream = json_path(root, "post_stream.stream");
	struct post_list posts = {0};
	*out = (struct topic_view){0};
	if (!topic_decode(root, NULL, a, &out->topic) || !json_is_object(json_get(root, "post_stream")))
		return false;
	post_list_decode(root, a, &posts);
	out->post = posts.post;
	out->post_count = posts.count;
	read_stream(stream, a, out);
	out->bus_last_id = json_int(root, "message_bus_last_id", -1);
	out->draft_sequence = json_int(root, "draft_sequence", -1);
	out->draft_key = take_name(root, "draft_key", a);
	out->can_reply = json_bool(json_get(root, "details"), "can_create_post", false);
	out->slow_mode_seconds = take_count(root, "slow_mode_seconds");
	return true;
}
