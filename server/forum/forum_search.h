#pragma once
#include "forum.h"

/* post_search is contentless (rowid = post id; columns title, which only first posts have, and raw): rows
 * that change are taken out with the text they had. */
bool forum_search_add(struct sql *db, int64_t post_id, const char *title, const char *raw, struct error *err);
bool forum_search_remove(struct sql *db, int64_t post_id, const char *title, const char *raw,
	struct error *err);
/* What people type, as an FTS5 expression: every word as a quoted prefix, nothing of it an operator. NULL
 * when there is no word in it. */
char *forum_search_expression(struct arena *a, const char *words);
