#include "doctor.h"

#include <stdarg.h>

#include "str.h"

void finding_add(struct findings *f, enum finding_state state, const char *what, const char *title,
	const char *todo, const char *fmt, ...)
{
	struct sbuf says = {0};
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&says, fmt, ap);
	va_end(ap);
	struct finding *i = ARENA_NEW(f->mem, struct finding);
	*i = (struct finding){.state = state, .what = what, .title = title,
		.todo = arena_strdup(f->mem, str_or_empty(todo)),
		.says = arena_strdup(f->mem, sbuf_str(&says))};
	sbuf_fini(&says);
	*f->last = i;
	f->last = &i->next;
}
