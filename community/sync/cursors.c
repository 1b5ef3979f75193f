#include "event_dates.h"
#include "mem.h"
#include "post.h"
#include "post_store.h"
#include "site_store.h"
#include "sync_private.h"

static const int64_t MonthMs = 2629800000LL, DayMs = 24LL * 3600 * 1000;
enum { BackgroundMs = 15 * 1000 };

int64_t sync_get(struct sync *s, const char *name)
{
	return sync_store_get(s->store, name, 0);
}

bool sync_set(struct sync *s, const char *name, int64_t value, struct error *err)
{
	return sync_store_put(s->store, name, value, err);
}

bool sync_todo(struct sync *s, const char *todo, const char *at, struct error *err)
{
	return sync_set(s, todo, sync_get(s, at) == 0 ? 1 : 2, err);
}

bool sync_done(struct sync *s, const char *todo, struct error *err)
{
	return sync_set(s, todo, sync_get(s, todo) > 1, err);
}

int64_t sync_horizon_ms(const struct sync *s)
{
	return s->now_ms - s->history_months * MonthMs;
}

bool sync_reaches_back(const struct sync *s, int64_t from_ms)
{
	return from_ms - DayMs > sync_horizon_ms(s);
}

void sync_pace_background(struct sync *s)
{
	s->background_ms = s->now_ms + BackgroundMs;
}

const struct session *sync_session(struct sync *s)
{
	return session_store_get(s->store, &s->arena);
}

bool sync_want_all(struct sync *s, struct error *err)
{
	static const char *const walk[][2] = {{"latest_todo", "latest_page"}, {"feed_todo", "feed_before"},
		{"private_todo", "private_before"}, {"inbox_todo", "inbox_page"}, {"sent_todo", "sent_page"},
		{"events_todo", "events_from"}};
	for (size_t i = 0; i < COUNT(walk); i++)
		if (!sync_todo(s, walk[i][0], walk[i][1], err))
			return false;
	return sync_set(s, "notices_todo", 1, err) && sync_set(s, "saved_todo", 1, err);
}

/* An event in a post that names no dates leaves those that are known. */
static const struct event *with_dates(struct sync *s, const struct event *e)
{
	if (e == NULL)
		return NULL;
	struct event *filled = ARENA_NEW(&s->arena, struct event);
	*filled = *e;
	if (e->occurrence_count == 0)
		event_rule_fill(filled, &s->arena);
	else
		event_dates_fill(filled, s->now_ms, &s->arena);
	return filled;
}

bool sync_put_post(struct sync *s, const struct post *p, struct error *err)
{
	bool isnew, changed;
	struct post whole = *p;
	if (p->topic_id == 0)
		return true;
	whole.event = with_dates(s, p->event);
	if (!post_store_put(s->store, &whole, &isnew, &changed, err))
		return false;
	s->report.posts += isnew && !p->deleted;
	s->report.edited += changed && !p->deleted;
	s->report.deleted += !isnew && p->deleted;
	return true;
}
