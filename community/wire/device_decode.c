#include "device_decode.h"

#include "str.h"
#include "take.h"

bool device_start_decode(const struct json *root, struct arena *a, struct device_start *out)
{
	*out = (struct device_start){
		.device_code = take_name(root, "device_code", a),
		.user_code = json_text(root, "user_code", 32, a),
		.verification_uri = json_text(root, "verification_uri", WIRE_URL, a),
		.verification_uri_with_request = json_text(root, "verification_uri_with_request", WIRE_URL, a),
		.expires_in_s = take_int(root, "expires_in", 1, 3600, 600),
		.interval_s = take_int(root, "interval", 1, 60, 5),
	};
	return out->device_code != NULL && !str_empty(out->user_code) && !str_empty(out->verification_uri);
}

bool device_poll_decode(const struct json *root, struct arena *a, struct device_poll *out)
{
	static const struct {
		const char *word;
		enum device_status status;
	} words[] = {
		{"authorization_pending", DEVICE_PENDING}, {"slow_down", DEVICE_PENDING},
		{"authorized", DEVICE_AUTHORIZED}, {"access_denied", DEVICE_DENIED}, {"expired_token", DEVICE_EXPIRED},
	};
	const char *word = json_string(root, "status");
	*out = (struct device_poll){.status = DEVICE_UNKNOWN};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(word, words[i].word))
			out->status = words[i].status;
	out->payload = json_lines(root, "payload", WIRE_PAYLOAD, a);
	if (out->status == DEVICE_AUTHORIZED && str_empty(out->payload))
		out->status = DEVICE_UNKNOWN;
	return out->status != DEVICE_UNKNOWN;
}

bool key_payload_decode(const struct json *root, struct arena *a, struct key_payload *out)
{
	*out = (struct key_payload){
		.key = take_name(root, "key", a),
		.nonce = take_name(root, "nonce", a),
		.api = take_count(root, "api"),
	};
	return out->key != NULL;
}
