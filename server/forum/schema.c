#include "schema.h"

/* Times are milliseconds since the epoch. Booleans are 0 or 1. */
static const char first[] =
	"CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"

	"CREATE TABLE user ("
	" id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT, email TEXT, title TEXT,"
	" password TEXT,"                 /* crypt(3) string, yescrypt; NULL: cannot log in with a password */
	" totp_secret TEXT,"              /* base32; NULL: no second factor */
	" admin INTEGER NOT NULL DEFAULT 0, moderator INTEGER NOT NULL DEFAULT 0, trust_level INTEGER NOT NULL DEFAULT 1,"
	" bio_raw TEXT, bio_cooked TEXT, location TEXT, website TEXT, timezone TEXT, locale TEXT,"
	" status_emoji TEXT, status_text TEXT, status_ends_ms INTEGER,"
	" created_ms INTEGER NOT NULL, last_seen_ms INTEGER, last_posted_ms INTEGER,"
	" seen_notification_id INTEGER NOT NULL DEFAULT 0, silenced_until_ms INTEGER,"
	" active INTEGER NOT NULL DEFAULT 1);"
	"CREATE TABLE user_field ("
	" id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT, field_type TEXT NOT NULL, position INTEGER NOT NULL,"
	" editable INTEGER NOT NULL, required INTEGER NOT NULL, show_on_profile INTEGER NOT NULL,"
	" show_on_user_card INTEGER NOT NULL, searchable INTEGER NOT NULL, options TEXT);" /* JSON array */
	"CREATE TABLE user_field_value ("
	" user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE, field_id INTEGER NOT NULL REFERENCES user_field(id),"
	" value TEXT NOT NULL,"           /* a JSON array for multiselect, else plain text */
	" PRIMARY KEY (user_id, field_id)) WITHOUT ROWID;"
	"CREATE TABLE groups ("
	" id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, full_name TEXT, bio_raw TEXT, bio_cooked TEXT,"
	" automatic INTEGER NOT NULL DEFAULT 0, messageable INTEGER NOT NULL DEFAULT 1);"
	"CREATE TABLE group_member ("
	" group_id INTEGER NOT NULL REFERENCES groups(id), user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,"
	" owner INTEGER NOT NULL DEFAULT 0, added_ms INTEGER NOT NULL, PRIMARY KEY (group_id, user_id)) WITHOUT ROWID;"
	"CREATE INDEX group_member_user ON group_member(user_id);"
	"CREATE TABLE user_relation ("    /* mute and ignore */
	" user_id INTEGER NOT NULL REFERENCES user(id), other_id INTEGER NOT NULL REFERENCES user(id),"
	" kind TEXT NOT NULL, until_ms INTEGER, PRIMARY KEY (user_id, other_id)) WITHOUT ROWID;"

	"CREATE TABLE category ("
	" id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES category(id), name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE,"
	" description TEXT, color TEXT NOT NULL, position INTEGER NOT NULL, topic_template TEXT,"
	" read_restricted INTEGER NOT NULL DEFAULT 0, minimum_required_tags INTEGER NOT NULL DEFAULT 0);"
	"CREATE TABLE category_group ("   /* with read_restricted: who may see it. permission: 1 full, 2 reply, 3 read */
	" category_id INTEGER NOT NULL REFERENCES category(id), group_id INTEGER NOT NULL REFERENCES groups(id),"
	" permission INTEGER NOT NULL, PRIMARY KEY (category_id, group_id)) WITHOUT ROWID;"
	"CREATE TABLE category_user ("
	" category_id INTEGER NOT NULL REFERENCES category(id), user_id INTEGER NOT NULL REFERENCES user(id),"
	" notification_level INTEGER NOT NULL, PRIMARY KEY (category_id, user_id)) WITHOUT ROWID;"
	"CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"

	"CREATE TABLE topic ("
	" id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT NOT NULL, category_id INTEGER REFERENCES category(id),"
	" archetype TEXT NOT NULL DEFAULT 'regular',"  /* or private_message */
	" user_id INTEGER NOT NULL REFERENCES user(id), last_post_user_id INTEGER NOT NULL REFERENCES user(id),"
	" created_ms INTEGER NOT NULL, bumped_ms INTEGER NOT NULL, last_posted_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,"
	" posts_count INTEGER NOT NULL DEFAULT 0, highest_post_number INTEGER NOT NULL DEFAULT 0,"
	" reply_count INTEGER NOT NULL DEFAULT 0, like_count INTEGER NOT NULL DEFAULT 0, views INTEGER NOT NULL DEFAULT 0,"
	" closed INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, visible INTEGER NOT NULL DEFAULT 1,"
	" pinned_ms INTEGER, pinned_globally INTEGER NOT NULL DEFAULT 0, deleted_ms INTEGER, slow_mode_s INTEGER NOT NULL DEFAULT 0);"
	"CREATE INDEX topic_bumped ON topic(archetype, bumped_ms DESC, id) WHERE deleted_ms IS NULL;"
	"CREATE INDEX topic_category ON topic(category_id, bumped_ms DESC, id) WHERE deleted_ms IS NULL;"
	"CREATE INDEX topic_created ON topic(created_ms);"
	"CREATE INDEX topic_pinned ON topic(pinned_ms) WHERE pinned_ms IS NOT NULL;"
	"CREATE INDEX topic_by_user ON topic(user_id, created_ms);"
	"CREATE TABLE topic_tag ("
	" topic_id INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE, tag_id INTEGER NOT NULL REFERENCES tag(id),"
	" PRIMARY KEY (topic_id, tag_id)) WITHOUT ROWID;"
	"CREATE INDEX topic_tag_tag ON topic_tag(tag_id);"
	"CREATE TABLE topic_user ("       /* what one member has with one topic */
	" topic_id INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE, user_id INTEGER NOT NULL REFERENCES user(id),"
	" last_read_post_number INTEGER NOT NULL DEFAULT 0, notification_level INTEGER NOT NULL DEFAULT 1,"
	" total_msecs INTEGER NOT NULL DEFAULT 0, first_visited_ms INTEGER, last_visited_ms INTEGER, posted INTEGER NOT NULL DEFAULT 0,"
	" PRIMARY KEY (topic_id, user_id)) WITHOUT ROWID;"
	"CREATE INDEX topic_user_user ON topic_user(user_id);"
	"CREATE TABLE topic_allowed ("    /* who takes part in a private message; one of the two is set */
	" topic_id INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE, user_id INTEGER REFERENCES user(id),"
	" group_id INTEGER REFERENCES groups(id));"
	"CREATE UNIQUE INDEX topic_allowed_user ON topic_allowed(topic_id, user_id) WHERE user_id IS NOT NULL;"
	"CREATE UNIQUE INDEX topic_allowed_group ON topic_allowed(topic_id, group_id) WHERE group_id IS NOT NULL;"
	"CREATE INDEX topic_allowed_by_user ON topic_allowed(user_id);"
	"CREATE TABLE message_archived ("
	" topic_id INTEGER NOT NULL REFERENCES topic(id), user_id INTEGER NOT NULL REFERENCES user(id),"
	" PRIMARY KEY (topic_id, user_id)) WITHOUT ROWID;"

	"CREATE TABLE post ("
	" id INTEGER PRIMARY KEY, topic_id INTEGER NOT NULL REFERENCES topic(id), post_number INTEGER NOT NULL,"
	" user_id INTEGER NOT NULL REFERENCES user(id), post_type INTEGER NOT NULL DEFAULT 1,"
	" raw TEXT NOT NULL, cooked TEXT NOT NULL, raw_sha1 TEXT, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,"
	" reply_to_post_number INTEGER, reply_count INTEGER NOT NULL DEFAULT 0, quote_count INTEGER NOT NULL DEFAULT 0,"
	" like_count INTEGER NOT NULL DEFAULT 0, reads INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1,"
	" edit_reason TEXT, wiki INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0,"
	" user_deleted INTEGER NOT NULL DEFAULT 0, deleted_ms INTEGER, action_code TEXT, action_who TEXT);"
	"CREATE UNIQUE INDEX post_number ON post(topic_id, post_number);"
	"CREATE INDEX post_user ON post(user_id, created_ms);"
	"CREATE TABLE post_revision ("
	" post_id INTEGER NOT NULL REFERENCES post(id), number INTEGER NOT NULL, user_id INTEGER NOT NULL, raw TEXT NOT NULL,"
	" title TEXT, created_ms INTEGER NOT NULL, PRIMARY KEY (post_id, number)) WITHOUT ROWID;"
	"CREATE TABLE post_action ("      /* type 2 like; flags have the types of api documentation */
	" id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post(id), user_id INTEGER NOT NULL REFERENCES user(id),"
	" type INTEGER NOT NULL, message TEXT, created_ms INTEGER NOT NULL, UNIQUE (post_id, user_id, type));"
	"CREATE TABLE bookmark ("
	" id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES user(id), bookmarkable_type TEXT NOT NULL,"
	" bookmarkable_id INTEGER NOT NULL, name TEXT, reminder_ms INTEGER, auto_delete INTEGER NOT NULL DEFAULT 3,"
	" created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, UNIQUE (user_id, bookmarkable_type, bookmarkable_id));"
	"CREATE VIRTUAL TABLE post_search USING fts5(title, raw, content='', tokenize='unicode61 remove_diacritics 2');"

	"CREATE TABLE poll ("
	" id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post(id) ON DELETE CASCADE, name TEXT NOT NULL, title TEXT,"
	" type TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open', results TEXT NOT NULL DEFAULT 'always',"
	" public INTEGER NOT NULL DEFAULT 0, min INTEGER, max INTEGER, step INTEGER, close_ms INTEGER, chart_type TEXT, groups TEXT,"
	" UNIQUE (post_id, name));"
	"CREATE TABLE poll_option ("
	" poll_id INTEGER NOT NULL REFERENCES poll(id) ON DELETE CASCADE, digest TEXT NOT NULL, position INTEGER NOT NULL,"
	" html TEXT NOT NULL, PRIMARY KEY (poll_id, digest)) WITHOUT ROWID;"
	"CREATE TABLE poll_vote ("
	" poll_id INTEGER NOT NULL REFERENCES poll(id) ON DELETE CASCADE, user_id INTEGER NOT NULL REFERENCES user(id),"
	" digest TEXT NOT NULL, rank INTEGER, created_ms INTEGER NOT NULL, PRIMARY KEY (poll_id, user_id, digest)) WITHOUT ROWID;"

	"CREATE TABLE event ("            /* id is the id of the topic's first post */
	" id INTEGER PRIMARY KEY REFERENCES post(id) ON DELETE CASCADE, topic_id INTEGER NOT NULL REFERENCES topic(id),"
	" name TEXT, starts_ms INTEGER NOT NULL, ends_ms INTEGER, timezone TEXT, all_day INTEGER NOT NULL DEFAULT 0,"
	" show_local_time INTEGER NOT NULL DEFAULT 0, status TEXT NOT NULL DEFAULT 'standalone', url TEXT, location TEXT,"
	" description TEXT, recurrence TEXT, recurrence_until_ms INTEGER, reminders TEXT, allowed_groups TEXT,"
	" max_attendees INTEGER, minimal INTEGER NOT NULL DEFAULT 0, closed INTEGER NOT NULL DEFAULT 0,"
	" attributes TEXT);"              /* every other attribute, JSON object */
	"CREATE INDEX event_starts ON event(starts_ms);"
	"CREATE TABLE invitee ("
	" id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES event(id) ON DELETE CASCADE,"
	" user_id INTEGER NOT NULL REFERENCES user(id), status TEXT, recurring INTEGER NOT NULL DEFAULT 0,"
	" notified INTEGER NOT NULL DEFAULT 0, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, UNIQUE (event_id, user_id));"

	"CREATE TABLE notification ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES user(id), type INTEGER NOT NULL,"
	" read INTEGER NOT NULL DEFAULT 0, high_priority INTEGER NOT NULL DEFAULT 0, created_ms INTEGER NOT NULL,"
	" topic_id INTEGER, post_number INTEGER, data TEXT NOT NULL);"
	"CREATE INDEX notification_user ON notification(user_id, id DESC);"
	"CREATE TABLE draft ("
	" user_id INTEGER NOT NULL REFERENCES user(id), draft_key TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0,"
	" data TEXT, owner TEXT, updated_ms INTEGER NOT NULL, PRIMARY KEY (user_id, draft_key)) WITHOUT ROWID;"
	"CREATE TABLE pending_post ("
	" id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES user(id), topic_id INTEGER, category_id INTEGER, title TEXT,"
	" raw TEXT NOT NULL, payload TEXT NOT NULL, created_ms INTEGER NOT NULL);"

	"CREATE TABLE session ("
	" token_hash TEXT PRIMARY KEY, user_id INTEGER REFERENCES user(id) ON DELETE CASCADE," /* NULL: not logged in yet */
	" csrf TEXT NOT NULL, created_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL, data TEXT) WITHOUT ROWID;"
	"CREATE TABLE user_api_key ("
	" id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE, client_id TEXT NOT NULL,"
	" application_name TEXT NOT NULL, key_hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL," /* comma-separated */
	" push_url TEXT, created_ms INTEGER NOT NULL, last_used_ms INTEGER NOT NULL, expires_ms INTEGER, revoked_ms INTEGER);"
	"CREATE INDEX user_api_key_client ON user_api_key(user_id, client_id);"
	"CREATE TABLE admin_key ("
	" id INTEGER PRIMARY KEY, key_hash TEXT NOT NULL UNIQUE, description TEXT, user_id INTEGER REFERENCES user(id)," /* NULL: any user */
	" created_ms INTEGER NOT NULL, last_used_ms INTEGER, revoked_ms INTEGER);"
	"CREATE TABLE device_request ("
	" device_code_hash TEXT PRIMARY KEY, user_code TEXT NOT NULL, request_token TEXT NOT NULL, parameters TEXT NOT NULL,"
	" status TEXT NOT NULL, payload TEXT, user_id INTEGER, created_ms INTEGER NOT NULL, decided_ms INTEGER) WITHOUT ROWID;"
	"CREATE INDEX device_request_user_code ON device_request(user_code);"

	"CREATE TABLE bus_message ("
	" channel TEXT NOT NULL, id INTEGER NOT NULL, global_id INTEGER NOT NULL, data TEXT NOT NULL,"
	" user_ids TEXT, group_ids TEXT," /* JSON arrays; NULL: everyone */
	" created_ms INTEGER NOT NULL, PRIMARY KEY (channel, id)) WITHOUT ROWID;"
	"CREATE INDEX bus_message_global ON bus_message(global_id);"
	"CREATE TABLE bus_channel (channel TEXT PRIMARY KEY, last_id INTEGER NOT NULL) WITHOUT ROWID;";

static const char second[] =
	"CREATE TABLE tag_user ("
	" tag_id INTEGER NOT NULL REFERENCES tag(id), user_id INTEGER NOT NULL REFERENCES user(id),"
	" notification_level INTEGER NOT NULL, PRIMARY KEY (tag_id, user_id)) WITHOUT ROWID;"
	"CREATE INDEX tag_user_user ON tag_user(user_id);"
	"CREATE INDEX bookmark_user ON bookmark(user_id, created_ms);"
	"CREATE INDEX post_action_user ON post_action(user_id, created_ms);"
	"CREATE INDEX post_revision_user ON post_revision(user_id, created_ms);";

const char *const forum_schema[] = {first, second};
const int forum_schema_count = sizeof forum_schema / sizeof forum_schema[0];
