#include "consent.h"

#include <string.h>

#include "page.h"
#include "scope.h"
#include "str.h"

void consent_text(struct request *r, struct response *w, const struct key_request *k)
{
	char *copy = arena_strdup(r->mem, k->scopes), *next = copy, *scope;
	page_text(w, arena_printf(r->mem, say(r, "The program \"%s\" asks to use your account (%s)."),
		k->application_name, r->me.username));
	page_text(w, say(r, "If you agree, the program may do this:"));
	sbuf_add(&w->body, "<ul>\n");
	while ((scope = strsep(&next, ",")) != NULL) {
		sbuf_add(&w->body, "<li>");
		html_escape(&w->body, say(r, str_or_empty(scope_words(scope))));
		sbuf_add(&w->body, "</li>\n");
	}
	sbuf_add(&w->body, "</ul>\n");
	page_text(w, say(r, "Do not agree when you did not start this yourself."));
}
