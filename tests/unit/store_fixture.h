#pragma once
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "check.h"
#include "mem.h"
#include "store.h"

/* A store in a folder of its own, with a reading and a writing end. */
struct fixture {
	char dir[64];
	struct store *w, *r;
	struct arena a;
	struct error err;
};

static inline struct fixture *fixture_new(void)
{
	struct fixture *f = xcalloc(1, sizeof *f);
	strcpy(f->dir, "/tmp/kring-store-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->w = store_open(f->dir, STORE_READ | STORE_WRITE, &f->err);
	assert_non_null(f->w);
	f->r = store_open(f->dir, STORE_READ, &f->err);
	assert_non_null(f->r);
	return f;
}

static inline void fixture_remove_dir(const char *dir)
{
	static const char *const suffix[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < COUNT(suffix); i++) {
		char *path = xasprintf("%s/kring.sqlite%s", dir, suffix[i]);
		unlink(path);
		free(path);
	}
	rmdir(dir);
}

static inline void fixture_free(struct fixture *f)
{
	if (f->r != NULL)
		assert_null(store_trouble(f->r));
	store_close(f->r);
	store_close(f->w);
	fixture_remove_dir(f->dir);
	arena_fini(&f->a);
	free(f);
}

static inline void fixture_begin(struct fixture *f)
{
	assert_true(store_begin(f->w, &f->err));
}

static inline unsigned fixture_commit(struct fixture *f)
{
	unsigned bits = 0;
	assert_true(store_commit(f->w, &bits, &f->err));
	return bits;
}
