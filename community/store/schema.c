#include "schema.h"

/* Times are milliseconds since 1970. Text columns hold clean text; `cooked` holds HTML from the site. */
static const char first[] =
	"CREATE TABLE site(id INTEGER PRIMARY KEY CHECK (id = 1), title TEXT, description TEXT, locale TEXT, "
	"contact TEXT,"
	" login_required INT, tagging INT, polls INT, events INT, directory INT, min_post INT, min_first_post "
	"INT,"
	" min_message INT, max_post INT, min_title INT, max_title INT, tags_are_objects INT, long_polling TEXT);"
	"CREATE TABLE session(id INTEGER PRIMARY KEY CHECK (id = 1), user_id INT, username TEXT, name TEXT, "
	"timezone TEXT,"
	" trust_level INT, admin INT, moderator INT, can_topic INT, can_message INT, can_event INT, seen_notice "
	"INT);"
	"CREATE TABLE ignored(username TEXT PRIMARY KEY COLLATE NOCASE) WITHOUT ROWID;"

	"CREATE TABLE user_field(id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT, type TEXT, "
	"position INT,"
	" editable INT, required INT, searchable INT, shown INT, role INT NOT NULL);"
	"CREATE TABLE user_field_option(field_id INT, position INT, value TEXT, PRIMARY KEY (field_id, "
	"position)) WITHOUT ROWID;"
	"CREATE TABLE member(id INTEGER PRIMARY KEY, username TEXT NOT NULL, name TEXT, sort TEXT NOT NULL, "
	"title TEXT,"
	" location TEXT, website TEXT, timezone TEXT, status TEXT, what TEXT, region TEXT, open_for TEXT, "
	"capacity TEXT,"
	" trust_level INT, admin INT, moderator INT, hidden INT, ignored INT, muted INT, complete INT NOT NULL,"
	" created_ms INT, seen_ms INT NOT NULL DEFAULT 0, fetched_ms INT NOT NULL DEFAULT 0, bio_cooked TEXT);"
	"CREATE INDEX member_by_name ON member(sort, id);"
	"CREATE INDEX member_by_username ON member(username COLLATE NOCASE);"
	"CREATE INDEX member_by_fetch ON member(fetched_ms, id);"
	"CREATE TABLE member_value(member_id INT, field_id INT, value TEXT NOT NULL, PRIMARY KEY (member_id, "
	"field_id))"
	" WITHOUT ROWID;"
	/* One row for each choice of a value that was joined, folded for comparing. */
	"CREATE TABLE member_choice(field_id INT, choice TEXT, member_id INT, value TEXT NOT NULL,"
	" PRIMARY KEY (field_id, choice, member_id)) WITHOUT ROWID;"
	"CREATE INDEX member_choice_by_member ON member_choice(member_id);"
	"CREATE TABLE member_group(name TEXT COLLATE NOCASE, member_id INT, PRIMARY KEY (name, member_id)) "
	"WITHOUT ROWID;"
	"CREATE INDEX member_group_by_member ON member_group(member_id);"
	/* Who wrote a post and is not in `member`: to be fetched. */
	"CREATE TABLE unknown_writer(user_id INTEGER PRIMARY KEY);"
	"CREATE TABLE member_group_info(id INTEGER PRIMARY KEY, name TEXT NOT NULL, full_name TEXT, bio_cooked "
	"TEXT,"
	" member_count INT);"

	"CREATE TABLE category(id INTEGER PRIMARY KEY, parent_id INT, name TEXT NOT NULL, folded TEXT NOT NULL, "
	"slug TEXT,"
	" description TEXT, topic_template TEXT, color TEXT, position INT, place INT, permission INT, level INT,"
	" topic_count INT, min_tags INT, restricted INT);"

	"CREATE TABLE topic(id INTEGER PRIMARY KEY, category_id INT NOT NULL, title TEXT NOT NULL, slug TEXT,"
	" is_message INT NOT NULL, unread INT NOT NULL, bumped_ms INT NOT NULL, created_ms INT, last_posted_ms "
	"INT,"
	" posts_count INT, highest INT, last_read INT, local_read INT NOT NULL DEFAULT 0, level INT, pinned INT, "
	"closed INT,"
	" archived INT, visible INT, bookmarked INT NOT NULL, views INT, like_count INT, event_starts_ms INT, "
	"author TEXT,"
	" last_poster TEXT, tags TEXT, people TEXT, member_groups TEXT, listed INT NOT NULL);"
	/* The columns of the condition stand in the index too: counting then needs no rows. */
	"CREATE INDEX topic_by_time ON topic(bumped_ms, id, is_message) WHERE is_message = 0;"
	"CREATE INDEX topic_by_category ON topic(category_id, bumped_ms, id, is_message) WHERE is_message = 0;"
	"CREATE INDEX topic_unread ON topic(bumped_ms, id, is_message, unread) WHERE is_message = 0 AND unread = 1;"
	"CREATE INDEX topic_unread_category ON topic(category_id, bumped_ms, id, is_message, unread)"
	" WHERE is_message = 0 AND unread = 1;"
	"CREATE INDEX topic_saved ON topic(bumped_ms, id) WHERE bookmarked = 1;"
	"CREATE INDEX message_by_time ON topic(bumped_ms, id, is_message) WHERE is_message = 1;"
	"CREATE INDEX topic_by_author ON topic(author COLLATE NOCASE, bumped_ms, id);"
	"CREATE TABLE topic_tag(tag TEXT COLLATE NOCASE, topic_id INT, PRIMARY KEY (tag, topic_id)) WITHOUT "
	"ROWID;"
	"CREATE INDEX topic_tag_by_topic ON topic_tag(topic_id);"

	"CREATE TABLE post(id INTEGER PRIMARY KEY, topic_id INT NOT NULL, post_number INT NOT NULL, user_id INT,"
	" username TEXT, name TEXT, type INT, created_ms INT, updated_ms INT, reply_to INT, reply_to_username "
	"TEXT,"
	" version INT, like_count INT, flags INT NOT NULL, bookmark_id INT, action_code TEXT, action_who TEXT, "
	"raw TEXT,"
	" cooked TEXT NOT NULL);"
	"CREATE INDEX post_in_topic ON post(topic_id, post_number);"
	"CREATE INDEX post_by_member ON post(username COLLATE NOCASE, created_ms, id);"
	"CREATE TABLE poll(post_id INT, place INT, name TEXT, title TEXT, type INT, results INT, open INT, "
	"public_votes INT,"
	" voted INT, min INT, max INT, step INT, voters INT, close_ms INT, PRIMARY KEY (post_id, place)) WITHOUT "
	"ROWID;"
	"CREATE TABLE poll_option(post_id INT, poll INT, place INT, id TEXT, html TEXT, votes INT, chosen INT,"
	" PRIMARY KEY (post_id, poll, place)) WITHOUT ROWID;"

	"CREATE TABLE event(id INTEGER PRIMARY KEY, topic_id INT NOT NULL, category_id INT, name TEXT, "
	"topic_title TEXT,"
	" starts_ms INT, ends_ms INT, timezone TEXT, all_day INT, show_local_time INT, recurrence TEXT, rrule "
	"TEXT, url TEXT,"
	" location TEXT, description TEXT, status INT, closed INT, expired INT, minimal INT, max_attendees INT,"
	" at_capacity INT, can_sign_up INT, can_act INT, going INT, interested INT, not_going INT, invited INT, "
	"mine INT,"
	" my_invitee_id INT, creator TEXT, detailed INT, seen_ms INT NOT NULL DEFAULT 0,"
	" invitees_for INT NOT NULL DEFAULT -1);"
	"CREATE INDEX event_in_topic ON event(topic_id);"
	"CREATE TABLE occurrence(event_id INT, starts_ms INT, ends_ms INT, last_ms INT NOT NULL, starts_wall "
	"TEXT,"
	" ends_wall TEXT, PRIMARY KEY (event_id, starts_ms)) WITHOUT ROWID;"
	"CREATE INDEX occurrence_by_time ON occurrence(starts_ms, event_id, last_ms);"
	"CREATE TABLE invitee(event_id INT, username TEXT COLLATE NOCASE, user_id INT, id INT, name TEXT, "
	"attendance INT,"
	" PRIMARY KEY (event_id, username)) WITHOUT ROWID;"
	"CREATE INDEX invitee_by_member ON invitee(username, event_id);"

	"CREATE TABLE notice(id INTEGER PRIMARY KEY, topic_id INT, created_ms INT, type INT, post_number INT, "
	"read INT,"
	" high_priority INT, title TEXT, username TEXT, detail TEXT);"
	"CREATE INDEX notice_by_time ON notice(created_ms, id);"
	"CREATE INDEX notice_unread ON notice(created_ms, id) WHERE read = 0;"

	"CREATE TABLE place(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
	"CREATE TABLE cursor(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"CREATE TABLE progress(id INTEGER PRIMARY KEY CHECK (id = 1), running INT, complete INT, last_success_ms "
	"INT,"
	" error INT, error_what TEXT, wait_until_ms INT, phase TEXT, done INT, total INT);"
	"CREATE TABLE bus(channel TEXT PRIMARY KEY, last_id INT NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE topic_bus(topic_id INTEGER PRIMARY KEY, last_id INT NOT NULL);"
	"CREATE TABLE topic_check(topic_id INTEGER PRIMARY KEY, checked_ms INT NOT NULL);"
	"CREATE TABLE queue(id INTEGER PRIMARY KEY, topic_id INT NOT NULL, post_id INT NOT NULL, updated_ms INT "
	"NOT NULL,"
	" UNIQUE (topic_id, post_id));"

	"CREATE VIRTUAL TABLE post_text USING fts5(body, content='', tokenize=\"unicode61 remove_diacritics 2\","
	" prefix='2 3');"
	"CREATE VIRTUAL TABLE topic_text USING fts5(title, tags, tokenize=\"unicode61 remove_diacritics 2\", "
	"prefix='1 2 3');"
	"CREATE VIRTUAL TABLE event_text USING fts5(title, place, body, tokenize=\"unicode61 remove_diacritics "
	"2\","
	" prefix='1 2 3');"
	"CREATE VIRTUAL TABLE member_text USING fts5(name, fields, tokenize=\"unicode61 remove_diacritics 2\","
	" prefix='1 2 3');";

/* Writing. In `outbox`, queued is the place in the queue (0 of a draft); merged_by is the later change that
 * took the place of this one while both waited. */
static const char second[] =
	"CREATE TABLE outbox(id INTEGER PRIMARY KEY, kind INT NOT NULL, state INT NOT NULL,"
	" queued INT NOT NULL DEFAULT 0,"
	" lane TEXT NOT NULL, topic_id INT NOT NULL, post_id INT NOT NULL, category_id INT NOT NULL,"
	" number INT NOT NULL,"
	" before INT NOT NULL, time_ms INT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, original TEXT NOT NULL,"
	" names TEXT NOT NULL, created_ms INT NOT NULL, typing_ms INT NOT NULL, open_ms INT NOT NULL,"
	" due_ms INT NOT NULL,"
	" sent_ms INT NOT NULL DEFAULT 0, next_ms INT NOT NULL DEFAULT 0, done_ms INT NOT NULL DEFAULT 0,"
	" tries INT NOT NULL DEFAULT 0, error INT NOT NULL DEFAULT 0, http_status INT NOT NULL DEFAULT 0,"
	" error_what TEXT NOT NULL DEFAULT '', held INT NOT NULL DEFAULT 0, resend INT NOT NULL DEFAULT 0,"
	" done_topic_id INT NOT NULL DEFAULT 0, done_post_id INT NOT NULL DEFAULT 0,"
	" done_post_number INT NOT NULL DEFAULT 0, other_id INT NOT NULL DEFAULT 0, inverse_id INT NOT NULL DEFAULT 0,"
	" merged_by INT NOT NULL DEFAULT 0, draft_key TEXT NOT NULL DEFAULT '', draft_sequence INT NOT NULL DEFAULT 0,"
	" draft_dirty INT NOT NULL DEFAULT 0, theirs TEXT NOT NULL DEFAULT '', theirs_title TEXT NOT NULL DEFAULT '');"
	"CREATE INDEX outbox_by_state ON outbox(state, queued);"
	"CREATE INDEX outbox_by_lane ON outbox(lane, state, queued);"
	"CREATE INDEX outbox_by_topic ON outbox(topic_id, kind, state, queued);"
	"CREATE INDEX outbox_by_post ON outbox(post_id, kind, state, queued);"
	"CREATE INDEX outbox_by_draft ON outbox(draft_key) WHERE draft_key <> '';"
	"CREATE INDEX outbox_merged ON outbox(merged_by);"

	/* Where topics were read up to before "everything is read", while that can be undone. */
	"CREATE TABLE read_before(change_id INT, topic_id INT, was INT NOT NULL, moved_to INT NOT NULL,"
	" PRIMARY KEY (change_id, topic_id)) WITHOUT ROWID;"
	"CREATE INDEX read_before_by_topic ON read_before(topic_id);"
	/* How long posts were in view, until the site was told. */
	"CREATE TABLE reading(topic_id INT, post_number INT, ms INT NOT NULL, PRIMARY KEY (topic_id, post_number))"
	" WITHOUT ROWID;"
	"CREATE INDEX topic_to_tell ON topic(id) WHERE local_read > last_read;"

	"CREATE TABLE note(key INTEGER PRIMARY KEY, kind INT NOT NULL, id INT NOT NULL, text TEXT NOT NULL,"
	" changed_ms INT NOT NULL, UNIQUE (kind, id));"
	"CREATE INDEX note_by_time ON note(changed_ms, key);"
	"CREATE VIRTUAL TABLE note_text USING fts5(body, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3');"

	"ALTER TABLE member ADD COLUMN bio_raw TEXT;"
	"ALTER TABLE post ADD COLUMN bookmark_note TEXT;"
	"ALTER TABLE topic ADD COLUMN put_away INT NOT NULL DEFAULT 0;"
	"DROP INDEX message_by_time;"
	"CREATE INDEX message_by_time ON topic(bumped_ms, id, is_message, put_away) WHERE is_message = 1;"

	/* What a member keeps of a meeting for themselves; starts_ms is 0 when the meeting is not one of a series. */
	"CREATE TABLE guide(event_id INT, starts_ms INT, part TEXT, text TEXT NOT NULL, changed_ms INT NOT NULL,"
	" PRIMARY KEY (event_id, starts_ms, part)) WITHOUT ROWID;"
	/* Minutes before a meeting begins. */
	"CREATE TABLE reminder(event_id INTEGER PRIMARY KEY, minutes INT NOT NULL);"
	"CREATE TABLE agreement(category_id INT, text TEXT, agreed_ms INT NOT NULL, PRIMARY KEY (category_id, text))"
	" WITHOUT ROWID;";

/* Of an edit: its topic as it was. `after`: sent when that change has arrived. `writer`: who writes the
 * draft. `words`: same_text_digest of a new text. */
static const char third[] =
	"ALTER TABLE outbox ADD COLUMN was_category_id INT NOT NULL DEFAULT 0;"
	"ALTER TABLE outbox ADD COLUMN was_title TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE outbox ADD COLUMN was_names TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE outbox ADD COLUMN after INT NOT NULL DEFAULT 0;"
	"ALTER TABLE outbox ADD COLUMN writer INT NOT NULL DEFAULT 0;"
	"ALTER TABLE outbox ADD COLUMN words INT NOT NULL DEFAULT 0;"
	"CREATE INDEX outbox_by_after ON outbox(after) WHERE after <> 0;"
	"CREATE INDEX outbox_by_words ON outbox(words) WHERE words <> 0;"
	"CREATE INDEX outbox_by_post_made ON outbox(done_post_id) WHERE done_post_id <> 0;"
	"CREATE INDEX outbox_by_topic_made ON outbox(done_topic_id, kind) WHERE done_topic_id <> 0;";

/* Topics that the site answers badly: not asked before until_ms. */
static const char fourth[] =
	"CREATE TABLE topic_aside(topic_id INTEGER PRIMARY KEY, times INT NOT NULL, until_ms INT NOT NULL);";

/* Notices read here, until the site was told. */
static const char fifth[] = "CREATE TABLE notice_read(id INTEGER PRIMARY KEY);";

/* `said`: EVENT_SAID_ bits. */
static const char sixth[] = "ALTER TABLE event ADD COLUMN said INT NOT NULL DEFAULT 0;";

const char *const schema_step[] = {first, second, third, fourth, fifth, sixth};
const int schema_count = sizeof schema_step / sizeof schema_step[0];
