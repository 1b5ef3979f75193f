#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "error.h"
#include "sbuf.h"

/* Files that belong to one member. Everything is created 0600 (folders 0700), close-on-exec, never through a
 * symbolic link in the last step. */

/* The whole file, at most max_bytes (more is ERR_INVALID; absent is ERR_NOT_FOUND; other trouble ERR_IO). */
bool file_read(const char *path, size_t max_bytes, struct sbuf *out, struct error *err);
/* The same from an open descriptor, e.g. stdin. */
bool file_read_fd(int fd, size_t max_bytes, struct sbuf *out, struct error *err);
/* Writes a new file beside `path`, syncs, renames over it: a reader sees the old or the new text, never half. */
bool file_write(const char *path, const void *data, size_t n, struct error *err);
/* The same bit by bit: write to fd in between. file_new_end without `keep` leaves the old file as it is. */
struct file_new {
	int fd;
	char *path, *tmp;
};
bool file_new_begin(struct file_new *f, const char *path, struct error *err);
bool file_new_end(struct file_new *f, bool keep, struct error *err);
/* All of it to an open descriptor. False: errno says why. */
bool file_write_fd(int fd, const void *data, size_t n);
bool file_exists(const char *path);
bool file_remove(const char *path, struct error *err); /* absent is fine */
/* Makes the folder and its parents (0700). The last one must be ours and not writable by others, else ERR_IO. */
bool dir_make_private(const char *path, struct error *err);
/* True when the folder lies on NFS, CIFS, FUSE or another network file system, where SQLite's WAL is not safe. */
bool dir_is_network(const char *path);
/* Waits for the lock on `path` (created when absent) for at most wait_ms; the descriptor, or -1 when another
 * process holds it. Closing the descriptor unlocks. */
int file_lock(const char *path, int wait_ms, struct error *err);
