#include "compose_look.h"

#include "category_store.h"
#include "cook.h"
#include "group_store.h"
#include "member_store.h"
#include "post_text.h"
#include "str.h"
#include "topic_store.h"

struct known {
	struct store *store;
	struct arena mem;
};

static enum cook_mention mention(void *data, const char *name)
{
	struct known *k = data;
	if (member_store_by_username(k->store, name, &k->mem) != NULL)
		return COOK_USER;
	struct group_rows groups = group_store_list(k->store, &k->mem);
	for (int i = 0; i < groups.count; i++)
		if (str_equal(groups.row[i].name, name))
			return COOK_GROUP;
	return COOK_NOBODY;
}

static bool is_tag(struct known *k, const char *slug)
{
	int count = 0;
	const struct tag_count *tag = topic_store_tags(k->store, &k->mem, &count);
	for (int i = 0; i < count; i++)
		if (str_equal(tag[i].tag, slug))
			return true;
	return false;
}

static bool hashtag(void *data, const char *slug, struct cook_hashtag *out)
{
	struct known *k = data;
	int64_t id = category_store_find(k->store, slug);
	const struct category *c = id == 0 ? NULL : category_store_get(k->store, id, &k->mem);
	if (c != NULL)
		*out = (struct cook_hashtag){.type = "category", .name = c->name, .id = id,
			.url = arena_printf(&k->mem, "/c/%s/%lld", c->slug, (long long)id)};
	else if (is_tag(k, slug))
		*out = (struct cook_hashtag){.type = "tag", .name = slug, .url = arena_printf(&k->mem, "/tag/%s", slug)};
	else
		return false;
	return true;
}

static const char *topic_title(void *data, int64_t topic_id)
{
	struct known *k = data;
	const struct topic_row *t = topic_store_row(k->store, topic_id, &k->mem);
	return t == NULL ? NULL : t->title;
}

void compose_look(const struct screen *s, const char *raw, int64_t topic_id, struct styled_builder *b)
{
	struct known k = {.store = s->ctx->store};
	struct cook_context c = {.data = &k, .topic_id = topic_id};
	struct post_look look = {.ctx = s->ctx, .width = screen_text_width(s), .show_all = true,
		.first_link = (int)b->out->link_count + 1};
	struct cooked cooked;
	if (k.store != NULL) {
		c.mention = mention;
		c.hashtag = hashtag;
		c.topic_title = topic_title;
	}
	cook_post(&c, raw, &cooked, &k.mem);
	post_text_html(b, cooked.html, &look);
	styled_break(b);
	arena_fini(&k.mem);
}
