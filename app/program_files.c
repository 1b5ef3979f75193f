#include "program_files.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "str.h"

/* The program stands in app/ of a build folder, which also has build.ninja. */
static char *build_dir(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n <= 0)
		return NULL;
	self[n] = '\0';
	char *slash = strrchr(self, '/');
	if (slash == NULL)
		return NULL;
	*slash = '\0';
	if (!str_ends(self, "/app"))
		return NULL;
	self[strlen(self) - strlen("/app")] = '\0';
	char *mark = xasprintf("%s/build.ninja", self);
	bool is = file_exists(mark);
	free(mark);
	return is ? xstrdup(self) : NULL;
}

char *program_file(const char *built, const char *installed)
{
	char *dir = build_dir();
	if (dir == NULL)
		return xstrdup(installed);
	char *path = xasprintf("%s/%s", dir, built);
	free(dir);
	return path;
}
