#pragma once
#include "answer.h"
#include "request.h"
#include "sbuf.h"

/* The cookies of one session log-in, for one site, kept in memory. A zeroed struct is empty. */
enum { COOKIES = 16 };
struct cookie_jar {
	struct sbuf name[COOKIES], value[COOKIES];
};

/* Takes the Set-Cookie headers of an answer. */
void cookie_jar_take(struct cookie_jar *jar, const struct answer *a);
/* Puts the cookies on a request. */
void cookie_jar_give(const struct cookie_jar *jar, struct request *r);
void cookie_jar_fini(struct cookie_jar *jar);
