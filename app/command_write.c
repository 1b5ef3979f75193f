#include "commands.h"

#include <string.h>
#include <unistd.h>

#include "agreement_store.h"
#include "agreements.h"
#include "category_store.h"
#include "clock.h"
#include "compose_check.h"
#include "event_store.h"
#include "group_store.h"
#include "mem.h"
#include "member_store.h"
#include "outbox_call.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxNames = 30, MaxLine = 1000 };

/* Commands that send something of the member's: post, reply, message, rsvp. */

static int refuse(struct call *c, enum error_kind kind, const char *what)
{
	struct error err;
	fail(&err, kind, "%s", what);
	return call_fail(c, &err);
}

/* False: too short or too long for the site; it is said. max 0: the site did not say. */
static bool fits(struct call *c, const char *text, int min, int max, const char *too_short, const char *too_long)
{
	int n = compose_characters(text);
	if (n >= min && (max == 0 || n <= max))
		return true;
	struct error err;
	fail(&err, ERR_INVALID, n < min ? too_short : too_long, n, n < min ? min : max);
	call_fail(c, &err);
	return false;
}

static bool title_fits(struct call *c, const char *title, const struct site *site, bool message)
{
	enum { LeastOfMessage = 2 };
	return fits(c, title, message ? LeastOfMessage : site->min_title_length, site->max_title_length,
		_("The title is too short: %d characters. At least %d are needed."),
		_("The title is too long: %d characters. The maximum is %d."));
}

/* Reads the text and sends it, unless the site's rules say that it will not do. */
static int send_text(struct call *c, struct change *ch, bool message)
{
	static const struct site unknown;
	const struct site *site = site_store_get(c->program->store, &c->mem);
	struct error err;
	site = site == NULL ? &unknown : site;
	int min = message ? site->min_message_length
		: ch->kind == CHANGE_TOPIC ? site->min_first_post_length : site->min_post_length;
	if (ch->title != NULL && !title_fits(c, ch->title, site, message))
		return EXIT_FAILED;
	ch->body = outbox_call_text(c, &err);
	if (ch->body == NULL)
		return call_fail(c, &err);
	if (*ch->body == '\0')
		return refuse(c, ERR_INVALID, _("There is no text on standard input."));
	if (!fits(c, ch->body, min, site->max_post_length,
			_("The text is too short: %d characters. At least %d are needed."),
			_("The text is too long: %d characters. The maximum is %d.")))
		return EXIT_FAILED;
	return outbox_call_send(c, ch);
}

/* The value of an option as one clean line; NULL when it is not given. */
static const char *option(struct call *c, const char *name)
{
	return utf8_clean_arena(&c->mem, call_option(c, name), 0, MaxLine);
}

/* All values of an option that may be given more than once, joined with ", ". */
static const char *options(struct call *c, const char *name)
{
	const char *joined = "", *value;
	while ((value = option(c, name)) != NULL)
		joined = *joined == '\0' ? value : arena_printf(&c->mem, "%s, %s", joined, value);
	return joined;
}

static void say_categories(struct call *c)
{
	struct category_rows all = category_store_list(c->program->store, &c->mem);
	struct sbuf text = {0};
	sbuf_addf(&text, "%s\n", _("You can begin a topic in:"));
	for (int i = 0; i < all.count; i++)
		if (category_can_post(&all.row[i].category))
			sbuf_addf(&text, "  %s\n", all.row[i].category.name);
	call_write(STDERR_FILENO, sbuf_str(&text), text.n);
	sbuf_fini(&text);
}

/* 0: there is none, or the member may not begin a topic in it; it is said. */
static int64_t find_category(struct call *c, const char *name)
{
	const char *bare = name + strspn(name, "@#");
	int64_t id = category_store_find(c->program->store, bare);
	const struct category *category = id == 0 ? NULL : category_store_get(c->program->store, id, &c->mem);
	if (category != NULL && category_can_post(category))
		return id;
	struct error err;
	if (category == NULL)
		fail(&err, ERR_NOT_FOUND, _("There is no category \"%s\"."), bare);
	else
		fail(&err, ERR_FORBIDDEN, _("You cannot begin a topic in \"%s\"."), category->name);
	error_advise(&err, _("Nothing is changed."), _("Choose another category."));
	call_fail(c, &err);
	say_categories(c);
	return 0;
}

int post_run(struct call *c)
{
	const char *category = option(c, "--category");
	struct change ch = {.kind = CHANGE_TOPIC, .title = option(c, "--title"), .names = options(c, "--tag")};
	if (category == NULL || ch.title == NULL || !call_rest(c, 0))
		return call_usage(c);
	ch.category_id = find_category(c, category);
	return ch.category_id == 0 ? EXIT_FAILED : send_text(c, &ch, false);
}

static bool read_to(struct call *c, struct change *ch)
{
	const char *to = call_option(c, "--to");
	return to == NULL || str_to_int(to, 1, INT32_MAX, &ch->number);
}

int reply_run(struct call *c)
{
	struct change ch = {.kind = CHANGE_REPLY};
	if (!read_to(c, &ch) || !call_rest(c, 1) || c->argc != 1 || !str_to_int(c->argv[0], 1, INT64_MAX, &ch.topic_id))
		return call_usage(c);
	const struct topic_row *t = topic_store_row(c->program->store, ch.topic_id, &c->mem);
	if (t == NULL)
		return refuse(c, ERR_NOT_FOUND, arena_printf(&c->mem, _("Topic %lld is not in kring."),
			(long long)ch.topic_id));
	return send_text(c, &ch, t->is_message);
}

/* The name as the site spells it; NULL: nobody has it. */
static const char *recipient(struct call *c, const char *name)
{
	name += *name == '@';
	const struct member *m = member_store_by_username(c->program->store, name, &c->mem);
	struct group_rows groups = group_store_list(c->program->store, &c->mem);
	for (int i = 0; m == NULL && i < groups.count; i++)
		if (strcasecmp(groups.row[i].name, name) == 0)
			return groups.row[i].name;
	return m == NULL ? NULL : m->username;
}

int message_run(struct call *c)
{
	struct change ch = {.kind = CHANGE_MESSAGE, .title = option(c, "--title"), .names = ""};
	if (ch.title == NULL || !call_rest(c, MaxNames) || c->argc == 0)
		return call_usage(c);
	for (int i = 0; i < c->argc; i++) {
		const char *name = recipient(c, c->argv[i]);
		if (name == NULL)
			return refuse(c, ERR_NOT_FOUND,
				arena_printf(&c->mem, _("There is no member or group \"%s\" in kring."), c->argv[i]));
		ch.names = i == 0 ? name : arena_printf(&c->mem, "%s, %s", ch.names, name);
	}
	return send_text(c, &ch, true);
}

static bool read_attendance(const char *word, int64_t *out)
{
	*out = attendance_from(word);
	return *out != ATTENDANCE_NONE || str_equal(word, "none");
}

static bool put_agreement(struct store *s, void *what, struct error *err)
{
	const struct agreements *g = what;
	return agreement_store_put(s, g->category_id, g->text, clock_now_ms(), err);
}

/* Who joins a circle agrees with its words first. EXIT_OK: they do; else it was said. */
static int agree_first(struct call *c, const struct event *e, bool agrees)
{
	struct error err;
	struct agreements g = agreements_of(&c->program->ctx, e, &c->mem);
	if (!g.is_circle || g.agreed_ms != 0)
		return EXIT_OK;
	if (agrees)
		return outbox_call_write(c, put_agreement, &g, &err) ? EXIT_OK : call_fail(c, &err);
	json_add_string(c->doc, "agreements", g.text);
	call_line(c, "%s", g.text);
	return refuse(c, ERR_INVALID,
			_("Members of this circle agree on this. Read it, then answer again with --agree."));
}

int rsvp_run(struct call *c)
{
	struct change ch = {.kind = CHANGE_ATTENDANCE};
	bool agrees = call_flag(c, "--agree");
	if (!call_rest(c, 2) || c->argc != 2 || !str_to_int(c->argv[0], 1, INT64_MAX, &ch.post_id) ||
		!read_attendance(c->argv[1], &ch.number))
		return call_usage(c);
	const struct event *e = event_store_get(c->program->store, ch.post_id, &c->mem);
	if (e == NULL)
		return refuse(c, ERR_NOT_FOUND, arena_printf(&c->mem, _("Meeting %lld is not in kring."),
			(long long)ch.post_id));
	if ((int64_t)e->mine == ch.number) {
		json_add_array(c->doc, "outbox");
		call_line(c, "%s", _("This is your answer already."));
		return EXIT_OK;
	}
	if (ch.number == ATTENDANCE_GOING || ch.number == ATTENDANCE_INTERESTED) {
		int code = agree_first(c, e, agrees);
		if (code != EXIT_OK)
			return code;
	}
	ch.topic_id = e->topic_id;
	ch.before = e->mine;
	int code = outbox_call_send(c, &ch);
	if (code == EXIT_OFFLINE && ch.number == ATTENDANCE_GOING && event_places_left(e) >= 0)
		call_line(c, "%s", _("The meeting can be full by then."));
	return code;
}
