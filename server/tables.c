#include "auth.h"
#include "bus.h"
#include "page.h"
#include "resources.h"
#include "status.h"

const struct route *const all_routes[] = {
	status_routes,
	page_routes,
	session_routes,
	user_api_key_routes,
	device_routes,
	bus_routes,
	site_routes,
	about_routes,
	category_routes,
	topic_list_routes,
	topic_routes,
	post_routes,
	feed_routes,
	raw_routes,
	tag_routes,
	search_routes,
	admin_routes,
	user_routes,
	directory_routes,
	group_routes,
	user_search_routes,
	notification_routes,
	message_list_routes,
	draft_routes,
	bookmark_routes,
	poll_routes,
	event_routes,
	tracking_routes,
	user_action_routes,
	session_current_routes,
	post_write_routes,
	post_change_write_routes,
	topic_write_routes,
	post_action_write_routes,
	NULL,
};
