#include "draft_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "compose_check.h"
#include "group_store.h"
#include "member_store.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { NameBytes = 200, MostChoices = 6 };

struct choices {
	const char *name[MostChoices];
	int count;
	bool exact;
};

static void choose(struct choices *c, const char *name, const char *shown, const char *typed)
{
	char *folded = utf8_fold(name), *full = utf8_fold(shown), *want = utf8_fold(typed);
	if (c->exact) {
		/* Nothing is better. */
	} else if (strcmp(folded, want) == 0) {
		*c = (struct choices){.name = {name}, .count = 1, .exact = true};
	} else if (c->count < MostChoices && (str_starts(folded, want) || str_starts(full, want))) {
		c->name[c->count++] = name;
	}
	free(folded);
	free(full);
	free(want);
}

static struct choices choices_for(struct store *store, const char *typed, struct arena *a)
{
	enum { Page = 100 };
	struct choices c = {0};
	struct member_filter f = {.text = typed};
	struct member_rows people = member_store_list(store, &f, 0, Page, a);
	struct group_rows groups = group_store_list(store, a);
	const struct member *exact = member_store_by_username(store, typed, a);
	if (exact != NULL)
		choose(&c, exact->username, str_or_empty(exact->name), typed);
	for (int i = 0; i < people.count; i++)
		choose(&c, people.row[i].username, people.row[i].name, typed);
	for (int i = 0; i < groups.count; i++)
		choose(&c, groups.row[i].name, groups.row[i].name, typed);
	return c;
}

static void remark_on(const struct choices *c, const char *typed, struct sbuf *remark)
{
	struct sbuf names = {0};
	if (c->count == 1)
		return;
	for (int i = 0; i < c->count; i++)
		sbuf_addf(&names, "%s%s", i > 0 ? ", " : "", c->name[i]);
	sbuf_add(remark, remark->n > 0 ? " " : "");
	if (c->count == 0)
		sbuf_addf(remark, _("kring does not know the member %s. Look if the name is right."), typed);
	else
		sbuf_addf(remark, _("Several names begin with %s: %s."), typed, sbuf_str(&names));
	sbuf_fini(&names);
}

static void add_name(struct sbuf *out, const char *name)
{
	char had[NameBytes];
	const char *list = sbuf_str(out);
	while (compose_next_name(&list, had, sizeof had))
		if (strcasecmp(had, name) == 0)
			return;
	if (out->n > 0)
		sbuf_add(out, ", ");
	sbuf_add(out, name);
}

void draft_names_people(const struct screen *s, const char *typed, struct sbuf *out, struct sbuf *remark)
{
	char name[NameBytes];
	struct arena a = {0};
	while (compose_next_name(&typed, name, sizeof name)) {
		const char *bare = name[0] == '@' ? name + 1 : name;
		struct choices c = {0};
		if (s->ctx->store != NULL && *bare != '\0') {
			c = choices_for(s->ctx->store, bare, &a);
			remark_on(&c, bare, remark);
		}
		add_name(out, c.count == 1 ? c.name[0] : bare);
	}
	arena_fini(&a);
}

void draft_names_tags(const char *typed, struct sbuf *out)
{
	char name[NameBytes];
	while (compose_next_name(&typed, name, sizeof name)) {
		for (char *c = name; *c != '\0'; c++)
			*c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
		add_name(out, name[0] == '#' ? name + 1 : name);
	}
}
