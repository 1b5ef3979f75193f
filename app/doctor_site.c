#include "doctor.h"

#include <stdlib.h>

#include "text.h"

static const int64_t MostAheadMs = 5LL * 60 * 1000;

static void check_key(struct findings *f, const struct site_check *c)
{
	if (!c->has_key)
		finding_add(f, FINDING_TROUBLE, "key", _("Your log-in"), _("Log in again with: kring login ADDRESS"), "%s",
			_("There is no key on this computer."));
	else if (!c->key_good)
		finding_add(f, FINDING_TROUBLE, "key", _("Your log-in"), _("Log in again with: kring login ADDRESS"), "%s",
			_("The community does not know this key any more."));
	else if (!c->may_write)
		finding_add(f, FINDING_NOTE, "key", _("Your log-in"), _("Log in again to get a key that may write."), "%s",
			_("The key is good for reading only."));
	else
		finding_add(f, FINDING_GOOD, "key", _("Your log-in"), NULL, "%s", _("The key is good for reading and writing."));
}

static void check_features(struct findings *f, const struct site_check *c)
{
	if (!c->has_settings)
		return;
	finding_add(f, c->events ? FINDING_GOOD : FINDING_NOTE, "events", _("Calendar"),
		c->events ? NULL : _("The organiser can switch on the calendar of Discourse."), "%s",
		!c->events ? _("The community has no calendar.")
			: c->can_create_event ? _("You may make meetings.") : _("You can sign up for meetings."));
	finding_add(f, FINDING_GOOD, "polls", _("Polls"), NULL, "%s",
		c->polls ? _("The community has polls.") : _("The community has no polls."));
	finding_add(f, c->directory ? FINDING_GOOD : FINDING_NOTE, "directory", _("Members"), NULL, "%s",
		c->directory ? _("The list of members can be read.") : _("The community does not show its list of members."));
}

void doctor_site(struct findings *f, const struct program *p)
{
	struct error err;
	struct site_check c;
	if (p->account == NULL || p->offline)
		return;
	const struct sync_module *m = network_module(&err);
	if (m == NULL) {
		finding_add(f, FINDING_TROUBLE, "network", _("Network part"), error_todo(&err), "%s", err.what);
		return;
	}
	struct sync_options o = network_options(p->account, &p->config);
	if (!m->check(&o, &c, &err)) {
		/* Not err.what: it may name the community. */
		finding_add(f, FINDING_TROUBLE, "site", _("Community"), _("Look at your connection. Then try: kring sync"), "%s",
			err.kind == ERR_OFFLINE ? _("It cannot be reached.")
				: err.kind == ERR_TLS ? _("Its certificate cannot be trusted.") : _("It gave an answer that kring cannot use."));
		return;
	}
	finding_add(f, c.readonly ? FINDING_NOTE : FINDING_GOOD, "site", _("Community"), NULL, "%s",
		c.readonly ? _("It answers, and takes no changes at the moment.") : _("It answers."));
	if (c.has_clock && llabs((long long)c.ahead_ms) > MostAheadMs)
		finding_add(f, FINDING_NOTE, "site_clock", _("Clock of the community"), _("Set the clock of this computer."),
			_("It differs %lld minutes from yours."), llabs((long long)c.ahead_ms) / 60000);
	check_key(f, &c);
	check_features(f, &c);
}
