#include "commands.h"

#include <string.h>

#include "demo.h"

int demo_run(struct call *c)
{
	struct error err;
	const char *language = c->argc == 1 ? c->argv[0] : demo_language();
	bool known = strcmp(language, "nl") == 0 || strcmp(language, "en") == 0;
	if (c->argc > 1 || !known)
		return call_usage(c);
	demo_become(language, false, &err);
	return call_fail(c, &err);
}
