#include "arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "panic.h"

enum { ArenaChunkBytes = 16 * 1024 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, cap;
	alignas(max_align_t) char data[];
};

static struct arena_chunk *chunk_new(size_t cap, struct arena_chunk *next)
{
	struct arena_chunk *c = xmalloc(sizeof *c + cap);
	c->next = next;
	c->used = 0;
	c->cap = cap;
	return c;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	const size_t align = alignof(max_align_t);
	if (bytes > (size_t)-1 / 2)
		panic("arena: %zu bytes", bytes);
	bytes = (bytes + align - 1) / align * align;
	if (a->chunk == NULL || a->chunk->cap - a->chunk->used < bytes)
		a->chunk = chunk_new(bytes > ArenaChunkBytes ? bytes : ArenaChunkBytes, a->chunk);
	void *p = a->chunk->data + a->chunk->used;
	a->chunk->used += bytes;
	return memset(p, 0, bytes);
}

void *arena_array(struct arena *a, size_t count, size_t bytes)
{
	size_t total;
	if (__builtin_mul_overflow(count, bytes, &total))
		panic("arena: %zu times %zu bytes", count, bytes);
	return arena_alloc(a, total);
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	n = strnlen(s, n);
	char *copy = arena_alloc(a, n + 1);
	memcpy(copy, s, n);
	return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	ensure(n >= 0);
	char *out = arena_alloc(a, (size_t)n + 1);
	vsnprintf(out, (size_t)n + 1, fmt, again);
	va_end(again);
	return out;
}

void *arena_grow(struct arena *a, const void *old, size_t count, size_t new_count, size_t bytes)
{
	void *p = arena_array(a, new_count, bytes);
	if (count > 0)
		memcpy(p, old, count * bytes);
	return p;
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = NULL;
	for (struct arena_chunk *c = a->chunk, *next; c != NULL; c = next) {
		next = c->next;
		if (keep == NULL && c->cap == ArenaChunkBytes) {
			keep = c;
			keep->used = 0;
			keep->next = NULL;
		} else {
			free(c);
		}
	}
	a->chunk = keep;
}

void arena_fini(struct arena *a)
{
	for (struct arena_chunk *c = a->chunk, *next; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	a->chunk = NULL;
}
