#include "page.h"

#include "session.h"
#include "str.h"

static void attribute(struct sbuf *b, const char *name, const char *value)
{
	sbuf_addf(b, " %s=\"", name);
	html_escape(b, value);
	sbuf_addc(b, '"');
}

void page_form_begin(struct request *r, struct response *w, const char *action)
{
	sbuf_add(&w->body, "<form method=\"post\"");
	attribute(&w->body, "action", action);
	sbuf_add(&w->body, ">\n");
	page_hidden(w, "authenticity_token", session_csrf(r));
}

void page_hidden(struct response *w, const char *name, const char *value)
{
	if (value == NULL)
		return;
	sbuf_add(&w->body, "<input type=\"hidden\"");
	attribute(&w->body, "name", name);
	attribute(&w->body, "value", value);
	sbuf_add(&w->body, ">\n");
}

void page_field(struct response *w, const char *name, const char *label, const char *type, const char *autocomplete,
	const char *value)
{
	struct sbuf *b = &w->body;
	sbuf_add(b, "<label");
	attribute(b, "for", name);
	sbuf_addc(b, '>');
	html_escape(b, label);
	sbuf_add(b, "</label>\n<input");
	attribute(b, "id", name);
	attribute(b, "name", name);
	attribute(b, "type", type);
	attribute(b, "autocomplete", autocomplete);
	sbuf_add(b, " autocapitalize=\"none\" spellcheck=\"false\" required");
	if (!str_empty(value))
		attribute(b, "value", value);
	sbuf_add(b, ">\n");
}

void page_button(struct response *w, const char *name, const char *value, const char *label)
{
	sbuf_add(&w->body, "<button type=\"submit\"");
	attribute(&w->body, "name", name);
	attribute(&w->body, "value", value);
	sbuf_addc(&w->body, '>');
	html_escape(&w->body, label);
	sbuf_add(&w->body, "</button>\n");
}

void page_form_end(struct response *w)
{
	sbuf_add(&w->body, "</form>\n");
}

void page_alert(struct response *w, const char *text)
{
	sbuf_add(&w->body, "<p role=\"alert\" tabindex=\"-1\" autofocus>");
	html_escape(&w->body, text);
	sbuf_add(&w->body, "</p>\n");
}
