#include "fault_decode.h"

#include <string.h>

#include "str.h"
#include "take.h"
#include "utf8.h"

enum { MaxSentences = 5 };

/* Sentences of an array, or of an object whose members are arrays of them, joined by spaces. */
static void join(const struct json *words, struct sbuf *out, int *left, int depth)
{
	if (json_is_string(words) && *left > 0 && !str_empty(json_as_string(words))) {
		sbuf_addf(out, "%s%s", out->n == 0 ? "" : " ", json_as_string(words));
		--*left;
	}
	JSON_EACH (item, depth > 0 && *left > 0 ? words : NULL)
		join(item, out, left, depth - 1);
}

static const char *sentences(const struct json *root, struct arena *a)
{
	static const char *const places[] = {"errors", "error", "message", "description", "failed"};
	const char *text = NULL;
	for (size_t i = 0; i < sizeof places / sizeof *places && str_empty(text); i++) {
		struct sbuf joined = {0};
		int left = MaxSentences;
		const struct json *words = json_get(root, places[i]);
		join(words, &joined, &left, 2);
		text = joined.n == 0 || str_equal(sbuf_str(&joined), "FAILED") ? NULL
			: utf8_clean_arena(a, sbuf_str(&joined), 0, WIRE_SHORT);
		sbuf_fini(&joined);
	}
	return str_empty(text) ? NULL : text;
}

static bool is_fault(const struct json *root)
{
	const struct json *errors = json_get(root, "errors");
	if (json_get(root, "failed") != NULL || json_get(root, "error_type") != NULL)
		return true;
	if (json_first(errors) != NULL || json_is_string(errors))
		return true;
	const struct json *error = json_get(root, "error");
	return json_is_string(error) ? !str_empty(json_as_string(error)) : json_as_bool(error, false);
}

/* POST /session.json answers 200 with these when a second factor is missing or wrong. */
static void read_second_factor(const struct json *root, struct fault *out)
{
	static const char *const signs[] = {"totp_enabled", "backup_enabled", "security_key_enabled",
		"multiple_second_factor_methods"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		out->second_factor = out->second_factor || json_bool(root, signs[i], false);
	if (out->reason != NULL && strstr(out->reason, "second_factor") != NULL)
		out->second_factor = true;
	out->totp = json_bool(root, "totp_enabled", false);
	out->backup_codes = json_bool(root, "backup_enabled", false);
	out->security_key = json_bool(root, "security_key_enabled", false);
}

bool fault_decode(const struct json *root, struct arena *a, struct fault *out)
{
	const struct json *extras = json_get(root, "extras");
	*out = (struct fault){0};
	if (json_is_array(root)) { /* ["BAD CSRF"] */
		out->words = take_text(json_first(root), WIRE_SHORT, a);
		out->bad_csrf = str_equal(out->words, "BAD CSRF");
		return out->bad_csrf;
	}
	if (!is_fault(root))
		return false;
	*out = (struct fault){
		.words = sentences(root, a),
		.type = take_name(root, "error_type", a),
		.wait_seconds = take_int(extras, "wait_seconds", 0, 7 * 86400, 0),
		.reason = take_name(root, "reason", a),
	};
	read_second_factor(root, out);
	return true;
}
