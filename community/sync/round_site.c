#include "sync_private.h"

#include "category_decode.h"
#include "category_store.h"
#include "group_decode.h"
#include "group_store.h"
#include "session_decode.h"
#include "site_decode.h"
#include "site_store.h"
#include "text.h"
#include "user_field_decode.h"
#include "user_field_store.h"

static const int64_t DayMs = 24LL * 3600 * 1000;

/* Never read, asked for, or a day old when somebody looks at the server anyway. */
static bool is_old(struct sync *s, const char *name)
{
	int64_t at = sync_get(s, name);
	return at == 0 || (s->stale && s->now_ms - at > DayMs);
}

static bool wrong_answer(struct error *err)
{
	return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
}

/* Each of these answers fills in a part; what they leave out stays. */
static struct site known_site(struct sync *s)
{
	const struct site *known = site_store_get(s->store, &s->arena);
	struct site site = {0};
	if (known != NULL)
		return *known;
	site_defaults(&site);
	return site;
}

static bool session_wanted(struct sync *s)
{
	return s->check_key || is_old(s, "session_ms");
}

static struct request session_ask(struct sync *s)
{
	return endpoint_session();
}

static bool session_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct session session;
	if (!session_decode(a->json, &s->arena, &session))
		return fail(err, ERR_AUTH, _("You are not logged in."));
	s->check_key = false;
	s->key_good = true;
	return session_store_put(s->store, &session, err) && sync_set(s, "session_ms", s->now_ms, err);
}

static bool basic_wanted(struct sync *s)
{
	return is_old(s, "basic_ms");
}

static struct request basic_ask(struct sync *s)
{
	return endpoint_basic_info();
}

static bool basic_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct site site = known_site(s);
	if (!site_decode_basic_info(a->json, &s->arena, &site))
		return wrong_answer(err);
	return site_store_put(s->store, &site, err) && sync_set(s, "basic_ms", s->now_ms, err);
}

static bool site_wanted(struct sync *s)
{
	return is_old(s, "site_ms");
}

static struct request site_ask(struct sync *s)
{
	return endpoint_site();
}

static bool put_groups(struct sync *s, const struct json *root, struct error *err)
{
	struct group_list groups;
	if (!group_list_decode(root, &s->arena, &groups))
		return true;
	for (int i = 0; i < groups.count; i++)
		if (!group_store_put(s->store, &groups.group[i], err))
			return false;
	return true;
}

static bool site_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct site site = known_site(s);
	struct category_list categories;
	struct user_field_list fields;
	if (!site_decode_site(a->json, &s->arena, &site))
		return wrong_answer(err);
	if (category_list_decode(a->json, &s->arena, &categories) && categories.count > 0
		&& !category_store_put(s->store, categories.category, categories.count, err))
		return false;
	if (user_field_list_decode(a->json, &s->arena, &fields)
		&& !user_field_store_put(s->store, fields.field, fields.count, err))
		return false;
	return put_groups(s, a->json, err) && site_store_put(s->store, &site, err)
		&& sync_set(s, "site_ms", s->now_ms, err);
}

static bool settings_wanted(struct sync *s)
{
	return is_old(s, "settings_ms");
}

static struct request settings_ask(struct sync *s)
{
	return endpoint_settings();
}

static bool settings_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct site site = known_site(s);
	if (!site_decode_settings(a->json, &s->arena, &site))
		return wrong_answer(err);
	return site_store_put(s->store, &site, err) && sync_set(s, "settings_ms", s->now_ms, err);
}

/* A site may keep these to itself; its standard values hold. */
static bool settings_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "settings_ms", s->now_ms, err);
}

static bool basic_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "basic_ms", s->now_ms, err);
}

const struct round round_session = {
	.phase = "site", .turn = 0, .wanted = session_wanted, .ask = session_ask, .take = session_take};
const struct round round_basic = {.phase = "site",
	.turn = 1,
	.wanted = basic_wanted,
	.ask = basic_ask,
	.take = basic_take,
	.refused = basic_refused};
const struct round round_site = {
	.phase = "site", .turn = 1, .wanted = site_wanted, .ask = site_ask, .take = site_take};
const struct round round_settings = {
	.phase = "site", .turn = 1, .wanted = settings_wanted, .ask = settings_ask, .take = settings_take,
	.refused = settings_refused};
