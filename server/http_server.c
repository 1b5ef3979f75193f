#include "http_server.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "auth.h"
#include "bus.h"
#include "clock.h"
#include "dispatch.h"
#include "file.h"
#include "listen.h"
#include "mem.h"
#include "peers.h"
#include "rate_limit.h"
#include "str.h"
#include "text.h"

enum {
	HeaderBytes = 64 * 1024, IdleSeconds = 60, MaxConnections = 500, MaxHeaders = 100, MaxPem = 1024 * 1024,
	DiscardBytes = 2 * REQUEST_MAX_BODY, HeldBytes = 16 * REQUEST_MAX_BODY, MaxWaiting = 4 * MaxConnections / 5,
	HourMs = 60 * 60 * 1000, LookMs = 1000,
};

/* One request and its answer, from the first byte of the request line to the last of the answer. */
struct exchange {
	struct arena mem;
	struct http_server *server;
	struct MHD_Connection *connection;
	char *target;
	struct param header[MaxHeaders + 1];
	int header_count;
	bool seen_headers, done;
	struct sbuf body;
	size_t body_total;
	struct request r;
	struct response w;
	struct exchange *next_waiting; /* while a long poll is held */
};

struct http_server {
	struct kringd *k;
	struct MHD_Daemon *daemon;
	struct peers *peers;
	struct exchange *waiting;
	int waiting_count;
	size_t held_bytes;             /* of all bodies together */
	int64_t news_seen;             /* bus_last_global_id at the last look */
	int64_t cleaned_ms;
	char *url;
	struct sbuf cert, key;
	bool stopping;
};

static void *begin_exchange(void *data, const char *uri, struct MHD_Connection *connection)
{
	struct exchange *x = xcalloc(1, sizeof *x);
	x->server = data;
	x->connection = connection;
	x->target = arena_strdup(&x->mem, uri);
	return x;
}

static void end_exchange(void *data, struct MHD_Connection *connection, void **closure,
	enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *closure;
	if (x == NULL)
		return;
	for (struct exchange **link = &x->server->waiting; *link != NULL; link = &(*link)->next_waiting)
		if (*link == x) {
			*link = x->next_waiting;
			x->server->waiting_count--;
			break;
		}
	x->server->held_bytes -= x->body.n;
	request_fini(&x->r);
	sbuf_fini(&x->w.body);
	sbuf_fini(&x->body);
	arena_fini(&x->mem);
	free(x);
	*closure = NULL;
}

static enum MHD_Result add_header(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct exchange *x = data;
	if (x->header_count == MaxHeaders)
		return MHD_NO;
	x->header[x->header_count++] = (struct param){arena_strdup(&x->mem, name),
		arena_strdup(&x->mem, str_or_empty(value))};
	return MHD_YES;
}

static const char *address_of(struct exchange *x)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char peer[ADDRESS_BYTES] = "";
	if (info != NULL)
		address_text(peer, info->client_addr);
	return address_counted(address_behind(peer, x->server->k->options->trusted_proxy, x->header, &x->mem), &x->mem);
}

/* A proxy has the connections of everybody, and has limits of its own. */
static bool counts_connections(const struct http_server *s, const char *address)
{
	return s->k->options->limit.connections > 0 && !address_is_one_of(address, s->k->options->trusted_proxy)
		&& limits_counts_ip(s->k->limits, address);
}

static const char *counted(struct arena *mem, const struct sockaddr *a)
{
	char peer[ADDRESS_BYTES];
	address_text(peer, a);
	return address_counted(peer, mem);
}

static enum MHD_Result accept_peer(void *data, const struct sockaddr *a, socklen_t bytes)
{
	const struct http_server *s = data;
	struct arena mem = {0};
	char peer[ADDRESS_BYTES];
	address_text(peer, a);
	bool full = counts_connections(s, peer)
		&& peers_count(s->peers, counted(&mem, a)) >= s->k->options->limit.connections;
	arena_fini(&mem);
	return full ? MHD_NO : MHD_YES;
}

static void note_connection(void *data, struct MHD_Connection *connection, void **place,
	enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = data;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection,
			MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		struct arena mem = {0};
		*place = info == NULL ? NULL : peers_enter(s->peers, counted(&mem, info->client_addr));
		arena_fini(&mem);
	} else if (*place != NULL) {
		peers_leave(s->peers, *place);
		*place = NULL;
	}
}

static const struct param always[] = {
	{"Cache-Control", "no-cache, no-store"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "SAMEORIGIN"},
	{"Referrer-Policy", "strict-origin-when-cross-origin"},
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"},
};

static enum MHD_Result send_answer(struct exchange *x)
{
	struct response *w = &x->w;
	size_t n = w->body.n;
	struct MHD_Response *out = MHD_create_response_from_buffer(n, sbuf_take(&w->body), MHD_RESPMEM_MUST_FREE);
	if (out == NULL)
		return MHD_NO;
	MHD_add_response_header(out, "Content-Type", w->type != NULL ? w->type : "application/json; charset=utf-8");
	for (size_t i = 0; i < COUNT(always); i++)
		MHD_add_response_header(out, always[i].name, always[i].value);
	if (x->r.route_name != NULL && *x->r.route_name != '\0')
		MHD_add_response_header(out, "X-Discourse-Route", x->r.route_name);
	if (!str_empty(x->r.me.username))
		MHD_add_response_header(out, "X-Discourse-Username", x->r.me.username);
	for (int i = 0; i < w->header_count; i++)
		MHD_add_response_header(out, w->header[i].name, w->header[i].value);
	enum MHD_Result ok = MHD_queue_response(x->connection, (unsigned)w->status, out);
	MHD_destroy_response(out);
	x->done = true;
	return ok;
}

static enum MHD_Result too_large(struct exchange *x)
{
	response_error(&x->w, 413, NULL, "%s", "The request is too large.");
	return send_answer(x);
}

/* A length said twice, or beside chunks: a proxy in front may see another end of the body (RFC 9112, 6.3). */
static bool unclear_length(const struct exchange *x)
{
	int lengths = 0;
	for (int i = 0; i < x->header_count; i++)
		lengths += strcasecmp(x->header[i].name, "Content-Length") == 0 ||
			strcasecmp(x->header[i].name, "Transfer-Encoding") == 0;
	return lengths > 1;
}

static enum MHD_Result refuse_unclear(struct exchange *x)
{
	response_error(&x->w, 400, NULL, "%s", "The length of the request is not clear.");
	response_header(&x->w, "Connection", "close");
	return send_answer(x);
}

static void hold(struct exchange *x)
{
	x->server->waiting_count++;
	x->next_waiting = x->server->waiting;
	x->server->waiting = x;
	MHD_suspend_connection(x->connection);
}

static enum MHD_Result finish_poll(struct exchange *x)
{
	struct json *messages = bus_poll_backlog(x->server->k->db, x->r.data->poll);
	bus_poll_answer(x->r.data->poll, messages, &x->w);
	return send_answer(x);
}

/* Waiting clients leave room for the others: past MaxWaiting they are answered at once. */
static enum MHD_Result answer(struct exchange *x, const char *method, const char *version)
{
	struct request *r = &x->r;
	struct request_source source = {.method = method, .target = x->target, .header = x->header,
		.body = sbuf_str(&x->body),
		.body_bytes = x->body.n, .ip = address_of(x), .http_1_1 = strcmp(version, "HTTP/1.1") == 0};
	*r = (struct request){.server = x->server->k, .mem = &x->mem};
	dispatch_source(r, &source, clock_now_ms(), &x->w);
	if (!x->w.later)
		return send_answer(x);
	if (x->server->stopping || x->server->waiting_count >= MaxWaiting)
		return finish_poll(x);
	hold(x);
	return MHD_YES;
}

static enum MHD_Result receive(void *data, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *upload, size_t *upload_bytes, void **closure)
{
	struct exchange *x = *closure;
	if (!x->seen_headers) {
		x->seen_headers = true;
		MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, x);
		if (unclear_length(x))
			return refuse_unclear(x);
		const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
		int64_t bytes = 0;
		if (length != NULL && (!str_to_int(length, 0, INT64_MAX, &bytes) || bytes > REQUEST_MAX_BODY))
			return too_large(x);
		return MHD_YES;
	}
	if (*upload_bytes > 0) {
		x->body_total += *upload_bytes;
		if (x->body_total > DiscardBytes || x->server->held_bytes > HeldBytes)
			return MHD_NO;
		if (x->body_total <= REQUEST_MAX_BODY) {
			sbuf_addn(&x->body, upload, *upload_bytes);
			x->server->held_bytes += *upload_bytes;
		}
		*upload_bytes = 0;
		return MHD_YES;
	}
	if (x->done)
		return MHD_YES;
	if (x->w.later)
		return finish_poll(x);
	return x->body_total > REQUEST_MAX_BODY ? too_large(x) : answer(x, method, version);
}

/* Keeps the text as it came: request.c decodes. */
static size_t keep_escapes(void *data, struct MHD_Connection *connection, char *text)
{
	return strlen(text);
}

static bool load_certificate(struct http_server *s, struct error *err)
{
	const struct options *o = s->k->options;
	if (o->insecure_http)
		return true;
	char *cert = o->tls_cert != NULL ? xstrdup(o->tls_cert) : xasprintf("%s/server.pem", o->data_dir);
	char *key = o->tls_key != NULL ? xstrdup(o->tls_key) : xasprintf("%s/server.key", o->data_dir);
	bool ok = file_read(cert, MaxPem, &s->cert, err) && file_read(key, MaxPem, &s->key, err);
	free(cert);
	free(key);
	return ok;
}

/* GnuTLS would speak 1.0 and 1.1 too: RFC 8996. */
static const char tls_versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

static struct MHD_Daemon *start_daemon(struct http_server *s, int fd)
{
	bool tls = !s->k->options->insecure_http;
	struct MHD_OptionItem tls_items[] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)sbuf_str(&s->cert)},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)sbuf_str(&s->key)},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)tls_versions},
		{MHD_OPTION_END, 0, NULL},
	};
	struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (tls ? MHD_USE_TLS : 0), 0,
		accept_peer, s, receive, s, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, s,
		MHD_OPTION_NOTIFY_COMPLETED, end_exchange, s,
		MHD_OPTION_NOTIFY_CONNECTION, note_connection, s,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HeaderBytes,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IdleSeconds,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)MaxConnections,
		MHD_OPTION_ARRAY, tls ? tls_items : none,
		MHD_OPTION_END);
}

struct http_server *http_server_start(struct kringd *k, struct error *err)
{
	struct http_server *s = xcalloc(1, sizeof *s);
	struct sbuf where = {0};
	s->k = k;
	s->peers = peers_new();
	s->cleaned_ms = clock_mono_ms();
	int fd = load_certificate(s, err) ? listen_open(k->options->listen, &where, err) : -1;
	s->url = xasprintf("%s://%s", k->options->insecure_http ? "http" : "https", sbuf_str(&where));
	sbuf_fini(&where);
	if (fd >= 0) {
		s->daemon = start_daemon(s, fd);
		if (s->daemon == NULL) {
			fail(err, ERR_TLS, _("The certificate or its key cannot be used."));
			error_advise(err, _("Nothing is changed."), _("Check both files: PEM, and made for each other."));
			close(fd);
		}
	}
	if (s->daemon != NULL)
		return s;
	http_server_stop(s);
	return NULL;
}

const char *http_server_url(const struct http_server *s)
{
	return s->url;
}

/* Old keys, sessions and messages go once an hour, when there is work anyway. */
static void clean_up(struct http_server *s)
{
	int64_t now_ms = clock_mono_ms();
	if (now_ms - s->cleaned_ms < HourMs)
		return;
	s->cleaned_ms = now_ms;
	auth_expire(s->k->db, clock_now_ms(), NULL);
	bus_expire(s->k->db, clock_now_ms(), NULL);
}

/* Lets go of the polls that have something to hear, waited long enough, or must end. */
static void release_waiting(struct http_server *s)
{
	if (s->waiting == NULL)
		return;
	int64_t newest = bus_last_global_id(s->k->db), now_ms = clock_mono_ms();
	bool news = newest != s->news_seen;
	s->news_seen = newest;
	for (struct exchange **link = &s->waiting; *link != NULL;) {
		struct exchange *x = *link;
		bool ready = s->stopping || now_ms >= x->r.data->poll->until_ms;
		if (!ready && news) {
			struct json *messages = bus_poll_backlog(s->k->db, x->r.data->poll);
			ready = json_count(messages) > 0;
			json_free(messages);
		}
		if (!ready) {
			link = &x->next_waiting;
			continue;
		}
		*link = x->next_waiting;
		s->waiting_count--;
		MHD_resume_connection(x->connection);
	}
}

/* Milliseconds until a poll has waited long enough or it is time to look for another process's news; -1: nobody
 * waits. */
static int64_t next_release(const struct http_server *s)
{
	int64_t least = s->waiting == NULL ? -1 : LookMs, now_ms = clock_mono_ms();
	for (const struct exchange *x = s->waiting; x != NULL; x = x->next_waiting) {
		int64_t left = x->r.data->poll->until_ms - now_ms;
		left = left < 0 ? 0 : left;
		least = least < 0 || left < least ? left : least;
	}
	return least;
}

static int wait_ms(struct http_server *s)
{
	MHD_UNSIGNED_LONG_LONG mhd = 0;
	int64_t wait = next_release(s);
	if (MHD_get_timeout(s->daemon, &mhd) == MHD_YES && (wait < 0 || (int64_t)mhd < wait))
		wait = (int64_t)mhd;
	return wait > 60000 ? 60000 : (int)wait;
}

bool http_server_run(struct http_server *s, int stop_fd, struct error *err)
{
	int epoll_fd = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	struct pollfd fds[] = {{.fd = epoll_fd, .events = POLLIN}, {.fd = stop_fd, .events = POLLIN}};
	for (;;) {
		if (poll(fds, COUNT(fds), wait_ms(s)) < 0 && errno != EINTR) {
			fail(err, ERR_IO, _("The server cannot wait for requests."));
			error_detail(err, "poll: %s", strerror(errno));
			return false;
		}
		if ((fds[1].revents & POLLIN) != 0)
			return true;
		MHD_run(s->daemon);
		clean_up(s);
		release_waiting(s);
		MHD_run(s->daemon);
	}
}

void http_server_stop(struct http_server *s)
{
	if (s == NULL)
		return;
	if (s->daemon != NULL) {
		s->stopping = true;
		release_waiting(s);
		MHD_run(s->daemon);
		MHD_stop_daemon(s->daemon);
	}
	peers_free(s->peers);
	sbuf_fini(&s->cert);
	sbuf_fini(&s->key);
	free(s->url);
	free(s);
}
