#include "password.h"

#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "sha.h"
#include "text.h"

_Static_assert(PASSWORD_HASH_BYTES >= CRYPT_OUTPUT_SIZE, "room for every crypt string");

/* No password has this hash; it costs as much as a real one. */
static const char nobody[] = "$y$j9T$Yk9dXwfgCkq6XfvDUhyTR1$5tCSSN1bwp4JJ8jPgUcsEkp0fkgsKAs.IcGJxPxUhV5";

/* False when crypt refuses. The scratch memory is wiped. */
static bool crypt_into(const char *password, const char *setting, char out[PASSWORD_HASH_BYTES])
{
	struct crypt_data *data = xcalloc(1, sizeof *data);
	const char *hash = crypt_rn(password, setting, data, sizeof *data);
	bool ok = hash != NULL;
	if (ok)
		memcpy(out, hash, strlen(hash) + 1);
	explicit_bzero(data, sizeof *data);
	free(data);
	return ok;
}

bool password_hash(const char *password, char out[PASSWORD_HASH_BYTES], struct error *err)
{
	char salt[CRYPT_GENSALT_OUTPUT_SIZE];
	if (strlen(password) < PASSWORD_MIN)
		return fail(err, ERR_INVALID, _("The password is too short. Use %d characters or more."), PASSWORD_MIN);
	if (strlen(password) > PASSWORD_MAX)
		return fail(err, ERR_INVALID, _("The password is too long. The most is %d characters."), PASSWORD_MAX);
	if (crypt_gensalt_rn("$y$", 0, NULL, 0, salt, sizeof salt) == NULL || !crypt_into(password, salt, out)) {
		fail(err, ERR_IO, _("The password cannot be stored safely on this system."));
		error_detail(err, "crypt: %s", strerror(errno));
		return false;
	}
	return true;
}

bool password_matches(const char *hash, const char *password)
{
	char got[PASSWORD_HASH_BYTES];
	const char *want = hash != NULL ? hash : nobody;
	if (strlen(password) > PASSWORD_MAX || !crypt_into(password, want, got))
		return false;
	size_t n = strlen(want);
	return hash != NULL && strlen(got) == n && secret_equal(got, want, n);
}
