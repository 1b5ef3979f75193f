#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "credentials.h"
#include "url.h"

struct request request_new(const char *method, const char *path_fmt, ...)
{
	struct request r = {.method = method};
	va_list ap;
	va_start(ap, path_fmt);
	sbuf_addv(&r.path, path_fmt, ap);
	va_end(ap);
	return r;
}

void request_query(struct request *r, const char *name, const char *value)
{
	sbuf_addc(&r->path, strchr(sbuf_str(&r->path), '?') == NULL ? '?' : '&');
	sbuf_addf(&r->path, "%s=", name);
	url_add_encoded(&r->path, value);
}

void request_query_int(struct request *r, const char *name, int64_t value)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%" PRId64, value);
	request_query(r, name, digits);
}

void request_form(struct request *r, const char *name, const char *value)
{
	if (r->body.n > 0)
		sbuf_addc(&r->body, '&');
	url_add_encoded(&r->body, name);
	sbuf_addc(&r->body, '=');
	url_add_encoded(&r->body, value);
	r->content_type = "application/x-www-form-urlencoded";
}

void request_form_int(struct request *r, const char *name, int64_t value)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%" PRId64, value);
	request_form(r, name, digits);
}

void request_json(struct request *r, struct json *body)
{
	sbuf_reset(&r->body);
	json_print(body, &r->body);
	json_free(body);
	r->content_type = "application/json";
}

void request_header(struct request *r, const char *name, const char *value)
{
	sbuf_addf(&r->header, "%s: ", name);
	for (const char *s = value; *s != '\0'; s++)
		if ((unsigned char)*s >= ' ' && *s != 0x7f)
			sbuf_addc(&r->header, *s);
	sbuf_addc(&r->header, '\n');
}

void request_fini(struct request *r)
{
	sbuf_fini(&r->path);
	credentials_wipe(&r->body);
	credentials_wipe(&r->header);
	*r = (struct request){0};
}
