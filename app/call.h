#pragma once
#include <stdbool.h>

#include "json.h"
#include "program.h"
#include "sbuf.h"

enum exit_code { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_OFFLINE = 3, EXIT_NOT_LOGGED_IN = 4 };

struct call;
struct command {
	const char *name, *usage; /* usage: what follows the name */
	const char *says;         /* N_ */
	int (*run)(struct call *c);
	bool needs_store;         /* open the account; fetch once when nothing was ever fetched */
};

/* One command of one run of kring. */
struct call {
	const struct command *command;
	struct program *program;
	bool json;
	int argc;                 /* what is left after the common options */
	char **argv;
	struct arena mem;
	struct sbuf out;          /* the plain text, written at the end */
	struct json *doc;         /* the JSON document (an object); commands add their member */
	bool answered;            /* it is written whatever the exit code is */
};

/* "kring: what. kept. todo." on stderr; the exit code that fits the kind. */
int call_fail(const struct call *c, const struct error *err);
/* How the command is written, on stderr. */
int call_usage(const struct call *c);
/* Takes "--name value" (or "--name=value") out of the arguments; NULL when it is not there. */
const char *call_option(struct call *c, const char *name);
bool call_flag(struct call *c, const char *name);
/* --limit N, at most 100,000; 0 when it is not a number. */
int call_limit(struct call *c, int standard);
/* True when only `most` plain arguments are left. */
bool call_rest(const struct call *c, int most);
/* "Label: value" and a line end; nothing when value is empty. */
void call_label(struct call *c, const char *label, const char *value);
void call_line(struct call *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Writes text for people on a descriptor, spelled in the locale's characters. False: it could not be written. */
bool call_write(int fd, const char *text, size_t n);
void call_add_time(struct json *object, const char *name, int64_t ms); /* RFC 3339 UTC, null for 0 */
