#include "paths.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "mem.h"
#include "str.h"

const char *paths_home(void)
{
	const char *home = getenv("HOME");
	if (!str_empty(home))
		return home;
	const struct passwd *pw = getpwuid(geteuid());
	return pw == NULL || str_empty(pw->pw_dir) ? "/" : pw->pw_dir;
}

static char *xdg(const char *variable, const char *standard, const char *rest)
{
	const char *base = getenv(variable);
	if (!str_empty(base) && base[0] == '/')
		return xasprintf("%s/%s", base, rest);
	return xasprintf("%s/%s/%s", paths_home(), standard, rest);
}

char *paths_config_file(void)
{
	return xdg("XDG_CONFIG_HOME", ".config", "kring/config.yaml");
}

char *paths_data_dir(void)
{
	return xdg("XDG_DATA_HOME", ".local/share", "kring");
}

char *paths_join(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}
