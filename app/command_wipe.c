#include "commands.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "note_store.h"
#include "outbox_store.h"
#include "paths.h"
#include "private_files.h"
#include "str.h"
#include "text.h"
#include "typed.h"

enum { LockMs = 2000, MaxFolders = 8, MaxCalendarBytes = 64 * 1024 * 1024 };

/* Everything kring has of one community on this computer. */
struct holdings {
	int64_t bytes, drafts, waiting, notes;
	bool closed;          /* the copy cannot be read */
	const char *calendar; /* the file for other calendar programs; NULL: none that kring made */
};

static struct holdings *counted; /* nftw passes nothing on */

static int count_file(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	if (kind == FTW_F)
		counted->bytes += st->st_size;
	return 0;
}

static const char *calendar_file(struct call *c)
{
	static const char product[] = "-//kring//kring//EN";
	const char *path = c->program->config.calendar_file;
	struct sbuf text = {0};
	if (str_starts(path, "~/"))
		path = arena_printf(&c->mem, "%s%s", paths_home(), path + 1);
	bool ours = path[0] == '/' && file_read(path, MaxCalendarBytes, &text, NULL)
		&& strstr(sbuf_str(&text), product) != NULL;
	sbuf_fini(&text);
	return ours ? path : NULL;
}

static struct holdings count(struct call *c)
{
	struct holdings h = {.calendar = calendar_file(c)};
	struct store *s = c->program->store;
	h.closed = s == NULL && c->program->store_error.kind != ERR_NOT_FOUND;
	counted = &h;
	nftw(c->program->account->dir, count_file, MaxFolders, FTW_PHYS);
	if (s == NULL)
		return h;
	h.drafts = outbox_store_count(s, &(struct outbox_filter){.drafts = true});
	h.waiting = outbox_store_count(s, &(struct outbox_filter){.open = true});
	h.notes = note_store_count(s, NULL);
	return h;
}

static void show_texts(const struct holdings *h)
{
	if (h->closed) {
		fprintf(stderr, "  %s\n", _("your drafts and notes, which cannot be read now"));
		return;
	}
	fprintf(stderr, ngettext("  %lld draft\n", "  %lld drafts\n", (unsigned long)h->drafts), (long long)h->drafts);
	fprintf(stderr, ngettext("  %lld item that was not sent yet\n", "  %lld items that were not sent yet\n",
		(unsigned long)h->waiting), (long long)h->waiting);
	fprintf(stderr, ngettext("  %lld private note\n", "  %lld private notes\n", (unsigned long)h->notes),
		(long long)h->notes);
}

static void show(struct call *c, const struct holdings *h)
{
	const struct account *acc = c->program->account;
	struct json *o = json_add_object(c->doc, "wipe");
	json_add_string(o, "site", acc->url);
	json_add_string(o, "folder", acc->dir);
	json_add_int(o, "bytes", h->bytes);
	json_add_int(o, "drafts", h->drafts);
	json_add_int(o, "waiting", h->waiting);
	json_add_int(o, "notes", h->notes);
	json_add_string(o, "calendar_file", h->calendar);
	fprintf(stderr, "%s\n", _("This is removed from this computer:"));
	fprintf(stderr, "  %s\n  %s\n", acc->url, acc->dir);
	fprintf(stderr, _("  your key and the copy of the community (%lld KB)\n"), (long long)(h->bytes + 1023) / 1024);
	show_texts(h);
	if (h->calendar != NULL)
		fprintf(stderr, _("  the calendar file %s\n"), h->calendar);
	fprintf(stderr, "%s\n", _("What the community has of you stays there."));
	if (private_files_check(acc) != PRIVATE_FILES_GOOD)
		fprintf(stderr, "%s\n", _("Others on this computer may have read these files."));
}

/* Doing nothing is what happens by itself. */
static bool agreed(struct call *c, bool yes)
{
	struct sbuf typed = {0};
	if (yes)
		return true;
	if (!isatty(STDIN_FILENO)) {
		fprintf(stderr, "%s\n", _("Nothing was removed. To remove it: kring wipe --yes"));
		return false;
	}
	fprintf(stderr, _("Type %s to remove all this, or press Enter to keep it: "), _("remove"));
	bool ok = typed_line(&typed, 100, false) && strcmp(sbuf_str(&typed), _("remove")) == 0;
	sbuf_fini(&typed);
	if (!ok)
		fprintf(stderr, "%s\n", _("Nothing was removed."));
	return ok;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	return remove(path);
}

static bool remove_folder(const char *dir, struct error *err)
{
	if (nftw(dir, remove_one, MaxFolders, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) == 0) {
		char *site = paths_join(dir, "..");
		rmdir(site); /* goes only when no other account of the site is in it */
		free(site);
		return true;
	}
	fail(err, ERR_IO, _("Not everything could be removed from %s."), dir);
	error_detail(err, "%s", strerror(errno));
	error_advise(err, _("What is left there was not changed."), _("Remove the folder yourself."));
	return false;
}

/* The site forgets the key; without a connection the member is told how. */
static void leave_site(struct call *c)
{
	struct error err;
	struct sync_options o = network_options(c->program->account, &c->program->config);
	const struct sync_module *m = c->program->offline ? NULL : network_module(&err);
	if (m == NULL || !m->logout(&o, &err))
		fprintf(stderr, "%s\n", _("The community could not be told. Remove kring there, under your apps."));
}

/* The next start does not look for what is gone. */
static void forget_last(struct call *c)
{
	const struct account *list;
	struct error err;
	char *data = paths_data_dir(), *last = paths_join(data, "last");
	if (account_list(&c->mem, &list) > 0)
		account_use(&list[0], &err);
	else
		file_remove(last, &err);
	free(last);
	free(data);
}

static bool wipe(struct call *c, const struct holdings *h, struct error *err)
{
	const char *dir = c->program->account->dir;
	int lock = file_lock(account_path(c->program->account, "sync.lock", &c->mem), LockMs, err);
	if (lock < 0)
		return false;
	leave_site(c);
	store_close(c->program->store);
	c->program->store = c->program->ctx.store = NULL;
	bool ok = remove_folder(dir, err) && (h->calendar == NULL || file_remove(h->calendar, err));
	close(lock);
	if (ok)
		forget_last(c);
	return ok;
}

int wipe_run(struct call *c)
{
	struct error err;
	bool yes = call_flag(c, "--yes");
	if (!call_rest(c, 0))
		return call_usage(c);
	if (!program_open(c->program, &err))
		return call_fail(c, &err);
	struct holdings h = count(c);
	show(c, &h);
	if (!agreed(c, yes))
		return EXIT_FAILED;
	if (!wipe(c, &h, &err))
		return call_fail(c, &err);
	json_add_bool(c->doc, "removed", true);
	call_line(c, "%s", _("Everything of this community is removed from this computer."));
	return EXIT_OK;
}
