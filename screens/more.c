#include "screens.h"

#include "low_energy.h"
#include "mem.h"
#include "menu.h"
#include "str.h"
#include "text.h"

/* The first ones stand on the first screen, when that shows everything. */
enum { Places = 4 };

static const struct menu_item items[] = {
	{N_("Members"), N_("Who is a member, and what members do"), "members"},
	{N_("Board"), N_("Read what members wrote"), "board"},
	{N_("Calendar"), N_("Intervision and meetings"), "calendar"},
	{N_("Messages"), N_("Private messages to you"), "messages"},
	{N_("Search"), N_("In members, meetings, topics and posts"), "search"},
	{N_("Notices"), N_("About your posts and messages"), "notices"},
	{N_("Topics with new posts"), N_("All topics with posts you have not read"), "topics", .target = {.number = 1}},
	{N_("Saved for reading"), N_("Topics you saved"), "topics", .target = {.number = 2}},
	{N_("My details"), N_("Your profile, and who sees each part of it"), "profile"},
	{N_("My notes"), N_("Your notes on members and posts. Only on this computer"), "notes"},
	{N_("Archive"), N_("Private messages in your archive"), "messages", .target = {.number = MESSAGES_ARCHIVE}},
	{N_("Drafts"), N_("What you wrote and did not send yet"), "outbox", .target = {.number = OUTBOX_DRAFTS}},
	{N_("Outbox"), N_("What you sent, and how far it is"), "outbox"},
	{N_("Settings"), N_("How kring looks and works"), "settings"},
	{N_("New since last time"), N_("What happened in what you take part in"), "absence"},
	{N_("Fetch new items"), N_("Look at the community now"), NULL, "fetch"},
	{N_("Log in at a community"), N_("A new log-in, or another community"), "login"},
	{N_("Help"), N_("The keys and how kring works"), "help", .target = {.text = "start"}},
	{N_("What kring said"), N_("What kring told you, to read again"), "said"},
	{N_("Exit"), N_("Leave kring"), NULL, "exit"},
};

static const struct menu_item *shown(const struct screen *s)
{
	return low_energy_is_on(s->ctx) ? items : &items[Places];
}

static void more_load(struct screen *s)
{
	s->title = _("More options");
	s->count = (int)(&items[COUNT(items)] - shown(s));
}

static void more_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct menu_item *item = shown(s);
	menu_rows(item, first, n, out);
	for (int i = 0; i < n; i++)
		if (str_equal(item[first + i].screen, "outbox") && item[first + i].target.number == OUTBOX_ALL &&
			menu_outbox_needs_member(s))
			out[i].state = _("needs you");
}

static void more_enter(struct screen *s, const struct row *row)
{
	menu_enter(s, shown(s), row);
}

const struct screen_ops more_ops = {
	.name = "more", .kind = SCREEN_LIST, .item_rows = 2, .whole = true, .aggregates = STORE_OUTBOX,
	.load = more_load, .rows = more_rows, .enter = more_enter,
};
