#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"

/* The device-code flow (POST /user-api-key/device.json). */
struct device_start {
	const char *device_code, *user_code;
	const char *verification_uri, *verification_uri_with_request;
	int expires_in_s, interval_s;
};
enum device_status { DEVICE_PENDING, DEVICE_AUTHORIZED, DEVICE_DENIED, DEVICE_EXPIRED, DEVICE_UNKNOWN };
struct device_poll {
	enum device_status status;
	const char *payload; /* of DEVICE_AUTHORIZED: base64 text */
};

bool device_start_decode(const struct json *root, struct arena *a, struct device_start *out);
bool device_poll_decode(const struct json *root, struct arena *a, struct device_poll *out);

/* What is inside a decrypted payload. */
struct key_payload {
	const char *key, *nonce;
	int api;
};
bool key_payload_decode(const struct json *root, struct arena *a, struct key_payload *out);
