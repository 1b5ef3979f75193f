#include "check.h"

#include <strings.h>

#include "cook.h"
#include "forum_names.h"
#include "sbuf.h"
#include "str.h"

/* A community of two members, a group, a category and a tag. */

static enum cook_mention who(void *data, const char *name)
{
	if (strcasecmp(name, "sanne") == 0 || strcasecmp(name, "joost.b") == 0)
		return COOK_USER;
	return strcmp(name, "beheerteam") == 0 ? COOK_GROUP : COOK_NOBODY;
}

static bool hashtag(void *data, const char *slug, struct cook_hashtag *out)
{
	if (strcmp(slug, "samenwerken") == 0)
		*out = (struct cook_hashtag){"category", "Samenwerken", "/c/samenwerken/5", 5};
	else if (strcmp(slug, "rust") == 0)
		*out = (struct cook_hashtag){"tag", "rust", "/tag/rust", 3};
	else
		return false;
	return true;
}

static const char *avatar(void *data, const char *username)
{
	return strcmp(username, "sanne") == 0 ? "/a/s/{size}.png" : NULL;
}

static const char *title(void *data, int64_t topic_id)
{
	return topic_id == 14 ? "Een <ander> onderwerp" : NULL;
}

static const struct cook_context context = {
	.mention = who, .hashtag = hashtag, .avatar = avatar, .topic_title = title, .digest = forum_digest,
	.topic_id = 9};

static char *cook(struct arena *a, const char *raw)
{
	struct cooked c;
	cook_post(&context, raw, &c, a);
	return arena_strdup(a, c.html);
}

#define EMOJI(name, more)                                                                                    \
	"<img src=\"/images/emoji/twitter/" name ".png?v=12\" title=\":" name ":\" class=\"emoji" more           \
	"\" alt=\":" name ":\" loading=\"lazy\" width=\"20\" height=\"20\">"
#define QUOTE(attributes, head, body) \
	"<aside class=\"quote no-group\"" attributes ">\n" head "<blockquote>\n" body "</blockquote>\n</aside>"
#define TITLE(inner) "<div class=\"title\">\n<div class=\"quote-controls\"></div>\n" inner "</div>\n"

static const struct {
	const char *name, *raw, *html;
} rows[] = {
	{"nothing", "", ""},
	{"paragraph with a hard break", "een\ntwee", "<p>een<br>\ntwee</p>"},
	{"windows line ends", "een\r\n\r\ntwee", "<p>een</p>\n<p>twee</p>"},
	{"emphasis", "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"},
	{"special characters", "a < b & c > d \"e\"", "<p>a &lt; b &amp; c &gt; d &quot;e&quot;</p>"},
	{"heading", "## Wat *nu*?",
		"<h2><a name=\"wat-nu-h-1\" class=\"anchor\" href=\"#wat-nu-h-1\"></a>Wat <em>nu</em>?</h2>"},
	{"tight list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"},
	{"ordered list from 3", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
	{"code keeps everything", "```c\n@sanne [quote] <b>\n```",
		"<pre data-code-wrap=\"c\"><code class=\"lang-c\">@sanne [quote] &lt;b&gt;\n</code></pre>"},
	{"code without a language", "~~~\nx\n~~~", "<pre><code class=\"lang-auto\">x\n</code></pre>"},
	{"table", "| a | b |\n|---|--:|\n| 1 | 2 |",
		"<div class=\"md-table\">\n<table>\n<thead>\n<tr>\n<th>a</th>\n"
		"<th style=\"text-align:right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td "
		"style=\"text-align:right\">2</td>\n"
		"</tr>\n</tbody>\n</table>\n</div>"},
	{"footnote", "voet[^1]\n\n[^1]: noot",
		"<p>voet<sup class=\"footnote-ref\"><a href=\"#footnote-1\" id=\"footnote-ref-1\">[1]</a>"
		"</sup></p>\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n<li id=\"footnote-1\" "
		"class=\"footnote-item\">\n"
		"<p>noot <a href=\"#footnote-ref-1\" "
		"class=\"footnote-backref\">↩︎</a></p>\n</li>\n</ol>\n</section>"},

	{"mention", "hoi @Sanne.", "<p>hoi <a class=\"mention\" href=\"/u/sanne\">@Sanne</a>.</p>"},
	{"mention with a dot inside", "@joost.b!",
		"<p><a class=\"mention\" href=\"/u/joost.b\">@joost.b</a>!</p>"},
	{"mention of a group", "(@beheerteam)",
		"<p>(<a class=\"mention-group notify\" href=\"/groups/beheerteam\">@beheerteam</a>)</p>"},
	{"mention of nobody", "@wie", "<p><span class=\"mention\">@wie</span></p>"},
	{"no mention in code, links and words", "`@sanne` [@sanne](/t/1) x@sanne",
		"<p><code>@sanne</code> <a href=\"/t/1\">@sanne</a> x@sanne</p>"},
	{"hashtag of a category", "#samenwerken",
		"<p><a class=\"hashtag-cooked\" href=\"/c/samenwerken/5\" data-type=\"category\""
		" data-slug=\"samenwerken\" data-id=\"5\"><span class=\"hashtag-icon-placeholder\"><svg class=\"fa "
		"d-icon d-icon-folder"
		" svg-icon svg-node\"><use href=\"#folder\"></use></svg></span><span>Samenwerken</span></a></p>"},
	{"unknown hashtag and number", "#niets en #12",
		"<p><span class=\"hashtag-raw\">#niets</span> en #12</p>"},
	{"emoji alone", ":heart:", "<p>" EMOJI("heart", " only-emoji") "</p>"},
	{"emoji in text", "fijn :wave: 🙂 :nietbestaand:",
		"<p>fijn " EMOJI("wave", "") " " EMOJI("slight_smile", "") " :nietbestaand:</p>"},
	{"a face and a time", "leuk :) om 10:30:00", "<p>leuk " EMOJI("slight_smile", "") " om 10:30:00</p>"},
	{"boxes", "- [ ] a\n- [x] b",
		"<ul>\n<li><span class=\"chcklst-box fa fa-square-o fa-fw\"></span> a</li>\n"
		"<li><span class=\"chcklst-box checked fa fa-check-square-o fa-fw\"></span> b</li>\n</ul>"},
	{"bbcode", "[b]a[/b] [spoiler]x *y*[/spoiler] [i]open",
		"<p><span class=\"bbcode-b\">a</span> <span class=\"spoiler\">x <em>y</em>"
		"</span> [i]open</p>"},
	{"bbcode across emphasis closes where it must", "*[b]x*y[/b]",
		"<p><em><span class=\"bbcode-b\">x</span></em>y[/b]</p>"},
	{"local date", "[date=2026-07-01 time=14:30 timezone=\"Europe/Amsterdam\"]",
		"<p><span data-date=\"2026-07-01\" data-time=\"14:30:00\" class=\"discourse-local-date\" "
		"data-timezone=\"Europe/Amsterdam\""
		" data-email-preview=\"2026-07-01 12:30:00 UTC\">2026-07-01T12:30:00Z</span></p>"},
	{"date that is none", "[date=morgen]", "<p>[date=morgen]</p>"},
	{"date range", "[date-range from=2026-01-02 to=2026-01-03]",
		"<p><span data-date=\"2026-01-02\" class=\"discourse-local-date\" data-range=\"from\" "
		"data-email-preview=\"2026-01-02\">2026-01-02"
		"</span> → <span data-date=\"2026-01-03\" class=\"discourse-local-date\" data-range=\"to\" "
		"data-email-preview=\"2026-01-03\">"
		"2026-01-03</span></p>"},

	{"link", "[x](https://e.org/?a=1&b=\"2\")",
		"<p><a href=\"https://e.org/?a=1&amp;b=%222%22\" rel=\"noopener nofollow ugc\">x</a></p>"},
	{"bare link in text", "zie https://e.org nu",
		"<p>zie <a href=\"https://e.org\" rel=\"noopener nofollow ugc\">https://e.org</a> nu</p>"},
	{"bare link on its line", "zie\nhttps://e.org/x\nja",
		"<p>zie<br>\n<a href=\"https://e.org/x\" class=\"onebox\" target=\"_blank\""
		" rel=\"noopener nofollow ugc\">https://e.org/x</a><br>\nja</p>"},
	{"attachment", "[plan.pdf|attachment](upload://abc.pdf)",
		"<p><a class=\"attachment\" href=\"/uploads/short-url/abc.pdf\">plan.pdf</a></p>"},
	{"image with a size", "![foto|690x388, 50%](upload://abc.jpeg)",
		"<p><div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"/uploads/short-url/abc.jpeg\" "
		"title=\"foto\""
		" rel=\"noopener nofollow ugc\"><img src=\"/uploads/short-url/abc.jpeg\" alt=\"foto\" width=\"345\" "
		"height=\"194\">"
		"<div class=\"meta\"><span class=\"filename\">foto</span><span "
		"class=\"informations\">345×194</span></div></a></div></p>"},
	{"image without a size", "![a \"b\"](https://e.org/x.png)",
		"<p><img src=\"https://e.org/x.png\" alt=\"a &quot;b&quot;\"></p>"},

	{"quote", "[quote=\"sanne, post:2, topic:9\"]\nhallo\n[/quote]\n\nja",
		QUOTE(" data-username=\"sanne\" data-post=\"2\" data-topic=\"9\"",
			TITLE("<img loading=\"lazy\" alt=\"\" width=\"24\""
				  " height=\"24\" src=\"/a/s/48.png\" class=\"avatar\"> sanne:"),
			"<p>hallo</p>\n") "\n<p>ja</p>"},
	{"quote from another topic", "[quote=\"daan, post:3, topic:14\"]\nx\n[/quote]",
		QUOTE(" data-username=\"daan\" data-post=\"3\" data-topic=\"14\"",
			TITLE("<a href=\"/t/14/3\">Een &lt;ander&gt; onderwerp</a>"), "<p>x</p>\n")},
	{"quote on one line", "[quote]kort[/quote]", QUOTE("", "", "<p>kort</p>\n")},
	{"quote in a quote", "[quote]\na\n[quote]\nb\n[/quote]\n[/quote]",
		QUOTE("", "", "<p>a</p>\n" QUOTE("", "", "<p>b</p>\n") "\n")},
	{"quote without an end", "[quote=\"sanne\"]\nx", "<p>[quote=&quot;sanne&quot;]<br>\nx</p>"},
	{"end of a quote in code", "[quote]\n```\n[/quote]\n```\n[/quote]",
		QUOTE("", "", "<pre><code class=\"lang-auto\">[/quote]\n</code></pre>\n")},
	{"details", "[details=\"Meer & meer\"]\n- a\n[/details]",
		"<details>\n<summary>\nMeer &amp; meer</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>"},
	{"spoiler block", "[spoiler]\n*x*\n[/spoiler]", "<div class=\"spoiler\">\n<p><em>x</em></p>\n</div>"},
	{"event", "[event start=\"2026-03-03 14:30\" allDay=\"true\" name=\"A <b>\"]\nKom\n[/event]\n\nna",
		"<div class=\"discourse-post-event\" data-start=\"2026-03-03 14:30\" data-all-day=\"true\" "
		"data-name=\"A &lt;b&gt;\">\n<p>Kom</p>\n"
		"</div>\n<p>na</p>"},
	{"a few html tags", "<kbd onclick=\"x\">Ctrl</kbd> <b>vet", "<p><kbd>Ctrl</kbd> <b>vet</b></p>"},
	{"html details", "<details><summary>S</summary>\n\n*x*\n\n</details>",
		"<details><summary>S</summary>\n<p><em>x</em></p>\n</details>"},
};

static void cooks(void **state)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena a = {0};
		const char *html = cook(&a, rows[i].raw);
		if (strcmp(html, rows[i].html) != 0)
			fail_msg("%s:\n%s\nis not\n%s", rows[i].name, html, rows[i].html);
		arena_fini(&a);
	}
}

/* Nothing a writer types may come out as code, a handler, a foreign attribute or an unbalanced tag. */
static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"a <script>alert(1)</script>",
	"<img src=x onerror=alert(1)>",
	"<a href=\"javascript:x\">x</a>",
	"<div onclick=\"x\">a",
	"<iframe src=\"//e.org\"></iframe>",
	"<style>*{}</style>",
	"<svg/onload=alert(1)>",
	"[x](javascript:alert(1))",
	"[x](JaVaScRiPt:alert(1))",
	"[x]( javascript:alert(1))",
	"[x](data:text/html,<script>)",
	"[x](vbscript:x)",
	"[x](java\tscript:x)",
	"<javascript:alert(1)>",
	"![x](javascript:alert(1))",
	"![\" onerror=\"x](https://e.org)",
	"[x](https://e.org/\"onmouseover=alert(1))",
	"```\"><script>\nx\n```",
	"[quote=\"\"><script>x</script>\"]\nx\n[/quote]",
	"[details=\"<script>x</script>\"]\nx\n[/details]",
	"[event x\"><script>=1 start=\"\"><script>\"]\n[/event]",
	"[poll name=\"\"><script>\"]\n- <script>x</script>\n- b\n[/poll]",
	"[wrap=\"\" onclick=x]\na\n[/wrap]",
	"[date=2026-01-01 timezone=\"\"><script>\"]",
	"@<script>",
	"#<script>",
	":<script>:",
	"</p></div></aside>",
	"<b><i></b></i>",
	"<details><summary>",
	"[b]<i>[/b]</i>",
	"\x01\x1b[31m\xff\xfe",
	"&#x3c;script&#x3e;",
	"<!-- --><script>x</script>",
	"[spoiler]~~a\n[/spoiler]b~~ c",
	"<details>\n\nx[^1]\n\n[^1]: y\n    <details>",
	"[b]*a[/b]b*",
	"| a |\n|---|\n| <script>x</script> |",
	"[^1]: <script>\n\nx[^1]",
};

/* The attributes of one tag: names we write ourselves, quoted values, links of known schemes. Past the
 * tag. */
static const char *check_attributes(const char *p, const char *html, const char *raw)
{
	static const char *const known[] = {"class", "href", "src", "alt", "title", "width", "height", "loading",
		"rel", "target", "name", "id", "style", "start"};
	char name[40];
	while (*p == ' ') {
		int n = 0;
		bool fine = sscanf(p, " %39[a-z-]%n", name, &n) == 1 && str_starts(p + n, "=\"") &&
			strchr(p + n + 2, '"') != NULL;
		for (size_t i = 0; i < sizeof known / sizeof known[0] && !str_starts(name, "data-"); i++) {
			if (strcmp(known[i], name) == 0)
				break;
			fine = fine && i + 1 < sizeof known / sizeof known[0];
		}
		if (!fine)
			fail_msg("attributes %s in %s from %s", p, html, raw);
		const char *value = p + n + 2;
		bool link = strcmp(name, "href") == 0 || strcmp(name, "src") == 0;
		if (link && *value != '/' && *value != '#' && !str_starts(value, "http") &&
			!str_starts(value, "mailto:"))
			fail_msg("the link %s in %s from %s", value, html, raw);
		p = strchr(value, '"') + 1;
	}
	if (*p != '>')
		fail_msg("a tag that does not end in %s from %s", html, raw);
	return p;
}

/* Tags that we write, in order: every end fits the last open one. Void elements have none. */
static void check_tags(const char *html, const char *raw)
{
	static const char *const known[] = {"br", "hr", "img", "p", "a", "em", "strong", "s", "b", "i", "u",
		"kbd", "code", "pre", "div", "span", "ul", "ol", "li", "h1", "blockquote", "aside", "details",
		"summary", "table", "thead", "tbody", "tr", "th", "td", "sup", "section"};
	enum { EMPTY = 3, MOST = 200 };
	char open[MOST][16];
	int depth = 0;
	for (const char *p = strchr(html, '<'); p != NULL; p = strchr(p + 1, '<')) {
		char name[16] = "";
		bool closing = p[1] == '/';
		size_t i = 0;
		sscanf(p + 1 + closing, "%15[a-z0-9]", name);
		while (i < sizeof known / sizeof known[0] && strcmp(known[i], name) != 0)
			i++;
		if (i == sizeof known / sizeof known[0])
			fail_msg("<%s in %s from %s", name, html, raw);
		p = check_attributes(p + 1 + closing + strlen(name), html, raw);
		if (closing && (depth == 0 || strcmp(open[--depth], name) != 0))
			fail_msg("</%s> does not fit in %s from %s", name, html, raw);
		if (!closing && i >= EMPTY && depth < MOST)
			strcpy(open[depth++], name);
	}
	if (depth != 0)
		fail_msg("<%s> stays open in %s from %s", open[depth - 1], html, raw);
}

static void stays_safe(void **state)
{
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		struct arena a = {0};
		const char *html = cook(&a, hostile[i]);
		check_tags(html, hostile[i]);
		assert_null(strchr(html, '\x1b'));
		arena_fini(&a);
	}
}

/* Long and deeply nested text ends in bounded time, memory and nesting. */
static void stays_bounded(void **state)
{
	static const struct {
		const char *name, *piece;
		int times;
	} piles[] = {
		{"names", "@sanne ", 20000},
		{"at signs", "@", 200000},
		{"quotes", "[quote]\n", 20000},
		{"bold", "[b]", 60000},
		{"ends", "[/b", 60000},
		{"markdown quotes", "> ", 50000},
		{"brackets", "[", 200000},
		{"colons", ":a", 100000},
		{"lists", "- ", 50000},
		{"details", "<details>", 20000},
		{"html", "<b>", 50000},
		{"stars", "*a ", 60000},
	};
	for (size_t i = 0; i < sizeof piles / sizeof piles[0]; i++) {
		struct arena a = {0};
		struct sbuf raw = {0};
		for (int k = 0; k < piles[i].times; k++)
			sbuf_add(&raw, piles[i].piece);
		const char *html = cook(&a, raw.p);
		assert_true(strlen(html) < 80 * COOK_MAX_BYTES);
		sbuf_fini(&raw);
		arena_fini(&a);
	}
}

static void finds_names_and_quotes(void **state)
{
	struct arena a = {0};
	struct cooked c;
	cook_post(&context,
		"@sanne @sanne @beheerteam @niemand\n\n[quote=\"daan, post:3, topic:14\"]\n@joost.b\n\n[poll]\n- "
		"a\n[/poll]\n[/quote]",
		&c, &a);
	assert_int_equal(c.user_count, 1);
	assert_string_equal(c.user[0], "sanne");
	assert_int_equal(c.group_count, 1);
	assert_int_equal(c.quote_count, 1);
	assert_string_equal(c.quote[0].username, "daan");
	assert_int_equal(c.quote[0].post_number, 3);
	assert_int_equal(c.quote[0].topic_id, 14);
	assert_int_equal(c.poll_count, 0);
	arena_fini(&a);
}

static void finds_polls(void **state)
{
	struct arena a = {0};
	struct cooked c;
	cook_post(&context,
		"[poll name=een type=multiple min=1 max=2 public=true results=on_close "
		"close=2026-04-01T10:00:00Z]\n# Wat *nu*?\n"
		"* 1\n* Nee\n[/poll]\n\n[poll name=twee type=number min=1 max=9 step=2]\n[/poll]",
		&c, &a);
	assert_int_equal(c.poll_count, 2);
	const struct poll *p = &c.poll[0];
	assert_string_equal(p->name, "een");
	assert_string_equal(p->title, "Wat <em>nu</em>?");
	assert_int_equal(p->type, POLL_MULTIPLE);
	assert_int_equal(p->results, POLL_ON_CLOSE);
	assert_true(p->public_votes && p->open);
	assert_int_equal(p->close_ms, INT64_C(1775037600000));
	assert_int_equal(p->option_count, 2);
	/* As Discourse names the option "1" of its own test poll. */
	assert_string_equal(p->option[0].id, "4d8a15e3cc35750f016ce15a43937620");
	assert_string_equal(p->option[0].html, "1");
	assert_int_equal(c.poll[1].option_count, 5);
	assert_string_equal(c.poll[1].option[4].html, "9");
	arena_fini(&a);
}

static void finds_the_event(void **state)
{
	struct arena a = {0};
	struct cooked c;
	cook_post(&context,
		"Kom je?\n\n[event start=\"2026-03-03 14:30\" maxAttendees=\"8\"]\nTwee regels\ntekst\n[/event]", &c,
		&a);
	assert_int_equal(c.event_count, 1);
	assert_int_equal(c.event->attribute_count, 2);
	assert_string_equal(c.event->attribute[1].name, "maxAttendees");
	assert_string_equal(c.event->attribute[1].value, "8");
	assert_string_equal(c.event->description, "Twee regels\ntekst");
	arena_fini(&a);
}

static void makes_excerpts(void **state)
{
	static const struct {
		const char *html, *excerpt;
		size_t max;
	} cases[] = {
		{"<p>Dag &amp; <b>nacht</b></p>\n<p>twee</p>", "Dag & nacht twee", 100},
		{"<aside class=\"quote\"><blockquote><p>oud</p></blockquote></aside>\n<p>nieuw</p>", "nieuw", 100},
		{"<p>één twee drie</p>", "één…", 6},
		{"<p>a <img class=\"thumbnail\" alt=\"foto\"> &#x2665; &euro; &onbekend;</p>", "a ♥ € &onbekend;",
			100},
		{"<p>a <img class=\"emoji\" src=\"x\" alt=\":heart:\"></p>", "a :heart:", 100},
		{"<div class=\"lightbox-wrapper\"><a><img alt=\"x\"><div "
		 "class=\"meta\"><span>weg</span></div></a></div>na",
			"na", 100},
		{"<p>open <b", "open", 100},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a = {0};
		assert_string_equal(cook_excerpt(&a, cases[i].html, cases[i].max), cases[i].excerpt);
		arena_fini(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cooks),
		cmocka_unit_test(stays_safe),
		cmocka_unit_test(stays_bounded),
		cmocka_unit_test(finds_names_and_quotes),
		cmocka_unit_test(finds_polls),
		cmocka_unit_test(finds_the_event),
		cmocka_unit_test(makes_excerpts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
