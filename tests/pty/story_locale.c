#include "story_locale.h"

#include <stdlib.h>
#include <unistd.h>

#include "file.h"
#include "home.h"
#include "mem.h"
#include "process.h"

/* Made here, because Debian has none of these unless somebody asks for it. */
void step_locale(struct story *s, char *rest)
{
	char *args[3];
	int n = story_split(rest, args, 3);
	if (n == 0) {
		s->charmap = NULL;
		home_set_env(s, "LC_ALL=C.UTF-8");
		return;
	}
	if (n != 2)
		give_up(s, "locale LANGUAGE CHARMAP");
	char *folder = xasprintf("%s/locales", s->dir), *path = xasprintf("%s/%s.%s", folder, args[0], args[1]);
	char *make[] = {"-i", args[0], "-f", args[1], path, NULL}, *name = xasprintf("%s/LC_CTYPE", path);
	dir_make_private(folder, NULL);
	process_run(s, "/usr/bin/localedef", make, "");
	if (access(name, R_OK) != 0)
		story_skip(s, "localedef cannot make %s.%s here", args[0], args[1]);
	home_set_env(s, "LOCPATH=%s", folder);
	home_set_env(s, "LC_ALL=%s.%s", args[0], args[1]);
	s->charmap = xstrdup(args[1]);
	free(folder);
	free(path);
	free(name);
}
