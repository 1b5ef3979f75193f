#include "dispatch.h"

#include <string.h>

#include "auth.h"
#include "language.h"
#include "options.h"
#include "pack.h"
#include "rate_limit.h"
#include "page.h"
#include "return_path.h"
#include "routes.h"
#include "str.h"

static bool reads_only(const struct request *r, unsigned flags)
{
	return strcmp(r->method, "GET") == 0 ? (flags & ROUTE_WRITES) == 0 : (flags & ROUTE_READS) != 0;
}

static bool allowed_in(struct request *r, struct response *w, unsigned flags)
{
	bool nobody = r->me.user_id == 0;
	bool closed = nobody && (flags & ROUTE_ANYONE) == 0 && sql_get_int(r->db, 0,
		"SELECT value IN ('true', 't', '1') FROM setting WHERE name = 'login_required'", "") != 0;
	if ((nobody && (flags & ROUTE_LOGIN) != 0) || closed) {
		response_forbidden(r, w);
		return false;
	}
	if ((flags & ROUTE_STAFF) != 0 && !r->me.staff) {
		response_forbidden(r, w);
		return false;
	}
	return true;
}

static void database_failed(struct request *r, struct response *w)
{
	w->header_count = 0;
	w->later = false;
	response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
}

static void run_reading(struct request *r, struct response *w, route_fn *run)
{
	if (!sql_read_begin(r->db, NULL)) {
		database_failed(r, w);
		return;
	}
	run(r, w);
	sql_read_end(r->db);
}

static void run_writing(struct request *r, struct response *w, route_fn *run, unsigned flags)
{
	if (!sql_begin(r->db, NULL)) {
		database_failed(r, w);
		return;
	}
	run(r, w);
	if (w->status >= 400 && (flags & ROUTE_KEEPS) == 0)
		sql_rollback(r->db);
	else if (!sql_commit(r->db, NULL))
		database_failed(r, w);
}

static bool needs_csrf(const struct request *r, unsigned flags)
{
	return strcmp(r->method, "GET") != 0 && (flags & ROUTE_NO_CSRF) == 0 &&
		(r->me.by == AUTH_SESSION || r->me.by == AUTH_NONE);
}

/* With --read-only: reading goes on and says so; false: *w refuses the change. */
static bool change_allowed(struct request *r, struct response *w, unsigned flags)
{
	response_header(w, "Discourse-Readonly", "true");
	if (strcmp(r->method, "GET") == 0 || (flags & ROUTE_READS) != 0)
		return true;
	response_error(w, 503, "read_only", "%s", say(r, "The community accepts no changes now. Try again later."));
	return false;
}

static void run_route(struct request *r, struct response *w, const struct route *route)
{
	bool page_wanted = strcmp(r->method, "GET") == 0 && strcmp(r->format, "html") == 0;
	if (needs_csrf(r, route->flags) && !auth_csrf_valid(r)) {
		w->status = 403;
		response_text(w, "application/json; charset=utf-8", "[\"BAD CSRF\"]");
		return;
	}
	if (r->server->options->read_only && !change_allowed(r, w, route->flags))
		return;
	if (!allowed_in(r, w, route->flags)) {
		if (page_wanted && r->me.by == AUTH_NONE)
			response_redirect(w, 302, login_url(r));
		return;
	}
	if (page_wanted && (route->flags & ROUTE_HTML) == 0) {
		page_shell(r, w);
		return;
	}
	if (reads_only(r, route->flags))
		run_reading(r, w, route->run);
	else
		run_writing(r, w, route->run, route->flags);
	pack_answer(r, w, route->flags);
}

static void answer(struct request *r, struct response *w)
{
	if (r->data->malformed) {
		response_error(w, 400, NULL, "%s", say(r, "This request cannot be read."));
		return;
	}
	if (strcmp(r->method, "OPTIONS") == 0) {
		w->status = 204;
		response_header(w, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
		return;
	}
	const struct route *route = routes_find(r);
	if (!auth_identify(r, w))
		return;
	r->language = language_of(r);
	if (!auth_limits(r, w))
		return;
	if (route == NULL)
		response_not_found(r, w);
	else
		run_route(r, w, route);
}

void dispatch(struct request *r, struct response *w)
{
	w->status = 200;
	if (!limits_allow_ip(r, w))
		return;
	r->language = language_of(r);
	answer(r, w);
	bool page_wanted = strcmp(r->format, "html") == 0 &&
		(w->type == NULL || str_starts(w->type, "application/json"));
	if (w->status >= 400 && page_wanted && !w->later)
		page_error(r, w);
}

void dispatch_source(struct request *r, const struct request_source *source, int64_t now_ms, struct response *w)
{
	r->now_ms = now_ms;
	*w = (struct response){0};
	request_read(r, source);
	dispatch(r, w);
}
