#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "site.h"

/* Discourse's own defaults, for what a site does not say. */
void site_defaults(struct site *s);
/* Each fills in what the answer says and leaves the rest. False when it is not that answer at all. */
bool site_decode_basic_info(const struct json *root, struct arena *a, struct site *s); /* /site/basic-info.json */
bool site_decode_site(const struct json *root, struct arena *a, struct site *s);       /* /site.json */
bool site_decode_settings(const struct json *root, struct arena *a, struct site *s);   /* /site/settings.json */
