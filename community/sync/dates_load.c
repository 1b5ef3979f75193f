#include "dates.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"
#include "text.h"

/* It stands beside this module. */
static char *module_path(void)
{
	Dl_info self;
	if (dladdr((const void *)(uintptr_t)dates, &self) == 0 || self.dli_fname == NULL)
		return NULL;
	const char *slash = strrchr(self.dli_fname, '/');
	int folder = slash == NULL ? 0 : (int)(slash - self.dli_fname) + 1;
	return xasprintf("%.*skring-dates.so", folder, self.dli_fname);
}

const struct dates_module *dates(struct error *err)
{
	static _Atomic(const struct dates_module *) loaded;
	const struct dates_module *m = atomic_load(&loaded);
	if (m != NULL)
		return m;
	char *path = module_path();
	void *handle = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
	m = handle == NULL ? NULL : dlsym(handle, "kring_dates_module");
	if (m == NULL || m->version != DATES_MODULE_VERSION) {
		fail(err, ERR_IO, _("The calendar part of kring cannot be loaded."));
		error_advise(err, "", _("Install kring again."));
		error_detail(err, "%s", m == NULL ? str_or_empty(dlerror()) : path);
		m = NULL;
	}
	free(path);
	atomic_store(&loaded, m);
	return m;
}
