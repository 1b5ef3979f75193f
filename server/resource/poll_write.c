#include "write.h"

#include <string.h>

#include "forum_poll.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* The poll that a request names; false is answered. */
struct target {
	int64_t post_id;
	const char *name;
};

static bool find(struct request *r, struct response *w, struct target *t)
{
	*t = (struct target){request_param_int(r, "post_id", 0), request_param(r, "poll_name")};
	if (t->post_id <= 0 || t->name == NULL) {
		response_invalid(r, w, t->name == NULL ? "poll_name" : "post_id");
		return false;
	}
	if (forum_post_visible(r->db, forum_viewer(r), t->post_id))
		return true;
	response_not_found(r, w);
	return false;
}

/* In an archived topic and in a post that was taken away nothing changes any more. */
static bool open_to_votes(struct request *r, struct response *w, const struct target *t)
{
	if (sql_get_int(r->db, 1, "SELECT t.archived OR p.deleted_ms IS NOT NULL OR p.user_deleted FROM post p"
			" JOIN topic t ON t.id = p.topic_id WHERE p.id = ?", "i", t->post_id) == 0)
		return true;
	write_refused(r, w, N_("This poll is closed."));
	return false;
}

static void add_printed(struct json *into, const char *name, const struct json *value)
{
	struct sbuf b = {0};
	json_print(value, &b);
	json_add_parsed(into, name, sbuf_str(&b));
	sbuf_fini(&b);
}

/* {"poll": ..., "vote": [...]}; the vote is left out when there is none. */
static void answer(struct request *r, struct response *w, const struct target *t)
{
	struct json *all = json_object(), *root = json_object();
	polls_encode(r, all, t->post_id);
	JSON_EACH(poll, json_get(all, "polls"))
		if (str_equal(json_string(poll, "name"), t->name))
			add_printed(root, "poll", poll);
	const struct json *vote = json_get(json_get(all, "polls_votes"), t->name);
	if (vote != NULL)
		add_printed(root, "vote", vote);
	json_free(all);
	response_json(w, root);
}

struct choice {
	const char **digest, **rank;
	int count;
};

/* options[]=a; or for a ranked poll options[0][digest]=a, options[0][rank]=1. */
static void read_choice(struct request *r, struct choice *out)
{
	const struct param *p = request_params(r);
	int all = 0;
	while (p[all].name != NULL)
		all++;
	*out = (struct choice){ARENA_ARRAY(r->mem, (size_t)all + 1, const char *), ARENA_ARRAY(r->mem, (size_t)all + 1,
		const char *), 0};
	for (; p->name != NULL; p++) {
		if (!str_starts(p->name, "options["))
			continue;
		if (str_ends(p->name, "][rank]") && out->count > 0)
			out->rank[out->count - 1] = p->value;
		else if (!str_ends(p->name, "][rank]"))
			out->digest[out->count++] = p->value;
	}
}

/* Places of a ranked vote: 1 is the first choice. Options without a place were not chosen. */
static bool store_ranks(struct request *r, const struct target *t, const struct choice *c, struct error *err)
{
	bool ok = true;
	for (int i = 0; ok && i < c->count; i++)
		ok = str_empty(c->rank[i]) || sql_run(r->db, err, "UPDATE poll_vote SET rank = CAST(?1 AS INTEGER)"
			" WHERE user_id = ?2 AND digest = ?3 AND poll_id = (SELECT id FROM poll WHERE post_id = ?4"
			" AND name = ?5)", "sisis", c->rank[i], r->me.user_id, c->digest[i], t->post_id, t->name);
	return ok;
}

static void drop_unranked(struct choice *c)
{
	int kept = 0;
	for (int i = 0; i < c->count; i++) {
		if (str_equal(c->rank[i], "0"))
			continue;
		c->digest[kept] = c->digest[i];
		c->rank[kept++] = c->rank[i];
	}
	c->count = kept;
}

static void vote(struct request *r, struct response *w)
{
	struct target t;
	struct choice c;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &t) || !open_to_votes(r, w, &t))
		return;
	read_choice(r, &c);
	drop_unranked(&c);
	if (forum_poll_vote(&f, t.post_id, t.name, r->me.user_id, c.digest, c.count, 0, &err) &&
		store_ranks(r, &t, &c, &err))
		answer(r, w, &t);
	else
		write_failed(r, w, &err);
}

static void unvote(struct request *r, struct response *w)
{
	struct target t;
	struct forum f = forum_of(r);
	struct error err = {0};
	if (!find(r, w, &t) || !open_to_votes(r, w, &t))
		return;
	if (forum_poll_unvote(&f, t.post_id, t.name, r->me.user_id, &err))
		answer(r, w, &t);
	else
		write_failed(r, w, &err);
}

static void toggle(struct request *r, struct response *w)
{
	struct target t;
	struct forum f = forum_of(r);
	struct error err = {0};
	const char *status = request_param(r, "status");
	bool open = str_equal(status, "open");
	if (!find(r, w, &t))
		return;
	if (!open && !str_equal(status, "closed")) {
		response_invalid(r, w, "status");
		return;
	}
	int64_t writer_id = sql_get_int(r->db, 0, "SELECT user_id FROM post WHERE id = ?", "i", t.post_id);
	if (!r->me.staff && writer_id != r->me.user_id) {
		write_refused(r, w, N_("Only the writer of a poll can close it."));
		return;
	}
	if (forum_poll_set_open(&f, t.post_id, t.name, open, &err))
		answer(r, w, &t);
	else
		write_failed(r, w, &err);
}

const struct route poll_write_routes[] = {
	{"PUT", "/polls/vote", vote, ROUTE_LOGIN},
	{"DELETE", "/polls/vote", unvote, ROUTE_LOGIN},
	{"PUT", "/polls/toggle_status", toggle, ROUTE_LOGIN},
	{0},
};
