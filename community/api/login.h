#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "api.h"
#include "arena.h"
#include "error.h"
#include "site.h"

/* One login, driven by steps so that a screen or a command can show each state. Nothing here waits longer
 * than it is told to. */
struct login;

struct login_options {
	struct transport *transport;
	const char *base_url;   /* from site_probe */
	const char *client_id;  /* one per installation */
	bool oaep;              /* the site knows padding=oaep: it has the device-code flow */
	int64_t (*now_ms)(void); /* NULL: monotonic clock */
};

enum login_state {
	LOGIN_WORKING,       /* call login_step again */
	LOGIN_SHOW_CODE,     /* device: show login_code and login_url; goes on when the member has approved */
	LOGIN_SECOND_FACTOR, /* password: ask a code, give it to login_give_code */
	LOGIN_PASTE,         /* paste: show login_url, give the pasted text to login_give_payload */
	LOGIN_DONE,          /* login_key and login_session are there */
	LOGIN_FAILED,        /* login_error */
};

struct login *login_new(const struct login_options *o);
/* Start one. Each makes its own RSA key pair. */
void login_start_device(struct login *l);
void login_start_password(struct login *l, const char *username, const char *password);
void login_start_paste(struct login *l);
/* A key that somebody already has: only checked. */
void login_start_key(struct login *l, const char *key);

/* Moves on; waits at most timeout_ms for the network (0: not at all). */
enum login_state login_step(struct login *l, int timeout_ms);
enum login_state login_now(const struct login *l);

const char *login_code(const struct login *l);      /* "ABCD-EFGH" */
const char *login_url(const struct login *l);       /* to open in a browser */
const char *login_full_url(const struct login *l);  /* the same with the request filled in, when there is one */
int64_t login_expires_ms(const struct login *l);    /* milliseconds left for the code; -1 unknown */
/* In LOGIN_SECOND_FACTOR: a code of the authenticator, or a backup code. */
void login_give_code(struct login *l, const char *code);
bool login_code_refused(const struct login *l);     /* the last code was wrong: ask again */
/* In LOGIN_PASTE: the text the site showed. A wrong text keeps LOGIN_PASTE and fills in err. */
bool login_give_payload(struct login *l, const char *text, struct error *err);

const char *login_key(const struct login *l);
const struct session *login_session(const struct login *l);
const struct error *login_error(const struct login *l);
/* Wipes every secret. */
void login_free(struct login *l);

/* Who the key belongs to. Tells a key that is not valid any more (ERR_AUTH) from something that is not
 * allowed, which look the same in other answers. */
bool login_check(struct api *api, struct arena *a, struct session *out, struct error *err);
/* Logs out: revokes the key. ERR_AUTH when it was not valid any more (which is as good). */
bool login_revoke(struct api *api, struct error *err);
