#include "sbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "panic.h"

static void reserve(struct sbuf *b, size_t more)
{
	size_t need;
	if (__builtin_add_overflow(b->n, more, &need) || need == (size_t)-1)
		panic("string of more than %zu bytes", b->n);
	if (need + 1 <= b->cap)
		return;
	size_t cap = b->cap ? b->cap : 64;
	while (cap < need + 1)
		cap = cap > (size_t)-1 / 2 ? need + 1 : cap * 2;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
}

void sbuf_addn(struct sbuf *b, const char *s, size_t n)
{
	reserve(b, n);
	if (n > 0)
		memcpy(b->p + b->n, s, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void sbuf_add(struct sbuf *b, const char *s)
{
	sbuf_addn(b, s, strlen(s));
}

void sbuf_addc(struct sbuf *b, char c)
{
	sbuf_addn(b, &c, 1);
}

void sbuf_addv(struct sbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	ensure(n >= 0);
	reserve(b, (size_t)n);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	b->n += (size_t)n;
	va_end(again);
}

void sbuf_addf(struct sbuf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(b, fmt, ap);
	va_end(ap);
}

void sbuf_repeat(struct sbuf *b, char c, size_t times)
{
	reserve(b, times);
	memset(b->p + b->n, c, times);
	b->n += times;
	b->p[b->n] = '\0';
}

void sbuf_truncate(struct sbuf *b, size_t n)
{
	if (n < b->n) {
		b->n = n;
		b->p[n] = '\0';
	}
}

const char *sbuf_str(const struct sbuf *b)
{
	return b->p == NULL ? "" : b->p;
}

char *sbuf_take(struct sbuf *b)
{
	char *s = b->p == NULL ? xstrdup("") : b->p;
	*b = (struct sbuf){0};
	return s;
}

void sbuf_reset(struct sbuf *b)
{
	sbuf_truncate(b, 0);
}

void sbuf_fini(struct sbuf *b)
{
	free(b->p);
	*b = (struct sbuf){0};
}
