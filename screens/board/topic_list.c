#include "topic_list.h"

#include "screens.h"
#include "str.h"
#include "text.h"
#include "when.h"
#include "writing.h"

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

void topic_list_read_all(struct screen *s)
{
	struct change c = {.kind = CHANGE_READ_ALL, .time_ms = s->ctx->now_ms};
	writing_send(s, &c, _("Everything up to now counts as read."));
}

void topic_list_archive(struct screen *s, const struct topic_row *t)
{
	struct change c = {.kind = t->put_away ? CHANGE_UNARCHIVE : CHANGE_ARCHIVE, .topic_id = t->id};
	writing_send(s, &c, t->put_away ? _("The message is back in your inbox.") : _("The message is in your archive."));
}

void topic_list_category_level(struct screen *s, int64_t category_id)
{
	if (category_id <= 0)
		screen_say(s, "%s", _("Choose a category first. Then you can follow or mute it."));
	else if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "level", .id = category_id, .number = LEVEL_OF_CATEGORY});
}
