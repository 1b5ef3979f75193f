#include "credentials.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h> /* <poll.h> would find our own poll.h */
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "text.h"

enum { MaxKeyBytes = 4096, AskMs = 100, EndMs = 500 };

extern char **environ;

void credentials_wipe(struct sbuf *secret)
{
	if (secret->p != NULL)
		explicit_bzero(secret->p, secret->cap);
	sbuf_fini(secret);
}

bool credentials_key_valid(const char *key)
{
	size_t n = key == NULL ? 0 : strlen(key);
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)key[i]) && key[i] != '-' && key[i] != '_')
			return false;
	return n >= 1 && n <= 128;
}

/* Keeps the first line, without white space around it. */
static bool keep_first_line(struct sbuf *text, struct error *err, const char *sentence)
{
	sbuf_truncate(text, strcspn(sbuf_str(text), "\r\n"));
	char *line = str_trim(text->p == NULL ? (char[]){""} : text->p);
	if (!credentials_key_valid(line))
		return fail(err, ERR_INVALID, "%s", sentence);
	size_t n = strlen(line);
	memmove(text->p, line, n);
	sbuf_truncate(text, n);
	return true;
}

bool credentials_read(const char *path, struct sbuf *key, struct error *err)
{
	struct stat st;
	sbuf_reset(key);
	if (lstat(path, &st) == 0 && (!S_ISREG(st.st_mode) || (st.st_mode & 077) != 0 || st.st_uid != geteuid())) {
		fail(err, ERR_IO, _("The key file %s can be read by others."), path);
		error_advise(err, _("The key was not used."), _("Log in again, or make the file private (chmod 600)."));
		return false;
	}
	return file_read(path, MaxKeyBytes, key, err) &&
		keep_first_line(key, err, _("There is no key in the key file."));
}

bool credentials_write(const char *path, const char *key, struct error *err)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');
	struct sbuf line = {0};
	bool ok = credentials_key_valid(key);
	if (!ok)
		fail(err, ERR_INVALID, _("This is not a key."));
	if (slash != NULL)
		*slash = '\0';
	ok = ok && (slash == NULL || slash == dir || dir_make_private(dir, err));
	sbuf_addf(&line, "%s\n", ok ? key : "");
	ok = ok && file_write(path, line.p, line.n, err);
	credentials_wipe(&line);
	free(dir);
	return ok;
}

bool credentials_remove(const char *path, struct error *err)
{
	return file_remove(path, err);
}

/* One word from *s into out; false at the end. *open_quote: a quote was not closed. */
static bool next_word(const char **s, char *out, bool *open_quote)
{
	const char *p = *s + strspn(*s, " \t\n");
	char quote = '\0';
	*s = p;
	if (*p == '\0')
		return false;
	for (; *p != '\0' && (quote != '\0' || strchr(" \t\n", *p) == NULL); p++) {
		if (quote == '\0' && (*p == '\'' || *p == '"'))
			quote = *p;
		else if (quote != '\0' && *p == quote)
			quote = '\0';
		else if (*p == '\\' && quote != '\'' && p[1] != '\0')
			*out++ = *++p;
		else
			*out++ = *p;
	}
	*out = '\0';
	*open_quote = quote != '\0';
	*s = p;
	return true;
}

char **credentials_split(const char *command)
{
	size_t n = strlen(command), max = n / 2 + 2, count = 0;
	char **argv = xcalloc(1, max * sizeof *argv + 2 * n + 2);
	char *text = (char *)(argv + max);
	bool open_quote = false;
	while (!open_quote && next_word(&command, text, &open_quote)) {
		argv[count++] = text;
		text += strlen(text) + 1;
	}
	if (open_quote || count == 0) {
		free(argv);
		return NULL;
	}
	return argv;
}

/* alone: in a process group of its own. */
static bool spawn(char **argv, int out_fd, bool alone, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, standard;
	sigemptyset(&none);
	sigemptyset(&standard);
	sigaddset(&standard, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out_fd, 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &standard);
	posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
		| (alone ? POSIX_SPAWN_SETPGROUP : 0)));
	int failed = posix_spawnp(pid, argv[0], &files, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	errno = failed;
	return failed == 0;
}

static bool is_stopped(const struct key_wait *wait)
{
	return wait->stopped != NULL && wait->stopped(wait->context);
}

/* Reads until the end, the time or the size runs out, or somebody stops it. */
static bool read_output(int fd, int64_t end, const struct key_wait *wait, struct sbuf *out, bool *stopped)
{
	char buf[512];
	bool ok = false;
	for (;;) {
		int64_t left = end - clock_mono_ms();
		struct pollfd p = {.fd = fd, .events = POLLIN};
		*stopped = is_stopped(wait);
		if (*stopped || left <= 0 || out->n > MaxKeyBytes)
			break;
		int ready = poll(&p, 1, wait->stopped != NULL && left > AskMs ? AskMs : (int)left);
		if (ready == 0 || (ready < 0 && errno == EINTR))
			continue;
		if (ready < 0)
			break;
		ssize_t n = read(fd, buf, sizeof buf);
		if (n < 0 && errno == EINTR)
			continue;
		ok = n == 0;
		if (n <= 0)
			break;
		sbuf_addn(out, buf, (size_t)n);
	}
	explicit_bzero(buf, sizeof buf);
	return ok;
}

/* What has said everything can still go on. */
static bool ends(pid_t pid, int64_t end, const struct key_wait *wait, bool *stopped)
{
	for (;;) {
		siginfo_t ended = {.si_pid = 0};
		if (waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid != 0)
			return true;
		*stopped = is_stopped(wait);
		if (*stopped || clock_mono_ms() >= end)
			return false;
		poll(NULL, 0, 10);
	}
}

/* First politely, and then not any more. */
static void end_all(pid_t pid, bool alone)
{
	pid_t whom = alone ? -pid : pid;
	int64_t end = clock_mono_ms() + EndMs;
	siginfo_t ended = {.si_pid = 0};
	kill(whom, SIGTERM);
	while (clock_mono_ms() < end && waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		ended.si_pid == 0)
		poll(NULL, 0, 10);
	kill(whom, SIGKILL);
}

static bool run(char **argv, int timeout_ms, const struct key_wait *wait, struct sbuf *key, struct error *err)
{
	int fd[2], status = 0;
	pid_t pid;
	if (pipe2(fd, O_CLOEXEC) != 0) {
		fail(err, ERR_IO, _("The key command cannot be started."));
		error_detail(err, "%s", strerror(errno));
		return false;
	}
	bool alone = wait->stopped != NULL, stopped = false;
	bool started = spawn(argv, fd[1], alone, &pid);
	close(fd[1]);
	if (!started) {
		fail(err, ERR_INVALID, _("The key command cannot be started: %s"), argv[0]);
		error_detail(err, "%s", strerror(errno));
		close(fd[0]);
		return false;
	}
	int64_t end = clock_mono_ms() + timeout_ms;
	bool complete = read_output(fd[0], end, wait, key, &stopped) && ends(pid, end, wait, &stopped);
	close(fd[0]);
	if (!complete)
		end_all(pid, alone);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (stopped)
		return fail(err, ERR_CANCELLED, _("Stopped."));
	if (!complete)
		return fail(err, ERR_INVALID, _("The key command takes too long or says too much."));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail(err, ERR_INVALID, _("The key command failed: %s"), argv[0]);
	return true;
}

bool credentials_command(const char *command, int timeout_ms, const struct key_wait *wait, struct sbuf *key,
	struct error *err)
{
	char **argv = credentials_split(command);
	sbuf_reset(key);
	if (argv == NULL)
		return fail(err, ERR_INVALID, _("The key command has an open quote or is empty."));
	bool ok = run(argv, timeout_ms, wait, key, err) &&
		keep_first_line(key, err, _("The key command prints no key."));
	free(argv);
	return ok;
}
