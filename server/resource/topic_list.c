#include "resources.h"

#include <string.h>

#include "forum_user.h"
#include "mem.h"
#include "str.h"
#include "topic_list_filter.h"

static const int64_t DayMs = 24 * 3600 * 1000;

static void answer(struct request *r, struct response *w, struct topic_filter *f)
{
	struct json *root;
	if (topic_filter_read(r, w, f) && topic_filter_answer(r, w, f, &root) != NULL)
		response_json(w, root);
}

static void latest(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.pinned_first = true});
}

static void new(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.kind = LIST_NEW});
}

static void unread(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.kind = LIST_UNREAD});
}

static void unseen(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.kind = LIST_UNSEEN});
}

static void posted(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.kind = LIST_POSTED});
}

static void bookmarks(struct request *r, struct response *w)
{
	answer(r, w, &(struct topic_filter){.kind = LIST_BOOKMARKS});
}

/* By the last word of the path, else ?period=, else the setting's default. */
static void top(struct request *r, struct response *w)
{
	static const struct {
		const char *name;
		int days;
	} periods[] = {{"yearly", 365}, {"all", 0}, {"quarterly", 90}, {"monthly", 30}, {"weekly", 7}, {"daily", 1}};
	const char *word = request_part(r, "period");
	if (str_empty(word))
		word = request_param(r, "period");
	size_t i = 0;
	while (i < COUNT(periods) && !str_empty(word) && strcmp(word, periods[i].name) != 0)
		i++;
	if (i == COUNT(periods)) {
		response_invalid(r, w, "period");
		return;
	}
	struct topic_filter f = {.order = "score"};
	struct json *root, *list;
	if (periods[i].days > 0)
		f.bumped_after_ms = r->now_ms - periods[i].days * DayMs;
	if (!topic_filter_read(r, w, &f) || (list = topic_filter_answer(r, w, &f, &root)) == NULL)
		return;
	json_add_string(list, "for_period", periods[i].name);
	response_json(w, root);
}

static void filter(struct request *r, struct response *w)
{
	struct topic_filter f = {0};
	struct json *root;
	topic_filter_read_query(r, &f, str_or_empty(request_param(r, "q")));
	if (topic_filter_answer(r, w, &f, &root) != NULL)
		response_json(w, root);
}

static void created_by(struct request *r, struct response *w)
{
	int64_t id = forum_user_id(r->db, request_part(r, "username"));
	if (id == 0) {
		response_not_found(r, w);
		return;
	}
	answer(r, w, &(struct topic_filter){.kind = LIST_ALL, .user_id = id});
}

const struct route topic_list_routes[] = {
	{"GET", "/latest", latest, ROUTE_PACKS},
	{"GET", "/new", new, ROUTE_LOGIN},
	{"GET", "/unread", unread, ROUTE_LOGIN},
	{"GET", "/unseen", unseen, ROUTE_LOGIN},
	{"GET", "/posted", posted, ROUTE_LOGIN},
	{"GET", "/bookmarks", bookmarks, ROUTE_LOGIN},
	{"GET", "/top", top},
	{"GET", "/top/:period", top},
	{"GET", "/filter", filter},
	{"GET", "/topics/created-by/:username", created_by},
	{0},
};
