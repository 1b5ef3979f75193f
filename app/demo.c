#include "demo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "mem.h"
#include "paths.h"
#include "program_files.h"
#include "str.h"
#include "text.h"

/* $XDG_CACHE_HOME/kring/demo-LANGUAGE, or where KRING_DEMO_DIR says. */
static char *folder(const char *language)
{
	const char *given = getenv("KRING_DEMO_DIR"), *cache = getenv("XDG_CACHE_HOME");
	if (!str_empty(given))
		return xstrdup(given);
	if (!str_empty(cache) && cache[0] == '/')
		return xasprintf("%s/kring/demo-%s", cache, language);
	return xasprintf("%s/.cache/kring/demo-%s", paths_home(), language);
}

const char *demo_language(void)
{
	return str_starts(str_or_empty(getenv("LANGUAGE")), "nl") ? "nl" : "en";
}

bool demo_become(const char *language, bool text, struct error *err)
{
	char *script = program_file("packaging/demo", KRING_LIBEXECDIR "/demo");
	char *kring = program_file("app/kring", KRING_BINDIR "/kring");
	char *kringd = program_file("server/kringd", KRING_BINDIR "/kringd");
	char *dir = folder(language);
	execl(script, script, kring, kringd, language, dir, text ? "--text" : (char *)NULL, (char *)NULL);
	fail(err, ERR_IO, _("The sample community cannot be started."));
	error_detail(err, "%s: %s", script, strerror(errno));
	error_advise(err, _("Nothing is changed."), _("Install kring again."));
	free(script);
	free(kring);
	free(kringd);
	free(dir);
	return false;
}
