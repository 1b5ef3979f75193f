#include "capacity.h"

#include "event_text.h"
#include "str.h"
#include "text.h"
#include "when.h"

enum { MostMeetings = 200, ShownOverlaps = 3, DayMinutes = 8 * 60, NoEndMinutes = 60 };

enum meeting_kind meeting_kind_of(const struct event_row *e)
{
	if (e->intervision)
		return MEETING_INTERVISION;
	return e->online ? MEETING_ONLINE : MEETING_ON_SITE;
}

bool capacity_is_on(const struct config *c)
{
	return c->capacity != CAPACITY_NONE;
}

static int64_t minutes_of(const struct event_row *e)
{
	int64_t first, last;
	if (!e->all_day)
		return e->ends_ms > e->starts_ms ? (e->ends_ms - e->starts_ms) / 60000 : NoEndMinutes;
	event_store_days(e, NULL, &first, &last);
	return (last - first + 1) * DayMinutes;
}

static void add_meeting(struct capacity_load *load, const struct config *c, const struct event_row *e)
{
	const int weights[] = {c->weight_meeting, c->weight_online, c->weight_intervision};
	const int recoveries[] = {c->recovery_meeting, c->recovery_online, c->recovery_intervision};
	enum meeting_kind kind = meeting_kind_of(e);
	int64_t recovery = recoveries[kind] * 60;
	load->meetings += weights[kind];
	load->minutes += minutes_of(e) * weights[kind] + recovery;
	load->recovery_minutes += recovery;
}

static int64_t day_ms(const struct zone *z, int64_t day)
{
	struct civil c = civil_from_seconds(day * 86400);
	return zone_instant(z, &c, NULL) * 1000;
}

static int64_t day_of(const struct zone *z, int64_t ms)
{
	struct civil c = zone_civil(z, ms / 1000 - (ms % 1000 < 0));
	return civil_days(c.year, c.month, c.day);
}

struct capacity_load capacity_of_week(struct store *s, const struct config *c, int64_t ms, const struct zone *z)
{
	struct capacity_load load = {0};
	struct arena a = {0};
	int64_t monday = when_week_monday(day_of(z, ms)), first, last;
	struct event_filter f = {.zone = z, .from_ms = day_ms(z, monday), .to_ms = day_ms(z, monday + 7), .mine = true};
	struct event_rows list = event_store_list(s, &f, 0, MostMeetings, &a);
	for (int i = 0; i < list.count; i++) {
		event_store_days(&list.row[i], z, &first, &last);
		if (list.row[i].mine == ATTENDANCE_GOING && first >= monday && first < monday + 7)
			add_meeting(&load, c, &list.row[i]);
	}
	arena_fini(&a);
	return load;
}

static void add_hours(struct sbuf *out, int64_t minutes)
{
	sbuf_addf(out, ngettext("%lld hour", "%lld hours", (unsigned long)(minutes / 60)), (long long)(minutes / 60));
	if (minutes % 60 != 0)
		sbuf_addf(out, ngettext(" %lld minute", " %lld minutes", (unsigned long)(minutes % 60)),
			(long long)(minutes % 60));
}

/* "5 of 8 hours, of which 2 hours recovery". */
static void add_load(struct sbuf *out, const struct config *c, const struct capacity_load *load)
{
	unsigned long budget = (unsigned long)c->capacity_week;
	if (c->capacity == CAPACITY_MEETINGS) {
		sbuf_addf(out, ngettext("%d of %d meeting", "%d of %d meetings", budget), load->meetings, c->capacity_week);
		return;
	}
	if (load->minutes % 60 == 0) {
		sbuf_addf(out, ngettext("%lld of %d hour", "%lld of %d hours", budget), (long long)(load->minutes / 60),
			c->capacity_week);
	} else {
		struct sbuf planned = {0};
		add_hours(&planned, load->minutes);
		sbuf_addf(out, ngettext("%s of %d hour", "%s of %d hours", budget), sbuf_str(&planned), c->capacity_week);
		sbuf_fini(&planned);
	}
	if (load->recovery_minutes > 0) {
		struct sbuf recovery = {0};
		add_hours(&recovery, load->recovery_minutes);
		/* Translators: "5 of 8 hours, of which 2 hours recovery". */
		sbuf_addf(out, _(", of which %s recovery"), sbuf_str(&recovery));
		sbuf_fini(&recovery);
	}
}

static void say_load(struct sbuf *out, const char *sentence, const struct config *c,
	const struct capacity_load *load)
{
	struct sbuf words = {0};
	add_load(&words, c, load);
	sbuf_addf(out, sentence, sbuf_str(&words));
	sbuf_fini(&words);
}

void capacity_says(struct sbuf *out, const struct config *c, const struct capacity_load *load)
{
	/* Translators: "5 of 8 hours, of which 2 hours recovery". */
	say_load(out, _("Planned this week: %s."), c, load);
}

static struct event_time next_time(const struct event *e, int64_t now_ms)
{
	struct event_time next = {.id = e->id, .starts_ms = e->starts_ms};
	for (int i = 0; i < e->occurrence_count; i++) {
		next.starts_ms = e->occurrence[i].starts_ms;
		if (e->occurrence[i].starts_ms >= now_ms)
			break;
	}
	return next;
}

static int64_t end_of(const struct event_row *e)
{
	return e->ends_ms > e->starts_ms ? e->ends_ms : e->starts_ms + NoEndMinutes * 60000LL;
}

/* All-day meetings are dates: they lie over the whole of their days in the member's zone. */
static void instants(const struct event_row *e, const struct zone *z, int64_t *from_ms, int64_t *to_ms)
{
	int64_t first, last;
	event_store_days(e, z, &first, &last);
	*from_ms = e->all_day ? day_ms(z, first) : e->starts_ms;
	*to_ms = e->all_day ? day_ms(z, last + 1) : end_of(e);
}

static int add_overlaps(struct store *s, const struct event_row *e, const struct zone *z, struct sbuf *says)
{
	struct arena a = {0};
	struct event_filter f = {.zone = z, .mine = true};
	int64_t from_ms, to_ms;
	int found = 0;
	instants(e, z, &f.from_ms, &f.to_ms);
	from_ms = f.from_ms;
	/* One without an end is known to the store as a moment. */
	f.from_ms -= NoEndMinutes * 60000LL;
	struct event_rows list = event_store_list(s, &f, 0, MostMeetings, &a);
	for (int i = 0; i < list.count; i++) {
		int64_t other_from_ms;
		instants(&list.row[i], z, &other_from_ms, &to_ms);
		if (list.row[i].id == e->id || to_ms <= from_ms || other_from_ms >= f.to_ms || ++found > ShownOverlaps)
			continue;
		struct sbuf when = {0};
		struct when_span span = event_text_span(&list.row[i]);
		when_span(&when, &span, z);
		/* Translators: the title of a meeting and when it is. */
		sbuf_addf(says, _("At the same time: %s, %s."), list.row[i].title, sbuf_str(&when));
		sbuf_addc(says, '\n');
		sbuf_fini(&when);
	}
	arena_fini(&a);
	return found;
}

static void add_week(struct store *s, const struct config *c, const struct event_row *e, const struct zone *z,
	struct sbuf *says)
{
	struct capacity_load load = capacity_of_week(s, c, e->starts_ms, z);
	if (e->mine != ATTENDANCE_GOING)
		add_meeting(&load, c, e);
	/* Translators: "5 of 8 hours, of which 2 hours recovery". */
	say_load(says, _("With this meeting that week has %s."), c, &load);
	sbuf_addc(says, '\n');
}

bool capacity_conflict(struct store *s, const struct config *c, const struct event *e, int64_t now_ms,
	const struct zone *z, struct sbuf *says)
{
	struct arena a = {0};
	struct event_time next = next_time(e, now_ms);
	const struct event_row *row = event_store_pick(s, &next, 1, &a);
	bool any = false;
	if (row->id != 0) {
		int found = add_overlaps(s, row, z, says);
		if (found > ShownOverlaps) {
			int more = found - ShownOverlaps;
			sbuf_addf(says, ngettext("And %d more at that time.", "And %d more at that time.",
				(unsigned long)more), more);
			sbuf_addc(says, '\n');
		}
		if (capacity_is_on(c))
			add_week(s, c, row, z, says);
		any = found > 0 || capacity_is_on(c);
	}
	arena_fini(&a);
	return any;
}
