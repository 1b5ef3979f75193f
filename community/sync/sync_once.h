#pragma once
#include <stdbool.h>

#include "error.h"
#include "sync_module.h"

/* See sync_module.run_once. */
bool sync_run_once(const struct sync_options *o, bool (*progress)(void *context), void *context,
	struct sync_report *report, struct error *err);
