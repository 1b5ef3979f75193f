#include "commands.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "charset.h"
#include "file.h"
#include "login_link.h"
#include "str.h"
#include "text.h"

enum { MaxSecret = 8000 };

static bool is_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static volatile sig_atomic_t got_end;
static sigset_t waiting; /* the signals that may come in while kring waits */

static void on_end(int number)
{
	got_end = number;
}

/* From here on Ctrl-C ends the log-in in order, and comes in only while kring waits. */
static void take_signals(void)
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
	sigset_t block;
	sigemptyset(&block);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		sigaction(ends[i], &(struct sigaction){.sa_handler = on_end}, NULL);
		sigaddset(&block, ends[i]);
	}
	sigprocmask(SIG_BLOCK, &block, &waiting);
}

/* False when the member stopped it. */
static bool wait_for(int fd, const struct timespec *timeout, struct error *err)
{
	ppoll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, timeout, &waiting);
	return got_end == 0 || fail(err, ERR_CANCELLED, _("Stopped."));
}

/* One line from the terminal or the input; the typed characters are not shown when it is secret. */
static bool read_line(const char *prompt, bool secret, struct sbuf *out, struct error *err)
{
	struct termios before, hidden;
	bool hide = secret && isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
	char c;
	if (hide) {
		hidden = before;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	}
	fprintf(stderr, "%s: ", prompt);
	fflush(stderr);
	ssize_t n = 0;
	bool going;
	while ((going = wait_for(STDIN_FILENO, NULL, err)) && (n = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n' &&
		out->n < MaxSecret)
		charset_decode(out, &c, 1);
	if (hide) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	return going && (n == 1 || out->n > 0 || fail(err, ERR_CANCELLED, _("No answer was given.")));
}

static bool is_blank(const struct sbuf *b)
{
	const char *s = sbuf_str(b);
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* The text of the site has several lines and ends with an empty one; empty lines before it do not count. */
static bool read_pasted(struct sbuf *out, struct error *err)
{
	fprintf(stderr, "%s\n", _("Paste the text here. End with an empty line."));
	for (;;) {
		struct sbuf line = {0};
		bool ok = read_line(">", false, &line, err);
		bool empty = is_blank(&line);
		sbuf_addf(out, "%s\n", sbuf_str(&line));
		sbuf_fini(&line);
		if (!ok || out->n > MaxSecret || (empty && !is_blank(out)))
			return got_end == 0 && !is_blank(out);
	}
}

static void wipe(struct sbuf *b)
{
	if (b->p != NULL)
		explicit_bzero(b->p, b->cap);
	sbuf_fini(b);
}

struct asked {
	struct call *call;
	const struct login_request *request;
	const struct sync_module *module;
	struct login_job *job;
	int wake;
	bool shown; /* the code or address was said */
};

static bool wait_for_stage(struct asked *a, struct error *err)
{
	char sink[64];
	bool going = wait_for(a->wake, &(struct timespec){.tv_sec = 1}, err);
	while (read(a->wake, sink, sizeof sink) > 0)
		;
	return going;
}

static void show_code(struct asked *a, const struct login_view *v)
{
	if (a->shown)
		return;
	fprintf(stderr, "%s\n%s\n", _("Open this address in any browser, on any computer or phone:"), v->url);
	fprintf(stderr, "%s %s\n", _("Log in there and type this code:"), v->code);
	fprintf(stderr, "%s\n", _("kring waits until you have done that. Stop with Ctrl-C."));
	a->shown = true;
}

/* Asks what the log-in wants; false when the member gave nothing. */
static bool answer(struct asked *a, const struct login_view *v, struct error *err)
{
	struct sbuf text = {0};
	if (v->again)
		fprintf(stderr, "%s %s\n", v->error.what, error_todo(&v->error));
	if (v->stage == LOGIN_STAGE_PASTE && !a->shown) {
		if (a->request->method == LOGIN_BY_DEVICE)
			fprintf(stderr, "%s\n", _("This community has no log-in with a code. Use a text instead."));
		fprintf(stderr, "%s\n%s\n", _("Open this address in a browser and log in there:"), v->url);
		a->shown = true;
	}
	bool ok = v->stage == LOGIN_STAGE_PASTE ? read_pasted(&text, err)
		: read_line(_("Code of the second step"), false, &text, err);
	if (ok)
		a->module->login_give(a->job, sbuf_str(&text));
	wipe(&text);
	return ok;
}

static bool keep(struct asked *a, const struct login_view *v, struct error *err)
{
	const struct login_request *r = a->request;
	struct program *p = a->call->program;
	struct account acc = account_make(v->base_url, v->username, r->ca_file, &p->mem);
	acc.client_id = r->client_id;
	struct sync_options o = network_options(&acc, &p->config);
	if (!account_save(&acc, err) || !a->module->keep_key(&o, v->key, err))
		return false;
	json_add_string(a->call->doc, "site", acc.url);
	json_add_string(a->call->doc, "username", acc.username);
	json_add_string(a->call->doc, "name", acc.name);
	call_line(a->call, _("You are logged in at %s as %s."), acc.url, acc.username);
	call_line(a->call, "%s", _("Fetch with: kring sync. Or start kring."));
	return true;
}

static bool drive(struct asked *a, struct error *err)
{
	for (;;) {
		arena_reset(&a->call->mem);
		struct login_view v = a->module->login_view(a->job, &a->call->mem);
		switch (v.stage) {
		case LOGIN_STAGE_FAILED:
			*err = v.error;
			return false;
		case LOGIN_STAGE_DONE:
			return keep(a, &v, err);
		case LOGIN_STAGE_FACTOR:
		case LOGIN_STAGE_PASTE:
			if (!answer(a, &v, err))
				return false;
			break;
		case LOGIN_STAGE_CODE:
			show_code(a, &v);
			break;
		case LOGIN_STAGE_BUSY:
			break;
		}
		if (!wait_for_stage(a, err))
			return false;
	}
}

static bool log_in(struct call *c, const struct login_request *r, struct error *err)
{
	struct program *p = c->program;
	struct asked a = {.call = c, .request = r, .module = network_module(err)};
	if (a.module == NULL || !network_init(&p->network, err))
		return false;
	a.wake = p->network.wake_read;
	a.job = a.module->login_start(r, p->network.wake_write, err);
	if (a.job == NULL)
		return false;
	bool ok = drive(&a, err);
	a.module->login_end(a.job);
	return ok;
}

/* The secret comes from the input or is asked for, never from the arguments. */
static bool read_secret(struct login_request *r, bool from_stdin, struct sbuf *secret, struct sbuf *name,
	struct error *err)
{
	if (r->method == LOGIN_BY_DEVICE || r->method == LOGIN_BY_PASTE)
		return true;
	if (r->method == LOGIN_BY_PASSWORD && str_empty(r->username)) {
		if (!is_terminal())
			return fail(err, ERR_INVALID, _("Give your username with --user."));
		if (!read_line(_("Username or e-mail address"), false, name, err))
			return false;
		r->username = sbuf_str(name);
	}
	if (from_stdin) {
		if (!wait_for(STDIN_FILENO, NULL, err) || !file_read_fd(STDIN_FILENO, MaxSecret, secret, err))
			return false;
		sbuf_truncate(secret, strcspn(sbuf_str(secret), "\r\n"));
	} else if (!read_line(_("Password"), true, secret, err)) {
		return false;
	}
	r->secret = sbuf_str(secret);
	return secret->n > 0 || fail(err, ERR_INVALID, _("No password or key was given."));
}

static int usage(struct call *c)
{
	return call_usage(c);
}

int login_run(struct call *c)
{
	struct program *p = c->program;
	struct error err;
	struct sbuf secret = {0}, name = {0};
	const char *ca_file = call_option(c, "--ca-file"), *user = call_option(c, "--user");
	bool key = call_flag(c, "--key-stdin"), password_stdin = call_flag(c, "--password-stdin");
	bool paste = call_flag(c, "--paste"), device = call_flag(c, "--device"), password = call_flag(c, "--password");
	if (key + password_stdin + paste + device + password > 1 || !call_rest(c, 1) || c->argc != 1)
		return usage(c);
	char *absolute = ca_file == NULL ? NULL : realpath(ca_file, NULL);
	struct account fresh = login_account(c->argv[0], str_or_empty(user), absolute != NULL ? absolute
		: ca_file, &p->mem);
	struct login_request r = {
		.address = c->argv[0], .ca_file = fresh.ca_file, .client_id = fresh.client_id, .username = user,
		.method = key ? LOGIN_BY_KEY : paste ? LOGIN_BY_PASTE
			: password_stdin || password || (user != NULL && !device) ? LOGIN_BY_PASSWORD : LOGIN_BY_DEVICE,
	};
	free(absolute);
	take_signals();
	bool ok = read_secret(&r, key || password_stdin, &secret, &name, &err) && log_in(c, &r, &err);
	wipe(&secret);
	wipe(&name);
	return ok ? EXIT_OK : call_fail(c, &err);
}

int logout_run(struct call *c)
{
	struct error err;
	if (!call_rest(c, 0))
		return call_usage(c);
	if (!program_open(c->program, &err))
		return call_fail(c, &err);
	const struct sync_module *m = network_module(&err);
	if (m == NULL)
		return call_fail(c, &err);
	struct sync_options o = network_options(c->program->account, &c->program->config);
	if (!m->logout(&o, &err))
		return call_fail(c, &err);
	json_add_bool(c->doc, "logged_out", true);
	call_line(c, _("You are logged out at %s. What was fetched is still here."), c->program->account->url);
	return EXIT_OK;
}
