#include <string.h>

#include "fake_site.h"
#include "json.h"

/* The ways in which the fake goes wrong. */
void fake_answer(struct response *r, int status, const char *header, const char *body)
{
	r->status = status;
	sbuf_add(&r->header, header);
	sbuf_add(&r->body, body);
	r->bytes = (int64_t)strlen(body);
}

bool fake_misbehave(struct fake_site *f, struct response *r)
{
	if (f->fault_requests == 0)
		return false;
	f->fault_requests--;
	switch (f->fault) {
	case FAULT_OFFLINE:
		fail(&r->error, ERR_OFFLINE, "No connection.");
		break;
	case FAULT_LIMIT_JSON:
		fake_answer(r, 429, "Retry-After: 37\nContent-Type: application/json\n",
			"{\"errors\":[\"slow\"],\"error_type\":\"rate_limit\",\"extras\":{\"wait_seconds\":37}}");
		break;
	case FAULT_LIMIT_TEXT:
		fake_answer(r, 429, "Retry-After: 37\nContent-Type: text/plain\n", "Slow down.");
		break;
	case FAULT_LIMIT_HTML:
		fake_answer(r, 429, "Content-Type: text/html\n", "<html>429 Too Many Requests</html>");
		break;
	case FAULT_LIMIT_SEARCH:
		fake_answer(
			r, 429, "Content-Type: application/json\n", "{\"failed\":\"FAILED\",\"message\":\"slow\"}");
		break;
	case FAULT_HTML:
		fake_answer(r, 200, "Content-Type: text/html\n", "<html><body>Maintenance</body></html>");
		break;
	case FAULT_HALF_JSON:
		fake_answer(r, 200, "Content-Type: application/json\n", "{\"latest_posts\":[{\"id\":1,");
		break;
	case FAULT_REVOKED:
		fake_answer(r, 403, "Content-Type: application/json\n",
			"{\"errors\":[\"no\"],\"error_type\":\"invalid_access\"}");
		break;
	case FAULT_READONLY_HTML:
		fake_answer(r, 503, "Content-Type: text/html\n", "<html>503</html>");
		break;
	case FAULT_NONE:
		return false;
	}
	return true;
}

static bool answer_old(struct fake_site *f, struct response *r)
{
	int i = f->posts - 1;
	while (i >= 0 && !f->post[i].mine)
		i--;
	if (i < 0)
		return false;
	struct json *root = json_object();
	struct sbuf text = {0};
	fake_post_json(json_add_object(root, "post"), &f->post[i]);
	json_print(root, &text);
	fake_answer(r, 200, "Content-Type: application/json\n", sbuf_str(&text));
	sbuf_fini(&text);
	json_free(root);
	return true;
}

bool fake_cut_before(struct fake_site *f, const char *path, struct response *r)
{
	bool now = f->cuts > 0 && (f->cut_path == NULL || strstr(path, f->cut_path) != NULL)
		&& (f->cut == CUT_BEFORE || f->cut == CUT_NOT_SENT || f->cut == CUT_OLD_BEFORE);
	if (!now)
		return false;
	f->cuts--;
	if (f->cut == CUT_OLD_BEFORE)
		return answer_old(f, r);
	fail(&r->error, ERR_OFFLINE, "No connection.");
	r->nothing_sent = f->cut == CUT_NOT_SENT;
	return true;
}

void fake_cut_after(struct fake_site *f, const char *path, struct response *r)
{
	if (f->cuts == 0 || (f->cut_path != NULL && strstr(path, f->cut_path) == NULL))
		return;
	f->cuts--;
	bool lost = f->cut == CUT_AFTER;
	r->status = lost ? 0 : f->cut == CUT_500_AFTER ? 500 : r->status;
	if (lost)
		fail(&r->error, ERR_OFFLINE, "The connection broke.");
	if (f->cut == CUT_HALF_AFTER)
		sbuf_truncate(&r->body, r->body.n / 2 + 1);
	if (f->cut == CUT_NONSENSE_AFTER) {
		sbuf_reset(&r->body);
		sbuf_add(&r->body, "[1]");
	}
}
