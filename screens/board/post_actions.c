#include "post_actions.h"

#include "compose.h"
#include "keys.h"
#include "note.h"
#include "screens.h"
#include "text.h"
#include "topic_list.h"
#include "writing.h"

/* The post in focus, when something can be done to it; otherwise it is said why not. */
static const struct post *post_or_say(struct screen *s)
{
	const struct post_row *row = topic_post_in_focus(s);
	const char *why = row == NULL ? _("There is no post here yet that this can be done with.")
		: row->post.type == POST_SMALL_ACTION ? _("This line is not a post of a member.") : NULL;
	if (why != NULL)
		screen_say(s, "%s", why);
	return why == NULL ? &row->post : NULL;
}

/* As post_or_say, for what one does to the posts of others. */
static const struct post *post_of_other(struct screen *s, const char *own)
{
	const struct post *p = post_or_say(s);
	const char *why = p == NULL ? NULL : p->yours ? own : p->deleted ? _("This post was withdrawn.") : NULL;
	if (why != NULL)
		screen_say(s, "%s", why);
	return why == NULL ? p : NULL;
}

static bool send_about(struct screen *s, const struct post *p, struct change c, const char *says)
{
	c.post_id = p->id;
	c.topic_id = p->topic_id;
	return writing_send(s, &c, says);
}

static void reply(struct screen *s, bool quote)
{
	const struct topic_row *t = topic_shown(s);
	if (t == NULL)
		screen_say(s, "%s", _("There is no topic here to reply to."));
	else if (t->closed || t->archived)
		screen_say(s, "%s", _("This topic is closed. You can read it, and not reply."));
	else
		compose_reply(s, t->id, topic_number_in_focus(s), quote);
}

void post_reply(struct screen *s)
{
	reply(s, false);
}

void post_quote(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p != NULL && p->deleted)
		screen_say(s, "%s", _("This post was withdrawn."));
	else if (p != NULL)
		reply(s, true);
}

void post_edit(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p == NULL)
		return;
	if (p->can_edit && !p->deleted)
		compose_edit(s, p->id);
	else if (!p->yours)
		screen_say(s, "%s", _("You can only change your own posts."));
	else
		screen_say(s, "%s", p->deleted ? _("You deleted this post. Restore it first.")
			: _("The site does not let you change this post any more."));
}

static void recover(struct screen *s, const struct post *p)
{
	if (p->can_recover || p->yours)
		send_about(s, p, (struct change){.kind = CHANGE_RECOVER}, _("Your post is back."));
	else
		screen_say(s, "%s", _("You can only restore your own posts."));
}

void post_delete(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p == NULL)
		return;
	if (p->deleted)
		recover(s, p);
	else if (p->can_delete)
		send_about(s, p, (struct change){.kind = CHANGE_DELETE},
			keys_fill(s, _("Your post is deleted. Restore it with {delete}."), &s->rows_mem));
	else
		screen_say(s, "%s", p->yours ? _("The site does not let you delete this post.")
			: _("You can only delete your own posts."));
}

void post_like(struct screen *s)
{
	const struct post *p = post_of_other(s, _("This is your own post. You can like posts of others."));
	if (p == NULL)
		return;
	if (p->liked && p->like_final)
		screen_say(s, "%s", _("You like this post. That can no longer be taken back."));
	else if (p->liked)
		send_about(s, p, (struct change){.kind = CHANGE_UNLIKE}, _("You no longer like this post."));
	else
		send_about(s, p, (struct change){.kind = CHANGE_LIKE}, _("You like this post."));
}

void post_bookmark(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p == NULL || writing_port(s) == NULL)
		return;
	if (p->bookmarked)
		send_about(s, p, (struct change){.kind = CHANGE_UNBOOKMARK, .before = p->bookmark_id,
			.original = p->bookmark_note}, _("This post is not saved any more."));
	else
		screen_go(s, &(struct target){.screen = "bookmark", .id = p->id});
}

void post_flag(struct screen *s)
{
	const struct post *p = post_of_other(s, _("This is your own post. You can change or delete it."));
	if (p != NULL && writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "flag", .id = p->id});
}

void post_vote(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p == NULL)
		return;
	if (p->poll_count == 0)
		screen_say(s, "%s", _("There is no poll in this post. Go to the post with the poll first."));
	else
		screen_go(s, &(struct target){.screen = "vote", .id = p->id});
}

void post_note(struct screen *s)
{
	const struct post *p = post_or_say(s);
	if (p != NULL)
		note_open(s, NOTE_POST, p->id);
}

void post_level(struct screen *s)
{
	const struct topic_row *t = topic_shown(s);
	if (t == NULL)
		screen_say(s, "%s", _("There is no topic here to follow."));
	else if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "level", .id = t->id, .number = LEVEL_OF_TOPIC});
}

void post_archive(struct screen *s)
{
	const struct topic_row *t = topic_shown(s);
	if (t == NULL || !t->is_message)
		screen_say(s, "%s", _("Only private messages can be archived."));
	else
		topic_list_archive(s, t);
}
