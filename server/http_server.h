#pragma once
#include "http.h"
#include "options.h"

/* kringd's socket: libmicrohttpd with TLS on one thread, so that handlers never meet. */
struct http_server;

/* Listens. `k` outlives the server. ERR_IO: the address cannot be used; ERR_TLS: the certificate is not good. */
struct http_server *http_server_start(struct kringd *k, struct error *err);
/* "https://127.0.0.1:8443" */
const char *http_server_url(const struct http_server *s);
/* Serves until `stop_fd` can be read. */
bool http_server_run(struct http_server *s, int stop_fd, struct error *err);
/* Answers who waits, closes. NULL is fine. */
void http_server_stop(struct http_server *s);
