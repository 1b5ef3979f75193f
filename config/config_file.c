#include "config_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "config_line.h"
#include "file.h"
#include "key_choice.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "yaml_tree.h"

enum { LockMs = 20 * 1000, MaxBytes = 256 * 1024 };

static bool refuse(struct error *err, const char *path)
{
	fail(err, ERR_INVALID, _("The file %s cannot be changed, because a line in it cannot be read."), path);
	error_advise(err, _("The file is as it was."), _("Correct the file. See: kring config check"));
	return false;
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

/* As config_read takes it: the last one counts. NULL: there is none. */
static const char *value_of(const struct yaml *root, const char *name, int *count)
{
	const char *value = NULL;
	*count = 0;
	YAML_EACH (item, root) {
		if (!str_equal(item->key, name))
			continue;
		value = item->kind == YAML_TEXT ? item->text : "";
		++*count;
	}
	return value;
}

static bool reads_back(const struct yaml *before, const char *text, size_t n, const char *name, const char *value,
	struct arena *a)
{
	int had, has;
	const struct yaml *after = yaml_parse("", text, n, a, NULL);
	if (after == NULL || after->kind != YAML_MAP || !same_but(before, after, name))
		return false;
	value_of(before, name, &had);
	return str_equal(value_of(after, name, &has), value) && has == (value == NULL ? 0 : had == 0 ? 1 : had);
}

static const struct key_choice *keys_in(const struct yaml *root, struct arena *a)
{
	const struct config_problem *problems = NULL, **tail = &problems;
	const struct key_choice *list = NULL;
	YAML_EACH (item, root)
		if (str_equal(item->key, "keys"))
			key_choice_read(item, "", &list, a, &tail);
	return list;
}

static void replace(struct sbuf *text, struct sbuf *with)
{
	sbuf_fini(text);
	*text = *with;
	*with = (struct sbuf){0};
}

/* Each once, as a key in quotes is another line of the same name. */
static bool keys_read_back(const struct yaml *before, const struct sbuf *text, const struct key_choice *wanted,
	struct arena *a)
{
	int count;
	const struct yaml *after = yaml_parse("", sbuf_str(text), text->n, a, NULL);
	if (after == NULL || after->kind != YAML_MAP || !same_but(before, after, "keys"))
		return false;
	value_of(after, "keys", &count);
	bool same = count <= 1;
	const struct key_choice *has = keys_in(after, a);
	for (const struct key_choice *c = wanted; c != NULL && same; c = c->next) {
		value_of(yaml_get(after, "keys"), c->action, &count);
		same = count == 1 && str_equal(key_choice_find(has, c->action), c->key);
		has = key_choice_with(has, c->action, NULL, a);
	}
	return same && has == NULL;
}

/* The keys stand below `keys:`, each on a line of its own. Lines that stay the same are not touched. */
static bool put_keys(const struct yaml *before, const char *text, const char *value, struct sbuf *out,
	struct arena *a)
{
	const struct key_choice *had = keys_in(before, a), *wanted = key_choice_parse(str_or_empty(value), a);
	struct sbuf next = {0};
	sbuf_add(out, text);
	for (const struct key_choice *c = had; c != NULL; c = c->next)
		if (key_choice_of(wanted, c->action) == NULL) {
			config_line_take(sbuf_str(out), "keys", c->action, &next);
			replace(out, &next);
		}
	for (const struct key_choice *c = wanted; c != NULL; c = c->next)
		if (!str_equal(key_choice_find(had, c->action), c->key)) {
			config_line_put(sbuf_str(out), "keys", c->action, c->key, &next);
			replace(out, &next);
		}
	return keys_read_back(before, out, wanted, a);
}

static char *folder_of(const char *path)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	if (slash != NULL && slash != dir)
		*slash = '\0';
	return dir;
}

static bool cannot_write(struct error *err, const char *path, const char *what, const char *todo)
{
	fail(err, ERR_IO, what, path);
	error_advise(err, _("Your settings are as they were."), todo);
	return false;
}

/* Where the file is: a link is followed, so that it stays one. Yours to free; NULL: *err says why not. */
static char *real_path(const char *path, mode_t *mode, struct error *err)
{
	struct stat st;
	char *real = realpath(path, NULL);
	*mode = 0600;
	if (real == NULL && lstat(path, &st) == 0) {
		cannot_write(err, path, _("%s is a link to a file that is not there."),
			_("Make that file, or remove the link."));
		return NULL;
	}
	if (real == NULL)
		return xstrdup(path);
	if (stat(real, &st) == 0)
		*mode = st.st_mode & 0777;
	if ((*mode & S_IWUSR) != 0)
		return real;
	cannot_write(err, real, _("The file %s may only be read."), _("Make it writable, or change it yourself."));
	free(real);
	return NULL;
}

static bool write_new(const char *path, const struct sbuf *text, mode_t mode, struct error *err)
{
	struct file_new f;
	bool begun = file_new_begin(&f, path, err);
	bool whole = begun && fchmod(f.fd, mode) == 0 && file_write_fd(f.fd, text->p, text->n);
	if (begun && !whole)
		fail(err, ERR_IO, _("%s cannot be written."), path);
	if (begun && file_new_end(&f, whole, err))
		return true;
	error_advise(err, _("Your settings are as they were."), _("Check the disk and the permissions."));
	return false;
}

static bool set_in(const char *path, const struct sbuf *old, const char *name, const char *value,
	struct sbuf *changed, struct error *err)
{
	struct arena a = {0};
	const struct yaml *before = yaml_parse(path, sbuf_str(old), old->n, &a, NULL);
	bool ok = before != NULL && before->kind == YAML_MAP;
	bool keys = str_equal(name, "keys");
	if (ok && keys)
		ok = put_keys(before, sbuf_str(old), value, changed, &a);
	else if (ok && value != NULL)
		config_line_put(sbuf_str(old), NULL, name, value, changed);
	else if (ok)
		config_line_take(sbuf_str(old), NULL, name, changed);
	ok = ok && (keys || reads_back(before, sbuf_str(changed), changed->n, name, value, &a));
	arena_fini(&a);
	return ok || refuse(err, path);
}

static bool read_old(const char *path, struct sbuf *old, struct error *err)
{
	struct error why;
	if (file_read(path, MaxBytes, old, &why) || why.kind == ERR_NOT_FOUND)
		return true;
	error_advise(&why, _("Your settings are as they were."), error_todo(&why));
	if (err != NULL)
		*err = why;
	return false;
}

/* Another kring changes the same file at the same time: each waits for the other. Where folders have no
 * locks, or one that was stopped has it for long, it is only less safe. */
static int lock_folder(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int64_t until = clock_mono_ms() + LockMs; fd >= 0 && clock_mono_ms() < until;) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
			break;
		nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
	}
	return fd;
}

static bool change(const char *path, const char *name, const char *value, struct error *err)
{
	struct sbuf old = {0}, changed = {0};
	mode_t mode;
	char *real = real_path(path, &mode, err), *dir = real == NULL ? NULL : folder_of(real);
	bool ok = real != NULL && (file_exists(real) || dir_make_private(dir, err));
	int lock = ok ? lock_folder(dir) : -1;
	ok = ok && read_old(real, &old, err) && set_in(real, &old, name, value, &changed, err);
	if (ok && (old.n != changed.n || memcmp(sbuf_str(&old), sbuf_str(&changed), old.n) != 0))
		ok = write_new(real, &changed, mode, err);
	if (lock >= 0)
		close(lock);
	sbuf_fini(&old);
	sbuf_fini(&changed);
	free(real);
	free(dir);
	return ok;
}

bool config_file_set(const char *path, const char *name, const char *value, struct error *err)
{
	struct config checked;
	struct arena a = {0};
	config_init(&checked);
	bool ok = (value == NULL || config_set(&checked, name, value, &a, err)) && change(path, name, value, err);
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
		if (o->kind == OPTION_CHOICE || o->kind == OPTION_LANGUAGE)
			sbuf_addf(out, "# %s\n", config_choices(o, &a));
		sbuf_add(out, "#");
		if (o->kind == OPTION_KEYS)
			sbuf_addf(out, "%s:\n#  reply: z", o->name);
		else
			config_line_add(out, o->name, config_show(&standard, o, &a));
		sbuf_add(out, "\n\n");
	}
	arena_fini(&a);
}
