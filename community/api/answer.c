#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "credentials.h"
#include "fault_decode.h"
#include "mem.h"
#include "str.h"
#include "text.h"

enum { LongestWait = 24 * 3600 };

/* The rows of Discourse's error table that matter; the first that fits. type NULL: any. own: the sentence to
 * show when the server's words do not help; theirs: the server's words come first. */
static const struct {
	int from, to;
	const char *type;
	enum error_kind kind;
	bool theirs;
	const char *own;
} rows[] = {
	{300, 399, NULL, ERR_PROTOCOL, false, N_("The site sends kring to another address.")},
	{401, 401, NULL, ERR_AUTH, false, N_("You are not logged in.")},
	{403, 403, "not_logged_in", ERR_AUTH, false, N_("You are not logged in.")},
	{403, 403, NULL, ERR_FORBIDDEN, false, N_("The site does not allow this.")},
	{404, 404, NULL, ERR_NOT_FOUND, false, N_("The site does not have this, or does not show it.")},
	{410, 410, NULL, ERR_NOT_FOUND, false, N_("This was removed.")},
	{409, 409, NULL, ERR_CONFLICT, true, N_("Somebody else changed this first.")},
	{429, 429, NULL, ERR_LIMIT, false, N_("The site asks kring to wait a moment.")},
	{400, 499, NULL, ERR_REFUSED, true, N_("The site does not accept this.")},
	{503, 503, "read_only", ERR_READONLY, false, N_("The site takes no changes at the moment.")},
	{500, 599, NULL, ERR_OFFLINE, false, N_("The site is not working at the moment.")},
};

static long retry_after(const struct answer *a, const struct fault *f)
{
	char text[32];
	int64_t s;
	if (header_find(&a->header, "Retry-After", 0, text, sizeof text) == NULL || !str_to_int(text, 0, INT32_MAX, &s))
		s = f->wait_seconds;
	return s > LongestWait ? LongestWait : (long)s;
}

static bool status_error(const struct answer *a, const struct fault *f, struct error *err)
{
	size_t i = 0;
	while (i < COUNT(rows) - 1 && (a->status < rows[i].from || a->status > rows[i].to ||
		(rows[i].type != NULL && !str_equal(rows[i].type, f->type))))
		i++;
	if (rows[i].theirs && f->words != NULL)
		fail(err, rows[i].kind, "%s", f->words);
	else
		fail(err, rows[i].kind, "%s", _(rows[i].own));
	error_detail(err, "HTTP %d%s%s", a->status, f->words == NULL ? "" : ": ", str_or_empty(f->words));
	if (err != NULL) {
		err->http_status = a->status;
		err->retry_after_s = a->status == 429 ? retry_after(a, f) : 0;
	}
	return false;
}

/* The limits of a key and of an address have a name; those of one kind of change do not. */
static bool is_own_limit(const struct answer *a, const struct fault *f)
{
	char code[8];
	return a->status == 429 && str_equal(f->type, "rate_limit")
		&& header_find(&a->header, "Discourse-Rate-Limit-Error-Code", 0, code, sizeof code) == NULL;
}

static bool looks_like_html(const struct answer *a)
{
	char type[128];
	const char *s = sbuf_str(&a->body);
	if (header_find(&a->header, "Content-Type", 0, type, sizeof type) != NULL)
		return strncasecmp(type, "text/html", 9) == 0;
	return s[strspn(s, " \t\r\n")] == '<';
}

static bool is_plain(const struct answer *a)
{
	char type[128];
	return header_find(&a->header, "Content-Type", 0, type, sizeof type) != NULL &&
		(strncasecmp(type, "text/plain", 10) == 0 || strncasecmp(type, "text/calendar", 13) == 0);
}

/* Empty bodies are normal for some actions, plain text for raw posts. */
static bool read_body(struct answer *a, struct error *err)
{
	const char *s = sbuf_str(&a->body);
	if (s[strspn(s, " \t\r\n")] == '\0' && strlen(s) == a->body.n)
		return true;
	if (looks_like_html(a))
		return fail(err, ERR_PROTOCOL, _("The site answered with a web page, not with data."));
	a->json = json_parse(s, a->body.n, is_plain(a) ? NULL : err);
	return a->json != NULL || is_plain(a);
}

bool answer_take(struct response *r, bool any_status, struct answer *out, struct error *err)
{
	struct error unread = {0};
	struct fault f = {0};
	struct arena words = {0};
	*out = (struct answer){.status = r->status, .header = r->header, .body = r->body, .bytes = r->bytes,
		.nothing_sent = r->status == 0 && r->nothing_sent};
	r->header = r->body = (struct sbuf){0};
	if (r->status == 0) {
		if (err != NULL)
			*err = r->error;
		return false;
	}
	char flag[8];
	out->readonly = header_find(&out->header, "Discourse-Readonly", 0, flag, sizeof flag) != NULL &&
		str_equal(flag, "true");
	bool read = read_body(out, &unread), fault = fault_decode(out->json, &words, &f), ok = true;
	out->own_limit = is_own_limit(out, &f);
	if (any_status)
		ok = true;
	else if (out->status < 200 || out->status > 299)
		ok = status_error(out, &f, err);
	else if (!read) {
		ok = false;
		if (err != NULL)
			*err = unread;
		error_detail(err, "HTTP %d, %zu bytes", out->status, out->body.n);
	} else if (fault && json_get(out->json, "failed") != NULL) {
		ok = fail(err, ERR_REFUSED, "%s", f.words != NULL ? f.words : _("The site does not accept this."));
	}
	arena_fini(&words);
	return ok;
}

void answer_fini(struct answer *a)
{
	json_free(a->json);
	free(a->url);
	credentials_wipe(&a->header);
	credentials_wipe(&a->body);
	*a = (struct answer){0};
}
