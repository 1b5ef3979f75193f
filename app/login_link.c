#include "login_link.h"

#include <string.h>
#include <strings.h>

#include "outbox_link.h"
#include "stack.h"
#include "str.h"
#include "text.h"

static void link_end(void *self)
{
	login_link_end(self);
}

void login_link_end(struct program *p)
{
	if (p->login != NULL)
		p->network.module->login_end(p->login);
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

static void link_start(void *self, enum login_port_method method, const char *address, const char *username,
	const char *password)
{
	struct program *p = self;
	struct error err;
	static const enum login_method methods[] = {LOGIN_BY_DEVICE, LOGIN_BY_PASSWORD, LOGIN_BY_PASTE};
	login_link_end(p);
	arena_reset(&p->login_mem);
	p->network.module = network_module(&err);
	if (p->network.module == NULL) {
		stack_say_error(p->ctx.stack, &err);
		return;
	}
	p->new_account = login_account(address, str_or_empty(username), NULL, &p->login_mem);
	struct login_request r = {.address = address, .ca_file = p->new_account.ca_file, .client_id = p->new_account.client_id,
		.method = methods[method], .username = username, .secret = password};
	p->login = p->network.module->login_start(&r, p->network.wake_write, &err);
	if (p->login == NULL)
		stack_say_error(p->ctx.stack, &err);
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
	return (struct login_port_view){.stage = stages[v.stage], .site_title = v.site_title, .code = v.code, .url = v.url,
		.username = v.username, .again = v.again, .error = v.error};
}

static void link_give(void *self, const char *text)
{
	struct program *p = self;
	if (p->login != NULL)
		p->network.module->login_give(p->login, text);
}

/* The account as it turned out to be: the address after redirects, the name the site knows. */
static bool link_keep(void *self, struct error *err)
{
	struct program *p = self;
	struct arena a = {0};
	struct login_view v = p->network.module->login_view(p->login, &a);
	struct account made = account_make(v.base_url, v.username, p->new_account.ca_file, &p->mem);
	made.client_id = arena_strdup(&p->mem, p->new_account.client_id);
	struct sync_options o = network_options(&made, &p->config);
	bool ok = account_save(&made, err) && p->network.module->keep_key(&o, v.key, err);
	arena_fini(&a);
	if (!ok)
		return false;
	struct account *kept = ARENA_NEW(&p->mem, struct account);
	*kept = made;
	program_use(p, kept);
	if (network_start(&p->network, kept, &p->config, false, err)) {
		p->ctx.waiting = true;
		p->host.outbox = &outbox_link_port;
		network_post(&p->network, &(struct sync_intent){.kind = SYNC_NOW});
	}
	return true;
}

const struct login_port login_link_port = {
	.start = link_start, .view = link_view, .give = link_give, .end = link_end, .keep = link_keep,
};
