#include "site_store.h"

#include "store_private.h"
#include "str.h"

const struct site *site_store_get(struct store *s, struct arena *a)
{
	struct site *site = NULL;
	struct sql_query *q = sql_query(s->db,
		"SELECT title, description, locale, contact, long_polling, login_required,"
		" tagging, polls, events, directory, tags_are_objects, min_post, min_first_post, min_message, "
		"max_post,"
		" min_title, max_title FROM site",
		"");
	if (sql_next(q)) {
		site = ARENA_NEW(a, struct site);
		*site = (struct site){
			.title = sql_text_in(q, 0, a),
			.description = sql_text_in(q, 1, a),
			.locale = sql_text_in(q, 2, a),
			.contact = sql_text_in(q, 3, a),
			.long_polling_base_url = sql_text_in(q, 4, a),
			.login_required = sql_int(q, 5),
			.tagging = sql_int(q, 6),
			.polls = sql_int(q, 7),
			.events = sql_int(q, 8),
			.directory = sql_int(q, 9),
			.tags_are_objects = sql_int(q, 10),
			.min_post_length = (int)sql_int(q, 11),
			.min_first_post_length = (int)sql_int(q, 12),
			.min_message_length = (int)sql_int(q, 13),
			.max_post_length = (int)sql_int(q, 14),
			.min_title_length = (int)sql_int(q, 15),
			.max_title_length = (int)sql_int(q, 16),
		};
	}
	store_end(s, q);
	return site;
}

bool site_store_put(struct store *s, const struct site *site, struct error *err)
{
	store_changed(s, STORE_SITE);
	return sql_run(s->db, err,
		"INSERT OR REPLACE INTO site(id, title, description, locale, contact, long_polling,"
		" login_required, tagging, polls, events, directory, tags_are_objects, min_post, min_first_post, "
		"min_message,"
		" max_post, min_title, max_title) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"sssssnnnnnnnnnnnn", site->title, site->description, site->locale, site->contact,
		site->long_polling_base_url, site->login_required, site->tagging, site->polls, site->events,
		site->directory, site->tags_are_objects, site->min_post_length, site->min_first_post_length,
		site->min_message_length, site->max_post_length, site->min_title_length, site->max_title_length);
}

static void read_ignored(struct store *s, struct session *session, struct arena *a)
{
	int count = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM ignored", "");
	const char **name = ARENA_ARRAY(a, (size_t)count, const char *);
	struct sql_query *q = sql_query(s->db, "SELECT username FROM ignored ORDER BY username", "");
	while (session->ignored_count < count && sql_next(q))
		name[session->ignored_count++] = store_text(q, 0, a);
	store_end(s, q);
	session->ignored = name;
}

const struct session *session_store_get(struct store *s, struct arena *a)
{
	struct session *session = NULL;
	struct sql_query *q = sql_query(s->db,
		"SELECT user_id, username, name, timezone, trust_level, admin, moderator,"
		" can_topic, can_message, can_event, seen_notice FROM session",
		"");
	if (sql_next(q)) {
		session = ARENA_NEW(a, struct session);
		*session = (struct session){
			.user_id = sql_int(q, 0), .username = sql_text_in(q, 1, a), .name = sql_text_in(q, 2, a),
			.timezone = sql_text_in(q, 3, a), .trust_level = (int)sql_int(q, 4), .admin = sql_int(q, 5),
			.moderator = sql_int(q, 6), .can_create_topic = sql_int(q, 7), .can_send_messages = sql_int(q, 8),
			.can_create_event = sql_int(q, 9), .seen_notification_id = sql_int(q, 10),
		};
	}
	store_end(s, q);
	if (session != NULL)
		read_ignored(s, session, a);
	return session;
}

bool session_store_put(struct store *s, const struct session *session, struct error *err)
{
	store_changed(s, STORE_SITE | STORE_POSTS);
	if (!sql_run(s->db, err,
			"INSERT OR REPLACE INTO session(id, user_id, username, name, timezone, trust_level, admin,"
			" moderator, can_topic, can_message, can_event, seen_notice) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, "
			"?, ?, ?)",
			"isssnnnnnni", session->user_id, session->username, session->name, session->timezone,
			session->trust_level, session->admin, session->moderator, session->can_create_topic,
			session->can_send_messages, session->can_create_event, session->seen_notification_id)
		|| !sql_run(s->db, err, "DELETE FROM ignored", ""))
		return false;
	for (int i = 0; i < session->ignored_count; i++)
		if (!sql_run(
				s->db, err, "INSERT OR IGNORE INTO ignored(username) VALUES (?)", "s", session->ignored[i]))
			return false;
	return true;
}
