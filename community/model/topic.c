#include "topic.h"

bool topic_has_unread(const struct topic *t)
{
	return t->notification_level != TOPIC_MUTED && t->highest_post_number > t->last_read_post_number;
}
