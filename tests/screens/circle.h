#pragma once
#include "community.h"

#include "agreement_store.h"

/* Meetings as organisers write them: a circle, one on site, one that says nothing of itself, and one where
 * all is odd. */
enum { CircleCategory = 3, CircleEvent = 90001, SiteEvent = 90101, PlainEvent = 90201, OddEvent = 90301,
	OwnEvent = 90401, CookedEvent = 90501 };

static const char circle_text[] =
	"[event start=\"2026-03-10 19:30\" status=\"public\" timezone=\"Europe/Amsterdam\"]\n[/event]\n\n"
	"- **Doel van de bijeenkomst:** samen naar een casus kijken\n- **Methode:** incidentmethode\n"
	"- **Stappen met minuten:**\n  - inbreng, 10 minuten\n  - vragen, 20 minuten\n"
	"- **Camera:** mag uit\n- **Ondertiteling:** op aanvraag\n- **Alleen luisteren mag:** yes\n- **Inbrenger"
	" bekend:** nee\n"
	"- **Contactpersoon:** Lid 03, @lid03\n\nNeem iets te drinken mee.\n";

static const char site_text[] =
	"Welkom!\n\n## Programma\n\n- 13.30 uur inloop\n- 14.00 uur begin\n\n## Praktisch\n\n"
	"Adres: Stationsplein 1, tweede deur\nKosten: geen\nRustige ruimte? Ja, naast de zaal\nRolstoel: deels,"
	" een drempel\n"
	"Parkeren: -\nContact: Lid 04 van de Kring, 06 12 34 56 78\nAanmelden tot: 1 maart 2026\nLet op: de deur"
	" klemt.\n\n"
	"| Vraag | Antwoord |\n|---|---|\n| Geur | kom zonder parfum |\n| Iets nodig? | schrijf mij |\n";

static const char own_text[] = "- **Afspraken:**\n  - We luisteren.\n  - Wat we zeggen, blijft hier.\n\nTot dan.\n";

static const char cooked_text[] =
	"<div class=\"discourse-post-event\" data-start=\"x\"><div>Kosten:"
	" 99</div></div>\n<p><strong>Kosten:</strong> 5 euro<br>\n"
	"Geluid: muziek &amp; galm</p>\n<h2>Programma</h2>\n<ul>\n<li>10.00 welkom</li>\n<li>11.00"
	" pauze</li>\n</ul>\n<h2>Verder</h2>\n"
	"<div class=\"md-table\"><table><tbody><tr><td>Licht</td><td>daglicht</td></tr></tbody></table></div>\n"
	"<dl><dt>Geur</dt><dd>geen parfum</dd></dl><p>Zie <a href=\"https://voorbeeld.example/zaal\">de zaal</a>.</p>";

static void circle_put_event(struct community *c, struct event e, const char *raw, const char *cooked)
{
	struct error err;
	struct topic t = {.id = e.topic_id, .category_id = e.category_id, .title = e.name, .slug = "bijeenkomst",
		.posts_count = 1,
		.highest_post_number = 1, .created_ms = now_ms - 86400000, .last_posted_ms = now_ms - 86400000,
		.bumped_ms = now_ms - 90 * 86400000LL, .visible = true, .author = "lid02", .last_poster = "lid02"};
	struct post p = {.id = e.id, .topic_id = e.topic_id, .user_id = 2, .post_number = 1, .type = POST_REGULAR,
		.username = "lid02", .name = "Lid 02", .cooked = cooked, .raw = raw, .created_ms = t.created_ms,
		.updated_ms = t.created_ms, .version = 1, .event = &e};
	e.topic_title = e.name;
	e.detailed = true;
	e.creator = "lid02";
	assert_true(topic_store_put(c->writer, &t, &err));
	assert_true(post_store_put(c->writer, &p, NULL, NULL, &err));
	assert_true(event_store_put(c->writer, &e, &err));
}

static struct event circle_event(int64_t id, int64_t category_id, const char *name, int64_t starts_ms)
{
	return (struct event){.id = id, .topic_id = id / 100, .category_id = category_id, .name = name,
		.starts_ms = starts_ms,
		.ends_ms = starts_ms + 5400000, .timezone = "Europe/Amsterdam", .max_attendees = 6, .can_sign_up = true};
}

static char *circle_odd_text(void)
{
	struct sbuf b = {0};
	sbuf_add(&b, "- **Programma:** ");
	for (int i = 0; i < 10 * 1024; i++)
		sbuf_add(&b, "lang woord ");
	sbuf_add(&b, "\n- **Adres:** Stationsplein 1\n");
	return sbuf_take(&b);
}

static void circle_put(struct community *c)
{
	static const struct category categories[] = {
		{.id = 1, .name = "Samenwerken", .slug = "samenwerken", .description = "Grotere projecten", .position = 1},
		{.id = 2, .name = "Opdrachten", .slug = "opdrachten", .description = "Aanbod en gezocht", .position = 2},
		{.id = CircleCategory, .name = "Intervisie", .slug = "intervisie", .position = 3},
	};
	struct event circle = circle_event(CircleEvent, CircleCategory, "Intervisie dinsdagavond",
		now_ms + 7 * 86400000LL);
	struct event site = circle_event(SiteEvent, 1, "Voorjaarsdag", now_ms + 10 * 86400000LL);
	struct event plain = circle_event(PlainEvent, 1, "Koffie", now_ms + 20 * 86400000LL);
	struct event odd = circle_event(OddEvent, 1, "Vreemde dag", now_ms + 30 * 86400000LL);
	struct event own = circle_event(OwnEvent, CircleCategory, "Intervisie met eigen afspraken",
		now_ms + 8 * 86400000LL);
	struct event cooked = circle_event(CookedEvent, 1, "Zonder tekst", now_ms + 9 * 86400000LL);
	char *odd_text = circle_odd_text();
	circle.url = "https://jitsi.example/kring";
	site.location = "Ede";
	plain.max_attendees = 0;
	plain.going = -1;
	odd.ends_ms = odd.starts_ms - 3600000;
	odd.timezone = "Europa/Nergens";
	assert_true(store_begin(c->writer, NULL));
	assert_true(category_store_put(c->writer, categories, COUNT(categories), NULL));
	circle_put_event(c, circle, circle_text, "<p>Intervisie</p>");
	circle_put_event(c, site, site_text, "<p>Welkom</p>");
	circle_put_event(c, plain, "Kom je ook?", "<p>Kom je ook?</p>");
	circle_put_event(c, odd, odd_text, "<p>Lang</p>");
	circle_put_event(c, own, own_text, "<p>Afspraken</p>");
	circle_put_event(c, cooked, NULL, cooked_text);
	assert_true(store_commit(c->writer, NULL, NULL));
	free(odd_text);
}

static void circle_agree(struct community *c, const char *text, int64_t ms)
{
	assert_true(store_begin(c->writer, NULL));
	assert_true(agreement_store_put(c->writer, CircleCategory, text, ms, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	stack_changed(c->stack, STORE_NOTES);
}
