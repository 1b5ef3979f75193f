#include "commands.h"

#include "search_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

static const char *kind_word(enum search_kind k)
{
	return k == SEARCH_MEMBER ? "member" : k == SEARCH_EVENT ? "event" : k == SEARCH_TOPIC ? "topic" : "post";
}

static void show_hit(struct call *c, const struct search_hit *h, struct json *o)
{
	struct sbuf when = {0};
	json_add_string(o, "kind", kind_word(h->kind));
	json_add_int(o, "id", h->id);
	if (h->topic_id != 0)
		json_add_int(o, "topic_id", h->topic_id);
	if (h->kind == SEARCH_POST)
		json_add_int(o, "post_number", h->post_number);
	json_add_string(o, "title", h->title);
	json_add_string(o, "username", h->username);
	json_add_string(o, "blurb", h->snippet);
	call_add_time(o, "time", h->time_ms);
	call_line(c, "%s", h->title);
	call_line(c, "  %s: %lld", _("Number"), (long long)(h->topic_id != 0 && h->kind != SEARCH_EVENT
		? h->topic_id : h->id));
	if (!str_empty(h->username))
		call_line(c, "  %s: %s", _("Member"), h->username);
	if (h->time_ms != 0) {
		when_moment(&when, h->time_ms, c->program->ctx.zone);
		call_line(c, "  %s: %s", _("When"), sbuf_str(&when));
	}
	if (!str_empty(h->snippet))
		call_line(c, "  %s", h->snippet);
	sbuf_fini(&when);
}

int search_run(struct call *c)
{
	struct sbuf words = {0};
	int limit = call_limit(c, 50);
	if (limit == 0 || !call_rest(c, 50) || c->argc == 0)
		return call_usage(c);
	for (int i = 0; i < c->argc; i++)
		sbuf_addf(&words, "%s%s", i > 0 ? " " : "", c->argv[i]);
	struct search_rows list = search_store_list(c->program->store, sbuf_str(&words), SEARCH_ALL, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, "results");
	for (int i = 0; i < list.count; i++)
		show_hit(c, &list.row[i], json_append_object(array));
	if (list.count == 0)
		call_line(c, "%s", _("Nothing fits these words."));
	sbuf_fini(&words);
	return EXIT_OK;
}
