#pragma once
#include "option.h"

/* The themes of the member: one YAML file each in the folder themes beside config.yaml, with title,
 * background, text, accent, soft and error. A colour is "#rrggbb" or a number from 16 to 255. A file that
 * cannot be used is a problem; one with little contrast is used, and a warning. Both lists are in the order
 * of the file names. */
void theme_files_load(struct arena *a, const struct config_problem **problems,
	const struct config_problem **warnings);
