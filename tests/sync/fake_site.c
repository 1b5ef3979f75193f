#include "fake_site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "json.h"
#include "mem.h"

static int64_t number_after(const char *url, const char *name, int64_t otherwise)
{
	const char *p = strstr(url, name);
	return p == NULL ? otherwise : strtoll(p + strlen(name), NULL, 10);
}

struct fake_post *fake_post(struct fake_site *f, int64_t id)
{
	return id >= 1 && id <= f->posts ? &f->post[id - 1] : NULL;
}

void fake_tell(struct fake_site *f, const char *channel, const char *data)
{
	struct fake_message *m = &f->message[f->messages++];
	int64_t last = 0;
	for (int i = 0; i < f->messages - 1; i++)
		if (strcmp(f->message[i].channel, channel) == 0)
			last = f->message[i].id;
	snprintf(m->channel, sizeof m->channel, "%s", channel);
	snprintf(m->data, sizeof m->data, "%s", data);
	m->id = last + 1;
}

void fake_tell_post(struct fake_site *f, const struct fake_post *p, const char *type)
{
	char channel[64], data[160], time[32];
	time_format_ms(p->updated_ms, time);
	snprintf(channel, sizeof channel, "/topic/%lld", (long long)p->topic_id);
	snprintf(data, sizeof data,
		"{\"type\":\"%s\",\"id\":%lld,\"post_number\":%d,\"updated_at\":\"%s\",\"version\":%d}", type,
		(long long)p->id, p->number, time, p->version);
	fake_tell(f, channel, data);
}

int fake_highest(const struct fake_site *f, int64_t topic_id)
{
	int n = 0;
	for (int i = 0; i < f->posts; i++)
		if (f->post[i].topic_id == topic_id && f->post[i].number > n)
			n = f->post[i].number;
	return n;
}

struct fake_post *fake_add_post(struct fake_site *f, int64_t topic_id)
{
	char data[160];
	struct fake_post *p = &f->post[f->posts];
	*p = (struct fake_post){.id = ++f->posts, .topic_id = topic_id, .version = 1, .created_ms = f->clock_ms,
		.updated_ms = f->clock_ms};
	p->number = fake_highest(f, topic_id) + 1;
	snprintf(p->words, sizeof p->words, "Bijdrage %lld", (long long)p->id);
	fake_tell_post(f, p, "created");
	snprintf(data, sizeof data, "{\"topic_id\":%lld,\"message_type\":\"latest\"}", (long long)topic_id);
	fake_tell(f, "/latest", data);
	return p;
}

void fake_edit(struct fake_site *f, int64_t post_id, const char *words)
{
	struct fake_post *p = fake_post(f, post_id);
	snprintf(p->words, sizeof p->words, "%s", words);
	p->version++;
	p->updated_ms = f->clock_ms;
	fake_tell_post(f, p, "revised");
}

void fake_delete(struct fake_site *f, int64_t post_id)
{
	fake_post(f, post_id)->deleted = true;
	fake_tell_post(f, fake_post(f, post_id), "deleted");
}

void fake_recover(struct fake_site *f, int64_t post_id)
{
	fake_post(f, post_id)->deleted = false;
	fake_tell_post(f, fake_post(f, post_id), "recovered");
}

void fake_delete_topic(struct fake_site *f, int64_t topic_id)
{
	char data[64];
	for (int i = 0; i < f->posts; i++)
		if (f->post[i].topic_id == topic_id)
			f->post[i].deleted = true;
	snprintf(data, sizeof data, "{\"topic_id\":%lld,\"message_type\":\"delete\"}", (long long)topic_id);
	fake_tell(f, "/delete", data);
}

void fake_restart_bus(struct fake_site *f)
{
	f->messages = 0;
}

void fake_post_json(struct json *o, const struct fake_post *p)
{
	char cooked[128], title[32];
	json_add_int(o, "id", p->id);
	json_add_int(o, "topic_id", p->topic_id);
	json_add_int(o, "post_number", p->number);
	json_add_int(o, "post_type", 1);
	json_add_int(o, "user_id", p->mine ? 1 : 2 + p->id % 3);
	json_add_string(o, "username", p->mine ? "sam" : "noor");
	snprintf(cooked, sizeof cooked, "<p>%s</p>", p->words);
	json_add_string(o, "cooked", cooked);
	json_add_string(o, "raw", p->words);
	snprintf(title, sizeof title, "Topic %lld", (long long)p->topic_id);
	json_add_string(o, "topic_title", title);
	json_add_int(o, "category_id", 5);
	json_add_int(o, "version", p->version);
	json_add_time_ms(o, "created_at", p->created_ms, 0);
	json_add_time_ms(o, "updated_at", p->updated_ms, 0);
	json_add_bool(o, "yours", p->mine);
	json_add_bool(o, "user_deleted", p->deleted);
	json_add_bool(o, "bookmarked", p->bookmark_id != 0);
	if (p->bookmark_id != 0)
		json_add_int(o, "bookmark_id", p->bookmark_id);
	struct json *actions = json_add_array(o, "actions_summary"), *like = json_append_object(actions),
				*flag = json_append_object(actions);
	json_add_int(like, "id", 2);
	json_add_bool(like, "acted", p->liked);
	json_add_int(like, "count", p->liked);
	json_add_int(flag, "id", 8);
	json_add_bool(flag, "acted", p->flagged);
}

static void add_post(struct json *list, const struct fake_post *p)
{
	fake_post_json(json_append_object(list), p);
}

static struct json *feed(const struct fake_site *f, const char *url)
{
	struct json *root = json_object(), *list = json_add_array(root, "latest_posts");
	int64_t before = number_after(url, "before=", 0), top = f->posts;
	if (f->window_feed && before == 0)
		before = top;
	int64_t from = f->window_feed ? before : (before == 0 ? top : before - 1);
	int64_t down_to = f->window_feed ? before - 50 : 0;
	int count = 0;
	for (int64_t id = from; id > down_to && id >= 1 && count < 50; id--)
		if (id <= top && !f->post[id - 1].deleted && !f->post[id - 1].message) {
			add_post(list, &f->post[id - 1]);
			count++;
		}
	return root;
}

struct row {
	int64_t id, bumped_ms, created_ms;
	int posts, highest;
};

static int by_bump(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return x->bumped_ms != y->bumped_ms ? (x->bumped_ms < y->bumped_ms ? 1 : -1) : x->id < y->id ? 1 : -1;
}

enum rows { ROWS_BOARD, ROWS_MY_TOPICS, ROWS_MY_MESSAGES, ROWS_ALL };

static bool is_row(const struct fake_site *f, const struct fake_post *p, enum rows rows)
{
	for (int i = 0; i < f->posts; i++)
		if (f->post[i].topic_id == p->topic_id && f->post[i].number == 1)
			p = &f->post[i];
	return rows == ROWS_ALL || (p->message == (rows == ROWS_MY_MESSAGES) && (rows == ROWS_BOARD || p->mine));
}

static int topic_rows(const struct fake_site *f, enum rows rows, struct row *row, int max)
{
	int count = 0;
	for (int i = 0; i < f->posts; i++) {
		const struct fake_post *p = &f->post[i];
		int k = 0;
		if (p->deleted || !is_row(f, p, rows))
			continue;
		while (k < count && row[k].id != p->topic_id)
			k++;
		if (k == count && count < max)
			row[count++] = (struct row){.id = p->topic_id, .created_ms = p->created_ms};
		row[k].posts++;
		row[k].bumped_ms = p->created_ms > row[k].bumped_ms ? p->created_ms : row[k].bumped_ms;
		row[k].highest = p->number > row[k].highest ? p->number : row[k].highest;
	}
	qsort(row, (size_t)count, sizeof *row, by_bump);
	return count;
}

static void add_topic(struct json *o, const struct row *r)
{
	char title[32];
	snprintf(title, sizeof title, "Topic %lld", (long long)r->id);
	json_add_int(o, "id", r->id);
	json_add_string(o, "title", title);
	json_add_int(o, "category_id", 5);
	json_add_int(o, "posts_count", r->posts);
	json_add_int(o, "highest_post_number", r->highest);
	json_add_time_ms(o, "created_at", r->created_ms, 0);
	json_add_time_ms(o, "bumped_at", r->bumped_ms, 0);
	json_add_bool(o, "visible", true);
}

static struct json *latest(const struct fake_site *f, const char *url, enum rows rows)
{
	enum { PerPage = 30 };
	static struct row row[FAKE_POSTS];
	memset(row, 0, sizeof row);
	struct json *root = json_object(), *list = json_add_object(root, "topic_list"),
				*topics = json_add_array(list, "topics");
	int count = topic_rows(f, rows, row, FAKE_POSTS), page = (int)number_after(url, "page=", 0);
	for (int i = page * PerPage; i < count && i < (page + 1) * PerPage; i++)
		add_topic(json_append_object(topics), &row[i]);
	json_add_int(list, "per_page", PerPage);
	if ((page + 1) * PerPage < count)
		json_add_string(list, "more_topics_url", "/latest?page=1");
	return root;
}

static struct json *topic_view(const struct fake_site *f, int64_t topic_id, bool tail)
{
	static struct row row[FAKE_POSTS];
	memset(row, 0, sizeof row);
	int count = topic_rows(f, ROWS_ALL, row, FAKE_POSTS), k = 0;
	while (k < count && row[k].id != topic_id)
		k++;
	if (k == count)
		return NULL;
	struct json *root = json_object(), *stream = json_add_object(root, "post_stream");
	struct json *posts = json_add_array(stream, "posts"), *ids = json_add_array(stream, "stream");
	add_topic(root, &row[k]);
	for (int i = 0, n = 0; i < f->posts; i++) {
		if (f->post[i].topic_id != topic_id || f->post[i].deleted)
			continue;
		if (f->post[i].message && n == 0)
			json_add_string(root, "archetype", "private_message");
		json_append_int(ids, f->post[i].id);
		n++;
		if (tail ? n > row[k].posts - 20 : n <= 20)
			add_post(posts, &f->post[i]);
	}
	return root;
}

static struct json *topic_posts(struct fake_site *f, const char *url)
{
	struct json *root = json_object(), *posts = json_add_array(json_add_object(root, "post_stream"), "posts");
	for (const char *p = strstr(url, "post_ids"); p != NULL; p = strstr(p + 1, "post_ids")) {
		const struct fake_post *post = fake_post(f, strtoll(strchr(p, '=') + 1, NULL, 10));
		if (post != NULL && !post->deleted)
			add_post(posts, post);
	}
	return root;
}

static int64_t last_of(const struct fake_site *f, const char *channel)
{
	int64_t last = 0;
	for (int i = 0; i < f->messages; i++)
		if (strcmp(f->message[i].channel, channel) == 0)
			last = f->message[i].id;
	return last;
}

static struct json *bus(struct fake_site *f, const char *body)
{
	struct error err;
	struct json *asked = json_parse(body, strlen(body), &err), *root = json_array();
	struct json *status = json_object();
	bool any = false;
	sbuf_reset(&f->asked);
	sbuf_add(&f->asked, body);
	JSON_EACH (item, asked) {
		const char *channel = json_name(item);
		int64_t id = json_as_int(item, -1), last = last_of(f, channel);
		if (id == -1 || id > last) {
			json_add_int(status, channel, last);
			any = true;
		}
		for (int i = 0; i < f->messages && id >= 0; i++) {
			if (strcmp(f->message[i].channel, channel) != 0 || f->message[i].id <= id
				|| (f->backlog > 0 && f->message[i].id <= last - f->backlog))
				continue;
			struct json *o = json_append_object(root);
			json_add_int(o, "global_id", i + 1);
			json_add_int(o, "message_id", f->message[i].id);
			json_add_string(o, "channel", channel);
			json_add_parsed(o, "data", f->message[i].data);
		}
	}
	if (any) {
		struct json *o = json_append_object(root);
		json_add_int(o, "global_id", -1);
		json_add_int(o, "message_id", -1);
		json_add_string(o, "channel", "/__status");
		json_add(o, "data", status);
	} else {
		json_free(status);
	}
	json_free(asked);
	return root;
}

static void add_member(struct json *list, int id)
{
	char name[32];
	struct json *o = json_append_object(list);
	snprintf(name, sizeof name, "lid%d", id);
	json_add_int(o, "id", id);
	json_add_string(o, "username", name);
}

static struct json *members(const struct fake_site *f, const char *url)
{
	struct json *root = json_object(), *list = json_add_array(root, "members");
	int offset = (int)number_after(url, "offset=", 0);
	for (int i = offset; i < f->members && i < offset + 50; i++)
		add_member(list, i + 1);
	json_add_int(json_add_object(root, "meta"), "total", f->members);
	return root;
}

static struct json *cards(const char *url)
{
	struct json *root = json_object(), *list = json_add_array(root, "users");
	for (const char *p = strstr(url, "user_ids="); p != NULL && *p != '\0';) {
		p += strcspn(p, "0123456789");
		char *end;
		long id = strtol(p, &end, 10);
		if (end != p)
			add_member(list, (int)id);
		p = *end == '%' ? end + 3 : end;
	}
	return root;
}

static struct json *parsed(const char *text)
{
	struct error err;
	return json_parse(text, strlen(text), &err);
}

static struct json *one_post(struct fake_site *f, int64_t id)
{
	const struct fake_post *p = fake_post(f, id);
	struct json *o = p == NULL || p->deleted ? NULL : json_object();
	if (o != NULL)
		fake_post_json(o, p);
	return o;
}

static struct json *pending(const struct fake_site *f)
{
	struct json *root = json_object(), *list = json_add_array(root, "pending_posts");
	for (int i = 0; i < f->pendings; i++) {
		struct json *o = json_append_object(list);
		json_add_int(o, "id", i + 1);
		json_add_string(o, "raw_text", f->pending[i].words);
		json_add_time_ms(o, "created_at", f->pending[i].created_ms, 0);
	}
	return root;
}

static struct json *reply(struct fake_site *f, const char *path, const char *body)
{
	if (strstr(path, "/message-bus/"))
		return f->no_bus ? NULL : bus(f, body);
	if (strstr(path, "/session/current"))
		return parsed("{\"current_user\":{\"id\":1,\"username\":\"sam\",\"name\":\"Sam\",\"trust_level\":1}"
					  "}");
	if (strstr(path, "/site/basic-info"))
		return parsed("{\"title\":\"De kring\",\"locale\":\"nl\"}");
	if (strstr(path, "/site/settings"))
		return parsed("{\"title\":\"De kring\",\"min_post_length\":20}");
	if (strstr(path, "/site.json"))
		return parsed("{\"categories\":[{\"id\":5,\"name\":\"Inspiratie\",\"slug\":\"inspiratie\"}],\"user_"
					  "fields\":[],\"groups\":[]}");
	if (strstr(path, "/private-posts"))
		return parsed("{\"private_posts\":[]}");
	if (strncmp(path, "/posts.json", 11) == 0)
		return feed(f, path);
	if (strstr(path, "/latest.json"))
		return latest(f, path, ROWS_BOARD);
	if (strstr(path, "/topics/created-by/"))
		return latest(f, path, ROWS_MY_TOPICS);
	if (strstr(path, "/topics/private-messages-sent/"))
		return latest(f, path, ROWS_MY_MESSAGES);
	if (strstr(path, "/topics/private-messages"))
		return parsed("{\"topic_list\":{\"topics\":[]}}");
	if (strncmp(path, "/bookmarks.json", 15) == 0)
		return parsed("{\"topic_list\":{\"topics\":[]}}");
	if (strstr(path, "/pending.json"))
		return pending(f);
	if (strncmp(path, "/drafts.json", 12) == 0)
		return fake_drafts_json(f);
	if (strncmp(path, "/drafts/", 8) == 0)
		return fake_draft_json(f, path + 8);
	if (strstr(path, "/posts.json?"))
		return topic_posts(f, path);
	if (strncmp(path, "/posts/", 7) == 0)
		return one_post(f, number_after(path, "/posts/", 0));
	if (strncmp(path, "/t/", 3) == 0)
		return topic_view(f, number_after(path, "/t/", 0), strchr(path + 3, '/') != NULL);
	if (strstr(path, "/groups/trust_level_0/members"))
		return members(f, path);
	if (strstr(path, "/user-cards"))
		return cards(path);
	if (strcmp(path, "/u/sam.json") == 0)
		return parsed(
			"{\"user\":{\"id\":1,\"username\":\"sam\",\"bio_raw\":\"Ik werk **rustig**.\",\"bio_cooked\":"
			"\"<p>Ik werk <strong>rustig</strong>.</p>\",\"user_fields\":{\"4\":\"maandag\"}}}");
	if (strstr(path, "/notifications"))
		return parsed("{\"notifications\":[]}");
	if (strstr(path, "/discourse-post-event/events"))
		return parsed("{\"events\":[]}");
	return NULL;
}

static void answer_json(struct response *r, int status, struct json *j)
{
	struct sbuf text = {0};
	json_print(j, &text);
	fake_answer(r, status, "Content-Type: application/json\n", sbuf_str(&text));
	sbuf_fini(&text);
	json_free(j);
}

static void respond_to_change(
	struct fake_site *f, const struct transfer *x, const char *path, struct response *r)
{
	int status = 200;
	if (fake_cut_before(f, path, r))
		return;
	if (f->refusals > 0) {
		f->refusals--;
		fake_answer(r, f->refuse_status,
			f->refuse_header == NULL ? "Content-Type: application/json\n" : f->refuse_header, f->refuse_body);
		return;
	}
	struct json *j = fake_change(f, x->method, path, x->body == NULL ? "" : x->body, &status);
	answer_json(r, status, j);
	fake_cut_after(f, path, r);
}

static void respond(struct fake_site *f, const struct transfer *x, struct response *r)
{
	const char *path = strstr(x->url, "//") == NULL ? x->url : strchr(strstr(x->url, "//") + 2, '/');
	sbuf_addf(&f->log, "%s\n", path);
	f->requests++;
	if (f->broken != NULL && strstr(path, f->broken) != NULL)
		fake_answer(r, 500, "Content-Type: text/html\n", "<html>500</html>");
	if (r->status != 0 || fake_misbehave(f, r))
		return;
	if (strcmp(x->method, "GET") != 0 && strstr(path, "/message-bus/") == NULL) {
		respond_to_change(f, x, path, r);
		return;
	}
	struct json *j = reply(f, path, x->body == NULL ? "" : x->body);
	bool forbidden = strstr(path, "/message-bus/") != NULL;
	if (j != NULL)
		answer_json(r, 200, j);
	else
		fake_answer(r, forbidden ? 403 : 404, "Content-Type: application/json\n",
			forbidden ? "{\"errors\":[\"no\"],\"error_type\":\"invalid_access\"}"
					  : "{\"errors\":[\"no\"],\"error_type\":\"not_found\"}");
}

static int fake_start(struct transport *t, const struct transfer *x, transport_done done, void *context)
{
	struct fake_site *f = (struct fake_site *)t;
	f->waiting[f->running].id = ++f->next_id;
	f->waiting[f->running].done = done;
	f->waiting[f->running].context = context;
	f->waiting[f->running].response = (struct response){.status = 0};
	respond(f, x, &f->waiting[f->running].response);
	f->running++;
	return f->next_id;
}

static void fake_poll(struct transport *t, int timeout_ms)
{
	struct fake_site *f = (struct fake_site *)t;
	while (f->running > 0) {
		f->running--;
		struct response r = f->waiting[f->running].response;
		f->waiting[f->running].done(f->waiting[f->running].context, &r);
		response_fini(&r);
	}
}

static void fake_cancel(struct transport *t, int id)
{
	struct fake_site *f = (struct fake_site *)t;
	for (int i = 0; i < f->running; i++)
		if (f->waiting[i].id == id) {
			response_fini(&f->waiting[i].response);
			f->waiting[i] = f->waiting[--f->running];
			return;
		}
}

static void fake_wake(struct transport *t)
{
}

void fake_init(struct fake_site *f, int64_t clock_ms)
{
	static const struct transport_ops ops = {
		.start = fake_start, .poll = fake_poll, .wake = fake_wake, .cancel = fake_cancel};
	*f = (struct fake_site){.transport = {.ops = &ops}, .clock_ms = clock_ms, .members = 3};
}

void fake_fini(struct fake_site *f)
{
	sbuf_fini(&f->log);
	sbuf_fini(&f->changes);
	sbuf_fini(&f->asked);
}
