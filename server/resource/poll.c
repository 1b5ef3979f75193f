#include "people.h"
#include "resources.h"
#include "str.h"

enum { VOTERS_PRELOADED = 25, VOTERS_MAX = 50, PAGE_MAX = 100000 };

struct poll_row {
	int64_t id, close_ms;
	const char *name, *title, *type, *status, *results, *chart, *groups;
	bool public_votes, open, voted;
	int64_t numbers[3]; /* min, max, step; -1 not given */
};

static const char *const number_names[] = {"min", "max", "step"};

static void row_read(struct request *r, struct sql_query *q, struct poll_row *p)
{
	*p = (struct poll_row){
		.id = sql_int(q, 0), .name = sql_text_in(q, 1, r->mem), .title = sql_text_in(q, 2, r->mem),
		.type = sql_text_in(q, 3, r->mem), .status = sql_text_in(q, 4, r->mem),
		.results = sql_text_in(q, 5, r->mem),
		.public_votes = sql_int(q, 6), .close_ms = sql_int(q, 10), .chart = sql_text_in(q, 11, r->mem),
		.groups = sql_text_in(q, 12, r->mem), .voted = sql_int(q, 13),
	};
	for (int i = 0; i < 3; i++)
		p->numbers[i] = sql_is_null(q, 7 + i) ? -1 : sql_int(q, 7 + i);
	p->open = !str_equal(p->status, "closed") && (p->close_ms == 0 || p->close_ms > r->now_ms);
}

#define POLL_COLUMNS \
	"SELECT p.id, p.name, p.title, p.type, p.status, p.results, p.public, p.min, p.max, p.step, p.close_ms," \
	" p.chart_type, p.groups, EXISTS (SELECT 1 FROM poll_vote v WHERE v.poll_id = p.id AND v.user_id = ?1)" \
	" FROM poll p WHERE p.post_id = ?2"

static bool results_shown(const struct request *r, const struct poll_row *p)
{
	if (str_equal(p->results, "staff_only"))
		return r->me.staff;
	return str_equal(p->results, "always") || !p->open || (str_equal(p->results, "on_vote") && p->voted);
}

static void voters_append(struct request *r, struct json *list, int64_t poll_id, const char *digest, int64_t limit,
	int64_t offset)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT u.id, u.username, u.name, u.title FROM poll_vote v JOIN user u ON u.id = v.user_id"
		" WHERE v.poll_id = ? AND v.digest = ? ORDER BY v.created_ms, u.id LIMIT ? OFFSET ?", "isii", poll_id,
		digest, limit, offset);
	while (sql_next(q)) {
		struct json *user = json_append_object(list);
		user_brief_encode(r, user, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
		json_add_string(user, "title", sql_text(q, 3));
	}
	sql_end(q, NULL);
}

static void options_encode(struct request *r, struct json *poll, const struct poll_row *p, bool shown)
{
	struct json *options = json_add_array(poll, "options");
	struct json *voters = p->public_votes && shown ? json_object() : NULL;
	struct sql_query *q = sql_query(r->db,
		"SELECT o.digest, o.html, (SELECT count(*) FROM poll_vote v WHERE v.poll_id = o.poll_id"
		" AND v.digest = o.digest) FROM poll_option o WHERE o.poll_id = ? ORDER BY o.position", "i", p->id);
	while (sql_next(q)) {
		struct json *option = json_append_object(options);
		json_add_string(option, "id", sql_text(q, 0));
		json_add_string(option, "html", sql_text(q, 1));
		if (shown)
			json_add_int(option, "votes", sql_int(q, 2));
		if (voters != NULL && sql_int(q, 2) > 0)
			voters_append(r, json_add_array(voters, sql_text(q, 0)), p->id, sql_text(q, 0), VOTERS_PRELOADED, 0);
	}
	sql_end(q, NULL);
	if (voters != NULL)
		json_add(poll, "preloaded_voters", voters);
}

static void poll_encode(struct request *r, struct json *poll, const struct poll_row *p)
{
	bool bounded = str_equal(p->type, "number") || str_equal(p->type, "multiple");
	json_add_int(poll, "id", p->id);
	json_add_string(poll, "name", p->name);
	json_add_string(poll, "type", p->type);
	json_add_string(poll, "status", p->open ? "open" : "closed");
	if (p->public_votes)
		json_add_bool(poll, "public", true);
	json_add_string(poll, "results", p->results);
	for (int i = 0; i < 3 && bounded; i++)
		if (p->numbers[i] >= 0)
			json_add_int(poll, number_names[i], p->numbers[i]);
	options_encode(r, poll, p, results_shown(r, p));
	json_add_int(poll, "voters",
		sql_get_int(r->db, 0, "SELECT count(DISTINCT user_id) FROM poll_vote WHERE poll_id = ?", "i", p->id));
	if (p->close_ms != 0)
		json_add_time_ms(poll, "close", p->close_ms, 0);
	json_add_string(poll, "chart_type", str_empty(p->chart) ? "bar" : p->chart);
	if (!str_empty(p->groups))
		json_add_string(poll, "groups", p->groups);
	json_add_string(poll, "title", p->title);
}

/* The requester's own choice: option ids, with their places for ranked polls. */
static void vote_encode(struct request *r, struct json *votes, const struct poll_row *p)
{
	struct json *mine = json_add_array(votes, p->name);
	bool ranked = str_equal(p->type, "ranked_choice");
	struct sql_query *q = sql_query(r->db,
		"SELECT digest, rank FROM poll_vote WHERE poll_id = ? AND user_id = ? ORDER BY rank, digest", "ii", p->id,
		r->me.user_id);
	while (sql_next(q)) {
		if (ranked) {
			struct json *choice = json_append_object(mine);
			json_add_string(choice, "digest", sql_text(q, 0));
			json_add_int(choice, "rank", sql_int(q, 1));
		} else {
			json_append_string(mine, sql_text(q, 0));
		}
	}
	sql_end(q, NULL);
}

void polls_encode(struct request *r, struct json *post_object, int64_t post_id)
{
	struct json *polls = NULL, *votes = NULL;
	struct sql_query *q = sql_query(r->db, POLL_COLUMNS " ORDER BY p.id", "ii", r->me.user_id, post_id);
	while (sql_next(q)) {
		struct poll_row p;
		row_read(r, q, &p);
		if (polls == NULL)
			polls = json_add_array(post_object, "polls");
		poll_encode(r, json_append_object(polls), &p);
		if (!p.voted)
			continue;
		if (votes == NULL)
			votes = json_object();
		vote_encode(r, votes, &p);
	}
	sql_end(q, NULL);
	if (votes != NULL)
		json_add(post_object, "polls_votes", votes);
}

static bool poll_find(struct request *r, int64_t post_id, const char *name, struct poll_row *p)
{
	struct sql_query *q = sql_query(r->db, POLL_COLUMNS " AND p.name = ?3", "iis", r->me.user_id, post_id, name);
	bool found = sql_next(q);
	if (found)
		row_read(r, q, p);
	sql_end(q, NULL);
	return found;
}

/* Who voted for what, when the poll shows that. */
static void poll_voters(struct request *r, struct response *w)
{
	int64_t post_id = request_param_int(r, "post_id", 0);
	const char *option = request_param(r, "option_id");
	struct poll_row p;
	if (!forum_post_visible(r->db, forum_viewer(r), post_id) ||
		!poll_find(r, post_id, str_or_empty(request_param(r, "poll_name")), &p)) {
		response_invalid(r, w, "poll_name");
		return;
	}
	if (!p.public_votes || !results_shown(r, &p)) {
		response_invalid(r, w, "post_id");
		return;
	}
	int64_t limit = number_param(r, "limit", VOTERS_PRELOADED, 1, VOTERS_MAX);
	int64_t page = number_param(r, "page", 1, 1, PAGE_MAX);
	struct json *answer = json_object(), *voters = json_add_object(answer, "voters");
	struct sql_query *q = sql_query(r->db,
		"SELECT digest FROM poll_option WHERE poll_id = ?1 AND (?2 IS NULL OR digest = ?2) ORDER BY position",
		"is", p.id, str_empty(option) ? NULL : option);
	while (sql_next(q))
		voters_append(r, json_add_array(voters, sql_text(q, 0)), p.id, sql_text(q, 0), limit, (page - 1) * limit);
	sql_end(q, NULL);
	response_json(w, answer);
}

const struct route poll_routes[] = {
	{"GET", "/polls/voters", poll_voters},
	{0},
};
