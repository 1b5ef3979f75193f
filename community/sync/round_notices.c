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

/* What was read here is told one by one, not more often than every ten seconds; telling it twice does no harm. */
static const int64_t PaceMs = 10 * 1000;

int64_t sync_next_notice_ms(struct sync *s)
{
	if (sync_is_left_alone(s) || sync_session(s) == NULL || notice_store_to_tell(s->store) == 0) {
		s->notices_from_ms = 0;
		return INT64_MAX;
	}
	if (s->notices_from_ms == 0)
		s->notices_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return s->notices_from_ms > s->writes_from_ms ? s->notices_from_ms : s->writes_from_ms;
}

static bool read_wanted(struct sync *s)
{
	return sync_next_notice_ms(s) <= s->now_ms;
}

static struct request read_ask(struct sync *s)
{
	s->asked_notice = notice_store_to_tell(s->store);
	s->notices_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return endpoint_notice_read(s->asked_notice);
}

static bool read_take(struct sync *s, const struct answer *a, struct error *err)
{
	return notice_store_told(s->store, s->asked_notice, err);
}

/* Nobody is helped by a mark that the site does not want. */
static bool read_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	switch (why->kind) {
	case ERR_READONLY:
		*alone = true;
		s->writes_from_ms = s->now_ms + limits_backoff_ms(4, &s->api.seed);
		return true;
	case ERR_FORBIDDEN:
		*alone = s->key_good;
		return !s->key_good || notice_store_told(s->store, s->asked_notice, err);
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_REFUSED:
	case ERR_INVALID:
		*alone = true;
		return notice_store_told(s->store, s->asked_notice, err);
	case ERR_OFFLINE:
	case ERR_PROTOCOL:
		*alone = a->status != 0;
		s->notices_from_ms = s->now_ms + limits_backoff_ms(5, &s->api.seed);
		return true;
	default:
		return true;
	}
}

const struct round round_notice_read = {.phase = "", .turn = 3, .wanted = read_wanted, .ask = read_ask,
	.take = read_take, .failed = read_failed};
