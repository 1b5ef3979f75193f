#pragma once
#include <stddef.h>

/* Heap memory. None of these returns NULL: out of memory ends the program through panic(). */
void *xmalloc(size_t bytes) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t bytes) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *p, size_t bytes) __attribute__((returns_nonnull));
/* Grows an array to `count` elements of `bytes` each; overflow of the product panics. */
void *xreallocarray(void *p, size_t count, size_t bytes) __attribute__((returns_nonnull));
/* NULL stays NULL. The copy is yours to free. */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n) __attribute__((returns_nonnull));
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2), returns_nonnull));

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
