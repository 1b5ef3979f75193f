#include "begin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "file.h"
#include "mem.h"
#include "notice_store.h"
#include "place_store.h"
#include "private_files.h"
#include "quiet.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"

static const int64_t DayMs = 24LL * 3600 * 1000;
static const char place_name[] = "visit";

static int64_t last_visit(const struct program *p)
{
	struct arena a = {0};
	int64_t ms = 0;
	const char *kept = p->store == NULL ? NULL : place_store_get(p->store, place_name, &a);
	if (kept == NULL || !str_to_int(kept, 0, INT64_MAX, &ms))
		ms = 0;
	arena_fini(&a);
	return ms;
}

void begin_after_absence(struct program *p)
{
	int days = p->config.absence_days;
	p->ctx.last_visit_ms = last_visit(p);
	p->away = days > 0 && p->ctx.last_visit_ms != 0 && p->ctx.now_ms - p->ctx.last_visit_ms >= days * DayMs;
	if (p->away)
		stack_go(p->ctx.stack, &(struct target){.screen = "absence"});
}

static void note_visit(struct program *p)
{
	char now[24];
	snprintf(now, sizeof now, "%" PRId64, clock_now_ms());
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_PLACE, .name = place_name, .value = now});
}

static bool is_quiet(const struct program *p)
{
	struct quiet_hours q;
	struct civil now = zone_civil(p->ctx.zone, p->ctx.now_ms / 1000);
	return quiet_parse(p->config.quiet_hours, &q) && quiet_is(&q, now.hour * 60 + now.minute);
}

void begin_visit(struct program *p)
{
	note_visit(p);
	if (!p->away || p->offline || p->network.thread == NULL || is_quiet(p))
		return;
	p->ctx.waiting = true;
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOW});
}

void begin_end_visit(struct program *p)
{
	note_visit(p);
}

static const char *what_is_new(const struct program *p)
{
	bool messages = topic_store_count(p->store, &(struct topic_filter){.messages = true, .unread = true}) > 0;
	bool notices = notice_store_count(p->store, true) > 0;
	if (messages && notices)
		return _("New for you: messages, and notices under \"More options\".");
	return messages ? _("New for you: messages.") : notices
		? _("New for you: notices, under \"More options\".") : NULL;
}

/* The network part takes them into the store as it starts. */
static bool has_unsaved(const struct account *acc)
{
	char *path = xasprintf("%s/unsaved.txt", acc->dir);
	bool has = file_exists(path);
	free(path);
	return has;
}

const char *begin_says(const struct program *p, struct arena *a)
{
	if (p->account != NULL && has_unsaved(p->account))
		return _("Texts of last time that could not be kept then are among your drafts now.");
	enum private_files found = p->account == NULL ? PRIVATE_FILES_GOOD : private_files_check(p->account);
	if (found != PRIVATE_FILES_GOOD)
		return arena_printf(a, "%s %s", private_files_says(found), private_files_advice(found));
	return p->store == NULL || p->config.notice == NOTICE_OFF || is_quiet(p) ? NULL : what_is_new(p);
}
