#include "attempt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "post_store.h"
#include "sync_private.h"

enum { MaxAttempts = 64 };
static const char cursor[] = "attempts";
static const int64_t SlackMs = 2 * 60 * 1000, UnknownSlackMs = 10 * 60 * 1000;

static bool parse(const char *line, struct attempt *out)
{
	int exact, checked;
	*out = (struct attempt){0};
	if (sscanf(line, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %d %d %d %d", &out->id, &out->newest_post,
			&out->first_ms, &exact, &checked, &out->reads, &out->step)
		!= 7)
		return false;
	out->exact = exact != 0;
	out->key_checked = checked != 0;
	return true;
}

static void print(const struct attempt *a, struct sbuf *out)
{
	sbuf_addf(out, "%" PRId64 " %" PRId64 " %" PRId64 " %d %d %d %d\n", a->id, a->newest_post, a->first_ms,
		a->exact, a->key_checked, a->reads, a->step);
}

/* The newest first. */
static int read_all(struct sync *s, struct attempt *out)
{
	const char *text = sync_store_get_text(s->store, cursor, &s->arena);
	int count = 0;
	while (text != NULL && *text != '\0' && count < MaxAttempts) {
		count += parse(text, &out[count]);
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return count;
}

struct attempt attempt_get(struct sync *s, int64_t id)
{
	struct attempt all[MaxAttempts];
	int count = read_all(s, all);
	for (int i = 0; i < count; i++)
		if (all[i].id == id)
			return all[i];
	return (struct attempt){0};
}

static bool write_all(struct sync *s, const struct attempt *first, int64_t without, struct error *err)
{
	struct attempt all[MaxAttempts];
	struct sbuf text = {0};
	int count = read_all(s, all), kept = 0;
	if (first != NULL)
		print(first, &text);
	for (int i = 0; i < count && kept < MaxAttempts - 1; i++)
		if (all[i].id != without) {
			print(&all[i], &text);
			kept++;
		}
	bool ok = sync_store_put_text(s->store, cursor, sbuf_str(&text), err);
	sbuf_fini(&text);
	return ok;
}

bool attempt_put(struct sync *s, const struct attempt *a, struct error *err)
{
	return write_all(s, a, a->id, err);
}

bool attempt_forget(struct sync *s, int64_t id, struct error *err)
{
	return attempt_get(s, id).id == 0 || write_all(s, NULL, id, err);
}

void attempt_begin(struct sync *s, struct attempt *a, int64_t id)
{
	*a = (struct attempt){.id = id, .newest_post = post_store_newest(s->store), .exact = s->clock_known,
		.first_ms = s->now_ms + s->clock_ahead_ms};
}

bool attempt_may_be(const struct attempt *a, int64_t created_ms)
{
	if (a->exact)
		return created_ms >= a->first_ms - SlackMs;
	return a->newest_post > 0 || created_ms >= a->first_ms - UnknownSlackMs;
}

/* "Tue, 03 Mar 2026 09:00:00 GMT" (RFC 9110). */
static bool parse_date(const char *text, int64_t *ms)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char month[4];
	struct civil c = {0};
	if (sscanf(text, "%*3s, %d %3s %d %d:%d:%d GMT", &c.day, month, &c.year, &c.hour, &c.minute, &c.second)
		!= 6)
		return false;
	const char *at = strlen(month) == 3 ? strstr(months, month) : NULL;
	if (at == NULL || (at - months) % 3 != 0)
		return false;
	c.month = (int)(at - months) / 3 + 1;
	*ms = civil_to_seconds(&c) * 1000;
	return civil_valid(&c);
}

void sync_note_clock(struct sync *s, const struct answer *a)
{
	char date[64];
	int64_t ms;
	if (a->status == 0 || header_find(&a->header, "Date", 0, date, sizeof date) == NULL
		|| !parse_date(date, &ms))
		return;
	s->clock_ahead_ms = ms - s->now_ms;
	s->clock_known = true;
}
