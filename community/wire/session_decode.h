#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "site.h"

/* /session/current.json. False when nobody is logged in. */
bool session_decode(const struct json *root, struct arena *a, struct session *out);
