#include "config_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "yaml_tree.h"

enum { MaxBytes = 256 * 1024 };

static bool refuse(struct error *err, const char *path)
{
	fail(err, ERR_INVALID, _("The file %s cannot be changed, because a line in it cannot be read."), path);
	error_advise(err, _("The file is as it was."), _("Correct the file. See: kring config check"));
	return false;
}

/* The line that holds a key at the top of the file, from its first byte to after its line end; false when there is
 * none. A key in quotes or over several lines is found by the parser and then refused by the check at the end. */
static bool find_line(const char *text, const char *key, size_t *begin, size_t *end)
{
	size_t n = strlen(key);
	for (const char *line = text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		const char *after = line + n;
		if (len > n && strncmp(line, key, n) == 0 && after[strspn(after, " \t")] == ':') {
			*begin = (size_t)(line - text);
			*end = *begin + len + (line[len] == '\n');
			return true;
		}
		line += len + (line[len] == '\n');
	}
	return false;
}

/* Where the comment of a line begins, with the blanks before it; its length when there is none. A # inside quotes is
 * none. */
static size_t comment_at(const char *line, size_t n)
{
	char quote = '\0';
	for (size_t i = 0; i < n; i++) {
		if (quote != '\0')
			quote = line[i] == quote ? '\0' : quote;
		else if (line[i] == '"' || line[i] == '\'')
			quote = line[i];
		else if (line[i] == '#' && i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t')) {
			while (i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t'))
				i--;
			return i;
		}
	}
	return n;
}

/* Without quotes where a person would leave them out. */
static void add_value(struct sbuf *out, const char *name, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.-";
	if (value[0] != '\0' && value[0] != '-' && value[0] != '.' && value[strspn(value, plain)] == '\0') {
		sbuf_addf(out, "%s: %s", name, value);
		return;
	}
	yaml_write(out, name, value);
	sbuf_truncate(out, out->n - 1);
}

static void change_text(const char *text, const char *name, const char *value, struct sbuf *out)
{
	size_t begin = strlen(text), end = begin;
	bool found = find_line(text, name, &begin, &end);
	const char *line = text + begin;
	size_t n = end - begin - (found && text[end - 1] == '\n');
	sbuf_addn(out, text, begin);
	if (!found && out->n > 0 && out->p[out->n - 1] != '\n')
		sbuf_addc(out, '\n');
	if (value != NULL) {
		size_t comment = comment_at(line, n);
		add_value(out, name, value);
		sbuf_addn(out, line + comment, n - comment);
		sbuf_addc(out, '\n');
	}
	sbuf_add(out, text + end);
}

/* Everything else still says what it said. */
static bool same_but(const struct yaml *before, const struct yaml *after, const char *name)
{
	const struct yaml *b = before == NULL ? NULL : before->first, *a = after->first;
	for (;; a = a->next, b = b->next) {
		while (a != NULL && str_equal(a->key, name))
			a = a->next;
		while (b != NULL && str_equal(b->key, name))
			b = b->next;
		if (a == NULL || b == NULL)
			return a == b;
		if (!str_equal(a->key, b->key) || a->kind != b->kind || !str_equal(a->text, b->text))
			return false;
	}
}

static bool reads_back(const struct yaml *before, const char *text, size_t n, const char *name, const char *value,
	struct arena *a)
{
	const struct yaml *after = yaml_parse("", text, n, a, NULL);
	if (after == NULL || after->kind != YAML_MAP || !same_but(before, after, name))
		return false;
	return str_equal(yaml_text(after, name), value);
}

static char *folder_of(const char *path)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	if (slash != NULL && slash != dir)
		*slash = '\0';
	return dir;
}

static bool write_new(const char *path, const struct sbuf *text, struct error *err)
{
	char *real = realpath(path, NULL), *dir = folder_of(path);
	bool ok = (real != NULL || dir_make_private(dir, err))
		&& file_write(real != NULL ? real : path, sbuf_str(text), text->n, err);
	free(real);
	free(dir);
	return ok;
}

static bool set_in(const char *path, const struct sbuf *old, const char *name, const char *value, struct arena *a,
	struct error *err)
{
	struct sbuf changed = {0};
	const struct yaml *before = yaml_parse(path, sbuf_str(old), old->n, a, NULL);
	if (before == NULL || before->kind != YAML_MAP)
		return refuse(err, path);
	change_text(sbuf_str(old), name, value, &changed);
	bool ok = reads_back(before, sbuf_str(&changed), changed.n, name, value, a) ? write_new(path, &changed, err)
		: refuse(err, path);
	sbuf_fini(&changed);
	return ok;
}

bool config_file_set(const char *path, const char *name, const char *value, struct error *err)
{
	struct config checked;
	struct arena a = {0};
	struct sbuf old = {0};
	struct error why = {.kind = ERR_NONE};
	config_init(&checked);
	bool ok = (value == NULL || config_set(&checked, name, value, &a, err))
		&& (file_read(path, MaxBytes, &old, &why) || why.kind == ERR_NOT_FOUND);
	if (ok)
		ok = set_in(path, &old, name, value, &a, err);
	else if (why.kind != ERR_NONE && err != NULL)
		*err = why;
	sbuf_fini(&old);
	arena_fini(&a);
	return ok;
}

void config_file_sample(struct sbuf *out)
{
	struct config standard;
	struct arena a = {0};
	config_init(&standard);
	for (const struct option *o = options_table; o->name != NULL; o++) {
		sbuf_addf(out, "# %s\n", _(o->says));
		if (o->kind == OPTION_CHOICE)
			sbuf_addf(out, "# %s\n", o->choices);
		sbuf_add(out, "#");
		add_value(out, o->name, config_show(&standard, o, &a));
		sbuf_add(out, "\n\n");
	}
	arena_fini(&a);
}
