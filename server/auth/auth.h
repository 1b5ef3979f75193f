#pragma once
#include "http.h"

/* Who asks, and the resources for logging in. Passwords are kept as crypt(3) strings, keys and cookies as
 * SHA-256. */

/* Fills in r->me from the key or cookie. False: the key is bad or its scopes do not reach this route, and *w
 * says so. A bad cookie counts as none. Runs outside the route's transaction and after the route is known. */
bool auth_identify(struct request *r, struct response *w);
/* The limits of the key that was used; false: *w is the 429. */
bool auth_limits(struct request *r, struct response *w);
/* Does the request carry the CSRF token of its session? */
bool auth_csrf_valid(const struct request *r);
/* Loads r->me for a member; false when there is no such active member. */
bool auth_become(struct request *r, int64_t user_id);
/* Revokes keys unused for 180 days, removes sessions idle for 60 days (of nobody: a day) and device requests that
 * ended. */
bool auth_expire(struct sql *db, int64_t now_ms, struct error *err);

enum {
	AUTH_TOKEN_HEX = 65,  /* a cookie or device code: 32 bytes as hex, with the NUL */
	AUTH_KEY_HEX = 33,    /* an API key: 16 bytes as hex, with the NUL */
};

extern const struct route session_routes[];
extern const struct route user_api_key_routes[];
extern const struct route device_routes[];
