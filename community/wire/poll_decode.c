#include "poll_decode.h"

#include "str.h"
#include "take.h"

/* Chosen options: ids, or {digest, rank} of a ranked choice. */
static bool chosen(const struct json *votes, const char *id)
{
	int left = WIRE_FEW;
	JSON_EACH (vote, json_is_array(votes) ? votes : NULL) {
		if (left-- == 0)
			break;
		const char *v = json_is_object(vote) ? json_string(vote, "digest") : json_as_string(vote);
		if (str_equal(v, id))
			return true;
	}
	return false;
}

static void read_options(const struct json *rows, const struct json *votes, struct arena *a, struct poll *out)
{
	int max = take_rows(rows, WIRE_FEW);
	struct poll_option *option = ARENA_ARRAY(a, (size_t)max + 1, struct poll_option);
	JSON_EACH (row, max > 0 ? rows : NULL) {
		struct poll_option o = {
			.id = take_name(row, "id", a),
			.html = json_lines(row, "html", WIRE_SHORT, a),
			.votes = take_int(row, "votes", 0, 1 << 30, -1),
		};
		if (out->option_count == max || o.id == NULL)
			continue;
		o.chosen = chosen(votes, o.id);
		out->voted = out->voted || o.chosen;
		option[out->option_count++] = o;
	}
	out->option = option;
}

bool poll_decode(const struct json *object, const struct json *votes, struct arena *a, struct poll *out)
{
	*out = (struct poll){
		.name = take_name(object, "name", a),
		.title = take_escaped(object, "title", WIRE_TITLE, a),
		.type = poll_type_from(json_string(object, "type")),
		.results = poll_results_from(json_string(object, "results")),
		.open = !str_equal(json_string(object, "status"), "closed"),
		.public_votes = json_bool(object, "public", false),
		.min = take_count(object, "min"),
		.max = take_count(object, "max"),
		.step = take_count(object, "step"),
		.voters = take_count(object, "voters"),
		.close_ms = take_ms(object, "close"),
	};
	read_options(json_get(object, "options"), votes, a, out);
	return out->name != NULL;
}

int polls_decode(const struct json *post, struct arena *a, const struct poll **out)
{
	const struct json *rows = json_get(post, "polls"), *votes = json_get(post, "polls_votes");
	int max = take_rows(rows, WIRE_FEW), n = 0;
	struct poll *poll = max > 0 ? ARENA_ARRAY(a, (size_t)max, struct poll) : NULL;
	JSON_EACH (row, max > 0 ? rows : NULL) {
		const char *name = json_string(row, "name");
		if (n < max && name != NULL && poll_decode(row, json_get(votes, name), a, &poll[n]))
			n++;
	}
	*out = poll;
	return n;
}
