#pragma once
#include "desk.h"

#include "category_store.h"
#include "compose.h"
#include "form.h"

/* A community to write in: its categories and rules, and a post of the member. */
enum { OwnPost = 9101, Referral = 3, Proposals = 4 };

static bool own_editor(void *self, const char *text, struct sbuf *out, struct error *err)
{
	sbuf_addf(out, "%s En dit komt uit een ander programma.", text);
	return true;
}

static void put_site(void)
{
	static const struct category categories[] = {
		{.id = 1, .name = "Samenwerken", .slug = "samenwerken", .position = 1},
		{.id = 2, .name = "Algemeen", .slug = "algemeen", .position = 2, .topic_template = "Waar gaat het over?",
			.minimum_required_tags = 1},
		{.id = Referral, .name = "Doorverwijzen", .slug = "doorverwijzen", .position = 3},
		{.id = Proposals, .name = "Voorstellen", .slug = "voorstellen", .position = 4},
	};
	static const struct site site = {.title = "Kring van Proef", .locale = "nl", .tagging = true, .polls = true,
		.min_post_length = 20, .min_first_post_length = 20, .min_message_length = 10, .max_post_length = 32000,
		.min_title_length = 15, .max_title_length = 255, .login_required = true};
	static const struct post own = {.id = OwnPost, .topic_id = 1, .user_id = 1, .post_number = 26,
		.type = POST_REGULAR,
		.username = "lid01", .name = "lid01", .cooked = "<p>Mijn <b>oude</b> woorden.</p>",
		.raw = "Mijn **oude** woorden.",
		.yours = true, .can_edit = true, .created_ms = 1, .updated_ms = 1, .version = 1};
	assert_true(category_store_put(at->writer, categories, COUNT(categories), NULL));
	assert_true(site_store_put(at->writer, &site, NULL));
	assert_true(post_store_put(at->writer, &own, NULL, NULL, NULL));
}

static void open_community(void)
{
	desk_open(put_site);
	at->host.edit_outside = own_editor;
	stack_go(at->stack, &(struct target){.screen = "topic", .id = 1});
}
