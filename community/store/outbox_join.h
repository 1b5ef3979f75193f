#pragma once
#include "category_store.h"
#include "event_store.h"
#include "member_store.h"
#include "outbox_private.h"
#include "post_store.h"
#include "topic_store.h"

/* What readers show as it will be once everything underway has arrived. Between the files of the store only. */
void outbox_join_posts(struct store *s, struct post_row *row, int count, struct arena *a);
void outbox_join_polls(struct store *s, int64_t post_id, struct poll *poll, int count, struct arena *a);
void outbox_join_topics(struct store *s, struct topic_row *row, int count, struct arena *a);
void outbox_join_category(struct store *s, struct category *c);
void outbox_join_event(struct store *s, struct event *e, struct arena *a);
void outbox_join_event_rows(struct store *s, struct event_row *row, int count);
void outbox_join_member(struct store *s, struct member *m, struct arena *a);
void outbox_join_members(struct store *s, struct member_row *row, int count);
/* One value of the profile, as the change says; texts are borrowed from it. */
void outbox_set_profile(struct member *m, const struct change *c, struct arena *a);
