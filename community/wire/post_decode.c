#include "post_decode.h"

#include "event_decode.h"
#include "poll_decode.h"
#include "str.h"
#include "take.h"

enum { LikeAction = 2 }; /* post_action_types of Discourse */

static void read_like(const struct json *actions, struct post *p)
{
	JSON_EACH (action, json_is_array(actions) ? actions : NULL)
		if (json_int(action, "id", 0) == LikeAction) {
			p->like_count = take_count(action, "count");
			p->liked = json_bool(action, "acted", false);
			p->can_like = json_bool(action, "can_act", false);
			p->like_final = p->liked && !json_bool(action, "can_undo", false);
		}
}

/* The event of a first post does not repeat what its post says. */
static void read_event(const struct json *object, struct arena *a, struct post *p)
{
	struct event e;
	if (!event_decode(object, a, &e))
		return;
	if (e.topic_id == 0)
		e.topic_id = p->topic_id;
	if (e.topic_title == NULL)
		e.topic_title = p->topic_title;
	if (e.category_id == 0)
		e.category_id = p->category_id;
	struct event *kept = ARENA_NEW(a, struct event);
	*kept = e;
	p->event = kept;
}

/* What the topic around the posts knows of them. */
static void fill_from_topic(const struct json *topic, struct arena *a, struct post *p)
{
	if (p->topic_id == 0)
		p->topic_id = take_id(topic, "id");
	if (p->topic_title == NULL)
		p->topic_title = take_title(topic, "title", a);
	if (p->category_id == 0)
		p->category_id = take_id(topic, "category_id");
	p->is_message = p->is_message || str_equal(json_string(topic, "archetype"), "private_message");
}

static int post_type(const struct json *object)
{
	int type = take_int(object, "post_type", 0, 100, POST_REGULAR);
	return type < POST_REGULAR || type > POST_WHISPER ? POST_REGULAR : type;
}

/* topic: the answer around the post, or NULL. */
static bool decode(const struct json *object, const struct json *topic, struct arena *a, struct post *out)
{
	*out = (struct post){
		.id = take_id(object, "id"),
		.topic_id = take_id(object, "topic_id"),
		.user_id = json_int(object, "user_id", 0),
		.post_number = take_int(object, "post_number", 1, 1 << 30, 1),
		.type = post_type(object),
		.username = take_name(object, "username", a),
		.name = take_name(object, "name", a),
		.cooked = json_lines(object, "cooked", WIRE_BODY, a),
		.raw = json_lines(object, "raw", WIRE_BODY, a),
		.created_ms = take_ms(object, "created_at"),
		.updated_ms = take_ms(object, "updated_at"),
		.reply_to_post_number = take_count(object, "reply_to_post_number"),
		.reply_to_username = take_name(json_get(object, "reply_to_user"), "username", a),
		.version = take_int(object, "version", 1, 1 << 30, 1),
		.can_edit = json_bool(object, "can_edit", false),
		.can_delete = json_bool(object, "can_delete", false),
		.can_recover = json_bool(object, "can_recover", false),
		.yours = json_bool(object, "yours", false),
		.hidden = json_bool(object, "hidden", false),
		.deleted = json_bool(object, "user_deleted", false) || json_string(object, "deleted_at") != NULL,
		.bookmarked = json_bool(object, "bookmarked", false),
		.wiki = json_bool(object, "wiki", false),
		.bookmark_id = take_id(object, "bookmark_id"),
		.bookmark_note = take_name(object, "bookmark_name", a),
		.action_code = take_name(object, "action_code", a),
		.action_who = take_name(object, "action_code_who", a),
		.topic_title = take_title(object, "topic_title", a),
		.category_id = take_id(object, "category_id"),
	};
	if (out->id == 0)
		return false;
	read_like(json_get(object, "actions_summary"), out);
	out->poll_count = polls_decode(object, a, &out->poll);
	if (topic != NULL)
		fill_from_topic(topic, a, out);
	read_event(json_get(object, "event"), a, out);
	return true;
}

bool post_decode(const struct json *object, struct arena *a, struct post *out)
{
	return decode(object, NULL, a, out);
}

static void add_posts(const struct json *rows, const struct json *topic, bool message, struct arena *a,
	struct post_list *out)
{
	int max = take_rows(rows, WIRE_ITEMS);
	struct post *post = ARENA_ARRAY(a, (size_t)max + 1, struct post);
	JSON_EACH (row, rows)
		if (out->count < max && decode(row, topic, a, &post[out->count]))
			post[out->count++].is_message |= message;
		else
			out->unread++;
	out->post = post;
}

bool post_list_decode(const struct json *root, struct arena *a, struct post_list *out)
{
	static const struct {
		const char *path;
		bool in_topic, message;
	} places[] = {
		{"latest_posts", false, false}, {"private_posts", false, true}, {"post_stream.posts", true, false},
		{"posts", false, false},
	};
	*out = (struct post_list){0};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const struct json *rows = json_path(root, places[i].path);
		if (json_is_array(rows)) {
			add_posts(rows, places[i].in_topic ? root : NULL, places[i].message, a, out);
			return true;
		}
	}
	if (json_is_array(root)) {
		add_posts(root, NULL, false, a, out);
		return true;
	}
	const struct json *one = json_is_object(json_get(root, "post")) ? json_get(root, "post") : root;
	struct post *post = ARENA_NEW(a, struct post);
	out->post = post;
	out->count = json_get(one, "post_number") != NULL && post_decode(one, a, post);
	return out->count == 1;
}
