#pragma once
#include "sync_module.h"

/* See sync_module: a few questions about the site and the key, for a report. */
bool site_check(const struct sync_options *o, struct site_check *out, struct error *err);
