#pragma once
#include "screen.h"
#include "topic_store.h"

/* What lists of topics and of messages have in common. */
struct row topic_list_row(struct screen *s, const struct topic_row *t);
