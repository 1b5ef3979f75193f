/* The real transport against a small server on loopback, in a child process: plain HTTP for odd answers, TLS for
 * certificates. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "transport_curl.h"

struct server {
	pid_t pid;
	int port;
};

/* A connection, with or without TLS. */
struct peer {
	int fd;
	SSL *ssl;
};

static bool peer_write(struct peer *p, const char *data, size_t n)
{
	while (n > 0) {
		int done = p->ssl != NULL ? SSL_write(p->ssl, data, (int)n) : (int)write(p->fd, data, n);
		if (done <= 0)
			return false;
		data += done;
		n -= (size_t)done;
	}
	return true;
}

static bool peer_say(struct peer *p, const char *text)
{
	return peer_write(p, text, strlen(text));
}

static bool peer_read_request(struct peer *p, char *buf, size_t bytes)
{
	size_t n = 0;
	while (n + 1 < bytes) {
		int got = p->ssl != NULL ? SSL_read(p->ssl, buf + n, (int)(bytes - n - 1))
			: (int)read(p->fd, buf + n, bytes - n - 1);
		if (got <= 0)
			return false;
		n += (size_t)got;
		buf[n] = '\0';
		const char *end = strstr(buf, "\r\n\r\n"), *length = strcasestr(buf, "content-length: ");
		if (end != NULL && n - (size_t)(end + 4 - buf) >= (length == NULL ? 0 : (size_t)atoi(length + 16)))
			return true;
	}
	return false;
}

static void say_body(struct peer *p, const char *header, const char *body)
{
	char head[512];
	snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n",
		header, strlen(body));
	peer_say(p, head);
	peer_say(p, body);
}

/* 64 MB of zeros, packed into 64 kB. */
static void say_bomb(struct peer *p)
{
	static char packed[256 * 1024];
	FILE *f = popen("head -c 67108864 /dev/zero | gzip -9", "r");
	size_t n = fread(packed, 1, sizeof packed, f);
	char head[256];
	pclose(f);
	snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", n);
	peer_say(p, head);
	peer_write(p, packed, n);
}

static void say_endless(struct peer *p, const char *head, const char *part)
{
	if (peer_say(p, head))
		while (peer_say(p, part))
			;
}

static void serve(struct peer *p)
{
	static char request[64 * 1024];
	if (!peer_read_request(p, request, sizeof request))
		return;
	if (strstr(request, "/echo") != NULL)
		say_body(p, "X-One: 1\r\nSet-Cookie: a=b\r\n", request);
	else if (strstr(request, "/bomb") != NULL)
		say_bomb(p);
	else if (strstr(request, "/large") != NULL)
		peer_say(p, "HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\nx");
	else if (strstr(request, "/endless") != NULL)
		say_endless(p, "HTTP/1.1 200 OK\r\n\r\n",
			"0123456789012345678901234567890123456789012345678901234567890123456789");
	else if (strstr(request, "/headers") != NULL)
		say_endless(p, "HTTP/1.1 200 OK\r\n",
			"X-Header: 0123456789012345678901234567890123456789012345678901234567890\r\n");
	else if (strstr(request, "/half") != NULL)
		peer_say(p, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"a\":");
	else if (strstr(request, "/badzip") != NULL)
		say_body(p, "Content-Encoding: gzip\r\n", "this is not packed at all");
	else if (strstr(request, "/garbage") != NULL)
		peer_say(p, "SSH-2.0-hello\r\n");
	else if (strstr(request, "/redirect") != NULL)
		peer_say(p, "HTTP/1.1 302 Found\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n");
	else if (strstr(request, "/slow") != NULL)
		sleep(20);
}

static void serve_one(int fd, SSL_CTX *tls)
{
	struct peer p = {.fd = fd};
	if (tls != NULL) {
		p.ssl = SSL_new(tls);
		SSL_set_fd(p.ssl, fd);
	}
	if (p.ssl == NULL || SSL_accept(p.ssl) == 1)
		serve(&p);
	if (p.ssl != NULL) {
		SSL_shutdown(p.ssl);
		SSL_free(p.ssl);
	}
	close(fd);
}

static struct server server_start(SSL_CTX *tls)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	struct server s = {.pid = fork(), .port = ntohs(at.sin_port)};
	if (s.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_IGN);
		for (;;)
			serve_one(accept(fd, NULL, NULL), tls);
	}
	close(fd);
	return s;
}

static void server_stop(struct server s)
{
	kill(s.pid, SIGKILL);
	waitpid(s.pid, NULL, 0);
}

struct outcome {
	bool done;
	int status;
	struct sbuf header, body;
	struct error error;
	bool nothing_sent;
};

static void ended(void *context, struct response *r)
{
	struct outcome *o = context;
	o->done = true;
	o->status = r->status;
	o->header = r->header;
	o->body = r->body;
	o->error = r->error;
	o->nothing_sent = r->nothing_sent;
	r->header = r->body = (struct sbuf){0};
}

static struct outcome ask(struct transport *t, const struct transfer *x)
{
	struct outcome o = {0};
	int64_t end = clock_mono_ms() + 15000;
	transport_start(t, x, ended, &o);
	while (!o.done && clock_mono_ms() < end)
		transport_poll(t, 1000);
	assert_true(o.done);
	return o;
}

static void outcome_fini(struct outcome *o)
{
	sbuf_fini(&o->header);
	sbuf_fini(&o->body);
}

static void what_is_sent(void **state)
{
	struct server s = server_start(NULL);
	struct transport *t = transport_curl_new(NULL, NULL);
	char url[64], value[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/echo?a=%%20b", s.port);
	struct transfer x = {.method = "PUT", .url = url,
		.header = "User-Api-Key: k1\nContent-Type: application/json\n",
		.body = "{\"a\":1}", .body_bytes = 7};
	struct outcome o = ask(t, &x);
	assert_int_equal(o.status, 200);
	static const char *const parts[] = {"PUT /echo?a=%20b HTTP/1.1\r\n", "User-Api-Key: k1\r\n",
		"User-Agent: kring/", "Accept-Encoding: gzip\r\n", "\r\n\r\n{\"a\":1}"};
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strstr(sbuf_str(&o.body), parts[i]) == NULL)
			fail_msg("no \"%s\" in:\n%s", parts[i], sbuf_str(&o.body));
	CHECK_STRING("header", header_find(&o.header, "x-one", 0, value, sizeof value), "1");
	outcome_fini(&o);

	/* The cookie of the first answer does not come back. */
	o = ask(t, &(struct transfer){.method = "GET", .url = url, .header = ""});
	assert_null(strstr(sbuf_str(&o.body), "Cookie"));
	assert_null(strstr(sbuf_str(&o.body), "Content-Type"));
	outcome_fini(&o);
	transport_close(t);
	server_stop(s);
}

static void odd_answers(void **state)
{
	static const struct {
		const char *path;
		size_t max;
		int status;
		enum error_kind kind;
		const char *words;
	} rows[] = {
		{"/bomb", 0, 0, ERR_PROTOCOL, "too large"},
		{"/large", 0, 0, ERR_PROTOCOL, "too large"},
		{"/endless", 100000, 0, ERR_PROTOCOL, "too large"},
		{"/headers", 0, 0, ERR_PROTOCOL, "too large"},
		{"/half", 0, 0, ERR_OFFLINE, "did not arrive complete"},
		{"/nothing", 0, 0, ERR_OFFLINE, "ended the connection"},
		{"/badzip", 0, 0, ERR_PROTOCOL, "unpacked"},
		{"/garbage", 0, 0, ERR_PROTOCOL, "web server"},
		{"/redirect", 0, 302, ERR_NONE, ""},
	};
	struct server s = server_start(NULL);
	struct transport *t = transport_curl_new(NULL, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char url[64];
		snprintf(url, sizeof url, "http://localhost:%d%s", s.port, rows[i].path);
		struct outcome o = ask(t, &(struct transfer){.method = "GET", .url = url, .header = "",
			.max_bytes = rows[i].max});
		CHECK_INT(rows[i].path, o.status, rows[i].status);
		CHECK_INT(rows[i].path, o.error.kind, rows[i].kind);
		if (strstr(o.error.what, rows[i].words) == NULL)
			fail_msg("%s: \"%s\" (%s)", rows[i].path, o.error.what, o.error.detail);
		assert_false(o.nothing_sent);
		outcome_fini(&o);
	}
	transport_close(t);
	server_stop(s);
}

static void addresses_that_are_refused(void **state)
{
	static const struct {
		const char *url;
		enum error_kind kind;
	} rows[] = {
		{"http://forum.example/", ERR_TLS}, {"file:///etc/passwd", ERR_INVALID},
			{"https://u:p@localhost/", ERR_INVALID},
		{"http://127.0.0.1:1/", ERR_OFFLINE}, {"https://name.invalid/", ERR_OFFLINE},
	};
	struct transport *t = transport_curl_new(NULL, NULL);
	struct error err;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o = ask(t, &(struct transfer){.method = "GET", .url = rows[i].url, .header = ""});
		CHECK_INT(rows[i].url, o.status, 0);
		CHECK_INT(rows[i].url, o.error.kind, rows[i].kind);
		assert_true(o.nothing_sent);
		outcome_fini(&o);
	}
	transport_close(t);
	assert_null(transport_curl_new("/no/such/file.pem", &err));
	assert_int_equal(err.kind, ERR_INVALID);
}

static void waking_and_cancelling(void **state)
{
	struct server s = server_start(NULL);
	struct transport *t = transport_curl_new(NULL, NULL);
	struct outcome o = {0};
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/slow", s.port);
	int id = transport_start(t, &(struct transfer){.method = "GET", .url = url, .header = ""}, ended, &o);
	int64_t before = clock_mono_ms();
	transport_wake(t);
	transport_poll(t, 15000);
	assert_true(clock_mono_ms() - before < 10000);
	assert_false(o.done);
	transport_cancel(t, id);
	transport_poll(t, 10);
	assert_false(o.done);
	transport_start(t, &(struct transfer){.method = "GET", .url = url, .header = ""}, ended, &o);
	transport_close(t);
	assert_false(o.done);
	server_stop(s);
}

/* Certificates */

static EVP_PKEY *make_key(void)
{
	return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

static void add_extension(X509 *c, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509V3_set_ctx(&ctx, issuer, c, NULL, NULL, 0);
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	assert_non_null(e);
	X509_add_ext(c, e, -1);
	X509_EXTENSION_free(e);
}

/* Valid for days from..to around now; issuer NULL: by itself. */
static X509 *make_certificate(EVP_PKEY *key, const char *name, const char *alt, X509 *issuer,
	EVP_PKEY *issuer_key, int from, int to)
{
	static long serial = 1;
	X509 *c = X509_new();
	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), serial++);
	X509_gmtime_adj(X509_getm_notBefore(c), from * 86400L);
	X509_gmtime_adj(X509_getm_notAfter(c), to * 86400L);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC, (const unsigned char *)name, -1,
		-1, 0);
	X509_set_issuer_name(c, X509_get_subject_name(issuer == NULL ? c : issuer));
	X509_set_pubkey(c, key);
	add_extension(c, issuer == NULL ? c : issuer, NID_basic_constraints, alt == NULL ? "critical,CA:TRUE"
		: "CA:FALSE");
	if (alt != NULL)
		add_extension(c, issuer == NULL ? c : issuer, NID_subject_alt_name, alt);
	assert_true(X509_sign(c, issuer_key == NULL ? key : issuer_key, EVP_sha256()) > 0);
	return c;
}

static void certificates(void **state)
{
	static const struct {
		const char *row, *alt;
		bool by_itself, with_ca;
		int from, to;
		enum error_kind kind;
		const char *words;
	} rows[] = {
		{"good", "DNS:localhost", false, true, -1, 1, ERR_NONE, ""},
		{"unknown issuer", "DNS:localhost", false, false, -1, 1, ERR_TLS, "unknown issuer"},
		{"expired", "DNS:localhost", false, true, -9, -2, ERR_TLS, "expired"},
		{"not yet", "DNS:localhost", false, true, 2, 9, ERR_TLS, "not valid yet"},
		{"another name", "DNS:forum.example", false, true, -1, 1, ERR_TLS, "another name"},
		{"by itself", "DNS:localhost", true, true, -1, 1, ERR_TLS, "signed by"},
	};
	char ca_path[] = "/tmp/kring-ca-XXXXXX";
	EVP_PKEY *ca_key = make_key(), *key = make_key();
	X509 *ca = make_certificate(ca_key, "Test CA", NULL, NULL, NULL, -30, 30);
	FILE *f = fdopen(mkstemp(ca_path), "w");
	PEM_write_X509(f, ca);
	fclose(f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		X509 *c = make_certificate(key, "leaf", rows[i].alt, rows[i].by_itself ? NULL : ca,
			rows[i].by_itself ? NULL : ca_key, rows[i].from, rows[i].to);
		SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
		SSL_CTX_use_certificate(tls, c);
		SSL_CTX_use_PrivateKey(tls, key);
		struct server s = server_start(tls);
		struct transport *t = transport_curl_new(rows[i].with_ca ? ca_path : NULL, NULL);
		char url[64];
		snprintf(url, sizeof url, "https://localhost:%d/echo", s.port);
		struct outcome o = ask(t, &(struct transfer){.method = "GET", .url = url, .header = ""});
		CHECK_INT(rows[i].row, o.error.kind, rows[i].kind);
		CHECK_INT(rows[i].row, o.error.untrusted, strstr(o.error.what, "signed by") != NULL);
		CHECK_INT(rows[i].row, o.status, rows[i].kind == ERR_NONE ? 200 : 0);
		if (strstr(o.error.what, rows[i].words) == NULL)
			fail_msg("%s: \"%s\" (%s)", rows[i].row, o.error.what, o.error.detail);
		outcome_fini(&o);
		transport_close(t);
		server_stop(s);
		SSL_CTX_free(tls);
		X509_free(c);
	}
	unlink(ca_path);
	X509_free(ca);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sent),
		cmocka_unit_test(odd_answers),
		cmocka_unit_test(addresses_that_are_refused),
		cmocka_unit_test(waking_and_cancelling),
		cmocka_unit_test(certificates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
