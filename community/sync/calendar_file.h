#pragma once
#include <stdbool.h>

#include "sbuf.h"
#include "store.h"
#include "sync_module.h"

/* Meetings of the store for other calendar programs. */

/* The text of the file. ERR_NOT_FOUND: there is no such meeting. */
bool calendar_text(struct store *s, const struct sync_options *o, const struct calendar_choice *which,
	struct sbuf *out, struct error *err);
/* Brings the file that the options name up to date; it is only written when it is different. */
bool calendar_file_update(const struct sync_options *o, struct error *err);
