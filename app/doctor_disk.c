#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "paths.h"
#include "text.h"

enum { LeastFreeMb = 100, LeastFreeFiles = 100, TriedBytes = 64 * 1024 };

static void check_space(struct findings *f, const char *dir)
{
	struct statvfs fs;
	if (statvfs(dir, &fs) != 0)
		return;
	long long mb = (long long)(fs.f_bavail / 1024 * fs.f_frsize / 1024);
	bool little = mb < LeastFreeMb, few = fs.f_files > 0 && fs.f_favail < LeastFreeFiles;
	finding_add(f, little || few ? FINDING_TROUBLE : FINDING_GOOD, "space", _("Disk"),
		little ? _("Make room on the disk.") : few ? _("Remove files that you do not need.") : NULL,
		few ? _("Hardly any file can be added. %lld MB are free.") : _("%lld MB are free."), mb);
	finding_add(f, FINDING_GOOD, "filesystem", _("File system"), NULL, "%s",
		dir_is_network(dir) ? _("A network file system. kring writes more carefully and somewhat slower.")
			: _("On this computer itself."));
}

/* Saves something in the folder, as far as onto the disk, and removes it. 0, or why it cannot be done. */
static int try_saving(const char *dir)
{
	static const char bytes[TriedBytes];
	char *path = paths_join(dir, ".doctor-XXXXXX");
	int fd = mkostemp(path, O_CLOEXEC), why = fd < 0 ? errno : 0;
	if (fd >= 0) {
		if (!file_write_fd(fd, bytes, sizeof bytes) || fsync(fd) != 0)
			why = errno;
		close(fd);
		unlink(path);
	}
	free(path);
	return why;
}

static const struct failure {
	int why;
	const char *says, *todo;
} failures[] = {
	{ENOSPC, N_("The disk is full."), N_("Make room on the disk.")},
	{EDQUOT, N_("You have used all your room on the disk."), N_("Remove files that you do not need.")},
	{EROFS, N_("This disk can only be read."), N_("Ask the person who looks after this computer.")},
	{EACCES, N_("You may not write in this folder."),
		N_("Give the folders of kring back to yourself with chown and chmod.")},
	{0, N_("It does not work."), N_("Ask the person who looks after this computer.")},
};

static void check_saving(struct findings *f, const char *what, const char *title, const char *dir)
{
	int why = try_saving(dir);
	const struct failure *i = failures;
	if (why == 0) {
		finding_add(f, FINDING_GOOD, what, title, NULL, "%s", _("It works."));
		return;
	}
	while (i->why != 0 && i->why != why)
		i++;
	finding_add(f, FINDING_TROUBLE, what, title, _(i->todo), "%s", _(i->says));
}

/* The folder, or the nearest one above it that is there: kring makes the rest. Yours. */
static char *nearest_folder(const char *path)
{
	char *dir = xstrdup(path);
	for (char *slash; !file_exists(dir) && (slash = strrchr(dir, '/')) != NULL && slash != dir;)
		*slash = '\0';
	return dir;
}

void doctor_disk(struct findings *f, const struct program *p)
{
	char *data = paths_data_dir(), *config = paths_config_file();
	char *texts = nearest_folder(p->account == NULL ? data : p->account->dir);
	*strrchr(config, '/') = '\0';
	char *settings = nearest_folder(config);
	check_space(f, texts);
	check_saving(f, "saving", _("Saving"), texts);
	check_saving(f, "saving_settings", _("Saving settings"), settings);
	free(settings);
	free(texts);
	free(config);
	free(data);
}
