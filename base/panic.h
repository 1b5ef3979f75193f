#pragma once

/* Ends the program because memory ran out or an invariant is broken: runs the hook once (which puts the
 * terminal back and saves unfinished text), prints one line on stderr, aborts. Safe from any thread. */
_Noreturn void panic(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* At most one hook; it must not allocate and must not panic. NULL removes it. */
void panic_set_hook(void (*hook)(void));

/* An invariant that holds in every build, also a release. */
#define ensure(condition) \
	((condition) ? (void)0 : panic("%s:%d: broken invariant: %s", __FILE__, __LINE__, #condition))
