#include "meeting_change.h"

#include <string.h>

#include "mem.h"
#include "meeting_moment.h"
#include "str.h"

/* These stand in a text of the community: in its language, not in the member's. */
struct words {
	const char *from, *to, *because, *was, *becomes, *why;
	const char *moved_says, *moved_ends, *cancelled_says, *cancelled_ends;
};

static const struct words dutch = {
	.from = "van", .to = "naar", .because = ". Reden: ", .was = "Was", .becomes = "Wordt", .why = "Waarom",
	.moved_says = "Deze bijeenkomst is verplaatst.",
	.moved_ends = "Kijk of het nieuwe moment je past. Past het niet, dan kun je je afmelden.",
	.cancelled_says = "Deze bijeenkomst gaat niet door.",
	.cancelled_ends = "Had je je aangemeld? Dan hoef je niets te doen.",
};
static const struct words english = {
	.from = "from", .to = "to", .because = ". Reason: ", .was = "Was", .becomes = "Will be", .why = "Why",
	.moved_says = "This meeting has moved.",
	.moved_ends = "See if the new time suits you. If not, you can withdraw.",
	.cancelled_says = "This meeting is cancelled.",
	.cancelled_ends = "Did you sign up? Then you need not do anything.",
};

static const struct words *words_of(const struct meeting_plan *p)
{
	return str_starts(str_or_empty(p->language), "nl") ? &dutch : &english;
}

static bool differs(const struct meeting_plan *old, const struct meeting_plan *now, const char *name)
{
	return strcmp(event_markup_get(&old->block, name), event_markup_get(&now->block, name)) != 0;
}

enum meeting_news meeting_change_news(const struct meeting_plan *old, const struct meeting_plan *now)
{
	if (!event_markup_is(&old->block, "closed") && event_markup_is(&now->block, "closed"))
		return MEETING_CANCELLED;
	return differs(old, now, "start") || differs(old, now, "end") || differs(old, now, "timezone") ? MEETING_MOVED
		: MEETING_NO_NEWS;
}

static const char *field_of(enum meeting_news news)
{
	return news == MEETING_CANCELLED ? "cancelled" : "moved";
}

/* The line that is not in the old text; "" when there is none. */
static const char *new_line(
	const struct meeting_plan *old, const struct meeting_plan *now, const char *id, struct arena *a)
{
	const char *was = meeting_plan_value(old, id), *is = meeting_plan_value(now, id);
	if (strcmp(was, is) == 0)
		return "";
	if (str_starts(is, was))
		return str_trim(arena_strdup(a, is + strlen(was)));
	const char *last = strrchr(is, '\n');
	return last == NULL ? is : last + 1;
}

/* "Reason (date)": the date goes off the end. */
static char *take_date(char *line, const struct civil *today, struct civil *since, struct arena *a)
{
	char *open = strrchr(line, '(');
	if (open == NULL || !str_ends(line, ")"))
		return line;
	const char *date = arena_strndup(a, open + 1, strlen(open) - 2);
	if (meeting_moment_day(date, today, since, NULL, a))
		*open = '\0';
	return str_trim(line);
}

struct meeting_reason meeting_change_reason(
	const struct meeting_plan *old, const struct meeting_plan *now, const struct civil *today, struct arena *a)
{
	struct meeting_reason r = {.why = "", .since = *today};
	enum meeting_news news = meeting_change_news(old, now);
	if (news == MEETING_NO_NEWS)
		return r;
	char *line = take_date(arena_strdup(a, new_line(old, now, field_of(news), a)), today, &r.since, a);
	if (news == MEETING_CANCELLED) {
		r.why = line;
		return r;
	}
	const char *found = strstr(line, words_of(now)->because);
	if (found != NULL)
		r.why = found + strlen(words_of(now)->because);
	return r;
}

static const char *span_words(const struct meeting_plan *p, struct arena *a)
{
	struct sbuf words = {0};
	meeting_plan_add_span(p, &words);
	const char *text = arena_strdup(a, sbuf_str(&words));
	sbuf_fini(&words);
	return text;
}

static const char *line_of(const struct meeting_plan *old, const struct meeting_plan *now, enum meeting_news news,
	const struct meeting_reason *r, struct arena *a)
{
	const struct words *w = words_of(now);
	struct sbuf line = {0};
	if (news == MEETING_MOVED) {
		sbuf_addf(&line, "%s %s %s %s", w->from, span_words(old, a), w->to, span_words(now, a));
		if (!str_empty(r->why))
			sbuf_addf(&line, "%s%s", w->because, r->why);
	} else {
		sbuf_add(&line, r->why);
	}
	sbuf_add(&line, line.n > 0 ? " (" : "(");
	meeting_moment_add_day(&line, &r->since, now->language);
	sbuf_addc(&line, ')');
	const char *text = arena_strdup(a, sbuf_str(&line));
	sbuf_fini(&line);
	return text;
}

void meeting_change_say(
	const struct meeting_plan *old, struct meeting_plan *now, const struct meeting_reason *r, struct arena *a)
{
	enum meeting_news news = meeting_change_news(old, now);
	meeting_plan_set(now, "moved", meeting_plan_value(old, "moved"));
	meeting_plan_set(now, "cancelled", meeting_plan_value(old, "cancelled"));
	if (news == MEETING_NO_NEWS)
		return;
	const char *was = meeting_plan_value(old, field_of(news)), *line = line_of(old, now, news, r, a);
	meeting_plan_set(now, field_of(news), str_empty(was) ? line : arena_printf(a, "%s\n%s", was, line));
}

static void add_line(struct sbuf *out, const char *label, const char *value)
{
	if (!str_empty(value))
		sbuf_addf(out, "- **%s:** %s\n", label, value);
}

void meeting_change_reply(
	const struct meeting_plan *old, const struct meeting_plan *now, const struct meeting_reason *r,
	struct sbuf *out)
{
	enum meeting_news news = meeting_change_news(old, now);
	const struct words *w = words_of(now);
	struct arena a = {0};
	if (news == MEETING_NO_NEWS)
		return;
	sbuf_addf(out, "%s\n\n", news == MEETING_MOVED ? w->moved_says : w->cancelled_says);
	add_line(out, w->was, span_words(old, &a));
	if (news == MEETING_MOVED)
		add_line(out, w->becomes, span_words(now, &a));
	add_line(out, w->why, r->why);
	sbuf_addf(out, "\n%s\n", news == MEETING_MOVED ? w->moved_ends : w->cancelled_ends);
	arena_fini(&a);
}
