#include "write.h"

#include <string.h>

#include "clock.h"
#include "forum_draft.h"
#include "forum_post.h"
#include "site_settings.h"
#include "str.h"

void write_failed(struct request *r, struct response *w, const struct error *err)
{
	static const struct {
		enum error_kind kind;
		int status;
		const char *type;
	} rows[] = {
		{ERR_INVALID, 422, NULL}, {ERR_REFUSED, 422, NULL}, {ERR_CONFLICT, 409, NULL},
		{ERR_FORBIDDEN, 403, "invalid_access"}, {ERR_NOT_FOUND, 404, "not_found"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].kind == err->kind) {
			response_error(w, rows[i].status, rows[i].type, "%s", say(r, err->what));
			return;
		}
	response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
}

void write_refused(struct request *r, struct response *w, const char *english)
{
	response_error(w, 422, NULL, "%s", say(r, english));
}

void write_failed_400(struct request *r, struct response *w, const char *english)
{
	struct json *root = json_object();
	json_add_string(root, "failed", "FAILED");
	json_append_string(json_add_array(root, "errors"), say(r, english));
	w->status = 400;
	response_json(w, root);
}

void write_done(struct response *w)
{
	response_text(w, "text/plain; charset=utf-8", "");
}

struct json *write_post(struct request *r, struct response *w, int64_t post_id)
{
	if (post_id <= 0 || !forum_post_visible(r->db, forum_viewer(r), post_id)) {
		response_not_found(r, w);
		return NULL;
	}
	struct json *post = json_object();
	post_encode(r, post, post_id, POST_RAW);
	return post;
}

void write_answer_post(struct request *r, struct response *w, int64_t post_id, const char *member)
{
	struct json *root = json_object(), *post = member == NULL ? root : json_add_object(root, member);
	post_encode(r, post, post_id, POST_RAW);
	json_add_int(post, "draft_sequence",
		forum_draft_sequence(r->db, r->me.user_id, forum_draft_key(r->mem, json_int(post, "topic_id", 0), false)));
	response_json(w, root);
}

bool write_voice(struct request *r, struct response *w)
{
	if (r->me.silenced)
		response_error(w, 403, "invalid_access", "%s", say(r, "You may not write at the moment."));
	return !r->me.silenced;
}

bool write_topic_visible(struct request *r, struct response *w, int64_t topic_id)
{
	if (topic_id > 0 && forum_topic_visible(r->db, forum_viewer(r), topic_id))
		return true;
	response_not_found(r, w);
	return false;
}

const char *write_param(const struct request *r, const char *const *names)
{
	for (; *names != NULL; names++) {
		const char *value = request_param(r, *names);
		if (value != NULL)
			return value;
	}
	return NULL;
}

/* "tags[]", "tags[3]", "tags[][name]", "tags[3][name]" */
static bool names_a_tag(const char *name)
{
	if (!str_starts(name, "tags["))
		return false;
	const char *rest = name + strlen("tags[");
	rest += strspn(rest, "0123456789");
	return str_equal(rest, "]") || str_equal(rest, "][name]");
}

int write_tags(const struct request *r, const char *const **tags)
{
	int count = 0, seen = 0, all = 0;
	const struct param *p = request_params(r);
	while (p[all].name != NULL)
		all++;
	const char **list = ARENA_ARRAY(r->mem, (size_t)all + 1, const char *);
	for (; p->name != NULL; p++) {
		bool one = names_a_tag(p->name);
		seen += one || str_equal(p->name, "tags");
		if (one && !str_empty(p->value))
			list[count++] = p->value;
	}
	*tags = list;
	return seen == 0 && json_get(request_json(r), "tags") == NULL ? -1 : count;
}

bool write_tags_allowed(struct request *r, struct response *w, int count, int64_t category_id)
{
	int64_t least = r->me.staff ? 0 : sql_get_int(r->db, 0,
		"SELECT minimum_required_tags FROM category WHERE id = ?", "i", category_id);
	int64_t most = site_setting_int(r, "max_tags_per_topic");
	const char *refusal = count > most ? say(r, "A topic can have at most %lld tags.")
		: count < least ? say(r, "A topic here needs at least %lld tags.") : NULL;
	if (refusal != NULL)
		response_error(w, 422, NULL, refusal, (long long)(count > most ? most : least));
	return refusal == NULL;
}

bool write_time(struct request *r, struct response *w, const char *name, int64_t *ms)
{
	const char *text = request_param(r, name);
	*ms = 0;
	if (str_empty(text) || time_parse(text, ms, NULL))
		return true;
	response_invalid(r, w, name);
	return false;
}

bool write_in_groups(struct request *r, const char *setting)
{
	return sql_get_int(r->db, 0, "SELECT 1 FROM group_member WHERE user_id = ?"
		" AND instr('|' || ? || '|', '|' || group_id || '|') > 0", "is", r->me.user_id,
		site_setting(r, setting)) == 1;
}

int64_t write_length(const char *s)
{
	int64_t n = 0;
	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}
