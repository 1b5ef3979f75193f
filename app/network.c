#include "network.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "clock.h"
#include "mem.h"
#include "program_files.h"
#include "quiet.h"
#include "str.h"
#include "text.h"
#include "zone.h"

/* libcurl brings GnuTLS (for RTMP), which makes itself ready at loading: a megabyte for what is never used.
 * Programs that kring starts do not see this. */
static void *open_module(const char *path)
{
	static const char unready[] = "GNUTLS_NO_IMPLICIT_INIT";
	bool set = getenv(unready) == NULL && setenv(unready, "1", 1) == 0;
	void *handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	if (set)
		unsetenv(unready);
	return handle;
}

const struct sync_module *network_module(struct error *err)
{
	static const struct sync_module *loaded;
	if (loaded != NULL)
		return loaded;
	char *path = program_file("community/sync/kring-sync.so", KRING_MODULEDIR "/kring-sync.so");
	void *handle = open_module(path);
	const struct sync_module *m = handle == NULL ? NULL : dlsym(handle, "kring_sync_module");
	if (m == NULL || m->version != SYNC_MODULE_VERSION) {
		fail(err, ERR_IO, _("The network part of kring cannot be loaded."));
		error_advise(err, _("What was fetched before is kept. You can still read."), _("Install kring again."));
		error_detail(err, "%s", m == NULL ? str_or_empty(dlerror()) : path);
		m = NULL;
	}
	free(path);
	return loaded = m;
}

/* A server on this very computer needs no sparing; what it asks for itself is still obeyed. */
static bool is_loopback(const char *url)
{
	static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};
	const char *host = strstr(url, "://");
	for (size_t i = 0; host != NULL && i < COUNT(hosts); i++) {
		size_t n = strlen(hosts[i]);
		if (strncmp(host + 3, hosts[i], n) == 0 && (host[3 + n] == '\0' || host[3 + n] == ':'
			|| host[3 + n] == '/'))
			return true;
	}
	return false;
}

struct sync_options network_options(const struct account *acc, const struct config *c)
{
	struct quiet_hours quiet;
	quiet_parse(c->quiet_hours, &quiet);
	return (struct sync_options){
		.base_url = acc->url, .username = acc->username, .client_id = acc->client_id, .dir = acc->dir,
		.key_command = acc->key_command, .ca_file = acc->ca_file, .history_months = c->history_months,
		.interval_minutes = c->sync_minutes, .no_limits = is_loopback(acc->url),
		.quiet_from = quiet.from, .quiet_to = quiet.to, .zone = zone_local(),
		.calendar_file = c->calendar_file, .reminder_minutes = c->reminder_minutes,
	};
}

bool network_init(struct network *n, struct error *err)
{
	int fd[2];
	*n = (struct network){.wake_read = -1, .wake_write = -1};
	if (pipe2(fd, O_CLOEXEC | O_NONBLOCK) != 0) {
		fail(err, ERR_IO, _("kring cannot start its network part."));
		error_detail(err, "pipe: %s", strerror(errno));
		return false;
	}
	n->wake_read = fd[0];
	n->wake_write = fd[1];
	return true;
}

bool network_start(struct network *n, const struct account *acc, const struct config *c, bool offline,
	struct error *err)
{
	network_stop(n);
	n->module = network_module(err);
	if (n->module == NULL)
		return false;
	struct sync_options o = network_options(acc, c);
	o.offline = offline;
	n->thread = n->module->start(&o, n->wake_write, err);
	return n->thread != NULL;
}

void network_stop(struct network *n)
{
	if (n->thread != NULL)
		n->module->stop(n->thread);
	n->thread = NULL;
}

void network_fini(struct network *n)
{
	network_stop(n);
	if (n->wake_read >= 0)
		close(n->wake_read);
	if (n->wake_write >= 0)
		close(n->wake_write);
	n->wake_read = n->wake_write = -1;
}

unsigned network_changed(struct network *n)
{
	char sink[64];
	while (n->wake_read >= 0 && read(n->wake_read, sink, sizeof sink) > 0)
		;
	return n->thread == NULL ? 0 : n->module->changed(n->thread);
}

uint64_t network_post(struct network *n, const struct sync_intent *i)
{
	return n->thread == NULL ? 0 : n->module->post(n->thread, i);
}

uint64_t network_written(const struct network *n)
{
	return n->thread == NULL ? 0 : n->module->written(n->thread);
}

unsigned network_wait(struct network *n, uint64_t number, int most_ms)
{
	unsigned changed = 0;
	struct error why;
	int64_t until = clock_mono_ms() + most_ms, left = most_ms;
	while (n->thread != NULL && network_written(n) < number && !network_trouble(n, &why) && left > 0) {
		poll(&(struct pollfd){.fd = n->wake_read, .events = POLLIN}, 1, (int)left);
		changed |= network_changed(n);
		left = until - clock_mono_ms();
	}
	return changed;
}

bool network_busy(const struct network *n)
{
	return n->thread != NULL && n->module->busy(n->thread);
}

bool network_trouble(const struct network *n, struct error *why)
{
	return n->thread != NULL && n->module->trouble(n->thread, why);
}

bool network_calendar_trouble(const struct network *n, struct error *why)
{
	return n->thread != NULL && n->module->calendar_trouble(n->thread, why);
}
