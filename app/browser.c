#include "browser.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include "str.h"

extern char **environ;

/* A place for one more; those that ended are buried here. When all still run, the last one is forgotten. */
static pid_t *free_place(struct browser *b)
{
	pid_t *place = &b->pid[BROWSERS - 1];
	for (int i = BROWSERS - 1; i >= 0; i--) {
		if (b->pid[i] > 0 && waitpid(b->pid[i], NULL, WNOHANG) != 0)
			b->pid[i] = 0;
		if (b->pid[i] == 0)
			place = &b->pid[i];
	}
	return place;
}

/* None of the signals that kring blocks, handles or ignores. */
static void set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(attributes);
	posix_spawnattr_setsigmask(attributes, &none);
	posix_spawnattr_setsigdefault(attributes, &all);
	posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
}

bool browser_open(struct browser *b, const char *program, const char *url)
{
	char *argv[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)url, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	if (!str_starts(url, "https://") && !str_starts(url, "http://")) {
		errno = EINVAL;
		return false;
	}
	pid_t *place = free_place(b);
	set_attributes(&attributes);
	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd <= 2; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
	int failed = posix_spawnp(place, argv[0], &files, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	if (failed != 0)
		*place = 0;
	errno = failed;
	return failed == 0;
}
