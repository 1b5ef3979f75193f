#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "encoding.h"
#include "file.h"
#include "home.h"
#include "mem.h"

static void read_pipe(int fd, struct sbuf *out)
{
	sbuf_reset(out);
	file_read_fd(fd, 64 * 1024 * 1024, out, NULL);
	close(fd);
}

/* Runs a program to its end; what it says on stderr goes to a file and is read afterwards, so that neither
 * blocks. */
void process_run(struct story *s, const char *program, char **args, const char *input)
{
	char *argv[MaxArgs] = {(char *)(uintptr_t)program};
	char *err_path = xasprintf("%s/err", s->dir), *in_path = xasprintf("%s/in", s->dir);
	int n = 1, out[2];
	for (; args[n - 1] != NULL && n < MaxArgs - 1; n++)
		argv[n] = args[n - 1];
	struct sbuf given = {0}, printed = {0};
	encoding_from_utf8(s->charmap, input, strlen(input), &given);
	file_write(in_path, sbuf_str(&given), given.n, NULL);
	sbuf_fini(&given);
	if (pipe(out) != 0)
		give_up(s, "pipe: %s", strerror(errno));
	pid_t pid = fork();
	if (pid == 0) {
		int in = open(in_path, O_RDONLY), err = open(err_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(in, 0);
		dup2(out[1], 1);
		dup2(err, 2);
		close(out[0]);
		execve(program, argv, s->env);
		_exit(127);
	}
	close(out[1]);
	read_pipe(out[0], &printed);
	sbuf_reset(&s->out);
	encoding_to_utf8(s->charmap, printed.p, printed.n, &s->out);
	sbuf_fini(&printed);
	int status = 0;
	waitpid(pid, &status, 0);
	s->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	sbuf_reset(&s->err);
	file_read(err_path, 1024 * 1024, &s->err, NULL);
	free(err_path);
	free(in_path);
}

void process_must_run(struct story *s, const char *program, char **args, const char *input)
{
	process_run(s, program, args, input);
	if (s->code != 0)
		give_up(s, "%s %s ended with %d", program, args[0], s->code);
}

void step_run(struct story *s, char *rest)
{
	char *args[MaxArgs], *input = strstr(rest, " << ");
	const char *given = "";
	if (input != NULL) {
		*input = '\0';
		given = input + 4;
	}
	int n = story_split(rest, args, MaxArgs);
	char *typed = xasprintf("%s\n", given);
	for (char *p = typed; (p = strchr(p, '|')) != NULL;)
		*p = '\n';
	home_write_config(s);
	if (n > 0 && strcmp(args[0], "kring") == 0)
		process_run(s, s->kring, &args[1], typed);
	else if (n > 0 && strcmp(args[0], "kringd") == 0)
		process_run(s, s->kringd, &args[1], typed);
	else if (n > 0)
		process_run(s, args[0], &args[1], typed);
	free(typed);
}
