#include "doctor.h"

#include <stdlib.h>

#include "file.h"
#include "str.h"
#include "text.h"

static const int64_t MostAheadMs = 5LL * 60 * 1000;

static void add_no_key(struct findings *f, const char *says)
{
	finding_add(f, FINDING_TROUBLE, "key", _("Your log-in"), _("Log in again with: kring login ADDRESS"),
		"%s", says);
}

static void check_key(struct findings *f, const struct site_check *c)
{
	if (!c->has_key)
		add_no_key(f, _("The key on this computer cannot be used."));
	else if (!c->key_good)
		add_no_key(f, _("The community does not know this key any more."));
	else if (!c->may_write)
		finding_add(f, FINDING_NOTE, "key", _("Your log-in"), _("Log in again to get a key that may write."), "%s",
			_("The key is good for reading only."));
	else
		finding_add(f, FINDING_GOOD, "key", _("Your log-in"), NULL, "%s",
			_("The key is good for reading and writing."));
}

static void check_features(struct findings *f, const struct site_check *c)
{
	finding_add(f, c->events ? FINDING_GOOD : FINDING_NOTE, "events", _("Calendar"),
		c->events ? NULL : _("The organiser can switch on the calendar of Discourse."), "%s",
		!c->events ? _("The community has no calendar.")
			: c->can_create_event ? _("You may make meetings.") : _("You can sign up for meetings."));
	finding_add(f, FINDING_GOOD, "polls", _("Polls"), NULL, "%s",
		c->polls ? _("The community has polls.") : _("The community has no polls."));
	finding_add(f, c->directory ? FINDING_GOOD : FINDING_NOTE, "directory", _("Members"), NULL, "%s",
		c->directory ? _("The list of members can be read.")
		: _("The community does not show its list of members."));
}

/* Not the error's own words: they may name the community. */
static void add_unreached(struct findings *f, const struct error *why)
{
	switch (why->kind) {
	case ERR_OFFLINE:
		finding_add(f, FINDING_TROUBLE, "site", _("Community"),
			_("Look at your connection. Then try: kring sync"), "%s", _("It cannot be reached."));
		break;
	case ERR_TLS:
		finding_add(f, FINDING_TROUBLE, "site", _("Community"),
			_("Look at the clock of this computer. Is it right? Then ask the organiser."), "%s",
			_("Its certificate cannot be trusted."));
		break;
	case ERR_LIMIT:
		finding_add(f, FINDING_NOTE, "site", _("Community"), _("Try again in a few minutes."), "%s",
			_("It asks kring to wait."));
		break;
	default:
		finding_add(f, FINDING_TROUBLE, "site", _("Community"),
			_("Ask the organiser whether the address is still right."),
			"%s", _("It gave an answer that kring cannot use."));
	}
}

static void add_site(struct findings *f, const struct site_check *c, bool key_here)
{
	finding_add(f, c->readonly ? FINDING_NOTE : FINDING_GOOD, "site", _("Community"), NULL, "%s",
		c->readonly ? _("It answers, and takes no changes at the moment.") : _("It answers."));
	if (c->has_clock && llabs((long long)c->ahead_ms) > MostAheadMs)
		finding_add(f, FINDING_NOTE, "site_clock", _("Clock of the community"),
			_("Set the clock of this computer."),
			_("It differs %lld minutes from yours."), llabs((long long)c->ahead_ms) / 60000);
	if (c->unanswered != ERR_NONE)
		finding_add(f, FINDING_NOTE, "site_rest", _("Key and settings"), _("Try again in a few minutes."), "%s",
			c->unanswered == ERR_LIMIT ? _("The community asks kring to wait.")
			: _("The community did not answer everything."));
	else if (key_here)
		check_key(f, c);
	if (c->has_settings)
		check_features(f, c);
}

static void ask_site(struct findings *f, const struct program *p, bool key_here)
{
	struct error err;
	struct site_check c;
	const struct sync_module *m = network_module(&err);
	if (m == NULL) {
		finding_add(f, FINDING_TROUBLE, "network", _("Network part"), error_todo(&err), "%s", err.what);
		return;
	}
	struct sync_options o = network_options(p->account, &p->config);
	if (m->check(&o, &c, &err))
		add_site(f, &c, key_here);
	else
		add_unreached(f, &err);
}

/* Or a command that prints it. */
static bool is_key_here(const struct account *acc)
{
	struct arena mem = {0};
	bool has = !str_empty(acc->key_command) || file_exists(account_path(acc, "key", &mem));
	arena_fini(&mem);
	return has;
}

void doctor_site(struct findings *f, const struct program *p)
{
	if (p->account == NULL)
		return;
	bool key_here = is_key_here(p->account);
	if (!key_here)
		add_no_key(f, _("There is no key on this computer."));
	if (p->offline)
		finding_add(f, FINDING_NOTE, "site", _("Community"), NULL, "%s",
			_("It was not asked, because of --offline."));
	else
		ask_site(f, p, key_here);
}
