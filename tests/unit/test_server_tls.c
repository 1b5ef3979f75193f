#include "check.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "tls.h"

static char dir[] = "/tmp/kring-tls-XXXXXX";
static const char *const made[] = {"ca.pem", "ca.key", "server.pem", "server.key"};

static FILE *open_made(const char *name, const char *mode)
{
	char *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, mode);
	free(path);
	assert_non_null(f);
	return f;
}

static X509 *cert(const char *name)
{
	FILE *f = open_made(name, "r");
	X509 *c = PEM_read_X509(f, NULL, NULL, NULL);
	fclose(f);
	assert_non_null(c);
	return c;
}

static bool same_cert(const char *name, const X509 *before)
{
	X509 *now = cert(name);
	bool same = X509_cmp(now, before) == 0;
	X509_free(now);
	return same;
}

/* The server's certificate, checked as a client would, against the authority in ca.pem. */
static bool trusted_for(const char *host, bool address)
{
	X509 *ca = cert("ca.pem"), *server = cert("server.pem");
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_STORE_add_cert(store, ca);
	X509_STORE_CTX_init(ctx, store, server, NULL);
	X509_STORE_CTX_set_purpose(ctx, X509_PURPOSE_SSL_SERVER);
	bool good = X509_verify_cert(ctx) == 1 &&
		(address ? X509_check_ip_asc(server, host, 0) : X509_check_host(server, host, 0, 0, NULL)) == 1;
	X509_STORE_CTX_free(ctx);
	X509_STORE_free(store);
	X509_free(ca);
	X509_free(server);
	return good;
}

static void certificates_are_made_once_and_trusted(void **state)
{
	struct error err;
	struct stat st;
	assert_non_null(mkdtemp(dir));
	assert_true(tls_self_signed(dir, NULL, &err));
	for (size_t i = 0; i < COUNT(made); i++) {
		char *path = xasprintf("%s/%s", dir, made[i]);
		assert_int_equal(stat(path, &st), 0);
		CHECK_INT(made[i], st.st_mode & 0777, 0600);
		free(path);
	}
	assert_true(trusted_for("127.0.0.1", true));
	assert_true(trusted_for("::1", true));
	assert_true(trusted_for("localhost", false));
	assert_false(trusted_for("kring.example", false));
	X509 *ca = cert("ca.pem"), *server = cert("server.pem");
	assert_true(tls_self_signed(dir, NULL, &err));
	assert_true(same_cert("server.pem", server));
	assert_true(tls_self_signed(dir, "kring.example", &err));
	assert_false(same_cert("server.pem", server));
	assert_true(same_cert("ca.pem", ca));
	assert_true(trusted_for("kring.example", false));
	X509_free(ca);
	X509_free(server);
}

static void what_is_broken_is_made_again(void **state)
{
	struct error err;
	X509 *ca = cert("ca.pem");
	FILE *f = open_made("server.pem", "w");
	fputs("no certificate", f);
	fclose(f);
	assert_true(tls_self_signed(dir, NULL, &err));
	assert_true(trusted_for("localhost", false));
	f = open_made("ca.key", "w");
	fclose(f);
	assert_true(tls_self_signed(dir, NULL, &err));
	assert_false(same_cert("ca.pem", ca));
	assert_true(trusted_for("localhost", false));
	X509_free(ca);
}

static void a_host_name_adds_no_other_names(void **state)
{
	static const char *const bad[] = {"", "a b", "x,DNS:evil.example", "x\n", "*"};
	struct error err;
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_false(tls_self_signed(dir, bad[i], &err));
		CHECK_INT(bad[i], err.kind, ERR_INVALID);
	}
	for (size_t i = 0; i < COUNT(made); i++) {
		char *path = xasprintf("%s/%s", dir, made[i]);
		unlink(path);
		free(path);
	}
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificates_are_made_once_and_trusted),
		cmocka_unit_test(what_is_broken_is_made_again),
		cmocka_unit_test(a_host_name_adds_no_other_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
