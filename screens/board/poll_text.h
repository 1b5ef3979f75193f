#pragma once
#include "discourse_poll.h"
#include "sbuf.h"
#include "styled.h"
#include "zone.h"

/* A poll in words. Results are words first; the bar behind them only says it again. */
enum { POLL_BAR_CELLS = 20, POLL_BAR_LEAST = 5 };

/* The poll as it stands in a post: options, results, what holds for it. */
void poll_text_add(struct styled_builder *b, const struct poll *p, const struct zone *zone, bool aloud);
/* The title, or "Poll". */
const char *poll_text_title(const struct poll *p);
/* The text of an option on one line. Appends. */
void poll_text_option(struct sbuf *out, const struct poll_option *o);
/* Of the members who voted, 0 to 100. */
int poll_text_percent(const struct poll *p, const struct poll_option *o);
/* "3 votes, 43 percent", and a bar when at least POLL_BAR_LEAST cells fit in `cols`. Nothing when the member may
 * not see it. Appends. */
void poll_text_result(struct sbuf *out, const struct poll *p, const struct poll_option *o, int cols);
/* How many voted, until when it is open, when the result is shown: sentences. Appends. */
void poll_text_rules(struct sbuf *out, const struct poll *p, const struct zone *zone);
