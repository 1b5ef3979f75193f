#pragma once
#include "program.h"

/* Logging in from a screen, by the network half. */
extern const struct login_port login_link_port;
void login_link_end(struct program *p);
/* Waits until the log-in that goes on asks something or ends; nothing when there is none. */
void login_link_wait(struct program *p);

/* A new account for this address. Where this computer has been logged in at the site before, the client is
 * the same (so that the site drops the earlier key), and so are the certificates unless ca_file (may be NULL)
 * gives others. */
struct account login_account(const char *address, const char *username, const char *ca_file, struct arena *a);
