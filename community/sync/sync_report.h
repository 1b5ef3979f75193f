#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "error.h"

/* What fetching did since it was started. */
struct sync_report {
	int64_t requests, bytes;  /* bytes: over the line */
	int64_t posts;            /* new here */
	int64_t edited, deleted;  /* posts and topics that were already here */
	int64_t members, events;  /* new or changed here */
	int64_t sent, refused;    /* of what the member wrote or changed */
	int64_t waiting;          /* of it, not there yet at the end */
	double seconds;
	bool complete;            /* everything of the chosen period is here */
	struct error calendar;    /* why the calendar file was not written; ERR_NONE: it was, or there is none */
};
