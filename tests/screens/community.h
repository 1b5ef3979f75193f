#pragma once
#include <stdio.h>
#include <unistd.h>

#include "category_store.h"
#include "check.h"
#include "clock.h"
#include "composition.h"
#include "event_store.h"
#include "mem.h"
#include "member_store.h"
#include "note_store.h"
#include "notice_store.h"
#include "outbox_store.h"
#include "post_store.h"
#include "site_store.h"
#include "stack.h"
#include "sync_store.h"
#include "topic_store.h"
#include "user_field_store.h"

/* A small community in a store, and the screens over it: what every screen test begins with. */
enum { Members = 30, Topics = 40, Events = 12, Posts = 25 };

struct community {
	char dir[64];
	struct store *writer, *reader;
	struct config config;
	struct account account;
	struct context ctx;
	struct host host;
	struct stack *stack;
	struct canvas *canvas;
	int fetched, read_to;
	int64_t read_ms, notice_read;
	bool left;
	bool drafts;   /* those of put_drafts are in the outbox */
};

static const int64_t now_ms = 1772528400000; /* 2026-03-03T09:00:00Z, a Tuesday */

static void community_fetch(void *self)
{
	((struct community *)self)->fetched++;
}

static void community_read(void *self, int64_t topic_id, int post_number, int64_t ms)
{
	((struct community *)self)->read_to = post_number;
	((struct community *)self)->read_ms += ms;
}

static void community_read_notice(void *self, int64_t id)
{
	((struct community *)self)->notice_read = id;
}

static void community_leave(void *self)
{
	((struct community *)self)->left = true;
}

static void put_people(struct store *w)
{
	struct error err;
	static const char *const room[] = {"ja", "een beetje", "nee"},
		*const days[] = {"maandag", "dinsdag", "woensdag"};
	static const struct user_field fields[] = {
		{.id = 1, .name = "Wat ik doe", .type = "text", .position = 1, .shown = true, .searchable = true,
			.editable = true},
		{.id = 2, .name = "Regio", .type = "text", .position = 2, .shown = true, .searchable = true,
			.editable = true,
			.required = true},
		{.id = 3, .name = "Ruimte nu", .type = "dropdown", .position = 3, .shown = true, .editable = true,
			.options = room, .option_count = COUNT(room)},
		{.id = 4, .name = "Werkdagen", .type = "multiselect", .position = 4, .editable = true, .options = days,
			.option_count = COUNT(days)},
		{.id = 5, .name = "Open voor: intervisie", .type = "confirm", .position = 5, .shown = true,
			.editable = true},
		{.id = 6, .name = "Mijn ervaringskennis", .type = "text", .position = 6, .editable = true},
		{.id = 7, .name = "Lid sinds", .type = "text", .position = 7, .shown = true},
	};
	assert_true(user_field_store_put(w, fields, COUNT(fields), &err));
	for (int i = 1; i <= Members; i++) {
		struct field_value values[] = {{1, i % 2 ? "coach" : "trainer"}, {2, i % 3 ? "Utrecht" : "Zuid-Holland"}};
		struct member m = {.id = i, .username = xasprintf("lid%02d", i),
			.name = xasprintf("Lid %02d van de Kring", i),
			.bio_cooked = "<p>Ik werk graag <b>rustig</b>.</p>", .bio_raw = i == 1
			? "Ik werk graag **rustig**." : NULL,
			.field = values, .field_count = 2, .complete = true};
		assert_true(member_store_put(w, &m, &err));
		free((char *)(uintptr_t)m.username);
		free((char *)(uintptr_t)m.name);
	}
}

static const char *post_html(int i)
{
	static const char *const html[] = {
		"<p>Wie wil met mij samenwerken aan een training? Ik zoek iemand met ervaring in het onderwijs, "
			"liefst in de buurt van Utrecht.</p><ul><li>twee dagen</li><li>in mei</li></ul>",
		"<p>Goed plan. Zie <a href=\"https://voorbeeld.example/plan\">het plan</a>.</p>",
		"<aside class=\"quote\" data-username=\"lid01\" data-post=\"1\" data-topic=\"1\"><div"
			" class=\"title\">lid01:</div><blockquote><p>twee dagen</p></blockquote></aside><p>Dat past mij.</p>",
		"<details><summary>Meer</summary><p>De rest.</p></details><p><span class=\"spoiler\">geheim</span></p>",
	};
	return html[i % 4];
}

/* One that is open, one with several answers, one the member voted in, one that is closed and one of another
 * kind. */
static const struct poll *polls_of(int topic, int *count)
{
	static const struct poll_option open[] = {{.id = "a1", .html = "Dinsdag", .votes = 3},
		{.id = "a2", .html = "<b>Donderdag</b>", .votes = 4}, {.id = "a3", .html = "Zondag"}};
	static const struct poll_option voted[] = {{.id = "b1", .html = "Online", .votes = 1},
		{.id = "b2", .html = "Op locatie", .votes = 1, .chosen = true}};
	static const struct poll polls[] = {
		{.name = "poll", .title = "Welke avond past jou?", .open = true, .voters = 7, .option = open,
			.option_count = 3},
		{.name = "dagen", .type = POLL_MULTIPLE, .open = true, .min = 2, .max = 3, .option = open,
			.option_count = 3,
			.results = POLL_ON_VOTE},
		{.name = "vorm", .open = true, .voted = true, .voters = 2, .option = voted, .option_count = 2},
		{.name = "oud", .voters = 7, .option = open, .option_count = 3},
		{.name = "volgorde", .type = POLL_RANKED, .open = true, .option = open, .option_count = 3},
	};
	*count = topic == 2 ? (int)COUNT(polls) : 0;
	return polls;
}

static void put_topic(struct store *w, int i)
{
	struct error err;
	char title[80];
	snprintf(title, sizeof title, "Onderwerp %02d over samenwerken in de regio", i);
	struct topic t = {.id = i, .category_id = 1 + i % 2, .title = title, .slug = "onderwerp",
		.posts_count = i == 1 ? Posts : 3,
		.highest_post_number = i == 1 ? Posts : 3, .last_read_post_number = i % 3 ? 3 : 1, .notification_level = 1,
		.created_ms = now_ms - i * 86400000LL, .last_posted_ms = now_ms - i * 3600000LL,
		.bumped_ms = now_ms - i * 3600000LL,
		.visible = true, .author = "lid01", .last_poster = "lid02", .closed = i == 5, .is_message = i > Topics - 5};
	const char *people[] = {"lid01", "lid03"};
	t.participant = people;
	t.participant_count = t.is_message ? 2 : 0;
	if (t.is_message)
		t.category_id = 0;
	assert_true(topic_store_put(w, &t, &err));
	for (int n = 1; n <= t.posts_count; n++) {
		char name[16];
		snprintf(name, sizeof name, "lid%02d", 1 + n % Members);
		struct post p = {.id = i * 100 + n, .topic_id = i, .user_id = 1 + n % Members, .post_number = n,
			.type = POST_REGULAR,
			.username = name, .name = name, .cooked = post_html(n - 1), .created_ms = t.created_ms + n * 60000,
			.updated_ms = t.created_ms + n * 60000, .version = 1, .is_message = t.is_message};
		if (n == 1)
			p.poll = polls_of(i, &p.poll_count);
		assert_true(post_store_put(w, &p, NULL, NULL, &err));
	}
}

static void put_events(struct store *w)
{
	struct error err;
	for (int i = 1; i <= Events; i++) {
		char name[60];
		snprintf(name, sizeof name, "Intervisie kring %02d", i);
		struct invitee going[] = {{.id = i * 10, .user_id = 2, .username = "lid02", .name = "Lid 02 van de Kring",
			.attendance = ATTENDANCE_GOING}};
		struct event e = {.id = i * 100 + 1, .topic_id = i, .category_id = 1, .name = name, .topic_title = name,
			.starts_ms = now_ms + (i - 3) * 7 * 86400000LL, .ends_ms = now_ms + (i - 3) * 7 * 86400000LL + 5400000,
			.timezone = "Europe/Amsterdam", .max_attendees = i == 4 ? 1 : 6, .going = 1, .interested = 0,
			.not_going = 0,
			.creator = "lid01", .location = "Utrecht", .invitee = going, .invitee_count = 1, .detailed = true,
			.mine = i == 5 ? ATTENDANCE_GOING : ATTENDANCE_NONE};
		assert_true(event_store_put(w, &e, &err));
	}
}

static void put_rest(struct store *w)
{
	struct error err;
	static const struct category categories[] = {
		{.id = 1, .name = "Samenwerken", .slug = "samenwerken", .description = "Grotere projecten", .position = 1},
		{.id = 2, .name = "Opdrachten", .slug = "opdrachten", .description = "Aanbod en gezocht", .position = 2},
	};
	assert_true(category_store_put(w, categories, 2, &err));
	assert_true(site_store_put(w, &(struct site){.title = "Kring van Proef", .locale = "nl",
		.contact = "beheer"}, &err));
	assert_true(session_store_put(w, &(struct session){.user_id = 1, .username = "lid01",
		.can_create_event = true}, &err));
	for (int i = 1; i <= 30; i++)
		assert_true(notice_store_put(w, &(struct notice){.id = i, .topic_id = 1 + i % 20,
			.created_ms = now_ms - i * 60000,
			.type = 1 + i % 6, .post_number = 1, .read = i > 3, .title = "Onderwerp over samenwerken",
			.username = "lid02"}, &err));
	assert_true(sync_store_put_result(w, now_ms, true, NULL, 0, &err));
}

static struct community *community_new(int rows, int cols)
{
	struct community *c = xcalloc(1, sizeof *c);
	struct error err;
	strcpy(c->dir, "/tmp/kring-screens-XXXXXX");
	assert_non_null(mkdtemp(c->dir));
	c->writer = store_open(c->dir, STORE_READ | STORE_WRITE, &err);
	assert_non_null(c->writer);
	assert_true(store_begin(c->writer, &err));
	put_rest(c->writer);
	put_people(c->writer);
	for (int i = 1; i <= Topics; i++)
		put_topic(c->writer, i);
	put_events(c->writer);
	assert_true(store_commit(c->writer, NULL, &err));
	c->reader = store_open(c->dir, STORE_READ, &err);
	assert_non_null(c->reader);
	config_init(&c->config);
	c->account = (struct account){.url = "https://kring.example", .username = "lid01",
		.name = "kring.example/lid01"};
	c->host = (struct host){.self = c, .fetch = community_fetch, .read_up_to = community_read,
		.read_notice = community_read_notice, .leave = community_leave};
	c->ctx = (struct context){.store = c->reader, .account = &c->account, .config = &c->config,
		.zone = zone_get("Europe/Amsterdam"), .host = &c->host, .now_ms = now_ms};
	c->stack = stack_new(&c->ctx, rows, cols);
	c->canvas = canvas_new(rows, cols);
	return c;
}

static void community_free(struct community *c)
{
	static const char *const files[] = {"kring.sqlite", "kring.sqlite-wal", "kring.sqlite-shm"};
	assert_null(store_trouble(c->reader));
	stack_free(c->stack);
	canvas_free(c->canvas);
	store_close(c->reader);
	store_close(c->writer);
	for (size_t i = 0; i < COUNT(files); i++) {
		char *path = xasprintf("%s/%s", c->dir, files[i]);
		unlink(path);
		free(path);
	}
	rmdir(c->dir);
	free(c);
}

/* Puts a change into the outbox, as far as `state`. */
static void community_change(struct community *c, struct change change, enum change_state state)
{
	struct error why = {0}, err;
	change.created_ms = now_ms - 600000;
	change.due_ms = now_ms - 500000;
	assert_true(store_begin(c->writer, &err));
	if (state == CHANGE_DRAFT)
		assert_true(outbox_store_put_draft(c->writer, &change, &err));
	else
		assert_true(outbox_store_send(c->writer, &change, &err));
	if (state != CHANGE_DRAFT && state != CHANGE_WAITING)
		assert_true(outbox_store_set_sending(c->writer, change.id, now_ms - 400000, &err));
	assert_false(fail(&why, ERR_REFUSED, "Bericht is te kort (minimaal 20 tekens)"));
	struct outbox_result there = {.topic_id = change.topic_id, .post_id = 9000, .post_number = 3};
	if (state == CHANGE_UNSURE)
		assert_true(outbox_store_set_unsure(c->writer, change.id, 0, &why, &err));
	else if (state == CHANGE_REFUSED)
		assert_true(outbox_store_set_refused(c->writer, change.id, &why, &err));
	else if (state == CHANGE_DONE)
		assert_true(outbox_store_set_done(c->writer, change.id, &there, now_ms - 300000, &err));
	assert_true(store_commit(c->writer, NULL, &err));
}

/* Something to show on every screen. */
static struct target target_for(const char *screen)
{
	struct target t = {.screen = screen};
	if (strcmp(screen, "member") == 0)
		t.id = 3;
	else if (strcmp(screen, "topic") == 0)
		t.id = 1;
	else if (strcmp(screen, "flag") == 0 || strcmp(screen, "flag_words") == 0 || strcmp(screen, "bookmark") == 0)
		t.id = 102;
	else if (strcmp(screen, "level") == 0)
		t.id = 1;
	else if (strcmp(screen, "event") == 0 || strcmp(screen, "attendees") == 0 || strcmp(screen, "sign_up") == 0
		|| strcmp(screen, "agreements") == 0)
		t.id = 501;
	else if (strncmp(screen, "guide", 5) == 0 || strncmp(screen, "prepare", 7) == 0
		|| strcmp(screen, "look_back") == 0) {
		t.id = 501;
		t.text = strcmp(screen, "guide") == 0 ? "vijf_stappen" : strcmp(screen, "guide_write") == 0
			? "prepare:question"
			: strcmp(screen, "guide_ask") == 0 ? "prepare:day" : "method";
	} else if (strcmp(screen, "vote") == 0)
		t.id = 201;
	else if (strcmp(screen, "member_level") == 0)
		t.id = 3;
	else if (strcmp(screen, "note") == 0) {
		t.id = 3;
		t.number = NOTE_MEMBER;
	} else if (strcmp(screen, "profile_field") == 0)
		t.text = "field:1";
	else if (strcmp(screen, "profile_choice") == 0)
		t.text = "field:3";
	else if (strcmp(screen, "profile_text") == 0)
		t.text = "bio_raw";
	else if (strcmp(screen, "member_posts") == 0)
		t.text = "lid02";
	else if (strcmp(screen, "help") == 0)
		t.text = "topic";
	else if (strcmp(screen, "search") == 0)
		t.text = "samenwerken";
	else if (strcmp(screen, "link") == 0)
		t.text = "https://voorbeeld.example/een/pad";
	return t;
}

/* What screens for writing show: a topic with its parts, a reply, and a draft that was changed twice. They
 * are in the outbox only while such a screen is open. */
enum { DraftTopic = 7001, DraftReply, DraftTwo, DraftMeeting, DraftFresh };

static const struct {
	const char *screen;
	int64_t id, id2;
	int number;
} writing_screens[] = {
	{"compose", DraftReply, 0, 0}, {"draft", DraftTopic, 0, 0}, {"draft_category", DraftTopic, 0, 0},
	{"draft_offer", DraftReply, DraftFresh, 0}, {"draft_part", DraftTopic, 0, 3}, {"draft_theirs", DraftTwo, 0, 0},
	{"overview", DraftTopic, 0, 0}, {"preview", DraftTopic, 0, 0}, {"proposal", DraftTopic, 0, 0},
	{"proposal_part", DraftTopic, 0, 1}, {"meeting", DraftMeeting, 0, 0}, {"meeting_part", DraftMeeting, 0, 5},
	{"meeting_choice", DraftMeeting, 0, 12},
};

static bool writing_target(struct target *to)
{
	for (size_t i = 0; i < COUNT(writing_screens); i++)
		if (strcmp(writing_screens[i].screen, to->screen) == 0) {
			to->id = writing_screens[i].id;
			to->id2 = writing_screens[i].id2;
			to->number = writing_screens[i].number;
			return true;
		}
	return false;
}

static void put_drafts(struct community *c)
{
	static const struct change drafts[] = {
		{.id = DraftTopic, .kind = CHANGE_TOPIC, .category_id = 1, .title = "Samen een training maken",
			.names = "training", .created_ms = 1772524800000,
			.body = "- **Wat is het plan:** een training van twee dagen\n- **Wie zoek je:** iemand uit het"
				" onderwijs\n\n"
				"Wie doet mee, @lid02? Zie #opdrachten.\n\n[poll type=regular results=always]\n# Welke"
				" maand?\n* april\n"
				"* mei\n[/poll]\n"},
		{.id = DraftReply, .kind = CHANGE_REPLY, .topic_id = 1, .number = 2,
			.body = "Dag Lid 03,\n\nDat past mij goed.",
			.created_ms = 1772524800000},
		{.id = DraftMeeting, .kind = CHANGE_TOPIC, .category_id = 1, .title = "Intervisie voor trainers",
			.created_ms = 1772524800000,
			.body = "Dit is een intervisie op locatie.\n\n[event start=\"2026-03-24 19:30\" end=\"2026-03-24"
				" 21:00\" "
				"status=\"public\" timezone=\"Europe/Amsterdam\" maxAttendees=\"6\" location=\"Utrecht\"]\n[/event]\n\n"
				"- **Doel van de bijeenkomst:** leren van elkaar\n- **Rustige ruimte:** ja, boven\n\nTot dan."},
		{.id = DraftTwo, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Eerst.", .created_ms = 1772524800000},
	};
	struct change ours = drafts[COUNT(drafts) - 1], theirs = ours;
	ours.body = "Ik kom graag, met de trein.";
	theirs.id = 0;
	theirs.body = "Ik kom graag.\n\nIk neem iets mee.";
	assert_true(store_begin(c->writer, NULL));
	for (size_t i = 0; i < COUNT(drafts); i++)
		assert_true(outbox_store_put_draft(c->writer, &drafts[i], NULL));
	assert_true(outbox_store_draft_given(c->writer, DraftTwo, "topic_2", 1, "Eerst.", NULL));
	assert_true(outbox_store_put_draft(c->writer, &ours, NULL));
	assert_true(outbox_store_put_site_draft(c->writer, &theirs, "topic_2", 2, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
}

static void drop_drafts(struct community *c)
{
	assert_true(store_begin(c->writer, NULL));
	for (int64_t id = DraftTopic; id < DraftFresh; id++)
		assert_true(outbox_store_drop(c->writer, id, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
}

static void community_writes(struct community *c, struct target *to)
{
	bool writes = writing_target(to);
	if (c->drafts && !writes)
		drop_drafts(c);
	if (!c->drafts && writes)
		put_drafts(c);
	c->drafts = writes;
	if (to->id2 == DraftFresh)
		composition_new(&c->ctx, &(struct change){.id = DraftFresh, .kind = CHANGE_REPLY, .topic_id = 1});
}

/* With two panels a text is opened from its list. */
static const char *community_list_of(const struct community *c, const char *text)
{
	static const char *const pairs[][2] = {{"topic", "topics"}, {"member", "members"}, {"event", "calendar"}};
	for (size_t i = 0; i < COUNT(pairs) && c->config.panels == PANELS_SIDE; i++)
		if (strcmp(pairs[i][0], text) == 0)
			return pairs[i][1];
	return NULL;
}

static void community_open(struct community *c, const char *screen)
{
	struct target to = target_for(screen);
	c->stack->message[0] = '\0'; /* as a key would */
	while (c->stack->depth > 1) {
		int depth = c->stack->depth;
		for (int i = 0; i < 6 && c->stack->depth == depth; i++)
			stack_back(c->stack);
	}
	community_writes(c, &to);
	if (community_list_of(c, screen) != NULL)
		stack_go(c->stack, &(struct target){.screen = community_list_of(c, screen)});
	if (strcmp(screen, "start") != 0)
		stack_go(c->stack, &to);
}

static void community_draw(struct community *c)
{
	stack_settle(c->stack);
	stack_draw(c->stack, c->canvas);
}

static void community_resize(struct community *c, int rows, int cols)
{
	canvas_resize(c->canvas, rows, cols);
	stack_resize(c->stack, rows, cols);
}

static void press(struct community *c, const char *name)
{
	struct key k;
	if (!key_parse(name, &k))
		fail_msg("unknown key %s", name);
	stack_key(c->stack, &k);
}

/* One row as text; the caller frees. */
static char *row_text(struct community *c, int row)
{
	struct sbuf b = {0};
	canvas_row_text(c->canvas, row, &b);
	return sbuf_take(&b);
}
