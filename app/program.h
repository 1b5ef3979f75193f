#pragma once
#include <stdbool.h>

#include "browser.h"
#include "network.h"
#include "screen.h"

/* One running kring: the settings, the account that is open, its store, and what the screens share. */
struct program {
	struct arena mem;
	struct config config;
	struct config standard;        /* without the member's own file */
	struct config kept;            /* what is in the member's file by now */
	struct setting_writer *setting_writer; /* NULL: nothing was changed yet */
	const struct config_problem *problems;
	const struct config_problem *warnings; /* what is used, but may be hard to read */
	const char *site;              /* --site, "" none */
	bool offline;                  /* --offline */
	const struct account *account; /* NULL: none */
	struct store *store;           /* for reading; NULL: none yet */
	struct error store_error;      /* why there is no store */
	int64_t store_version;         /* as last seen */
	struct context ctx;
	struct host host;
	struct network network;
	struct browser browser;
	struct term *term;             /* of the full screen; NULL: line mode */
	bool away;                     /* the member was, for longer than they chose to hear of */
	bool leaving;
	bool to_demo;                  /* when it left: open the sample community */
	bool to_text;                  /* when it left: go on in text mode */
	bool text;                     /* text mode was asked for, or there is no full screen */
	uint64_t posted;               /* the last intent of the member's that the screen waits for; 0 none */
	struct login_job *login;
	enum { LOGIN_NOT_KEPT, LOGIN_IS_BEING_KEPT, LOGIN_KEPT, LOGIN_CANNOT_BE_KEPT } login_kept;
	struct error login_why;        /* with LOGIN_CANNOT_BE_KEPT */
	struct login_request login_request; /* as asked for, in login_mem; the secret is wiped with it */
	struct account new_account;    /* of the log-in that is going on */
	struct arena login_mem;
};

/* Reads the settings; p is zeroed. Never fails: problems are kept for showing. */
void program_init(struct program *p);
/* Letters and signs as the terminal has them and the member wants them; true: that is otherwise than before. */
bool program_follow_symbols(struct program *p);
/* Chooses the account and opens its store. False: no account fits (*err says why); then kring can only log in. */
bool program_open(struct program *p, struct error *err);
/* Another account in the place of this one. */
void program_use(struct program *p, const struct account *acc);
/* The store again, after the first fetch made it. */
void program_reopen_store(struct program *p);
/* Something was written since the last call, perhaps by another kring, which tells nobody. */
bool program_store_moved(struct program *p);
/* After program_disconnect. */
void program_fini(struct program *p);
/* Starts the thread that fetches and writes; offline it only writes. False: *err says why nothing is fetched
 * or written in this session. */
bool program_start(struct program *p, struct error *err);
/* Without an account: goes on with the first questions, where they were left. */
void program_welcome(struct program *p);
/* Fills in what screens may ask of the program. */
void program_connect(struct program *p);
/* Ends what they began: a log-in, and settings that are still to be written. */
void program_disconnect(struct program *p);
