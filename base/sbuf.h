#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A string that grows. A zeroed struct is the empty string; after the first write `p` is always NUL-terminated. */
struct sbuf {
	char *p;
	size_t n, cap; /* bytes used, bytes allocated */
};

void sbuf_add(struct sbuf *b, const char *s);
void sbuf_addn(struct sbuf *b, const char *s, size_t n);
void sbuf_addc(struct sbuf *b, char c);
void sbuf_addf(struct sbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void sbuf_addv(struct sbuf *b, const char *fmt, va_list ap);
void sbuf_repeat(struct sbuf *b, char c, size_t times);
/* Cuts to at most n bytes. */
void sbuf_truncate(struct sbuf *b, size_t n);
/* The text so far, "" when empty; borrowed until the next change. */
const char *sbuf_str(const struct sbuf *b);
/* Hands over the text (never NULL) and leaves the buffer empty. */
char *sbuf_take(struct sbuf *b);
void sbuf_reset(struct sbuf *b);
void sbuf_fini(struct sbuf *b);
