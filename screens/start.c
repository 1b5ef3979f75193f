#include "screens.h"

#include "mem.h"
#include "menu.h"
#include "prepare.h"
#include "reminder.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "topic_list.h"

static const struct menu_item items[] = {
	{N_("Members"), N_("Who is in the network and what they do"), "members"},
	{N_("Board"), N_("Read what members wrote"), "board"},
	{N_("Calendar"), N_("Intervision and meetings"), "calendar"},
	{N_("Messages"), N_("Private messages to you"), "messages"},
	{N_("More options"), N_("Search, notices, help and more"), "more"},
};

static const struct menu_item first_item = {N_("Log in"), N_("Choose your community and log in"), "login"};

static bool logged_in(const struct screen *s)
{
	return s->ctx->account != NULL;
}

static void start_load(struct screen *s)
{
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &s->mem);
	s->title = site == NULL || str_empty(site->title) ? "kring" : site->title;
	s->count = logged_in(s) ? COUNT(items) : 1;
}

static void start_rows(struct screen *s, int first, int n, struct row *out)
{
	const char *reminder = logged_in(s) ? reminder_says(s->ctx, &s->rows_mem) : NULL;
	if (logged_in(s) && reminder == NULL)
		reminder = prepare_says(s->ctx, &s->rows_mem);
	menu_rows(logged_in(s) ? items : &first_item, first, n, out);
	for (int i = 0; i < n; i++) {
		if (logged_in(s) && str_equal(items[first + i].screen, "calendar") && reminder != NULL)
			out[i].detail = reminder;
		if (logged_in(s) && str_equal(items[first + i].screen, "more") && menu_outbox_needs_member(s)) {
			out[i].state = _("needs you");
			out[i].detail = _("Something you sent did not arrive. Look in the outbox.");
		}
	}
}

static void start_enter(struct screen *s, const struct row *row)
{
	menu_enter(s, logged_in(s) ? items : &first_item, row);
}

static const struct binding start_keys[] = {
	{"M", "read-all", N_("All read"), N_("Mark everything up to now as read"), topic_list_read_all, false},
	{0},
};

const struct screen_ops start_ops = {
	.name = "start", .kind = SCREEN_LIST, .item_rows = 2, .aggregates = STORE_SITE | STORE_OUTBOX | STORE_EVENTS | STORE_NOTES, .keys = start_keys,
	.load = start_load, .rows = start_rows, .enter = start_enter,
};
