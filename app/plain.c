#include "plain.h"

void plain_begin(struct plain *p, struct call *c)
{
	*p = (struct plain){.call = c, .look = {.ctx = &c->program->ctx, .width = c->program->config.width,
		.show_all = true,
		.first_link = 1}};
	styled_begin(&p->builder, &p->text, &c->mem, p->look.width);
}

const char *plain_end(struct plain *p)
{
	struct sbuf plain = {0};
	styled_end(&p->builder);
	styled_plain(&p->text, &plain);
	const char *s = arena_strdup(&p->call->mem, sbuf_str(&plain));
	sbuf_fini(&plain);
	return s;
}
