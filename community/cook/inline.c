#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "cook_writer.h"
#include "str.h"
#include "utf8.h"

/* What Discourse finds in running text: names, hashtags, emoji, dates, boxes to tick and [b] and its kin. */

static const struct inline_tag {
	const char *name, *open, *close;
} inline_tags[] = {
	{"b", "<span class=\"bbcode-b\">", "</span>"},
	{"i", "<span class=\"bbcode-i\">", "</span>"},
	{"u", "<span class=\"bbcode-u\">", "</span>"},
	{"s", "<span class=\"bbcode-s\">", "</span>"},
	{"spoiler", "<span class=\"spoiler\">", "</span>"},
};
enum { InlineTags = sizeof inline_tags / sizeof inline_tags[0], MaxTag = 400 /* bytes */ };

void cook_open(struct writer *w, const char *name, const char *open, const char *close)
{
	if (w->open_count == MaxOpen)
		return;
	cook_add(w, open);
	w->open[w->open_count++] = (struct open_tag){name, close};
}

void cook_close_to(struct writer *w, int mark)
{
	while (w->open_count > mark)
		cook_add(w, w->open[--w->open_count].close);
}

bool cook_close(struct writer *w, const char *name, int mark)
{
	for (int i = w->open_count - 1; i >= mark && i >= 0; i--) {
		if (strcmp(w->open[i].name, name) == 0) {
			cook_close_to(w, i);
			return true;
		}
	}
	return false;
}

static int tag_index(const char *name)
{
	for (int i = 0; i < InlineTags; i++) {
		if (strcmp(inline_tags[i].name, name) == 0)
			return i;
	}
	return -1;
}

void cook_inline_count(struct writer *w, const char *s)
{
	struct bb_tag t;
	for (s = strstr(s, "[/"); s != NULL; s = strstr(s + 2, "[/")) {
		int i = bb_parse(w, s, strnlen(s, MaxTag), &t) ? tag_index(t.name) : -1;
		if (i >= 0)
			w->closers[i]++;
	}
}

/* Each finder below looks at s (within `whole`), writes what it found and returns its bytes; 0: not this
 * one. */

static size_t find_tag(struct writer *w, const char *s, const char *whole)
{
	struct bb_tag t;
	if (!bb_parse(w, s, strnlen(s, MaxTag), &t))
		return 0;
	if (cook_date(w, &t))
		return t.length;
	int i = tag_index(t.name);
	if (i < 0 || t.value != NULL || t.attribute_count > 0)
		return 0;
	if (t.closing) {
		w->closers[i]--;
		return cook_close(w, inline_tags[i].name, w->mark) ? t.length : 0;
	}
	if (w->closers[i] <= 0 || w->open_count == MaxOpen)
		return 0;
	cook_open(w, inline_tags[i].name, inline_tags[i].open, inline_tags[i].close);
	return t.length;
}

static size_t find_box(struct writer *w, const char *s, const char *whole)
{
	if (s > whole && !isspace((unsigned char)s[-1]))
		return 0;
	if (strncmp(s, "[ ]", 3) != 0 && strncmp(s, "[x]", 3) != 0 && strncmp(s, "[X]", 3) != 0 &&
		strncmp(s, "[-]", 3) != 0)
		return 0;
	if (s[3] != '\0' && !isspace((unsigned char)s[3]))
		return 0;
	cook_add(w, s[1] == ' ' ? "<span class=\"chcklst-box fa fa-square-o fa-fw\"></span>"
		: "<span class=\"chcklst-box checked fa fa-check-square-o fa-fw\"></span>");
	return 3;
}

/* True when a name or hashtag can begin at s: not inside a word or an address. */
static bool begins_word(const char *s, const char *whole)
{
	if (s == whole)
		return true;
	unsigned char before = (unsigned char)s[-1];
	if (before < 0x80)
		return !isalnum(before) && strchr("_/@#:.-", before) == NULL;
	return s - whole >= 3 && memcmp(s - 3, "\xe2\x80", 2) == 0; /* general punctuation */
}

static void remember_name(struct writer *w, enum cook_mention kind, const char *name)
{
	struct cooked *c = w->cooked;
	const char *const **list = kind == COOK_USER ? &c->user : &c->group;
	int *count = kind == COOK_USER ? &c->user_count : &c->group_count;
	if (w->quote_depth > 0)
		return;
	for (int i = 0; i < *count; i++) {
		if (strcasecmp((*list)[i], name) == 0)
			return;
	}
	if ((*count & (*count - 1)) == 0)
		*list = arena_grow(w->a, *list, (size_t)*count, (size_t)*count * 2 + 1, sizeof **list);
	((const char **)*list)[(*count)++] = name;
}

static void add_mention(struct writer *w, enum cook_mention kind, const char *name)
{
	if (kind == COOK_NOBODY) {
		cook_add(w, "<span class=\"mention\">@");
	} else {
		char *lower = arena_strdup(w->a, name);
		for (char *p = lower; *p != '\0'; p++)
			*p = (char)tolower((unsigned char)*p);
		sbuf_addf(w->out, kind == COOK_USER ? "<a class=\"mention\" href=\"/u/%s\">@" :
			"<a class=\"mention-group notify\" href=\"/groups/%s\">@", lower);
		remember_name(w, kind, name);
	}
	cook_text(w, name, strlen(name));
	cook_add(w, kind == COOK_NOBODY ? "</span>" : "</a>");
}

static size_t find_mention(struct writer *w, const char *s, const char *whole)
{
	enum { MaxName = 60 };
	size_t n = 0;
	if (!begins_word(s, whole) || (!isalnum((unsigned char)s[1]) && s[1] != '_'))
		return 0;
	while (n <= MaxName &&
		(isalnum((unsigned char)s[1 + n]) || (s[1 + n] != '\0' && strchr("_.-", s[1 + n]) != NULL)))
		n++;
	while (n > 0 && (s[n] == '.' || s[n] == '-'))
		n--;
	if (n == 0 || n > MaxName)
		return 0;
	char *name = arena_strndup(w->a, s + 1, n);
	add_mention(w, w->c->mention == NULL ? COOK_NOBODY : w->c->mention(w->c->data, name), name);
	return 1 + n;
}

static size_t find_hashtag(struct writer *w, const char *s, const char *whole)
{
	size_t n = 0;
	if (!begins_word(s, whole))
		return 0;
	while (n <= 100 &&
		(isalnum((unsigned char)s[1 + n]) || (s[1 + n] != '\0' && strchr("_:-", s[1 + n]) != NULL)))
		n++;
	while (n > 0 && strchr(":-", s[n]) != NULL)
		n--;
	if (n == 0 || n > 100 || strspn(s + 1, "0123456789") == n)
		return 0;
	struct cook_hashtag h;
	char *slug = arena_strndup(w->a, s + 1, n), *kind = strstr(slug, "::");
	if (kind != NULL)
		*kind = '\0';
	if (w->c->hashtag == NULL || !w->c->hashtag(w->c->data, slug, &h)) {
		sbuf_addf(w->out, "<span class=\"hashtag-raw\">#%.*s</span>", (int)n, s + 1);
		return 1 + n;
	}
	const char *icon = str_equal(h.type, "tag") ? "tag" : "folder";
	cook_add(w, "<a class=\"hashtag-cooked\" href=\"");
	cook_url(w, h.url);
	sbuf_addf(w->out,
		"\" data-type=\"%s\" data-slug=\"%s\" data-id=\"%lld\"><span class=\"hashtag-icon-placeholder\">"
		"<svg class=\"fa d-icon d-icon-%s svg-icon svg-node\"><use href=\"#%s\"></use></svg></span><span>",
		h.type, slug, (long long)h.id, icon, icon);
	cook_text(w, h.name, strlen(h.name));
	cook_add(w, "</span></a>");
	return 1 + n;
}

static void add_emoji(struct writer *w, const char *name, size_t n, bool alone)
{
	int length = (int)n;
	sbuf_addf(w->out,
		"<img src=\"/images/emoji/twitter/%.*s.png?v=12\" title=\":%.*s:\" class=\"emoji%s\" alt=\":%.*s:\""
		" loading=\"lazy\" width=\"20\" height=\"20\">",
		length, name, length, name, alone ? " only-emoji" : "", length, name);
}

static bool alone(const char *whole, const char *s, size_t n)
{
	return s == whole && s[n] == '\0';
}

static size_t find_emoji(struct writer *w, const char *s, const char *whole)
{
	size_t n = 0, face;
	const char *name = emoji_of_face(s, &face);
	if (name != NULL && (s == whole || isspace((unsigned char)s[-1])) &&
		(s[face] == '\0' || isspace((unsigned char)s[face]))) {
		add_emoji(w, name, strlen(name), alone(whole, s, face));
		return face;
	}
	while (*s == ':' && n < 40 &&
		(isalnum((unsigned char)s[1 + n]) || (s[1 + n] != '\0' && strchr("_+-", s[1 + n]) != NULL)))
		n++;
	if (n == 0 || s[1 + n] != ':' || emoji_character(s + 1, n) == NULL)
		return 0;
	add_emoji(w, s + 1, n, alone(whole, s, n + 2));
	return n + 2;
}

static size_t find_character(struct writer *w, const char *s, const char *whole)
{
	size_t n;
	const char *name = emoji_name(s, &n);
	if (name == NULL)
		return 0;
	add_emoji(w, name, strlen(name), alone(whole, s, n));
	return n;
}

static size_t find_any(struct writer *w, const char *s, const char *whole)
{
	size_t n;
	switch (*s) {
	case '@':
		return find_mention(w, s, whole);
	case '#':
		return find_hashtag(w, s, whole);
	case '[':
		n = find_box(w, s, whole);
		return n > 0 ? n : find_tag(w, s, whole);
	case ':':
	case ';':
		return find_emoji(w, s, whole);
	default:
		return (unsigned char)*s >= 0xC2 ? find_character(w, s, whole) : 0;
	}
}

void cook_inline(struct writer *w, const char *s, bool rich)
{
	const char *plain = s, *p = s;
	while (rich && *p != '\0') {
		if (strchr("@#[:;", *p) == NULL && (unsigned char)*p < 0xC2) {
			p++;
			continue;
		}
		/* Finders write at the end, so what stands before goes first. */
		cook_text(w, plain, (size_t)(p - plain));
		plain = p;
		size_t n = find_any(w, p, s);
		p += n > 0 ? n : 1;
		plain = n > 0 ? p : plain;
	}
	cook_text(w, plain, strlen(plain));
}
