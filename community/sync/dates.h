#pragma once
#include "dates_module.h"
#include "error.h"

/* The module for dates, loaded at its first use. NULL: it cannot be loaded. err may be NULL. */
const struct dates_module *dates(struct error *err);
