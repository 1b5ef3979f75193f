#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event_store.h"

/* Reminders that the member set on meetings. They stay on this computer. Of a series: before each time. */

/* Minutes before the begin; 0: none. */
int reminder_store_get(struct store *s, int64_t event_id);
/* What has not begun and whose reminder is due, soonest first. */
struct event_rows reminder_store_due(struct store *s, int64_t now_ms, int limit, struct arena *a);
/* 0 minutes removes it. */
bool reminder_store_put(struct store *s, int64_t event_id, int minutes, struct error *err);
