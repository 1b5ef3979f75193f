#include "post.h"

#include "mem.h"
#include "str.h"
#include "text.h"

static const struct {
	const char *code, *words;
} actions[] = {
	{"closed.enabled", N_("This topic is closed.")},
	{"closed.disabled", N_("This topic is open again.")},
	{"autoclosed.enabled", N_("This topic was closed by the site.")},
	{"autoclosed.disabled", N_("This topic was opened by the site.")},
	{"archived.enabled", N_("This topic is archived.")},
	{"archived.disabled", N_("This topic is no longer archived.")},
	{"pinned.enabled", N_("This topic stays at the top.")},
	{"pinned_globally.enabled", N_("This topic stays at the top of all lists.")},
	{"pinned.disabled", N_("This topic no longer stays at the top.")},
	{"pinned_globally.disabled", N_("This topic no longer stays at the top of all lists.")},
	{"visible.enabled", N_("This topic is in the lists again.")},
	{"visible.disabled", N_("This topic is no longer in the lists.")},
	{"split_topic", N_("Posts were moved to another topic.")},
	{"invited_user", N_("A member was added.")},
	{"invited_group", N_("A group was added.")},
	{"user_left", N_("A member left this conversation.")},
	{"removed_user", N_("A member was removed.")},
	{"removed_group", N_("A group was removed.")},
	{"public_topic", N_("This conversation became a public topic.")},
	{"private_topic", N_("This topic became a private conversation.")},
	{"autobumped", N_("This topic was moved up by the site.")},
};

const char *post_action_words(const char *action_code)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (str_equal(actions[i].code, action_code))
			return _(actions[i].words);
	return NULL;
}
