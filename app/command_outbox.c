#include "commands.h"

#include "outbox_call.h"
#include "str.h"
#include "text.h"

/* One thing that is done with one item. */
struct outbox_action {
	const char *option;
	bool (*run)(struct store *s, int64_t id, int64_t now_ms, bool *done, struct error *err);
	const char *refused; /* N_: why it is not done */
	bool push;           /* something may have to go out now */
	const char *says;    /* N_ */
};

static bool retry(struct store *s, int64_t id, int64_t now_ms, bool *done, struct error *err)
{
	struct arena a = {0};
	const struct outbox_row *r = outbox_store_get(s, id, &a);
	*done = r != NULL && (r->change.state == CHANGE_REFUSED || r->change.state == CHANGE_WAITING ||
		r->change.state == CHANGE_UNSURE);
	arena_fini(&a);
	return !*done || outbox_store_try_again(s, id, now_ms, err);
}

static bool drop(struct store *s, int64_t id, int64_t now_ms, bool *done, struct error *err)
{
	struct arena a = {0};
	bool ok = outbox_store_drop(s, id, err);
	*done = ok && outbox_store_get(s, id, &a) == NULL;
	arena_fini(&a);
	return ok;
}

static const struct outbox_action actions[] = {
	{"--retry", retry, N_("Only what waits or was refused can be tried again."), true, NULL},
	{"--drop", drop, N_("What waits or is being sent stays. First undo it."), false,
		N_("It is no longer in the outbox.")},
	{"--undo", outbox_store_undo, N_("This cannot be undone, or it is being sent now."), true,
		N_("It was undone.")},
	{0},
};

struct action_call {
	const struct outbox_action *action;
	int64_t id, now_ms;
	bool done;
};

static bool run_action(struct store *s, void *what, struct error *err)
{
	struct action_call *a = what;
	return a->action->run(s, a->id, a->now_ms, &a->done, err);
}

static struct outbox_rows everything(struct call *c)
{
	const struct outbox_filter all = {0};
	int64_t count = outbox_store_count(c->program->store, &all);
	return outbox_store_list(c->program->store, &all, 0, (int)count, &c->mem);
}

/* An item of which the number begins like this; 0: none, or more than one (*many). */
static int64_t find(struct call *c, const char *digits, bool *many)
{
	struct outbox_rows all = everything(c);
	int64_t found = 0;
	*many = false;
	for (int i = 0; i < all.count; i++) {
		const char *number = arena_printf(&c->mem, "%lld", (long long)all.row[i].change.id);
		if (!str_starts(number, digits))
			continue;
		*many = found != 0;
		found = all.row[i].change.id;
		if (*many || str_equal(number, digits))
			break;
	}
	return *many ? 0 : found;
}

static bool is_about(const struct change *a, const struct outbox_row *was)
{
	const struct change *b = &was->change;
	int64_t post_id = was->done_post_id != 0 ? was->done_post_id : b->post_id;
	if (post_id != 0)
		return a->post_id == post_id;
	return a->topic_id == b->topic_id && a->category_id == b->category_id && str_equal(a->names, b->names) &&
		str_equal(a->title, b->title);
}

/* An undone item that had arrived is followed by what takes it back. */
static int64_t follower(struct call *c, int64_t id)
{
	struct outbox_rows all = everything(c);
	const struct outbox_row *was = outbox_store_get(c->program->store, id, &c->mem);
	int64_t found = 0, newest_ms = 0;
	for (int i = 0; i < all.count; i++) {
		const struct change *ch = &all.row[i].change;
		if (was != NULL && ch->id != id && ch->state == CHANGE_WAITING && ch->created_ms >= newest_ms &&
			is_about(ch, was)) {
			found = ch->id;
			newest_ms = ch->created_ms;
		}
	}
	return found;
}

static int act(struct call *c, const struct outbox_action *action, const char *digits)
{
	struct error err;
	bool many;
	struct action_call a = {.action = action, .id = find(c, digits, &many), .now_ms = c->program->ctx.now_ms};
	if (a.id == 0) {
		fail(&err, ERR_NOT_FOUND, many ? _("More than one item begins with %s.")
			: _("The outbox has no item %s."), digits);
		return call_fail(c, &err);
	}
	if (!outbox_call_write(c, run_action, &a, &err))
		return call_fail(c, &err);
	if (!a.done) {
		fail(&err, ERR_REFUSED, "%s", _(action->refused));
		error_advise(&err, _("Nothing is changed."), _("See kring outbox."));
		return call_fail(c, &err);
	}
	if (action->says != NULL)
		call_line(c, "%s", _(action->says));
	int64_t next = action->run == retry ? a.id : action->push ? follower(c, a.id) : 0;
	if (next != 0)
		return outbox_call_push(c, next);
	json_add_array(c->doc, "outbox");
	return EXIT_OK;
}

int outbox_run(struct call *c)
{
	int limit = call_limit(c, 50);
	for (const struct outbox_action *a = actions; a->option != NULL; a++) {
		const char *digits = call_option(c, a->option);
		if (digits != NULL)
			return limit > 0 && call_rest(c, 0) && *digits != '\0' ? act(c, a, digits)
				: call_usage(c);
	}
	if (limit == 0 || !call_rest(c, 0))
		return call_usage(c);
	struct outbox_rows list = outbox_store_list(c->program->store, &(struct outbox_filter){0}, 0, limit, &c->mem);
	struct json *array = json_add_array(c->doc, "outbox");
	for (int i = 0; i < list.count; i++)
		outbox_call_show(c, &list.row[i], array);
	if (list.count == 0)
		call_line(c, "%s", _("The outbox is empty."));
	return EXIT_OK;
}
