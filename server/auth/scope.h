#pragma once
#include <stdbool.h>

/* Do a key's scopes (comma-separated) reach this request? Path without its ending; format "json", "ics"... */
bool scope_allows(const char *scopes, const char *method, const char *path, const char *format);
/* Is `scope` one of the comma-separated names? */
bool scope_listed(const char *scopes, const char *scope);
/* One of the names we know? */
bool scope_known(const char *scope);
/* English source of what the scope lets a program do; NULL for an unknown one. */
const char *scope_words(const char *scope);
