/* A file of settings in which one changes: what is wrong in it can be shown, what is changed reads back,
 * everything else says what it said, and what cannot be changed stays byte for byte. Lines of the input: a
 * setting, its value, and then the file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config_file.h"
#include "file.h"
#include "fuzz_dir.h"
#include "key_choice.h"
#include "mem.h"
#include "panic.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct config read_settings(const char *path, struct arena *a)
{
	struct config c;
	const struct config_problem *p;
	config_init(&c);
	config_read(path, &c, a, &p);
	for (; p != NULL; p = p->next) {
		const char *says = config_problem_text(p, a);
		ensure(utf8_valid(says, strlen(says)));
		for (const char *s = says; *s != '\0'; s++)
			ensure((unsigned char)*s >= ' ');
	}
	return c;
}

/* Whether a key holds is not known here; lines that stay keep their order. */
static void check_keys(const struct key_choice *like, const struct key_choice *is, struct arena *a)
{
	for (; is != NULL; is = is->next) {
		const struct key_choice *c = key_choice_of(like, is->action);
		ensure(c != NULL && strcmp(c->key, is->key) == 0);
		like = key_choice_with(like, is->action, NULL, a);
	}
	ensure(like == NULL);
}

static void check_changed(const struct config *was, const struct config *is, const char *name,
	const char *value, struct arena *a)
{
	struct config chosen;
	config_init(&chosen);
	ensure(config_set(&chosen, name, value, a, NULL));
	for (const struct option *o = options_table; o->name != NULL; o++) {
		const struct config *like = strcmp(o->name, name) == 0 ? &chosen : was;
		if (o->kind == OPTION_KEYS)
			check_keys(like->keys, is->keys, a);
		else
			ensure(strcmp(config_show(like, o, a), config_show(is, o, a)) == 0);
	}
}

static void check(const char *path, const char *name, const char *value, const char *text, size_t n)
{
	struct arena a = {0};
	struct sbuf now = {0};
	ensure(file_write(path, text, n, NULL));
	struct config was = read_settings(path, &a);
	bool done = config_file_set(path, name, value, NULL);
	struct config is = read_settings(path, &a);
	ensure(file_read(path, SIZE_MAX, &now, NULL));
	if (done)
		check_changed(&was, &is, name, value, &a);
	else
		ensure(now.n == n && memcmp(now.p, text, n) == 0);
	sbuf_fini(&now);
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char dir[] = "/dev/shm/kring-fuzz-XXXXXX", *path;
	if (path == NULL) {
		ensure(mkdtemp(dir) != NULL);
		path = xasprintf("%s/config.yaml", dir);
		fuzz_dir_remove_at_end(dir);
	}
	char *copy = xmalloc(n + 1), *rest = copy;
	memcpy(copy, data, n);
	copy[n] = '\0';
	char *name = strsep(&rest, "\n"), *value = strsep(&rest, "\n");
	if (rest != NULL && strlen(name) + strlen(value) + 2 == (size_t)(rest - copy))
		check(path, name, value, rest, n - (size_t)(rest - copy));
	file_remove(path, NULL);
	free(copy);
	return 0;
}
