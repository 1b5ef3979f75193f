#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "sbuf.h"

enum {
	TRANSPORT_MAX_BYTES = 32 * 1024 * 1024, /* of one answer, unpacked */
	TRANSPORT_HEADER_BYTES = 64 * 1024,     /* of all its header lines */
};

/* One HTTP exchange with everything spelled out; all of it is copied when it starts. */
struct transfer {
	const char *method;
	const char *url;
	const char *header;      /* "Name: value\n" each; may be "" */
	const char *body;        /* NULL: none */
	size_t body_bytes;
	size_t max_bytes;
};

struct response {
	int status;              /* 0: no answer, `error` says why */
	struct sbuf header;      /* the last answer's, "Name: value\n" each */
	struct sbuf body;        /* unpacked */
	int64_t bytes;           /* as they came over the line, headers included */
	struct error error;      /* ERR_NONE when an answer came, whatever its status */
	bool nothing_sent;       /* with status 0: no byte of the request left, so the site cannot have done it */
};

/* Called once, from transport_poll, never from transport_start. The response is borrowed; its sbufs may be
 * taken. */
typedef void (*transport_done)(void *context, struct response *r);

/* The way to the network, exchangeable for tests. Used by one thread; only wake may come from others. */
struct transport {
	const struct transport_ops *ops;
};
struct transport_ops {
	int (*start)(struct transport *t, const struct transfer *x, transport_done done, void *context);
	void (*poll)(struct transport *t, int timeout_ms);
	void (*wake)(struct transport *t);
	void (*cancel)(struct transport *t, int id);
	void (*close)(struct transport *t);
};

/* A number > 0 for transport_cancel. Redirects are not followed. */
int transport_start(struct transport *t, const struct transfer *x, transport_done done, void *context);
/* Moves data and calls the done functions; returns when something ended, after wake, or after timeout_ms. */
void transport_poll(struct transport *t, int timeout_ms);
/* Ends a running or the next poll at once. From any thread. */
void transport_wake(struct transport *t);
/* The done function is not called any more. */
void transport_cancel(struct transport *t, int id);
void transport_close(struct transport *t);

/* The value of the n-th header (from 0) of that name in lines "Name: value\n", in buf (cut to fit); NULL when
 * absent. */
const char *header_find(const struct sbuf *header, const char *name, int n, char *buf, size_t bytes);
void response_fini(struct response *r);
