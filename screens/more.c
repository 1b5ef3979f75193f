#include "screens.h"

#include "mem.h"
#include "menu.h"
#include "text.h"

static const struct menu_item items[] = {
	{N_("Search"), N_("In members, meetings, topics and posts"), "search"},
	{N_("Notices"), N_("What concerns you"), "notices"},
	{N_("Topics with new posts"), N_("All topics with posts you have not read"), "topics", .target = {.number = 1}},
	{N_("Saved for reading"), N_("Topics you bookmarked"), "topics", .target = {.number = 2}},
	{N_("Fetch new items"), N_("Look at the server now"), NULL, "fetch"},
	{N_("Log in at a community"), N_("A new log-in, or another community"), "login"},
	{N_("Help"), N_("The keys and how kring works"), "help", .target = {.text = "start"}},
	{N_("Exit"), N_("Leave kring"), NULL, "exit"},
};

static void more_load(struct screen *s)
{
	s->title = _("More options");
	s->count = COUNT(items);
}

static void more_rows(struct screen *s, int first, int n, struct row *out)
{
	menu_rows(items, first, n, out);
}

static void more_enter(struct screen *s, const struct row *row)
{
	menu_enter(s, items, row);
}

const struct screen_ops more_ops = {
	.name = "more", .kind = SCREEN_LIST, .item_rows = 2,
	.load = more_load, .rows = more_rows, .enter = more_enter,
};
