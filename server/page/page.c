#include "page.h"

#include "forum.h"
#include "page_style.h"
#include "str.h"

void html_escape(struct sbuf *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		switch (*text) {
		case '&':
			sbuf_add(out, "&amp;");
			break;
		case '<':
			sbuf_add(out, "&lt;");
			break;
		case '>':
			sbuf_add(out, "&gt;");
			break;
		case '"':
			sbuf_add(out, "&quot;");
			break;
		case '\'':
			sbuf_add(out, "&#39;");
			break;
		default:
			sbuf_addc(out, *text);
		}
}

void page_begin(struct request *r, struct response *w, const char *title)
{
	const char *site = forum_setting(r->db, r->mem, "title", "kring");
	struct sbuf *b = &w->body;
	sbuf_reset(b);
	w->type = "text/html; charset=utf-8";
	sbuf_addf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>", r->language);
	html_escape(b, title);
	sbuf_add(b, " - ");
	html_escape(b, site);
	sbuf_add(b, "</title>\n<link rel=\"stylesheet\" href=\"/kring.css\">\n</head>\n<body>\n");
	if (!str_equal(title, site)) {
		sbuf_add(b, "<header><p>");
		html_escape(b, site);
		sbuf_add(b, "</p></header>\n");
	}
	sbuf_add(b, "<main>\n<h1>");
	html_escape(b, title);
	sbuf_add(b, "</h1>\n");
}

void page_end(struct request *r, struct response *w)
{
	sbuf_add(&w->body, "</main>\n</body>\n</html>\n");
}

void page_text(struct response *w, const char *text)
{
	sbuf_add(&w->body, "<p>");
	html_escape(&w->body, text);
	sbuf_add(&w->body, "</p>\n");
}

/* NULL: the form's token was not right, which is no JSON object. */
static const char *first_error(struct request *r, struct response *w)
{
	struct json *root = json_parse(sbuf_str(&w->body), w->body.n, NULL);
	const char *sentence = json_as_string(json_first(json_get(root, "errors")));
	sentence = sentence == NULL ? NULL : arena_strdup(r->mem, sentence);
	json_free(root);
	return sentence;
}

void page_error(struct request *r, struct response *w)
{
	static const struct {
		int status;
		const char *title;
	} titles[] = {
		{403, "This is not allowed"}, {404, "This page does not exist"}, {429, "Too many times"},
			{0, "This does not work"}};
	const char *sentence = first_error(r, w);
	int i = 0;
	while (titles[i].status != 0 && titles[i].status != w->status)
		i++;
	page_begin(r, w, say(r, sentence == NULL ? "This form is out of date" : titles[i].title));
	page_text(w, sentence == NULL ? say(r, "Open the page again and fill it in again.") : sentence);
	sbuf_addf(&w->body, "<p><a href=\"/\">%s</a></p>\n", say(r, "To the first page"));
	page_end(r, w);
}

void page_shell(struct request *r, struct response *w)
{
	page_begin(r, w, say(r, "This address is for programs"));
	page_text(w, say(r, "You can read this community with the program kring."));
	sbuf_addf(&w->body, "<p><a href=\"/\">%s</a></p>\n", say(r, "To the first page"));
	page_end(r, w);
}

/* Who is logged in, and the way in or out. */
static void who(struct request *r, struct response *w)
{
	if (r->me.by != AUTH_SESSION) {
		sbuf_addf(&w->body, "<p><a href=\"/login\">%s</a></p>\n", say(r, "Log in"));
		return;
	}
	page_text(w, arena_printf(r->mem, say(r, "You are logged in as %s."), r->me.username));
	page_form_begin(r, w, "/logout");
	page_button(w, "do", "logout", say(r, "Log out"));
	page_form_end(w);
}

static void home(struct request *r, struct response *w)
{
	page_begin(r, w, forum_setting(r->db, r->mem, "title", "kring"));
	const char *about = forum_setting(r->db, r->mem, "site_description", "");
	if (*about != '\0')
		page_text(w, about);
	page_text(w, say(r, "This is a community. You read it with kring, a program for the terminal."));
	page_text(w, say(r, "Install kring and type this:"));
	sbuf_add(&w->body, "<pre>kring login ");
	html_escape(&w->body, r->base_url);
	sbuf_add(&w->body, "</pre>\n");
	who(r, w);
	page_end(r, w);
}

static void style(struct request *r, struct response *w)
{
	response_text(w, "text/css; charset=utf-8", page_style);
}

const struct route page_routes[] = {
	{"GET", "/", home, ROUTE_ANYONE | ROUTE_HTML},
	{"GET", "/kring.css", style, ROUTE_ANYONE | ROUTE_HTML},
	{0},
};
