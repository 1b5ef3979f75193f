#include "write.h"

#include "bus.h"
#include "people.h"
#include "resources.h"
#include "str.h"
#include "text.h"

/* A member's status: an emoji and a few words, until some time. */

enum { MaxWords = 100 };

static void publish(struct request *r, int64_t user_id, const char *emoji, const char *words, int64_t ends_ms)
{
	struct json *j = json_object();
	const char *member = arena_printf(r->mem, "%lld", (long long)user_id);
	if (words == NULL)
		json_add_null(j, member);
	else
		user_status_encode(r, j, member, emoji, words, ends_ms);
	bus_publish(r->server->bus, r->now_ms, "/user-status", j, NULL);
	json_free(j);
}

static bool store(struct request *r, struct response *w, int64_t user_id, const char *emoji, const char *words,
	int64_t ends_ms)
{
	struct error err = {0};
	if (!sql_run(r->db, &err, "UPDATE user SET status_emoji = ?, status_text = ?,"
			" status_ends_ms = nullif(?, 0) WHERE id = ?", "ssii", emoji, words, ends_ms, user_id)) {
		write_failed(r, w, &err);
		return false;
	}
	publish(r, user_id, emoji, words, ends_ms);
	return true;
}

bool user_status_change(struct request *r, struct response *w, int64_t user_id, const char *emoji_name,
	const char *words_name, const char *ends_name)
{
	const char *emoji = request_param(r, emoji_name), *words = request_param(r, words_name);
	int64_t ends_ms;
	if (emoji == NULL && words == NULL)
		return true;
	if (str_empty(emoji) || str_empty(words)) {
		response_invalid(r, w, str_empty(emoji) ? emoji_name : words_name);
		return false;
	}
	if (!write_time(r, w, ends_name, &ends_ms))
		return false;
	if (write_length(words) <= MaxWords)
		return store(r, w, user_id, emoji, words, ends_ms);
	write_refused(r, w, N_("A status has at most 100 characters."));
	return false;
}

/* False is answered. */
static bool enabled(struct request *r, struct response *w)
{
	bool on = people_setting_on(r, "enable_user_status", true);
	if (!on)
		response_not_found(r, w);
	return on;
}

static void set(struct request *r, struct response *w)
{
	if (!enabled(r, w))
		return;
	if (request_param(r, "emoji") == NULL && request_param(r, "description") == NULL)
		response_invalid(r, w, "emoji");
	else if (user_status_change(r, w, r->me.user_id, "emoji", "description", "ends_at"))
		response_success(w);
}

static void clear(struct request *r, struct response *w)
{
	if (enabled(r, w) && store(r, w, r->me.user_id, NULL, NULL, 0))
		response_success(w);
}

const struct route status_write_routes[] = {
	{"PUT", "/user-status", set, ROUTE_LOGIN},
	{"DELETE", "/user-status", clear, ROUTE_LOGIN},
	{0},
};
