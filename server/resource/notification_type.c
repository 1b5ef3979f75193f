#include "notification_type.h"

#include <stddef.h>

#include "str.h"

const struct notification_type notification_types[] = {
	{"mentioned", 1}, {"replied", 2}, {"quoted", 3}, {"edited", 4}, {"liked", 5}, {"private_message", 6},
	{"invited_to_private_message", 7}, {"invitee_accepted", 8}, {"posted", 9}, {"moved_post", 10},
	{"linked", 11}, {"granted_badge", 12}, {"invited_to_topic", 13}, {"custom", 14},
	{"group_mentioned", 15}, {"group_message_summary", 16}, {"watching_first_post", 17},
	{"topic_reminder", 18}, {"liked_consolidated", 19}, {"post_approved", 20},
	{"code_review_commit_approved", 21}, {"membership_request_accepted", 22},
	{"membership_request_consolidated", 23}, {"bookmark_reminder", 24}, {"reaction", 25},
	{"votes_released", 26}, {"event_reminder", 27}, {"event_invitation", 28}, {"chat_mention", 29},
	{"chat_message", 30}, {"chat_invitation", 31}, {"chat_group_mention", 32}, {"chat_quoted", 33},
	{"assigned", 34}, {"question_answer_user_commented", 35}, {"watching_category_or_tag", 36},
	{"new_features", 37}, {"admin_problems", 38}, {"linked_consolidated", 39}, {"chat_watched_thread", 40},
	{"upcoming_change_available", 41}, {"upcoming_change_automatically_promoted", 42}, {"boost", 43},
	{"suggested_edit_created", 44}, {"suggested_edit_accepted", 45}, {"following", 800},
	{"following_created_topic", 801}, {"following_replied", 802}, {"circles_activity", 900},
	{NULL, 0},
};

int notification_type_id(const char *name)
{
	for (const struct notification_type *t = notification_types; t->name != NULL; t++)
		if (str_equal(t->name, name))
			return t->id;
	int64_t number = 0;
	return name != NULL && str_to_int(name, 1, 100000, &number) ? (int)number : 0;
}
