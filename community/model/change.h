#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Something the member changes on the site: one row of the outbox, from the first letter that is typed until
 * the site has it. Which fields a kind uses stands beside it; the others are 0 or "". `topic_id` is set
 * wherever it is known, because what concerns one topic is sent in order. */
enum change_kind {
	CHANGE_TOPIC = 1,      /* category_id, title, body, names: tags */
	CHANGE_REPLY,          /* topic_id, number: the post it replies to or 0, body */
	CHANGE_MESSAGE,        /* names: usernames and groups, title, body */
	CHANGE_EDIT,           /* post_id, body, original; of a first post also title, category_id, names: tags */
	CHANGE_DELETE,         /* post_id */
	CHANGE_RECOVER,        /* post_id */
	CHANGE_LIKE,           /* post_id */
	CHANGE_UNLIKE,         /* post_id */
	/* post_id, body: note, before: bookmark id when there is one already, original: its note */
	CHANGE_BOOKMARK,
	CHANGE_UNBOOKMARK,     /* post_id, before: bookmark id, original: its note */
	CHANGE_FLAG,           /* post_id, number: Discourse's post action type, body: what the member adds */
	CHANGE_TOPIC_LEVEL,    /* topic_id, number: enum topic_level, before: the one it was */
	CHANGE_CATEGORY_LEVEL, /* category_id, number and before: as above, 4 is "first post" */
	CHANGE_MEMBER_LEVEL,   /* names: the username, number and before: enum member_level */
	CHANGE_ARCHIVE,        /* topic_id of a message */
	CHANGE_UNARCHIVE,      /* topic_id of a message */
	CHANGE_VOTE,           /* post_id, title: name of the poll, names: option ids, original: those chosen before */
	CHANGE_UNVOTE,         /* post_id, title: name of the poll, original: option ids chosen before */
	CHANGE_ATTENDANCE,     /* post_id: the event, number and before: enum attendance, NONE withdraws */
	CHANGE_PROFILE,        /* title: change_profile_* or "field:ID" of a user field, body: the value, original */
	CHANGE_READ_ALL,       /* time_ms: read up to then; sent as reading, topic by topic */
	CHANGE_KINDS,
};

enum change_state {
	CHANGE_DRAFT,   /* the member is writing, or put it aside */
	CHANGE_WAITING, /* goes to the site when its time comes (due_ms) and there is a connection */
	CHANGE_SENDING, /* written before the request goes out */
	CHANGE_UNSURE,  /* no answer came: the site is asked before it is sent again */
	CHANGE_DONE,    /* the site has it */
	CHANGE_REFUSED, /* needs the member: the site said no */
};

enum member_level { MEMBER_NORMAL, MEMBER_MUTED, MEMBER_IGNORED };

/* Names of a CHANGE_PROFILE: Discourse's attributes of PUT /u/NAME.json. */
extern const char change_profile_name[], change_profile_bio[], change_profile_location[], change_profile_website[];

struct change {
	int64_t id;             /* change_new_id; the same in every kring of the member */
	enum change_kind kind;
	enum change_state state;
	int64_t topic_id, post_id, category_id, number, before, time_ms;
	const char *title, *body, *original; /* "" when none, never NULL once in the store */
	const char *names;      /* joined with ", " */
	int64_t was_category_id; /* of an edit with a title: what the topic was before; was_title "" when not known */
	const char *was_title, *was_names;
	int64_t after;          /* goes out once this change has arrived, and falls away with it; 0: by itself */
	/* Who writes a draft: a random number for each time that it is opened, 0 for nobody in particular. */
	int64_t writer, base;   /* base: whose text the writer went on with; it is not kept */
	int64_t created_ms;     /* begun */
	int64_t typing_ms, open_ms; /* spent typing, and with the text open: Discourse asks for both */
	int64_t due_ms;         /* not sent before */
};

/* A random positive id. */
int64_t change_new_id(void);
/* A text that is written (topic, reply, message, edit), not one key. */
bool change_is_text(enum change_kind kind);
/* Stable words for scripts and the store: "topic", "reply"...; "draft", "waiting"... */
const char *change_kind_word(enum change_kind kind);
const char *change_state_word(enum change_state state);
/* What undoes a change that the site already has; false when nothing does. Texts are borrowed from c.
 * `done_post_id` is the post the site made of it. */
bool change_inverse(const struct change *c, int64_t done_post_id, struct change *out);
/* Changes of one lane are sent in order; at most 64 bytes: "topic 12", "profile", "new 8123". */
void change_lane(const struct change *c, char *out, int bytes);
