#pragma once
#include "error.h"

/* An own certificate authority in a data folder: ca.pem, ca.key, and a server certificate signed by it,
 * server.pem and server.key, for 127.0.0.1, ::1, localhost and `host` (may be NULL). What is there and still
 * good for a month is kept; the rest is made. Real time counts, not KRING_NOW: other programs check these
 * certificates. */
bool tls_self_signed(const char *dir, const char *host, struct error *err);
