#include "doctor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "file.h"
#include "paths.h"
#include "store.h"
#include "str.h"
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

/* Whether others on this computer can look into it. */
static bool is_open(const char *path, bool *there)
{
	struct stat st;
	*there = lstat(path, &st) == 0;
	return *there && !S_ISLNK(st.st_mode) && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

static bool is_others(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && st.st_uid != geteuid();
}

static void check_private(struct findings *f, const struct account *acc)
{
	static const char *const names[] = {"", "key", "kring.sqlite", "account.yaml"};
	int open_count = 0, others = 0;
	struct arena mem = {0};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		bool there;
		const char *path = names[i][0] == '\0' ? acc->dir : account_path(acc, names[i], &mem);
		open_count += is_open(path, &there);
		others += there && is_others(path);
	}
	if (others > 0)
		finding_add(f, FINDING_TROUBLE, "private", _("Private files"), _("Give the files of kring back to yourself with chown."),
			"%s", _("Some files of kring belong to somebody else."));
	else if (open_count > 0)
		finding_add(f, FINDING_TROUBLE, "private", _("Private files"), _("Close them with: chmod -R go= ~/.local/share/kring"),
			"%s", _("Others on this computer may read some files of kring."));
	else
		finding_add(f, FINDING_GOOD, "private", _("Private files"), NULL, "%s", _("Only you can read them."));
	arena_fini(&mem);
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
	}
	free(data);
}
