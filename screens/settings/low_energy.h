#pragma once
#include "screen.h"

/* The first screen for a day with little energy: at most three things for today, and nothing that was left
 * lying. */
enum { LOW_ENERGY_MOST = 3 };

struct low_energy_item {
	int64_t id;               /* what it is; stays the same */
	const char *title, *detail;
	struct target target;
};

bool low_energy_is_on(const struct context *ctx);
/* Texts in the arena. Returns how many there are. */
int low_energy_items(const struct context *ctx, struct low_energy_item out[LOW_ENERGY_MOST], struct arena *a);
