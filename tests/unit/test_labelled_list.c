#include "check.h"

#include <time.h>

#include "arena.h"
#include "event_field.h"
#include "event_fields.h"
#include "labelled_list.h"
#include "mem.h"
#include "str.h"

static struct arena mem;
static const struct event_field_set *set;

static int read_all(void **state)
{
	set = event_field_all("nl", &mem);
	return 0;
}

static int forget(void **state)
{
	arena_fini(&mem);
	return 0;
}

static struct labelled_list list_of(const char *text)
{
	struct labelled_list list;
	labelled_list_read(text, set->name, set->count, &list, &mem);
	return list;
}

static const char *value_of(const struct labelled_list *list, const char *id)
{
	int at = event_field_find(set, id);
	assert_true(at >= 0);
	return str_or_empty(list->value[at]);
}

/* One line, one field. */
static void a_label_is_known_however_it_is_written(void **state)
{
	static const struct {
		const char *text, *id, *value;
	} rows[] = {
		{"- **Kosten:** 15 euro", "costs", "15 euro"},
		{"- **Kosten**: 15 euro", "costs", "15 euro"},
		{"* Kosten - 15 euro", "costs", "15 euro"},
		{"• Kosten – 15 euro", "costs", "15 euro"},
		{"Kosten: 15 euro", "costs", "15 euro"},
		{"KOSTEN : 15 euro  ", "costs", "15 euro"},
		{"De kosten: 15 euro", "costs", "15 euro"},
		{"**Kosten: 15 euro**", "costs", "15 euro"},
		{"__Kosten__ 15 euro", "costs", ""},
		{"<b>Kosten:</b> 15 euro", "costs", "15 euro"},
		{"<dt>Kosten</dt>\n", "costs", ""},
		{"1. Costs: **free**", "costs", "**free**"},
		{":euro: Kosten: 15 euro", "costs", "15 euro"},
		{"💶 Kosten: 15 euro", "costs", "15 euro"},
		{"Kosten (per persoon): 15 euro", "costs", "15 euro"},
		{"Kosten：15 euro", "costs", "15 euro"},
		{"    Kosten: 15 euro", "costs", "15 euro"},
		{"| Kosten | 15 euro |", "costs", "15 euro"},
		{"Kosten\n: 15 euro", "costs", "15 euro"},
		{"Kosten\n------\n15 euro", "costs", "15 euro"},
		{"## Kosten\n\n15 euro", "costs", "15 euro"},
		{"## Kosten ##\n15 euro", "costs", "15 euro"},
		{"**Kosten**\n\n15 euro", "costs", "15 euro"},
		{"Rustige ruimte? Ja, boven", "quiet_room", "Ja, boven"},
		{"**Rustige ruimte?** Ja, boven", "quiet_room", "Ja, boven"},
		{"Rustige ruimte?: Ja, boven", "quiet_room", "Ja, boven"},
		{"- [x] Rustige ruimte", "quiet_room", "[x]"},
		{"Foto’s of opname: nee", "recording", "nee"},
		{"Fotos: nee", "recording", ""},
		{"Getting there: tram 3", "route", "tram 3"},
		{"Agenda: 14:30 inloop", "schedule", "14:30 inloop"},
		{"Link: https://zoom.example/j/1", "link", "https://zoom.example/j/1"},
		{"Dat kost 15 euro. Kosten: dat is alles", "costs", ""},
		{"De kosten - 15 euro", "costs", ""},
		{"Kosten:15 euro", "costs", ""},
		{"> Kosten: 15 euro", "costs", ""},
		{"```\nKosten: 15 euro\n```", "costs", ""},
		{"[event start=\"2026-03-03 14:30\"]\nKosten: 15 euro\n[/event]", "costs", ""},
		{"[quote=\"a, post:1\"]\nKosten: 15 euro\n[/quote]", "costs", ""},
		{"[poll]\nKosten: 15 euro", "costs", "15 euro"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct labelled_list list = list_of(rows[i].text);
		CHECK_STRING(rows[i].text, value_of(&list, rows[i].id), rows[i].value);
		if (rows[i].value[0] != '\0')
			CHECK_STRING(rows[i].text, list.rest + strspn(list.rest, "[pol]\n"), "");
	}
}

/* Topics as organisers write them. Values are "id=value", lines of a value with "/" between them. */
static const struct {
	const char *name, *text, *want[14], *rest;
} topics[] = {
	{"nl, as kring writes it",
		"[event start=\"2026-03-03 14:30\" status=\"public\" timezone=\"Europe/Amsterdam\"]\n[/event]\n\n"
		"- **Doel van de bijeenkomst:** Elkaar leren kennen.\n- **Programma:**\n  - 13.30 inloop\n  - Pauze:"
		" 15.00 uur\n"
		"- **Kosten:** geen\n\nTot dan!\n",
		{"purpose=Elkaar leren kennen.", "schedule=- 13.30 inloop/- Pauze: 15.00 uur", "costs=geen", "breaks="},
		"[event start=\"2026-03-03 14:30\" status=\"public\" timezone=\"Europe/Amsterdam\"]\n[/event]\n\nTot"
		" dan!\n"},
	{"en, as kring writes it",
		"- **Purpose:** Learn from each other.\n- **Address, entrance, floor:** Station Road 1,"
		" second door\n  First floor\n"
		"- **Quiet room:** yes, next to the hall\n",
		{"purpose=Learn from each other.", "address=Station Road 1, second door/First floor",
			"quiet_room=yes, next to the hall"},
		""},
	{"nl, lines in another order with words around them",
		"Beste allemaal,\n\nWat leuk dat jullie komen.\n\nKosten: 10 euro, contant\nWaar: Wilhelminapark 4,"
		" Utrecht\n"
		"Let op: de deur klemt.\nContact: Noor, 06 12 34 56 78\n\nGroet,\nNoor\n",
		{"costs=10 euro, contant", "address=Wilhelminapark 4, Utrecht", "contact=Noor, 06 12 34 56 78"},
		"Beste allemaal,\n\nWat leuk dat jullie komen.\n\nLet op: de deur klemt.\n\nGroet,\nNoor\n"},
	{"nl, a table",
		"Welkom.\n\n| Wat | Hoe |\n|---|---|\n| Adres | Stationsplein 1<br>tweede deur |\n| Parkeren | achter"
		" het pand |\n"
		"| Rolstoel | deels \\| drempel van 2 cm |\n\nTot ziens.\n",
		{"address=Stationsplein 1/tweede deur", "parking=achter het pand", "wheelchair=deels \\| drempel van 2 cm"},
		"Welkom.\n\nTot ziens.\n"},
	{"en, a table with a row of its own",
		"Item | Answer\n--- | ---\nVenue | Town hall\nBring | a pen\n",
		{"address=Town hall"}, "Item | Answer\n--- | ---\nBring | a pen\n"},
	{"nl, headings",
		"# Lentebijeenkomst\n\nFijn dat je leest.\n\n## Programma\n\n- 10.00 welkom\n- 11.00"
		" pauze\n\nTussendoor is er tijd.\n\n"
		"## Routebeschrijving\nMet de trein tot Ede.\n\nDan bus 5.\n\n### Met de auto\n\nA12,"
		" afslag 24.\n\n## Overig\n\nGeen.\n",
		{"schedule=- 10.00 welkom/- 11.00 pauze/Tussendoor is er tijd.",
			"route=Met de trein tot Ede./Dan bus 5./### Met de auto/A12, afslag 24."},
		"# Lentebijeenkomst\n\nFijn dat je leest.\n\n## Overig\n\nGeen.\n"},
	{"en, definitions",
		"Light\n: Daylight, no fluorescent tubes\n\nSound\n: No music\n\nSee you.\n",
		{"light=Daylight, no fluorescent tubes", "sound=No music"}, "See you.\n"},
	{"nl, definitions as HTML",
		"<dl>\n<dt>Licht</dt><dd>Daglicht</dd>\n<dt>Geluid</dt>\n<dd>Geen muziek</dd>\n</dl>\n",
		{"light=Daglicht", "sound=Geen muziek"}, "<dl>\n</dl>\n"},
	{"nl, the list below its label",
		"**Programma:**\n\n* 19.00 inloop\n* 19.30 begin\n\nVragen? Bel.\n\nMethode: incident\nStappen:\n1."
		" Inbreng, 10 min\n"
		"2. Vragen, 15 min\n",
		{"schedule=* 19.00 inloop/* 19.30 begin", "method=incident", "steps=1. Inbreng, 10 min/2. Vragen, 15 min"},
		"Vragen? Bel.\n\n"},
	{"en, online with synonyms",
		"* Camera on or off – as you like\n* Captions: on request\n* Phone number: yes,"
		" 020 123\n* Speaking turns: fixed order\n"
		"* Chair: Robin\n* Something else: nothing\n",
		{"camera=as you like", "captions=on request", "dial_in=yes, 020 123", "turns=fixed order",
			"facilitator=Robin"},
		"* Something else: nothing\n"},
	{"nl, a label twice and one that is empty",
		"Contact: Noor\nKosten:\n\nVoor alles geldt: rustig aan.\n\nContactpersoon: 06 12 34 56 78\n",
		{"contact=Noor/06 12 34 56 78", "costs="}, "Voor alles geldt: rustig aan.\n\n"},
	{"nl, a value over lines that are not indented",
		"- **Wat er van je gevraagd wordt:** lees de casus\nen bedenk twee vragen\n- **Kosten:** geen\n- Neem"
		" een mok mee\n",
		{"expected=lees de casus/en bedenk twee vragen", "costs=geen"}, "- Neem een mok mee\n"},
	{"en, Windows line ends and bold lines",
		"**Costs**\r\n\r\nFree\r\n\r\n**Seating**\r\n\r\nChairs with a back\r\n",
		{"costs=Free", "seating=Chairs with a back"}, ""},
	{"nl, loose list",
		"- **Eten en drinken:** soep\n\n  Eigen eten mag.\n\n- **Geur:** kom zonder parfum\n\nEinde.\n",
		{"food=soep/Eigen eten mag.", "smell=kom zonder parfum"}, "Einde.\n"},
	{"no labels at all", "Kom je ook? Het wordt fijn: echt waar.\n\n- koffie\n- thee\n", {NULL},
		"Kom je ook? Het wordt fijn: echt waar.\n\n- koffie\n- thee\n"},
};

static void topics_of_organisers_are_read(void **state)
{
	for (size_t i = 0; i < COUNT(topics); i++) {
		struct labelled_list list = list_of(topics[i].text);
		int found = 0;
		for (int n = 0; topics[i].want[n] != NULL; n++) {
			char *want = xstrdup(topics[i].want[n]), *is = strchr(want, '=');
			*is = '\0';
			for (char *slash = strchr(is + 1, '/'); slash != NULL; slash = strchr(slash, '/'))
				*slash = '\n';
			CHECK_STRING(topics[i].name, value_of(&list, want), is + 1);
			found += list.value[event_field_find(set, want)] != NULL;
			free(want);
		}
		CHECK_INT(topics[i].name, list.count, found);
		CHECK_STRING(topics[i].name, list.rest, topics[i].rest);
	}
}

static void what_is_written_reads_back_the_same(void **state)
{
	static const char *const values[] = {
		"ja", "- 13.30 inloop\n- 14.00 begin\n  - welkom", "Eerste regel\nTweede: regel\n# derde", "Kosten: dubbel",
		"| een | twee |", "**vet**", "1. een\n2. twee",
	};
	for (size_t i = 0; i < COUNT(values); i++)
		for (int at = 0; at < set->count; at++) {
			struct sbuf text = {0};
			labelled_list_add(&text, set->field[at].label, values[i]);
			labelled_list_add(&text, "Kosten", "");
			sbuf_add(&text, "\nDe rest.\n");
			struct labelled_list list = list_of(sbuf_str(&text));
			CHECK_STRING(sbuf_str(&text), str_or_empty(list.value[at]), values[i]);
			CHECK_STRING(sbuf_str(&text), list.rest, "De rest.\n");
			sbuf_fini(&text);
			arena_reset(&mem);
			set = event_field_all("nl", &mem);
		}
}

static void a_hostile_text_is_read_soon(void **state)
{
	static const char *const pieces[] = {"[poll\n", "Kosten:\n", "- **Kosten:** a\n\n", "Kosten: ", "**",
		"| Kosten |\n", "a\n\n", "```",
		"Kosten:\n\n\n", ": : : ", "<br", "[event]\n", "(((", "a|b\n-|-\n", "\n", "# Kosten\n## a\n"};
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct sbuf text = {0};
		struct timespec begin, now;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
		while (text.n < 700 * 1024)
			sbuf_add(&text, pieces[i]);
		sbuf_add(&text, "\nKosten: aan het einde");
		struct labelled_list list = list_of(sbuf_str(&text));
		assert_true(str_ends(list.rest, "Kosten: aan het einde"));
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
		if (now.tv_sec - begin.tv_sec > 4)
			fail_msg("\"%s\" again and again takes %ld seconds", pieces[i], (long)(now.tv_sec - begin.tv_sec));
		sbuf_fini(&text);
		arena_reset(&mem);
		set = event_field_all("nl", &mem);
	}
}

static void a_long_value_is_whole(void **state)
{
	struct sbuf text = {0};
	sbuf_add(&text, "- **Programma:** ");
	sbuf_repeat(&text, 'x', 100 * 1024);
	struct labelled_list list = list_of(sbuf_str(&text));
	CHECK_INT("bytes", strlen(value_of(&list, "schedule")), 100 * 1024);
	sbuf_fini(&text);
}

static void an_answer_is_read_from_its_first_word(void **state)
{
	static const struct {
		const char *value;
		enum event_answer answer;
		const char *more;
	} rows[] = {
		{"Ja, met lift", EVENT_ANSWER_YES, "met lift"}, {"JA", EVENT_ANSWER_YES, ""},
			{"**Ja** (boven)", EVENT_ANSWER_YES, "(boven)"},
		{"nee", EVENT_ANSWER_NO, ""}, {"No. Two steps", EVENT_ANSWER_NO, "Two steps"},
			{"[x]", EVENT_ANSWER_YES, ""},
		{"[ ] ", EVENT_ANSWER_NO, ""}, {"Op aanvraag: mail", EVENT_ANSWER_ON_REQUEST, "mail"},
		{"deels, één drempel", EVENT_ANSWER_PARTLY, "één drempel"},
			{"Notes later", EVENT_ANSWER_NONE, "Notes later"},
		{"januari", EVENT_ANSWER_NONE, "januari"}, {"", EVENT_ANSWER_NONE, ""}, {NULL, EVENT_ANSWER_NONE, ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *more;
		CHECK_INT(rows[i].value, event_fields_answer(rows[i].value, &more), rows[i].answer);
		CHECK_STRING(rows[i].value, more, rows[i].more);
	}
}

static void a_mark_is_no_answer(void **state)
{
	static const struct {
		const char *value;
		bool empty;
	} rows[] = {{NULL, true}, {"", true}, {" \n", true}, {"-", true}, {"—", true}, {"…", true}, {"?", true},
		{"n", false},
		{"0", false}, {"é", false}, {"👍", false}};
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].value, event_fields_is_empty(rows[i].value), rows[i].empty);
}

static void how_a_meeting_is_held_follows_from_its_place_and_link(void **state)
{
	static const struct {
		const char *location, *url, *address, *link, *hybrid;
		enum event_form form;
	} rows[] = {
		{.form = EVENT_FORM_UNKNOWN},
		{.location = "Utrecht", .form = EVENT_FORM_ON_SITE},
		{.location = "Utrecht", .url = "https://info.example", .form = EVENT_FORM_ON_SITE},
		{.location = "Online, via Jitsi", .form = EVENT_FORM_ONLINE},
		{.location = "https://zoom.example/j/1", .form = EVENT_FORM_ONLINE},
		{.location = "Utrecht of online", .form = EVENT_FORM_BOTH},
		{.url = "https://jitsi.example/kring", .form = EVENT_FORM_ONLINE},
		{.address = "Stationsplein 1", .form = EVENT_FORM_ON_SITE},
		{.address = "-", .link = "volgt", .form = EVENT_FORM_ONLINE},
		{.address = "Stationsplein 1", .hybrid = "ja, via Zoom", .form = EVENT_FORM_BOTH},
		{.address = "Stationsplein 1", .hybrid = "nee", .form = EVENT_FORM_ON_SITE},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event e = {.location = rows[i].location, .url = rows[i].url};
		CHECK_INT("form", event_fields_form(&e, rows[i].address, rows[i].link, rows[i].hybrid), rows[i].form);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_is_known_however_it_is_written),
		cmocka_unit_test(topics_of_organisers_are_read),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(a_hostile_text_is_read_soon),
		cmocka_unit_test(a_long_value_is_whole),
		cmocka_unit_test(an_answer_is_read_from_its_first_word),
		cmocka_unit_test(a_mark_is_no_answer),
		cmocka_unit_test(how_a_meeting_is_held_follows_from_its_place_and_link),
	};
	return cmocka_run_group_tests(tests, read_all, forget);
}
