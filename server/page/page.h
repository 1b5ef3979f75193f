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

/* Forms. The CSRF token goes along. Labels are in the requester's language already. */
void page_form_begin(struct request *r, struct response *w, const char *action);
void page_hidden(struct response *w, const char *name, const char *value);
/* `type`: "text" or "password"; `autocomplete`: the HTML token, e.g. "username". */
void page_field(struct response *w, const char *name, const char *label, const char *type, const char *autocomplete,
	const char *value);
void page_button(struct response *w, const char *name, const char *value, const char *label);
void page_form_end(struct response *w);
/* A line that a screen reader says at once: it has the focus, and Tab goes on to the first field. One a page. */
void page_alert(struct response *w, const char *text);

extern const struct route page_routes[];
