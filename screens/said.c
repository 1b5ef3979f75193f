#include "said.h"

#include <stdio.h>
#include <string.h>

#include "screens.h"
#include "stack.h"
#include "text.h"
#include "utf8.h"
#include "when.h"

void said_add(struct said *s, int64_t ms, const char *text)
{
	if (s->count > 0 && strncmp(said_at(s, 0)->text, text, SAID_BYTES - 1) == 0)
		return;
	struct said_line *line = &s->line[s->next];
	s->next = (s->next + 1) % SAID_LINES;
	s->count += s->count < SAID_LINES;
	s->total++;
	line->ms = ms;
	snprintf(line->text, sizeof line->text, "%s", text);
	utf8_cut_partial(line->text);
}

const struct said_line *said_at(const struct said *s, int i)
{
	return &s->line[(s->next - 1 - i + 2 * SAID_LINES) % SAID_LINES];
}

static void said_load(struct screen *s)
{
	s->title = _("What kring said");
}

static void said_text(struct screen *s, struct styled_builder *b)
{
	const struct said *said = &s->ctx->stack->said;
	if (said->count == 0)
		styled_line(b, ROLE_TEXT, _("kring has said nothing yet."));
	for (int i = 0; i < said->count; i++) {
		struct sbuf when = {0};
		when_moment(&when, said_at(said, i)->ms, s->ctx->zone);
		b->anchor = said->total - i;
		styled_label(b, sbuf_str(&when), said_at(said, i)->text);
		sbuf_fini(&when);
	}
}

const struct screen_ops said_ops = {.name = "said", .kind = SCREEN_TEXT, .load = said_load, .text = said_text};
