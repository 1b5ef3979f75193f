#pragma once
#include "desk.h"

#include "compose.h"
#include "composition.h"
#include "meeting.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "screens.h"
#include "str.h"

/* A community in which the member may make meetings, and has made one. */
enum { Closed = 3, Own = 9201, Theirs = 9202, OwnTopic = 41, Letter = 9203 };

static const char own_body[] =
	"Welkom bij onze avond.\n\n"
	"[event start=\"2026-04-07 19:30\" end=\"2026-04-07"
	" 21:00\" timezone=\"Europe/Amsterdam\" status=\"public\" hosts=\"lid01\"]\n"
	"[/event]\n\n- **Adres:** Plein 1, Utrecht\n- **Huisdier:** er is een kat\n\nNeem je eigen mok mee.\n";

static void put_post(int64_t id, int64_t topic, int number, const char *raw, bool own)
{
	struct post p = {.id = id, .topic_id = topic, .user_id = own ? 1 : 3, .post_number = number,
		.type = POST_REGULAR,
		.username = own ? "lid01" : "lid03", .name = "Lid", .cooked = "<p>Welkom.</p>", .raw = raw, .yours = own,
		.can_edit = own, .created_ms = 1, .updated_ms = 1, .version = 1};
	assert_true(post_store_put(at->writer, &p, NULL, NULL, NULL));
}

static void put_site(void)
{
	static const struct category categories[] = {
		{.id = 1, .name = "Intervisie", .slug = "intervisie", .position = 1},
		{.id = Closed, .name = "Mededelingen", .slug = "mededelingen", .position = 2, .permission = CATEGORY_READ},
	};
	static const struct site site = {.title = "Kring van Proef", .locale = "nl", .min_first_post_length = 20,
		.min_post_length = 20, .max_post_length = 32000, .min_title_length = 15, .max_title_length = 255,
		.login_required = true};
	static const struct topic topic = {.id = OwnTopic, .category_id = 1, .title = "Avond over samenwerken",
		.slug = "avond",
		.posts_count = 1, .highest_post_number = 1, .visible = true, .author = "lid01", .created_ms = 1,
		.bumped_ms = 1,
		.last_posted_ms = 1};
	assert_true(category_store_put(at->writer, categories, COUNT(categories), NULL));
	assert_true(site_store_put(at->writer, &site, NULL));
	assert_true(topic_store_put(at->writer, &topic, NULL));
	put_post(Own, OwnTopic, 1, own_body, true);
	put_post(Theirs, 2, 20, own_body, false);
	put_post(Letter, 2, 21, "Gewoon een bericht.", true);
}

static void open_community(void)
{
	desk_open(put_site);
	stack_go(at->stack, &(struct target){.screen = "calendar"});
}
