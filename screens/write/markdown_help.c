#include "screens.h"

#include "text.h"

/* How a text gets its form: what is typed, and what it becomes. */
static const struct {
	const char *says, *typed;
} rows[] = {
	{N_("Important words"), N_("**words**")},
	{N_("Words with stress"), N_("*words*")},
	{N_("A list"), N_("- one\n- two")},
	{N_("A list with numbers"), N_("1. one\n2. two")},
	{N_("A heading"), N_("## Heading")},
	{N_("A link"), N_("[words](https://address.example)")},
	{N_("A quote"), N_("> words of somebody else")},
	{N_("A quote with the name of the writer"), N_("[quote=\"name\"]\nwords\n[/quote]")},
	{N_("A member or a group"), N_("@name")},
	{N_("A category or a tag"), N_("#name")},
	{N_("Text that is folded in"), N_("[details=\"Heading\"]\ntext\n[/details]")},
	{N_("Text that is hidden until somebody opens it"), N_("[spoiler]text[/spoiler]")},
	{N_("A poll"), N_("[poll]\n- yes\n- no\n[/poll]")},
	{N_("Text as it is, without form"), N_("`text`")},
};

static void markdown_load(struct screen *s)
{
	s->title = _("Markdown");
}

static void markdown_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _("You do not need any of this. Plain text is fine."));
	styled_line(b, ROLE_TEXT, _("An empty line begins a new paragraph."));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		styled_blank(b);
		styled_line(b, ROLE_STRONG, _(rows[i].says));
		styled_push(b, ROLE_TEXT, "  ", "  ");
		styled_pre(b, ROLE_CODE, _(rows[i].typed), "");
		styled_pop(b);
	}
	styled_break(b);
}

const struct screen_ops markdown_ops = {
	.name = "markdown", .kind = SCREEN_TEXT, .load = markdown_load, .text = markdown_text,
};
