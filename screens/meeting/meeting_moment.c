#include "meeting_moment.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "when.h"

enum { MostWords = 8, WordBytes = 32 };

/* Each name is known by its first letters, in both languages. */
static const char *const months[12][4] = {{"jan"}, {"feb"}, {"maa", "mar", "mrt"}, {"apr"}, {"mei", "may"}, {"jun"},
	{"jul"}, {"aug"}, {"sep"}, {"okt", "oct"}, {"nov"}, {"dec"}};
static const char *const weekdays[7][4] = {{"ma", "mon"}, {"di", "tue"}, {"wo", "wed"}, {"do", "thu"},
	{"vr", "fri"},
	{"za", "sat"}, {"zo", "sun"}};
/* The whole names, so that "mabc" is no weekday. */
static const char *const month_names[12][2] = {{"januari", "january"}, {"februari", "february"}, {"maart", "march"},
	{"april", "april"}, {"mei", "may"}, {"juni", "june"}, {"juli", "july"}, {"augustus", "august"},
	{"september", "september"}, {"oktober", "october"}, {"november", "november"}, {"december", "december"}};
static const char *const weekday_names[7][2] = {{"maandag", "monday"}, {"dinsdag", "tuesday"},
	{"woensdag", "wednesday"},
	{"donderdag", "thursday"}, {"vrijdag", "friday"}, {"zaterdag", "saturday"}, {"zondag", "sunday"}};

/* Words and numbers of a text, folded; what stands between them is left out. */
struct words {
	char word[MostWords][WordBytes];
	int count;
};

static bool cut(const char *text, struct words *w)
{
	char *folded = utf8_fold(text);
	w->count = 0;
	bool fits = true;
	for (const char *s = folded; *s != '\0' && fits;) {
		size_t n = isdigit((unsigned char)*s) ? strspn(s, "0123456789") : strcspn(s, " \t-/.,:0123456789");
		if (n == 0) {
			s++;
			continue;
		}
		fits = w->count < MostWords && n < WordBytes;
		if (fits)
			snprintf(w->word[w->count++], WordBytes, "%.*s", (int)n, s);
		s += n;
	}
	free(folded);
	return fits && w->count > 0;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

static bool is_number(const char *word)
{
	return isdigit((unsigned char)*word);
}

/* "maa", "maart" and "mrt", but not "maas". */
static bool is_name(const char *word, const char *const beginning[4], const char *const name[2])
{
	for (int i = 0; i < 4 && beginning[i] != NULL; i++) {
		if (strcmp(word, beginning[i]) == 0)
			return true;
		for (int n = 0; n < 2; n++)
			if (str_starts(word, beginning[i]) && str_starts(name[n], word))
				return true;
	}
	return strcmp(word, name[0]) == 0 || strcmp(word, name[1]) == 0;
}

static int month_of(const char *word)
{
	for (int i = 0; i < 12; i++)
		if (is_name(word, months[i], month_names[i]))
			return i + 1;
	return 0;
}

static int weekday_of(const char *word)
{
	for (int i = 0; i < 7; i++)
		if (is_name(word, weekdays[i], weekday_names[i]))
			return i;
	return -1;
}

/* What a text says of a day; 0 and -1: it does not say. */
struct day_words {
	int number[3], digits[3], count, month, weekday, days_on;
	bool relative;
};

static bool take_word(struct day_words *d, const char *word)
{
	static const struct {
		const char *word;
		int days;
	} relative[] = {{"vandaag", 0}, {"today", 0}, {"morgen", 1}, {"tomorrow", 1}, {"overmorgen", 2}};
	static const char *const fillers[] = {"op", "de", "the", "of", "on", "st", "nd", "rd", "th", "e", NULL};
	if (is_number(word)) {
		if (d->count == 3)
			return false;
		d->digits[d->count] = (int)strlen(word);
		d->number[d->count] = d->digits[d->count] > 4 ? -1 : atoi(word);
		d->count++;
		return true;
	}
	for (size_t i = 0; i < COUNT(relative); i++)
		if (strcmp(word, relative[i].word) == 0) {
			d->relative = true;
			d->days_on = relative[i].days;
			return true;
		}
	if (is_one_of(word, fillers))
		return true;
	if (d->month == 0 && (d->month = month_of(word)) != 0)
		return true;
	return d->weekday < 0 && (d->weekday = weekday_of(word)) >= 0;
}

static int whole_year(int year, int digits)
{
	return digits == 2 ? 2000 + year : year;
}

/* Which number is the day, the month, the year. */
static bool sort_numbers(const struct day_words *d, struct civil *out)
{
	const int *n = d->number;
	*out = (struct civil){.month = d->month};
	if (d->month != 0 && (d->count == 1 || d->count == 2)) {
		bool year_first = d->count == 2 && d->digits[0] == 4;
		out->day = n[year_first ? 1 : 0];
		if (d->count == 2)
			out->year = whole_year(n[year_first ? 0 : 1], d->digits[year_first ? 0 : 1]);
		return true;
	}
	if (d->month != 0 || d->count < 2)
		return false;
	bool iso = d->digits[0] == 4;
	if (iso && d->count < 3)
		return false;
	out->day = n[iso ? 2 : 0];
	out->month = n[1];
	if (d->count == 3)
		out->year = iso ? n[0] : whole_year(n[2], d->digits[2]);
	return true;
}

static int64_t day_number(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day);
}

static void set_day(struct civil *out, int64_t days)
{
	struct civil c = civil_from_seconds(days * 86400);
	out->year = c.year;
	out->month = c.month;
	out->day = c.day;
	out->weekday = c.weekday;
}

/* The first year from today's on in which there is such a day that is not past. */
static bool next_year_of(struct civil *c, const struct civil *today)
{
	for (int year = today->year; year <= today->year + 8 && year <= CIVIL_MAX_YEAR; year++) {
		c->year = year;
		if (civil_valid(c) && day_number(c) >= day_number(today))
			return true;
	}
	return false;
}

static bool find_day(const struct day_words *d, const struct civil *today, struct civil *out)
{
	if (d->relative && d->count == 0 && d->month == 0) {
		set_day(out, day_number(today) + d->days_on);
		return true;
	}
	if (d->count == 0 && d->month == 0 && d->weekday >= 0) {
		set_day(out, day_number(today) + 1 + (d->weekday - today->weekday + 6) % 7);
		return true;
	}
	if (!sort_numbers(d, out) || (out->year == 0 && !next_year_of(out, today)))
		return false;
	if (!civil_valid(out) || out->year < 1970)
		return false;
	set_day(out, day_number(out));
	return true;
}

static const char *other_weekday(const struct civil *day, struct arena *a)
{
	struct sbuf words = {0};
	when_day(&words, day);
	/* Translators: %s is a day with its weekday. */
	const char *why = arena_printf(a, _("The weekday does not fit. That day is %s."), sbuf_str(&words));
	sbuf_fini(&words);
	return why;
}

bool meeting_moment_day(
	const char *text, const struct civil *today, struct civil *out, const char **why, struct arena *a)
{
	struct words w;
	struct day_words d = {.weekday = -1};
	struct civil day = {0};
	bool known = cut(text, &w);
	for (int i = 0; i < w.count && known; i++)
		known = take_word(&d, w.word[i]);
	known = known && find_day(&d, today, &day);
	if (why != NULL)
		*why = !known ? _("This is not a date. Write it like this: 3-3-2026.")
			: d.weekday >= 0 && d.weekday != day.weekday ? other_weekday(&day, a) : NULL;
	if (!known || (d.weekday >= 0 && d.weekday != day.weekday))
		return false;
	out->year = day.year;
	out->month = day.month;
	out->day = day.day;
	out->weekday = day.weekday;
	return true;
}

bool meeting_moment_time(const char *text, struct civil *out)
{
	static const char *const fillers[] = {"uur", "u", "h", "om", "at", NULL};
	struct words w;
	int number[2] = {0}, count = 0;
	bool pm = false, am = false;
	if (!cut(text, &w))
		return false;
	for (int i = 0; i < w.count; i++) {
		const char *word = w.word[i];
		if (is_number(word) && strlen(word) == 4 && count == 0 && w.count <= 2) {
			number[count++] = atoi(word) / 100;
			number[count++] = atoi(word) % 100;
		} else if (is_number(word) && strlen(word) <= 2 && count < 2) {
			number[count++] = atoi(word);
		} else if (strcmp(word, "pm") == 0 || strcmp(word, "am") == 0) {
			pm = *word == 'p';
			am = *word == 'a';
		} else if (!is_one_of(word, fillers)) {
			return false;
		}
	}
	if (count == 0 || number[0] > 23 || number[1] > 59 || ((am || pm) && (number[0] < 1 || number[0] > 12)))
		return false;
	out->hour = am || pm ? number[0] % 12 + (pm ? 12 : 0) : number[0];
	out->minute = number[1];
	out->second = 0;
	return true;
}

/* Where the time may begin: behind a comma, "om", or the last blank that leaves a time. */
static bool read_both(const char *text, const struct civil *today, struct civil *out, const char **why,
	struct arena *a)
{
	for (size_t at = 1; text[at] != '\0'; at++) {
		struct civil time = {0};
		if (strchr(" ,", text[at]) == NULL || !meeting_moment_time(text + at, &time))
			continue;
		if (meeting_moment_day(arena_strndup(a, text, at), today, out, why, a)) {
			out->hour = time.hour;
			out->minute = time.minute;
			return true;
		}
	}
	return false;
}

bool meeting_moment_read(
	const char *text, const struct civil *today, struct civil *out, const char **why, struct arena *a)
{
	const char *reason = NULL;
	if (meeting_moment_time(text, out) || meeting_moment_day(text, today, out, &reason, a) ||
		read_both(text, today, out, NULL, a))
		return true;
	if (why != NULL)
		*why = reason;
	return false;
}

static bool is_dutch(const char *language)
{
	return str_starts(str_or_empty(language), "nl");
}

void meeting_moment_add_day(struct sbuf *out, const struct civil *day, const char *language)
{
	bool nl = is_dutch(language);
	struct civil d = civil_from_seconds(day_number(day) * 86400);
	const char *weekday = weekday_names[d.weekday][nl ? 0 : 1], *month = month_names[d.month - 1][nl ? 0 : 1];
	if (nl)
		sbuf_addf(out, "%s %d %s %d", weekday, d.day, month, d.year);
	else
		sbuf_addf(out, "%c%s %d %c%s %d", toupper((unsigned char)*weekday), weekday + 1, d.day,
			toupper((unsigned char)*month), month + 1, d.year);
}

void meeting_moment_add_time(struct sbuf *out, const struct civil *time, const char *language)
{
	sbuf_addf(out, is_dutch(language) ? "%d.%02d uur" : "%d:%02d", time->hour, time->minute);
}
