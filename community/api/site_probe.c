#include "site_probe.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "endpoints.h"
#include "mem.h"
#include "site_decode.h"
#include "str.h"
#include "text.h"
#include "url.h"

enum { MaxCandidates = 4, BasicInfoBytes = 256 * 1024 };

#define NEW_KEY "/user-api-key/new"

/* First words of Discourse's own paths: what comes before one of them is the sub-folder. */
static const char *const routes[] = {"t", "c", "u", "g", "tag", "tags", "login", "signup", "latest", "new",
	"unread", "top", "categories", "about", "faq", "search", "groups", "my", "posts", "p", "user-api-key",
	"session", "admin", "site", "upcoming-events", "badges", "users", "hot", "invites"};

static bool is_route(const char *word, size_t n)
{
	for (size_t i = 0; i < COUNT(routes); i++)
		if (strlen(routes[i]) == n && strncasecmp(word, routes[i], n) == 0)
			return true;
	return false;
}

/* Cuts the path at Discourse's own part, and a file name such as index.html. */
static void cut_path(char *path)
{
	for (char *at = path; *at == '/';) {
		size_t n = strcspn(at + 1, "/");
		if (n == 0 || is_route(at + 1, n) || memchr(at + 1, '.', n) != NULL) {
			*at = '\0';
			return;
		}
		at += n + 1;
	}
}

static bool parse_typed(const char *typed, struct url *u, bool *bare)
{
	struct sbuf text = {0};
	char *copy = xstrdup(typed), *trimmed = str_trim(copy);
	*bare = strstr(trimmed, "://") == NULL;
	sbuf_addf(&text, "%s%s", *bare ? "https://" : "", trimmed);
	bool ok = url_parse(sbuf_str(&text), u);
	sbuf_fini(&text);
	free(copy);
	return ok;
}

static const char *printed(const struct url *u, struct arena *a)
{
	struct sbuf text = {0};
	url_print(u, &text);
	const char *s = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&text);
	return s;
}

int site_candidates(const char *typed, struct arena *a, const char **out, int max)
{
	struct url u;
	bool bare;
	int n = 0;
	if (!parse_typed(typed, &u, &bare))
		return 0;
	if (!u.https && !url_is_loopback(&u)) {
		u.port = u.port == 80 ? 443 : u.port;
		u.https = true;
	}
	u.query[0] = '\0';
	cut_path(u.path);
	while (n < max) {
		out[n++] = printed(&u, a);
		char *slash = strrchr(u.path, '/');
		if (slash == NULL)
			break;
		*slash = '\0';
	}
	if (n < max && bare && url_is_loopback(&u)) {
		u.https = false;
		out[n++] = printed(&u, a);
	}
	return n;
}

static bool flag(const struct answer *a, const char *header)
{
	char text[16];
	return header_find(&a->header, header, 0, text, sizeof text) != NULL && str_equal(text, "true");
}

static bool is_discourse(const struct answer *a, int64_t *version)
{
	char text[16];
	return a->status == 200 && str_ends(a->url, NEW_KEY) &&
		header_find(&a->header, "Auth-Api-Version", 0, text, sizeof text) != NULL &&
		str_to_int(text, 1, 1000, version);
}

static bool not_discourse(const struct answer *a, struct error *err)
{
	if (a->status >= 500)
		fail(err, ERR_OFFLINE, _("The site is not working at the moment."));
	else
		fail(err, ERR_INVALID, _("There is no Discourse community at this address."));
	if (a->status < 500)
		error_advise(err, _("Nothing was sent."), _("Check the address, or ask the organiser."));
	error_detail(err, "HTTP %d, %s", a->status, a->url);
	return false;
}

/* One candidate: true when a Discourse answers; else err, ERR_INVALID when something else is there. */
static bool try_candidate(struct api *api, const char *base, struct arena *a, struct site_probe *out,
	struct error *err)
{
	struct request r = request_new("HEAD", NEW_KEY);
	struct answer answer;
	int64_t version;
	r.anonymous = r.any_status = r.roam = true;
	api->base_url = base;
	bool ok = api_ask(api, &r, &answer, err);
	if (ok && is_discourse(&answer, &version)) {
		out->auth_api_version = (int)version;
		out->base_url = arena_strndup(a, answer.url, strlen(answer.url) - strlen(NEW_KEY));
		out->device_code = flag(&answer, "Auth-Api-Device-Code");
	} else if (ok) {
		ok = not_discourse(&answer, err);
	}
	answer_fini(&answer);
	return ok;
}

/* What the site says of itself; a site that does not say is still a site. */
static void read_basic_info(struct api *api, struct arena *a, struct site_probe *out)
{
	struct request r = endpoint_basic_info();
	struct answer answer;
	r.anonymous = true;
	r.max_bytes = BasicInfoBytes;
	site_defaults(&out->site);
	api->base_url = out->base_url;
	if (api_ask(api, &r, &answer, NULL))
		site_decode_basic_info(answer.json, a, &out->site);
	answer_fini(&answer);
}

static bool other_host(const char *left, const char *right)
{
	struct url a, b;
	return url_parse(left, &a) && url_parse(right, &b) && !str_equal(a.host, b.host);
}

/* After this failure another spelling of the address may still work. */
static bool worth_another(const struct error *err, const char *next)
{
	return err->kind == ERR_INVALID || err->kind == ERR_NOT_FOUND ||
		((err->kind == ERR_TLS || err->kind == ERR_OFFLINE) && str_starts(next, "http://"));
}

bool site_probe_run(struct api *api, const char *typed, struct arena *a, struct site_probe *out, struct error *err)
{
	const char *candidate[MaxCandidates];
	int count = site_candidates(typed, a, candidate, MaxCandidates);
	struct error last = {0}, unsafe = {0}, *e = err == NULL ? &last : err;
	bool found = false;
	*out = (struct site_probe){0};
	if (count == 0)
		return fail(err, ERR_INVALID, _("This is not a web address."));
	for (int i = 0; i < count && !found; i++) {
		found = try_candidate(api, candidate[i], a, out, e);
		if (!found && e->kind == ERR_TLS)
			unsafe = *e;
		if (!found && (i + 1 == count || !worth_another(e, candidate[i + 1])))
			break;
	}
	/* What is wrong with the safe connection says more than that there is no other one. */
	if (!found && unsafe.kind != ERR_NONE)
		*e = unsafe;
	if (!found)
		return false;
	read_basic_info(api, a, out);
	out->moved = other_host(out->base_url, candidate[0]);
	return true;
}
