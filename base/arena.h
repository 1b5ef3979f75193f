#pragma once
#include <stddef.h>

/* Memory with one lifetime: everything taken from an arena goes back at once. A zeroed struct is an empty arena. */
struct arena {
	struct arena_chunk *chunk;
};

/* Zeroed memory, aligned for any type; valid until the next reset or fini. Never NULL. */
void *arena_alloc(struct arena *a, size_t bytes) __attribute__((returns_nonnull));
void *arena_array(struct arena *a, size_t count, size_t bytes) __attribute__((returns_nonnull));
/* NULL stays NULL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A new array of `new_count` elements that starts with the `count` old ones. The old memory stays until reset. */
void *arena_grow(struct arena *a, const void *old, size_t count, size_t new_count, size_t bytes);

/* Forgets everything; keeps one chunk for the next round. */
void arena_reset(struct arena *a);
void arena_fini(struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))
