#include "topic_list.h"

#include "str.h"
#include "text.h"
#include "when.h"

static const char *state_of(const struct screen *s, const struct topic_row *t)
{
	if (t->unread && s->ctx->config->new_word)
		return _("new");
	if (t->closed || t->archived)
		return _("closed");
	return t->muted ? _("not shown in new") : NULL;
}

static const char *detail_of(struct screen *s, const struct topic_row *t)
{
	struct sbuf b = {0};
	if (t->is_message)
		sbuf_addf(&b, _("With %s"), t->people);
	else
		sbuf_add(&b, str_empty(t->category) ? t->author : t->category);
	sbuf_add(&b, " | ");
	if (!t->is_message && !str_empty(t->category) && !str_empty(t->author))
		sbuf_addf(&b, "%s | ", t->author);
	when_moment_day(&b, t->bumped_ms, s->ctx->zone);
	sbuf_add(&b, " | ");
	sbuf_addf(&b, ngettext("%d post", "%d posts", (unsigned long)t->posts_count), t->posts_count);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

struct row topic_list_row(struct screen *s, const struct topic_row *t)
{
	return (struct row){.id = t->id, .title = t->title, .state = state_of(s, t), .detail = detail_of(s, t)};
}
