#include "screens.h"

#include "low_energy.h"
#include "mem.h"
#include "menu.h"
#include "reminder.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "topic_list.h"

static const struct menu_item items[] = {
	{N_("Members"), N_("Who is a member, and what members do"), "members"},
	{N_("Board"), N_("Read what members wrote"), "board"},
	{N_("Calendar"), N_("Intervision and meetings"), "calendar"},
	{N_("Messages"), N_("Private messages to you"), "messages"},
	{N_("More options"), N_("Search, notices, help and more"), "more"},
};

/* Before the first log-in. */
static const struct menu_item first_items[] = {
	{N_("Log in"), N_("Choose your community and log in"), "login"},
	{N_("Look around in a sample community"), N_("Only on this computer. Nothing is real."), NULL, "demo"},
	{N_("Settings"), N_("How kring looks and works"), "settings"},
	{N_("Help"), N_("The keys and how kring works"), "help", .target = {.text = "start"}},
	{N_("Exit"), N_("Leave kring"), NULL, "exit"},
};
static const struct menu_item everything = {N_("More options"), N_("Members, board, calendar and the rest"),
	"more"};

struct start_state {
	struct low_energy_item item[LOW_ENERGY_MOST]; /* texts in s->mem */
	int count;
};

enum { IdEverything = 100 };

static bool logged_in(const struct screen *s)
{
	return s->ctx->account != NULL;
}

static void start_load(struct screen *s)
{
	struct start_state *st = s->state;
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &s->mem);
	s->title = site == NULL || str_empty(site->title) ? "kring" : site->title;
	s->end = NULL;
	s->count = logged_in(s) ? COUNT(items) : COUNT(first_items);
	if (!low_energy_is_on(s->ctx))
		return;
	st->count = low_energy_items(s->ctx, st->item, &s->mem);
	s->count = st->count + 1;
	s->end = st->count > 0 ? _("That is all for today.") : _("There is nothing for today.");
}

static void low_energy_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct start_state *st = s->state;
	for (int i = 0; i < n; i++)
		if (first + i < st->count)
			out[i] = (struct row){.id = st->item[first + i].id, .title = st->item[first + i].title,
				.detail = st->item[first + i].detail};
		else
			out[i] = (struct row){.id = IdEverything, .title = _(everything.title), .detail = _(everything.detail)};
}

static void start_rows(struct screen *s, int first, int n, struct row *out)
{
	if (low_energy_is_on(s->ctx)) {
		low_energy_rows(s, first, n, out);
		return;
	}
	const char *reminder = logged_in(s) ? reminder_says(s->ctx, &s->rows_mem) : NULL;
	menu_rows(logged_in(s) ? items : first_items, first, n, out);
	for (int i = 0; i < n; i++) {
		if (logged_in(s) && str_equal(items[first + i].screen, "calendar") && reminder != NULL)
			out[i].detail = reminder;
		if (logged_in(s) && str_equal(items[first + i].screen, "more") && menu_outbox_needs_member(s)) {
			out[i].state = _("needs you");
			out[i].detail = _("Something you sent did not arrive. Look in the outbox.");
		}
	}
}

/* Of the things for today some may be gone. */
static int start_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct start_state *st = s->state;
	if (!low_energy_is_on(s->ctx))
		return id <= s->count ? (int)id - 1 : -1;
	for (int i = 0; i < st->count; i++)
		if (st->item[i].id == id)
			return i;
	return id == IdEverything ? st->count : -1;
}

/* Nothing is counted for who has little energy. */
static void start_position_text(const struct screen *s, struct sbuf *out)
{
	if (!low_energy_is_on(s->ctx))
		sbuf_addf(out, _("%d of %d"), s->list.cursor + 1, s->count);
}

static void first_enter(struct screen *s, const struct row *row)
{
	const struct host *h = s->ctx->host;
	if (!str_equal(first_items[row->id - 1].verb, "demo"))
		menu_enter(s, first_items, row);
	else if (h != NULL && h->demo != NULL)
		h->demo(h->self);
}

static void start_enter(struct screen *s, const struct row *row)
{
	const struct start_state *st = s->state;
	int at = low_energy_is_on(s->ctx) ? start_position(s, row->id, 0) : -1;
	if (at >= 0)
		screen_go(s, at < st->count ? &st->item[at].target : &(struct target){.screen = everything.screen});
	else if (logged_in(s))
		menu_enter(s, items, row);
	else
		first_enter(s, row);
}

static const struct binding start_keys[] = {
	{"M", "read-all", N_("All read"), N_("Mark everything up to now as read"), topic_list_read_all, false},
	{0},
};

const struct screen_ops start_ops = {
	.name = "start", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct start_state),
	.aggregates = STORE_SITE | STORE_OUTBOX | STORE_EVENTS | STORE_TOPICS | STORE_MESSAGES, .keys = start_keys,
	.load = start_load, .rows = start_rows, .position = start_position, .enter = start_enter,
	.position_text = start_position_text,
};
