#include "screens.h"

#include "profile_value.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"

/* A longer text of the member's own profile (target text: its name). Until it is sent it is a draft. */
enum { BytesOfAChar = 4 };

struct profile_text_state {
	struct profile_editing editing;
};

static void profile_text_load(struct screen *s)
{
	const struct profile_text_state *st = s->state;
	profile_editing_load(s);
	if (st->editing.value == NULL || s->loaded)
		return;
	s->editor.max_bytes = (size_t)st->editing.value->max_chars * BytesOfAChar;
	editor_set(&s->editor, profile_begin(s));
}

static void profile_text_save(struct screen *s)
{
	profile_keep(s, editor_text(&s->editor));
}

static void send(struct screen *s)
{
	char *given = arena_strdup(&s->mem, editor_text(&s->editor));
	profile_give(s, str_trim(given));
}

static void profile_text_text(struct screen *s, struct styled_builder *b)
{
	const struct profile_text_state *st = s->state;
	struct sbuf about = {0};
	if (st->editing.value == NULL) {
		styled_line(b, ROLE_TEXT, _("This part of the profile cannot be changed here."));
		return;
	}
	profile_explain(&about, st->editing.value);
	styled_line(b, ROLE_TEXT, sbuf_str(&about));
	sbuf_fini(&about);
}

static const struct binding profile_text_keys[] = {
	{"F9", "send", N_("Send"), N_("Send this text to your profile"), send, true},
	{"F6", "editor", N_("Own editor"), N_("Write the text in your own editor"), view_edit_outside, true},
	{0},
};

const struct screen_ops profile_text_ops = {
	.name = "profile_text", .kind = SCREEN_EDIT, .aggregates = STORE_MEMBERS, .keys = profile_text_keys,
	.state_size = sizeof(struct profile_text_state), .load = profile_text_load, .text = profile_text_text,
	.save = profile_text_save,
	.finish = send,
};
