#include "refusal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "fault_decode.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

/* A wait longer than this is a limit a day. */
enum { LongWaitSeconds = 15 * 60 };
static const int64_t edit_window_ms = 86400 * 1000; /* the shortest that a site has by itself */

/* What a rule may look at. */
struct seen {
	const struct refusal_facts *f;
	const struct change *c;
	const struct error *failed;
	int status;
	int wanted;    /* a rule leaves the number of its sentence here */
};

static int length_of(const char *text)
{
	int n = 0;
	char *copy = xstrdup(str_or_empty(text));
	for (const char *s = str_trim(copy); *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	free(copy);
	return n;
}

static bool is_text(struct seen *s)
{
	return change_is_text(s->c->kind);
}

static bool has_title(struct seen *s)
{
	return is_text(s) && s->c->kind != CHANGE_REPLY && !str_empty(s->c->title);
}

static bool is_gone(struct seen *s)
{
	return s->status == 404 || s->status == 410;
}

/* What takes something away has nothing left to do when it is gone. */
static bool is_settled(struct seen *s)
{
	static const enum change_kind removals[] = {CHANGE_UNLIKE, CHANGE_UNBOOKMARK, CHANGE_UNVOTE};
	bool removes = s->c->kind == CHANGE_ATTENDANCE && s->c->number == ATTENDANCE_NONE;
	for (size_t i = 0; i < COUNT(removals); i++)
		removes = removes || s->c->kind == removals[i];
	return s->f->settled || (removes && is_gone(s));
}

static bool is_day_limit(struct seen *s)
{
	return s->failed->kind == ERR_LIMIT && s->failed->retry_after_s > LongWaitSeconds;
}

static bool is_limit(struct seen *s)
{
	return s->failed->kind == ERR_LIMIT;
}

static bool is_conflict(struct seen *s)
{
	return s->status == 409;
}

static bool is_suspended(struct seen *s)
{
	return s->f->suspended_until_ms > s->f->now_ms;
}

static bool is_silenced(struct seen *s)
{
	return s->f->silenced_until_ms > s->f->now_ms && (is_text(s) || s->status == 403);
}

static bool is_archived(struct seen *s)
{
	return s->f->archived && s->c->kind != CHANGE_TOPIC && s->c->kind != CHANGE_MESSAGE &&
		s->c->kind != CHANGE_PROFILE;
}

static bool is_closed(struct seen *s)
{
	return s->f->closed && s->c->kind == CHANGE_REPLY;
}

static bool is_slow(struct seen *s)
{
	return s->f->slow_mode_s > 0 && (s->c->kind == CHANGE_REPLY || s->c->kind == CHANGE_EDIT);
}

static bool is_too_short(struct seen *s)
{
	const struct site *site = s->f->site;
	bool message = s->c->kind == CHANGE_MESSAGE || s->f->message;
	if (!is_text(s) || site == NULL)
		return false;
	s->wanted = message ? site->min_message_length
		: s->c->kind == CHANGE_TOPIC ? site->min_first_post_length : site->min_post_length;
	return length_of(s->c->body) < s->wanted;
}

static bool is_too_long(struct seen *s)
{
	s->wanted = s->f->site == NULL ? 0 : s->f->site->max_post_length;
	return is_text(s) && s->wanted > 0 && length_of(s->c->body) > s->wanted;
}

static bool is_title_short(struct seen *s)
{
	s->wanted = s->f->site == NULL ? 0 : s->f->site->min_title_length;
	return has_title(s) && length_of(s->c->title) < s->wanted;
}

static bool is_title_long(struct seen *s)
{
	s->wanted = s->f->site == NULL ? 0 : s->f->site->max_title_length;
	return has_title(s) && s->wanted > 0 && length_of(s->c->title) > s->wanted;
}

static bool is_title_used(struct seen *s)
{
	return s->f->title_used && has_title(s) && s->c->kind != CHANGE_MESSAGE;
}

static bool is_repeated(struct seen *s)
{
	return s->f->repeated && is_text(s) && s->c->kind != CHANGE_EDIT;
}

static bool lacks_tags(struct seen *s)
{
	int given = !str_empty(s->c->names);
	for (const char *at = str_or_empty(s->c->names); (at = strstr(at, ", ")) != NULL; at += 2)
		given++;
	s->wanted = s->f->tags_wanted;
	return (s->c->kind == CHANGE_TOPIC || (s->c->kind == CHANGE_EDIT && has_title(s))) && given < s->wanted;
}

static bool is_past_editing(struct seen *s)
{
	return s->c->kind == CHANGE_EDIT && s->f->post_created_ms > 0 &&
		s->f->now_ms - s->f->post_created_ms > edit_window_ms;
}

static bool is_past_undoing(struct seen *s)
{
	return s->c->kind == CHANGE_UNLIKE;
}

static const struct event *event_of(struct seen *s)
{
	static const struct event none;
	return s->c->kind == CHANGE_ATTENDANCE && s->f->event != NULL ? s->f->event : &none;
}

static bool is_event_past(struct seen *s)
{
	return event_of(s)->expired;
}

static bool is_event_closed(struct seen *s)
{
	return event_of(s)->closed;
}

static bool is_event_full(struct seen *s)
{
	return s->c->number == ATTENDANCE_GOING && (event_of(s)->at_capacity || event_places_left(event_of(s)) == 0);
}

static bool has_no_sign_up(struct seen *s)
{
	return event_of(s)->status == EVENT_STANDALONE;
}

static bool is_event_private(struct seen *s)
{
	return event_of(s)->status == EVENT_PRIVATE && s->status == 403;
}

static bool is_poll_closed(struct seen *s)
{
	const struct poll *p = s->f->poll;
	bool votes = s->c->kind == CHANGE_VOTE || s->c->kind == CHANGE_UNVOTE;
	return votes && p != NULL && (!p->open || (p->close_ms > 0 && p->close_ms <= s->f->now_ms));
}

static bool is_forbidden(struct seen *s)
{
	return s->status == 403;
}

#define ASK N_("Ask the organiser of the community.")
#define KEEP N_("Keep it as a draft, or write a new topic.")
#define CHANGE N_("Change it and try again.")
#define NOTHING N_("You do not have to do anything.")

/* The first that holds. %d is `wanted`. */
static const struct {
	enum refusal_kind kind;
	bool (*holds)(struct seen *s);
	enum error_kind error;
	const char *what, *todo;
} rules[] = {
	{REFUSAL_SETTLED, is_settled, ERR_NONE, N_("The site has it this way already."), NOTHING},
	{REFUSAL_DAY_LIMIT, is_day_limit, ERR_LIMIT, N_("The site takes no more of these today."),
		N_("kring tries again later.")},
	{REFUSAL_WAIT, is_limit, ERR_LIMIT, N_("The site asks kring to wait a moment."),
		N_("kring waits and goes on by itself.")},
	{REFUSAL_CONFLICT, is_conflict, ERR_CONFLICT, N_("Somebody else changed this first."),
		N_("Look at both versions and choose.")},
	{REFUSAL_SUSPENDED, is_suspended, ERR_FORBIDDEN,
		N_("You cannot log in at this site for a while."), ASK},
	{REFUSAL_SILENCED, is_silenced, ERR_FORBIDDEN,
		N_("You cannot write on this site for a while."), ASK},
	{REFUSAL_GONE, is_gone, ERR_NOT_FOUND, N_("This is not there any more, or the site does not show it."),
		N_("Keep your text as a draft, or delete it.")},
	{REFUSAL_ARCHIVED, is_archived, ERR_REFUSED,
		N_("This topic is archived. Nothing in it can change."), KEEP},
	{REFUSAL_CLOSED, is_closed, ERR_REFUSED, N_("This topic is closed. It takes no replies."), KEEP},
	{REFUSAL_EVENT_PAST, is_event_past, ERR_REFUSED, N_("This meeting is over."), NOTHING},
	{REFUSAL_EVENT_CLOSED, is_event_closed, ERR_REFUSED,
		N_("Signing up for this meeting has stopped."), N_("Ask the organiser of the meeting.")},
	{REFUSAL_EVENT_FULL, is_event_full, ERR_REFUSED, N_("This meeting is full."),
		N_("You can say that you are interested.")},
	{REFUSAL_EVENT_NO_SIGN_UP, has_no_sign_up, ERR_REFUSED,
		N_("You do not have to sign up for this meeting."), NOTHING},
	{REFUSAL_EVENT_PRIVATE, is_event_private, ERR_FORBIDDEN,
		N_("This meeting is only for some groups."), N_("Ask the organiser of the meeting.")},
	{REFUSAL_POLL_CLOSED, is_poll_closed, ERR_REFUSED, N_("The poll is closed."), NOTHING},
	{REFUSAL_TITLE_SHORT, is_title_short, ERR_REFUSED,
		N_("The title is too short. The site wants %d characters or more."), CHANGE},
	{REFUSAL_TITLE_LONG, is_title_long, ERR_REFUSED,
		N_("The title is too long. The site takes %d characters at most."), CHANGE},
	{REFUSAL_TOO_SHORT, is_too_short, ERR_REFUSED,
		N_("The text is too short. The site wants %d characters or more."), CHANGE},
	{REFUSAL_TOO_LONG, is_too_long, ERR_REFUSED,
		N_("The text is too long. The site takes %d characters at most."), CHANGE},
	{REFUSAL_TAGS, lacks_tags, ERR_REFUSED,
		N_("A topic in this category needs more tags. The least is %d."), N_("Add tags and try again.")},
	{REFUSAL_TITLE_USED, is_title_used, ERR_REFUSED,
		N_("There is a topic with this title already."), N_("Choose another title, or reply in that topic.")},
	{REFUSAL_REPEATED, is_repeated, ERR_REFUSED, N_("You sent the same text a short while ago."),
		N_("Change it, or delete it.")},
	{REFUSAL_SLOW_MODE, is_slow, ERR_REFUSED,
		N_("In this topic you can write only once in a while."), N_("Try again later.")},
	{REFUSAL_EDIT_WINDOW, is_past_editing, ERR_REFUSED, N_("This post is too old to change."),
		N_("Write a reply with what you want to add.")},
	{REFUSAL_UNDO_WINDOW, is_past_undoing, ERR_REFUSED,
		N_("It is too late to take this back."), NOTHING},
	{REFUSAL_FORBIDDEN, is_forbidden, ERR_FORBIDDEN, N_("The site does not allow this."), ASK},
	{REFUSAL_OTHER, NULL, ERR_REFUSED, N_("The site does not accept this."), CHANGE},
};

/* No answer, a site that is down or read-only, a key that is not good: the change is as good as before. */
static bool is_refusal(const struct error *failed)
{
	static const enum error_kind kinds[] = {ERR_LIMIT, ERR_FORBIDDEN, ERR_NOT_FOUND, ERR_CONFLICT, ERR_REFUSED};
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (failed->kind == kinds[i])
			return true;
	return false;
}

static const char *kept(const struct change *c, const struct error *failed)
{
	if (failed->kind == ERR_LIMIT)
		return _("Nothing is lost.");
	return change_is_text(c->kind) ? _("Your text is kept.") : _("Nothing is changed.");
}

static void read_words(const struct answer *answer, struct refusal *out)
{
	struct arena a = {0};
	struct fault fault;
	if (fault_decode(answer->json, &a, &fault))
		snprintf(out->theirs, sizeof out->theirs, "%s", str_or_empty(fault.words));
	utf8_cut_partial(out->theirs);
	arena_fini(&a);
}

/* Ours, and the site's own words behind it. `what` may hold one %d. */
static void write_sentence(const char *what, int wanted, struct refusal *out)
{
	struct sbuf text = {0};
	const char *number = strstr(what, "%d");
	if (number == NULL)
		sbuf_add(&text, what);
	else
		sbuf_addf(&text, "%.*s%d%s", (int)(number - what), what, wanted, number + 2);
	if (out->theirs[0] != '\0' && out->error.kind != ERR_NONE) {
		sbuf_addc(&text, ' ');
		sbuf_addf(&text, _("The site says: %s"), out->theirs);
	}
	snprintf(out->error.what, sizeof out->error.what, "%s", sbuf_str(&text));
	utf8_cut_partial(out->error.what);
	sbuf_fini(&text);
}

bool refusal_explain(
	const struct refusal_facts *f, const struct answer *answer, const struct error *failed, struct refusal *out)
{
	struct seen s = {.f = f, .c = f->change, .failed = failed, .status = failed->http_status};
	*out = (struct refusal){.error = *failed};
	if (!is_refusal(failed))
		return false;
	size_t i = 0;
	while (rules[i].holds != NULL && !rules[i].holds(&s))
		i++;
	read_words(answer, out);
	out->kind = rules[i].kind;
	out->error.kind = rules[i].error;
	write_sentence(_(rules[i].what), s.wanted, out);
	error_advise(&out->error, kept(f->change, failed), _(rules[i].todo));
	return true;
}
