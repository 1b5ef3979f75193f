#pragma once
#include "http.h"

/* Packs a good answer of a route with ROUTE_PACKS (gzip) when the client takes that and it is large enough
 * to be worth it.
 *
 * How long a packed answer is tells what of it repeats. Whoever can put text into an answer, see how long
 * it is on the line, and have it asked again and again, learns what else is in it letter by letter
 * (BREACH). So only lists that hold many texts of many members are packed, and only for a key: a browser
 * with a cookie can be made to ask by any page. Never packed: pages and what they hold (CSRF, log-in),
 * keys, the session, drafts, private messages, a topic (it holds the member's draft). */
void pack_answer(const struct request *r, struct response *w, unsigned flags);
