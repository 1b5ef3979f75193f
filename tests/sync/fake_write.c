#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_site.h"
#include "json.h"
#include "mem.h"
#include "str.h"

/* A form as names and values. */
struct form {
	char text[2000];
};

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static void decode(const char *from, size_t n, char *to, size_t bytes)
{
	size_t out = 0;
	for (size_t i = 0; i < n && out + 1 < bytes; i++) {
		bool code = from[i] == '%' && i + 2 < n;
		to[out++] = code ? (char)(hex(from[i + 1]) * 16 + hex(from[i + 2])) : from[i] == '+' ? ' ' : from[i];
		i += code ? 2 : 0;
	}
	to[out] = '\0';
}

static const char *value(const char *body, const char *name, char *out, size_t bytes)
{
	char found[100];
	*out = '\0';
	while (*body != '\0') {
		size_t n = strcspn(body, "&"), name_n = strcspn(body, "=&");
		decode(body, name_n, found, sizeof found);
		if (strcmp(found, name) == 0 && name_n < n)
			decode(body + name_n + 1, n - name_n - 1, out, bytes);
		body += n + (body[n] == '&');
	}
	return out;
}

static int64_t number(const char *body, const char *name)
{
	char text[32];
	return strtoll(value(body, name, text, sizeof text), NULL, 10);
}

static int64_t id_in(const char *path, const char *before)
{
	const char *p = strstr(path, before);
	return p == NULL ? 0 : strtoll(p + strlen(before), NULL, 10);
}

int fake_count(const struct fake_site *f, const char *words)
{
	int count = 0;
	for (int i = 0; i < f->posts; i++)
		count += f->post[i].mine && strcmp(f->post[i].words, words) == 0;
	return count;
}

static struct json *refused(int *status, int as)
{
	struct json *root = json_object();
	*status = as;
	json_append_string(json_add_array(root, "errors"), "no");
	if (as == 403)
		json_add_string(root, "error_type", "invalid_access");
	return root;
}

static struct json *success(void)
{
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	return root;
}

static bool is_repeated(const struct fake_site *f, const char *words)
{
	for (int i = 0; i < f->posts; i++)
		if (f->post[i].mine && strcmp(f->post[i].words, words) == 0
			&& f->clock_ms - f->post[i].created_ms < 300 * 1000)
			return true;
	return false;
}

static struct json *hold(struct fake_site *f, const char *words, int64_t topic_id)
{
	struct json *root = json_object();
	snprintf(f->pending[f->pendings].words, sizeof f->pending->words, "%s", words);
	f->pending[f->pendings].topic_id = topic_id;
	f->pending[f->pendings++].created_ms = f->clock_ms;
	json_add_string(root, "action", "enqueued");
	json_add_bool(root, "success", true);
	return root;
}

static int64_t new_topic(const struct fake_site *f)
{
	int64_t highest = 0;
	for (int i = 0; i < f->posts; i++)
		highest = f->post[i].topic_id > highest ? f->post[i].topic_id : highest;
	return highest + 1;
}

static struct json *create(struct fake_site *f, const char *body, int *status)
{
	char words[64], archetype[32];
	int64_t topic_id = number(body, "topic_id");
	value(body, "raw", words, sizeof words);
	if (f->unique && is_repeated(f, words))
		return refused(status, 422);
	if (f->hold)
		return hold(f, words, topic_id);
	struct fake_post *p = fake_add_post(f, topic_id != 0 ? topic_id : new_topic(f));
	p->mine = true;
	p->message = strcmp(value(body, "archetype", archetype, sizeof archetype), "private_message") == 0;
	snprintf(p->words, sizeof p->words, "%s", words);
	struct json *root = json_object();
	json_add_string(root, "action", "create_post");
	json_add_bool(root, "success", true);
	fake_post_json(json_add_object(root, "post"), p);
	return root;
}

static struct json *edit(struct fake_site *f, struct fake_post *p, const char *body, int *status)
{
	char original[64], words[64];
	if (p == NULL || p->deleted)
		return refused(status, 404);
	if (*value(body, "post[original_text]", original, sizeof original) != '\0'
		&& strcmp(original, p->words) != 0)
		return refused(status, 409);
	fake_edit(f, p->id, value(body, "post[raw]", words, sizeof words));
	struct json *root = json_object();
	fake_post_json(json_add_object(root, "post"), p);
	return root;
}

static struct json *act(struct fake_site *f, const char *body, int *status)
{
	struct fake_post *p = fake_post(f, number(body, "id"));
	bool like = number(body, "post_action_type_id") == 2;
	if (p == NULL || (like ? p->liked : p->flagged))
		return refused(status, 403);
	if (like)
		p->liked = true;
	else
		p->flagged = true;
	f->flags += !like;
	struct json *root = json_object();
	fake_post_json(root, p);
	return root;
}

static struct json *bookmark(struct fake_site *f, const char *body, int *status)
{
	struct fake_post *p = fake_post(f, number(body, "bookmarkable_id"));
	if (p == NULL || p->bookmark_id != 0)
		return refused(status, 400);
	p->bookmark_id = ++f->bookmarks;
	struct json *root = success();
	json_add_int(root, "id", p->bookmark_id);
	return root;
}

struct fake_draft *fake_draft(struct fake_site *f, const char *key)
{
	for (int i = 0; i < f->drafts; i++)
		if (strcmp(f->draft[i].key, key) == 0)
			return &f->draft[i];
	struct fake_draft *d = &f->draft[f->drafts++];
	snprintf(d->key, sizeof d->key, "%s", key);
	return d;
}

static struct json *save_draft(struct fake_site *f, const char *body, int *status)
{
	char key[32];
	struct fake_draft *d = fake_draft(f, value(body, "draft_key", key, sizeof key));
	if (number(body, "sequence") != d->sequence)
		return refused(status, 409);
	value(body, "data", d->data, sizeof d->data);
	d->sequence++;
	d->there = true;
	struct json *root = success();
	json_add_int(root, "draft_sequence", d->sequence);
	return root;
}

static struct json *drop_draft(struct fake_site *f, const char *path)
{
	char key[32];
	snprintf(key, sizeof key, "%.*s", (int)strcspn(path + 8, "."), path + 8);
	struct fake_draft *d = fake_draft(f, key);
	if (id_in(path, "sequence=") == d->sequence)
		d->there = false;
	return success();
}

struct json *fake_drafts_json(const struct fake_site *f)
{
	struct json *root = json_object(), *list = json_add_array(root, "drafts");
	for (int i = 0; i < f->drafts; i++) {
		if (!f->draft[i].there)
			continue;
		struct json *o = json_append_object(list);
		json_add_string(o, "draft_key", f->draft[i].key);
		json_add_int(o, "sequence", f->draft[i].sequence);
		json_add_string(o, "data", f->draft[i].data);
	}
	return root;
}

struct json *fake_draft_json(struct fake_site *f, const char *path)
{
	char key[32];
	snprintf(key, sizeof key, "%.*s", (int)strcspn(path, "."), path);
	const struct fake_draft *d = fake_draft(f, key);
	struct json *root = json_object();
	json_add_string(root, "draft", d->there ? d->data : NULL);
	json_add_int(root, "draft_sequence", d->sequence);
	return root;
}

static struct json *counted(int *count)
{
	++*count;
	return success();
}

struct json *fake_change(
	struct fake_site *f, const char *method, const char *path, const char *body, int *status)
{
	sbuf_addf(&f->changes, "%s %s %s\n", method, path, body);
	bool post = strcmp(method, "POST") == 0, put = strcmp(method, "PUT") == 0;
	struct fake_post *p = fake_post(f, id_in(path, "/posts/"));
	if (post && strcmp(path, "/posts.json") == 0)
		return create(f, body, status);
	if (put && p != NULL)
		return edit(f, p, body, status);
	if (p != NULL) {
		if (p->deleted)
			return refused(status, 404);
		fake_delete(f, p->id);
		return success();
	}
	if (post && strncmp(path, "/post_actions", 13) == 0)
		return act(f, body, status);
	if (post && strncmp(path, "/bookmarks", 10) == 0)
		return bookmark(f, body, status);
	if (post && strncmp(path, "/drafts", 7) == 0)
		return save_draft(f, body, status);
	if (strncmp(path, "/drafts/", 8) == 0)
		return drop_draft(f, path);
	if (put && strncmp(path, "/notifications/", 15) == 0)
		return success();
	if (strstr(path, "/notifications") != NULL)
		return counted(&f->levels);
	if (strncmp(path, "/u/", 3) == 0)
		return counted(&f->profiles);
	if (strncmp(path, "/topics/timings", 15) == 0)
		return success();
	return refused(status, 404);
}
