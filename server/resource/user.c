#include <string.h>

#include "mem.h"
#include "profile.h"
#include "resources.h"
#include "str.h"

enum { CARDS_MAX = 50 };

static void user_show(struct request *r, struct response *w)
{
	int64_t id = person_of_route(r, w);
	struct profile p;
	if (id == 0 || !profile_load(r, id, &p))
		return;
	struct json *answer = json_object();
	json_add_array(answer, "user_badges");
	profile_encode(r, json_add_object(answer, "user"), &p);
	response_json(w, answer);
}

static void user_card(struct request *r, struct response *w)
{
	int64_t id = person_of_route(r, w);
	struct profile p;
	if (id == 0 || !profile_load(r, id, &p))
		return;
	struct json *answer = json_object();
	json_add_array(answer, "user_badges");
	profile_card_encode(r, json_add_object(answer, "user"), &p);
	response_json(w, answer);
}

/* /user-cards?user_ids=1,2,3: at most 50, ids nobody has are left out. */
static void user_cards(struct request *r, struct response *w)
{
	const char *ids = request_param(r, "user_ids");
	if (str_empty(ids)) {
		response_invalid(r, w, "user_ids");
		return;
	}
	struct json *answer = json_object(), *users = json_add_array(answer, "users");
	char *rest = arena_strdup(r->mem, ids);
	int asked = 0;
	for (char *item = strtok_r(rest, ",", &rest); item != NULL
		&& asked < CARDS_MAX; item = strtok_r(NULL, ",", &rest)) {
		int64_t id = 0;
		struct profile p;
		asked++;
		if (str_to_int(str_trim(item), 1, INT64_MAX, &id) && profile_load(r, id, &p))
			profile_card_encode(r, json_append_object(users), &p);
	}
	response_json(w, answer);
}

/* Not for moderators, as with Discourse's setting moderators_view_emails at its default. */
static void user_emails(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	if (id == 0)
		return;
	if (id != r->me.user_id && !r->me.admin) {
		response_forbidden(r, w);
		return;
	}
	struct json *answer = json_object();
	json_add_string(answer, "email",
		str_or_empty(sql_get_text(r->db, r->mem, "SELECT email FROM user WHERE id = ?", "i", id)));
	json_add_array(answer, "secondary_emails");
	json_add_array(answer, "unconfirmed_emails");
	json_add_array(answer, "associated_accounts");
	response_json(w, answer);
}

static void user_badges(struct request *r, struct response *w)
{
	if (person_of_route(r, w) == 0)
		return;
	struct json *answer = json_object();
	json_add_array(answer, "user_badges");
	response_json(w, answer);
}

static void user_status(struct request *r, struct response *w)
{
	struct profile p;
	if (!people_setting_on(r, "enable_user_status", true) || !profile_load(r, r->me.user_id, &p)) {
		response_not_found(r, w);
		return;
	}
	struct json *answer = json_object();
	user_status_encode(r, answer, "status", p.status_emoji, p.status_text, p.status_ends_ms);
	if (json_get(answer, "status") == NULL)
		json_add_null(answer, "status");
	struct sbuf text = {0};
	json_print(json_get(answer, "status"), &text);
	json_free(answer);
	response_text(w, "application/json; charset=utf-8", sbuf_str(&text));
	sbuf_fini(&text);
}

const struct route user_routes[] = {
	{"GET", "/u/:username", user_show},
	{"GET", "/users/:username", user_show},
	{"GET", "/u/:username/card", user_card},
	{"GET", "/u/:username/summary", user_summary},
	{"GET", "/u/:username/emails", user_emails, ROUTE_LOGIN},
	{"GET", "/user-badges/:username", user_badges},
	{"GET", "/user-cards", user_cards, ROUTE_PACKS},
	{"GET", "/user-status", user_status, ROUTE_LOGIN},
	{0},
};
