#pragma once
#include "http.h"

/* A browser's session: the cookie _forum_session before logging in, _t after. */

enum { SESSION_IDLE_DAYS = 60 };

/* Finds the session of the request's cookie; fills in r->me and the CSRF token. */
void session_load(struct request *r);
/* Makes sure that there is a session, so that there is a CSRF token; call it inside a transaction for writing. */
bool session_ensure(struct request *r, struct response *w);
/* Replaces the session by one of this member. */
bool session_log_in(struct request *r, struct response *w, int64_t user_id);
bool session_log_out(struct request *r, struct response *w);
const char *session_csrf(const struct request *r);
