#include "auth.h"
#include "bus.h"
#include "page.h"
#include "resources.h"
#include "status.h"

const struct route *const all_routes[] = {
	status_routes,
	page_routes,
	bus_routes,
	NULL,
};
