#include "home.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "process.h"
#include "str.h"

void home_set_env(struct story *s, const char *fmt, ...)
{
	char *text;
	va_list ap;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	va_end(ap);
	size_t name = strcspn(text, "=") + 1;
	for (int i = 0; i < s->env_count; i++)
		if (strncmp(s->env[i], text, name) == 0) {
			free(s->env[i]);
			s->env[i] = text;
			return;
		}
	if (s->env_count + 1 == MaxEnv)
		give_up(s, "too many variables");
	s->env[s->env_count++] = text;
}

static void make_folders(struct story *s)
{
	char *path = xasprintf("%s/home/config/kring", s->dir);
	if (!dir_make_private(path, NULL))
		give_up(s, "cannot make %s", path);
	free(path);
}

void home_make(struct story *s)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(s->dir, sizeof s->dir, "%s/kring-story-XXXXXX", str_empty(tmp) || strlen(tmp) > 30 ? "/tmp" : tmp);
	if (mkdtemp(s->dir) == NULL)
		give_up(s, "mkdtemp: %s", strerror(errno));
	home_set_env(s, "HOME=%s/home", s->dir);
	home_set_env(s, "XDG_DATA_HOME=%s/home/data", s->dir);
	home_set_env(s, "XDG_CONFIG_HOME=%s/home/config", s->dir);
	home_set_env(s, "PATH=%s", str_or_empty(getenv("PATH")));
	home_set_env(s, "LC_ALL=C.UTF-8");
	home_set_env(s, "TZ=Europe/Amsterdam");
	home_set_env(s, "TERM=%s", s->term_name);
	/* Sanitizers say where they write. */
	static const char *const pass[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"};
	for (size_t i = 0; i < COUNT(pass); i++)
		if (getenv(pass[i]) != NULL)
			home_set_env(s, "%s=%s", pass[i], getenv(pass[i]));
	make_folders(s);
}

void home_empty(struct story *s)
{
	char *home = xasprintf("%s/home", s->dir), *remove[] = {"-rf", home, NULL};
	process_must_run(s, "/bin/rm", remove, "");
	free(home);
	make_folders(s);
}

void home_write_config(struct story *s)
{
	char *path = xasprintf("%s/home/config/kring/config.yaml", s->dir);
	struct sbuf text = {0};
	if (strcmp(s->lang, "none") == 0) {
		free(path);
		return;
	}
	sbuf_addf(&text, "language: %s\n%s", s->lang, sbuf_str(&s->config));
	if (!file_write(path, text.p, text.n, NULL))
		give_up(s, "cannot write %s", path);
	sbuf_fini(&text);
	free(path);
}
