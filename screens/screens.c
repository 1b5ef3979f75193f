#include "screens.h"

#include <string.h>

const struct screen_ops *const screens[] = {
	&start_ops, &members_ops, &member_ops, &member_posts_ops, &board_ops, &topics_ops, &topic_ops, &calendar_ops,
	&week_ops, &month_ops, &calendar_filter_ops, &calendar_place_ops, &reminder_ops,
	&event_ops, &attendees_ops, &messages_ops, &more_ops, &absence_ops, &search_ops, &notices_ops, &help_ops,
	&actions_ops, &link_ops, &login_ops, &vote_ops, &sign_up_ops, &agreements_ops, &member_level_ops,
	&note_ops, &notes_ops, &profile_ops, &profile_field_ops, &profile_text_ops, &profile_choice_ops, &confirm_ops,
	&said_ops, &welcome_ops, &settings_ops, &restore_ops, &setting_ops, &setting_text_ops, &keys_ops,
	&key_ops, &key_press_ops, &outbox_ops, &outbox_item_ops, &level_ops, &flag_ops, &flag_words_ops,
	&bookmark_ops, &compose_ops, &draft_ops, &draft_category_ops, &draft_offer_ops, &draft_part_ops,
	&draft_theirs_ops, &markdown_ops, &overview_ops, &preview_ops, &proposal_ops, &proposal_part_ops,
	&meeting_new_ops, &meeting_ops, &meeting_part_ops, &meeting_choice_ops,
	&guide_ops, &guide_write_ops, &guide_ask_ops, &guide_choice_ops, &prepare_ops, &prepare_look_ops,
	&look_back_ops, &looks_back_ops, NULL,
};

const struct screen_ops *screens_find(const char *name)
{
	for (int i = 0; screens[i] != NULL; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i];
	return NULL;
}
