#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "mem.h"
#include "text.h"

static bool io_failed(struct error *err, const char *sentence, const char *path)
{
	int saved = errno;
	fail(err, saved == ENOENT ? ERR_NOT_FOUND : ERR_IO, sentence, path);
	if (saved == ENOSPC || saved == EDQUOT)
		fail(err, ERR_IO, _("The disk is full. %s cannot be written."), path);
	error_detail(err, "%s: %s", path, strerror(saved));
	errno = saved;
	return false;
}

bool file_read_fd(int fd, size_t max_bytes, struct sbuf *out, struct error *err)
{
	char buf[16384];
	size_t total = 0;
	sbuf_addn(out, "", 0);
	for (;;) {
		ssize_t n = read(fd, buf, sizeof buf);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			fail(err, ERR_IO, _("The input cannot be read."));
			error_detail(err, "%s", strerror(errno));
			return false;
		}
		if (n == 0)
			return true;
		total += (size_t)n;
		if (total > max_bytes)
			return fail(err, ERR_INVALID, _("This is too long. The most is %zu bytes."), max_bytes);
		sbuf_addn(out, buf, (size_t)n);
	}
}

bool file_read(const char *path, size_t max_bytes, struct sbuf *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return io_failed(err, _("%s cannot be read."), path);
	bool ok = file_read_fd(fd, max_bytes, out, err);
	close(fd);
	return ok;
}

bool file_write_fd(int fd, const void *data, size_t n)
{
	const char *p = data;
	while (n > 0) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static void sync_parent(const char *path)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	if (slash != NULL)
		slash[slash == dir] = '\0';
	int fd = open(slash == NULL ? "." : dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(dir);
}

bool file_new_begin(struct file_new *f, const char *path, struct error *err)
{
	*f = (struct file_new){.path = xstrdup(path), .tmp = xasprintf("%s.%ld.new", path, (long)getpid())};
	unlink(f->tmp);
	f->fd = open(f->tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (f->fd >= 0)
		return true;
	io_failed(err, _("%s cannot be written."), path);
	free(f->path);
	free(f->tmp);
	return false;
}

static bool put_in_place(struct file_new *f, struct error *err)
{
	if (fsync(f->fd) != 0)
		return io_failed(err, _("%s cannot be written."), f->path);
	int fd = f->fd;
	f->fd = -1;
	if (close(fd) != 0 || rename(f->tmp, f->path) != 0)
		return io_failed(err, _("%s cannot be written."), f->path);
	sync_parent(f->path);
	return true;
}

bool file_new_end(struct file_new *f, bool keep, struct error *err)
{
	bool ok = keep && put_in_place(f, err);
	if (f->fd >= 0)
		close(f->fd);
	if (!ok)
		unlink(f->tmp);
	free(f->path);
	free(f->tmp);
	return ok;
}

bool file_write(const char *path, const void *data, size_t n, struct error *err)
{
	struct file_new f;
	if (!file_new_begin(&f, path, err))
		return false;
	bool whole = file_write_fd(f.fd, data, n);
	if (!whole)
		io_failed(err, _("%s cannot be written."), path);
	return file_new_end(&f, whole, err);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_remove(const char *path, struct error *err)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	return io_failed(err, _("%s cannot be removed."), path);
}

static bool make_parents(char *path)
{
	for (char *p = path + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		int made = mkdir(path, 0700);
		*p = '/';
		if (made != 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
			return false;
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

bool dir_make_private(const char *path, struct error *err)
{
	char *copy = xstrdup(path);
	bool made = make_parents(copy);
	free(copy);
	if (!made)
		return io_failed(err, _("The folder %s cannot be made."), path);
	struct stat st;
	if (stat(path, &st) != 0)
		return io_failed(err, _("The folder %s cannot be used."), path);
	if (!S_ISDIR(st.st_mode))
		return fail(err, ERR_IO, _("%s is not a folder."), path);
	if (st.st_uid != geteuid())
		return fail(err, ERR_IO, _("The folder %s belongs to someone else."), path);
	if ((st.st_mode & 022) != 0) {
		fail(err, ERR_IO, _("Other people can write in the folder %s."), path);
		error_advise(err, _("Nothing is changed."), _("Run: chmod 700 on that folder."));
		return false;
	}
	return true;
}

bool dir_is_network(const char *path)
{
	/* From linux/magic.h and the file systems' own sources. */
	static const unsigned long network[] = {
		0x6969 /* NFS */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */, 0x517B /* SMB */, 0x65735546 /* FUSE */,
		0x5346414F /* AFS */, 0x00C36400 /* Ceph */, 0x01021997 /* 9P */, 0x47504653 /* GPFS */,
		0x0BD00BD0 /* Lustre */, 0x564C /* NCP */, 0x73757245 /* Coda */,
	};
	struct statfs fs;
	if (statfs(path, &fs) != 0)
		return false;
	for (size_t i = 0; i < COUNT(network); i++)
		if ((unsigned long)(unsigned int)fs.f_type == network[i])
			return true;
	return false;
}

int file_lock(const char *path, int wait_ms, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0) {
		io_failed(err, _("%s cannot be written."), path);
		return -1;
	}
	for (int64_t until = clock_mono_ms() + wait_ms;;) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		if (errno != EWOULDBLOCK && errno != EINTR) {
			io_failed(err, _("%s cannot be locked."), path);
			break;
		}
		if (clock_mono_ms() >= until) {
			fail(err, ERR_CONFLICT, _("Another window of kring is doing this already."));
			break;
		}
		nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
	}
	close(fd);
	return -1;
}
