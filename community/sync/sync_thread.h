#pragma once
#include <stdbool.h>

#include "sync_module.h"

/* The thread around sync_step; see sync_module for what each does. */
struct sync_thread *sync_thread_start(const struct sync_options *o, int wake_fd, struct error *err);
unsigned sync_thread_changed(struct sync_thread *t);
uint64_t sync_thread_post(struct sync_thread *t, const struct sync_intent *i);
uint64_t sync_thread_written(struct sync_thread *t);
bool sync_thread_busy(struct sync_thread *t);
bool sync_thread_trouble(struct sync_thread *t, struct error *out);
bool sync_thread_calendar_trouble(struct sync_thread *t, struct error *out);
void sync_thread_stop(struct sync_thread *t);
