#include "languages.h"

#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "file.h"
#include "mem.h"
#include "sbuf.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxLanguages = 100, MaxCode = 20, MaxTitle = 60, MaxSays = 200, MaxCatalogue = 4 * 1024 * 1024,
	MoMagic = 0x950412de };

/* Translators: the name of your own language, in your own language. */
static const char own_name[] = N_("English");
/* Translators: says that kring speaks your own language, in your own language. */
static const char own_sentence[] = N_("kring is in English.");

struct language {
	char code[MaxCode], title[MaxTitle], says[MaxSays];
};

static struct {
	char *dir;
	struct language *language; /* NULL: not looked for yet */
	int count;
} known;

/* The catalogue as gettext has it in a file: two tables of (length, place), sorted by the English. */
struct catalogue {
	struct sbuf text;
	uint32_t count, english, translated;
};

static char *catalogue_path(const char *code)
{
	return xasprintf("%s/%s/LC_MESSAGES/kring.mo", str_or_empty(known.dir), code);
}

static uint32_t number_at(const struct catalogue *c, size_t at)
{
	uint32_t n;
	if (at > c->text.n || c->text.n - at < sizeof n)
		return 0;
	memcpy(&n, c->text.p + at, sizeof n);
	return n;
}

/* The text that the table says, NULL when it does not lie in the file or has no end. */
static const char *text_at(const struct catalogue *c, uint32_t table, uint32_t i)
{
	size_t at = table + 8 * (size_t)i, begin = number_at(c, at + 4), n = number_at(c, at);
	return begin >= c->text.n || c->text.n - begin <= n || c->text.p[begin + n] != '\0' ? NULL : c->text.p + begin;
}

static const char *find(const struct catalogue *c, const char *english)
{
	for (uint32_t i = 0; i < c->count; i++) {
		const char *text = text_at(c, c->english, i);
		if (text == NULL || strcmp(text, english) == 0)
			return text == NULL ? NULL : text_at(c, c->translated, i);
	}
	return NULL;
}

static bool open_catalogue(struct catalogue *c, const char *code)
{
	char *path = catalogue_path(code);
	*c = (struct catalogue){0};
	bool ok = file_read(path, MaxCatalogue, &c->text, NULL) && number_at(c, 0) == MoMagic;
	free(path);
	if (!ok) {
		sbuf_fini(&c->text);
		return false;
	}
	c->count = number_at(c, 8);
	c->english = number_at(c, 12);
	c->translated = number_at(c, 16);
	return true;
}

static void copy(char *out, size_t size, const char *text, const char *otherwise)
{
	struct arena a = {0};
	strcpy(out, "");
	const char *clean = utf8_clean_arena(&a, text, 0, size - 1);
	strncat(out, str_empty(clean) ? otherwise : clean, size - 1);
	utf8_cut_partial(out);
	arena_fini(&a);
}

/* A catalogue that does not say its name is shown by its code. */
static void add(const char *code)
{
	struct catalogue c;
	struct language *l = &known.language[known.count];
	if (!open_catalogue(&c, code))
		return;
	copy(l->code, sizeof l->code, code, "");
	copy(l->title, sizeof l->title, find(&c, own_name), code);
	copy(l->says, sizeof l->says, find(&c, own_sentence), code);
	sbuf_fini(&c.text);
	known.count++;
}

static bool is_code(const char *name)
{
	size_t n = strlen(name);
	if (n >= MaxCode || n < 2 || !islower((unsigned char)name[0]))
		return false;
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@")] == '\0';
}

static int has_code(const struct dirent *e)
{
	return is_code(e->d_name) && strcmp(e->d_name, "en") != 0;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct language *)a)->code, ((const struct language *)b)->code);
}

static void look(void)
{
	struct dirent **entry;
	int n = known.language != NULL || str_empty(known.dir) ? -1 : scandir(known.dir, &entry, has_code, alphasort);
	if (known.language == NULL) {
		known.language = xcalloc(MaxLanguages, sizeof *known.language);
		known.language[known.count++] = (struct language){.code = "en", .title = "English",
			.says = "kring is in English."};
	}
	for (int i = 0; i < n; i++) {
		if (known.count < MaxLanguages)
			add(entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	if (n >= 0)
		qsort(known.language, (size_t)known.count, sizeof *known.language, by_code);
}

void languages_in(const char *dir)
{
	free(known.dir);
	free(known.language);
	known.dir = xstrdup(dir);
	known.language = NULL;
	known.count = 0;
}

const char *languages_dir(void)
{
	return str_or_empty(known.dir);
}

bool language_is_there(const char *code)
{
	if (strcmp(code, "en") == 0)
		return true;
	if (str_empty(known.dir) || !is_code(code))
		return false;
	char *path = catalogue_path(code);
	bool is = file_exists(path);
	free(path);
	return is;
}

const char *language_for(const char *locale)
{
	static char code[MaxCode];
	size_t whole = strcspn(locale, ".:"), language = strcspn(locale, ".:@_"), country = strcspn(locale, ".:@");
	const size_t lengths[] = {whole, country, language};
	for (size_t i = 0; i < COUNT(lengths); i++) {
		if (lengths[i] >= sizeof code)
			continue;
		memcpy(code, locale, lengths[i]);
		code[lengths[i]] = '\0';
		if (language_is_there(code))
			return code;
	}
	return NULL;
}

int language_count(void)
{
	look();
	return known.count;
}

const char *language_code(int i)
{
	look();
	return known.language[i].code;
}

const char *language_title(int i)
{
	look();
	return known.language[i].title;
}

const char *language_says(int i)
{
	look();
	return known.language[i].says;
}
