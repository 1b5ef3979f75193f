#include "notice.h"

#include "mem.h"
#include "text.h"

/* Types from Discourse's app/models/notification.rb. */
static const struct {
	int type;
	const char *pattern;
} patterns[] = {
	{1, N_("%s mentions you")},
	{2, N_("%s replied to you")},
	{3, N_("%s quotes you")},
	{4, N_("%s edited your post")},
	{5, N_("%s likes your post")},
	{6, N_("%s sent you a message")},
	{7, N_("%s added you to a message")},
	{9, N_("%s posted in a topic you follow")},
	{10, N_("%s moved your post")},
	{11, N_("%s links to your post")},
	{13, N_("%s invites you to a topic")},
	{15, N_("%s mentions your group")},
	{16, N_("There are messages for your group")},
	{17, N_("%s began a topic")},
	{18, N_("You asked to be reminded of this topic")},
	{19, N_("%s likes several of your posts")},
	{20, N_("Your post was approved")},
	{24, N_("You asked to be reminded of this")},
	{25, N_("%s reacted to your post")},
	{27, N_("A meeting you signed up for is near")},
	{28, N_("%s invites you to a meeting")},
	{34, N_("%s gave you a task")},
	{36, N_("%s began a topic you follow")},
};

const char *notice_pattern(int type)
{
	for (size_t i = 0; i < COUNT(patterns); i++)
		if (patterns[i].type == type)
			return _(patterns[i].pattern);
	return _("Something new for you");
}
