#pragma once
#include "error.h"
#include "transport.h"

/* libcurl. TLS is always verified, with the system's certificates and, when ca_file is not empty, those in that
 * file too. Plain http only to loopback. Proxies by the usual environment variables. NULL on error. */
struct transport *transport_curl_new(const char *ca_file, struct error *err);
