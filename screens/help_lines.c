#include "help_lines.h"

#include <string.h>

#include "keys.h"
#include "mem.h"
#include "text.h"
#include "typed_key.h"

static void add_list(const struct screen_ops *about, struct styled_builder *b)
{
	styled_label(b, _("A number"), _("Open the line with that number"));
	styled_label(b, _("Enter"), _("Show more lines, and after the last one the first ones again"));
	if (about->filter) {
		styled_label(b, _("/ and words"), _("Show only the lines with these words"));
		styled_label(b, "/", _("Show all lines again"));
	}
	if (about->keys != NULL)
		styled_label(b, "! 3", _("Show what you can do with line 3"));
}

static void add_text(const struct screen_ops *about, struct styled_builder *b)
{
	styled_label(b, _("Enter"), _("Read on"));
	styled_label(b, _("A number"), _("Open what stands behind that number under the text"));
	styled_label(b, "Home", _("Read again from the start"));
}

static void add_ask(const struct screen_ops *about, struct styled_builder *b)
{
	styled_label(b, _("Words"), _("They are your answer"));
	styled_label(b, _("Enter"), _("Keep the answer that is there"));
	styled_label(b, ".", _("Give an empty answer"));
}

static void add_edit(const struct screen_ops *about, struct styled_builder *b)
{
	static const char *const commands[][2] = {
		{".", N_("End the text")}, {"!p", N_("Show the text with the numbers of its lines")},
		{"!d 3", N_("Remove line 3")}, {"!c 3", N_("Change line 3 into the words behind it")},
		{"!i 3", N_("Put the words behind it before line 3")}, {"!u", N_("Undo")},
		{"!@an", N_("Say which names begin like this")}, {"!e", N_("Write the text in your own editor")},
		{"!!, .., <<", N_("Begin a line with that sign")},
	};
	styled_label(b, _("Words"), _("They are the next line of your text"));
	for (size_t i = 0; i < COUNT(commands); i++)
		styled_label(b, commands[i][0], _(commands[i][1]));
}

static void add_key(const struct config *c, const struct binding *k, struct styled_builder *b)
{
	struct sbuf name = {0};
	if (typed_key_works(k) && keys_typed(c, k, &name))
		styled_label(b, sbuf_str(&name), _(k->says));
	sbuf_fini(&name);
}

/* Behind a question and in a text, letters are the answer. */
static bool has_keys(const struct screen_ops *about)
{
	return about->kind == SCREEN_LIST || about->kind == SCREEN_TEXT;
}

static void add_signs(const struct screen_ops *about, struct styled_builder *b)
{
	styled_label(b, "<", _("Go one step back"));
	styled_label(b, about->kind == SCREEN_EDIT ? "!?" : "?", _("Show help for this screen"));
	styled_label(b, "!", _("Show what you can do here"));
}

/* The signs stand above, and what a list can do is said with the list. */
static void add_global_keys(const struct screen *s, struct styled_builder *b)
{
	static const char *const said[] = {"back", "help", "help-2", "actions", "narrow", "search-2", "exit", "exit-2"};
	for (const struct binding *k = global_keys; k->key != NULL; k++) {
		bool again = false;
		for (size_t i = 0; i < COUNT(said); i++)
			again = again || strcmp(said[i], k->verb) == 0;
		if (!again)
			add_key(s->ctx->config, k, b);
	}
	styled_label(b, keys_to(s, "exit", b->arena), _("Leave kring"));
}

void help_lines_add(const struct screen *s, const struct screen_ops *about, struct styled_builder *b)
{
	static void (*const kinds[])(const struct screen_ops *about, struct styled_builder *b) = {
		[SCREEN_LIST] = add_list, [SCREEN_TEXT] = add_text, [SCREEN_ASK] = add_ask, [SCREEN_EDIT] = add_edit,
	};
	styled_line(b, ROLE_STRONG, _("What you can type here"));
	kinds[about->kind](about, b);
	for (const struct binding *k = about->keys; has_keys(about) && k != NULL && k->key != NULL; k++)
		add_key(s->ctx->config, k, b);
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("What you can type everywhere"));
	add_signs(about, b);
	if (has_keys(about))
		add_global_keys(s, b);
}
