#include "panic.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static _Atomic(void (*)(void)) the_hook;

void panic_set_hook(void (*hook)(void))
{
	atomic_store(&the_hook, hook);
}

void panic(const char *fmt, ...)
{
	void (*hook)(void) = atomic_exchange(&the_hook, NULL);
	if (hook != NULL)
		hook();
	va_list ap;
	va_start(ap, fmt);
	fputs("kring: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}
