#include "outside_process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "clock.h"
#include "mem.h"

extern char **environ;

enum { EndMs = 2000 };

/* What kring does with signals meanwhile: those of Ctrl-C are for the program alone, Ctrl-Z stops both. */
static void note_end(int number);
static void note_child(int number);
static const struct {
	int number;
	void (*handler)(int);
	bool waited; /* comes in only while kring waits */
} meanwhile[] = {
	{SIGINT, SIG_IGN, false}, {SIGQUIT, SIG_IGN, false}, {SIGHUP, note_end, true}, {SIGTERM, note_end, true},
	{SIGCHLD, note_child, true}, {SIGTSTP, SIG_DFL, true},
};

struct signals {
	struct sigaction before[COUNT(meanwhile)];
	sigset_t mask, waiting;
};

static volatile sig_atomic_t got_end;

static void note_end(int number)
{
	got_end = number;
}

static void note_child(int number)
{
}

static void take_signals(struct signals *s)
{
	sigset_t block;
	sigemptyset(&block);
	got_end = 0;
	for (size_t i = 0; i < COUNT(meanwhile); i++)
		if (meanwhile[i].waited)
			sigaddset(&block, meanwhile[i].number);
	sigprocmask(SIG_BLOCK, &block, &s->mask);
	s->waiting = s->mask;
	for (size_t i = 0; i < COUNT(meanwhile); i++) {
		sigaction(meanwhile[i].number, &(struct sigaction){.sa_handler = meanwhile[i].handler}, &s->before[i]);
		if (meanwhile[i].waited)
			sigdelset(&s->waiting, meanwhile[i].number);
	}
}

static void give_signals_back(const struct signals *s)
{
	for (size_t i = 0; i < COUNT(meanwhile); i++)
		sigaction(meanwhile[i].number, &s->before[i], NULL);
	if (got_end != 0)
		raise(got_end);
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
}

static bool start(char **argv, pid_t *pid)
{
	posix_spawnattr_t attributes;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	errno = posix_spawnp(pid, argv[0], NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	return errno == 0;
}

/* A program that does not end when it is told to is left to itself. */
static void wait_for(pid_t pid, const sigset_t *waiting, int *status)
{
	int64_t until = 0;
	while (waitpid(pid, status, WNOHANG) == 0) {
		if (got_end != 0 && until == 0) {
			kill(pid, got_end);
			until = clock_mono_ms() + EndMs;
		}
		if (until != 0 && clock_mono_ms() > until)
			return;
		ppoll(NULL, 0, until == 0 ? NULL : &(struct timespec){.tv_nsec = 50 * 1000 * 1000}, waiting);
	}
}

bool outside_run(char **argv, int *status, int *ended)
{
	struct signals s;
	pid_t pid;
	*status = -1;
	take_signals(&s);
	bool ok = start(argv, &pid);
	int why = errno;
	if (ok)
		wait_for(pid, &s.waiting, status);
	*ended = got_end;
	give_signals_back(&s);
	errno = why;
	return ok;
}

int outside_split(char *command, char *argv[OUTSIDE_WORDS + 1])
{
	int n = 0;
	char *from = command, *to = command;
	while (n < OUTSIDE_WORDS) {
		from += strspn(from, " \t");
		if (*from == '\0')
			break;
		argv[n++] = to;
		for (char quote = '\0'; *from != '\0' && (quote != '\0' || (*from != ' ' && *from != '\t')); from++) {
			if (quote == '\0' && (*from == '"' || *from == '\''))
				quote = *from;
			else if (*from == quote)
				quote = '\0';
			else
				*to++ = *from;
		}
		bool more = *from != '\0';
		*to++ = '\0';
		from += more;
	}
	argv[n] = NULL;
	return n;
}
