#include "sync_private.h"

#include "member_decode.h"
#include "member_store.h"
#include "text.h"

/* The membership comes from the group everybody is in (Discourse's trust_level_0), which has no delay; where
 * that is closed, from the directory. Profiles then come 50 at a time as user cards. Cursors: members_todo (1
 * group, 2 directory), members_at (a page), members_ms (when this list was begun), cards_since. */
enum { TODO_NONE, TODO_GROUP, TODO_DIRECTORY };
enum { GroupPage = 50 };

static bool put_page(struct sync *s, const struct member_page *page, struct error *err)
{
	for (int i = 0; i < page->count; i++)
		if (!member_store_put(s->store, &page->member[i], err)
			|| !member_store_seen(s->store, page->member[i].id, s->now_ms, err))
			return false;
	return true;
}

static bool list_ended(struct sync *s, struct error *err)
{
	int64_t began = sync_get(s, "members_ms");
	return member_store_remove_unseen(s->store, began, err) >= 0 && sync_set(s, "cards_since", began, err)
		&& sync_set(s, "members_todo", TODO_NONE, err) && sync_set(s, "members_at", 0, err)
		&& sync_set(s, "members_done_ms", began, err);
}

static bool list_began(struct sync *s, struct error *err)
{
	return sync_get(s, "members_at") != 0 || sync_set(s, "members_ms", s->now_ms, err);
}

static bool group_wanted(struct sync *s)
{
	return sync_get(s, "members_todo") == TODO_GROUP;
}

static struct request group_ask(struct sync *s)
{
	return endpoint_group_members("trust_level_0", GroupPage, (int)sync_get(s, "members_at"));
}

static bool group_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct member_page page;
	if (!member_page_decode(a->json, &s->arena, &page))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	int64_t at = sync_get(s, "members_at");
	if (at == 0 && page.count == 0)
		return sync_set(s, "members_todo", TODO_DIRECTORY, err);
	if (!list_began(s, err) || !put_page(s, &page, err))
		return false;
	bool more = page.count > 0
		&& (page.total >= 0 ? at + GroupPage < page.total : page.more || page.count >= GroupPage);
	return more ? sync_set(s, "members_at", at + GroupPage, err) : list_ended(s, err);
}

static bool group_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "members_todo", TODO_DIRECTORY, err) && sync_set(s, "members_at", 0, err);
}

static bool directory_wanted(struct sync *s)
{
	return sync_get(s, "members_todo") == TODO_DIRECTORY;
}

static struct request directory_ask(struct sync *s)
{
	return endpoint_directory((int)sync_get(s, "members_at"), NULL, 0);
}

static bool directory_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct member_page page;
	if (!member_page_decode(a->json, &s->arena, &page))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	if (!list_began(s, err) || !put_page(s, &page, err))
		return false;
	return page.more && page.count > 0 ? sync_set(s, "members_at", sync_get(s, "members_at") + 1, err)
		: list_ended(s, err);
}

/* A directory that is closed: members are known from what they write. */
static bool directory_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "members_ms", s->now_ms, err) && sync_set(s, "cards_since", s->now_ms, err)
		&& sync_set(s, "members_done_ms", s->now_ms, err) && sync_set(s, "members_todo", TODO_NONE, err)
		&& sync_set(s, "members_at", 0, err);
}

/* Whose card to ask: members first, then those who are only known from a post. */
static int find_cards(struct sync *s, int64_t *id, int max)
{
	int count = member_store_stale(s->store, sync_get(s, "cards_since"), id, max);
	if (count == 0 && sync_get(s, "members_todo") == TODO_NONE && sync_get(s, "feed_todo") == 0)
		count = member_store_unknown_writers(s->store, id, max);
	return count;
}

static bool cards_wanted(struct sync *s)
{
	int64_t id;
	return find_cards(s, &id, 1) > 0;
}

static struct request cards_ask(struct sync *s)
{
	s->asked_count = find_cards(s, s->asked_id, ENDPOINT_CARDS_AT_ONCE);
	return endpoint_user_cards(s->asked_id, s->asked_count);
}

/* Who is asked and not answered for has no card: not asked again until the next list. */
static bool settle_cards(struct sync *s, struct error *err)
{
	for (int i = 0; i < s->asked_count; i++)
		if (!member_store_fetched(s->store, s->asked_id[i], s->now_ms, err))
			return false;
	return true;
}

static bool cards_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct member_page page;
	if (!member_page_decode(a->json, &s->arena, &page))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	for (int i = 0; i < page.count; i++) {
		const struct member *old = member_store_get(s->store, page.member[i].id, &s->arena);
		s->report.members += old == NULL || !old->complete;
		if (!member_store_put(s->store, &page.member[i], err))
			return false;
	}
	int64_t since = sync_get(s, "cards_since");
	return settle_cards(s, err) && sync_store_put_progress(s->store, "members",
		member_store_count(s->store, &(struct member_filter){0}) - member_store_stale_count(s->store, since),
		member_store_count(s->store, &(struct member_filter){0}), err);
}

static bool cards_refused(struct sync *s, const struct error *why, struct error *err)
{
	return settle_cards(s, err);
}

/* A card lacks what only its member sees, and the text as it was typed: the member's own profile is read
 * whole after every list of members. Cursor: own_for, the members_done_ms it was read for. */
static bool own_wanted(struct sync *s)
{
	int64_t list = sync_get(s, "members_done_ms");
	return list != 0 && sync_get(s, "own_for") != list && sync_session(s) != NULL && !cards_wanted(s);
}

static struct request own_ask(struct sync *s)
{
	return endpoint_user(sync_session(s)->username);
}

static bool own_settled(struct sync *s, struct error *err)
{
	return sync_set(s, "own_for", sync_get(s, "members_done_ms"), err);
}

static bool own_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct member me;
	if (!member_profile_decode(a->json, &s->arena, &me))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	return member_store_put(s->store, &me, err) && own_settled(s, err);
}

static bool own_refused(struct sync *s, const struct error *why, struct error *err)
{
	return own_settled(s, err);
}

const struct round round_group = {.phase = "members", .turn = 3, .wanted = group_wanted, .ask = group_ask,
	.take = group_take, .refused = group_refused};
const struct round round_directory = {.phase = "members",
	.turn = 3,
	.wanted = directory_wanted,
	.ask = directory_ask,
	.take = directory_take,
	.refused = directory_refused};
const struct round round_cards = {.phase = "members", .turn = 3, .wanted = cards_wanted, .ask = cards_ask,
	.take = cards_take, .refused = cards_refused};
const struct round round_own = {.phase = "members", .turn = 3, .wanted = own_wanted, .ask = own_ask,
	.take = own_take, .refused = own_refused};
