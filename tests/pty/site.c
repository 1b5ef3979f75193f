#include "site.h"

#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "home.h"
#include "mem.h"
#include "process.h"
#include "str.h"

/* The port stays the same, so that a server that comes back is the same community. */
static void serve(struct story *s)
{
	char *data = xasprintf("%s/community", s->dir), line[200] = "";
	const char *port = strrchr(s->url, ':');
	char *listen = xasprintf("127.0.0.1:%s", port == NULL ? "0" : port + 1);
	char *argv[] = {(char *)(uintptr_t)s->kringd, "serve", "--data", data, "--listen", listen, "--tls-self-signed",
		"--no-limits", NULL};
	int out[2];
	if (pipe(out) != 0)
		give_up(s, "pipe: %s", strerror(errno));
	s->server = fork();
	if (s->server == 0) {
		dup2(out[1], 1);
		close(out[0]);
		close(out[1]);
		execve(s->kringd, argv, s->env);
		_exit(127);
	}
	close(out[1]);
	FILE *f = fdopen(out[0], "r");
	if (fgets(line, sizeof line, f) == NULL || sscanf(line, "kringd: ready %99s", s->url) != 1)
		give_up(s, "kringd did not start: %s", line);
	fclose(f);
	free(listen);
	free(data);
}

void site_stop(struct story *s, int number)
{
	if (s->server <= 0)
		return;
	kill(s->server, number);
	int status;
	waitpid(s->server, &status, 0);
	s->server = 0;
	if (number == SIGTERM && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		give_up(s, "kringd did not end cleanly (%d)", status);
}

static void copy(struct story *s, const char *from, const char *to)
{
	char *old = xasprintf("%s/%s", s->dir, from), *new = xasprintf("%s/%s", s->dir, to);
	char *remove[] = {"-rf", new, NULL}, *args[] = {"-a", old, new, NULL};
	process_must_run(s, "/bin/rm", remove, "");
	process_must_run(s, "/bin/cp", args, "");
	free(new);
	free(old);
}

void step_server(struct story *s, char *rest)
{
	char *data = xasprintf("%s/community", s->dir);
	if (strcmp(rest, "stop") == 0) {
		site_stop(s, SIGTERM);
	} else if (strcmp(rest, "kill") == 0) {
		site_stop(s, SIGKILL);
	} else {
		char *argv[] = {"init", "--data", data, "--sample", (char *)(uintptr_t)s->lang, NULL};
		if (rest[0] == '\0') {
			process_must_run(s, s->kringd, argv, "");
			copy(s, "community", "begin");
		}
		serve(s);
	}
	free(data);
}

void step_login(struct story *s, char *name)
{
	char *data = xasprintf("%s/community", s->dir), *ca = xasprintf("%s/community/ca.pem", s->dir);
	char *key_args[] = {"key", "--data", data, name, NULL};
	process_must_run(s, s->kringd, key_args, "");
	char *key = xstrdup(sbuf_str(&s->out));
	char *args[] = {"login", s->url, "--ca-file", ca, "--user", name, "--key-stdin", NULL};
	home_write_config(s);
	process_must_run(s, s->kring, args, key);
	free(key);
	free(ca);
	free(data);
}

void step_afresh(struct story *s, char *rest)
{
	terminal_kill(&s->term);
	site_stop(s, SIGTERM);
	copy(s, "begin", "community");
	serve(s);
	home_empty(s);
}

static size_t take_answer(char *bytes, size_t size, size_t n, void *out)
{
	sbuf_addn(out, bytes, size * n);
	return size * n;
}

/* The answer is the last output. */
static void ask_site(
	struct story *s, const char *method, const char *path, const char *form, struct curl_slist *headers)
{
	char *ca = xasprintf("%s/community/ca.pem", s->dir), *address = xasprintf("%s%s", s->url, path);
	long status = 0;
	CURL *c = curl_easy_init();
	sbuf_reset(&s->out);
	sbuf_reset(&s->err);
	curl_easy_setopt(c, CURLOPT_URL, address);
	curl_easy_setopt(c, CURLOPT_CAINFO, ca);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &s->out);
	CURLcode code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	free(address);
	free(ca);
	if (code != CURLE_OK || status >= 400)
		give_up(s, "%s %s: %s, status %ld", method, path, curl_easy_strerror(code), status);
}

/* What somebody else does on the site, with a key of their own. */
void step_api(struct story *s, char *rest)
{
	char *part[5], *data = xasprintf("%s/community", s->dir);
	if (story_split(rest, part, COUNT(part)) != 4)
		give_up(s, "api NAME METHOD PATH \"FORM\"");
	char *key_args[] = {"key", "--data", data, part[0], NULL};
	process_must_run(s, s->kringd, key_args, "");
	char *key = xasprintf("User-Api-Key: %s", str_trim(s->out.p));
	struct curl_slist *headers = curl_slist_append(NULL, key);
	ask_site(s, part[1], part[2], part[3], headers);
	curl_slist_free_all(headers);
	free(key);
	free(data);
}
