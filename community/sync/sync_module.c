#include "sync_module.h"

#include <stdlib.h>

#include "api.h"
#include "calendar_file.h"
#include "credentials.h"
#include "file.h"
#include "login.h"
#include "login_job.h"
#include "site_check.h"
#include "str.h"
#include "sync_access.h"
#include "sync_once.h"
#include "sync_thread.h"
#include "transport_curl.h"

static bool keep_key(const struct sync_options *o, const char *key, struct error *err)
{
	char *path = sync_key_path(o);
	bool ok = dir_make_private(o->dir, err) && credentials_write(path, key, err);
	free(path);
	return ok;
}

static bool revoke(const struct sync_options *o, const char *key, struct error *err)
{
	struct transport *t = transport_curl_new(o->ca_file, err);
	if (t == NULL)
		return false;
	struct api api = {.transport = t, .base_url = o->base_url, .key = key, .client_id = o->client_id};
	struct error why = {.kind = ERR_NONE};
	bool ok = login_revoke(&api, &why) || why.kind == ERR_AUTH;
	transport_close(t);
	if (!ok && err != NULL)
		*err = why;
	return ok;
}

static bool forget_key(const struct sync_options *o, struct error *err)
{
	if (!str_empty(o->key_command))
		return true;
	char *path = sync_key_path(o);
	bool ok = credentials_remove(path, err);
	free(path);
	return ok;
}

static bool logout(const struct sync_options *o, struct error *err)
{
	struct sbuf key = {0};
	struct error gone = {.kind = ERR_NONE};
	bool ok = sync_key_read(o, &key, err) && revoke(o, sbuf_str(&key), err);
	credentials_wipe(&key);
	sbuf_fini(&key);
	if (!forget_key(o, ok ? err : &gone))
		ok = false;
	return ok;
}

static bool calendar(const struct sync_options *o, const struct calendar_choice *which, struct sbuf *out,
	struct error *err)
{
	struct store *s = store_open(o->dir, STORE_READ, err);
	bool ok = s != NULL && calendar_text(s, o, which, out, err);
	store_close(s);
	return ok;
}

const struct sync_module kring_sync_module = {
	.version = SYNC_MODULE_VERSION,
	.run_once = sync_run_once,
	.start = sync_thread_start,
	.changed = sync_thread_changed,
	.post = sync_thread_post,
	.written = sync_thread_written,
	.busy = sync_thread_busy,
	.trouble = sync_thread_trouble,
	.calendar_trouble = sync_thread_calendar_trouble,
	.stop = sync_thread_stop,
	.login_start = login_job_start,
	.login_view = login_job_view,
	.login_give = login_job_give,
	.login_end = login_job_end,
	.keep_key = keep_key,
	.logout = logout,
	.calendar = calendar,
	.check = site_check,
};
