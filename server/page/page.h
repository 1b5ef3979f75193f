#pragma once
#include "http.h"

/* Pages for a browser: plain HTML without scripts, one style sheet, in the requester's language. */

void html_escape(struct sbuf *out, const char *text);

/* Starts a page in w->body: head, site name, title as heading. `title` and everything below is in the requester's
 * language already. */
void page_begin(struct request *r, struct response *w, const char *title);
void page_end(struct request *r, struct response *w);
/* <p>text</p>, escaped. */
void page_text(struct response *w, const char *text);

/* Turns the JSON error in *w into a page with the same status. */
void page_error(struct request *r, struct response *w);
/* What a browser gets for an address that only answers JSON. */
void page_shell(struct request *r, struct response *w);

extern const struct route page_routes[];
