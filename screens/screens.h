#pragma once
#include "screen.h"

extern const struct screen_ops start_ops, more_ops, members_ops, member_ops, member_posts_ops, board_ops, topics_ops,
	topic_ops, calendar_ops, event_ops, attendees_ops, messages_ops, search_ops, notices_ops, help_ops, actions_ops,
	link_ops, login_ops;

/* Every screen of kring, in one list: the program, the tests and the manual know only this. Ends with NULL. */
extern const struct screen_ops *const screens[];
/* NULL when there is no such screen. */
const struct screen_ops *screens_find(const char *name);
