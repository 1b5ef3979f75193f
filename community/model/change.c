#include "change.h"

#include <stdio.h>

#include "mem.h"
#include "random.h"
#include "str.h"

const char change_profile_name[] = "name";
const char change_profile_bio[] = "bio_raw";
const char change_profile_location[] = "location";
const char change_profile_website[] = "website";

static const struct {
	const char *word;
	enum change_kind inverse; /* 0: nothing undoes it */
} kinds[CHANGE_KINDS] = {
	[CHANGE_TOPIC] = {"topic", CHANGE_DELETE},
	[CHANGE_REPLY] = {"reply", CHANGE_DELETE},
	[CHANGE_MESSAGE] = {"message", 0},
	[CHANGE_EDIT] = {"edit", CHANGE_EDIT},
	[CHANGE_DELETE] = {"delete", CHANGE_RECOVER},
	[CHANGE_RECOVER] = {"recover", CHANGE_DELETE},
	[CHANGE_LIKE] = {"like", CHANGE_UNLIKE},
	[CHANGE_UNLIKE] = {"unlike", CHANGE_LIKE},
	[CHANGE_BOOKMARK] = {"bookmark", CHANGE_UNBOOKMARK},
	[CHANGE_UNBOOKMARK] = {"unbookmark", CHANGE_BOOKMARK},
	[CHANGE_FLAG] = {"flag", 0},
	[CHANGE_TOPIC_LEVEL] = {"topic_level", CHANGE_TOPIC_LEVEL},
	[CHANGE_CATEGORY_LEVEL] = {"category_level", CHANGE_CATEGORY_LEVEL},
	[CHANGE_MEMBER_LEVEL] = {"member_level", CHANGE_MEMBER_LEVEL},
	[CHANGE_ARCHIVE] = {"archive", CHANGE_UNARCHIVE},
	[CHANGE_UNARCHIVE] = {"unarchive", CHANGE_ARCHIVE},
	[CHANGE_VOTE] = {"vote", CHANGE_VOTE},
	[CHANGE_UNVOTE] = {"unvote", CHANGE_VOTE},
	[CHANGE_ATTENDANCE] = {"attendance", CHANGE_ATTENDANCE},
	[CHANGE_PROFILE] = {"profile", CHANGE_PROFILE},
	[CHANGE_READ_ALL] = {"read_all", 0},
};

int64_t change_new_id(void)
{
	uint64_t id;
	random_bytes(&id, sizeof id);
	return (int64_t)(id >> 2) | 1;
}

bool change_is_text(enum change_kind kind)
{
	return kind >= CHANGE_TOPIC && kind <= CHANGE_EDIT;
}

const char *change_kind_word(enum change_kind kind)
{
	return kinds[kind].word;
}

const char *change_state_word(enum change_state state)
{
	static const char *const words[] = {"draft", "waiting", "sending", "unsure", "done", "refused"};
	return words[state];
}

static bool is_first_vote(const struct change *c)
{
	return c->kind == CHANGE_VOTE && str_empty(c->original);
}

/* A first post comes with its topic. */
static void swap_topic(const struct change *c, struct change *out)
{
	if (str_empty(c->was_title))
		return;
	out->title = c->was_title;
	out->names = c->was_names;
	out->category_id = c->was_category_id;
	out->was_title = c->title;
	out->was_names = c->names;
	out->was_category_id = c->category_id;
}

/* A bookmark that was there already gets its old note back. */
static bool is_new_note(const struct change *c)
{
	return c->kind == CHANGE_BOOKMARK && c->before != 0;
}

bool change_inverse(const struct change *c, int64_t done_post_id, struct change *out)
{
	enum change_kind kind = is_first_vote(c) ? CHANGE_UNVOTE : is_new_note(c) ? c->kind : kinds[c->kind].inverse;
	if (kind == 0)
		return false;
	*out = *c;
	out->kind = kind;
	out->number = c->before;
	out->before = c->number;
	out->after = out->writer = 0;
	swap_topic(c, out);
	if (kind == CHANGE_EDIT || kind == CHANGE_PROFILE) {
		out->body = c->original;
		out->original = c->body;
	} else if (kind == CHANGE_VOTE || kind == CHANGE_UNVOTE) {
		out->names = c->original;
		out->original = c->names;
	} else if (kind == CHANGE_BOOKMARK) {
		out->body = c->original;
		out->original = is_new_note(c) ? c->body : "";
		out->before = is_new_note(c) ? c->before : 0;
	} else if (kind == CHANGE_DELETE && c->kind != CHANGE_RECOVER) {
		out->post_id = done_post_id;
	}
	return kind != CHANGE_DELETE || out->post_id != 0;
}

void change_lane(const struct change *c, char *out, int bytes)
{
	size_t n = (size_t)bytes;
	if (c->topic_id != 0)
		snprintf(out, n, "topic %lld", (long long)c->topic_id);
	else if (c->post_id != 0)
		snprintf(out, n, "post %lld", (long long)c->post_id);
	else if (c->kind == CHANGE_CATEGORY_LEVEL)
		snprintf(out, n, "category %lld", (long long)c->category_id);
	else if (c->kind == CHANGE_PROFILE || c->kind == CHANGE_READ_ALL)
		snprintf(out, n, "%s", kinds[c->kind].word);
	else if (c->kind == CHANGE_MEMBER_LEVEL)
		snprintf(out, n, "member %.56s", str_or_empty(c->names));
	else
		snprintf(out, n, "new %lld", (long long)c->id);
}
