#include "outbox_text.h"

#include <string.h>

#include "profile_value.h"
#include "str.h"
#include "text.h"
#include "when.h"

enum naming { BY_WHERE, BY_TITLE, BY_NAMES, ALONE };

static const struct {
	const char *says; /* N_; with %s unless ALONE */
	enum naming naming;
} kinds[CHANGE_KINDS] = {
	[CHANGE_TOPIC] = {N_("Topic: %s"), BY_TITLE},
	[CHANGE_REPLY] = {N_("Reply in %s"), BY_WHERE},
	[CHANGE_MESSAGE] = {N_("Message: %s"), BY_TITLE},
	[CHANGE_EDIT] = {N_("Change of your post in %s"), BY_WHERE},
	[CHANGE_DELETE] = {N_("Delete your post in %s"), BY_WHERE},
	[CHANGE_RECOVER] = {N_("Restore your post in %s"), BY_WHERE},
	[CHANGE_LIKE] = {N_("Like a post in %s"), BY_WHERE},
	[CHANGE_UNLIKE] = {N_("Take back a like in %s"), BY_WHERE},
	[CHANGE_BOOKMARK] = {N_("Save a post in %s"), BY_WHERE},
	[CHANGE_UNBOOKMARK] = {N_("Stop saving a post in %s"), BY_WHERE},
	[CHANGE_FLAG] = {N_("Report a post in %s"), BY_WHERE},
	[CHANGE_TOPIC_LEVEL] = {N_("Follow or mute %s"), BY_WHERE},
	[CHANGE_CATEGORY_LEVEL] = {N_("Follow or mute %s"), BY_WHERE},
	[CHANGE_MEMBER_LEVEL] = {N_("Mute or show %s"), BY_NAMES},
	[CHANGE_ARCHIVE] = {N_("Archive %s"), BY_WHERE},
	[CHANGE_UNARCHIVE] = {N_("Back from the archive: %s"), BY_WHERE},
	[CHANGE_VOTE] = {N_("Vote in %s"), BY_WHERE},
	[CHANGE_UNVOTE] = {N_("Withdraw a vote in %s"), BY_WHERE},
	[CHANGE_ATTENDANCE] = {N_("Sign-up for %s"), BY_WHERE},
	[CHANGE_PROFILE] = {N_("Your profile: %s"), BY_WHERE},
	[CHANGE_READ_ALL] = {N_("Mark everything as read"), ALONE},
};

static const char *name_of(const struct outbox_row *r)
{
	const struct change *c = &r->change;
	if (c->kind == CHANGE_PROFILE && str_empty(r->where))
		return profile_label(c->title);
	enum naming naming = kinds[c->kind].naming;
	return naming == BY_TITLE ? c->title : naming == BY_NAMES ? c->names : r->where;
}

const char *outbox_text_title(const struct outbox_row *r, struct arena *a)
{
	const struct change *c = &r->change;
	enum naming naming = kinds[c->kind].naming;
	const char *name = name_of(r);
	if (naming == ALONE)
		return _(kinds[c->kind].says);
	if (str_empty(name) && naming == BY_TITLE)
		name = _("(no title yet)");
	else if (str_empty(name))
		name = _("(not known here)");
	return arena_printf(a, _(kinds[c->kind].says), name);
}

bool outbox_text_is_held(const struct outbox_row *r)
{
	return r->change.state == CHANGE_WAITING && r->after_state >= 0 && r->after_state != CHANGE_DONE;
}

const char *outbox_text_word(const struct outbox_row *r)
{
	static const char *const words[] = {N_("draft"), N_("waiting"), N_("being sent"), N_("not sure"), N_("arrived"),
		N_("needs you")};
	if (r->change.state == CHANGE_DONE && r->held)
		return _("with a moderator");
	if (!str_empty(r->theirs))
		return _("two versions");
	if (outbox_text_is_held(r) && r->after_state == CHANGE_REFUSED)
		return _("held back");
	return _(words[r->change.state]);
}

static void add_waiting(struct sbuf *out, const struct outbox_row *r, int64_t now_ms, const struct zone *z)
{
	struct sbuf until = {0};
	int64_t ms = r->change.due_ms > r->next_ms ? r->change.due_ms : r->next_ms;
	when_moment(&until, ms, z);
	if (outbox_text_is_held(r))
		sbuf_add(out, r->after_state == CHANGE_REFUSED
			? _("Held back. The change that it belongs to needs you first.")
			: _("Waiting. kring sends it after the change that it belongs to."));
	else if (r->change.due_ms > now_ms)
		sbuf_addf(out, _("Waiting until %s. Until then you can take it back."), sbuf_str(&until));
	else if (r->next_ms > now_ms)
		sbuf_addf(out, _("Waiting. The next try is %s."), sbuf_str(&until));
	else
		sbuf_add(out, _("Waiting for a connection."));
	sbuf_fini(&until);
}

static const char *sentence_of(const struct outbox_row *r)
{
	switch (r->change.state) {
	case CHANGE_DRAFT:
		return str_empty(r->theirs) ? _("Draft. It has not been sent.")
			: _("Draft. It was also changed on the site. Choose which text stays.");
	case CHANGE_SENDING:
		return _("Being sent.");
	case CHANGE_UNSURE:
		return _("Not sure if it arrived. kring first asks the site.");
	case CHANGE_DONE:
		return r->held ? _("Arrived. A moderator looks at it before members see it.") : _("Arrived.");
	case CHANGE_REFUSED:
		return _("Needs you. The site did not take it.");
	case CHANGE_WAITING:
		break;
	}
	return "";
}

void outbox_text_state(struct sbuf *out, const struct outbox_row *r, int64_t now_ms, const struct zone *z)
{
	if (r->change.state == CHANGE_WAITING)
		add_waiting(out, r, now_ms, z);
	else
		sbuf_add(out, sentence_of(r));
}

void outbox_text_written(struct styled_builder *b, const char *text)
{
	for (const char *s = text; *s != '\0';) {
		size_t n = strcspn(s, "\n");
		if (n == 0)
			styled_blank(b);
		styled_addn(b, ROLE_TEXT, s, n);
		styled_break(b);
		s += n + (s[n] == '\n');
	}
}
