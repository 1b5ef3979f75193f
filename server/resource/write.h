#pragma once
#include "encode.h"
#include "error.h"

/* What the resources that change something share. */

/* Answers what an operation refused, in the requester's language. */
void write_failed(struct request *r, struct response *w, const struct error *err);
/* 422 with a sentence (English source of say()). */
void write_refused(struct request *r, struct response *w, const char *english);
/* Discourse's other form: {"failed":"FAILED","errors":[...]} with 400. */
void write_failed_400(struct request *r, struct response *w, const char *english);
/* 200 without a body. */
void write_done(struct response *w);

/* The post with raw, as the requester now sees it, with what they may do; NULL: not there or not for them,
 * and answered with 404. The caller frees it. */
struct json *write_post(struct request *r, struct response *w, int64_t post_id);
/* Answers a post: alone, or as `member` of an object. With the sequence of the draft for its topic. */
void write_answer_post(struct request *r, struct response *w, int64_t post_id, const char *member);

/* Not silenced; false is answered with 403. */
bool write_voice(struct request *r, struct response *w);

/* A topic the requester may see; false is answered with 404. */
bool write_topic_visible(struct request *r, struct response *w, int64_t topic_id);

/* The first of these parameters that is there (NULL ends the list); NULL when none is. */
const char *write_param(const struct request *r, const char *const *names);
/* tags[]=a, and the newer tags[][name]=a; *tags lives in r->mem. -1: no tags were given at all. */
int write_tags(const struct request *r, const char *const **tags);
/* False: too many, or fewer than the category asks for; answered. */
bool write_tags_allowed(struct request *r, struct response *w, int count, int64_t category_id);
/* A time in ms; 0 for none. False: it is not a time, and answered with 400. */
bool write_time(struct request *r, struct response *w, const char *name, int64_t *ms);
/* Is the member in one of the groups of a setting ("10|11")? */
bool write_in_groups(struct request *r, const char *setting);
/* Characters of UTF-8. */
int64_t write_length(const char *s);

/* Sets the status of a member from these parameters, when they are there, and tells everyone. False is answered. */
bool user_status_change(struct request *r, struct response *w, int64_t user_id, const char *emoji_name,
	const char *words_name, const char *ends_name);
