#include "doctor.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "file.h"
#include "paths.h"
#include "private_files.h"
#include "store.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"

enum { LeastFreeMb = 100 };

static void check_space(struct findings *f, const char *dir)
{
	struct statvfs fs;
	if (statvfs(dir, &fs) != 0)
		return;
	long long mb = (long long)(fs.f_bavail / 1024 * fs.f_frsize / 1024);
	bool little = mb < LeastFreeMb;
	finding_add(f, little ? FINDING_TROUBLE : FINDING_GOOD, "space", _("Disk"),
		little ? _("Make room on the disk.") : NULL, _("%lld MB are free."), mb);
	bool network = dir_is_network(dir);
	finding_add(f, FINDING_GOOD, "filesystem", _("File system"), NULL, "%s",
		network ? _("A network file system. kring writes more carefully and somewhat slower.")
			: _("On this computer itself."));
}

static void check_private(struct findings *f, const struct account *acc)
{
	enum private_files found = private_files_check(acc);
	bool good = found == PRIVATE_FILES_GOOD;
	finding_add(f, good ? FINDING_GOOD : FINDING_TROUBLE, "private", _("Private files"), private_files_advice(found),
		"%s", good ? _("Only you can read them.") : private_files_says(found));
}

static void check_store(struct findings *f, const struct program *p)
{
	struct error err = {.kind = ERR_NONE};
	if (p->store == NULL) {
		bool none = p->store_error.kind == ERR_NOT_FOUND;
		finding_add(f, none ? FINDING_NOTE : FINDING_TROUBLE, "store", _("Copy on this computer"),
			none ? _("Fetch with: kring sync") : _("Look which file it is with: kring status"), "%s",
			none ? _("Nothing has been fetched yet.") : _("It cannot be opened."));
		return;
	}
	if (!store_check(p->store, &err))
		finding_add(f, FINDING_TROUBLE, "store", _("Copy on this computer"),
			_("Keep a copy of your files, and fetch everything again."), "%s", _("It is damaged."));
	else
		finding_add(f, FINDING_GOOD, "store", _("Copy on this computer"), NULL, _("It is whole: %lld KB."),
			(long long)(store_bytes(p->store) + 1023) / 1024);
}

/* Topics that the site answers badly. */
static void check_aside(struct findings *f, const struct program *p)
{
	int aside = p->store == NULL ? 0 : sync_store_aside_count(p->store);
	if (aside > 0)
		finding_add(f, FINDING_NOTE, "set_aside", _("Topics"), _("Tell the organiser of the community. kring tries again by itself."),
			ngettext("The site goes wrong over %d topic.", "The site goes wrong over %d topics.", (unsigned long)aside), aside);
}

void doctor_files(struct findings *f, const struct program *p)
{
	char *data = paths_data_dir();
	if (p->account == NULL) {
		finding_add(f, FINDING_NOTE, "account", _("Community"), _("Log in with: kring login ADDRESS"), "%s",
			_("kring does not know a community yet."));
		check_space(f, file_exists(data) ? data : paths_home());
	} else {
		check_space(f, p->account->dir);
		check_private(f, p->account);
		check_store(f, p);
		check_aside(f, p);
	}
	free(data);
}
