#pragma once
#include "command.h"
#include "event_store.h"
#include "sync_report.h"
#include "topic_store.h"

/* One file a noun: command_NOUN.c. */
int today_run(struct call *c);
int topics_run(struct call *c);
int topic_run(struct call *c);
int messages_run(struct call *c);
int members_run(struct call *c);
int member_run(struct call *c);
int events_run(struct call *c);
int event_run(struct call *c);
int guide_run(struct call *c);
int notices_run(struct call *c);
int post_run(struct call *c);
int reply_run(struct call *c);
int message_run(struct call *c);
int rsvp_run(struct call *c);
int outbox_run(struct call *c);
int notes_run(struct call *c);
int note_run(struct call *c);
int export_run(struct call *c);
int search_run(struct call *c);
int status_run(struct call *c);
int sync_run(struct call *c);
int login_run(struct call *c);
int logout_run(struct call *c);
int config_run(struct call *c);
int wipe_run(struct call *c);
int completion_run(struct call *c);
int doctor_run(struct call *c);
int demo_run(struct call *c);

/* Fetches in this thread with a line of progress on stderr when that is a terminal. no_limits: without the
 * sparing of other people's servers, for measuring. report may be NULL. */
int sync_fetch(struct call *c, bool no_limits, struct sync_report *report);
/* The same without a line of progress, and only until `enough` says so, which is asked about once a second. */
bool sync_until(struct call *c, bool (*enough)(void *context), void *context, struct error *err);
/* One item as the lists show it; used by today too. */
struct json *topic_json(const struct topic_row *t);
struct json *event_json(const struct event_row *e);
void topic_lines(struct call *c, const struct topic_row *t);
void event_lines(struct call *c, const struct event_row *e);
