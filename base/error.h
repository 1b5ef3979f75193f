#pragma once
#include <stdbool.h>

/* What a caller may decide on. The sentence for a person is made where the fact is known. */
enum error_kind {
	ERR_NONE,
	ERR_OFFLINE,   /* no connection, name not found, time-out: the same request may work later */
	ERR_LIMIT,     /* the server asked to wait: `retry_after_s` */
	ERR_READONLY,  /* the server accepts no changes at the moment */
	ERR_AUTH,      /* not logged in, or the key is revoked or expired */
	ERR_FORBIDDEN, /* logged in, but not allowed */
	ERR_NOT_FOUND,
	ERR_CONFLICT,  /* somebody else changed it first */
	ERR_REFUSED,   /* the server answered and said no: its own words are in `what` */
	ERR_TLS,       /* certificate or TLS trouble: never continued without a person */
	ERR_PROTOCOL,  /* the answer is not what the protocol says */
	ERR_INVALID,   /* an argument, a file or a setting is wrong */
	ERR_IO,        /* disk, permissions, full */
	ERR_CORRUPT,   /* the database is damaged, or made by a newer kring */
	ERR_CANCELLED, /* the member stopped it */
};

/* A value on the caller's stack. `what` says what happened, whole and translated; `kept` and `todo`, when not
 * empty, say what is kept and what the reader can do (error_kept and error_todo fill in by kind). */
struct error {
	enum error_kind kind;
	int http_status;      /* 0 when no answer came */
	bool untrusted;       /* with ERR_TLS: nobody whom this computer trusts vouches for the certificate */
	long retry_after_s;   /* with ERR_LIMIT; 0 unknown */
	char what[512], kept[200], todo[300];
	char detail[300];     /* for reports: the operating system's or library's own words */
};

/* Sets kind and `what`, clears the rest; returns false so that `return fail(...)` reads well. err may be NULL. */
bool fail(struct error *err, enum error_kind kind, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Adds to a failure already set. */
void error_detail(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void error_advise(struct error *err, const char *kept, const char *todo);
/* The three parts for a person; borrowed, never NULL. */
const char *error_kept(const struct error *err);
const char *error_todo(const struct error *err);
/* A short stable word for scripts: "offline", "auth", ... */
const char *error_word(enum error_kind kind);
