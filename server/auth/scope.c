#include "scope.h"

#include <fnmatch.h>
#include <string.h>

#include "mem.h"
#include "str.h"
#include "text.h"

/* What a scope reaches. NULL method: every one; NULL path: every one. `*` in a path is any one part. */
static const struct reach {
	const char *scope, *method, *path, *format;
} reaches[] = {
	{"read", "GET", NULL, NULL},
	{"write", NULL, NULL, NULL},
	{"message_bus", "POST", "/message-bus/*/poll", NULL},
	{"notifications", "POST", "/message-bus/*/poll", NULL},
	{"notifications", "GET", "/notifications", NULL},
	{"notifications", "GET", "/notifications/totals", NULL},
	{"notifications", "PUT", "/notifications/mark-read", NULL},
	{"session_info", "GET", "/session/current", NULL},
	{"session_info", "GET", "/u/*/topic-tracking-state", NULL},
	{"session_info", "GET", "/users/*/topic-tracking-state", NULL},
	{"session_info", "GET", "/latest", NULL},
	{"session_info", "GET", "/new", NULL},
	{"session_info", "GET", "/unread", NULL},
	{"bookmarks_calendar", "GET", "/u/*/bookmarks", "ics"},
	{"user_status", NULL, "/user-status", NULL},
	{"discourse-calendar:events_calendar", "GET", "/discourse-post-event/events", "ics"},
};

static const struct {
	const char *scope, *words;
} known[] = {
	{"read", N_("Read everything that you can read")},
	{"write", N_("Read and write everything that you can read and write")},
	{"message_bus", N_("Hear it when something is new")},
	{"push", N_("Send notices to an app of yours")},
	{"notifications", N_("Read your notices and mark them as read")},
	{"session_info", N_("See your name and your settings")},
	{"one_time_password", N_("Make a login for one time")},
	{"bookmarks_calendar", N_("Read the dates of your bookmarks")},
	{"user_status", N_("Read and change your status")},
	{"discourse-calendar:events_calendar", N_("Read the agenda")},
};

bool scope_known(const char *scope)
{
	return scope_words(scope) != NULL;
}

const char *scope_words(const char *scope)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].scope, scope) == 0)
			return known[i].words;
	return NULL;
}

bool scope_listed(const char *scopes, const char *scope)
{
	size_t n = strlen(scope);
	while (*scopes != '\0') {
		size_t here = strcspn(scopes, ",");
		if (here == n && strncmp(scopes, scope, n) == 0)
			return true;
		scopes += here + (scopes[here] == ',');
	}
	return false;
}

static bool reaches_it(const struct reach *x, const char *method, const char *path, const char *format)
{
	return (x->method == NULL || strcmp(x->method, method) == 0) &&
		(x->path == NULL || fnmatch(x->path, path, FNM_PATHNAME | FNM_NOESCAPE) == 0) &&
		(x->format == NULL || strcmp(x->format, format) == 0);
}

bool scope_allows(const char *scopes, const char *method, const char *path, const char *format)
{
	/* A key may always end itself. */
	if (strcmp(method, "POST") == 0 && strcmp(path, "/user-api-key/revoke") == 0)
		return true;
	for (size_t i = 0; i < COUNT(reaches); i++)
		if (scope_listed(scopes, reaches[i].scope) && reaches_it(&reaches[i], method, path, format))
			return true;
	return false;
}
