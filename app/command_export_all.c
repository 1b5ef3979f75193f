#include "export.h"

#include <stdlib.h>

#include "agreement_store.h"
#include "category_store.h"
#include "guide_store.h"
#include "mem.h"
#include "member_store.h"
#include "note_store.h"
#include "outbox_call.h"
#include "post_store.h"
#include "reminder_store.h"
#include "str.h"
#include "user_field_store.h"

/* Everything that is here, as one JSON document, one item at a time. */
enum { Step = 100 };

/* One list of the document. */
struct out_list {
	struct export *e;
	bool begun;
};

static struct out_list list_begin(struct export *e, const char *name)
{
	sbuf_addf(&e->text, ",\n\"%s\": [", name);
	return (struct out_list){.e = e};
}

/* Takes o. */
static bool list_add(struct out_list *l, struct json *o)
{
	sbuf_add(&l->e->text, l->begun ? ",\n" : "\n");
	json_print(o, &l->e->text);
	json_free(o);
	l->begun = true;
	return export_flow(l->e);
}

static bool list_end(struct out_list *l)
{
	sbuf_add(&l->e->text, "\n]");
	return export_flow(l->e);
}

static struct json *post_json(const struct post *p)
{
	struct json *o = json_object();
	json_add_int(o, "id", p->id);
	json_add_int(o, "topic_id", p->topic_id);
	json_add_int(o, "post_number", p->post_number);
	json_add_string(o, "username", p->username);
	json_add_string(o, "name", p->name);
	call_add_time(o, "created_at", p->created_ms);
	call_add_time(o, "updated_at", p->updated_ms);
	if (p->reply_to_post_number > 0)
		json_add_int(o, "reply_to_post_number", p->reply_to_post_number);
	json_add_bool(o, "bookmarked", p->bookmarked);
	json_add_bool(o, "liked", p->liked);
	json_add_string(o, "raw", p->raw);
	json_add_string(o, "cooked", p->cooked);
	return o;
}

static bool add_posts(struct export *e, struct out_list *l, int64_t topic_id)
{
	struct arena a = {0};
	bool ok = true;
	for (int from = 1; ok && from > 0;) {
		struct post_rows posts = post_store_window(e->store, topic_id, from, Step, &a);
		for (int i = 0; i < posts.count && ok; i++)
			ok = list_add(l, post_json(&posts.row[i].post));
		from = posts.count < Step ? 0 : posts.row[posts.count - 1].post.post_number + 1;
		arena_reset(&a);
	}
	arena_fini(&a);
	return ok;
}

/* Topics or messages, then what was said in them. */
static bool add_topics(struct export *e, const struct topic_filter *f, const char *name, const char *posts)
{
	struct arena a = {0};
	size_t count = 0;
	int64_t *ids = NULL;
	struct out_list l = list_begin(e, name);
	bool ok = true;
	for (int64_t at = 0; ok; at += Step) {
		struct topic_rows rows = topic_store_list(e->store, f, at, Step, &a);
		ids = xreallocarray(ids, count + (size_t)rows.count + 1, sizeof *ids);
		for (int i = 0; i < rows.count && ok; i++) {
			ids[count++] = rows.row[i].id;
			ok = list_add(&l, topic_json(&rows.row[i]));
		}
		arena_reset(&a);
		if (rows.count < Step)
			break;
	}
	ok = ok && list_end(&l);
	l = list_begin(e, posts);
	for (size_t i = 0; i < count && ok; i++)
		ok = add_posts(e, &l, ids[i]);
	free(ids);
	arena_fini(&a);
	return ok && list_end(&l);
}

static struct json *member_json(const struct member *m, const struct user_field_rows *fields)
{
	struct json *o = json_object();
	json_add_int(o, "id", m->id);
	json_add_string(o, "username", m->username);
	json_add_string(o, "name", m->name);
	json_add_string(o, "title", m->title);
	json_add_string(o, "location", m->location);
	json_add_string(o, "website", m->website);
	json_add_string(o, "timezone", m->timezone);
	json_add_string(o, "bio_cooked", m->bio_cooked);
	struct json *map = json_add_object(o, "user_fields"), *groups = json_add_array(o, "groups");
	for (int i = 0; i < fields->count; i++)
		if (member_field(m, fields->row[i].id) != NULL)
			json_add_string(map, fields->row[i].name, member_field(m, fields->row[i].id));
	for (int i = 0; i < m->group_count; i++)
		json_append_string(groups, m->group[i]);
	return o;
}

static bool add_members(struct export *e)
{
	struct arena mem = {0}, a = {0};
	struct user_field_rows fields = user_field_store_list(e->store, &mem);
	struct out_list l = list_begin(e, "members");
	bool ok = true;
	for (int64_t at = 0; ok; at += Step) {
		struct member_rows rows = member_store_list(e->store, &(struct member_filter){0}, at, Step, &a);
		for (int i = 0; i < rows.count && ok; i++) {
			const struct member *m = member_store_get(e->store, rows.row[i].id, &a);
			ok = m == NULL || list_add(&l, member_json(m, &fields));
		}
		arena_reset(&a);
		if (rows.count < Step)
			break;
	}
	arena_fini(&a);
	arena_fini(&mem);
	return ok && list_end(&l);
}

static struct json *with_reminder(struct export *e, const struct event_row *row)
{
	struct json *o = event_json(row);
	int minutes = reminder_store_get(e->store, row->id);
	if (minutes > 0)
		json_add_int(o, "reminder_minutes", minutes);
	return o;
}

/* A series is here once for each of its dates. */
static bool add_events(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "events");
	bool ok = true;
	for (int64_t at = 0; ok; at += Step) {
		struct event_rows rows = event_store_list(e->store, &(struct event_filter){0}, at, Step, &a);
		for (int i = 0; i < rows.count && ok; i++)
			ok = list_add(&l, with_reminder(e, &rows.row[i]));
		arena_reset(&a);
		if (rows.count < Step)
			break;
	}
	arena_fini(&a);
	return ok && list_end(&l);
}

static bool add_notes(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "notes");
	int64_t count = note_store_count(e->store, NULL);
	struct note_rows rows = note_store_list(e->store, NULL, 0, (int)count, &a);
	bool ok = true;
	for (int i = 0; i < rows.count && ok; i++) {
		const struct note_row *n = &rows.row[i];
		struct json *o = json_object();
		json_add_string(o, "kind", n->kind == NOTE_POST ? "post" : "member");
		json_add_int(o, "id", n->id);
		json_add_string(o, "where", n->where);
		json_add_string(o, "text", n->text);
		call_add_time(o, "changed_at", n->changed_ms);
		ok = list_add(&l, o);
	}
	arena_fini(&a);
	return ok && list_end(&l);
}

/* What the member keeps of meetings for themselves: notes on steps, preparations, looking back. */
static bool add_guides(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "meeting_notes");
	int count;
	struct guide_part *part = guide_store_parts(e->store, &a, &count);
	bool ok = true;
	for (int i = 0; i < count && ok; i++) {
		struct json *o = json_object();
		json_add_int(o, "event_id", part[i].key.event_id);
		call_add_time(o, "starts_at", part[i].key.starts_ms);
		json_add_string(o, "part", part[i].part);
		json_add_string(o, "text", part[i].text);
		call_add_time(o, "changed_at", part[i].changed_ms);
		ok = list_add(&l, o);
	}
	arena_fini(&a);
	return ok && list_end(&l);
}

static bool add_agreements(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "agreements");
	int count;
	struct agreement *list = agreement_store_list(e->store, &a, &count);
	bool ok = true;
	for (int i = 0; i < count && ok; i++) {
		struct json *o = json_object();
		json_add_int(o, "category_id", list[i].category_id);
		json_add_string(o, "text", list[i].text);
		call_add_time(o, "agreed_at", list[i].agreed_ms);
		ok = list_add(&l, o);
	}
	arena_fini(&a);
	return ok && list_end(&l);
}

static bool add_outbox(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "outbox");
	const struct outbox_filter all = {0};
	int64_t count = outbox_store_count(e->store, &all);
	struct outbox_rows rows = outbox_store_list(e->store, &all, 0, (int)count, &a);
	bool ok = true;
	for (int i = 0; i < rows.count && ok; i++)
		ok = list_add(&l, outbox_call_json(e->call, &rows.row[i]));
	arena_fini(&a);
	return ok && list_end(&l);
}

static bool add_categories(struct export *e)
{
	struct arena a = {0};
	struct out_list l = list_begin(e, "categories");
	struct category_rows rows = category_store_list(e->store, &a);
	bool ok = true;
	for (int i = 0; i < rows.count && ok; i++) {
		struct json *o = json_object();
		json_add_int(o, "id", rows.row[i].category.id);
		json_add_string(o, "name", rows.row[i].category.name);
		ok = list_add(&l, o);
	}
	arena_fini(&a);
	return ok && list_end(&l);
}

static void add_account(struct export *e)
{
	struct json *o = json_object();
	json_add_string(o, "url", e->call->program->account->url);
	json_add_string(o, "username", e->call->program->account->username);
	call_add_time(o, "exported_at", e->call->program->ctx.now_ms);
	sbuf_add(&e->text, "{\"account\": ");
	json_print(o, &e->text);
	json_free(o);
}

bool export_json(struct export *e, const char *word)
{
	add_account(e);
	bool ok = add_categories(e) && add_topics(e, &(struct topic_filter){0}, "topics", "posts")
		&& add_topics(e, &(struct topic_filter){.messages = true}, "messages", "message_posts")
		&& add_topics(e, &(struct topic_filter){.messages = true, .put_away = true}, "archived_messages",
			"archived_message_posts")
		&& add_members(e) && add_events(e) && add_notes(e) && add_guides(e) && add_agreements(e)
		&& add_outbox(e);
	sbuf_add(&e->text, "\n}\n");
	return ok;
}
