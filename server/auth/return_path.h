#pragma once
#include "http.h"

/* "/login?return_path=..." with this request's address, for a page that needs a login. Without it when that
 * is very long. */
const char *login_url(const struct request *r);
/* The parameter return_path when it is a path on this site, else "/". */
const char *return_path(const struct request *r);
