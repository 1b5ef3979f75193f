#include "fuzz_dir.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "panic.h"

static const char *folder;

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	return remove(path);
}

static void remove_all(void)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void fuzz_dir_remove_at_end(const char *dir)
{
	folder = dir;
	ensure(atexit(remove_all) == 0);
}
