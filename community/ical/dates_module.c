#include "dates_module.h"

const struct dates_module kring_dates_module = {
	.version = DATES_MODULE_VERSION,
	.series_expand = series_expand,
	.series_rule = series_rule,
	.series_says = series_says,
	.ics_new = ics_new,
	.ics_add = ics_add,
	.ics_finish = ics_finish,
};
