#pragma once
#include "ics.h"
#include "series.h"

/* The part with libical as a module of its own (kring-dates): libical brings ICU and the C++ library, which is more
 * memory than all of kring, and many a member has no series. See series.h and ics.h for what each does. */
enum { DATES_MODULE_VERSION = 1 };

struct dates_module {
	int version;
	int (*series_expand)(const struct series *s, int64_t from_ms, int64_t to_ms, struct occurrence *out, int max,
		unsigned *odd);
	const char *(*series_rule)(const struct series *s, struct arena *a);
	const char *(*series_says)(unsigned odd);
	struct ics *(*ics_new)(const char *product, const char *name);
	bool (*ics_add)(struct ics *c, const struct ics_item *i);
	char *(*ics_finish)(struct ics *c);
};

extern const struct dates_module kring_dates_module __attribute__((visibility("default")));
