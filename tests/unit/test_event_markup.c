#include "check.h"

#include "event_markup.h"
#include "mem.h"
#include "str.h"

static const char whole[] =
	"Je bent welkom.\n\n"
	"[event start=\"2026-03-03 14:30\" end=\"2026-03-03 16:00\" timezone=\"Europe/Amsterdam\" status=\"public\" "
	"name=\"Intervisie\" location=\"Plein 1, Utrecht\" url=\"https://kring.example/x\" recurrence=\"every_week\" "
	"recurrenceUntil=\"2026-06-30 23:59\" reminders=\"notification.1.days,bumpTopic.2.hours\" "
	"allowedGroups=\"kring-a,kring-b\" maxAttendees=\"6\" allDay=\"true\" showLocalTime=\"true\" closed=\"true\" "
	"minimal=\"true\" chatEnabled=\"false\"]\n"
	"Wat je vooraf leest.\n"
	"[/event]\n\n"
	"- **Doel:** leren\n";

static const struct {
	const char *name, *text, *attribute, *value, *description;
	bool found;
} readings[] = {
	{"as Discourse writes it", whole, "location", "Plein 1, Utrecht", "Wat je vooraf leest.", true},
	{"the case of a name does not matter", whole, "MAXATTENDEES", "6", "Wat je vooraf leest.", true},
	{"what kring does not know is there too", whole, "chatEnabled", "false", "Wat je vooraf leest.", true},
	{"what is not there is empty", whole, "livestream", "", "Wat je vooraf leest.", true},
	{"single quotes", "[event start='2026-03-03 14:30']\n[/event]", "start", "2026-03-03 14:30", "", true},
	{"quotes of a word processor", "[event name=\u201cEen kring\u201d start=\"2026-03-03\"]\n[/event]", "name",
		"Een kring", "", true},
	{"no quotes", "[event start=2026-03-03 status=private]\n[/event]", "status", "private", "", true},
	{"a bracket in quotes", "[event name=\"Kring [A]\" start=\"2026-03-03\"]\n[/event]", "start",
		"2026-03-03", "", true},
	{"over two lines", "[event start=\"2026-03-03\"\n  status=\"public\"]\n[/event]", "status", "public", "", true},
	{"on one line", "[event start=\"2026-03-03\"][/event]", "start", "2026-03-03", "", true},
	{"the first of two of one name", "[event start=\"2026-03-03\" start=\"2027-01-01\"]\n[/event]", "start",
		"2026-03-03", "", true},
	{"a quote without an end", "[event name=\"Kring start=2026-03-03]\n[/event]", "start", "2026-03-03", "", true},
	{"without an end", "[event start=\"2026-03-03\"]\nKom ook.", "start", "", "", false},
	{"in a line", "Zo: [event start=\"2026-03-03\"]\n[/event]", "start", "", "", false},
	{"in code", "```\n[event start=\"2026-03-03\"]\n[/event]\n```\n", "start", "", "", false},
	{"another word", "[events start=\"2026-03-03\"]\n[/event]", "start", "", "", false},
	{"none", "Gewoon een tekst.", "start", "", "", false},
	{"nothing", "", "start", "", "", false},
};

static void a_block_is_read(void **state)
{
	for (size_t i = 0; i < COUNT(readings); i++) {
		struct arena a = {0};
		struct event_markup m;
		bool found = event_markup_read(readings[i].text, &m, &a);
		if (found != readings[i].found ||
			strcmp(event_markup_get(&m, readings[i].attribute), readings[i].value) != 0 ||
			strcmp(m.description, readings[i].description) != 0)
			fail_msg("%s: %d, \"%s\", \"%s\"", readings[i].name, found, event_markup_get(&m, readings[i].attribute),
				m.description);
		arena_fini(&a);
	}
}

static const char *changed(const char *text, const char *name, const char *value, struct arena *a)
{
	struct event_markup m;
	struct sbuf out = {0};
	assert_true(event_markup_read(text, &m, a));
	event_markup_set(&m, name, value, a);
	event_markup_write(&m, &out);
	const char *got = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return got;
}

static const struct {
	const char *name, *attribute, *value, *got;
} changes[] = {
	{"another value", "start", "2026-04-07 10:00",
		"A\n[event start=\"2026-04-07 10:00\" hosts=\"x\"]\nB\n[/event]\nC"},
	{"a new one", "closed", "true", "A\n[event start=\"2026-03-03\" hosts=\"x\" closed=\"true\"]\nB\n[/event]\nC"},
	{"one away", "hosts", "", "A\n[event start=\"2026-03-03\"]\nB\n[/event]\nC"},
	{"quotes go", "name", "De \"kring\"", "A\n[event start=\"2026-03-03\" hosts=\"x\" name=\"De"
		" kring\"]\nB\n[/event]\nC"},
	{"brackets become round", "name", "Kring [A]\nnieuw",
		"A\n[event start=\"2026-03-03\" hosts=\"x\" name=\"Kring (A) nieuw\"]\nB\n[/event]\nC"},
};

static void one_change_leaves_the_rest(void **state)
{
	static const char text[] = "A\n[event start=\"2026-03-03\" hosts=\"x\"]\nB\n[/event]\nC";
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct arena a = {0};
		const char *got = changed(text, changes[i].attribute, changes[i].value, &a);
		if (strcmp(got, changes[i].got) != 0)
			fail_msg("%s: %s", changes[i].name, got);
		arena_fini(&a);
	}
}

/* A block of odd pieces, the same for the same seed. */
static void odd_block(unsigned seed, struct sbuf *out)
{
	static const char *const pieces[] = {" start=\"2026-03-03\"", " a='x y'", " b=\u201cc d\u201d", " =",
		" e=", " f", "\n",
		" g=\"[h]\"", " i=j\"k", " l='m\"n'", " \"", " o=\"p\nq\"", " Start=r", " =s", " t==u", " v=\"\"", " w=é",
		" x=\u201ey\u201d", "'", " z=''"};
	sbuf_add(out, "Vooraf.\n[event ");
	for (int i = 0; i < 8; i++) {
		seed = seed * 1103515245u + 12345u;
		sbuf_add(out, pieces[(seed >> 16) % COUNT(pieces)]);
	}
	sbuf_add(out, "]\nWat\n[/event]\nDaarna.");
}

static void assert_same(unsigned seed, const struct event_markup *m, const struct event_markup *n)
{
	bool same = m->count == n->count && strcmp(m->before, n->before) == 0 && strcmp(m->after, n->after) == 0 &&
		strcmp(m->description, n->description) == 0;
	for (int i = 0; same && i < m->count; i++)
		same = strcmp(m->attribute[i].name, n->attribute[i].name) == 0 &&
			strcmp(m->attribute[i].value, n->attribute[i].value) == 0;
	if (!same)
		fail_msg("seed %u reads differently after it was written", seed);
}

static void what_is_written_reads_the_same(void **state)
{
	int read = 0;
	for (unsigned seed = 0; seed < 20000; seed++) {
		struct arena a = {0};
		struct sbuf text = {0}, again = {0};
		struct event_markup m, n;
		odd_block(seed, &text);
		if (event_markup_read(sbuf_str(&text), &m, &a)) {
			read++;
			event_markup_write(&m, &again);
			assert_true(event_markup_read(sbuf_str(&again), &n, &a));
			assert_same(seed, &m, &n);
		}
		sbuf_fini(&text);
		sbuf_fini(&again);
		arena_fini(&a);
	}
	assert_true(read > 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_read),
		cmocka_unit_test(one_change_leaves_the_rest),
		cmocka_unit_test(what_is_written_reads_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
