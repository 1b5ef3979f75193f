#include "options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "address.h"
#include "mem.h"
#include "str.h"
#include "text.h"

enum kind { Text, Flag, Number, NoLimits };

static const struct row {
	const char *name, *value, *help;
	enum kind kind;
	size_t at; /* offset in struct options */
} rows[] = {
#define AT(field) offsetof(struct options, field)
	{"data", "DIR", N_("the folder of the community"), Text, AT(data_dir)},
	{"listen", "HOST:PORT", N_("where to listen; port 0 is any (127.0.0.1:0)"), Text, AT(listen)},
	{"base-url", "URL", N_("the address that members type"), Text, AT(base_url)},
	{"tls-cert", "FILE", N_("certificate chain, PEM"), Text, AT(tls_cert)},
	{"tls-key", "FILE", N_("its key, PEM"), Text, AT(tls_key)},
	{"tls-self-signed", NULL, N_("make an own authority; members need DIR/ca.pem"), Flag, AT(tls_self_signed)},
	{"name", "HOST", N_("one more host name in the own certificate"), Text, AT(host_name)},
	{"insecure-http", NULL, N_("no TLS; only on a loopback address"), Flag, AT(insecure_http)},
	{"old-discourse", NULL, N_("answer in the shapes of an older Discourse"), Flag, AT(old_discourse)},
	{"read-only", NULL, N_("accept no changes"), Flag, AT(read_only)},
	{"limit-per-minute", "N", N_("requests of one API key in a minute (20)"), Number, AT(limit.key_minute)},
	{"limit-per-day", "N", N_("requests of one API key in a day (2880)"), Number, AT(limit.key_day)},
	{"limit-admin", "N", N_("requests of admin keys in a minute (60)"), Number, AT(limit.admin_minute)},
	{"limit-ip-per-minute", "N", N_("requests of one address in a minute (200)"), Number, AT(limit.ip_minute)},
	{"limit-ip-per-10s", "N", N_("requests of one address in 10 seconds (50)"), Number, AT(limit.ip_10_seconds)},
	{"limit-connections", "N", N_("connections of one address at once (100)"), Number, AT(limit.connections)},
	{"trusted-proxy", "ADDRESS", N_("a proxy in front that says who asks"), Text, AT(trusted_proxy)},
	{"limit-local", NULL, N_("count private and loopback addresses too"), Flag, AT(limit.ip_local)},
	{"limit-logins", "N", N_("tries for one name and address in a minute (6)"), Number, AT(limit.logins_minute)},
	{"limit-logins-per-hour", "N", N_("tries from one address in an hour (30)"), Number, AT(limit.logins_hour)},
	{"limit-device-starts", "N", N_("logins by code from one address in a minute (20)"), Number,
		AT(limit.device_starts)},
	{"limit-device-polls", "N", N_("questions about a code in a minute (60)"), Number, AT(limit.device_polls)},
	{"limit-activations", "N", N_("codes typed by one member in a minute (10)"), Number, AT(limit.activations)},
	{"limit-activations-per-hour", "N", N_("codes typed by one member in an hour (30)"), Number,
		AT(limit.activations_hour)},
	{"limit-topic-seconds", "N", N_("seconds between two topics of one member (15)"), Number,
		AT(limit.topic_seconds)},
	{"limit-post-seconds", "N", N_("seconds between two posts of one member (5)"), Number, AT(limit.post_seconds)},
	{"limit-topics", "N", N_("topics of one member in a day (20)"), Number, AT(limit.topics_day)},
	{"limit-messages", "N", N_("messages that one member begins in a day (20)"), Number, AT(limit.messages_day)},
	{"limit-likes", "N", N_("likes of one member in a day (50)"), Number, AT(limit.likes_day)},
	{"limit-bookmarks", "N", N_("bookmarks of one member in a day (20)"), Number, AT(limit.bookmarks_day)},
	{"limit-flags", "N", N_("reported posts of one member in a day (20)"), Number, AT(limit.flags_day)},
	{"limit-edits", "N", N_("changed posts of one member in a day (30)"), Number, AT(limit.edits_day)},
	{"limit-first-topics", "N", N_("topics of a new member on the first day (3)"), Number, AT(limit.first_topics)},
	{"limit-first-replies", "N", N_("replies of a new member on the first day (10)"), Number,
		AT(limit.first_replies)},
	{"limit-in-a-row", "N", N_("replies of one member in a row (3)"), Number, AT(limit.replies_in_row)},
	{"no-limits", NULL, N_("no limits at all, for tests"), NoLimits, AT(limit)},
#undef AT
};

void options_init(struct options *o)
{
	*o = (struct options){
		.listen = "127.0.0.1:0",
		.limit = {.key_minute = 20, .key_day = 2880, .admin_minute = 60, .ip_minute = 200,
			.ip_10_seconds = 50, .connections = 100,
			.logins_minute = 6, .logins_hour = 30, .device_starts = 20, .device_polls = 60, .activations = 10,
			.activations_hour = 30, .topic_seconds = 15, .post_seconds = 5, .topics_day = 20, .messages_day = 20,
			.likes_day = 50, .bookmarks_day = 20, .flags_day = 20, .edits_day = 30, .first_topics = 3,
			.first_replies = 10,
			.replies_in_row = 3, .code_uses = 1},
	};
}

void options_print(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		char left[60];
		snprintf(left, sizeof left, "--%s %s", rows[i].name, str_or_empty(rows[i].value));
		printf("  %-32s %s\n", left, _(rows[i].help));
	}
	printf("  %-32s %s\n", "", _("A limit of 0 is no limit."));
}

static bool set(struct options *o, const struct row *row, const char *value, struct error *err)
{
	void *field = (char *)o + row->at;
	int64_t n = 0;
	switch (row->kind) {
	case Text:
		*(const char **)field = value;
		return true;
	case Flag:
		*(bool *)field = true;
		return true;
	case Number:
		if (!str_to_int(value, 0, 1000000, &n))
			return fail(err, ERR_INVALID, _("--%s needs a number from 0 to 1000000."), row->name);
		*(int *)field = (int)n;
		return true;
	case NoLimits:
		*(struct limit_options *)field = (struct limit_options){.code_uses = 1};
		return true;
	}
	return false;
}

bool options_loopback(const char *listen)
{
	return str_starts(listen, "127.") || str_starts(listen, "[::1]:") || str_starts(listen, "localhost:");
}

static bool check(const struct options *o, struct error *err)
{
	bool files = o->tls_cert != NULL && o->tls_key != NULL;
	if (str_empty(o->data_dir))
		return fail(err, ERR_INVALID, _("Say where the community is: --data DIR."));
	if ((o->tls_cert != NULL) != (o->tls_key != NULL))
		return fail(err, ERR_INVALID, _("--tls-cert and --tls-key belong together."));
	if (files + o->tls_self_signed + o->insecure_http != 1)
		return fail(err, ERR_INVALID, _("Choose --tls-self-signed, or --tls-cert with --tls-key."));
	if (o->trusted_proxy != NULL && !address_list_valid(o->trusted_proxy))
		return fail(err, ERR_INVALID, _("--trusted-proxy needs an IP address, or more with commas between them."));
	if (o->insecure_http && !options_loopback(o->listen))
		return fail(err, ERR_INVALID, _("--insecure-http is only for a loopback address."));
	return true;
}

bool options_parse(struct options *o, int argc, char **argv, bool *help, struct error *err)
{
	struct option longs[COUNT(rows) + 2] = {{0}};
	enum { First = 256, Help };
	for (size_t i = 0; i < COUNT(rows); i++)
		longs[i] = (struct option){rows[i].name, rows[i].value == NULL ? no_argument : required_argument,
			NULL, First};
	longs[COUNT(rows)] = (struct option){"help", no_argument, NULL, Help};
	options_init(o);
	*help = false;
	optind = 0;
	opterr = 0;
	for (int c, at = 0; (c = getopt_long(argc, argv, "h", longs, &at)) != -1;) {
		if (c == First && !set(o, &rows[at], optarg, err))
			return false;
		if (c == Help || c == 'h') {
			*help = true;
			return true;
		}
		if (c == '?')
			return fail(err, ERR_INVALID, _("%s is not an option here, or needs a value."), argv[optind - 1]);
	}
	if (optind < argc)
		return fail(err, ERR_INVALID, _("%s is too many."), argv[optind]);
	return check(o, err);
}
