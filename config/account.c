#include "account.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "paths.h"
#include "random.h"
#include "sbuf.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "yaml_tree.h"

enum { MaxAccountBytes = 16 * 1024, MaxAccounts = 200 };

/* Names of folders hold only these, so that nothing from outside becomes a path. */
static const char *safe_name(const char *s, struct arena *a)
{
	char *out = arena_strdup(a, s);
	for (char *p = out; *p != '\0'; p++) {
		*p = (char)tolower((unsigned char)*p);
		if (!isalnum((unsigned char)*p) && strchr("-_.", *p) == NULL)
			*p = '_';
	}
	if (out[0] == '.' || out[0] == '\0')
		return arena_printf(a, "_%s", out);
	return out;
}

const char *account_site_name(const char *url, struct arena *a)
{
	const char *s = strstr(url, "://");
	char *host = arena_strdup(a, s == NULL ? url : s + 3);
	size_t n = strlen(host);
	while (n > 0 && host[n - 1] == '/')
		host[--n] = '\0';
	if (str_starts(url, "https://") && str_ends(host, ":443"))
		host[n - 4] = '\0';
	return safe_name(host, a);
}

struct account account_make(const char *url, const char *username, const char *ca_file, struct arena *a)
{
	char id[37];
	const char *name = arena_printf(a, "%s/%s", account_site_name(url, a), safe_name(username, a));
	char *data = paths_data_dir();
	struct account acc = {
		.url = arena_strdup(a, url), .username = arena_strdup(a, username),
		.ca_file = arena_strdup(a, str_or_empty(ca_file)), .key_command = "", .name = name,
		.dir = arena_printf(a, "%s/%s", data, name),
	};
	free(data);
	random_uuid(id);
	acc.client_id = arena_strdup(a, id);
	return acc;
}

static const char *text_or_empty(const struct yaml *y, const char *key, struct arena *a)
{
	const char *s = yaml_text(y, key);
	return s == NULL ? "" : utf8_clean_arena(a, s, 0, 2000);
}

static bool read_account(const char *data, const char *site, const char *user, struct account *acc, struct arena *a,
	struct error *err)
{
	struct sbuf text = {0};
	const char *dir = arena_printf(a, "%s/%s/%s", data, site, user),
		*path = arena_printf(a, "%s/account.yaml", dir);
	bool ok = file_read(path, MaxAccountBytes, &text, err);
	const struct yaml *y = ok ? yaml_parse("account.yaml", sbuf_str(&text), text.n, a, NULL) : NULL;
	sbuf_fini(&text);
	*acc = (struct account){
		.url = text_or_empty(y, "url", a), .username = text_or_empty(y, "username", a),
		.ca_file = text_or_empty(y, "ca_file", a), .key_command = text_or_empty(y, "key_command", a),
		.client_id = text_or_empty(y, "client_id", a), .name = arena_printf(a, "%s/%s", site, user), .dir = dir,
	};
	if (acc->url[0] != '\0' && acc->username[0] != '\0')
		return true;
	if (ok) {
		fail(err, ERR_INVALID, _("The file %s has no address and no name."), path);
		error_advise(err, _("Nothing is changed."), _("Log in again with: kring login ADDRESS"));
	}
	return false;
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Calls `each` for every visible entry of a folder, in order of name. */
static void each_entry(const char *dir, void (*each)(const char *name, void *ctx), void *ctx)
{
	struct dirent **entry;
	int n = scandir(dir, &entry, visible, by_bytes);
	for (int i = 0; i < n; i++) {
		each(entry[i]->d_name, ctx);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

struct listing {
	struct arena *mem;
	const char *data, *site;
	struct account *acc;
	int count;
	struct error why; /* of the first account that is there and cannot be read */
};

static void list_user(const char *name, void *ctx)
{
	struct listing *l = ctx;
	struct error err;
	if (l->count == MaxAccounts)
		return;
	if (read_account(l->data, l->site, name, &l->acc[l->count], l->mem, &err))
		l->count++;
	else if (l->why.kind == ERR_NONE && err.kind != ERR_NOT_FOUND)
		l->why = err;
}

static void list_site(const char *name, void *ctx)
{
	struct listing *l = ctx;
	l->site = arena_strdup(l->mem, name);
	each_entry(arena_printf(l->mem, "%s/%s", l->data, name), list_user, l);
}

static int list_accounts(struct arena *a, const struct account **list, struct error *why)
{
	char *data = paths_data_dir();
	struct listing l = {.mem = a, .data = arena_strdup(a, data),
		.acc = ARENA_ARRAY(a, MaxAccounts, struct account)};
	free(data);
	each_entry(l.data, list_site, &l);
	*list = l.acc;
	*why = l.why;
	return l.count;
}

int account_list(struct arena *a, const struct account **list)
{
	struct error why;
	return list_accounts(a, list, &why);
}

static const char *last_used(struct arena *a)
{
	char *data = paths_data_dir();
	struct sbuf text = {0};
	const char *name = file_read(arena_printf(a, "%s/last", data), 1000, &text, NULL)
		? arena_strdup(a, str_trim(text.p)) : "";
	sbuf_fini(&text);
	free(data);
	return name;
}

const struct account *account_find(const char *name, struct arena *a, struct error *err)
{
	const struct account *list, *found = NULL;
	struct error why;
	int count = list_accounts(a, &list, &why), fits = 0;
	if (count == 0 && why.kind != ERR_NONE) {
		if (err != NULL)
			*err = why;
		return NULL;
	}
	if (count == 0) {
		fail(err, ERR_AUTH, _("kring does not know a community yet."));
		error_advise(err, _("Nothing is changed."), _("Log in with: kring login ADDRESS"));
		return NULL;
	}
	if (str_empty(name) && count > 1)
		name = last_used(a);
	for (int i = 0; i < count; i++) {
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
		if (str_empty(name) || strstr(list[i].name, name) != NULL || strstr(list[i].url, name) != NULL) {
			found = &list[i];
			fits++;
		}
	}
	if (fits == 1)
		return found;
	fail(err, ERR_INVALID, fits == 0 ? _("You are not logged in at %s.")
		: _("More than one community fits \"%s\"."), name);
	error_advise(err, _("Nothing is changed."), _("Choose one with --site. kring status shows them all."));
	return NULL;
}

bool account_use(const struct account *acc, struct error *err)
{
	char *data = paths_data_dir(), *path = paths_join(data, "last");
	bool ok = file_write(path, acc->name, strlen(acc->name), err);
	free(path);
	free(data);
	return ok;
}

bool account_save(const struct account *acc, struct error *err)
{
	struct sbuf text = {0};
	struct arena a = {0};
	char *data = paths_data_dir();
	yaml_write(&text, "url", acc->url);
	yaml_write(&text, "username", acc->username);
	yaml_write(&text, "ca_file", acc->ca_file);
	yaml_write(&text, "key_command", acc->key_command);
	yaml_write(&text, "client_id", acc->client_id);
	bool ok = dir_make_private(data, err) && dir_make_private(acc->dir, err) &&
		file_write(account_path(acc, "account.yaml", &a), text.p, text.n, err) && account_use(acc, err);
	free(data);
	sbuf_fini(&text);
	arena_fini(&a);
	return ok;
}

const char *account_path(const struct account *acc, const char *name, struct arena *a)
{
	return arena_printf(a, "%s/%s", acc->dir, name);
}
