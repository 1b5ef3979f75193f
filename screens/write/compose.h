#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "change.h"
#include "screen.h"

/* Where writing begins. Each opens a screen over `s`; when a draft for the same place is there already, it
 * first asks whether to go on with that one. When nothing can be written, the reason is said and nothing
 * opens. */

/* A topic; category_id 0: the member chooses. */
void compose_topic(struct screen *s, int64_t category_id);
/* A reply to a post, 0: to the topic; `quote` begins with the words of the post. */
void compose_reply(struct screen *s, int64_t topic_id, int post_number, bool quote);
/* The same with words to begin with. */
void compose_topic_from(struct screen *s, int64_t category_id, const char *title, const char *body);
void compose_reply_from(struct screen *s, int64_t topic_id, const char *body);
/* A private message; names: usernames and groups joined with ", ", NULL or "": the member fills them in. */
void compose_message(struct screen *s, const char *names);
/* The same with a title and a text to begin with. */
void compose_message_from(struct screen *s, const char *names, const char *title, const char *body);
/* The member's own post again. */
void compose_edit(struct screen *s, int64_t post_id);
/* What an edit of it begins with; its texts are in the arena. False: it cannot be changed, and why was said. */
bool compose_edit_begin(struct screen *s, int64_t post_id, struct change *c, struct arena *a);
/* A draft or a refused item of the outbox again. */
void compose_again(struct screen *s, int64_t outbox_id);
