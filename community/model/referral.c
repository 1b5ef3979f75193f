#include "referral.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "mem.h"
#include "text.h"
#include "utf8.h"

/* Younger than this is not written about here: the date is one of the plan. */
enum { YoungestClient = 3, OldestAge = 120, YoungestAge = 3 };

struct scan {
	const char *text, *p; /* p: where a word or a number begins */
	int year;
};

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_word(char c)
{
	return is_letter(c) || isdigit((unsigned char)c);
}

static bool is_capital(const char *s)
{
	uint32_t cp = 0;
	if (*s >= 'A' && *s <= 'Z')
		return true;
	utf8_decode(s, strlen(s), &cp);
	return (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x100 && cp <= 0x17F && cp % 2 == 0);
}

static size_t word_bytes(const char *s)
{
	size_t n = 0;
	while (is_letter(s[n]) || (n > 0 && (s[n] == '-' || s[n] == '\'') && is_letter(s[n + 1])))
		n++;
	return n;
}

static bool word_is_in(const char *s, size_t n, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strlen(*words) == n && strncasecmp(s, *words, n) == 0)
			return true;
	return false;
}

static size_t blanks(const char *s)
{
	return strspn(s, " \t");
}

/* "name@place.land", from the first letter of the name on. */
static size_t email(const struct scan *s)
{
	size_t n = strcspn(s->p, "@ \t\n<>()[],;:\"");
	if (n == 0 || s->p[n] != '@' || !is_word(s->p[n + 1]))
		return 0;
	size_t rest = strspn(s->p + n + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	while (rest > 0 && !is_word(s->p[n + rest]))
		rest--;
	return memchr(s->p + n + 1, '.', rest) == NULL ? 0 : n + 1 + rest;
}

/* Digits with at most two signs of `between` in a row between them. */
static size_t digit_run(const char *s, const char *between, int *digits)
{
	size_t n = 0, end = 0;
	*digits = 0;
	while (isdigit((unsigned char)s[n])) {
		++*digits;
		end = ++n;
		n += strspn(s + n, between) <= 2 ? strspn(s + n, between) : 0;
	}
	return is_letter(s[end]) ? 0 : end;
}

static size_t phone(const struct scan *s)
{
	int digits;
	bool plus = s->p > s->text && s->p[-1] == '+';
	size_t n = digit_run(s->p, " -()", &digits);
	bool long_enough = digits >= (plus ? 10 : 9) && digits <= 13;
	return (plus || *s->p == '0') && long_enough ? n : 0;
}

static size_t nine_digits(const struct scan *s)
{
	int digits;
	size_t n = digit_run(s->p, " .-", &digits);
	return digits == 9 ? n : 0;
}

static size_t number(const char *s, int most_digits, int *out)
{
	size_t n = 0;
	for (*out = 0; isdigit((unsigned char)s[n]); n++) {
		if ((int)n == most_digits)
			return 0;
		*out = *out * 10 + (s[n] - '0');
	}
	return n;
}

static bool is_old_year(const struct scan *s, int year)
{
	return year >= 1900 && year <= s->year - YoungestClient;
}

/* "3-4-1985", "03/04/1985", "1985-04-03" */
static size_t date_in_digits(const struct scan *s)
{
	int part[3];
	size_t n = 0;
	for (int i = 0; i < 3; i++) {
		size_t used = number(s->p + n, 4, &part[i]);
		if (used == 0 || (i < 2 && (s->p[n + used] == '\0' || strchr("-/.", s->p[n + used]) == NULL)))
			return 0;
		n += used + (i < 2);
	}
	bool last = is_old_year(s, part[2]) && part[0] >= 1 && part[0] <= 31, first = is_old_year(s, part[0]);
	return last || first ? n : 0;
}

/* "3 april 1985" */
static size_t date_in_words(const struct scan *s)
{
	static const char *const months[] = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
		"september", "oktober", "november", "december", "jan", "feb", "mrt", "apr", "jun", "jul", "aug",
		"sep", "okt", "nov", "dec", "january", "february", "march", "may", "june", "july", "august",
		"october", "oct", NULL};
	int day, year;
	size_t n = number(s->p, 2, &day);
	n += blanks(s->p + n);
	size_t word = word_bytes(s->p + n);
	if (n == 0 || day > 31 || !word_is_in(s->p + n, word, months))
		return 0;
	n += word + strspn(s->p + n + word, " .,");
	size_t used = number(s->p + n, 4, &year);
	return used == 4 && is_old_year(s, year) ? n + used : 0;
}

static size_t birth_date(const struct scan *s)
{
	size_t n = date_in_digits(s);
	return n > 0 ? n : date_in_words(s);
}

/* "34 jaar", "34-jarige", "34 years old", but not "10 jaar ervaring". */
static size_t age_behind(const struct scan *s)
{
	static const char *const units[] = {"jaar", "jr", "jarige", "jarig", "year-old", "years-old", NULL};
	static const char *const spans[] = {"ervaring", "geleden", "lang", "werkervaring", "garantie", "oude", NULL};
	static const char *const years[] = {"years", "year", NULL}, *const old[] = {"old", NULL};
	int age;
	size_t n = number(s->p, 3, &age);
	if (n == 0 || age < YoungestAge || age > OldestAge)
		return 0;
	n += s->p[n] == '-' ? 1 : blanks(s->p + n);
	size_t unit = word_bytes(s->p + n), end = n + unit, next = end + blanks(s->p + end);
	size_t word = word_bytes(s->p + next);
	if (word_is_in(s->p + n, unit, units))
		return word_is_in(s->p + next, word, spans) ? 0 : end;
	return word_is_in(s->p + n, unit, years) && word_is_in(s->p + next, word, old) ? next + word : 0;
}

/* "aged 34" */
static size_t age_before(const struct scan *s)
{
	static const char *const words[] = {"aged", "leeftijd", NULL};
	int age;
	size_t n = word_bytes(s->p);
	if (!word_is_in(s->p, n, words))
		return 0;
	n += strspn(s->p + n, " :\t*");
	size_t used = number(s->p + n, 3, &age);
	return used > 0 && age <= OldestAge ? n + used : 0;
}

static size_t age(const struct scan *s)
{
	size_t n = age_behind(s);
	return n > 0 ? n : age_before(s);
}

/* "1234 AB"; three pairs of letters are never given out. */
static size_t postcode(const struct scan *s)
{
	static const char *const never[] = {"SA", "SD", "SS", NULL};
	int digits;
	size_t n = number(s->p, 4, &digits);
	if (n != 4 || digits < 1000)
		return 0;
	n += s->p[n] == ' ';
	const char *letters = s->p + n;
	bool two = letters[0] >= 'A' && letters[0] <= 'Z' && letters[1] >= 'A' && letters[1] <= 'Z'
		&& !is_word(letters[2]);
	return two && !word_is_in(letters, 2, never) ? n + 2 : 0;
}

/* Words that begin with a capital and are no part of a name. */
static const char *const no_names[] = {
	"De", "Het", "Een", "Ik", "Je", "Jij", "Wij", "We", "Zij", "Ze", "Hij", "Er", "Dit", "Dat", "Die", "Deze",
	"In", "Op",
	"Van", "Voor", "Met", "Naar", "Bij", "Uit", "Aan", "Om", "Als", "Wie", "Wat", "Waar", "En", "Of", "Maar",
	"Ook", "Zoek",
	"Gezocht", "Gevraagd", "Regio", "Provincie", "Gemeente", "Noord", "Zuid", "Oost", "West", "Midden", "Den",
	"Nieuw",
	"Heel", "Nederland", "Vlaanderen", "Online", "Beste", "Hallo", "Dag", "Dank", "Groet", "Groeten", "The",
	"A", "An",
	"I", "You", "He", "She", "It", "They", "This", "That", "These", "On", "At", "From", "For", "With", "To",
	"If", "Who",
	"What", "Where", "And", "Or", "But", "Also", "Looking", "Wanted", "Region", "North", "South", "East",
	"New", "Dear",
	"Hello", "Thanks", "Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag",
	"Monday", "Tuesday",
	"Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December", "Coach", "Trainer", "Zie", "See",
	"Mijn", "My", "Liefst", "Graag", "Na", "After", NULL};

/* A word with one capital in front, not an abbreviation. */
static size_t name_word(const char *s)
{
	size_t n = word_bytes(s);
	return n < 2 || !is_capital(s) || (s[1] >= 'A' && s[1] <= 'Z') || word_is_in(s, n, no_names) ? 0 : n;
}

/* The bytes up to the end of the next word of a name; 0 when none follows. */
static size_t more_name(const char *s)
{
	static const char *const between[] = {"de", "van", "der", "den", "ter", "ten", "el", "von", "te", "le",
		"la", NULL};
	size_t n = 0, word;
	for (int i = 0; i < 3; i++) {
		size_t gap = blanks(s + n);
		if (gap == 0)
			return 0;
		n += gap;
		if ((word = name_word(s + n)) > 0)
			return n + word;
		word = word_bytes(s + n);
		if (!word_is_in(s + n, word, between))
			return 0;
		n += word;
	}
	return 0;
}

/* "Jan Jansen", "Jan van der Berg" */
static size_t full_name(const char *s)
{
	size_t first = name_word(s), n = first, more = 1;
	while (n > 0 && more > 0) {
		more = more_name(s + n);
		n += more;
	}
	return n > first ? n : 0;
}

/* "mevrouw Jansen", "Mr Smith" */
static size_t titled_name(const char *s)
{
	static const char *const titles[] = {"mevrouw", "meneer", "mevr", "mw", "dhr", "heer", "mr", "mrs", "ms", NULL};
	size_t n = word_bytes(s);
	if (!word_is_in(s, n, titles))
		return 0;
	n += s[n] == '.';
	n += blanks(s + n);
	size_t word = name_word(s + n);
	return word > 0 ? n + word : 0;
}

static size_t name(const struct scan *s)
{
	size_t n = titled_name(s->p);
	return n > 0 ? n : full_name(s->p);
}

static const struct {
	enum referral_reason reason;
	size_t (*find)(const struct scan *s);
	const char *says;
} checks[] = {
	{REFERRAL_EMAIL, email, N_("This looks like an e-mail address.")},
	{REFERRAL_BIRTH_DATE, birth_date, N_("This looks like a date of birth.")},
	{REFERRAL_PHONE, phone, N_("This looks like a phone number.")},
	{REFERRAL_NUMBER, nine_digits, N_("These nine digits look like a citizen service number.")},
	{REFERRAL_POSTCODE, postcode, N_("This looks like a postcode.")},
	{REFERRAL_AGE, age, N_("This looks like an age. You can write adult or young person.")},
	{REFERRAL_NAME, name, N_("This looks like the name of a person.")},
};

static size_t find_at(const struct scan *s, struct referral_hit *hit)
{
	for (size_t i = 0; i < COUNT(checks); i++) {
		size_t n = checks[i].find(s);
		if (n == 0)
			continue;
		*hit = (struct referral_hit){.reason = checks[i].reason, .at = (size_t)(s->p - s->text), .bytes = n};
		return n;
	}
	return 0;
}

/* The rest of a word or number in which nothing was found. */
static size_t skip_word(const char *s)
{
	size_t n = 0;
	while (is_word(s[n]))
		n++;
	return n > 0 ? n : 1;
}

int referral_check(const char *text, int year, struct referral_hit *out, int max)
{
	int count = 0, line = 1;
	struct scan s = {.text = text, .p = text, .year = year};
	while (*s.p != '\0' && count < max) {
		size_t n = is_word(*s.p) ? find_at(&s, &out[count]) : 0;
		if (n > 0)
			out[count++].line = line;
		else
			n = skip_word(s.p);
		line += *s.p == '\n';
		s.p += n;
	}
	return count;
}

const char *referral_says(enum referral_reason reason)
{
	for (size_t i = 0; i < COUNT(checks); i++)
		if (checks[i].reason == reason)
			return _(checks[i].says);
	return "";
}
