#pragma once
#include <stdbool.h>

#include "api.h"
#include "arena.h"
#include "error.h"
#include "site.h"

struct site_probe {
	const char *base_url;   /* to be kept: scheme, host, port and sub-folder */
	int auth_api_version;   /* Auth-Api-Version, 4 or more on sites of today */
	bool device_code;       /* the device-code flow is there */
	bool moved;             /* another host than the one typed answered */
	struct site site;       /* title, description, login_required, locale */
};

/* The base URLs that may be meant by what a person typed, best first ("forum.example/t/12" ->
 * "https://forum.example"); at most `max`. Returns how many; 0: not an address. http:// is kept only for
 * loopback. */
int site_candidates(const char *typed, struct arena *a, const char **out, int max);
/* Finds the Discourse site behind a typed address. `api` gives the transport, waiting and context; its base_url and
 * key are not used. Texts live in the arena. */
bool site_probe_run(struct api *api, const char *typed, struct arena *a, struct site_probe *out, struct error *err);
