#include "pack.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "mem.h"
#include "panic.h"
#include "str.h"

enum { LeastBytes = 1024, Level = 5, GzipWindow = 15 + 16 };

/* "gzip", "br;q=1.0, gzip;q=0.5"; not "gzip;q=0" (RFC 9110, 12.5.3). */
static bool takes_gzip(const char *accept)
{
	for (const char *p = str_or_empty(accept); *p != '\0'; p += *p == ',') {
		p += strspn(p, " \t");
		size_t name = strcspn(p, " \t;,"), all = strcspn(p, ",");
		const char *q = memchr(p, '=', all);
		bool gzip = (name == 4 && strncasecmp(p, "gzip", 4) == 0) || (name == 1 && *p == '*');
		if (gzip && (q == NULL || q[1 + strspn(q + 1, "0.")] >= '1'))
			return true;
		p += all;
	}
	return false;
}

static void pack(struct sbuf *body)
{
	z_stream z = {0};
	struct sbuf out = {0};
	ensure(deflateInit2(&z, Level, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	uLong most = deflateBound(&z, (uLong)body->n);
	char *packed = xmalloc(most);
	z.next_in = (Bytef *)body->p;
	z.avail_in = (uInt)body->n;
	z.next_out = (Bytef *)packed;
	z.avail_out = (uInt)most;
	ensure(deflate(&z, Z_FINISH) == Z_STREAM_END);
	sbuf_addn(&out, packed, most - z.avail_out);
	deflateEnd(&z);
	free(packed);
	sbuf_fini(body);
	*body = out;
}

void pack_answer(const struct request *r, struct response *w, unsigned flags)
{
	bool by_key = r->me.by == AUTH_USER_KEY || r->me.by == AUTH_ADMIN_KEY;
	if ((flags & ROUTE_PACKS) == 0 || !by_key || w->status != 200 || w->type != NULL || w->later)
		return;
	response_header(w, "Vary", "Accept-Encoding");
	if (w->body.n < LeastBytes || !takes_gzip(request_header(r, "Accept-Encoding")))
		return;
	pack(&w->body);
	response_header(w, "Content-Encoding", "gzip");
}
