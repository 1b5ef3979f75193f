#pragma once
#include "screen.h"
#include "topic_store.h"

/* What lists of topics and of messages have in common. */
struct row topic_list_row(struct screen *s, const struct topic_row *t);
/* Everything up to now counts as read. */
void topic_list_read_all(struct screen *s);
/* A message goes to the archive, or back to the inbox. */
void topic_list_archive(struct screen *s, const struct topic_row *t);
/* Follow or mute a category; 0: it is said that one has to be chosen first. */
void topic_list_category_level(struct screen *s, int64_t category_id);
