#include "commands.h"

#include "file.h"
#include "site_store.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"
#include "when.h"

static void add_store(struct call *c, struct json *o)
{
	struct store *s = c->program->store;
	const struct site *site = site_store_get(s, &c->mem);
	struct sync_status sync = sync_store_status(s, &c->mem);
	struct sbuf when = {0};
	if (site != NULL) {
		json_add_string(o, "title", site->title);
		call_label(c, _("Community"), site->title);
	}
	call_add_time(o, "last_success", sync.last_success_ms);
	json_add_bool(o, "complete", sync.complete);
	json_add_string(o, "error", sync.error == ERR_NONE ? NULL : error_word(sync.error));
	json_add_int(o, "bytes", store_bytes(s));
	if (sync.last_success_ms != 0)
		when_moment(&when, sync.last_success_ms, c->program->ctx.zone);
	call_label(c, _("Last fetched"), when.n > 0 ? sbuf_str(&when) : _("never"));
	if (!sync.complete)
		call_line(c, "%s", _("Not everything is here yet. Run kring sync again."));
	json_add_bool(o, "older_under_way", sync.older);
	if (sync.older)
		call_line(c, "%s", _("Older posts are still being fetched."));
	int aside = sync_store_aside_count(s);
	json_add_int(o, "set_aside", aside);
	if (aside > 0)
		call_line(c, ngettext("The site cannot give %d topic. kring tries again later.",
			"The site cannot give %d topics. kring tries again later.", (unsigned long)aside), aside);
	if (sync.error != ERR_NONE)
		call_label(c, _("Last problem"), sync.error_what);
	sbuf_fini(&when);
}

static void add_accounts(struct call *c)
{
	const struct account *list;
	int count = account_list(&c->mem, &list);
	struct json *array = json_add_array(c->doc, "accounts");
	for (int i = 0; i < count; i++) {
		json_append_string(array, list[i].name);
		if (count > 1)
			call_label(c, _("Also here"), list[i].name);
	}
}

/* Whether there is a key to ask the site with; only the site knows whether it still holds. */
static bool has_key(struct call *c, const struct account *acc)
{
	return !str_empty(acc->key_command) || file_exists(account_path(acc, "key", &c->mem));
}

int status_run(struct call *c)
{
	struct error err;
	if (!call_rest(c, 0))
		return call_usage(c);
	if (!program_open(c->program, &err))
		return call_fail(c, &err);
	const struct account *acc = c->program->account;
	struct json *o = json_add_object(c->doc, "status");
	json_add_string(o, "site", acc->url);
	json_add_string(o, "username", acc->username);
	json_add_string(o, "name", acc->name);
	call_label(c, _("Address"), acc->url);
	json_add_bool(o, "logged_in", has_key(c, acc));
	call_label(c, _("Username"), acc->username);
	if (!has_key(c, acc))
		call_line(c, "%s", _("You are not logged in."));
	if (c->program->store != NULL)
		add_store(c, o);
	else if (c->program->store_error.kind != ERR_NOT_FOUND)
		return call_fail(c, &c->program->store_error);
	else
		call_line(c, "%s", _("Nothing has been fetched yet."));
	add_accounts(c);
	return EXIT_OK;
}
