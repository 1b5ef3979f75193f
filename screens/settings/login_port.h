#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"

/* How the log-in screen reaches the network half, which screens cannot see. The program fills it in. */
enum login_port_method { LOGIN_PORT_DEVICE, LOGIN_PORT_PASSWORD, LOGIN_PORT_PASTE };
enum login_port_stage {
	LOGIN_PORT_IDLE,   /* nothing was begun */
	LOGIN_PORT_BUSY,
	LOGIN_PORT_CODE,   /* show the code and the address */
	LOGIN_PORT_FACTOR, /* ask for a second-factor code */
	LOGIN_PORT_PASTE_TEXT, /* show the address, ask for the text of the site */
	LOGIN_PORT_DONE,       /* the account and the key are kept, and it is the one that is open */
	LOGIN_PORT_FAILED,
};

struct login_port_view {
	enum login_port_stage stage;
	const char *site_title, *code, *url, *username;
	bool again;        /* the last code or text was wrong: `error` says why */
	struct error error;
};

struct login_port {
	void (*start)(void *self, enum login_port_method method, const char *address, const char *username,
		const char *password);
	struct login_port_view (*view)(void *self, struct arena *a);
	void (*give)(void *self, const char *text);
	/* When it failed as the certificate is not trusted: once more with those in this file. False: *err says
	 * why not. */
	bool (*trust)(void *self, const char *path, struct error *err);
	void (*end)(void *self);
};
