#include "write.h"

#include "forum_post.h"
#include "forum_publish.h"
#include "forum_user.h"
#include "pace.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* Likes, and flags: telling the moderators or the writer that something is wrong with a post. */

enum { Like = 2, OffTopic = 3, Inappropriate = 4, NotifyUser = 6, NotifyModerators = 7, Spam = 8, Illegal = 10 };

static const struct flag {
	int type;
	const char *title; /* of the message that goes with it; NULL: none */
	bool to_writer;
} flags[] = {
	{OffTopic, NULL, false},
	{Inappropriate, NULL, false},
	{Spam, NULL, false},
	{NotifyUser, N_("About your post in \"%s\""), true},
	{NotifyModerators, N_("A post in \"%s\" needs a look"), false},
	{Illegal, N_("A post in \"%s\" needs a look"), false},
};

static void like(struct request *r, struct response *w, int64_t post_id)
{
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!pace_allows(r, w, PACE_LIKE))
		return;
	if (!forum_like(&f, post_id, r->me.user_id, 0, &err)) {
		write_failed(r, w, &err);
		return;
	}
	write_answer_post(r, w, post_id, NULL);
	int64_t most = pace_most(r, PACE_LIKE);
	if (most == 0)
		return;
	response_header(w, "Discourse-Actions-Remaining",
		arena_printf(r->mem, "%lld", (long long)pace_left(r, PACE_LIKE)));
	response_header(w, "Discourse-Actions-Max", arena_printf(r->mem, "%lld", (long long)most));
}

/* The words that go with a flag, as a message with the address of the post. Moderators can always be told; a
 * message to the writer keeps to the rules of every message (silence, groups, pace). */
static bool send_words(struct request *r, struct forum *f, const struct flag *flag, const struct json *post,
	const char *words, struct error *err)
{
	struct posted p;
	const char *writer = json_string(post, "username"), *group = "moderators";
	const char *title = sql_get_text(r->db, r->mem, "SELECT title FROM topic WHERE id = ?", "i",
		json_int(post, "topic_id", 0));
	const struct new_post n = {
		.user_id = r->me.user_id, .message = true, .unchecked = !flag->to_writer, .recipient_count = 1,
		.draft_key = "",
		.recipient = flag->to_writer ? &writer : &group,
		.title = arena_printf(r->mem, say(r, flag->title), title),
		.raw = arena_printf(r->mem, "%s\n\n%s%s", words, f->base_url, str_or_empty(json_string(post, "post_url"))),
	};
	return forum_post_create(f, &n, &p, err);
}

static void flag_post(struct request *r, struct response *w, const struct json *post, const struct flag *flag)
{
	struct forum f = forum_of(r);
	struct error err = {0};
	int64_t id = json_int(post, "id", 0);
	const char *words = request_param(r, "message");
	if (flag->title != NULL && str_empty(words)) {
		write_refused(r, w, N_("Say what is wrong with the post."));
		return;
	}
	if (!pace_allows(r, w, PACE_FLAG))
		return;
	if (sql_run(r->db, &err, "INSERT INTO post_action (post_id, user_id, type, message, created_ms)"
			" VALUES (?, ?, ?, ?, ?)", "iinsi", id, r->me.user_id, flag->type, words, r->now_ms) &&
		(flag->title == NULL || send_words(r, &f, flag, post, words, &err)) && forum_publish_post(&f, id, "acted"))
		write_answer_post(r, w, id, NULL);
	else
		write_failed(r, w, &err);
}

static const struct flag *flag_of(int64_t type)
{
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (flags[i].type == type)
			return &flags[i];
	return NULL;
}

/* Does the post say that this action is open to the requester? */
static bool can_act(const struct json *post, int64_t type)
{
	JSON_EACH(action, json_get(post, "actions_summary"))
		if (json_int(action, "id", 0) == (type == Illegal ? NotifyModerators : type))
			return json_bool(action, "can_act", false);
	return false;
}

static void create(struct request *r, struct response *w)
{
	int64_t type = request_param_int(r, "post_action_type_id", 0);
	const struct flag *flag = flag_of(type);
	if (flag == NULL && type != Like) {
		response_invalid(r, w, "post_action_type_id");
		return;
	}
	struct json *post = write_voice(r, w) ? write_post(r, w, request_param_int(r, "id", 0)) : NULL;
	if (post == NULL)
		return;
	if (!can_act(post, type))
		response_forbidden(r, w);
	else if (type == Like)
		like(r, w, json_int(post, "id", 0));
	else
		flag_post(r, w, post, flag);
	json_free(post);
}

static void destroy(struct request *r, struct response *w)
{
	int64_t type = request_param_int(r, "post_action_type_id", 0), id = request_part_id(r, "id");
	struct forum f = forum_of(r);
	struct error err = {0};
	struct json *post = write_post(r, w, id);
	if (post == NULL)
		return;
	json_free(post);
	if (sql_get_int(r->db, 0, "SELECT 1 FROM post_action WHERE post_id = ? AND user_id = ? AND type = ?", "iii", id,
			r->me.user_id, type) != 1)
		response_not_found(r, w);
	else if (type != Like)
		response_forbidden(r, w);
	else if (forum_unlike(&f, id, r->me.user_id, &err))
		write_answer_post(r, w, id, NULL);
	else
		write_failed(r, w, &err);
}

const struct route post_action_write_routes[] = {
	{"POST", "/post_actions", create, ROUTE_LOGIN},
	{"DELETE", "/post_actions/:id", destroy, ROUTE_LOGIN},
	{0},
};
