#include "commands.h"

#include "notice_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

static void show_notice(struct call *c, const struct notice *n, struct json *o)
{
	struct sbuf line = {0};
	json_add_int(o, "id", n->id);
	json_add_int(o, "notification_type", n->type);
	json_add_bool(o, "read", n->read);
	call_add_time(o, "created_at", n->created_ms);
	json_add_int(o, "topic_id", n->topic_id);
	json_add_int(o, "post_number", n->post_number);
	json_add_string(o, "title", n->title);
	json_add_string(o, "username", n->username);
	sbuf_addf(&line, notice_pattern(n->type), str_empty(n->username) ? _("Someone") : n->username);
	call_line(c, "%s%s%s", sbuf_str(&line), n->read ? "" : ", ", n->read ? "" : _("new"));
	if (!str_empty(n->title))
		call_line(c, "  %s: %s", _("Topic"), n->title);
	sbuf_reset(&line);
	when_moment(&line, n->created_ms, c->program->ctx.zone);
	call_line(c, "  %s: %s", _("When"), sbuf_str(&line));
	sbuf_fini(&line);
}

int notices_run(struct call *c)
{
	int limit = call_limit(c, 50);
	if (limit == 0 || !call_rest(c, 0))
		return call_usage(c);
	struct notice_rows list = notice_store_list(c->program->store, false, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, "notices");
	for (int i = 0; i < list.count; i++)
		show_notice(c, &list.row[i], json_append_object(array));
	if (list.count == 0)
		call_line(c, "%s", _("There are no notices."));
	return EXIT_OK;
}
