#pragma once
#include "paging.h"
#include "people.h"

enum message_box { BOX_INBOX, BOX_SENT, BOX_ARCHIVE, BOX_NEW, BOX_UNREAD };
/* Messages of a member, or with group_id those of a group's inbox, newest first; one more than the page has
 * room for when there is a next page. */
void message_ids(struct request *r, int64_t user_id, int64_t group_id, enum message_box box,
	const struct page *page, struct id_list *out);
