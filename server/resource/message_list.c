#include "message_list.h"

#include "forum_group.h"
#include "resources.h"

enum { PAGE_TOPICS = 30, PAGE_TOPICS_MAX = 100 };

void message_ids(struct request *r, int64_t user_id, int64_t group_id, enum message_box box,
	const struct page *page, struct id_list *out)
{
	id_list_read(r, sql_query(r->db,
		"SELECT t.id FROM topic t LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1"
		" WHERE t.id IN (SELECT topic_id FROM topic_allowed"
		"  WHERE CASE WHEN ?2 = 0 THEN user_id = ?1 ELSE group_id = ?2 END)"
		" AND t.archetype = 'private_message' AND t.deleted_ms IS NULL"
		" AND EXISTS (SELECT 1 FROM message_archived a WHERE a.topic_id = t.id AND a.user_id = ?1) = (?3 = 2)"
		" AND CASE ?3"
		"  WHEN 0 THEN ?2 <> 0 OR t.user_id <> ?1 OR EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id"
		"   AND p.user_id <> ?1 AND p.deleted_ms IS NULL AND p.post_type = 1)"
		"  WHEN 1 THEN EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id AND p.user_id = ?1"
		" AND p.deleted_ms IS NULL)"
		"  WHEN 3 THEN coalesce(tu.last_read_post_number, 0) = 0"
		"  WHEN 4 THEN tu.last_read_post_number > 0 AND tu.last_read_post_number < t.highest_post_number"
		"   AND tu.notification_level >= 2"
		"  ELSE 1 END"
		" ORDER BY t.bumped_ms DESC, t.id DESC LIMIT ?4 OFFSET ?5",
		"iinii", user_id, group_id, (int)box, (int64_t)page->size + 1, page->number * page->size), out);
}

static void messages_answer(struct request *r, struct response *w, int64_t group_id, enum message_box box)
{
	int64_t user_id = person_self_of_route(r, w);
	struct page page;
	if (user_id == 0 || !page_read(r, w, PAGE_TOPICS, PAGE_TOPICS_MAX, &page))
		return;
	if (user_id != r->me.user_id && !r->me.admin) {
		response_forbidden(r, w);
		return;
	}
	struct id_list ids;
	message_ids(r, user_id, group_id, box, &page, &ids);
	bool more = ids.count > page.size;
	struct topic_list list = {
		.id = ids.id,
		.count = more ? page.size : ids.count,
		.per_page = page.size,
		.more_url = more ? page_next_url(r, &page) : NULL,
		.messages = true,
	};
	struct json *answer = json_object();
	topic_list_encode(r, answer, &list);
	response_json(w, answer);
}

static void messages_inbox(struct request *r, struct response *w)
{
	messages_answer(r, w, 0, BOX_INBOX);
}

static void messages_sent(struct request *r, struct response *w)
{
	messages_answer(r, w, 0, BOX_SENT);
}

static void messages_archive(struct request *r, struct response *w)
{
	messages_answer(r, w, 0, BOX_ARCHIVE);
}

static void messages_new(struct request *r, struct response *w)
{
	messages_answer(r, w, 0, BOX_NEW);
}

static void messages_unread(struct request *r, struct response *w)
{
	messages_answer(r, w, 0, BOX_UNREAD);
}

/* A group's inbox is for its members and admins; others learn nothing about it. */
static void group_answer(struct request *r, struct response *w, enum message_box box)
{
	int64_t id = forum_group_id(r->db, request_part(r, "group"));
	if (id == 0 || (!r->me.admin && !forum_group_has(r->db, id, r->me.user_id)))
		response_not_found(r, w);
	else
		messages_answer(r, w, id, box);
}

static void group_inbox(struct request *r, struct response *w)
{
	group_answer(r, w, BOX_INBOX);
}

static void group_archive(struct request *r, struct response *w)
{
	group_answer(r, w, BOX_ARCHIVE);
}

static void group_new(struct request *r, struct response *w)
{
	group_answer(r, w, BOX_NEW);
}

static void group_unread(struct request *r, struct response *w)
{
	group_answer(r, w, BOX_UNREAD);
}

const struct route message_list_routes[] = {
	{"GET", "/topics/private-messages/:username", messages_inbox, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-sent/:username", messages_sent, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-archive/:username", messages_archive, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-new/:username", messages_new, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-unread/:username", messages_unread, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-group/:username/:group", group_inbox, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-group/:username/:group/archive", group_archive, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-group/:username/:group/new", group_new, ROUTE_LOGIN},
	{"GET", "/topics/private-messages-group/:username/:group/unread", group_unread, ROUTE_LOGIN},
	{0},
};
