#include "draft_decode.h"

#include <string.h>

#include "mem.h"
#include "str.h"
#include "take.h"

static const struct {
	const char *action, *key; /* key: without the topic's id */
	enum change_kind kind;
} kinds[] = {
	{"createTopic", "new_topic", CHANGE_TOPIC},
	{"privateMessage", "new_private_message", CHANGE_MESSAGE},
	{"reply", "topic_", CHANGE_REPLY},
	{"edit", "topic_", CHANGE_EDIT},
};

static const char *known_action(const char *word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_equal(word, kinds[i].action))
			return kinds[i].action;
	return NULL;
}

/* Old drafts do not say what they are. */
static const char *action_of_key(const char *key)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (key != NULL && str_starts(key, kinds[i].key))
			return kinds[i].action;
	return NULL;
}

/* "a,b, c" */
static int take_list(const char *text, struct arena *a, const char *const **out)
{
	const char **word = ARENA_ARRAY(a, WIRE_FEW, const char *);
	int n = 0;
	char *left = arena_strdup(a, text), *name;
	while (n < WIRE_FEW && (name = strsep(&left, ",")) != NULL) {
		name = str_trim(name);
		if (*name != '\0')
			word[n++] = name;
	}
	*out = word;
	return n;
}

static void read_recipients(const struct json *data, struct arena *a, struct server_draft *out)
{
	const struct json *names = json_get(data, "recipients");
	if (json_is_string(names))
		out->recipient_count = take_list(str_or_empty(take_text(names, WIRE_SHORT, a)), a, &out->recipient);
	else
		out->recipient_count = take_words(names, "username", a, &out->recipient);
}

/* `data` is JSON inside a string: the composer's fields. */
static void read_data(const char *text, struct arena *a, struct server_draft *out)
{
	struct json *data = text == NULL ? NULL : json_parse(text, strnlen(text, WIRE_BODY), NULL);
	out->text = json_lines(data, "reply", WIRE_BODY, a);
	out->original = json_lines(data, "original_text", WIRE_BODY, a);
	out->category_id = take_id(data, "categoryId");
	out->post_id = take_id(data, "postId");
	out->title = take_title(data, "title", a);
	out->tag_count = take_words(json_get(data, "tags"), "name", a, &out->tag);
	out->typing_ms = take_count(data, "typingTime");
	out->open_ms = take_count(data, "composerTime");
	out->action = json_get(data, "action") == NULL ? action_of_key(out->key)
		: known_action(json_string(data, "action"));
	read_recipients(data, a, out);
	json_free(data);
}

static int64_t topic_of_key(const char *key)
{
	int64_t id;
	return str_starts(key, "topic_") && str_to_int(key + strlen("topic_"), 1, 1LL << 53, &id) ? id : 0;
}

static bool decode(const struct json *object, struct arena *a, struct server_draft *out)
{
	*out = (struct server_draft){
		.key = take_name(object, "draft_key", a),
		.sequence = json_int(object, "sequence", json_int(object, "draft_sequence", 0)),
		.topic_id = take_id(object, "topic_id"),
		.topic_title = take_title(object, "title", a),
	};
	if (out->key == NULL)
		return false;
	if (out->topic_id == 0)
		out->topic_id = topic_of_key(out->key);
	read_data(json_string(object, "data"), a, out);
	return true;
}

bool draft_list_decode(const struct json *root, struct arena *a, struct draft_list *out)
{
	const struct json *rows = json_get(root, "drafts");
	int max = take_rows(rows, WIRE_ITEMS);
	struct server_draft *to = ARENA_ARRAY(a, (size_t)max + 1, struct server_draft);
	*out = (struct draft_list){.draft = to};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}

bool draft_decode(const struct json *root, const char *key, struct arena *a, struct server_draft *out)
{
	const char *data = json_string(root, "draft");
	*out = (struct server_draft){
		.key = arena_strdup(a, key), .sequence = json_int(root, "draft_sequence", 0), .topic_id = topic_of_key(key),
	};
	if (!str_empty(data))
		read_data(data, a, out);
	return !str_empty(data);
}

int64_t draft_sequence_decode(const struct json *root)
{
	return json_int(root, "draft_sequence", -1);
}

static void add_words(struct json *data, const char *name, const char *const *word, int count)
{
	struct json *list = json_add_array(data, name);
	for (int i = 0; i < count; i++)
		json_append_string(list, word[i]);
}

static char *joined(const char *const *word, int count, const char *separator, struct arena *a)
{
	struct sbuf text = {0};
	for (int i = 0; i < count; i++)
		sbuf_addf(&text, "%s%s", i > 0 ? separator : "", word[i]);
	char *out = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&text);
	return out;
}

void draft_encode(const struct server_draft *d, struct sbuf *out)
{
	struct arena a = {0};
	struct json *data = json_object();
	bool message = d->recipient_count > 0;
	json_add_string(data, "reply", str_or_empty(d->text));
	json_add_string(data, "action", d->action);
	if (d->title != NULL)
		json_add_string(data, "title", d->title);
	if (d->category_id != 0)
		json_add_int(data, "categoryId", d->category_id);
	if (d->tag_count > 0)
		add_words(data, "tags", d->tag, d->tag_count);
	if (message)
		json_add_string(data, "recipients", joined(d->recipient, d->recipient_count, ",", &a));
	if (d->post_id != 0)
		json_add_int(data, "postId", d->post_id);
	if (d->original != NULL)
		json_add_string(data, "original_text", d->original);
	json_add_string(data, "archetypeId", message ? "private_message" : "regular");
	json_add_null(data, "metaData");
	json_add_int(data, "composerTime", d->open_ms);
	json_add_int(data, "typingTime", d->typing_ms);
	json_print(data, out);
	json_free(data);
	arena_fini(&a);
}

static const char *filled(const char *s)
{
	return str_empty(s) ? NULL : s;
}

void draft_from_change(const struct change *c, struct arena *a, struct server_draft *out)
{
	*out = (struct server_draft){
		.topic_id = c->topic_id, .category_id = c->category_id, .post_id = c->post_id, .title = filled(c->title),
		.text = c->body, .original = filled(c->original), .typing_ms = c->typing_ms, .open_ms = c->open_ms,
	};
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].kind == c->kind)
			out->action = kinds[i].action;
	if (c->kind == CHANGE_MESSAGE)
		out->recipient_count = take_list(str_or_empty(c->names), a, &out->recipient);
	else
		out->tag_count = take_list(str_or_empty(c->names), a, &out->tag);
}

bool draft_to_change(const struct server_draft *d, struct arena *a, struct change *out)
{
	*out = (struct change){
		.topic_id = d->topic_id, .post_id = d->post_id, .category_id = d->category_id,
			.title = str_or_empty(d->title),
		.body = str_or_empty(d->text), .original = str_or_empty(d->original), .typing_ms = d->typing_ms,
		.open_ms = d->open_ms,
	};
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_equal(d->action, kinds[i].action))
			out->kind = kinds[i].kind;
	bool message = out->kind == CHANGE_MESSAGE;
	out->names = joined(message ? d->recipient : d->tag, message ? d->recipient_count : d->tag_count, ", ", a);
	if (out->kind == CHANGE_REPLY) {
		out->title = out->names = "";
		out->category_id = 0;
	}
	return out->kind != 0;
}

const char *draft_key_of(const struct change *c, struct arena *a)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].kind == c->kind && c->topic_id != 0 && str_equal(kinds[i].key, "topic_"))
			return arena_printf(a, "topic_%lld", (long long)c->topic_id);
		else if (kinds[i].kind == c->kind)
			return kinds[i].key;
	return NULL;
}
