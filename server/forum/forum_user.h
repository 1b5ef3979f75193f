#pragma once
#include "forum.h"

struct new_user {
	const char *username, *name, *email, *title;
	const char *password;      /* crypt(3) string; NULL: cannot log in with a password */
	bool admin, moderator;
	int trust_level;
	const char *bio, *location, *website, *timezone, *locale;
	const char *status_emoji, *status_text;
	int64_t created_ms;        /* 0: now */
};

/* Makes the member and puts them in the automatic groups. A name that is taken, not a name (2-30 letters,
 * digits, _ - .) or reserved is ERR_INVALID. */
bool forum_user_create(struct forum *f, const struct new_user *u, int64_t *id, struct error *err);
int64_t forum_user_id(struct sql *db, const char *username); /* 0: nobody */
/* Keeps the automatic groups in step after a change of admin, moderator or trust level. */
bool forum_user_sync_groups(struct forum *f, int64_t user_id, struct error *err);
bool forum_username_valid(const char *username);

/* Path with {size}, e.g. "/letter_avatar_proxy/v4/letter/s/3d9bf3/{size}.png". */
char *forum_avatar_template(struct arena *a, const char *username);
/* The bio as HTML, into bio_cooked. */
bool forum_user_set_bio(struct forum *f, int64_t user_id, const char *bio, struct error *err);

/* Extra profile fields. A value is plain text, or a JSON array for multiselect; "" and NULL take it away. */
struct new_user_field {
	const char *name, *description, *type; /* text, dropdown, multiselect, confirm, textarea */
	const char *const *option;
	int option_count;
	bool editable, required, show_on_profile, show_on_user_card, searchable;
};
bool forum_user_field_create(struct forum *f, const struct new_user_field *d, int64_t *id, struct error *err);
bool forum_user_field_set(struct forum *f, int64_t user_id, int64_t field_id, const char *value,
	struct error *err);
