#include "login_job.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api.h"
#include "login.h"
#include "mem.h"
#include "panic.h"
#include "site_probe.h"
#include "str.h"
#include "text.h"
#include "transport_curl.h"

enum { StepMs = 500 };

struct login_job {
	atomic_int users;      /* the thread, and who started it; the last one frees */
	pthread_mutex_t mutex; /* of shown, shown_text, given and wake_fd */
	struct login_view shown;
	struct arena shown_text;
	char *given;
	atomic_bool stop;
	int wake_fd;           /* -1 once nobody looks any more */
	struct transport *transport;
	struct login_request request; /* every text our own */

	/* Of the thread alone. */
	struct arena arena;
	struct site_probe site;
	struct login *login;
	struct error error;
	bool refused; /* the last text that was given */
};

static char *copy(const char *s)
{
	return s == NULL ? NULL : xstrdup(s);
}

static void wipe(const char *text)
{
	char *s = (char *)text;
	if (s != NULL)
		explicit_bzero(s, strlen(s));
	free(s);
}

static enum login_stage stage_of(const struct login_job *j)
{
	static const enum login_stage of_state[] = {[LOGIN_WORKING] = LOGIN_STAGE_BUSY,
		[LOGIN_SHOW_CODE] = LOGIN_STAGE_CODE,
		[LOGIN_SECOND_FACTOR] = LOGIN_STAGE_FACTOR,
		[LOGIN_PASTE] = LOGIN_STAGE_PASTE,
		[LOGIN_DONE] = LOGIN_STAGE_DONE,
		[LOGIN_FAILED] = LOGIN_STAGE_FAILED};
	if (j->error.kind != ERR_NONE && !j->refused)
		return LOGIN_STAGE_FAILED;
	return j->login == NULL ? LOGIN_STAGE_BUSY : of_state[login_now(j->login)];
}

static const char *put(struct login_job *j, const char *s)
{
	return arena_strdup(&j->shown_text, str_or_empty(s));
}

static void show_login(struct login_job *j, struct login_view *v)
{
	v->code = put(j, login_code(j->login));
	v->url = put(j, login_url(j->login));
	v->full_url = put(j, login_full_url(j->login));
	v->expires_ms = login_expires_ms(j->login);
	if (v->stage == LOGIN_STAGE_FAILED)
		v->error = *login_error(j->login);
	if (v->stage == LOGIN_STAGE_FACTOR && login_code_refused(j->login)) {
		v->again = true;
		fail(&v->error, ERR_AUTH, _("The code is wrong."));
		error_advise(&v->error, _("The log-in goes on."),
			_("Wait until your app shows a new code. Type that one."));
	}
	if (v->stage != LOGIN_STAGE_DONE)
		return;
	const struct session *me = login_session(j->login);
	v->key = put(j, login_key(j->login));
	v->username = put(j, me->username);
	v->name = put(j, me->name);
}

/* What the other side may see, as one piece. */
static void publish(struct login_job *j)
{
	pthread_mutex_lock(&j->mutex);
	enum login_stage before = j->shown.stage;
	bool again = j->shown.again;
	arena_reset(&j->shown_text);
	struct login_view v = {.stage = stage_of(j),
		.expires_ms = -1,
		.moved = j->site.moved,
		.again = j->refused,
		.error = j->error};
	v.base_url = put(j, j->site.base_url);
	v.site_title = put(j, j->site.site.title);
	v.code = v.url = v.full_url = v.key = v.username = v.name = "";
	if (j->login != NULL)
		show_login(j, &v);
	if (j->given != NULL && v.stage != LOGIN_STAGE_FAILED)
		v.stage = LOGIN_STAGE_BUSY;
	j->shown = v;
	if (j->wake_fd >= 0 && (v.stage != before || v.again != again)) {
		ssize_t n = write(j->wake_fd, "!", 1);
		(void)n;
	}
	pthread_mutex_unlock(&j->mutex);
}

static bool is_stopped(void *context, int64_t turn_ms)
{
	const struct login_job *j = context;
	return atomic_load(&j->stop);
}

static void start_method(struct login_job *j)
{
	const struct login_request *r = &j->request;
	j->login = login_new(&(struct login_options){.transport = j->transport, .base_url = j->site.base_url,
		.client_id = r->client_id, .oaep = j->site.device_code});
	if (r->method == LOGIN_BY_PASSWORD)
		login_start_password(j->login, str_or_empty(r->username), str_or_empty(r->secret));
	else if (r->method == LOGIN_BY_KEY)
		login_start_key(j->login, str_or_empty(r->secret));
	else if (r->method == LOGIN_BY_DEVICE && j->site.device_code)
		login_start_device(j->login);
	else
		login_start_paste(j->login);
}

static void use_given(struct login_job *j)
{
	pthread_mutex_lock(&j->mutex);
	char *text = j->given;
	j->given = NULL;
	pthread_mutex_unlock(&j->mutex);
	if (text == NULL)
		return;
	j->error = (struct error){.kind = ERR_NONE};
	j->refused = false;
	if (login_now(j->login) == LOGIN_SECOND_FACTOR)
		login_give_code(j->login, text);
	else if (login_now(j->login) == LOGIN_PASTE)
		j->refused = !login_give_payload(j->login, text, &j->error);
	wipe(text);
}

static bool is_over(const struct login_job *j)
{
	enum login_state state = login_now(j->login);
	return state == LOGIN_DONE || state == LOGIN_FAILED || atomic_load(&j->stop);
}

static void log_in(struct login_job *j)
{
	struct api api = {
		.transport = j->transport, .client_id = j->request.client_id, .waiting = is_stopped, .context = j};
	if (!site_probe_run(&api, str_or_empty(j->request.address), &j->arena, &j->site, &j->error)) {
		publish(j);
		return;
	}
	start_method(j);
	while (!is_over(j)) {
		publish(j);
		use_given(j);
		enum login_state state = login_step(j->login, StepMs);
		if (state == LOGIN_SECOND_FACTOR || state == LOGIN_PASTE)
			transport_poll(j->transport, StepMs);
	}
	publish(j);
}

/* Threads that are not over yet. The libraries they use are there until the last one is. */
static pthread_mutex_t running_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t running_less = PTHREAD_COND_INITIALIZER;
static int running;

static void count_running(int change)
{
	pthread_mutex_lock(&running_mutex);
	running += change;
	pthread_cond_broadcast(&running_less);
	pthread_mutex_unlock(&running_mutex);
}

static void wait_for_running(void)
{
	pthread_mutex_lock(&running_mutex);
	while (running > 0)
		pthread_cond_wait(&running_less, &running_mutex);
	pthread_mutex_unlock(&running_mutex);
}

static void wait_at_exit(void)
{
	ensure(atexit(wait_for_running) == 0);
}

static void job_leave(struct login_job *j)
{
	if (atomic_fetch_sub(&j->users, 1) > 1)
		return;
	if (j->login != NULL)
		login_free(j->login);
	if (*j->shown.key != '\0')
		explicit_bzero((char *)j->shown.key, strlen(j->shown.key));
	arena_fini(&j->shown_text);
	arena_fini(&j->arena);
	wipe(j->given);
	wipe(j->request.secret);
	free((char *)j->request.address);
	free((char *)j->request.ca_file);
	free((char *)j->request.client_id);
	free((char *)j->request.username);
	transport_close(j->transport);
	pthread_mutex_destroy(&j->mutex);
	free(j);
}

static void *thread_main(void *context)
{
	struct login_job *j = context;
	log_in(j);
	job_leave(j);
	count_running(-1);
	return NULL;
}

static void start_thread(struct login_job *j)
{
	/* After the network library has begun, so that exit() waits before it ends that library. */
	static pthread_once_t at_exit = PTHREAD_ONCE_INIT;
	pthread_once(&at_exit, wait_at_exit);
	pthread_t thread;
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	count_running(1);
	int code = pthread_create(&thread, NULL, thread_main, j);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	ensure(code == 0 && pthread_detach(thread) == 0);
}

struct login_job *login_job_start(const struct login_request *r, int wake_fd, struct error *err)
{
	struct transport *transport = transport_curl_new(r->ca_file, err);
	if (transport == NULL)
		return NULL;
	struct login_job *j = xcalloc(1, sizeof *j);
	*j = (struct login_job){.users = 2, .wake_fd = wake_fd, .transport = transport,
		.request = {.address = copy(r->address), .ca_file = copy(r->ca_file), .client_id = copy(r->client_id),
			.method = r->method, .username = copy(r->username), .secret = copy(r->secret)}};
	j->shown = (struct login_view){.base_url = "",
		.site_title = "",
		.code = "",
		.url = "",
		.full_url = "",
		.key = "",
		.username = "",
		.name = "",
		.expires_ms = -1};
	ensure(pthread_mutex_init(&j->mutex, NULL) == 0);
	start_thread(j);
	return j;
}

struct login_view login_job_view(struct login_job *j, struct arena *a)
{
	pthread_mutex_lock(&j->mutex);
	struct login_view v = j->shown;
	const char **text[] = {
		&v.base_url, &v.site_title, &v.code, &v.url, &v.full_url, &v.key, &v.username, &v.name};
	for (size_t i = 0; i < COUNT(text); i++)
		*text[i] = arena_strdup(a, *text[i]);
	pthread_mutex_unlock(&j->mutex);
	return v;
}

void login_job_give(struct login_job *j, const char *text)
{
	pthread_mutex_lock(&j->mutex);
	wipe(j->given);
	j->given = xstrdup(text);
	/* Nothing is asked again before this was looked at. */
	if (j->shown.stage == LOGIN_STAGE_FACTOR || j->shown.stage == LOGIN_STAGE_PASTE)
		j->shown.stage = LOGIN_STAGE_BUSY;
	pthread_mutex_unlock(&j->mutex);
	transport_wake(j->transport);
}

void login_job_end(struct login_job *j)
{
	pthread_mutex_lock(&j->mutex);
	j->wake_fd = -1;
	pthread_mutex_unlock(&j->mutex);
	atomic_store(&j->stop, true);
	transport_wake(j->transport);
	job_leave(j);
}
