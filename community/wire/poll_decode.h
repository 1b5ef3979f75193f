#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "discourse_poll.h"

/* The polls of a post: its "polls" and, for the member's own choice, "polls_votes". Returns how many. */
int polls_decode(const struct json *post, struct arena *a, const struct poll **out);
/* One poll; `votes` is the array of chosen option ids, or NULL. False without a name. */
bool poll_decode(const struct json *object, const struct json *votes, struct arena *a, struct poll *out);
