#include "check.h"

#include "emoji.h"
#include "html.h"
#include "mem.h"
#include "width.h"

static const struct html_options narrow = {.width = 40, .base_url = "https://kring.example/forum"};

static void render(const char *html, const struct html_options *opt, struct sbuf *out)
{
	struct arena a = {0};
	struct styled s = {0};
	struct html_options o = *opt;
	o.zone = o.zone == NULL ? zone_get("Europe/Amsterdam") : o.zone;
	html_render(html, &o, &a, &s);
	sbuf_reset(out);
	styled_plain(&s, out);
	arena_fini(&a);
}

struct row {
	const char *name, *html, *want;
};

static void check_rows(const struct row *rows, size_t count, const struct html_options *opt)
{
	struct sbuf out = {0};
	for (size_t i = 0; i < count; i++) {
		render(rows[i].html, opt, &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
	}
	sbuf_fini(&out);
}

static void running_text(void **state)
{
	static const struct row rows[] = {
		{"nothing", "", ""},
		{"plain text without a tag", "Hallo Zoë", "Hallo Zoë\n"},
		{"paragraphs", "<p>Een.</p>\n<p>Twee.</p>", "Een.\n\nTwee.\n"},
		{"line break", "<p>Een<br>\ntwee</p>", "Een\ntwee\n"},
		{"white space", "<p>  a \n\t b  </p>", "a b\n"},
		{"wrapped between words", "<p>Dit is een zin die niet op een regel past.</p>",
			"Dit is een zin die niet op een regel\npast.\n"},
		{"marks inside a word", "<p>on<b>der</b>werp</p>", "onderwerp\n"},
		{"entities", "<p>a &lt;b&gt; &amp; &euro; &nbsp;c</p>", "a <b> & €  c\n"},
		{"heading without its anchor", "<h2><a class=\"anchor\" href=\"#x\"></a>Kop</h2><p>t</p>", "Kop\n\nt\n"},
		{"rule", "<p>a</p><hr><p>b</p>", "a\n\n---\n\nb\n"},
		{"deleted", "<p><del>oud</del> nieuw</p>", "~oud~ nieuw\n"},
		{"above and below", "<p>m<sup>2</sup> H<sub>2</sub>O</p>", "m^2 H_2O\n"},
		{"abbreviation", "<p><abbr title=\"Low Stimulus\">LS</abbr></p>", "LS (Low Stimulus)\n"},
		{"ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢 (kan)\n"},
		{"quoted words", "<p><q>ja</q></p>", "\"ja\"\n"},
		{"definitions", "<dl><dt>woord</dt><dd>uitleg</dd></dl>", "woord\n  uitleg\n"},
		{"inline code and keys", "<p><code>ls</code> en <kbd>Enter</kbd></p>", "ls en Enter\n"},
		{"CJK breaks anywhere", "<p>漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字</p>",
			"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字\n漢字漢字\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void lists_and_quotes(void **state)
{
	static const struct row rows[] = {
		{"bullets", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>", "- een\n- twee\n"},
		{"numbers from a start", "<ol start=\"9\"><li>een</li><li>twee</li></ol>", "9. een\n10. twee\n"},
		{"reversed", "<ol reversed><li>een</li><li>twee</li></ol>", "2. een\n1. twee\n"},
		{"nested", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"},
		{"hanging indent", "<ul><li>een regel die veel te lang is voor veertig</li></ul>",
			"- een regel die veel te lang is voor\n  veertig\n"},
		{"loose items", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b\n"},
		{"empty item", "<ul><li></li><li>b</li></ul>", "-\n- b\n"},
		{"after a paragraph", "<p>Zie:</p><ul><li>a</li></ul><p>Klaar</p>", "Zie:\n\n- a\n\nKlaar\n"},
		{"checklist", "<p><span class=\"chcklst-box fa fa-square-o fa-fw\"></span> open<br>"
			"<span class=\"chcklst-box checked fa fa-check-square-o fa-fw\"></span> klaar</p>",
			"[ ] open\n[x] klaar\n"},
		{"quote in words of Markdown", "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc\n"},
		{"quote in a quote", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
			"> a\n>\n> > b\n"},
		{"quoted post", "<aside class=\"quote\" data-username=\"noor\" data-post=\"3\" data-topic=\"12\">"
			"<div class=\"title\"><div class=\"quote-controls\"></div><img class=\"avatar\" src=\"x\"> noor:</div>"
			"<blockquote><p>Dat klopt.</p></blockquote></aside><p>Ja.</p>", "noor wrote:\n> Dat klopt.\n\nJa.\n"},
		{"quote from another topic", "<aside class=\"quote\" data-username=\"noor\" data-post=\"3\" data-topic=\"12\">"
			"<div class=\"title\"><a href=\"/t/x/12/3\">Overleg</a></div><blockquote><p>Ja.</p></blockquote></aside>",
			"noor wrote in \"Overleg\":\n> Ja.\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void SR8_code_and_tables_in_one_column(void **state)
{
	static const struct row rows[] = {
		{"code as it is", "<pre><code class=\"lang-c\">if (x)\n\ty();\n\nz();\n</code></pre>",
			"  if (x)\n          y();\n\n  z();\n"},
		{"a long line of code is marked", "<pre><code>0123456789012345678901234567890123456789</code></pre>",
			"  01234567890123456789012345678901234567\n  \\ 89\n"},
		{"markup in code is text", "<pre><code>&lt;b&gt;</code></pre>", "  <b>\n"},
		{"drawing", "<pre data-code-wrap=\"mermaid\"><code>a--&gt;b</code></pre>",
			"[drawing, as its source]\n  a-->b\n"},
		{"formula", "<div class=\"math\">\nE = mc^2\n</div>", "  E = mc^2\n"},
		{"table that fits", "<table><thead><tr><th>Naam</th><th>Regio</th></tr></thead><tbody><tr><td>Noor</td>"
			"<td>Utrecht</td></tr><tr><td>Sam</td><td>Zwolle</td></tr></tbody></table>",
			"Naam  Regio\nNoor  Utrecht\nSam   Zwolle\n"},
		{"table that does not fit", "<table><tr><th>Naam</th><th>Wat ik doe</th></tr><tr><td>Noor</td>"
			"<td>Begeleiding van jongeren en hun ouders</td></tr><tr><td>Sam</td><td>Training</td></tr></table>",
			"Naam: Noor\nWat ik doe: Begeleiding van jongeren en\n  hun ouders\n\nNaam: Sam\nWat ik doe:"
			" Training\n"},
		{"links in cells", "<table><tr><td><a href=\"/x\">een</a></td></tr></table>",
			"een [1]\n\n[1] https://kring.example/x\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void SR8_a_table_becomes_lines_when_so_chosen(void **state)
{
	static const struct row rows[] = {
		{"table that fits", "<table><thead><tr><th>Naam</th><th>Regio</th></tr></thead><tbody><tr><td>Noor</td>"
			"<td>Utrecht</td></tr><tr><td>Sam</td><td>Zwolle</td></tr></tbody></table>",
			"Naam: Noor\nRegio: Utrecht\n\nNaam: Sam\nRegio: Zwolle\n"},
		{"without headings", "<table><tr><td>Noor</td><td>Utrecht</td></tr></table>", "Noor\nUtrecht\n"},
	};
	static const struct html_options lines = {.width = 40, .tables_as_lines = true};
	check_rows(rows, COUNT(rows), &lines);
}

static void links(void **state)
{
	static const struct row rows[] = {
		{"numbered and listed", "<p>Zie <a href=\"https://a.example/x\">hier</a> en <a href=\"/t/5\">daar</a>.</p>",
			"Zie hier [1] en daar [2].\n\n[1] https://a.example/x\n[2] https://kring.example/t/5\n"},
		{"the same one twice", "<a href=\"/x\">a</a> <a href=\"/x\">b</a>",
			"a [1] b [1]\n\n[1] https://kring.example/x\n"},
		{"a bare address is not repeated", "<p><a href=\"https://a.example/\">https://a.example/</a></p>",
			"https://a.example/ [1]\n"},
		{"without a scheme", "<a href=\"//b.example/y\">y</a>", "y [1]\n\n[1] https://b.example/y\n"},
		{"mail", "<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example [1]\n"},
		{"javascript is only text", "<p><a href=\"javascript:alert(1)\">druk</a></p>", "druk\n"},
		{"data is only text", "<p><a href=\"data:text/html,x\">druk</a></p>", "druk\n"},
		{"other schemes are only text", "<p><a href=\"file:///etc/passwd\">a</a> <a href=\" -x\">b</a></p>",
			"a b\n"},
		{"escape in an address", "<a href=\"https://a.example/\033[2J\">x</a>",
			"x [1]\n\n[1] https://a.example/\xEF\xBF\xBD[2J\n"},
		{"a long address is cut over lines",
			"<a href=\"https://a.example/0123456789012345678901234567890123456789\">x</a>",
			"x [1]\n\n[1] https://a.example/012345678901234567\n    8901234567890123456789\n"},
		{"mention and hashtag", "<p><a class=\"mention\" href=\"/u/noor\">@noor</a> <a class=\"hashtag-cooked\" "
			"href=\"/c/x/5\"><svg><use href=\"#folder\"></use></svg><span>Opdrachten</span></a></p>",
			"@noor #Opdrachten\n"},
		{"attachment", "<p><a class=\"attachment\" href=\"/uploads/x.pdf\">plan.pdf</a> (12 KB)</p>",
			"plan.pdf [1] (12 KB)\n\n[1] https://kring.example/uploads/x.pdf\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void pictures_and_boxes(void **state)
{
	static const struct row rows[] = {
		{"image", "<p><img src=\"/i.png\" alt=\"een tuin\" width=\"640\" height=\"480\"></p>",
			"[image: een tuin, 640x480] [1]\n\n[1] https://kring.example/i.png\n"},
		{"image in a light box", "<div class=\"lightbox-wrapper\"><a"
			" class=\"lightbox\" href=\"/big.png\" title=\"tuin\">"
			"<img src=\"/s.png\" alt=\"tuin\" width=\"69\" height=\"48\"><div"
			" class=\"meta\"><span>tuin</span></div></a></div>",
			"[image: tuin, 69x48] [1]\n\n[1] https://kring.example/big.png\n"},
		{"emoji", "<p>Top <img class=\"emoji\" title=\":+1:\" alt=\":+1:\" src=\"x\"></p>", "Top 👍\n"},
		{"unknown emoji", "<img class=\"emoji\" title=\":onze_eigen:\" src=\"x\">", ":onze_eigen:\n"},
		{"video", "<div class=\"video-placeholder-container\" data-video-src=\"/v.mp4\"></div>",
			"[video] [1]\n\n[1] https://kring.example/v.mp4\n"},
		{"video element", "<video><source src=\"/v.mp4\"><a href=\"/v.mp4\">v</a></video>",
			"[video] [1]\n\n[1] https://kring.example/v.mp4\n"},
		{"film by number", "<div class=\"lazyYT\" data-youtube-id=\"abc\" data-youtube-title=\"Lezing\"></div>",
			"[video: Lezing] [1]\n\n[1] https://www.youtube.com/watch?v=abc\n"},
		{"page in a page", "<iframe src=\"https://a.example/\"><p>no</p></iframe>",
			"[page from elsewhere] [1]\n\n[1] https://a.example/\n"},
		{"box of a link", "<aside class=\"onebox allowlistedgeneric\" data-onebox-src=\"https://a.example/p\">"
			"<header class=\"source\"><a href=\"https://a.example/p\">a.example</a></header><article"
			" class=\"onebox-body\">"
			"<h3><a href=\"https://a.example/p\">Een pagina</a></h3><p>Wat erop staat,"
			" en dat is nogal veel tekst.</p></article></aside>",
			"Een pagina [1] (a.example)\n  Wat erop staat, en dat is nogal veel …\n\n[1] https://a.example/p\n"},
		{"poll without data", "<div class=\"poll\" data-poll-name=\"poll\"><div class=\"poll-container\"><ul>"
			"<li data-poll-option-id=\"1\">Ja</li><li>Nee</li></ul></div><div class=\"poll-info\">3</div></div>",
			"Poll\n\n- Ja\n- Nee\n"},
		{"event without data", "<div class=\"discourse-post-event\" data-start=\"2026-03-03"
			" 14:00\" data-name=\"Koffie\">"
			"Kom erbij</div>", "Meeting: Koffie\nBegins: 2026-03-03 15:00\nKom erbij\n"},
		{"calendar", "<p>a</p><div class=\"calendar\">x</div>", "a\n"},
		{"unknown boxes are text", "<div class=\"policy\">Afspraak</div>", "Afspraak\n"},
		{"footnote", "<p>A<sup class=\"footnote-ref\"><a href=\"#fn1\">[1]</a></sup>.</p><hr"
			" class=\"footnotes-sep\">"
			"<ol class=\"footnotes-list\"><li><p>Noot <a"
			" class=\"footnote-backref\" href=\"#r\">x</a></p></li></ol>", "A (note 1).\n\nNotes\n\n1. Noot\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void folds_and_spoilers(void **state)
{
	static const char html[] = "<details><summary>Meer</summary><p>Inhoud</p></details>"
		"<p>De dader is <span class=\"spoiler\">de butler</span>.</p><div class=\"spoiler\"><p>Echt</p></div>";
	static const struct {
		const char *name, *want;
		uint64_t folds, spoilers;
		bool all;
	} rows[] = {
		{"closed", "[+] Meer\n\nDe dader is [hidden text 1].\n\n[hidden text 2]\n", 0, 0, false},
		{"fold open", "[-] Meer\n  Inhoud\n\nDe dader is [hidden text 1].\n\n[hidden text 2]\n", 1, 0, false},
		{"second spoiler", "[+] Meer\n\nDe dader is [hidden text 1].\n\nEcht\n", 0, 2, false},
		{"all", "[-] Meer\n  Inhoud\n\nDe dader is de butler.\n\nEcht\n", 0, 0, true},
	};
	struct sbuf out = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct html_options opt = {
			.folds_open = rows[i].folds,
			.spoilers_shown = rows[i].spoilers,
			.show_all = rows[i].all,
		};
		render(html, &opt, &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
	}
	sbuf_fini(&out);
}

static void lines_know_what_they_hold(void **state)
{
	struct arena a = {0};
	struct styled s = {0};
	struct html_options opt = {.anchor = 7, .first_link = 4, .base_url = "https://kring.example"};
	html_render("<details><summary>Meer</summary>x</details><p>Een <span class=\"spoiler\">a</span></p>"
		"<aside class=\"quote\" data-username=\"noor\" data-post=\"3\" data-topic=\"12\"><blockquote>q</blockquote></aside>"
		"<p><a href=\"/x\">link</a></p>", &opt, &a, &s);
	CHECK_INT("fold", s.line[0].fold, 1);
	CHECK_INT("no fold on the next line", s.line[1].fold, 0);
	CHECK_INT("spoiler", s.line[2].spoiler, 1);
	CHECK_INT("quoted topic", s.line[4].quote_topic, 12);
	CHECK_INT("quoted post", s.line[4].quote_post, 3);
	CHECK_INT("anchor", s.line[4].anchor, 7);
	CHECK_INT("folds", s.fold_count, 1);
	CHECK_INT("spoilers", s.spoiler_count, 1);
	CHECK_INT("number", s.link[0].number, 4);
	CHECK_STRING("link 4", s.link[0].url, "https://kring.example/x");
	CHECK_INT("link of a span", s.line[7].span[0].link, 4);
	opt = (struct html_options){.anchor = 8, .base_url = "https://k.example"};
	html_render("<p><a href=\"/y\">y</a></p>", &opt, &a, &s);
	CHECK_INT("second post", styled_anchor_line(&s, 8) > 0, 1);
	CHECK_INT("anchor of its link", s.link[1].anchor, 8);
	CHECK_STRING("its link", s.link[1].url, "https://k.example/y");
	arena_fini(&a);
}

static void dates_are_in_the_members_zone(void **state)
{
	static const struct row rows[] = {
		{"moment", "<span class=\"discourse-local-date\" data-date=\"2026-03-03\" data-time=\"13:30:00\" "
			"data-timezone=\"UTC\">x</span>", "2026-03-03 14:30\n"},
		{"summer time", "<span class=\"discourse-local-date\" data-date=\"2026-07-03\" data-time=\"14:30\" "
			"data-timezone=\"America/New_York\">x</span>", "2026-07-03 20:30\n"},
		{"a day stays that day", "<span class=\"discourse-local-date\" data-date=\"2026-03-03\" "
			"data-timezone=\"Asia/Tokyo\">x</span>", "2026-03-03\n"},
		{"shown in another zone", "<span class=\"discourse-local-date\" data-date=\"2026-03-03\" data-time=\"12:00\" "
			"data-timezone=\"UTC\" data-displayed-timezone=\"Europe/Athens\">x</span>", "2026-03-03 14:00\n"},
		{"range", "<p><span class=\"discourse-local-date\" data-range=\"from\" data-date=\"2026-03-03\" data-time=\"14:00\" "
			"data-timezone=\"Europe/Amsterdam\">x</span> → <span class=\"discourse-local-date\" data-range=\"to\" "
			"data-date=\"2026-03-03\" data-time=\"16:00\" data-timezone=\"Europe/Amsterdam\">y</span>, tot dan</p>",
			"2026-03-03 14:00 - 2026-03-03 16:00, tot dan\n"},
		{"no date is the text", "<span class=\"discourse-local-date\" data-date=\"morgen\">morgen</span>",
			"morgen\n"},
		{"impossible date", "<span class=\"discourse-local-date\" data-date=\"2026-99-99\">ooit</span>", "ooit\n"},
	};
	struct html_options wide = {.width = 66};
	check_rows(rows, COUNT(rows), &wide);
}

static bool draw_slot(void *data, enum html_slot slot, const char *name, struct styled_builder *b)
{
	styled_add(b, ROLE_TEXT, slot == HTML_POLL ? "poll " : "event ");
	styled_add(b, ROLE_TEXT, name);
	return true;
}

static void say_date(void *data, const struct html_date *d, struct sbuf *out)
{
	sbuf_addf(out, "%s %lld %s", (const char *)data, (long long)d->start, d->recurring == NULL ? "once" : d->recurring);
}

static void callers_draw_polls_events_and_dates(void **state)
{
	char word[] = "op";
	struct html_options opt = {.slot = draw_slot, .date = say_date, .date_data = word};
	struct sbuf out = {0};
	render("<p>a</p><div class=\"poll\" data-poll-name=\"keuze\">x</div><div class=\"discourse-post-event\" "
		"data-name=\"Koffie\">y</div><span class=\"discourse-local-date\" data-date=\"1970-01-02\" data-time=\"00:00\" "
		"data-recurring=\"1.weeks\">z</span>", &opt, &out);
	CHECK_STRING("all three", sbuf_str(&out), "a\n\npoll keuze\n\nevent Koffie\n\nop 86400 1.weeks\n");
	sbuf_fini(&out);
}

static void the_moments_of_an_event_are_dates(void **state)
{
	static const struct {
		const char *start, *expected;
	} row[] = {
		{"1970-01-02 00:00", "Meeting: Koffie\nBegins: op 86400 once\n"},
		{"1970-01-02T00:00:00Z", "Meeting: Koffie\nBegins: op 86400 once\n"},
		{"1970-01-02 01:00\" data-timezone=\"Europe/Amsterdam", "Meeting: Koffie\nBegins: op 86400 once\n"},
		{"1970-01-02", "Meeting: Koffie\nBegins: 1970-01-02\n"},
		{"vrijdag in de middag", "Meeting: Koffie\nBegins: vrijdag in de middag\n"},
		{"2026-99-99 99:99", "Meeting: Koffie\nBegins: 2026-99-99 99:99\n"},
	};
	char word[] = "op";
	struct html_options opt = {.date = say_date, .date_data = word};
	for (size_t i = 0; i < COUNT(row); i++) {
		char html[200];
		struct sbuf out = {0};
		snprintf(html, sizeof html, "<div class=\"discourse-post-event\" data-name=\"Koffie\" data-start=\"%s\"></div>",
			row[i].start);
		render(html, &opt, &out);
		CHECK_STRING(row[i].start, sbuf_str(&out), row[i].expected);
		sbuf_fini(&out);
	}
}

static void hostile_input_is_harmless(void **state)
{
	static const struct row rows[] = {
		{"escape sequences", "<p>a\033[31mb&#27;[32mc&#x9b;1m</p>", "a\xEF\xBF\xBD[31mb[32mc›1m\n"},
		{"escape in attributes", "<img src=\"/x\" alt=\"a\033]0;b\007\" width=\"1\" height=\"1\">",
			"[image: a\xEF\xBF\xBD]0;b\xEF\xBF\xBD, 1x1] [1]\n\n[1] https://kring.example/x\n"},
		{"turned text", "<p>a\xE2\x80\xAE" "b&#x202e;c</p>", "abc\n"},
		{"bad UTF-8", "<p>a\xFF" "b</p>", "a\xEF\xBF\xBD" "b\n"},
		{"scripts and styles", "<script>alert('<p>x</p>')</script><style>p{}</style><p>a</p>", "a\n"},
		{"comments", "<!-- <p>x</p> --><p>a</p><!-- open", "a\n"},
		{"tags that never end", "<p>a</p><p class=\"x", "a\n"},
		{"wrong order", "<b><p>a</b>b</p></div>c", "a\n\nbc\n"},
		{"a lone <", "<p>1 < 2 <3</p>", "1 < 2 <3\n"},
		{"unknown elements", "<blink><p>a</p></blink><x-y>b</x-y>", "a\n\nb\n"},
	};
	check_rows(rows, COUNT(rows), &narrow);
}

static void render_repeated(const char *piece, size_t bytes, struct sbuf *out)
{
	struct sbuf html = {0};
	while (html.n < bytes)
		sbuf_add(&html, piece);
	render(sbuf_str(&html), &narrow, out);
	sbuf_fini(&html);
}

static void size_and_nesting_are_bounded(void **state)
{
	static const char *const pieces[] = {"<div>", "<b>", "<ul><li>", "<blockquote>x", "<table><tr><td>",
		"<a href=x>", "<details>", "<p><b id=1></p>", "<span class=spoiler>", "<svg>", "<aside class=quote>",
		"&", "<"};
	struct sbuf out = {0};
	for (size_t i = 0; i < COUNT(pieces); i++)
		render_repeated(pieces[i], HTML_INPUT_MAX / 2, &out);
	render_repeated("<p>lang </p>", HTML_INPUT_MAX + 5000, &out);
	assert_non_null(strstr(sbuf_str(&out), "This text is too long to show here."));
	sbuf_fini(&out);
}

static void one_line_of_text(void **state)
{
	static const struct row rows[] = {
		{"plain", "Intervisie in Utrecht", "Intervisie in Utrecht"},
		{"entities", "Vraag &amp; aanbod &ndash; maart", "Vraag & aanbod – maart"},
		{"emoji codes", "Klaar :tada: om 10:30: nu", "Klaar 🎉 om 10:30: nu"},
		{"markup", "<p>Eerste <b>regel</b></p>\n<p>Tweede</p>", "Eerste regel Tweede"},
		{"cut on a whole character", "éééééééééééééééééééééééééé", "éééééééééééééééééééé"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		html_line(rows[i].html, &out, 40);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
}

static void emoji_by_name(void **state)
{
	static const struct row rows[] = {
		{"common", "smile", "😄"}, {"first of the table", "+1", "👍"}, {"tone", "wave:t3", "👋"},
		{"last of the table", "zzz", "💤"}, {"start of a name", "smil", ""}, {"longer than a name", "smilex", ""},
		{"nothing", "", ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		CHECK_INT(rows[i].name, emoji_find(rows[i].html, strlen(rows[i].html), &out), rows[i].want[0] != '\0');
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
	struct sbuf out = {0};
	render("<img class=\"emoji\" title=\":+1:\" src=\"x\">", &(struct html_options){.emoji_words = true}, &out);
	CHECK_STRING("as words", sbuf_str(&out), ":+1:\n");
	sbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(running_text),
		cmocka_unit_test(lists_and_quotes),
		cmocka_unit_test(SR8_code_and_tables_in_one_column),
		cmocka_unit_test(SR8_a_table_becomes_lines_when_so_chosen),
		cmocka_unit_test(links),
		cmocka_unit_test(pictures_and_boxes),
		cmocka_unit_test(folds_and_spoilers),
		cmocka_unit_test(lines_know_what_they_hold),
		cmocka_unit_test(dates_are_in_the_members_zone),
		cmocka_unit_test(callers_draw_polls_events_and_dates),
		cmocka_unit_test(the_moments_of_an_event_are_dates),
		cmocka_unit_test(hostile_input_is_harmless),
		cmocka_unit_test(size_and_nesting_are_bounded),
		cmocka_unit_test(one_line_of_text),
		cmocka_unit_test(emoji_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
