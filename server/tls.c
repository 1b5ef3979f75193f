#include "tls.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "file.h"
#include "mem.h"
#include "random.h"
#include "text.h"

enum { CaDays = 3650, ServerDays = 397, MarginDays = 30, DayS = 24 * 60 * 60, MaxPem = 65536 };

/* A certificate with its key. */
struct identity {
	X509 *cert;
	EVP_PKEY *key;
};

static void identity_free(struct identity *i)
{
	X509_free(i->cert);
	EVP_PKEY_free(i->key);
	*i = (struct identity){0};
}

static bool crypto_failed(struct error *err)
{
	char words[200] = "";
	ERR_error_string_n(ERR_get_error(), words, sizeof words);
	ERR_clear_error();
	fail(err, ERR_TLS, _("Cannot make the certificate."));
	error_detail(err, "%s", words);
	return false;
}

static BIO *bio_of_file(const char *dir, const char *name)
{
	struct sbuf text = {0};
	char *path = xasprintf("%s/%s", dir, name);
	BIO *bio = NULL;
	if (file_read(path, MaxPem, &text, NULL)) {
		bio = BIO_new(BIO_s_mem());
		BIO_write(bio, sbuf_str(&text), (int)text.n);
	}
	sbuf_fini(&text);
	free(path);
	return bio;
}

static bool write_bio(const char *dir, const char *name, BIO *bio, struct error *err)
{
	char *path = xasprintf("%s/%s", dir, name), *data;
	long n = BIO_get_mem_data(bio, &data);
	bool ok = file_write(path, data, (size_t)n, err);
	free(path);
	return ok;
}

/* Both files readable, belonging together and valid for a month more. */
static bool identity_load(struct identity *i, const char *dir, const char *cert_name, const char *key_name)
{
	BIO *cert = bio_of_file(dir, cert_name), *key = bio_of_file(dir, key_name);
	time_t soon = time(NULL) + MarginDays * DayS;
	if (cert != NULL && key != NULL) {
		i->cert = PEM_read_bio_X509(cert, NULL, NULL, NULL);
		i->key = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
	}
	BIO_free(cert);
	BIO_free(key);
	bool good = i->cert != NULL && i->key != NULL && X509_check_private_key(i->cert, i->key) == 1 &&
		X509_cmp_time(X509_get0_notAfter(i->cert), &soon) > 0 &&
		X509_cmp_current_time(X509_get0_notBefore(i->cert)) < 0;
	ERR_clear_error();
	if (!good)
		identity_free(i);
	return good;
}

static bool identity_save(const struct identity *i, const char *dir, const char *cert_name, const char *key_name,
	struct error *err)
{
	BIO *cert = BIO_new(BIO_s_mem()), *key = BIO_new(BIO_s_mem());
	bool ok = PEM_write_bio_X509(cert, i->cert) == 1 &&
		PEM_write_bio_PKCS8PrivateKey(key, i->key, NULL, NULL, 0, NULL, NULL) == 1;
	ok = ok ? write_bio(dir, key_name, key, err) && write_bio(dir, cert_name, cert, err) : crypto_failed(err);
	BIO_free(cert);
	BIO_free(key);
	return ok;
}

static bool add_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509V3_set_ctx_nodb(&ctx);
	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	bool ok = ext != NULL && X509_add_ext(cert, ext, -1) == 1;
	X509_EXTENSION_free(ext);
	return ok;
}

struct extension {
	int nid;
	const char *value;
};

/* A new key and a certificate for it, signed by `ca` or, when that is NULL, by itself. */
static bool identity_make(struct identity *i, const char *common_name, int days, const struct identity *ca,
	const struct extension *extension, int count)
{
	unsigned char serial[16];
	random_bytes(serial, sizeof serial);
	serial[0] = (serial[0] & 0x3f) | 0x40; /* positive and of a fixed length: RFC 5280, 4.1.2.2 */
	i->key = EVP_EC_gen("P-256");
	i->cert = X509_new();
	if (i->key == NULL || i->cert == NULL)
		return false;
	X509_NAME *name = X509_get_subject_name(i->cert);
	BIGNUM *number = BN_bin2bn(serial, sizeof serial, NULL);
	bool ok = X509_set_version(i->cert, X509_VERSION_3) == 1 &&
		BN_to_ASN1_INTEGER(number, X509_get_serialNumber(i->cert)) != NULL &&
		X509_gmtime_adj(X509_getm_notBefore(i->cert), -3600) != NULL &&
		X509_time_adj_ex(X509_getm_notAfter(i->cert), days, 0, NULL) != NULL &&
		X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0) == 1 &&
		X509_set_pubkey(i->cert, i->key) == 1;
	X509 *issuer = ca != NULL ? ca->cert : i->cert;
	ok = ok && X509_set_issuer_name(i->cert, X509_get_subject_name(issuer)) == 1;
	for (int e = 0; ok && e < count; e++)
		ok = add_extension(i->cert, issuer, extension[e].nid, extension[e].value);
	ok = ok && X509_sign(i->cert, ca != NULL ? ca->key : i->key, EVP_sha256()) > 0;
	BN_free(number);
	return ok;
}

static bool ca_ready(struct identity *ca, const char *dir, bool *made, struct error *err)
{
	static const struct extension extensions[] = {
		{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
		{NID_key_usage, "critical,keyCertSign,cRLSign"},
		{NID_subject_key_identifier, "hash"},
	};
	*made = false;
	if (identity_load(ca, dir, "ca.pem", "ca.key"))
		return true;
	*made = true;
	if (!identity_make(ca, "kringd", CaDays, NULL, extensions, COUNT(extensions)))
		return crypto_failed(err);
	return identity_save(ca, dir, "ca.pem", "ca.key", err);
}

static bool server_good(const char *dir, const struct identity *ca, const char *host)
{
	struct identity server = {0};
	bool good = identity_load(&server, dir, "server.pem", "server.key") && X509_verify(server.cert, ca->key) == 1 &&
		(host == NULL || X509_check_host(server.cert, host, 0, 0, NULL) == 1);
	ERR_clear_error();
	identity_free(&server);
	return good;
}

static bool server_make(const char *dir, const struct identity *ca, const char *host, struct error *err)
{
	char *names = xasprintf("IP:127.0.0.1,IP:::1,DNS:localhost%s%s", host != NULL ? ",DNS:" : "", host != NULL
		? host : "");
	const struct extension extensions[] = {
		{NID_basic_constraints, "critical,CA:FALSE"},
		{NID_key_usage, "critical,digitalSignature"},
		{NID_ext_key_usage, "serverAuth"},
		{NID_subject_key_identifier, "hash"},
		{NID_authority_key_identifier, "keyid:always"},
		{NID_subject_alt_name, names},
	};
	struct identity server = {0};
	bool ok = identity_make(&server, host != NULL ? host : "localhost", ServerDays, ca, extensions,
		COUNT(extensions));
	ok = ok ? identity_save(&server, dir, "server.pem", "server.key", err) : crypto_failed(err);
	identity_free(&server);
	free(names);
	return ok;
}

/* Letters, digits, dots and hyphens: the name goes into a list of names. */
static bool host_valid(const char *host)
{
	return host == NULL || (*host != '\0' && strlen(host) <= 253 &&
		host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] == '\0');
}

bool tls_self_signed(const char *dir, const char *host, struct error *err)
{
	struct identity ca = {0};
	bool made;
	if (!host_valid(host))
		return fail(err, ERR_INVALID, _("%s is not a host name."), host);
	bool ok = ca_ready(&ca, dir, &made, err) &&
		((!made && server_good(dir, &ca, host)) || server_make(dir, &ca, host, err));
	identity_free(&ca);
	return ok;
}
