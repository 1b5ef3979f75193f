#pragma once
#include "commands.h"
#include "file.h"

/* What `kring export` writes, piece by piece: to standard output, or with --out to a private file that is
 * whole or not there. */
struct export {
	struct call *call;
	struct store *store;
	struct sbuf text;         /* add here */
	const char *path;         /* NULL: standard output */
	struct file_new file;
	bool failed;
	struct error err;
};

/* Writes what was added when it is much. False: it cannot be written, the rest is in vain. */
bool export_flow(struct export *e);

/* One kind each; `word` is what follows it (NULL: nothing). False: e->err says why. */
bool export_vcf(struct export *e, const char *word);
bool export_mbox(struct export *e, const char *word);
bool export_json(struct export *e, const char *word);

/* "example.org" of the account, for addresses that are no addresses of mail. */
const char *export_host(const struct export *e);
