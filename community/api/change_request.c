#include "change_request.h"

#include <string.h>

#include "arena.h"
#include "event.h"
#include "mem.h"
#include "str.h"
#include "write_endpoints.h"

/* A change on its way to a request. */
struct making {
	const struct change *c;
	const struct change_site *site;
	struct arena mem;
};

enum { NameGap = 2 }; /* names are joined with ", " */

/* How long the known option is that starts here as a whole name; 0: none. Options may hold commas themselves. */
static size_t known_option(const char *text, const struct user_field *field)
{
	size_t longest = 0;
	for (int i = 0; field != NULL && i < field->option_count; i++) {
		size_t n = strlen(field->options[i]);
		bool whole = str_starts(text, field->options[i]) && (text[n] == '\0' || str_starts(text + n, ", "));
		if (whole && n > longest)
			longest = n;
	}
	return longest;
}

static struct words split(struct arena *a, const char *names, const struct user_field *field)
{
	const char *at = str_or_empty(names);
	const char **word = ARENA_ARRAY(a, strlen(at) / NameGap + 1, const char *);
	struct words out = {.word = word};
	while (*at != '\0') {
		size_t n = known_option(at, field);
		const char *comma = n > 0 ? at + n : strstr(at, ", ");
		n = comma == NULL ? strlen(at) : (size_t)(comma - at);
		if (n > 0)
			word[out.count++] = arena_strndup(a, at, n);
		at += n;
		at += str_starts(at, ", ") ? NameGap : 0;
	}
	return out;
}

static struct new_text new_text(struct making *m)
{
	const struct change *c = m->c;
	return (struct new_text){
		.raw = c->body, .title = c->title, .draft_key = m->site->draft_key, .category_id = c->category_id,
		.topic_id = c->topic_id, .reply_to = c->number, .tags_are_objects = m->site->tags_are_objects,
		.typing_ms = c->typing_ms, .open_ms = c->open_ms,
	};
}

static bool make_topic(struct making *m, struct request *out)
{
	struct new_text t = new_text(m);
	if (m->site->tagging)
		t.tags = split(&m->mem, m->c->names, NULL);
	*out = endpoint_create_topic(&t);
	return true;
}

static bool make_reply(struct making *m, struct request *out)
{
	struct new_text t = new_text(m);
	*out = endpoint_create_reply(&t);
	return true;
}

static bool make_message(struct making *m, struct request *out)
{
	struct new_text t = new_text(m);
	t.recipients = split(&m->mem, m->c->names, NULL);
	*out = endpoint_create_message(&t);
	return true;
}

static bool make_edit(struct making *m, struct request *out)
{
	const struct change *c = m->c;
	*out = endpoint_edit_post(&(struct text_edit){.post_id = c->post_id, .raw = c->body, .original = c->original,
		.title = c->title, .category_id = str_empty(c->title) ? 0 : c->category_id});
	return true;
}

static bool make_tags(struct making *m, struct request *out)
{
	const struct change *c = m->c;
	if (str_empty(c->title) || c->topic_id == 0 || c->category_id == 0 || !m->site->tagging)
		return false;
	struct words tags = split(&m->mem, c->names, NULL);
	*out = endpoint_edit_topic(c->topic_id, NULL, 0, &tags, m->site->tags_are_objects);
	return true;
}

static bool make_delete(struct making *m, struct request *out)
{
	*out = endpoint_delete_post(m->c->post_id);
	return true;
}

static bool make_recover(struct making *m, struct request *out)
{
	*out = endpoint_recover_post(m->c->post_id);
	return true;
}

static bool make_like(struct making *m, struct request *out)
{
	*out = endpoint_like(m->c->post_id);
	return true;
}

static bool make_unlike(struct making *m, struct request *out)
{
	*out = endpoint_unlike(m->c->post_id);
	return true;
}

static bool make_bookmark(struct making *m, struct request *out)
{
	const struct change *c = m->c;
	*out = c->before != 0 ? endpoint_update_bookmark(c->before, c->body)
		: endpoint_create_bookmark(c->post_id, c->body);
	return true;
}

static bool make_unbookmark(struct making *m, struct request *out)
{
	*out = endpoint_delete_bookmark(m->c->before);
	return m->c->before != 0;
}

static bool make_flag(struct making *m, struct request *out)
{
	*out = endpoint_flag(m->c->post_id, (int)m->c->number, m->c->body);
	return true;
}

static bool make_topic_level(struct making *m, struct request *out)
{
	*out = endpoint_topic_level(m->c->topic_id, (int)m->c->number);
	return true;
}

static bool make_category_level(struct making *m, struct request *out)
{
	*out = endpoint_category_level(m->c->category_id, (int)m->c->number);
	return true;
}

static bool make_member_level(struct making *m, struct request *out)
{
	static const char *const words[] = {[MEMBER_NORMAL] = "normal", [MEMBER_MUTED] = "mute",
		[MEMBER_IGNORED] = "ignore"};
	/* The site wants an end; members ignore until they say otherwise. */
	static const int64_t hundred_years_ms = 36500LL * 86400 * 1000;
	int64_t level = m->c->number;
	if (level < 0 || level >= (int64_t)COUNT(words))
		return false;
	*out = endpoint_member_level(m->c->names, words[level],
		level == MEMBER_IGNORED ? m->site->now_ms + hundred_years_ms : 0);
	return true;
}

static bool make_archive(struct making *m, struct request *out)
{
	*out = endpoint_archive_message(m->c->topic_id);
	return true;
}

static bool make_unarchive(struct making *m, struct request *out)
{
	*out = endpoint_unarchive_message(m->c->topic_id);
	return true;
}

static bool make_vote(struct making *m, struct request *out)
{
	*out = endpoint_vote(m->c->post_id, m->c->title, split(&m->mem, m->c->names, NULL), m->site->ranked_poll);
	return true;
}

static bool make_unvote(struct making *m, struct request *out)
{
	*out = endpoint_unvote(m->c->post_id, m->c->title);
	return true;
}

static bool make_attendance(struct making *m, struct request *out)
{
	const char *status = attendance_word((enum attendance)m->c->number);
	int64_t event_id = m->c->post_id, mine = m->site->invitee_id;
	if (status == NULL && mine == 0)
		return false;
	*out = status == NULL ? endpoint_delete_invitee(event_id, mine)
		: mine == 0 ? endpoint_create_invitee(event_id, status)
		: endpoint_update_invitee(event_id, mine, status);
	return true;
}

static bool make_profile(struct making *m, struct request *out)
{
	const struct user_field *field = m->site->field;
	bool many = field != NULL && str_equal(field->type, "multiselect");
	*out = many ? endpoint_profile_choices(m->site->username, field->id, split(&m->mem, m->c->body, field))
		: endpoint_profile(m->site->username, m->c->title, m->c->body);
	return true;
}

enum { MaxSteps = 2 };

static bool (*const makers[CHANGE_KINDS][MaxSteps])(struct making *m, struct request *out) = {
	[CHANGE_TOPIC] = {make_topic},
	[CHANGE_REPLY] = {make_reply},
	[CHANGE_MESSAGE] = {make_message},
	[CHANGE_EDIT] = {make_edit, make_tags},
	[CHANGE_DELETE] = {make_delete},
	[CHANGE_RECOVER] = {make_recover},
	[CHANGE_LIKE] = {make_like},
	[CHANGE_UNLIKE] = {make_unlike},
	[CHANGE_BOOKMARK] = {make_bookmark},
	[CHANGE_UNBOOKMARK] = {make_unbookmark},
	[CHANGE_FLAG] = {make_flag},
	[CHANGE_TOPIC_LEVEL] = {make_topic_level},
	[CHANGE_CATEGORY_LEVEL] = {make_category_level},
	[CHANGE_MEMBER_LEVEL] = {make_member_level},
	[CHANGE_ARCHIVE] = {make_archive},
	[CHANGE_UNARCHIVE] = {make_unarchive},
	[CHANGE_VOTE] = {make_vote},
	[CHANGE_UNVOTE] = {make_unvote},
	[CHANGE_ATTENDANCE] = {make_attendance},
	[CHANGE_PROFILE] = {make_profile},
};

bool change_request(const struct change *c, const struct change_site *site, int step, struct request *out)
{
	struct making m = {.c = c, .site = site};
	*out = (struct request){0};
	if (step < 0 || step >= MaxSteps || c->kind <= 0 || c->kind >= CHANGE_KINDS || makers[c->kind][step] == NULL)
		return false;
	bool made = makers[c->kind][step](&m, out);
	if (!made)
		request_fini(out);
	arena_fini(&m.mem);
	return made;
}
