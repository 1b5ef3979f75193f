#include "transport_curl.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "clock.h"
#include "mem.h"
#include "panic.h"
#include "str.h"
#include "text.h"
#include "url.h"

enum { ConnectSeconds = 15, SlowSeconds = 60, SlowBytes = 10, TotalSeconds = 600 };

struct job {
	struct job *next;
	struct curl_transport *owner;
	int id;
	CURL *easy;              /* NULL: refused before it began */
	struct curl_slist *header;
	char *host;              /* for sentences */
	char words[CURL_ERROR_SIZE];
	size_t max_bytes;
	bool too_large;
	struct response response;
	transport_done done;
	void *context;
};

struct curl_transport {
	struct transport base;
	CURLM *multi;
	char *ca_file;           /* NULL: only the system's */
	struct job *jobs;
	int last_id;
	atomic_bool woken;
};

static struct curl_transport *self(struct transport *t)
{
	return (struct curl_transport *)t;
}

static size_t take_body(char *p, size_t size, size_t n, void *context)
{
	struct job *j = context;
	size_t bytes = size * n;
	if (bytes > j->max_bytes - j->response.body.n) {
		j->too_large = true;
		return 0;
	}
	sbuf_addn(&j->response.body, p, bytes);
	return bytes;
}

/* Every answer begins with a status line; only the last one's headers are kept (100 Continue comes before). */
static size_t take_header(char *p, size_t size, size_t n, void *context)
{
	struct job *j = context;
	size_t bytes = size * n, line = bytes;
	if (bytes >= 5 && memcmp(p, "HTTP/", 5) == 0) {
		sbuf_reset(&j->response.header);
		return bytes;
	}
	if (bytes > TRANSPORT_HEADER_BYTES - j->response.header.n) {
		j->too_large = true;
		return 0;
	}
	while (line > 0 && (p[line - 1] == '\n' || p[line - 1] == '\r'))
		line--;
	if (line > 0) {
		sbuf_addn(&j->response.header, p, line);
		sbuf_addc(&j->response.header, '\n');
	}
	return bytes;
}

static struct curl_slist *header_list(const char *lines)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	while (*lines != '\0') {
		size_t n = strcspn(lines, "\n");
		char *line = xstrndup(lines, n);
		struct curl_slist *longer = curl_slist_append(list, line);
		ensure(longer != NULL);
		list = longer;
		explicit_bzero(line, n);
		free(line);
		lines += n + (lines[n] == '\n');
	}
	return list;
}

static void set_method(CURL *easy, const struct transfer *x)
{
	if (str_equal(x->method, "HEAD")) {
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
	} else if (x->body != NULL || !str_equal(x->method, "GET")) {
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(x->body == NULL ? 0 : x->body_bytes));
		curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, x->body == NULL ? "" : x->body);
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, x->method);
		/* On a connection that was used before, libcurl repeats a request by itself when the connection
		 * breaks before the answer; the site may have done it by then. */
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	}
}

static void set_safety(CURL *easy, const struct url *u, const char *ca_file)
{
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, u->https ? "https" : "http");
	curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file != NULL)
		curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
	if (url_is_loopback(u))
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)ConnectSeconds);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)SlowBytes);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)SlowSeconds);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)TotalSeconds);
}

static void set_transfer(struct job *j, const struct transfer *x, const struct url *u, const char *ca_file)
{
	CURL *easy = j->easy;
	set_safety(easy, u, ca_file);
	curl_easy_setopt(easy, CURLOPT_URL, x->url);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, j->header);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "kring/" KRING_VERSION);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)j->max_bytes);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, j->words);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, j);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, j);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, j);
	set_method(easy, x);
}

static int curl_start(struct transport *t, const struct transfer *x, transport_done done, void *context)
{
	struct curl_transport *c = self(t);
	struct url u;
	struct job *j = xcalloc(1, sizeof *j);
	*j = (struct job){.next = c->jobs, .owner = c, .id = ++c->last_id, .done = done, .context = context};
	j->max_bytes = x->max_bytes > 0 && x->max_bytes < TRANSPORT_MAX_BYTES ? x->max_bytes : TRANSPORT_MAX_BYTES;
	c->jobs = j;
	bool valid = url_parse(x->url, &u);
	j->host = xstrdup(valid ? u.host : "");
	j->response.nothing_sent = true;
	if (!valid) {
		fail(&j->response.error, ERR_INVALID, _("This is not a web address."));
	} else if (!u.https && !url_is_loopback(&u)) {
		fail(&j->response.error, ERR_TLS, _("The address %s has no safe connection (https)."), u.host);
	} else {
		j->response.nothing_sent = false;
		j->easy = curl_easy_init();
		ensure(j->easy != NULL);
		j->header = header_list(x->header);
		set_transfer(j, x, &u, c->ca_file);
		ensure(curl_multi_add_handle(c->multi, j->easy) == CURLM_OK);
	}
	return j->id;
}

/* What is wrong with a certificate, by OpenSSL's X509_V_ERR_ numbers. */
static const struct {
	long code;
	const char *sentence;
} certificate_faults[] = {
	{9, N_("The certificate of %s is not valid yet. Check the clock.")},
	{10, N_("The certificate of %s has expired.")},
	{18, N_("The certificate of %s is signed by itself. kring cannot check it.")},
	{19, N_("The certificate of %s is signed by an unknown issuer.")},
	{20, N_("The certificate of %s is signed by an unknown issuer.")},
	{21, N_("The certificate of %s is signed by an unknown issuer.")},
	{23, N_("The certificate of %s has been revoked.")},
	{62, N_("The certificate of %s is for another name.")},
};

static long certificate_fault(const struct job *j)
{
	enum { HostnameMismatch = 62 };
	long code = -1;
	curl_easy_getinfo(j->easy, CURLINFO_SSL_VERIFYRESULT, &code);
	if (strstr(j->words, "subject name") != NULL) /* libcurl compares names itself, and has no number for it */
		code = HostnameMismatch;
	return code;
}

/* X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT and what else is about who signed it. */
static bool is_untrusted(long code)
{
	return code == 2 || (code >= 18 && code <= 21);
}

static const char *certificate_sentence(long code)
{
	for (size_t i = 0; i < COUNT(certificate_faults); i++)
		if (certificate_faults[i].code == code)
			return _(certificate_faults[i].sentence);
	return _("The certificate of %s is not good.");
}

static const struct {
	CURLcode code;
	enum error_kind kind;
	const char *sentence;
} faults[] = {
	{CURLE_COULDNT_RESOLVE_HOST, ERR_OFFLINE, N_("The server %s cannot be found.")},
	{CURLE_COULDNT_RESOLVE_PROXY, ERR_OFFLINE, N_("The proxy for %s cannot be found.")},
	{CURLE_COULDNT_CONNECT, ERR_OFFLINE, N_("The server %s does not answer.")},
	{CURLE_OPERATION_TIMEDOUT, ERR_OFFLINE, N_("The server %s takes too long to answer.")},
	{CURLE_PARTIAL_FILE, ERR_OFFLINE, N_("The answer of %s did not arrive complete.")},
	{CURLE_GOT_NOTHING, ERR_OFFLINE, N_("The server %s ended the connection.")},
	{CURLE_RECV_ERROR, ERR_OFFLINE, N_("The connection with %s is gone.")},
	{CURLE_SEND_ERROR, ERR_OFFLINE, N_("The connection with %s is gone.")},
	{CURLE_HTTP2, ERR_OFFLINE, N_("The connection with %s is gone.")},
	{CURLE_HTTP2_STREAM, ERR_OFFLINE, N_("The connection with %s is gone.")},
	{CURLE_SSL_CONNECT_ERROR, ERR_TLS, N_("No safe connection with %s is possible.")},
	{CURLE_SSL_CACERT_BADFILE, ERR_INVALID, N_("The file with certificates for %s cannot be read.")},
	{CURLE_FILESIZE_EXCEEDED, ERR_PROTOCOL, N_("The answer of %s is too large.")},
	{CURLE_BAD_CONTENT_ENCODING, ERR_PROTOCOL, N_("The answer of %s cannot be unpacked.")},
	{CURLE_WEIRD_SERVER_REPLY, ERR_PROTOCOL, N_("The server %s does not answer as a web server.")},
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_PROTOCOL, N_("The server %s does not answer as a web server.")},
};

/* Only when it is certain: these end before the first byte of the request. */
static bool is_before_sending(const struct job *j, CURLcode code)
{
	static const CURLcode early[] = {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
		CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
		CURLE_UNSUPPORTED_PROTOCOL, CURLE_OPERATION_TIMEDOUT};
	long sent = 1;
	curl_easy_getinfo(j->easy, CURLINFO_REQUEST_SIZE, &sent);
	for (size_t i = 0; i < COUNT(early); i++)
		if (early[i] == code)
			return sent == 0;
	return false;
}

static void set_failure(struct job *j, CURLcode code)
{
	struct error *err = &j->response.error;
	enum error_kind kind = ERR_OFFLINE;
	const char *sentence = N_("The server %s cannot be reached.");
	for (size_t i = 0; i < COUNT(faults); i++)
		if (faults[i].code == code) {
			kind = faults[i].kind;
			sentence = faults[i].sentence;
		}
	sentence = _(sentence);
	j->response.nothing_sent = is_before_sending(j, code);
	if (j->too_large) {
		kind = ERR_PROTOCOL;
		sentence = _("The answer of %s is too large.");
	} else if (code == CURLE_PEER_FAILED_VERIFICATION) {
		kind = ERR_TLS;
		sentence = certificate_sentence(certificate_fault(j));
	}
	fail(err, kind, sentence, j->host);
	err->untrusted = code == CURLE_PEER_FAILED_VERIFICATION && is_untrusted(certificate_fault(j));
	error_detail(err, "%s", j->words[0] != '\0' ? j->words : curl_easy_strerror(code));
}

static void read_outcome(struct job *j, CURLcode code)
{
	long status = 0, header_bytes = 0;
	curl_off_t body_bytes = 0;
	curl_easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(j->easy, CURLINFO_HEADER_SIZE, &header_bytes);
	curl_easy_getinfo(j->easy, CURLINFO_SIZE_DOWNLOAD_T, &body_bytes);
	j->response.bytes = (int64_t)body_bytes + header_bytes;
	if (code != CURLE_OK)
		set_failure(j, code);
	else if (status < 100 || status > 999)
		fail(&j->response.error, ERR_PROTOCOL, _("The server %s does not answer as a web server."), j->host);
	else
		j->response.status = (int)status;
}

static void unlink_job(struct job *j)
{
	struct job **at = &j->owner->jobs;
	while (*at != j)
		at = &(*at)->next;
	*at = j->next;
}

static void job_free(struct job *j)
{
	if (j->easy != NULL) {
		curl_multi_remove_handle(j->owner->multi, j->easy);
		curl_easy_cleanup(j->easy);
	}
	for (struct curl_slist *h = j->header; h != NULL; h = h->next)
		explicit_bzero(h->data, strlen(h->data));
	curl_slist_free_all(j->header);
	response_fini(&j->response);
	free(j->host);
	free(j);
}

static void finish(struct job *j)
{
	unlink_job(j);
	j->done(j->context, &j->response);
	job_free(j);
}

static struct job *first_refused(const struct curl_transport *c)
{
	for (struct job *j = c->jobs; j != NULL; j = j->next)
		if (j->easy == NULL)
			return j;
	return NULL;
}

/* Calls the done functions of what has ended; true when there was any. */
static bool collect(struct curl_transport *c)
{
	bool any = false;
	CURLMsg *m;
	int left;
	for (struct job *j; (j = first_refused(c)) != NULL; any = true)
		finish(j);
	while ((m = curl_multi_info_read(c->multi, &left)) != NULL) {
		struct job *j = NULL;
		CURLcode code = m->data.result;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&j);
		read_outcome(j, code);
		finish(j);
		any = true;
	}
	return any;
}

static void curl_poll(struct transport *t, int timeout_ms)
{
	struct curl_transport *c = self(t);
	int64_t end = clock_mono_ms() + timeout_ms;
	for (;;) {
		int running;
		curl_multi_perform(c->multi, &running);
		if (collect(c) || atomic_exchange(&c->woken, false))
			return;
		int64_t left = end - clock_mono_ms();
		if (left <= 0)
			return;
		curl_multi_poll(c->multi, NULL, 0, (int)left, NULL);
	}
}

static void curl_wake(struct transport *t)
{
	atomic_store(&self(t)->woken, true);
	curl_multi_wakeup(self(t)->multi);
}

static void curl_cancel(struct transport *t, int id)
{
	for (struct job *j = self(t)->jobs; j != NULL; j = j->next)
		if (j->id == id) {
			unlink_job(j);
			job_free(j);
			return;
		}
}

static void curl_close(struct transport *t)
{
	struct curl_transport *c = self(t);
	while (c->jobs != NULL)
		curl_cancel(t, c->jobs->id);
	curl_multi_cleanup(c->multi);
	curl_global_cleanup();
	free(c->ca_file);
	free(c);
}

struct transport *transport_curl_new(const char *ca_file, struct error *err)
{
	static const struct transport_ops ops = {
		.start = curl_start,
		.poll = curl_poll,
		.wake = curl_wake,
		.cancel = curl_cancel,
		.close = curl_close,
	};
	if (!str_empty(ca_file) && access(ca_file, R_OK) != 0) {
		fail(err, ERR_INVALID, _("The file with certificates cannot be read: %s."), ca_file);
		return NULL;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		fail(err, ERR_INVALID, _("The network library does not start."));
		return NULL;
	}
	struct curl_transport *c = xcalloc(1, sizeof *c);
	c->base.ops = &ops;
	c->ca_file = str_empty(ca_file) ? NULL : xstrdup(ca_file);
	c->multi = curl_multi_init();
	ensure(c->multi != NULL);
	return &c->base;
}
