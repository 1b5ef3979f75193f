#pragma once
#include <stdbool.h>
#include <stdint.h>

/* A notification of Discourse: something that concerns the member. */
struct notice {
	int64_t id, topic_id, created_ms;
	int type, post_number;
	bool read, high_priority;
	const char *title;    /* of the topic */
	const char *username; /* who did it; NULL when unknown */
	const char *detail;   /* badge name, group name or event name; NULL */
};

/* One sentence pattern per type, with %s for the name, translated; unknown types get a general one. */
const char *notice_pattern(int type);
