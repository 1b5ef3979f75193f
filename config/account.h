#pragma once
#include <stdbool.h>

#include "arena.h"
#include "error.h"

/* One member on one site: a folder of its own with the key, the database and account.yaml. */
struct account {
	const char *url;       /* base address without a slash at the end */
	const char *username;
	const char *ca_file;   /* extra certificate authority; "" none */
	const char *key_command; /* prints the key, instead of the key file; "" none */
	const char *client_id; /* one per installation and account */
	/* "host/username": what --site takes; the host alone is enough when it is the only one */
	const char *name;
	const char *dir;       /* absolute */
};

/* The folder name of a site: host, port when it is not the standard one, and path, with only [a-z0-9.-_]. */
const char *account_site_name(const char *url, struct arena *a);
/* A new account that is not saved yet. */
struct account account_make(const char *url, const char *username, const char *ca_file, struct arena *a);
/* All accounts on this computer, by name; returns how many. Folders that are not readable are left out. */
int account_list(struct arena *a, const struct account **list);
/* By (part of a) name, or with "" the one used last, else the only one. NULL: *err says why (ERR_AUTH when there is
 * none at all, ERR_INVALID when the name fits none or more than one). */
const struct account *account_find(const char *name, struct arena *a, struct error *err);
/* Makes the folder and writes account.yaml; remembers it as the one used last. */
bool account_save(const struct account *acc, struct error *err);
bool account_use(const struct account *acc, struct error *err);
/* Paths inside the folder; in the arena. */
const char *account_path(const struct account *acc, const char *name, struct arena *a);
