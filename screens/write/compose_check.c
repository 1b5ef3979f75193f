#include "compose_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "category_store.h"
#include "group_store.h"
#include "mem.h"
#include "meeting_check.h"
#include "member_store.h"
#include "poll_plan.h"
#include "referral.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MostRemarks = 40, MostHits = 20, NameBytes = 200 };

struct check {
	const struct screen *s;
	const struct composition *w;
	struct arena *a;
	const struct site *site;
	struct compose_remarks out;
};

int compose_characters(const char *text)
{
	char *copy = xstrdup(text), *trimmed = str_trim(copy);
	int n = 0;
	for (const char *c = trimmed; *c != '\0'; c++)
		n += ((unsigned char)*c & 0xC0) != 0x80;
	free(copy);
	return n;
}

bool compose_next_name(const char **list, char *out, size_t bytes)
{
	while (**list == ' ' || **list == ',')
		++*list;
	size_t n = strcspn(*list, ",");
	if (n == 0)
		return false;
	snprintf(out, bytes, "%.*s", (int)(n < bytes ? n : bytes - 1), *list);
	memmove(out, str_trim(out), strlen(str_trim(out)) + 1);
	*list += n;
	return true;
}

static void add(struct check *c, bool missing, const char *says)
{
	if (c->out.count < MostRemarks)
		c->out.row[c->out.count++] = (struct compose_remark){.missing = missing, .says = says};
}

static const struct site *site_of(const struct screen *s, struct arena *a)
{
	static const struct site unknown;
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, a);
	return site == NULL ? &unknown : site;
}

void compose_title_lengths(const struct screen *s, const struct composition *w, int *min, int *max)
{
	struct arena a = {0};
	const struct site *site = site_of(s, &a);
	*min = w->change.kind == CHANGE_MESSAGE ? 2 : site->min_title_length;
	*max = site->max_title_length;
	arena_fini(&a);
}

static void check_title(struct check *c)
{
	int min, max, n = compose_characters(sbuf_str(&c->w->title));
	if (!composition_has_title(c->w))
		return;
	compose_title_lengths(c->s, c->w, &min, &max);
	if (n == 0)
		add(c, true, _("The title is missing."));
	else if (n < min)
		add(c, true, arena_printf(c->a, _("The title is too short: %d characters. At least %d are needed."),
			n, min));
	else if (max > 0 && n > max)
		add(c, true, arena_printf(c->a, _("The title is too long: %d characters. The maximum is %d."), n, max));
}

static int least_text(const struct check *c)
{
	if (composition_is_message(c->s, c->w))
		return c->site->min_message_length;
	return c->w->change.kind == CHANGE_TOPIC ? c->site->min_first_post_length : c->site->min_post_length;
}

static void check_text(struct check *c)
{
	int n = compose_characters(sbuf_str(&c->w->body)), min = least_text(c), max = c->site->max_post_length;
	if (n == 0)
		add(c, true, _("There is no text yet."));
	else if (n < min)
		add(c, true, arena_printf(c->a, _("The text is too short: %d characters. At least %d are needed."), n,
			min));
	else if (max > 0 && n > max)
		add(c, true, arena_printf(c->a, _("The text is too long: %d characters. The maximum is %d."), n, max));
}

static const struct category *category_of(const struct check *c)
{
	return c->w->change.category_id == 0 || c->s->ctx->store == NULL ? NULL
		: category_store_get(c->s->ctx->store, c->w->change.category_id, c->a);
}

static int count_names(const char *list)
{
	char name[NameBytes];
	int n = 0;
	while (compose_next_name(&list, name, sizeof name))
		n++;
	return n;
}

static void check_category(struct check *c)
{
	if (c->w->change.kind != CHANGE_TOPIC)
		return;
	const struct category *category = category_of(c);
	int tags = count_names(sbuf_str(&c->w->names)), least = category == NULL ? 0 : category->minimum_required_tags;
	if (category == NULL)
		add(c, true, _("The category is not chosen yet."));
	else if (!category_can_post(category))
		add(c, true, _("You may not begin a topic in this category."));
	else if (tags < least)
		add(c, true, arena_printf(c->a, ngettext("This category asks for %d tag.",
			"This category asks for %d tags.", (unsigned long)least), least));
}

static bool is_group(const struct check *c, const char *name)
{
	struct group_rows groups = group_store_list(c->s->ctx->store, c->a);
	for (int i = 0; i < groups.count; i++)
		if (strcasecmp(groups.row[i].name, name) == 0)
			return true;
	return false;
}

static void check_names(struct check *c)
{
	const char *list = sbuf_str(&c->w->names);
	char name[NameBytes];
	if (c->w->change.kind != CHANGE_MESSAGE)
		return;
	if (count_names(list) == 0)
		add(c, true, _("It is not filled in yet who gets this message."));
	while (c->s->ctx->store != NULL && compose_next_name(&list, name, sizeof name))
		if (member_store_by_username(c->s->ctx->store, name, c->a) == NULL && !is_group(c, name))
			add(c, false, arena_printf(c->a,
				_("kring does not know the member %s. Look if the name is right."), name));
}

static bool is_unanswered(const struct topic_row *t, const char *me, const char *name)
{
	return strcasecmp(t->people, name) == 0 && str_equal(t->author, me) && t->posts_count == 1;
}

/* A message of mine to this person alone that nobody answered, on the site or still in the outbox. */
static bool has_unanswered(struct store *store, int64_t own, const char *name, struct arena *a)
{
	enum { Page = 200 };
	const struct session *me = session_store_get(store, a);
	struct topic_filter f = {.messages = true};
	struct outbox_filter open = {.open = true};
	struct topic_rows list = topic_store_list(store, &f, 0, Page, a);
	struct outbox_rows rows = outbox_store_list(store, &open, 0, Page, a);
	for (int i = 0; me != NULL && i < list.count; i++)
		if (is_unanswered(&list.row[i], me->username, name))
			return true;
	for (int i = 0; i < rows.count; i++) {
		const struct change *c = &rows.row[i].change;
		if (c->kind == CHANGE_MESSAGE && c->id != own && strcasecmp(c->names, name) == 0)
			return true;
	}
	return false;
}

const char *compose_unanswered(const struct screen *s, const struct composition *w, struct arena *a)
{
	const char *names = sbuf_str(&w->names);
	if (w->change.kind != CHANGE_MESSAGE || s->ctx->store == NULL || count_names(names) != 1 ||
		!has_unanswered(s->ctx->store, w->change.id, names, a))
		return NULL;
	return arena_printf(a, _("You wrote %s a message that has no answer yet. It is calmer to wait for it."), names);
}

static void check_unanswered(struct check *c)
{
	const char *says = compose_unanswered(c->s, c->w, c->a);
	if (says != NULL)
		add(c, false, says);
}

static void check_poll(struct check *c)
{
	struct poll_plan p;
	if (poll_plan_read(sbuf_str(&c->w->body), &p, c->a) && p.type != POLL_NUMBER && p.option_count == 0)
		add(c, true, _("The poll has no answers yet."));
}

static void check_edit(struct check *c)
{
	if (c->w->change.kind == CHANGE_EDIT && !composition_has_title(c->w) &&
		strcmp(sbuf_str(&c->w->body), sbuf_str(&c->w->original)) == 0)
		add(c, true, _("Nothing has changed in the text."));
	if (composition_site_text(c->s, c->w, c->a) != NULL)
		add(c, false, _("The post was changed on the site after you began. Your text takes its place."));
}

static const struct form *form_of_topic(const struct check *c)
{
	const struct topic_row *t = composition_topic(c->s, c->w, c->a);
	const struct category *category = t == NULL || t->category_id == 0 ? NULL
		: category_store_get(c->s->ctx->store, t->category_id, c->a);
	return category == NULL ? NULL : form_of_category(category->name, category->slug, "nl", c->a);
}

static void add_hit(struct check *c, const char *body, const struct referral_hit *hit)
{
	/* Translators: number of a line, the words that are meant, why. */
	add(c, false, arena_printf(c->a, _("Line %d: \"%.*s\". %s"), hit->line, (int)hit->bytes, body + hit->at,
		referral_says(hit->reason)));
}

static void check_ticks(struct check *c, const struct form *f)
{
	for (int i = 0; i < f->count; i++)
		if (f->field[i].type == FORM_TICK && composition_value(c->s, c->w, i, c->a)[0] == '\0')
			add(c, false, arena_printf(c->a, _("You have not said yes to: %s."), f->field[i].label));
}

/* Also a reply in such a category: there the words of a client stand just as openly. */
static void check_client(struct check *c)
{
	struct referral_hit hit[MostHits];
	const struct form *f = composition_form(c->s, c->w, c->a);
	/* A meeting names its organisers, and no client. */
	if (c->w->meeting)
		return;
	if (f != NULL)
		check_ticks(c, f);
	if (f == NULL && c->s->ctx->store != NULL)
		f = form_of_topic(c);
	if (!form_is(f, "referral") && !form_is(f, "intervision"))
		return;
	const char *body = sbuf_str(&c->w->body);
	int year = zone_civil(c->s->ctx->zone, c->s->ctx->now_ms / 1000).year,
		n = referral_check(body, year, hit, MostHits);
	for (int i = 0; i < n; i++)
		add_hit(c, body, &hit[i]);
	if (n > 0)
		add(c, false, _("These words could show who somebody is. You decide. kring sends them nowhere else."));
}

static void check_meeting(struct check *c)
{
	struct compose_remarks m = meeting_check(c->s, c->w, c->a);
	for (int i = 0; i < m.count; i++)
		add(c, m.row[i].missing, m.row[i].says);
}

struct compose_remarks compose_check(const struct screen *s, const struct composition *w, struct arena *a)
{
	struct check c = {.s = s, .w = w, .a = a, .site = site_of(s, a),
		.out = {.row = ARENA_ARRAY(a, MostRemarks, struct compose_remark)}};
	check_category(&c);
	check_names(&c);
	check_title(&c);
	check_text(&c);
	check_poll(&c);
	check_meeting(&c);
	check_edit(&c);
	check_unanswered(&c);
	check_client(&c);
	return c.out;
}

static const char *audience_of_category(const struct check *c, int64_t id)
{
	const struct category *category = id == 0 || c->s->ctx->store == NULL ? NULL
		: category_store_get(c->s->ctx->store, id, c->a);
	if (category != NULL && category->read_restricted)
		return arena_printf(c->a, _("Only members of the groups of %s can see this."), category->name);
	return c->site->login_required ? _("All members can see this.")
		: _("All members can see this. People who are not a member may see it too.");
}

const char *compose_audience(const struct screen *s, const struct composition *w, struct arena *a)
{
	struct check c = {.s = s, .w = w, .a = a, .site = site_of(s, a)};
	const struct topic_row *t = composition_topic(s, w, a);
	bool names = w->change.kind == CHANGE_MESSAGE && w->names.n > 0;
	if (names || (t != NULL && t->is_message && !str_empty(t->people)))
		return arena_printf(a, _("Only you and these people can see this: %s."), names ? sbuf_str(&w->names)
			: t->people);
	if (composition_is_message(s, w))
		return _("Only you and the people you write to can see this.");
	return audience_of_category(&c, w->change.category_id != 0 || t == NULL ? w->change.category_id
		: t->category_id);
}
