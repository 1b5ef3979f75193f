#pragma once
#include "method.h"
#include "yaml_tree.h"

/* A method as YAML. Between the files that read methods. */
struct method_reader {
	const char *language;
	struct arena *mem;
	const char *file;                    /* of the member; NULL for kring's own */
	const struct config_problem **tail;  /* NULL: nobody asks */
};

void method_problem(struct method_reader *r, const struct yaml *at, const char *why);
/* The text of a key in the language of the reader, or the one there is; "" when there is none. */
const char *method_text(const struct method_reader *r, const struct yaml *map, const char *key);
/* The name of a method, phase, role or question; "" when there is none. */
const char *method_name(const struct method_reader *r, const struct yaml *map);
/* False: not usable, and why is a problem. */
bool method_phase_read(struct method_reader *r, const struct yaml *node, enum method_unit unit,
	struct method_phase *out);
/* `id` of the method. False: it is left out. */
bool method_read(struct method_reader *r, const struct yaml *node, const char *id, struct method *out);
