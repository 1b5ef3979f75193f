#include "login_link.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "file.h"
#include "first_run.h"
#include "mem.h"
#include "outbox_link.h"
#include "paths.h"
#include "setting_link.h"
#include "stack.h"
#include "str.h"
#include "text.h"

enum { MaxCertificates = 1024 * 1024, LineWaitMs = 2000 };

static void link_end(void *self)
{
	login_link_end(self);
}

void login_link_end(struct program *p)
{
	char *secret = (char *)(uintptr_t)p->login_request.secret;
	if (p->login != NULL)
		p->network.module->login_end(p->login);
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	p->login_request = (struct login_request){0};
	p->login_kept = LOGIN_NOT_KEPT;
	p->login = NULL;
}

/* "https://host:port/path" -> "host:port" */
static const char *host_of(const char *address, struct arena *a)
{
	const char *after = strstr(address, "://"), *s = after == NULL ? address : after + 3;
	s += strspn(s, " ");
	return arena_strndup(a, s, strcspn(s, "/?# "));
}

struct account login_account(const char *address, const char *username, const char *ca_file, struct arena *a)
{
	const struct account *list;
	struct account acc = account_make(address, username, ca_file, a);
	const char *host = host_of(address, a);
	for (int i = account_list(a, &list) - 1; i >= 0; i--)
		if (strcasecmp(host_of(list[i].url, a), host) == 0) {
			acc.client_id = str_empty(list[i].client_id) ? acc.client_id : list[i].client_id;
			acc.ca_file = str_empty(ca_file) ? list[i].ca_file : acc.ca_file;
		}
	return acc;
}

static void say(struct program *p, const struct error *err)
{
	stack_say(p->ctx.stack, "%s %s %s", err->what, error_kept(err), error_todo(err));
}

/* The request that is kept, with the certificates of the account. */
static void start(struct program *p)
{
	struct error err;
	struct login_request *r = &p->login_request;
	r->ca_file = p->new_account.ca_file;
	r->client_id = p->new_account.client_id;
	p->network.module = network_module(&err);
	if (p->network.module == NULL) {
		say(p, &err);
		return;
	}
	p->login = p->network.module->login_start(r, p->network.wake_write, &err);
	if (p->login == NULL)
		say(p, &err);
}

static const char *copy(struct program *p, const char *text)
{
	return text == NULL ? NULL : arena_strdup(&p->login_mem, text);
}

static void link_start(void *self, enum login_port_method method, const char *address, const char *username,
	const char *password)
{
	struct program *p = self;
	static const enum login_method methods[] = {LOGIN_BY_DEVICE, LOGIN_BY_PASSWORD, LOGIN_BY_PASTE};
	login_link_end(p);
	arena_reset(&p->login_mem);
	p->new_account = login_account(address, str_or_empty(username), NULL, &p->login_mem);
	p->login_request = (struct login_request){.address = copy(p, address), .method = methods[method],
		.username = copy(p, username), .secret = copy(p, password)};
	start(p);
}

/* "~/ca.pem" -> absolute, in the arena; NULL when there is no such file. */
static const char *absolute(const char *typed, struct arena *a)
{
	const char *path = str_starts(typed, "~/") ? arena_printf(a, "%s/%s", paths_home(), typed + 2) : typed;
	char *real = realpath(path, NULL);
	const char *found = real == NULL ? NULL : arena_strdup(a, real);
	free(real);
	return found;
}

static bool has_certificate(const char *path, struct error *err)
{
	struct sbuf text = {0};
	bool ok = file_read(path, MaxCertificates, &text, err);
	if (ok && strstr(sbuf_str(&text), "-----BEGIN CERTIFICATE-----") == NULL) {
		ok = fail(err, ERR_INVALID, _("There is no certificate in the file %s."), path);
		error_advise(err, _("Nothing was sent."), _("Ask your organiser for a file that ends in .pem or .crt."));
	}
	sbuf_fini(&text);
	return ok;
}

static bool link_trust(void *self, const char *typed, struct error *err)
{
	struct program *p = self;
	const char *path = absolute(typed, &p->login_mem);
	if (path == NULL) {
		fail(err, ERR_NOT_FOUND, _("There is no file %s."), typed);
		error_advise(err, _("Nothing was sent."), _("Look where the file is, and type that."));
		return false;
	}
	if (!has_certificate(path, err))
		return false;
	p->network.module->login_end(p->login);
	p->new_account.ca_file = path;
	start(p);
	return true;
}

/* What the thread writes after a log-in. */
struct keeping {
	struct setting_task task;
	struct arena mem;
	struct account account;
	struct sync_options options;
	const struct sync_module *module;
	char *key;
};

static bool write_account(void *task, struct error *err)
{
	struct keeping *k = task;
	return account_save(&k->account, err) && k->module->keep_key(&k->options, k->key, err);
}

static void forget(struct setting_task *task)
{
	struct keeping *k = (struct keeping *)task;
	explicit_bzero(k->key, strlen(k->key));
	free(k->key);
	arena_fini(&k->mem);
	free(k);
}

static struct account *account_copy(const struct account *from, struct arena *a)
{
	struct account *to = ARENA_NEW(a, struct account);
	*to = (struct account){.url = arena_strdup(a, from->url), .username = arena_strdup(a, from->username),
		.ca_file = arena_strdup(a, from->ca_file), .key_command = arena_strdup(a, from->key_command),
		.client_id = arena_strdup(a, from->client_id), .name = arena_strdup(a, from->name),
		.dir = arena_strdup(a, from->dir)};
	return to;
}

static void open_account(struct program *p, const struct account *acc)
{
	struct error err;
	program_use(p, acc);
	if (!network_start(&p->network, acc, &p->config, false, &err)) {
		say(p, &err);
		return;
	}
	p->ctx.waiting = true;
	p->host.outbox = &outbox_link_port;
	network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOW});
}

/* With ok it is the account that is open. */
static void kept(struct program *p, struct setting_task *task, bool ok, const struct error *why)
{
	struct keeping *k = (struct keeping *)task;
	if (ok && first_run_step() != FIRST_RUN_DONE)
		setting_link_step(p, FIRST_RUN_DONE);
	if (ok)
		open_account(p, account_copy(&k->account, &p->mem));
	if (p->login_kept == LOGIN_IS_BEING_KEPT)
		p->login_kept = ok ? LOGIN_KEPT : LOGIN_CANNOT_BE_KEPT;
	p->login_why = *why;
	forget(task);
	stack_changed(p->ctx.stack, STORE_SITE);
}

/* The account as it turned out to be: the address after redirects, the name the site knows. */
static void keep(struct program *p, const struct login_view *v)
{
	struct keeping *k = xcalloc(1, sizeof *k);
	k->task = (struct setting_task){.write = write_account, .done = kept, .forget = forget};
	k->account = account_make(v->base_url, v->username, p->new_account.ca_file, &k->mem);
	k->account.client_id = arena_strdup(&k->mem, p->new_account.client_id);
	k->options = network_options(&k->account, &p->config);
	k->module = p->network.module;
	k->key = xstrdup(v->key);
	p->login_kept = LOGIN_IS_BEING_KEPT;
	setting_link_do(p, &k->task);
	if (p->text) {
		setting_link_wait(p, LineWaitMs);
		setting_link_tell(p);
	}
}

/* It is done when it is kept. */
static void follow_keeping(struct program *p, const struct login_view *v, struct login_port_view *out)
{
	if (p->login_kept == LOGIN_NOT_KEPT)
		keep(p, v);
	if (p->login_kept == LOGIN_IS_BEING_KEPT)
		out->stage = LOGIN_PORT_BUSY;
	if (p->login_kept != LOGIN_CANNOT_BE_KEPT)
		return;
	out->stage = LOGIN_PORT_FAILED;
	out->error = p->login_why;
}

static struct login_port_view link_view(void *self, struct arena *a)
{
	static const enum login_port_stage stages[] = {
		[LOGIN_STAGE_BUSY] = LOGIN_PORT_BUSY, [LOGIN_STAGE_CODE] = LOGIN_PORT_CODE,
		[LOGIN_STAGE_FACTOR] = LOGIN_PORT_FACTOR, [LOGIN_STAGE_PASTE] = LOGIN_PORT_PASTE_TEXT,
		[LOGIN_STAGE_DONE] = LOGIN_PORT_DONE, [LOGIN_STAGE_FAILED] = LOGIN_PORT_FAILED,
	};
	struct program *p = self;
	if (p->login == NULL)
		return (struct login_port_view){.stage = LOGIN_PORT_IDLE};
	struct login_view v = p->network.module->login_view(p->login, a);
	struct login_port_view out = {.stage = stages[v.stage], .site_title = v.site_title, .code = v.code,
		.url = v.url,
		.username = v.username, .again = v.again, .error = v.error};
	if (out.stage == LOGIN_PORT_FAILED && out.error.kind == ERR_OFFLINE && out.error.kept[0] == '\0')
		error_advise(&out.error, _("Nothing is changed."), _("Check the address and the connection. Try again."));
	if (v.stage == LOGIN_STAGE_DONE)
		follow_keeping(p, &v, &out);
	return out;
}

void login_link_wait(struct program *p)
{
	struct arena a = {0};
	while (p->login != NULL && p->network.module->login_view(p->login, &a).stage == LOGIN_STAGE_BUSY) {
		poll(&(struct pollfd){.fd = p->network.wake_read, .events = POLLIN}, 1, LineWaitMs);
		stack_changed(p->ctx.stack, network_changed(&p->network));
		arena_reset(&a);
	}
	arena_fini(&a);
}

static void link_give(void *self, const char *text)
{
	struct program *p = self;
	if (p->login != NULL)
		p->network.module->login_give(p->login, text);
}

const struct login_port login_link_port = {
	.start = link_start, .view = link_view, .give = link_give, .trust = link_trust, .end = link_end,
};
