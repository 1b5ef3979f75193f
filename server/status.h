#pragma once
#include "http.h"

/* /srv/status: "ok" for those who watch over the server. */
extern const struct route status_routes[];
