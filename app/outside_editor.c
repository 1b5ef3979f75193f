#include "outside_editor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "editor.h"
#include "file.h"
#include "mem.h"
#include "outside_process.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

static bool is_in_path(const char *program)
{
	char *path = xstrdup(str_or_empty(getenv("PATH"))), *rest = path;
	bool found = false;
	for (char *dir; !found && (dir = strsep(&rest, ":")) != NULL;) {
		char *file = xasprintf("%s/%s", *dir == '\0' ? "." : dir, program);
		found = access(file, X_OK) == 0;
		free(file);
	}
	free(path);
	return found;
}

char *outside_editor_command(const char *configured)
{
	static const char *const usual[] = {"sensible-editor", "editor", "nano", "vi"};
	const char *asked[] = {configured, getenv("VISUAL"), getenv("EDITOR")};
	for (size_t i = 0; i < COUNT(asked); i++)
		if (!str_empty(asked[i]))
			return xstrdup(asked[i]);
	for (size_t i = 0; i < COUNT(usual); i++)
		if (is_in_path(usual[i]))
			return xstrdup(usual[i]);
	return NULL;
}

/* The folder of one text, with whatever the editor puts beside it. */
struct desk {
	char *dir, *file;
};

static bool desk_make(struct desk *d, const char *parent, const char *text, struct error *err)
{
	*d = (struct desk){.dir = xasprintf("%s/edit-XXXXXX", parent)};
	if (!dir_make_private(parent, err))
		return false;
	if (mkdtemp(d->dir) == NULL) {
		fail(err, ERR_IO, _("The text cannot be given to your editor."));
		error_detail(err, "%s: %s", d->dir, strerror(errno));
		return false;
	}
	d->file = xasprintf("%s/text.md", d->dir);
	return file_write(d->file, text, strlen(text), err);
}

static void desk_remove(const struct desk *d)
{
	DIR *dir = opendir(d->dir);
	for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
		unlinkat(dirfd(dir), e->d_name, 0);
	if (dir != NULL)
		closedir(dir);
	rmdir(d->dir);
}

static void desk_free(struct desk *d)
{
	free(d->dir);
	free(d->file);
}

/* -1 when it is no file of the member's any more. */
static int open_text(const struct desk *d)
{
	struct stat st;
	int fd = d->file == NULL ? -1 : open(d->file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid())
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Editors end the last line; a text that had no such end gets none. */
static void drop_last_end(const char *before, struct sbuf *text)
{
	if (text->n > 0 && text->p[text->n - 1] == '\n' && !str_ends(before, "\n"))
		sbuf_truncate(text, text->n - 1);
}

static bool read_back(const struct desk *d, const char *before, struct sbuf *out, struct error *err)
{
	int fd = open_text(d);
	bool ok = true;
	if (fd < 0)
		ok = fail(err, ERR_NOT_FOUND, _("The file with your text is gone."));
	else if (!file_read_fd(fd, EDITOR_BYTES, out, NULL))
		ok = fail(err, ERR_INVALID, _("The text from your editor is too long."));
	else if (!utf8_valid(sbuf_str(out), out->n) || strlen(sbuf_str(out)) != out->n)
		ok = fail(err, ERR_INVALID, _("The text from your editor is not UTF-8 text."));
	if (fd >= 0)
		close(fd);
	drop_last_end(before, out);
	return ok;
}

static bool check_end(int status, int ended, const char *program, struct error *err)
{
	if (ended == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return fail(err, ERR_CANCELLED, _("Your editor did not end well: %s."), program);
}

/* Such as the swap file of an editor that was ended. */
static bool has_more_files(const struct desk *d)
{
	DIR *dir = opendir(d->dir);
	int n = 0;
	for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && strcmp(e->d_name, "text.md") != 0;
	if (dir != NULL)
		closedir(dir);
	return n > 0;
}

/* After a failure the folder stays when there may be another text in it than kring has. */
static void keep_other_text(const struct desk *d, const char *before, struct error *err)
{
	struct sbuf now = {0};
	char kept[sizeof err->kept];
	int fd = open_text(d);
	bool same = fd < 0 || (file_read_fd(fd, EDITOR_BYTES, &now, NULL) && strcmp(sbuf_str(&now), before) == 0);
	if (!same || has_more_files(d)) {
		snprintf(kept, sizeof kept, _("The text in kring is as it was. The other one is in %s."), d->file);
		utf8_cut_partial(kept);
	} else {
		snprintf(kept, sizeof kept, "%s", _("Your text is as it was."));
		desk_remove(d);
	}
	if (fd >= 0)
		close(fd);
	error_advise(err, kept, _("Write on here, or choose another program with the setting editor."));
	sbuf_fini(&now);
}

static bool edit(char **argv, int words, const struct desk *d, const char *text, struct sbuf *out,
	struct error *err)
{
	int status, ended;
	argv[words] = d->file;
	argv[words + 1] = NULL;
	if (!outside_run(argv, &status, &ended)) {
		fail(err, ERR_INVALID, _("Your editor cannot be started: %s."), argv[0]);
		error_detail(err, "%s", strerror(errno));
		return false;
	}
	return check_end(status, ended, argv[0], err) && read_back(d, text, out, err);
}

bool outside_editor_run(const char *command, const char *dir, const char *text, struct sbuf *out, struct error *err)
{
	char *words = xstrdup(command), *argv[OUTSIDE_WORDS + 2];
	struct desk d;
	int n = outside_split(words, argv);
	bool made = desk_make(&d, dir, text, err);
	bool ok = made && (n > 0 ? edit(argv, n, &d, text, out, err)
		: fail(err, ERR_INVALID, _("Your editor cannot be started: %s."), command));
	if (ok) {
		desk_remove(&d);
	} else {
		sbuf_reset(out);
		keep_other_text(&d, text, err);
	}
	desk_free(&d);
	free(words);
	return ok;
}
