#pragma once
#include "screen.h"
#include "topic_store.h"

/* What lists of topics and of messages have in common. New ones that wait to be sent stand among them: id2 of
 * their rows is TOPIC_LIST_WAITING, and id the one in the outbox. */
enum { TOPIC_LIST_WAITING = 1 };
int topic_list_count(struct screen *s, const struct topic_filter *f);
void topic_list_rows(struct screen *s, const struct topic_filter *f, int first, int n, struct row *out);
int topic_list_position(struct screen *s, const struct topic_filter *f, int64_t id, int64_t id2);
void topic_list_enter(struct screen *s, const struct row *row);
/* Everything up to now counts as read. */
void topic_list_read_all(struct screen *s);
/* A message goes to the archive, or back to the inbox. */
void topic_list_archive(struct screen *s, const struct topic_row *t);
/* Follow or mute a category; 0: it is said that one has to be chosen first. */
void topic_list_category_level(struct screen *s, int64_t category_id);
