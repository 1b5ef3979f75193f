#include "sync_access.h"

#include <stdlib.h>

#include "api.h"
#include "credentials.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "text.h"

enum { CommandMs = 120 * 1000 };

char *sync_key_path(const struct sync_options *o)
{
	return str_empty(o->key_file) ? xasprintf("%s/key", o->dir) : xstrdup(o->key_file);
}

bool sync_key_read(const struct sync_options *o, struct sbuf *key, struct error *err)
{
	return sync_key_wait(o, &(struct key_wait){.stopped = NULL}, key, err);
}

bool sync_key_wait(const struct sync_options *o, const struct key_wait *wait, struct sbuf *key, struct error *err)
{
	if (!str_empty(o->key_command))
		return credentials_command(o->key_command, CommandMs, wait, key, err);
	char *path = sync_key_path(o);
	struct error why = {.kind = ERR_NONE};
	bool ok = credentials_read(path, key, &why);
	free(path);
	if (ok)
		return true;
	if (why.kind == ERR_NOT_FOUND)
		fail(&why, ERR_AUTH, _("You are not logged in."));
	if (err != NULL)
		*err = why;
	return false;
}

int sync_lock(const char *dir, int wait_ms, struct error *err)
{
	char *path = xasprintf("%s/sync.lock", dir);
	int fd = file_lock(path, wait_ms, err);
	free(path);
	return fd;
}

int64_t sync_clock_ms(void)
{
	static const struct api clock;
	return api_now_ms(&clock);
}

struct sync_options *sync_options_copy(const struct sync_options *o)
{
	struct sync_options *copy = xmalloc(sizeof *copy);
	*copy = *o;
	copy->base_url = xstrdup(o->base_url);
	copy->username = xstrdup(o->username);
	copy->client_id = xstrdup(o->client_id);
	copy->dir = xstrdup(o->dir);
	copy->key_file = xstrdup(o->key_file);
	copy->key_command = xstrdup(o->key_command);
	copy->ca_file = xstrdup(o->ca_file);
	copy->calendar_file = xstrdup(o->calendar_file);
	return copy;
}

void sync_options_free(struct sync_options *o)
{
	const char *text[] = {
		o->base_url, o->username, o->client_id, o->dir, o->key_file, o->key_command, o->ca_file,
		o->calendar_file};
	for (size_t i = 0; i < COUNT(text); i++)
		free((char *)text[i]);
	free(o);
}
