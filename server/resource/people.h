#pragma once
#include "encode.h"

/* What several answers say about members. */

/* "user_fields": a map from field id to value, null when empty. `all`: also what other members cannot see. */
void person_encode_fields(struct request *r, struct json *into, int64_t user_id, bool all);
/* May the requester see and change what is private to the member: their own, or anyone's for staff. */
bool person_is_mine(const struct request *r, int64_t user_id);

/* The member in the route's ":username"; 0 when there is none, which is then answered. */
int64_t person_of_route(struct request *r, struct response *w);
/* The same, for what only the member and staff may see. */
int64_t person_self_of_route(struct request *r, struct response *w);

/* A site setting that is on or off. */
bool people_setting_on(const struct request *r, const char *name, bool otherwise);
/* "1|2" cut at any of `marks` as a JSON array of strings, for json_each(); "[]" for NULL. */
const char *list_as_json(struct arena *a, const char *text, const char *marks);
/* A number between min and max, such as a page. */
int64_t number_param(const struct request *r, const char *name, int64_t otherwise, int64_t min, int64_t max);
