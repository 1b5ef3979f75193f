#pragma once
#include "request.h"

/* The route for a method and path, with its parts in r->data->part; NULL: there is none. Also settles r->path and
 * r->format. */
const struct route *routes_find(struct request *r);
/* The same in one group of tables, for tests; `table` ends with NULL. */
const struct route *routes_find_in(struct request *r, const struct route *const *table);
