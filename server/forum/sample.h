#pragma once
#include "forum.h"
#include "sample_yaml.h"

#define SAMPLE_PASSWORD "kring-voorbeeld" /* of every sample member */

/* Inside the sample loader only. Everything is derived from the moment of making, so that the same moment
 * gives the same community. */
struct sample {
	struct forum *f;
	const char *language;
	int64_t now_ms;
	struct member_row {
		int64_t id, joined_ms;
		const char *username;
	} *member;
	int member_count;
};

/* A file of this language, "site.yaml"; NULL with err when it is not there or cannot be read. */
struct yaml_node *sample_read(struct sample *s, const char *path, struct error *err);
/* A number between 0 and below - 1 that belongs to these names. */
uint32_t sample_pick(const char *a, const char *b, uint32_t below);

/* Settings, fields, groups, categories, members. */
bool sample_people(struct sample *s, struct error *err);
/* Topics, meetings and messages in the order in which they were written, with likes, sign-ups and votes. */
bool sample_story(struct sample *s, struct error *err);
/* Who has read what, and what they kept. */
bool sample_readers(struct sample *s, struct error *err);

/* An event's text with its dates filled in. */
struct sample_dates {
	char start[24], end[24], start_date[16], until[16];
	const char *date;
	int64_t starts_ms;
};
bool sample_dates_of(struct sample *s, const struct yaml_node *when, struct sample_dates *d,
	struct error *err);
char *sample_fill(struct sample *s, const char *text, const struct sample_dates *d);
