#include "setting_writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "config_file.h"
#include "first_run.h"
#include "mem.h"
#include "panic.h"
#include "paths.h"

struct job {
	struct job *next;
	struct setting_result result;
	char *value;
	int step;
	bool (*write)(void *data, struct error *err);
};

struct setting_writer {
	pthread_t thread;
	pthread_mutex_t mutex; /* of what follows */
	pthread_cond_t moved;  /* something was given, or written */
	struct job *first, *done;
	bool runs, ends;
	int wake_fd;
};

static void append(struct job **list, struct job *j)
{
	while (*list != NULL)
		list = &(*list)->next;
	*list = j;
	j->next = NULL;
}

static void job_free(struct job *j)
{
	free(j->value);
	free(j);
}

static void write_job(struct job *j)
{
	struct setting_result *r = &j->result;
	char *path = paths_config_file();
	if (j->write != NULL)
		r->ok = j->write(r->data, &r->err);
	else
		r->ok = r->option == NULL ? first_run_put(j->step, &r->err)
			: config_file_set(path, r->option->name, j->value, &r->err);
	free(path);
}

/* With the mutex. */
static void finish_first(struct setting_writer *w)
{
	struct job *j = w->first;
	w->first = j->next;
	append(&w->done, j);
	pthread_cond_broadcast(&w->moved);
	ssize_t n = write(w->wake_fd, "!", 1);
	(void)n; /* a full pipe wakes too */
}

static void *run(void *data)
{
	struct setting_writer *w = data;
	pthread_mutex_lock(&w->mutex);
	while (!w->ends || w->first != NULL) {
		if (w->first == NULL) {
			pthread_cond_wait(&w->moved, &w->mutex);
			continue;
		}
		pthread_mutex_unlock(&w->mutex);
		write_job(w->first);
		pthread_mutex_lock(&w->mutex);
		finish_first(w);
	}
	pthread_mutex_unlock(&w->mutex);
	return NULL;
}

/* Signals are for the other thread. */
static void start_thread(struct setting_writer *w)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	ensure(pthread_create(&w->thread, NULL, run, w) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	w->runs = true;
}

struct setting_writer *setting_writer_new(int wake_fd)
{
	struct setting_writer *w = xcalloc(1, sizeof *w);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&w->mutex, NULL);
	pthread_cond_init(&w->moved, &attr);
	pthread_condattr_destroy(&attr);
	w->wake_fd = wake_fd;
	return w;
}

static void give(struct setting_writer *w, struct job *j)
{
	pthread_mutex_lock(&w->mutex);
	append(&w->first, j);
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->mutex);
	if (!w->runs)
		start_thread(w);
}

void setting_writer_set(struct setting_writer *w, const struct option *o, const char *value, enum option_change how)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->result = (struct setting_result){.option = o, .how = how};
	j->value = xstrdup(value);
	give(w, j);
}

void setting_writer_step(struct setting_writer *w, int step)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->step = step;
	give(w, j);
}

void setting_writer_do(struct setting_writer *w, bool (*write)(void *data, struct error *err), void *data)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->write = write;
	j->result.data = data;
	give(w, j);
}

static bool has_option(const struct job *list, const struct option *o)
{
	while (list != NULL && list->result.option != o)
		list = list->next;
	return list != NULL;
}

bool setting_writer_result(struct setting_writer *w, struct setting_result *out, struct arena *a)
{
	pthread_mutex_lock(&w->mutex);
	struct job *j = w->done;
	if (j != NULL) {
		w->done = j->next;
		*out = j->result;
		out->value = j->value == NULL ? NULL : arena_strdup(a, j->value);
		out->last = w->done == NULL && w->first == NULL;
		out->newer = out->option != NULL && (has_option(w->done, out->option) || has_option(w->first, out->option));
	}
	pthread_mutex_unlock(&w->mutex);
	if (j != NULL)
		job_free(j);
	return j != NULL;
}

void setting_writer_wait(struct setting_writer *w, int most_ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += most_ms / 1000;
	until.tv_nsec += most_ms % 1000 * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_mutex_lock(&w->mutex);
	while (w->first != NULL && pthread_cond_timedwait(&w->moved, &w->mutex, &until) == 0)
		;
	pthread_mutex_unlock(&w->mutex);
}

void setting_writer_end(struct setting_writer *w)
{
	if (!w->runs)
		return;
	pthread_mutex_lock(&w->mutex);
	w->ends = true;
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->mutex);
	pthread_join(w->thread, NULL);
	w->runs = false;
}

void setting_writer_free(struct setting_writer *w)
{
	setting_writer_end(w);
	for (struct job *j = w->done, *next; j != NULL; j = next) {
		next = j->next;
		job_free(j);
	}
	pthread_cond_destroy(&w->moved);
	pthread_mutex_destroy(&w->mutex);
	free(w);
}
