#pragma once
#include <stdbool.h>

#include "error.h"

/* How many within a time; 0 is no limit. */
struct limit_options {
	int key_minute, key_day;           /* a user API key */
	int admin_minute;                  /* all admin keys together */
	int ip_minute, ip_10_seconds;
	int connections;                   /* of one address at once */
	bool ip_local;                     /* also count private and loopback addresses */
	int logins_minute, logins_hour;    /* for one address and login name; for one address */
	int device_starts, device_polls;   /* a minute, for one address; polls also for one code */
	int activations, activations_hour;
	int topic_seconds, post_seconds;   /* between two topics, and two posts, of one member */
	int topics_day, messages_day, likes_day, bookmarks_day, flags_day, edits_day; /* of one member in 24 hours */
	int first_topics, first_replies;   /* of a new member in the 24 hours from their first post */
	int replies_in_row;                /* of one member in one topic */
	int code_uses;                     /* of one second-factor code: always 1 */
};

/* What `kringd serve` was started with. Strings are borrowed from argv. */
struct options {
	const char *data_dir;
	const char *listen;                /* "127.0.0.1:0" */
	const char *trusted_proxy;         /* addresses of proxies whose X-Forwarded-For is believed; NULL: none */
	const char *base_url;              /* what members type; NULL: from the Host header */
	const char *tls_cert, *tls_key;    /* files; NULL with tls_self_signed */
	const char *host_name;             /* an extra name in the own certificate; may be NULL */
	bool tls_self_signed, insecure_http;
	bool old_discourse;                /* answer in the shapes of an older Discourse */
	bool read_only;                    /* refuse every change */
	struct limit_options limit;
};

/* Fills in the defaults. */
void options_init(struct options *o);
/* argv[0] is "serve". ERR_INVALID: wrong usage. `*help` is set when the help was asked for. */
bool options_parse(struct options *o, int argc, char **argv, bool *help, struct error *err);
/* "127.0.0.1:0", "[::1]:8443": is it a loopback address? */
bool options_loopback(const char *listen);
void options_print(void); /* the rows of the help */
