#pragma once
#include "error.h"
#include "sbuf.h"

/* A listening socket (close-on-exec, non-blocking) for "127.0.0.1:0", "[::1]:8443" or "localhost:80"; *where
 * becomes the address with the port that was chosen. -1: ERR_INVALID or ERR_IO. */
int listen_open(const char *host_port, struct sbuf *where, struct error *err);
