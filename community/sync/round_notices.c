#include "sync_private.h"

#include "notice_decode.h"
#include "notice_store.h"
#include "text.h"

static bool notices_wanted(struct sync *s)
{
	return sync_get(s, "notices_todo") != 0;
}

static struct request notices_ask(struct sync *s)
{
	return endpoint_notices();
}

static bool notices_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct notice_page page;
	if (!notice_page_decode(a->json, &s->arena, &page))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	for (int i = 0; i < page.count; i++)
		if (!notice_store_put(s->store, &page.notice[i], err))
			return false;
	return sync_set(s, "notices_todo", 0, err);
}

static bool notices_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "notices_todo", 0, err);
}

const struct round round_notices = {.phase = "notices",
	.turn = 3,
	.wanted = notices_wanted,
	.ask = notices_ask,
	.take = notices_take,
	.refused = notices_refused};
