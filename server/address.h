#pragma once
#include <sys/socket.h>

#include "http.h"

/* Whom the limits count. */
enum { ADDRESS_BYTES = 48 };

/* "192.0.2.1", "2001:db8::1"; "" when it is neither. */
void address_text(char out[ADDRESS_BYTES], const struct sockaddr *a);
/* The same for who is counted as one: of IPv6 the first half, for whoever has one address has the 2^64 beside
 * it too. */
const char *address_counted(const char *text, struct arena *mem);
/* Is it one of these, with commas between them? trusted may be NULL. */
bool address_is_one_of(const char *text, const char *trusted);
/* Addresses with commas between them, and nothing else. */
bool address_list_valid(const char *text);
/* Who asks: the peer, or behind a trusted proxy the last one in X-Forwarded-For that is no trusted proxy
 * itself. What stands before that anybody can have written. `header` ends with a NULL name. */
const char *address_behind(const char *peer, const char *trusted, const struct param *header, struct arena *mem);
