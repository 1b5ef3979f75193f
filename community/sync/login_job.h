#pragma once
#include "sync_module.h"

/* A login in a thread of its own; see sync_module for what each does. */
struct login_job *login_job_start(const struct login_request *r, int wake_fd, struct error *err);
struct login_view login_job_view(struct login_job *j, struct arena *a);
void login_job_give(struct login_job *j, const char *text);
void login_job_end(struct login_job *j);
