#include "commands.h"

#include <string.h>

#include "category_store.h"
#include "post_store.h"
#include "outbox_call.h"
#include "plain.h"
#include "str.h"
#include "text.h"
#include "when.h"

static void add_tags(struct json *object, const char *joined, struct arena *a)
{
	struct json *list = json_add_array(object, "tags");
	char *rest = arena_strdup(a, str_or_empty(joined));
	for (char *tag; rest != NULL && (tag = strsep(&rest, ",")) != NULL;)
		if (*str_trim(tag) != '\0')
			json_append_string(list, str_trim(tag));
}

struct json *topic_json(const struct topic_row *t)
{
	struct json *o = json_object();
	struct arena a = {0};
	json_add_int(o, "id", t->id);
	json_add_string(o, "title", t->title);
	json_add_string(o, "username", str_empty(t->author) ? NULL : t->author);
	if (t->is_message) {
		json_add_string(o, "participants", t->people);
	} else {
		json_add_int(o, "category_id", t->category_id);
		json_add_string(o, "category", str_empty(t->category) ? NULL : t->category);
	}
	add_tags(o, t->tags, &a);
	call_add_time(o, "created_at", t->created_ms);
	call_add_time(o, "bumped_at", t->bumped_ms);
	json_add_int(o, "posts_count", t->posts_count);
	json_add_int(o, "highest_post_number", t->highest_post_number);
	json_add_int(o, "last_read_post_number", t->last_read_post_number);
	json_add_bool(o, "unread", t->unread);
	json_add_bool(o, "closed", t->closed);
	json_add_bool(o, "archived", t->archived);
	json_add_bool(o, "pinned", t->pinned);
	json_add_bool(o, "bookmarked", t->bookmarked);
	if (t->event_id != 0)
		json_add_int(o, "event_id", t->event_id);
	arena_fini(&a);
	return o;
}

void topic_lines(struct call *c, const struct topic_row *t)
{
	struct sbuf when = {0};
	when_moment(&when, t->bumped_ms, c->program->ctx.zone);
	call_line(c, "%s%s%s", t->title, t->unread ? ", " : "", t->unread ? _("new") : "");
	call_line(c, "  %s: %lld", _("Number"), (long long)t->id);
	if (t->is_message && !str_empty(t->people))
		call_line(c, "  %s: %s", _("With"), t->people);
	else if (!str_empty(t->category))
		call_line(c, "  %s: %s", _("Category"), t->category);
	if (!str_empty(t->author))
		call_line(c, "  %s: %s", _("Writer"), t->author);
	call_line(c, "  %s: %s", _("Last post"), sbuf_str(&when));
	sbuf_fini(&when);
}

static int list_topics(struct call *c, const struct topic_filter *f, const char *name, int limit)
{
	struct topic_rows list = topic_store_list(c->program->store, f, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, name);
	for (int i = 0; i < list.count; i++) {
		json_append(array, topic_json(&list.row[i]));
		topic_lines(c, &list.row[i]);
	}
	if (list.count == 0)
		call_line(c, "%s", _("Nothing here yet."));
	return EXIT_OK;
}

int topics_run(struct call *c)
{
	const char *category = call_option(c, "--category");
	struct topic_filter f = {.unread = call_flag(c, "--unread"), .children = true};
	int limit = call_limit(c, 50);
	if (limit == 0 || !call_rest(c, 0))
		return call_usage(c);
	if (category != NULL && (f.category_id = category_store_find(c->program->store, category)) == 0) {
		struct error err;
		fail(&err, ERR_NOT_FOUND, _("There is no category \"%s\"."), category);
		return call_fail(c, &err);
	}
	return list_topics(c, &f, "topics", limit);
}

int messages_run(struct call *c)
{
	int limit = call_limit(c, 50);
	if (limit == 0 || !call_rest(c, 0))
		return call_usage(c);
	return list_topics(c, &(struct topic_filter){.messages = true}, "messages", limit);
}

static const char *post_plain(struct call *c, const struct post_row *row)
{
	struct plain p;
	plain_begin(&p, c);
	post_text_add(&p.builder, row, &p.look);
	return plain_end(&p);
}

static struct json *post_json(const struct post *p, const char *text)
{
	struct json *o = json_object();
	json_add_int(o, "id", p->id);
	json_add_int(o, "post_number", p->post_number);
	json_add_string(o, "username", p->username);
	json_add_string(o, "name", p->name);
	call_add_time(o, "created_at", p->created_ms);
	call_add_time(o, "updated_at", p->updated_ms);
	if (p->reply_to_post_number > 0)
		json_add_int(o, "reply_to_post_number", p->reply_to_post_number);
	json_add_string(o, "cooked", p->cooked);
	json_add_string(o, "text", text);
	return o;
}

static void add_posts(struct call *c, int64_t topic_id, struct json *array)
{
	enum { Step = 50 };
	for (int from = 1;;) {
		struct post_rows posts = post_store_window(c->program->store, topic_id, from, Step, &c->mem);
		for (int i = 0; i < posts.count; i++) {
			const char *text = post_plain(c, &posts.row[i]);
			json_append(array, post_json(&posts.row[i].post, text));
			sbuf_addf(&c->out, "\n%s", text);
		}
		if (posts.count < Step)
			return;
		from = posts.row[posts.count - 1].post.post_number + 1;
	}
}

/* Replies of the member's that are not at the site yet. */
static void add_waiting(struct call *c, int64_t topic_id, struct json *array)
{
	const struct outbox_filter f = {.open = true, .topic_id = topic_id};
	int64_t count = outbox_store_count(c->program->store, &f);
	struct outbox_rows list = outbox_store_list(c->program->store, &f, 0, (int)count, &c->mem);
	for (int i = 0; i < list.count; i++) {
		if (list.row[i].change.kind != CHANGE_REPLY)
			continue;
		call_line(c, "%s", "");
		outbox_call_show(c, &list.row[i], array);
		call_line(c, "\n%s", list.row[i].change.body);
	}
}

int topic_run(struct call *c)
{
	int64_t id;
	if (!call_rest(c, 1) || c->argc != 1 || !str_to_int(c->argv[0], 1, INT64_MAX, &id))
		return call_usage(c);
	const struct topic_row *t = topic_store_row(c->program->store, id, &c->mem);
	if (t == NULL) {
		struct error err;
		fail(&err, ERR_NOT_FOUND, _("Topic %lld is not in kring."), (long long)id);
		return call_fail(c, &err);
	}
	struct json *o = topic_json(t);
	json_add(c->doc, "topic", o);
	topic_lines(c, t);
	add_posts(c, id, json_add_array(o, "posts"));
	add_waiting(c, id, json_add_array(o, "outbox"));
	return EXIT_OK;
}
