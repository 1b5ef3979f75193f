#include "check.h"

#include "mem.h"
#include "referral.h"

static const struct {
	const char *text, *words; /* words: what is pointed at; NULL: nothing */
	enum referral_reason reason;
} rows[] = {
	{"Mail naar jan.jansen@voorbeeld.example, dank.", "jan.jansen@voorbeeld.example", REFERRAL_EMAIL},
	{"Write to <client+1@mail.example.org>.", "client+1@mail.example.org", REFERRAL_EMAIL},
	{"Vraag het aan @sanne of @noor.", NULL, 0},
	{"Bel 06-12345678 na tien uur.", "06-12345678", REFERRAL_PHONE},
	{"Bel 06 12 34 56 78.", "06 12 34 56 78", REFERRAL_PHONE},
	{"Call +31 6 12345678.", "31 6 12345678", REFERRAL_PHONE},
	{"In nood: 112, 113 of 0800-0113.", NULL, 0},
	{"Het nummer is 123456782.", "123456782", REFERRAL_NUMBER},
	{"Number 123.456.782 in the file.", "123.456.782", REFERRAL_NUMBER},
	{"Wij zoeken 12 tot 14 mensen voor 120 uur.", NULL, 0},
	{"Geboren op 3-4-1985 in de regio.", "3-4-1985", REFERRAL_BIRTH_DATE},
	{"Geboren op 3 april 1985.", "3 april 1985", REFERRAL_BIRTH_DATE},
	{"Born on 12 May 1990.", "12 May 1990", REFERRAL_BIRTH_DATE},
	{"Vanaf 1 mei 2026, tot 1-9-2026.", NULL, 0},
	{"Zij is 34 jaar en werkt.", "34 jaar", REFERRAL_AGE},
	{"Een 34-jarige zoekt een coach.", "34-jarige", REFERRAL_AGE},
	{"The person is 34 years old.", "34 years old", REFERRAL_AGE},
	{"A 34-year-old is looking for help.", "34-year-old", REFERRAL_AGE},
	{"Aged 34, likes walking.", "Aged 34", REFERRAL_AGE},
	{"Ik heb 10 jaar ervaring.", NULL, 0},
	{"Een half jaar lang, twee keer per jaar.", NULL, 0},
	{"I have worked 20 years in care.", NULL, 0},
	{"Het gaat om Jan Jansen.", "Jan Jansen", REFERRAL_NAME},
	{"Het gaat om Anna van der Berg uit Drenthe.", "Anna van der Berg", REFERRAL_NAME},
	{"Ask Émile Dupont about it.", "Ask Émile Dupont", REFERRAL_NAME},
	{"Ik sprak mevrouw Jansen.", "mevrouw Jansen", REFERRAL_NAME},
	{"I spoke to Mr Smith.", "Mr Smith", REFERRAL_NAME},
	{"Begeleiding in Noord-Holland of Zuid Holland, via de WMO.", NULL, 0},
	{"Gezocht in Drenthe: wandelcoach. De cliënt weet dit.", NULL, 0},
	{"Looking for a coach in New York from Monday.", NULL, 0},
	{"Woont op 3512 JK.", "3512 JK", REFERRAL_POSTCODE},
	{"Woont op 3512JK nu.", "3512JK", REFERRAL_POSTCODE},
	{"In 2026 komen er 4000 mensen.", NULL, 0},
	{"- **Soort hulp:** jobcoaching\n- **Regio (provincie) of online:** Overijssel", NULL, 0},
};

static void points_at_what_shows_who_somebody_is(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct referral_hit hit[4];
		int n = referral_check(rows[i].text, 2026, hit, 4);
		CHECK_INT(rows[i].text, n, rows[i].words != NULL);
		if (n != 1)
			continue;
		char words[80];
		snprintf(words, sizeof words, "%.*s", (int)hit[0].bytes, rows[i].text + hit[0].at);
		CHECK_STRING(rows[i].text, words, rows[i].words);
		CHECK_INT(rows[i].text, hit[0].reason, rows[i].reason);
		assert_true(referral_says(hit[0].reason)[0] != '\0');
	}
}

static void says_the_line_and_stops_at_the_most(void **state)
{
	struct referral_hit hit[2];
	const char *text = "Eerst niets.\n\nDan a@b.example\nen 3512 JK\nen 3512 JL";
	CHECK_INT("hits", referral_check(text, 2026, hit, 2), 2);
	CHECK_INT("first", hit[0].line, 3);
	CHECK_INT("second", hit[1].line, 4);
	CHECK_INT("nothing", referral_check("", 2026, hit, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_at_what_shows_who_somebody_is),
		cmocka_unit_test(says_the_line_and_stops_at_the_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
