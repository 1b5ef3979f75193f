#include "screens.h"

#include "help_lines.h"
#include "keys.h"
#include "site_store.h"
#include "stack.h"
#include "str.h"
#include "text.h"

/* Help about a screen (target text: its name), made from the table of keys. */
static void help_load(struct screen *s)
{
	s->title = _("Help");
}

static void add_keys(struct styled_builder *b, const struct config *c, const struct screen_ops *on,
	const struct binding *rows)
{
	for (const struct binding *k = rows; k != NULL && k->key != NULL; k++) {
		struct sbuf name = {0};
		bool works = on->filter || !str_equal(k->verb, "narrow");
		if (works && keys_name(c, on, k, &name))
			styled_label(b, sbuf_str(&name), _(k->says));
		sbuf_fini(&name);
	}
}

static void add_editor(struct styled_builder *b)
{
	static const char *const keys[][2] = {
		{N_("Enter"), N_("Begin a new line")}, {N_("Tab"), N_("Complete a name that begins with @ or #")},
		{"Ctrl-B, Ctrl-F", N_("Go a word back or further")}, {"Ctrl-O, Ctrl-R", N_("Undo, and do it again")},
		{"Ctrl-W", N_("Remove the word before the cursor")},
		{"Ctrl-U, Ctrl-K", N_("Remove to the start or the end of the line")},
	};
	styled_label(b, _("Arrow up, arrow down"), _("Read a line further or back"));
	styled_label(b, _("Page up, Page down"), _("Go to the previous or the next page"));
	styled_label(b, _("Home, End"), _("Go to the start or the end of the line"));
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		styled_label(b, _(keys[i][0]), _(keys[i][1]));
}

static void add_pair(struct styled_builder *b, const struct config *c, enum key_code one, enum key_code other,
	const char *says)
{
	struct sbuf names = {0};
	keys_add_moves(c, one, &names);
	sbuf_add(&names, ", ");
	keys_add_moves(c, other, &names);
	styled_label(b, sbuf_str(&names), says);
	sbuf_fini(&names);
}

static void add_one(struct styled_builder *b, const struct config *c, enum key_code code, const char *says)
{
	struct sbuf names = {0};
	keys_add_moves(c, code, &names);
	styled_label(b, sbuf_str(&names), says);
	sbuf_fini(&names);
}

static void add_kind(struct styled_builder *b, const struct config *c, enum screen_kind kind)
{
	if (kind == SCREEN_EDIT) {
		add_editor(b);
		return;
	}
	add_pair(b, c, KEY_UP, KEY_DOWN, kind == SCREEN_LIST ? _("Choose an item") : _("Read a line further or back"));
	add_pair(b, c, KEY_PAGE_UP, KEY_PAGE_DOWN, _("Go to the previous or the next page"));
	add_pair(b, c, KEY_HOME, KEY_END, _("Go to the start or the end"));
	if (kind == SCREEN_LIST)
		add_one(b, c, KEY_ENTER, _("Open the item you chose"));
	else if (kind == SCREEN_TEXT) {
		add_one(b, c, KEY_ENTER, _("Open the link, the folded text or the menu of actions"));
		add_one(b, c, KEY_TAB, _("Go to the next link"));
	} else
		styled_label(b, _("Enter"), _("Give your answer"));
}

static const char *words_about(const char *screen)
{
	static const char *const words[][2] = {
		{"start", N_("From here you go to every part of kring. Choose one to open it.")},
		{"more",
		N_("Here is the rest of kring. Log out in your terminal with: kring logout. "
			"kring wipe removes everything from this computer.")},
		{"members",
		N_("These are the members, in alphabetical order. Type {narrow} and a name, a place or what someone does.")},
		{"member", N_("This is the profile of one member. You see only what the member shows to members.")},
		{"board", N_("These are the categories of the board. Open one to see its topics.")},
		{"topics", N_("These are topics. The word new says that there are posts you have not read.")},
		{"topic", N_("Here you read the posts of one topic. Posts you have seen count as read.")},
		{"calendar", N_("These are the meetings by day. Times are in your own time zone.")},
		{"event", N_("This is one meeting with all its details.")},
		{"vote", N_("Choose what fits. Nothing is sent before you choose the row below the answers.")},
		{"sign_up",
		N_("Choose an answer to give it. You can change or withdraw it as long as signing up is open.")},
		{"agreements", N_("These are the agreements of a circle. Nothing is sent before you agree.")},
		{"profile", N_("This is what your profile says. Beside each part stands who sees it.")},
		{"member_level", N_("Choose what you see of this member. The member is not told.")},
		{"note", N_("This note is only for you. It stays on this computer.")},
		{"notes", N_("These are your notes, newest first. They stay on this computer.")},
		{"messages", N_("These are private messages. Only the people named can read them.")},
		{"search", N_("kring searches in everything that was fetched. This also works offline.")},
		{"notices", N_("These are notices about your posts and messages. They do not ask anything of you.")},
		{"compose", N_("Here you write. kring keeps your text while you type. Nothing is sent from here.")},
		{"draft", N_("These are the parts of your text. Open one to fill it in. Nothing is sent from here.")},
		{"overview", N_("Here you see everything before you send it. Go back to change it. {send} sends it.")},
		{"proposal", N_("These are the parts of a poll. Each part that you fill in is put into your text.")},
		{"outbox", N_("Here stands what you wrote and sent, and how far it is. What needs you stands first.")},
		{"outbox_item", N_("This is one thing that you wrote or sent. {actions} shows what you can do with it.")},
		{"flag", N_("Choose why you report this post. Each line says what happens next.")},
		{"flag_words", N_("Write what it is about. The line above says who reads it.")},
		{"bookmark", N_("A post that you save is only for you. Nobody sees that you saved it.")},
		{"level", N_("Choose how much you want to know of it. Nobody sees what you choose.")},
		{"confirm", N_("The first choice does nothing. Each line says what a choice does.")},
		{"keys", N_("These are all actions, each with its key. Open one to give it another key.")},
		{"key_press", N_("The key that you press is shown. It holds after Enter.")},
		{"login", N_("Here you log in at a community. You can go back at every step.")},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_equal(words[i][0], screen))
			return _(words[i][1]);
	return _("Choose a line to open it. You can always go one step back.");
}

static void add_human(struct screen *s, struct styled_builder *b)
{
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &s->mem);
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Help from a person"));
	if (site != NULL && !str_empty(site->contact))
		styled_addf(b, ROLE_TEXT, _("Ask %s in a private message. An answer usually comes within a week."),
			site->contact);
	else
		styled_add(b, ROLE_TEXT, _("Ask the organiser of your community. An answer usually comes within a week."));
	styled_break(b);
}

static void add_all_keys(const struct screen *s, const struct screen_ops *about, struct styled_builder *b)
{
	const struct config *c = s->ctx->config;
	styled_line(b, ROLE_STRONG, _("Keys on this screen"));
	add_kind(b, c, about->kind);
	add_keys(b, c, about, about->keys);
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Keys everywhere"));
	add_keys(b, c, about, global_keys);
	styled_label(b, "Ctrl-L", _("Draw the screen again"));
	if (!c->letters) {
		styled_blank(b);
		keys_line(s, b, ROLE_TEXT, _("Letters are turned off as keys. {actions} shows all actions."));
	}
}

static void help_text(struct screen *s, struct styled_builder *b)
{
	const struct screen_ops *about = screens_find(str_or_empty(s->target.text));
	if (about == NULL)
		about = screens_find("start");
	keys_line(s, b, ROLE_TEXT, words_about(about->name));
	styled_blank(b);
	if (s->ctx->stack->lines)
		help_lines_add(s, about, b);
	else
		add_all_keys(s, about, b);
	add_human(s, b);
}

const struct screen_ops help_ops = {
	.name = "help", .kind = SCREEN_TEXT, .aggregates = STORE_SITE, .load = help_load, .text = help_text,
};
