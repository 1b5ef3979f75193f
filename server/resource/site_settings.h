#pragma once
#include "http.h"

/* The settings of the site as its clients read them: the stored value, else the default. */
const char *site_setting(struct request *r, const char *name); /* "" when unknown; lives in r->mem */
bool site_setting_on(struct request *r, const char *name);
int64_t site_setting_int(struct request *r, const char *name);
/* Every setting that clients may read. */
void site_settings_encode(struct request *r, struct json *into);
