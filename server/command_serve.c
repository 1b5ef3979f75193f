#include "command.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "auth.h"
#include "bus.h"
#include "clock.h"
#include "http_server.h"
#include "rate_limit.h"
#include "text.h"
#include "tls.h"

/* SIGTERM, SIGINT and SIGHUP become something to read. */
static int catch_stop(struct error *err)
{
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	int fd = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0) {
		fail(err, ERR_IO, _("Cannot prepare for the end."));
		error_detail(err, "signalfd: %s", strerror(errno));
	}
	return fd;
}

static bool serve(struct kringd *k, struct error *err)
{
	int stop_fd = catch_stop(err);
	struct http_server *server = stop_fd < 0 ? NULL : http_server_start(k, err);
	bool ok = server != NULL;
	if (ok) {
		printf("kringd: ready %s\n", http_server_url(server));
		fflush(stdout);
		ok = http_server_run(server, stop_fd, err);
	}
	http_server_stop(server);
	if (stop_fd >= 0)
		close(stop_fd);
	return ok;
}

static bool prepare(const struct options *o, struct sql *db, struct error *err)
{
	int64_t now_ms = clock_now_ms();
	return auth_expire(db, now_ms, err) && bus_expire(db, now_ms, err) &&
		(!o->tls_self_signed || tls_self_signed(o->data_dir, o->host_name, err));
}

int command_serve(int argc, char **argv)
{
	struct options o;
	struct error err;
	bool help;
	if (!options_parse(&o, argc, argv, &help, &err)) {
		command_failed(&err);
		return EXIT_USAGE;
	}
	if (help) {
		options_print();
		return EXIT_DONE;
	}
	struct sql *db = command_open_data(o.data_dir, OPEN_EXISTING, &err);
	if (db == NULL)
		return command_failed(&err);
	struct kringd k = {.db = db, .options = &o, .bus = bus_new(db), .limits = limits_new(&o.limit)};
	bool ok = prepare(&o, db, &err) && serve(&k, &err);
	bus_free(k.bus);
	limits_free(k.limits);
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}
