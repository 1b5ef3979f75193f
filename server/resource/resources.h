#pragma once
#include "http.h"

/* One table a file, each ends with {0}; routes.c lists them. */
extern const struct route site_routes[];
extern const struct route about_routes[];
extern const struct route category_routes[];
extern const struct route topic_list_routes[];
extern const struct route topic_routes[];
extern const struct route post_routes[];
extern const struct route feed_routes[];
extern const struct route raw_routes[];
extern const struct route tag_routes[];
extern const struct route search_routes[];

extern const struct route admin_routes[];
extern const struct route user_routes[];
extern const struct route directory_routes[];
extern const struct route group_routes[];
extern const struct route user_search_routes[];
extern const struct route notification_routes[];
extern const struct route message_list_routes[];
extern const struct route draft_routes[];
extern const struct route bookmark_routes[];
extern const struct route poll_routes[];
extern const struct route event_routes[];
extern const struct route tracking_routes[];
extern const struct route user_action_routes[];
extern const struct route session_current_routes[];

extern const struct route post_write_routes[];
extern const struct route post_change_write_routes[];
extern const struct route topic_write_routes[];
extern const struct route post_action_write_routes[];
extern const struct route tracking_write_routes[];
extern const struct route bookmark_write_routes[];
extern const struct route draft_write_routes[];
extern const struct route message_write_routes[];
extern const struct route poll_write_routes[];
extern const struct route event_write_routes[];
extern const struct route profile_write_routes[];
extern const struct route status_write_routes[];
extern const struct route upload_write_routes[];
extern const struct route review_routes[];
