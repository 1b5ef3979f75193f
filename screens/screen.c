#include "screen.h"

#include <stdarg.h>
#include <stdio.h>

#include "panels.h"
#include "stack.h"
#include "str.h"

void screen_go(struct screen *s, const struct target *to)
{
	stack_go(s->ctx->stack, to);
}

void screen_back(struct screen *s)
{
	stack_back(s->ctx->stack);
}

void screen_replace(struct screen *s, const struct target *to)
{
	stack_replace(s->ctx->stack, to);
}

void screen_say(struct screen *s, const char *fmt, ...)
{
	char sentence[800];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, ap);
	va_end(ap);
	stack_say(s->ctx->stack, "%s", sentence);
}

void screen_say_error(struct screen *s, const struct error *err)
{
	stack_say_error(s->ctx->stack, err);
}

void screen_reload(struct screen *s)
{
	s->stale = true;
}

void screen_retext(struct screen *s)
{
	s->text_stale = true;
}

int screen_text_width(const struct screen *s)
{
	int room = panels_cols(s->ctx->stack, s) - 3, width = s->ctx->config->width;
	if (room > width)
		room = width;
	return room < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : room;
}

const char *screen_filter_text(const struct screen *s)
{
	const char *text = field_text(&s->filter);
	return str_empty(text) ? NULL : text;
}
