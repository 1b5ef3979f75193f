#include "topic_list.h"

#include "outbox_store.h"
#include "outbox_text.h"
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
	if (t->is_message && !str_empty(t->people))
		sbuf_addf(&b, _("With %s"), t->people);
	else
		sbuf_add(&b, t->is_message || str_empty(t->category) ? t->author : t->category);
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

/* A list and the part of it that waits: it begins at `at`. */
struct parts {
	int topics, waiting, at;
};

static struct parts parts_of(struct screen *s, const struct topic_filter *f)
{
	struct parts p = {0};
	if (s->ctx->store == NULL)
		return p;
	p.topics = (int)topic_store_count(s->ctx->store, f);
	p.waiting = (int)outbox_store_topics_count(s->ctx->store, f);
	p.at = f->oldest_first ? p.topics : 0;
	return p;
}

int topic_list_count(struct screen *s, const struct topic_filter *f)
{
	struct parts p = parts_of(s, f);
	return p.topics + p.waiting;
}

static const char *waiting_detail(struct screen *s, const struct outbox_row *r)
{
	struct sbuf b = {0};
	if (r->change.kind == CHANGE_MESSAGE)
		sbuf_addf(&b, _("With %s"), r->change.names);
	else
		sbuf_add(&b, r->where);
	sbuf_add(&b, b.n > 0 ? " | " : "");
	outbox_text_state(&b, r, s->ctx->now_ms, s->ctx->zone);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void add_waiting(struct screen *s, const struct topic_filter *f, int first, int n, struct row *out)
{
	struct outbox_rows list = outbox_store_topics(s->ctx->store, f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count; i++) {
		const struct outbox_row *r = &list.row[i];
		out[i] = (struct row){.id = r->change.id, .id2 = TOPIC_LIST_WAITING,
			.title = str_empty(r->change.title) ? _("(no title yet)") : r->change.title,
			.state = outbox_text_word(r),
			.detail = waiting_detail(s, r)};
	}
}

static void add_topics(struct screen *s, const struct topic_filter *f, int first, int n, struct row *out)
{
	struct topic_rows list = topic_store_list(s->ctx->store, f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count; i++) {
		const struct topic_row *t = &list.row[i];
		out[i] = (struct row){.id = t->id, .title = t->title, .state = state_of(s, t), .detail = detail_of(s, t)};
	}
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

void topic_list_rows(struct screen *s, const struct topic_filter *f, int first, int n, struct row *out)
{
	struct parts p = parts_of(s, f);
	for (int i = 0; i < n;) {
		int at = first + i, more;
		if (at >= p.at && at < p.at + p.waiting) {
			more = min(n - i, p.at + p.waiting - at);
			add_waiting(s, f, at - p.at, more, &out[i]);
		} else {
			more = at < p.at ? min(n - i, p.at - at) : n - i;
			add_topics(s, f, at < p.at ? at : at - p.waiting, more, &out[i]);
		}
		i += more;
	}
}

int topic_list_position(struct screen *s, const struct topic_filter *f, int64_t id, int64_t id2)
{
	struct parts p = parts_of(s, f);
	int place = (int)(id2 == TOPIC_LIST_WAITING ? outbox_store_topics_position(s->ctx->store, f, id)
		: topic_store_position(s->ctx->store, f, id));
	if (place < 0)
		return -1;
	return id2 == TOPIC_LIST_WAITING ? p.at + place : place < p.at ? place : place + p.waiting;
}

void topic_list_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = row->id2 == TOPIC_LIST_WAITING ? "outbox_item" : "topic",
		.id = row->id});
}

void topic_list_read_all(struct screen *s)
{
	struct change c = {.kind = CHANGE_READ_ALL, .time_ms = s->ctx->now_ms};
	writing_send(s, &c, _("Everything up to now counts as read."));
}

void topic_list_archive(struct screen *s, const struct topic_row *t)
{
	struct change c = {.kind = t->put_away ? CHANGE_UNARCHIVE : CHANGE_ARCHIVE, .topic_id = t->id};
	writing_send(s, &c, t->put_away ? _("The message is back among your messages.")
		: _("The message is in your archive."));
}

void topic_list_category_level(struct screen *s, int64_t category_id)
{
	if (category_id <= 0)
		screen_say(s, "%s", _("Choose a category first. Then you can follow or mute it."));
	else if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "level", .id = category_id, .number = LEVEL_OF_CATEGORY});
}
