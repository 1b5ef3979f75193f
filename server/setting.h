#pragma once
#include "arena.h"
#include "sql.h"

/* Rows of the table `setting`, for the parts that stand below the community itself. */
const char *setting_text(struct sql *db, struct arena *a, const char *name, const char *otherwise);
bool setting_on(struct sql *db, const char *name);
