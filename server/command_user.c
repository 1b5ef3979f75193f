#include "command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth.h"
#include "clock.h"
#include "file.h"
#include "forum_review.h"
#include "forum_user.h"
#include "key_request.h"
#include "password.h"
#include "random.h"
#include "sha.h"
#include "str.h"
#include "text.h"
#include "totp.h"

/* What the commands about one member were given. */
struct user_words {
	const char *dir, *verb, *username, *name, *email;
	bool admin, password_stdin;
};

static const struct option longs[] = {
	{"data", required_argument, NULL, 'd'}, {"name", required_argument, NULL, 'n'},
	{"email", required_argument, NULL, 'e'}, {"admin", no_argument, NULL, 'a'},
	{"password-stdin", no_argument, NULL, 'p'}, {0}};

static bool wrong(struct error *err, const char *sentence, const char *todo)
{
	fail(err, ERR_INVALID, "%s", sentence);
	error_advise(err, _("Nothing is changed."), todo);
	return false;
}

static bool words_parse(struct user_words *u, int argc, char **argv, struct error *err)
{
	*u = (struct user_words){0};
	opterr = 0;
	for (int c; (c = getopt_long(argc, argv, "", longs, NULL)) != -1;)
		switch (c) {
		case 'd':
			u->dir = optarg;
			break;
		case 'n':
			u->name = optarg;
			break;
		case 'e':
			u->email = optarg;
			break;
		case 'a':
			u->admin = true;
			break;
		case 'p':
			u->password_stdin = true;
			break;
		default:
			return fail(err, ERR_INVALID, _("%s is not an option here, or needs a value."), argv[optind - 1]);
		}
	return str_empty(u->dir) ? fail(err, ERR_INVALID, _("Say where the community is: --data DIR.")) : true;
}

/* The first line of stdin. */
static bool read_password(char out[PASSWORD_HASH_BYTES], struct error *err)
{
	struct sbuf text = {0};
	bool ok = file_read_fd(STDIN_FILENO, 4096, &text, err);
	if (ok) {
		char *line = text.p;
		line[strcspn(line, "\r\n")] = '\0';
		ok = password_hash(line, out, err);
		explicit_bzero(text.p, text.n);
	}
	sbuf_fini(&text);
	return ok;
}

static bool add_user(struct sql *db, const struct user_words *u, struct error *err)
{
	char password[PASSWORD_HASH_BYTES];
	int64_t id;
	if (!u->password_stdin)
		return wrong(err, _("The password comes from the input."), _("Add --password-stdin."));
	if (!read_password(password, err))
		return false;
	struct arena mem = {0};
	struct forum f = {.db = db, .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	struct new_user n = {.username = u->username, .name = u->name, .email = u->email, .password = password,
		.admin = u->admin, .trust_level = 1};
	bool ok = sql_begin(db, err) && forum_user_create(&f, &n, &id, err) && sql_commit(db, err);
	if (!ok)
		sql_rollback(db);
	arena_fini(&mem);
	return ok;
}

static bool add_totp(struct sql *db, const struct user_words *u, struct error *err)
{
	char secret[TOTP_SECRET_TEXT];
	totp_secret_new(secret);
	if (!sql_run(db, err, "UPDATE user SET totp_secret = ? WHERE username = ?", "ss", secret, u->username))
		return false;
	if (sql_changes(db) != 1)
		return fail(err, ERR_NOT_FOUND, _("There is no member %s."), u->username);
	printf("%s\n", secret);
	return true;
}

static bool unsilence(struct sql *db, const struct user_words *u, struct error *err)
{
	int64_t id = forum_user_id(db, u->username);
	struct forum f = {.db = db};
	if (id <= 0)
		return fail(err, ERR_NOT_FOUND, _("There is no member %s."), u->username);
	return forum_user_unsilence(&f, id, err);
}

static const struct verb {
	const char *name;
	bool (*run)(struct sql *db, const struct user_words *u, struct error *err);
} verbs[] = {{"add", add_user}, {"totp", add_totp}, {"unsilence", unsilence}};

static const struct verb *verb_named(const char *name)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

int command_user(int argc, char **argv)
{
	struct user_words u;
	struct error err;
	bool good = words_parse(&u, argc, argv, &err);
	const struct verb *verb = good && optind + 2 == argc ? verb_named(argv[optind]) : NULL;
	if (good && verb == NULL)
		wrong(&err, _("Say what to do with which member."), _("For example: kringd user --data DIR add NAME."));
	if (verb == NULL) {
		command_failed(&err);
		return EXIT_USAGE;
	}
	u.username = argv[optind + 1];
	struct sql *db = command_open_data(u.dir, OPEN_EXISTING, &err);
	bool ok = db != NULL && verb->run(db, &u, &err);
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}

static bool print_user_key(struct sql *db, const char *username, struct error *err)
{
	char key[AUTH_KEY_HEX], id[37];
	int64_t user_id = forum_user_id(db, username);
	if (user_id == 0)
		return fail(err, ERR_NOT_FOUND, _("There is no member %s."), username);
	random_uuid(id);
	struct key_request k = {.application_name = "kringd key", .client_id = id, .scopes = "read,write"};
	if (!key_make(db, user_id, &k, clock_now_ms(), key, err))
		return false;
	printf("%s\n", key);
	return true;
}

/* For any member, with Api-Username. */
static bool print_admin_key(struct sql *db, struct error *err)
{
	char key[AUTH_TOKEN_HEX], hash[SHA256_HEX];
	random_hex(key, 32);
	sha256_hex(key, strlen(key), hash);
	if (!sql_run(db, err, "INSERT INTO admin_key (key_hash, description, created_ms) VALUES (?, 'kringd key',"
			" ?)", "si", hash, clock_now_ms()))
		return false;
	printf("%s\n", key);
	return true;
}

int command_key(int argc, char **argv)
{
	struct user_words u;
	struct error err;
	bool good = words_parse(&u, argc, argv, &err);
	if (good && optind + (u.admin ? 0 : 1) != argc)
		good = wrong(&err, _("Say for which member the key is."), _("For example: kringd key --data DIR NAME."));
	if (!good) {
		command_failed(&err);
		return EXIT_USAGE;
	}
	struct sql *db = command_open_data(u.dir, OPEN_EXISTING, &err);
	bool ok = db != NULL && (u.admin ? print_admin_key(db, &err) : print_user_key(db, argv[optind], &err));
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}
