#pragma once
#include "forum.h"

enum { CATEGORY_UNCATEGORIZED = 1 };

struct new_category {
	int64_t id;                  /* 0: the next */
	int64_t parent_id;           /* 0: none */
	const char *name, *slug;     /* slug NULL: from the name */
	const char *description, *color, *topic_template;
	int position;                /* 0: after the last */
	const int64_t *group;        /* when there are any, only these groups read and write it */
	int group_count;
};
bool forum_category_create(struct forum *f, const struct new_category *c, int64_t *id, struct error *err);
int64_t forum_category_id(struct sql *db, const char *slug); /* 0: none */
/* 1 create topics, 2 reply, 3 read, 0 not visible. Nobody (no login) at most reads. */
int forum_category_permission(struct sql *db, struct viewer v, int64_t category_id);

/* Finds or makes a tag; 0 when the name is not usable. */
int64_t forum_tag_id(struct forum *f, const char *name, struct error *err);
/* Replaces the tags of a topic. */
bool forum_topic_set_tags(struct forum *f, int64_t topic_id, const char *const *tag, int count,
	struct error *err);
