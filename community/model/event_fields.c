#include "event_fields.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "str.h"
#include "utf8.h"

bool event_fields_is_empty(const char *value)
{
	static const char *const marks[] = {"–", "—", "…"};
	for (const char *at = str_or_empty(value); *at != '\0'; at++) {
		size_t n = 0;
		for (size_t i = 0; i < sizeof marks / sizeof marks[0] && n == 0; i++)
			n = str_starts(at, marks[i]) ? strlen(marks[i]) : 0;
		if (n == 0 && !isspace((unsigned char)*at) && !ispunct((unsigned char)*at))
			return false;
		at += n > 0 ? n - 1 : 0;
	}
	return true;
}

static const struct {
	const char *says;
	enum event_answer answer;
} answers[] = {
	{"[x]", EVENT_ANSWER_YES},
	{"[ ]", EVENT_ANSWER_NO},
	{"op aanvraag", EVENT_ANSWER_ON_REQUEST},
	{"on request", EVENT_ANSWER_ON_REQUEST},
	{"gedeeltelijk", EVENT_ANSWER_PARTLY},
	{"deels", EVENT_ANSWER_PARTLY},
	{"partly", EVENT_ANSWER_PARTLY},
	{"partially", EVENT_ANSWER_PARTLY},
	{"jawel", EVENT_ANSWER_YES},
	{"ja", EVENT_ANSWER_YES},
	{"yes", EVENT_ANSWER_YES},
	{"true", EVENT_ANSWER_YES},
	{"✓", EVENT_ANSWER_YES},
	{"✅", EVENT_ANSWER_YES},
	{"✔", EVENT_ANSWER_YES},
	{"nee", EVENT_ANSWER_NO},
	{"neen", EVENT_ANSWER_NO},
	{"no", EVENT_ANSWER_NO},
	{"false", EVENT_ANSWER_NO},
	{"❌", EVENT_ANSWER_NO},
	{"✗", EVENT_ANSWER_NO},
};

enum event_answer event_fields_answer(const char *value, const char **more)
{
	const char *at = str_or_empty(value) + strspn(str_or_empty(value), " *_\n");
	if (more != NULL)
		*more = at;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		size_t n = strlen(answers[i].says);
		if (strncasecmp(at, answers[i].says, n) != 0 || isalnum((unsigned char)at[n]))
			continue;
		if (more != NULL)
			*more = at + n + strspn(at + n, " .,;:*_-\n");
		return answers[i].answer;
	}
	return EVENT_ANSWER_NONE;
}

const char *event_fields_answer_word(enum event_answer answer, const char *language)
{
	static const char *const words[][2] = {
		[EVENT_ANSWER_NONE] = {NULL, NULL},
		[EVENT_ANSWER_YES] = {"yes", "ja"},
		[EVENT_ANSWER_NO] = {"no", "nee"},
		[EVENT_ANSWER_PARTLY] = {"partly", "deels"},
		[EVENT_ANSWER_ON_REQUEST] = {"on request", "op aanvraag"},
	};
	return words[answer][str_starts(str_or_empty(language), "nl")];
}

static bool says_any(const char *text, const char *const *words)
{
	char *folded = utf8_fold(str_or_empty(text));
	bool found = false;
	for (; *words != NULL && !found; words++)
		found = strstr(folded, *words) != NULL;
	free(folded);
	return found;
}

static bool is_online_place(const char *text)
{
	static const char *const words[] = {"online", "zoom", "jitsi", "webinar", "videobel", "video call",
		"bigbluebutton", "ms teams", "microsoft teams", "google meet", "whereby", "https://", "http://",
		NULL};
	return says_any(text, words);
}

static bool is_both(const char *text)
{
	static const char *const words[] = {"of online", "en online", "or online", "and online", "online of",
		"online en", "online or", "online and", "hybri", NULL};
	return says_any(text, words);
}

enum event_form event_fields_form(const struct event *e, const char *address, const char *link,
	const char *hybrid)
{
	bool place = !str_empty(e->location), online = place && is_online_place(e->location);
	bool site = (place && !online) || !event_fields_is_empty(address);
	if ((place && is_both(e->location)) || (site && event_fields_answer(hybrid, NULL) == EVENT_ANSWER_YES))
		return EVENT_FORM_BOTH;
	if (site)
		return EVENT_FORM_ON_SITE;
	online = online || !event_fields_is_empty(link) || !str_empty(e->url) || is_online_place(event_title(e));
	return online ? EVENT_FORM_ONLINE : EVENT_FORM_UNKNOWN;
}
