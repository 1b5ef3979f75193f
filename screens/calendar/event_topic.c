#include "event_topic.h"

#include <ctype.h>
#include <string.h>

#include "compose_look.h"
#include "event_cooked.h"
#include "event_markup.h"
#include "event_rest.h"
#include "labelled_list.h"
#include "member_store.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { FieldBytes = 3000, NameBytes = 60, NamesMost = 20 };

const char *event_topic_language(void)
{
	/* Translators: the code of your language. */
	return _("en");
}

static const char *text_of(const struct post_row *post, struct arena *a)
{
	if (post == NULL || post->ignored || post->post.deleted)
		return "";
	if (post->edited != NULL)
		return post->edited;
	return post->post.raw != NULL ? post->post.raw : event_cooked_text(str_or_empty(post->post.cooked), a);
}

static const char *without_event(const char *text, struct arena *a)
{
	struct event_markup m;
	const char *rest = event_markup_read(text, &m, a) ? arena_printf(a, "%s\n%s", m.before, m.after) : text;
	return str_trim(arena_strdup(a, rest));
}

/* The first @name in the text that is a member. */
static const char *named_member(struct store *store, const char *text, struct arena *a)
{
	for (const char *at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@')) {
		size_t n = 0;
		while (n < NameBytes
			&& (isalnum((unsigned char)at[1 + n]) || (at[1 + n] != '\0' && strchr("_.-", at[1 + n]) != NULL)))
			n++;
		while (n > 0 && strchr("_.-", at[n]) != NULL)
			n--;
		const char *name = arena_strndup(a, at + 1, n);
		if (n > 0 && member_store_by_username(store, name, a) != NULL)
			return name;
	}
	return NULL;
}

/* The only member whose name the text begins with: "Noor de Wit, 06 12 34 56 78". */
static const char *member_with_name(struct store *store, const char *text, struct arena *a)
{
	const char *username = NULL;
	const char *name = str_trim(arena_strndup(a, text, strcspn(text, ",;:(\n/")));
	struct member_filter f = {.text = name};
	if (*name == '\0' || strlen(name) > NameBytes)
		return NULL;
	struct member_rows list = member_store_list(store, &f, 0, NamesMost, a);
	for (int i = 0; i < list.count; i++)
		if (utf8_compare(list.row[i].name, name) == 0) {
			if (username != NULL)
				return NULL;
			username = list.row[i].username;
		}
	return username;
}

const struct event_topic *event_topic_read(
	struct store *store, const struct event *e, const struct post_row *post, struct arena *a)
{
	struct event_topic *t = ARENA_NEW(a, struct event_topic);
	struct labelled_list list;
	t->set = event_field_all(event_topic_language(), a);
	labelled_list_read(without_event(text_of(post, a), a), t->set->name, t->set->count, &list, a);
	t->value = list.value;
	for (int i = 0; i < t->set->count; i++) {
		if (event_fields_is_empty(t->value[i]) && event_fields_answer(t->value[i], NULL) == EVENT_ANSWER_NONE)
			t->value[i] = NULL;
		t->found += t->value[i] != NULL;
	}
	t->form = event_fields_form(e, event_topic_value(t, "address"), event_topic_value(t, "link"),
		event_topic_value(t, "hybrid"));
	t->rest = str_trim(arena_strdup(a, event_rest(e, list.rest, a)));
	t->contact = named_member(store, event_topic_value(t, "contact"), a);
	if (t->contact == NULL)
		t->contact = member_with_name(store, event_topic_value(t, "contact"), a);
	if (t->contact == NULL)
		t->contact = str_or_empty(e->creator);
	return t;
}

const char *event_topic_value(const struct event_topic *t, const char *id)
{
	int at = event_field_find(t->set, id);
	return at < 0 ? "" : str_or_empty(t->value[at]);
}

/* The event itself says it. */
static bool said_by_event(const struct event *e, const char *id)
{
	return (strcmp(id, "address") == 0 && !str_empty(e->location))
		|| (strcmp(id, "link") == 0 && !str_empty(e->url))
		|| (strcmp(id, "people") == 0 && e->max_attendees > 0)
		|| (strcmp(id, "contact") == 0 && !str_empty(e->creator));
}

static bool concerns(const struct event_field *f, enum event_form form)
{
	const unsigned both = EVENT_FIELD_ON_SITE | EVENT_FIELD_ONLINE;
	if (form == EVENT_FORM_ON_SITE)
		return (f->meetings & EVENT_FIELD_ON_SITE) != 0;
	return form == EVENT_FORM_BOTH || (form == EVENT_FORM_ONLINE ? (f->meetings & EVENT_FIELD_ONLINE) != 0
		: f->meetings == both);
}

static bool is_missing(const struct event *e, const struct event_topic *t, int i)
{
	const struct event_field *f = &t->set->field[i];
	bool said =
		said_by_event(e, f->id) || (strcmp(f->id, "schedule") == 0 && *event_topic_value(t, "steps") != '\0');
	return f->required && t->value[i] == NULL && concerns(f, t->form) && !said;
}

/* The value as it is read: yes and no in words, what is too long without its end. *cut says so. */
static const char *shown(const struct event_field *f, const char *value, bool *cut, struct arena *a)
{
	const char *more;
	enum event_answer answer =
		f->kind == EVENT_FIELD_YESNO ? event_fields_answer(value, &more) : EVENT_ANSWER_NONE;
	const char *word = event_fields_answer_word(answer, event_topic_language());
	if (word != NULL)
		value = *more == '\0' ? word : arena_printf(a, *more == '(' ? "%s %s" : "%s, %s", word, more);
	*cut = strlen(value) > FieldBytes;
	if (!*cut)
		return value;
	char *part = arena_strndup(a, value, FieldBytes);
	utf8_cut_partial(part);
	return part;
}

static bool is_markdown(const char *value)
{
	return strpbrk(value, "*_`[<|#\\") != NULL || strstr(value, "://") != NULL || strncmp(value, "- ", 2) == 0
		|| strstr(value, "\n- ") != NULL || strstr(value, "\n1. ") != NULL;
}

static void add_markdown(const struct screen *s, const struct event *e, const char *label, const char *value,
	struct styled_builder *b)
{
	styled_break(b);
	styled_addf(b, ROLE_MUTED, "%s:", label);
	styled_break(b);
	styled_push(b, ROLE_TEXT, "  ", "  ");
	compose_look(s, value, e->topic_id, b);
	styled_pop(b);
}

void event_topic_add_field(const struct screen *s, const struct event *e, const struct event_topic *t,
	int field, struct styled_builder *b)
{
	const struct event_field *f = &t->set->field[field];
	struct arena a = {0};
	bool cut = false;
	const char *value = t->value[field] == NULL ? NULL : shown(f, t->value[field], &cut, &a);
	if (value != NULL && is_markdown(value))
		add_markdown(s, e, f->label, value, b);
	else
		styled_label(b, f->label, value);
	if (cut)
		styled_line(b, ROLE_MUTED,
			_("The rest of this part is left out here, because it is long. Read it in the topic."));
	arena_fini(&a);
}

/* A topic without any label: one line says what is not there. */
static void add_missing(const struct event *e, const struct event_topic *t, struct styled_builder *b)
{
	struct sbuf names = {0};
	for (int i = 0; i < t->set->count; i++)
		if (is_missing(e, t, i))
			sbuf_addf(&names, "%s%s", names.n > 0 ? "; " : "", t->set->field[i].label);
	styled_label(b, _("Not filled in"), sbuf_str(&names));
	sbuf_fini(&names);
}

void event_topic_add(
	const struct screen *s, const struct event *e, const struct event_topic *t, struct styled_builder *b)
{
	int contact = event_field_find(t->set, "contact");
	if (t->found == 0) {
		add_missing(e, t, b);
		return;
	}
	for (int i = 0; i < t->set->count; i++) {
		if (i == contact)
			continue;
		if (is_missing(e, t, i))
			styled_label(b, t->set->field[i].label, _("Not filled in"));
		else
			event_topic_add_field(s, e, t, i, b);
	}
}
