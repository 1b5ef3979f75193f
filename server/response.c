#include "http.h"

#include <stdarg.h>
#include <string.h>

#include "panic.h"

enum { HeaderMax = sizeof((struct response *)NULL)->header / sizeof(struct header) };

void response_header(struct response *w, const char *name, const char *value)
{
	ensure(w->header_count < HeaderMax);
	/* A line break in a value would start a header of the sender's choice. */
	if (strpbrk(value, "\r\n") != NULL)
		return;
	w->header[w->header_count++] = (struct header){name, value};
}

void response_json(struct response *w, struct json *tree)
{
	w->type = NULL;
	sbuf_reset(&w->body);
	json_print(tree, &w->body);
	json_free(tree);
}

void response_text(struct response *w, const char *type, const char *text)
{
	w->type = type;
	sbuf_reset(&w->body);
	sbuf_add(&w->body, text);
}

void response_redirect(struct response *w, int status, const char *url)
{
	w->status = status;
	response_text(w, "text/plain; charset=utf-8", "");
	response_header(w, "Location", url);
}

static void error_body(struct response *w, int status, const char *error_type, const char *sentence)
{
	struct json *root = json_object();
	json_append_string(json_add_array(root, "errors"), sentence);
	if (error_type != NULL)
		json_add_string(root, "error_type", error_type);
	w->status = status;
	response_json(w, root);
}

void response_error(struct response *w, int status, const char *error_type, const char *fmt, ...)
{
	struct sbuf sentence = {0};
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&sentence, fmt, ap);
	va_end(ap);
	error_body(w, status, error_type, sbuf_str(&sentence));
	sbuf_fini(&sentence);
}

void response_not_found(struct request *r, struct response *w)
{
	error_body(w, 404, "not_found", say(r, "This does not exist, or you are not allowed to see it."));
}

void response_forbidden(struct request *r, struct response *w)
{
	if (r->me.by == AUTH_NONE)
		error_body(w, 403, "not_logged_in", say(r, "You need to be logged in to do that."));
	else
		error_body(w, 403, "invalid_access", say(r, "You are not allowed to see this or do this."));
}

void response_invalid(struct request *r, struct response *w, const char *parameter)
{
	response_error(w, 400, "invalid_parameters", say(r, "This value is missing or wrong: %s"), parameter);
}

void response_success(struct response *w)
{
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	response_json(w, root);
}
