#include "screens.h"

#include "profile_value.h"
#include "stack.h"
#include "str.h"
#include "text.h"

/* One line of the member's own profile (target text: its name), as a question. */
enum { BytesOfAChar = 4 };

struct profile_field_state {
	struct profile_editing editing;
};

static void profile_field_load(struct screen *s)
{
	struct profile_field_state *st = s->state;
	profile_editing_load(s);
	const struct profile_value *v = st->editing.value;
	if (v == NULL || s->loaded)
		return;
	s->answer.max_bytes = (size_t)v->max_chars * BytesOfAChar;
	field_set(&s->answer, profile_begin(s));
}

static void profile_field_text(struct screen *s, struct styled_builder *b)
{
	const struct profile_field_state *st = s->state;
	struct sbuf about = {0};
	if (st->editing.value == NULL) {
		styled_line(b, ROLE_TEXT, _("This part of the profile cannot be changed here."));
		return;
	}
	const struct profile_value *v = st->editing.value;
	profile_explain(&about, v);
	styled_line(b, ROLE_TEXT, sbuf_str(&about));
	styled_label(b, _("Now"), v->value);
	styled_line(b, ROLE_TEXT, _("Enter sends it. When you go back, it stays as a draft."));
	if (!v->required && v->value[0] != '\0' && !s->ctx->stack->lines)
		styled_line(b, ROLE_TEXT, _("A space and nothing else makes it empty."));
	sbuf_fini(&about);
}

static bool profile_field_ask(struct screen *s, struct question *q)
{
	const struct profile_field_state *st = s->state;
	if (st->editing.value == NULL)
		return false;
	*q = (struct question){.label = st->editing.value->label};
	return true;
}

static void profile_field_answer(struct screen *s, const char *text)
{
	/* Line mode leaves the field as it was: Enter alone means that text. */
	char *given = arena_strdup(&s->mem, text[0] == '\0' ? field_text(&s->answer) : text);
	field_set(&s->answer, given);
	profile_give(s, str_trim(given));
}

static void profile_field_save(struct screen *s)
{
	profile_keep(s, field_text(&s->answer));
}

const struct screen_ops profile_field_ops = {
	.name = "profile_field", .kind = SCREEN_ASK, .aggregates = STORE_MEMBERS,
	.state_size = sizeof(struct profile_field_state), .load = profile_field_load, .text = profile_field_text,
	.ask = profile_field_ask, .answer = profile_field_answer, .save = profile_field_save,
};
