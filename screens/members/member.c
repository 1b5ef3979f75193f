#include "screens.h"

#include "compose.h"
#include "keys.h"
#include "member.h"
#include "member_store.h"
#include "note.h"
#include "post_text.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "user_field_store.h"

/* The profile of one member: target id, or the username in target text. */
struct member_state {
	const struct member *member;
	struct user_field_rows fields;
	bool me;
	const char *note;
};

static void member_load(struct screen *s)
{
	struct member_state *st = s->state;
	struct store *store = s->ctx->store;
	*st = (struct member_state){0};
	s->title = _("Member");
	if (store == NULL)
		return;
	st->member = s->target.id != 0 ? member_store_get(store, s->target.id, &s->mem)
		: member_store_by_username(store, str_or_empty(s->target.text), &s->mem);
	if (st->member == NULL)
		return;
	s->title = member_display(st->member->name, st->member->username);
	st->fields = user_field_store_list(store, &s->mem);
	st->note = note_store_get(store, NOTE_MEMBER, st->member->id, &s->mem);
	const struct session *me = session_store_get(store, &s->mem);
	st->me = me != NULL && me->user_id == st->member->id;
}

static void add_groups(struct styled_builder *b, const struct member *m)
{
	struct sbuf names = {0};
	for (int i = 0; i < m->group_count; i++)
		sbuf_addf(&names, "%s%s", i > 0 ? ", " : "", m->group[i]);
	styled_label(b, _("Groups"), sbuf_str(&names));
	sbuf_fini(&names);
}

static void add_note(struct styled_builder *b, const char *note)
{
	if (str_empty(note))
		return;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Your note, only on this computer"));
	styled_pre(b, ROLE_TEXT, note, "");
	styled_break(b);
}

static void member_text(struct screen *s, struct styled_builder *b)
{
	const struct member_state *st = s->state;
	const struct member *m = st->member;
	if (m == NULL) {
		styled_line(b, ROLE_TEXT, _("This member is not in kring. The profile may be gone."));
		return;
	}
	struct post_look look = {.ctx = s->ctx, .width = screen_text_width(s)};
	styled_line(b, ROLE_HEADING, member_display(m->name, m->username));
	styled_label(b, _("Username"), m->username);
	styled_label(b, _("Title"), m->title);
	styled_label(b, _("Status"), m->status);
	if (st->me)
		keys_line(s, b, ROLE_TEXT, _("This is you. You change your profile with {edit}, or under My details."));
	if (m->ignored)
		styled_line(b, ROLE_TEXT, _("You do not want to see posts of this member."));
	else if (m->muted)
		styled_line(b, ROLE_TEXT, _("You get no notices about this member."));
	if (m->hidden)
		styled_line(b, ROLE_TEXT, _("This member does not show the profile."));
	styled_blank(b);
	for (int i = 0; i < st->fields.count; i++)
		styled_label(b, st->fields.row[i].name, member_field(m, st->fields.row[i].id));
	styled_label(b, _("Place"), m->location);
	styled_label(b, _("Website"), m->website);
	styled_label(b, _("Time zone"), m->timezone);
	add_groups(b, m);
	if (!str_empty(m->bio_cooked)) {
		styled_blank(b);
		styled_line(b, ROLE_STRONG, _("About me"));
		post_text_html(b, m->bio_cooked, &look);
	}
	add_note(b, st->note);
	styled_blank(b);
	styled_line(b, ROLE_MUTED, _("The actions show the posts, topics and meetings of this member."));
}

static void go_with_username(struct screen *s, const char *screen)
{
	const struct member_state *st = s->state;
	if (st->member != NULL)
		screen_go(s, &(struct target){.screen = screen, .text = st->member->username});
}

static void go_posts(struct screen *s)
{
	go_with_username(s, "member_posts");
}

static void go_topics(struct screen *s)
{
	go_with_username(s, "topics");
}

static void go_events(struct screen *s)
{
	go_with_username(s, "calendar");
}

static void write_message(struct screen *s)
{
	const struct member_state *st = s->state;
	if (st->member != NULL)
		compose_message(s, st->member->username);
}

static void write_note(struct screen *s)
{
	const struct member_state *st = s->state;
	if (st->member != NULL)
		note_open(s, NOTE_MEMBER, st->member->id);
}

static void go_level(struct screen *s)
{
	const struct member_state *st = s->state;
	if (st->me)
		screen_say(s, "%s", _("This is you. You cannot mute yourself."));
	else if (st->member != NULL)
		screen_go(s, &(struct target){.screen = "member_level", .id = st->member->id});
}

static void go_edit(struct screen *s)
{
	const struct member_state *st = s->state;
	if (st->me)
		screen_go(s, &(struct target){.screen = "profile"});
	else
		screen_say(s, "%s", _("You can only change your own profile."));
}

static const struct binding member_keys[] = {
	{"c", "compose", N_("Message"), N_("Write a private message to this member"), write_message, true},
	{"p", "note", N_("Note"), N_("Write a note about this member, only for you"), write_note, true},
	{"m", "level", N_("Show or not"), N_("Choose what you see of this member"), go_level, false},
	{"E", "edit", N_("Edit"), N_("Change your own profile"), go_edit, false},
	{"h", "posts", N_("Posts"), N_("Read what this member wrote"), go_posts, true},
	{"t", "topics", N_("Topics"), N_("See the topics this member began"), go_topics, false},
	{"e", "events", N_("Meetings"), N_("See the meetings this member goes to"), go_events, false},
	{0},
};

const struct screen_ops member_ops = {
	.name = "member", .kind = SCREEN_TEXT, .state_size = sizeof(struct member_state), .keys = member_keys,
	.aggregates = STORE_MEMBERS | STORE_NOTES | STORE_OUTBOX, .load = member_load, .text = member_text,
};
