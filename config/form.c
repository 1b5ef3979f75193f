#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "panic.h"
#include "str.h"
#include "utf8.h"
#include "yaml_tree.h"

static bool is_dutch(const char *language)
{
	return str_starts(str_or_empty(language), "nl");
}

static const char *yes_word(const char *language)
{
	return is_dutch(language) ? "ja" : "yes";
}

static bool fold_equal(const char *a, const char *b)
{
	char *x = utf8_fold(str_or_empty(a)), *y = utf8_fold(str_or_empty(b));
	bool equal = strcmp(x, y) == 0;
	free(x);
	free(y);
	return equal;
}

static enum form_type type_from(const char *word)
{
	if (str_equal(word, "tick"))
		return FORM_TICK;
	return str_equal(word, "date") ? FORM_DATE : FORM_LINE;
}

static const struct form *form_from_yaml(const struct yaml *node, const char *language, struct arena *a)
{
	const struct yaml *fields = yaml_get(node, "fields");
	const bool nl = is_dutch(language);
	struct form *f = ARENA_NEW(a, struct form);
	int room = 0;
	YAML_EACH(item, fields)
		room++;
	*f = (struct form){.kind = yaml_text(node, "kind"), .yes = yes_word(language),
		.field = ARENA_ARRAY(a, (size_t)room + 1, struct form_field)};
	YAML_EACH(item, fields)
		f->field[f->count++] = (struct form_field){.label = yaml_text(item, nl ? "nl" : "en"),
			.hint = str_or_empty(yaml_text(item, nl ? "hint_nl" : "hint_en")), .start = "",
			.type = type_from(yaml_text(item, "type")), .days = (int)yaml_number(item, "days", 0),
			.closes = yaml_bool(item, "closes", false)};
	return f;
}

static const struct yaml *all_forms(struct arena *a)
{
	struct error err;
	const struct yaml *forms = yaml_parse("forms.yaml", form_data, strlen(form_data), a, &err);
	ensure(forms != NULL);
	return forms;
}

const struct form *form_of_kind(const char *kind, const char *language, struct arena *a)
{
	YAML_EACH(form, all_forms(a))
		if (str_equal(yaml_text(form, "kind"), kind))
			return form_from_yaml(form, language, a);
	return NULL;
}

const struct form *form_of_category(const char *name, const char *slug, const char *language, struct arena *a)
{
	YAML_EACH(form, all_forms(a))
		YAML_EACH(known, yaml_get(form, "names"))
			if (fold_equal(known->text, name) || fold_equal(known->text, slug))
				return form_from_yaml(form, language, a);
	return NULL;
}

bool form_is(const struct form *f, const char *kind)
{
	return f != NULL && strcmp(f->kind, kind) == 0;
}

/* "- **Label:** value" */
static bool read_line(const char *line, struct arena *a, const char **label, const char **value)
{
	const char *end = str_starts(line, "- **") ? strstr(line, ":**") : NULL;
	if (end == NULL || end == line + 4)
		return false;
	*label = arena_strndup(a, line + 4, (size_t)(end - line - 4));
	*value = str_trim(arena_strdup(a, end + 3));
	return true;
}

/* Takes one line off *rest; NULL at the end. */
static char *next_line(const char **rest, struct arena *a)
{
	if (**rest == '\0')
		return NULL;
	size_t n = strcspn(*rest, "\n");
	char *line = arena_strndup(a, *rest, n);
	*rest += n + ((*rest)[n] == '\n');
	return str_trim(line);
}

/* The field of kring's own form that asks the same, with or without words around it. */
static const struct form_field *same_field(const struct form *known, const char *label)
{
	char *want = utf8_fold(label);
	const struct form_field *found = NULL;
	for (int i = 0; known != NULL && i < known->count && found == NULL; i++) {
		char *own = utf8_fold(known->field[i].label);
		if (strstr(want, own) != NULL || strstr(own, want) != NULL)
			found = &known->field[i];
		free(own);
	}
	free(want);
	return found;
}

static struct form_field field_of_template(const struct form *known, const char *label, const char *start)
{
	const struct form_field *same = same_field(known, label);
	struct form_field f = {.label = label, .hint = "", .start = start};
	if (same != NULL) {
		f = *same;
		f.label = label;
		f.start = start;
	}
	/* A yes that stands there already would be a promise that nobody made. */
	if (f.type == FORM_TICK || str_equal(start, "ja") || str_equal(start, "yes")) {
		f.type = FORM_TICK;
		f.start = "";
	}
	return f;
}

const struct form *form_of_template(
	const char *topic_template, const struct form *known, const char *language, struct arena *a)
{
	enum { MostFields = 20 };
	const char *rest = str_or_empty(topic_template), *label, *value;
	struct form *f = ARENA_NEW(a, struct form);
	*f = (struct form){.kind = known == NULL ? "" : known->kind, .yes = yes_word(language),
		.field = ARENA_ARRAY(a, MostFields, struct form_field)};
	for (char *line; (line = next_line(&rest, a)) != NULL;) {
		if (*line == '\0')
			continue;
		if (f->count == MostFields || !read_line(line, a, &label, &value))
			return NULL;
		f->field[f->count++] = field_of_template(known, label, value);
	}
	return f->count == 0 ? NULL : f;
}

static int field_named(const struct form *f, const char *label)
{
	for (int i = 0; i < f->count; i++)
		if (fold_equal(f->field[i].label, label))
			return i;
	return -1;
}

void form_read(const struct form *f, const char *body, struct form_values *out, struct arena *a)
{
	const char *rest = body, *label, *value;
	out->value = ARENA_ARRAY(a, (size_t)f->count + 1, const char *);
	for (int i = 0; i < f->count; i++)
		out->value[i] = "";
	for (out->text = rest;; out->text = rest) {
		const char *line = next_line(&rest, a);
		int at = -1;
		if (line == NULL || (*line != '\0' &&
			(!read_line(line, a, &label, &value) || (at = field_named(f, label)) < 0)))
			break;
		if (at >= 0 && out->value[at][0] != '\0')
			break;
		if (at >= 0)
			out->value[at] = value;
	}
}

void form_write(const struct form *f, const struct form_values *v, struct sbuf *out)
{
	size_t before = out->n;
	for (int i = 0; i < f->count; i++)
		if (!str_empty(v->value[i]))
			sbuf_addf(out, "- **%s:** %s\n", f->field[i].label, v->value[i]);
	if (out->n > before && !str_empty(v->text))
		sbuf_addc(out, '\n');
	sbuf_add(out, str_or_empty(v->text));
}
