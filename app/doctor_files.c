#include "doctor.h"

#include "private_files.h"
#include "store.h"
#include "text.h"

static void check_private(struct findings *f, const struct account *acc)
{
	enum private_files found = private_files_check(acc);
	bool good = found == PRIVATE_FILES_GOOD;
	finding_add(f, good ? FINDING_GOOD : FINDING_TROUBLE, "private", _("Private files"),
		private_files_advice(found), "%s", good ? _("Only you can read them.") : private_files_says(found));
}

/* What cannot be opened is named elsewhere: its path has the community in it. */
static void add_bad_store(struct findings *f, const struct error *why)
{
	bool damaged = why->kind == ERR_CORRUPT;
	finding_add(f, FINDING_TROUBLE, "store", _("Copy on this computer"),
		damaged ? _("Move kring.sqlite under ~/.local/share/kring to another folder. Then: kring sync")
			: _("This names the file, and what you can do: kring today"), "%s",
		damaged ? why->what : _("It cannot be opened."));
}

static void check_store(struct findings *f, const struct program *p)
{
	struct error err = {.kind = ERR_NONE};
	if (p->store == NULL && p->store_error.kind == ERR_NOT_FOUND)
		finding_add(f, FINDING_NOTE, "store", _("Copy on this computer"), _("Fetch with: kring sync"), "%s",
			_("Nothing has been fetched yet."));
	else if (p->store == NULL)
		add_bad_store(f, &p->store_error);
	else if (!store_check(p->store, &err))
		add_bad_store(f, &err);
	else
		finding_add(f, FINDING_GOOD, "store", _("Copy on this computer"), NULL, _("It is whole: %lld KB."),
			(long long)(store_bytes(p->store) + 1023) / 1024);
}

void doctor_files(struct findings *f, const struct program *p)
{
	if (p->account == NULL) {
		finding_add(f, FINDING_NOTE, "account", _("Community"), _("Log in with: kring login ADDRESS"), "%s",
			_("kring does not know a community yet."));
		return;
	}
	check_private(f, p->account);
	check_store(f, p);
}
