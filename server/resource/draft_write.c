#include <string.h>

#include "forum_draft.h"
#include "resources.h"
#include "str.h"
#include "text.h"
#include "write.h"

enum { MaxDraftBytes = 400 * 1000, MaxKeyBytes = 100 };

/* NULL is answered: what is missing or cannot be a draft. */
static const char *read_data(struct request *r, struct response *w)
{
	const char *data = request_param(r, "data");
	struct json *j = data == NULL ? NULL : json_parse(data, strlen(data), NULL);
	bool good = json_is_object(j);
	json_free(j);
	if (!good) {
		response_invalid(r, w, "data");
		return NULL;
	}
	if (strlen(data) <= MaxDraftBytes)
		return data;
	write_refused(r, w, N_("This draft is too long."));
	return NULL;
}

static void conflict(struct request *r, struct response *w, const struct error *err)
{
	struct json *root = json_object();
	json_append_string(json_add_array(root, "errors"), say(r, err->what));
	json_add_string(json_add_object(root, "extras"), "description",
		say(r, "Open the draft again to see what is in it now."));
	w->status = 409;
	response_json(w, root);
}

static void save(struct request *r, struct response *w)
{
	const char *key = request_param(r, "draft_key"), *data;
	int64_t sequence = request_param_int(r, "sequence", 0);
	struct forum f = forum_of(r);
	struct error err = {0};
	if (str_empty(key) || strlen(key) > MaxKeyBytes) {
		response_invalid(r, w, "draft_key");
		return;
	}
	if ((data = read_data(r, w)) == NULL)
		return;
	if (!forum_draft_set(&f, r->me.user_id, key, &sequence, data, request_param(r, "owner"),
			request_param_bool(r, "force_save", false), &err)) {
		if (err.kind == ERR_CONFLICT)
			conflict(r, w, &err);
		else
			write_failed(r, w, &err);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "success", "OK");
	json_add_int(root, "draft_sequence", sequence);
	response_json(w, root);
}

/* A draft that has changed since is left alone, and the answer is the same. */
static void destroy(struct request *r, struct response *w)
{
	const char *key = request_part(r, "key");
	int64_t now = forum_draft_sequence(r->db, r->me.user_id, key);
	struct forum f = forum_of(r);
	struct error err = {0};
	if (request_param_int(r, "sequence", now) == now && !forum_draft_clear(&f, r->me.user_id, key, &err))
		write_failed(r, w, &err);
	else
		response_success(w);
}

const struct route draft_write_routes[] = {
	{"POST", "/drafts", save, ROUTE_LOGIN},
	{"DELETE", "/drafts/:key", destroy, ROUTE_LOGIN},
	{0},
};
