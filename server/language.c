#include "language.h"

#include <string.h>

#include "forum.h"
#include "str.h"

/* English source, Dutch. Simple words, "je", the glossary's words. */
static const struct {
	const char *english, *dutch;
} sentences[] = {
#include "sentences.inc"
};

const char *language_say(const char *language, const char *english)
{
	if (strcmp(language, "nl") != 0)
		return english;
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (strcmp(sentences[i].english, english) == 0)
			return sentences[i].dutch;
	return english;
}

const char *say(const struct request *r, const char *english)
{
	return language_say(r->language, english);
}

static const char *known(const char *tag)
{
	if (strncmp(tag, "nl", 2) == 0)
		return "nl";
	return strncmp(tag, "en", 2) == 0 ? "en" : NULL;
}

/* The first of our languages that Accept-Language names; browsers write them in the order of preference. */
static const char *accepted(const char *header)
{
	while (header != NULL && *header != '\0') {
		header += strspn(header, " ,");
		const char *found = known(header);
		if (found != NULL)
			return found;
		header = strchr(header, ',');
	}
	return NULL;
}

const char *language_of(const struct request *r)
{
	const char *language = known(r->me.locale);
	if (language == NULL)
		language = accepted(request_header(r, "Accept-Language"));
	if (language == NULL)
		language = known(forum_setting(r->db, r->mem, "default_locale", "en"));
	return language != NULL ? language : "en";
}
