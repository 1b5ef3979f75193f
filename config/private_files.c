#include "private_files.h"

#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static bool is_open(const struct stat *st)
{
	return !S_ISLNK(st->st_mode) && (st->st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

enum private_files private_files_check(const struct account *acc)
{
	static const char *const names[] = {"", "key", "kring.sqlite", "account.yaml"};
	enum private_files worst = PRIVATE_FILES_GOOD;
	struct arena mem = {0};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct stat st;
		if (lstat(names[i][0] == '\0' ? acc->dir : account_path(acc, names[i], &mem), &st) != 0)
			continue;
		enum private_files found = st.st_uid != geteuid() ? PRIVATE_FILES_OTHERS
			: is_open(&st) ? PRIVATE_FILES_OPEN : PRIVATE_FILES_GOOD;
		worst = found > worst ? found : worst;
	}
	arena_fini(&mem);
	return worst;
}

const char *private_files_says(enum private_files found)
{
	if (found == PRIVATE_FILES_GOOD)
		return NULL;
	return found == PRIVATE_FILES_OPEN ? _("Others on this computer may read some files of kring.")
		: _("Some files of kring belong to somebody else.");
}

const char *private_files_advice(enum private_files found)
{
	if (found == PRIVATE_FILES_GOOD)
		return NULL;
	return found == PRIVATE_FILES_OPEN ? _("Close them with: chmod -R go= ~/.local/share/kring")
		: _("Give the files of kring back to yourself with chown.");
}
