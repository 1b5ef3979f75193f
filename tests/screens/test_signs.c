#include "community.h"

#include "outbox_port.h"
#include "outbox_store.h"
#include "str.h"
#include "view.h"

/* Voting, signing up, the profile, what is shown of members, notes: which keys give which change. */
static struct sbuf given; /* one line for each call of the outbox */

static void note_change(const char *how, const struct change *c)
{
	sbuf_addf(&given, "%s %s", how, change_kind_word(c->kind));
	if (c->topic_id != 0)
		sbuf_addf(&given, " topic=%lld", (long long)c->topic_id);
	if (c->post_id != 0)
		sbuf_addf(&given, " post=%lld", (long long)c->post_id);
	if (c->number != 0 || c->before != 0)
		sbuf_addf(&given, " %lld->%lld", (long long)c->before, (long long)c->number);
	if (!str_empty(c->title))
		sbuf_addf(&given, " title=%s", c->title);
	if (!str_empty(c->names))
		sbuf_addf(&given, " names=%s", c->names);
	if (c->body != NULL)
		sbuf_addf(&given, " body=%s", c->body);
	if (c->original != NULL)
		sbuf_addf(&given, " original=%s", c->original);
	sbuf_addc(&given, '\n');
	assert_true(c->id > 0);
}

static void fake_save(void *self, const struct change *c)
{
	note_change("save", c);
}

static void fake_send(void *self, const struct change *c)
{
	note_change("send", c);
	CHECK_INT("the grace time", c->due_ms, now_ms + 15000);
}

static void fake_note(void *self, int kind, int64_t id, const char *text)
{
	sbuf_addf(&given, "note %d %lld %s\n", kind, (long long)id, text);
}

static void fake_drop(void *self, int64_t id)
{
	sbuf_addf(&given, "drop %lld\n", (long long)id);
}

static const struct outbox_port port = {.save = fake_save, .send = fake_send, .drop = fake_drop, .note = fake_note};

static struct community *signs_new(const struct target *to)
{
	struct community *c = community_new(24, 80);
	sbuf_reset(&given);
	c->host.outbox = &port;
	c->config.grace_seconds = 15;
	stack_go(c->stack, to);
	return c;
}

/* "Down Enter 'two words' F9": names of keys, and text between quotes. */
static void press_all(struct community *c, const char *keys)
{
	char *copy = xstrdup(keys), *rest = copy;
	while (*rest != '\0') {
		if (*rest == '\'') {
			for (rest++; *rest != '\''; rest++) {
				char name[2] = {*rest, '\0'};
				press(c, *rest == ' ' ? "Space" : name);
			}
			rest += rest[1] == ' ' ? 2 : 1;
			continue;
		}
		char *end = strchrnul(rest, ' ');
		bool more = *end != '\0';
		*end = '\0';
		press(c, rest);
		rest = more ? end + 1 : end;
	}
	free(copy);
}

struct play {
	const char *name;
	struct target to;
	const char *keys, *want; /* want: what the outbox was given */
	const char *says;        /* begin of the sentence; NULL: any */
	const char *screen;      /* where the member is then; NULL: any */
};

static void play(const struct play *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct community *c = signs_new(&rows[i].to);
		press_all(c, rows[i].keys);
		CHECK_STRING(rows[i].name, sbuf_str(&given), rows[i].want);
		if (rows[i].says != NULL && !str_starts(c->stack->message, rows[i].says))
			fail_msg("%s: says \"%s\"", rows[i].name, c->stack->message);
		if (rows[i].screen != NULL)
			CHECK_STRING(rows[i].name, stack_top(c->stack)->ops->name, rows[i].screen);
		community_free(c);
		sbuf_fini(&given);
	}
}

static void a_vote_goes_out_with_the_row_below_the_options(void **state)
{
	static const struct target one = {.screen = "vote", .id = 201},
		several = {.screen = "vote", .id = 201, .number = 1},
		voted = {.screen = "vote", .id = 201, .number = 2}, closed = {.screen = "vote", .id = 201, .number = 3},
		ranked = {.screen = "vote", .id = 201, .number = 4}, none = {.screen = "vote", .id = 201, .number = 9};
	static const struct play rows[] = {
		{"choosing sends nothing", one, "Down Enter", "", "Chosen. Nothing is sent yet.", "vote"},
		{"one", one, "Down Enter End Enter", "send vote topic=2 post=201 title=poll names=a1 original=\n",
			"You voted. Take it back with u", "vote"},
		{"the second in place of the first", one, "Down Enter Down Enter End Enter",
			"send vote topic=2 post=201 title=poll names=a2 original=\n", NULL, NULL},
		{"not chosen any more", one, "Down Enter Enter End Enter", "", "Choose at least 1 answer.", NULL},
		{"too few of several", several, "Down Enter End Enter", "", "Choose at least 2 answers.", NULL},
		{"several", several, "Down Enter Down Down Enter End Enter",
			"send vote topic=2 post=201 title=dagen names=a1, a3 original=\n", NULL, NULL},
		{"the same again", voted, "Down Down Down Enter", "", "This is your vote already.", NULL},
		{"another", voted, "Down Enter Down Down Enter",
			"send vote topic=2 post=201 title=vorm names=b1 original=b2\n", NULL, NULL},
		{"withdrawn", voted, "End Enter", "send unvote topic=2 post=201 title=vorm original=b2\n",
			"You withdrew your vote.", NULL},
		{"closed", closed, "End Enter", "", "7 members voted. The poll is closed.", NULL},
		{"an order", ranked, "End Enter", "", "This poll asks for an order. You can only vote on the site.", NULL},
		{"not there", none, "Enter", "", "This poll is not in kring.", NULL},
	};
	play(rows, COUNT(rows));
}

static void signing_up_is_one_answer(void **state)
{
	static const struct play rows[] = {
		{"I am coming", {.screen = "sign_up", .id = 601}, "Down Enter", "send attendance topic=6 post=601 0->1\n",
			"You are coming. Take it back with u", "start"},
		{"maybe", {.screen = "sign_up", .id = 601}, "Down Down Enter", "send attendance topic=6 post=601 0->2\n",
			"You may come.", "start"},
		{"I am not coming", {.screen = "sign_up", .id = 601}, "End Enter",
			"send attendance topic=6 post=601 0->3\n", NULL, NULL},
		{"withdrawn", {.screen = "sign_up", .id = 501}, "End Enter", "send attendance topic=5 post=501 1->0\n",
			"You withdrew your answer.", "start"},
		{"the same", {.screen = "sign_up", .id = 501}, "Down Enter", "", "This is your answer already.", "sign_up"},
		{"full", {.screen = "sign_up", .id = 401}, "Down Enter", "", "This meeting is full.", "sign_up"},
		{"full, but maybe", {.screen = "sign_up", .id = 401}, "Down Down Enter",
			"send attendance topic=4 post=401 0->2\n", NULL, NULL},
		{"past", {.screen = "sign_up", .id = 101}, "End Enter", "", "This meeting is past.", "sign_up"},
		{"gone", {.screen = "sign_up", .id = 999}, "End Enter", "", "This meeting is not in kring.", "sign_up"},
		{"from the meeting", {.screen = "event", .id = 601}, "y Down Enter",
			"send attendance topic=6 post=601 0->1\n", NULL, "event"},
		{"from the calendar", {.screen = "calendar"}, "y End Enter",
			"send attendance topic=3 post=301 0->3\n", NULL, "calendar"},
	};
	play(rows, COUNT(rows));
}

static void put_event(struct community *c, struct event e)
{
	struct error err;
	e.topic_id = 6;
	e.topic_title = "Overleg";
	e.starts_ms = now_ms + 86400000;
	e.timezone = "UTC";
	e.detailed = true;
	assert_true(store_begin(c->writer, &err));
	assert_true(event_store_put(c->writer, &e, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	stack_changed(c->stack, STORE_EVENTS);
	press(c, "Home");
}

static void why_nobody_can_sign_up_is_said(void **state)
{
	static const struct {
		const char *name, *says;
		struct event event;
	} rows[] = {
		{"closed", "The organiser closed signing up.", {.id = 601, .closed = true}},
		{"past", "This meeting is past.", {.id = 601, .expired = true}},
		{"without signing up", "You do not have to sign up.", {.id = 601, .status = EVENT_STANDALONE}},
		{"not invited", "Only invited members can answer", {.id = 601, .status = EVENT_PRIVATE}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = signs_new(&(struct target){.screen = "sign_up", .id = 601});
		put_event(c, rows[i].event);
		CHECK_INT(rows[i].name, stack_top(c->stack)->count, 1);
		press(c, "Enter");
		if (!str_starts(c->stack->message, rows[i].says))
			fail_msg("%s: says \"%s\"", rows[i].name, c->stack->message);
		CHECK_STRING(rows[i].name, sbuf_str(&given), "");
		community_free(c);
	}
}

static void signing_up_offline_says_what_can_happen(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "sign_up", .id = 601});
	struct error err, down;
	put_event(c, (struct event){.id = 601, .max_attendees = 6, .going = 4});
	assert_false(fail(&down, ERR_OFFLINE, "down"));
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, now_ms, true, &down, 0, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	press_all(c, "Down Enter");
	CHECK_STRING("sent all the same", sbuf_str(&given), "send attendance topic=6 post=601 0->1\n");
	CHECK_STRING("says", c->stack->message,
		"You are coming. It is kept and sent when there is a connection. The meeting can be full by then.");
	community_free(c);
}

static void what_is_seen_of_a_member_is_a_quiet_choice(void **state)
{
	static const struct target level = {.screen = "member_level", .id = 3};
	static const struct play rows[] = {
		{"muted", level, "Down Down Enter", "send member_level 0->1 names=lid03\n", "You get no notices", "start"},
		{"ignored", level, "End Enter", "send member_level 0->2 names=lid03\n",
			"You see no posts of this member for 4 months.", "start"},
		{"as it is", level, "Down Enter", "", "You chose this already.", "member_level"},
		{"the first row only tells", level, "Enter", "", "This member is not told", "member_level"},
		{"from the list", {.screen = "members"}, "Down Down m End Enter",
			"send member_level 0->2 names=lid03\n", NULL, "members"},
		{"oneself", {.screen = "member", .id = 1}, "m", "", "This is you.", "member"},
	};
	play(rows, COUNT(rows));
}

static void a_part_of_the_profile_is_sent_by_itself(void **state)
{
	static const struct target what = {.screen = "profile_field", .text = "field:1"},
		region = {.screen = "profile_field", .text = "field:2"},
		place = {.screen = "profile_field", .text = "location"},
		hidden = {.screen = "profile_field", .text = "field:6"},
		fixed = {.screen = "profile_field", .text = "field:7"};
	static const struct play rows[] = {
		{"another value", what, "C-u 'advies' Enter", "send profile title=field:1 body=advies original=coach\n",
			"\"Wat ik doe\" is changed.", "start"},
		{"spaces around it do not count", what, "Space Enter", "", "Nothing was changed.", "start"},
		{"empty again", what, "C-u Enter", "send profile title=field:1 body= original=coach\n",
			"\"Wat ik doe\" is empty now.", "start"},
		{"has to be filled in", region, "C-u Enter", "", "\"Regio\" has to be filled in.", "profile_field"},
		{"only the member sees it", hidden, "'planning' Enter",
			"send profile title=field:6 body=planning original=\n", NULL, "start"},
		{"not for the member to change", fixed, "Enter", "", NULL, "profile_field"},
		{"a space makes it empty", what, "C-u Space Enter",
			"send profile title=field:1 body= original=coach\n", NULL, "start"},
		{"put aside with Esc", what, "'x' Esc", "save profile title=field:1 body=coachx original=coach\n",
			NULL, "start"},
		{"members will see it: asked first", place, "'Utrecht' Enter",
			"save profile title=location body=Utrecht original=\n", NULL, "confirm"},
		{"the first answer does nothing", place, "'Utrecht' Enter Enter",
			"save profile title=location body=Utrecht original=\n", "Nothing was changed.", "profile_field"},
		{"Esc does nothing either", place, "'Utrecht' Enter Esc",
			"save profile title=location body=Utrecht original=\n", NULL, "profile_field"},
		{"and the text is still there", place, "'Utrecht' Enter Enter Enter Down Enter",
			"save profile title=location body=Utrecht original=\n"
			"save profile title=location body=Utrecht original=\n"
			"send profile title=location body=Utrecht original=\n", NULL, "start"},
	};
	play(rows, COUNT(rows));
}

/* Line mode gives the answer itself, and the field keeps what it began with. */
static void enter_alone_in_line_mode_keeps_the_value(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "profile_field", .text = "field:1"});
	struct screen *s = stack_top(c->stack);
	s->ops->answer(s, "");
	CHECK_STRING("nothing sent", sbuf_str(&given), "");
	CHECK_STRING("says", c->stack->message, "Nothing was changed.");
	community_free(c);
}

static void a_part_of_the_profile_can_be_chosen(void **state)
{
	static const struct target room = {.screen = "profile_choice", .text = "field:3"},
		days = {.screen = "profile_choice", .text = "field:4"},
		open = {.screen = "profile_choice", .text = "field:5"};
	static const struct play rows[] = {
		{"one, seen by all: asked first", room, "Down Down Enter", "", NULL, "confirm"},
		{"one", room, "Down Down Enter Down Enter", "send profile title=field:3 body=een beetje original=\n",
			NULL, "start"},
		{"nothing, as it was", room, "End Enter", "", "Nothing was changed.", "start"},
		{"several", days, "Down Enter Down Down Enter End Enter",
			"send profile title=field:4 body=maandag, woensdag original=\n", NULL, "start"},
		{"choosing sends nothing", days, "Down Enter", "", "Chosen. Nothing is sent yet.", "profile_choice"},
		{"yes", open, "Down Enter Down Enter", "send profile title=field:5 body=true original=\n", NULL, "start"},
		{"no, as it was", open, "End Enter", "", "Nothing was changed.", "start"},
	};
	play(rows, COUNT(rows));
}

static void a_longer_text_of_the_profile_is_a_draft_until_it_is_sent(void **state)
{
	static const struct target bio = {.screen = "profile_text", .text = "bio_raw"};
	static const struct play rows[] = {
		{"sent", bio, "'!' F9", "send profile title=bio_raw body=Ik werk graag **rustig**.! original=Ik werk"
			" graag **rustig**.\n", "\"About me\" is changed.", "start"},
		{"put aside", bio, "'!' Esc",
			"save profile title=bio_raw body=Ik werk graag **rustig**.! original=Ik werk graag **rustig**.\n",
			NULL, "start"},
		{"only read", bio, "Up Esc", "", NULL, "start"},
	};
	play(rows, COUNT(rows));
}

static void the_profile_leads_to_the_way_each_part_is_changed(void **state)
{
	static const struct play rows[] = {
		{"a line", {.screen = "profile"}, "Down Enter", "", NULL, "profile_field"},
		{"a list", {.screen = "profile"}, "Down Down Down Down Enter", "", NULL, "profile_choice"},
		{"a text", {.screen = "profile"}, "End Enter", "", NULL, "profile_text"},
		{"from the page of the member", {.screen = "member", .id = 1}, "E", "", NULL, "profile"},
		{"not that of others", {.screen = "member", .id = 3}, "E", "",
			"You can only change your own profile.", "member"},
		{"as others see it", {.screen = "profile"}, "Enter", "", NULL, "member"},
		{"not for the member", {.screen = "profile"}, "Down Down Down Down Down Down Down Down Enter", "",
			"Only the organisers can change this.", "profile"},
	};
	play(rows, COUNT(rows));
}

static void a_text_that_is_too_long_is_not_sent(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "profile_field", .text = "field:1"});
	struct sbuf text = {0};
	sbuf_repeat(&text, 'x', 2049);
	field_set(&stack_top(c->stack)->answer, sbuf_str(&text));
	press(c, "Enter");
	CHECK_STRING("not sent", sbuf_str(&given), "");
	CHECK_STRING("says", c->stack->message, "This is too long: 2049 characters. The maximum is 2048.");
	sbuf_fini(&text);
	community_free(c);
}

static void a_note_is_kept_on_this_computer(void **state)
{
	static const struct play rows[] = {
		{"on a member", {.screen = "member", .id = 3}, "p 'belt graag' Esc", "note 1 3 belt graag\n", NULL,
			"member"},
		{"from the list of members", {.screen = "members"}, "p 'x' Esc", "note 1 1 x\n", NULL, "members"},
		{"nothing written", {.screen = "member", .id = 3}, "p Esc", "", NULL, "member"},
	};
	play(rows, COUNT(rows));
}

static void begin(struct community *c)
{
	struct error err;
	assert_true(store_begin(c->writer, &err));
}

static void end(struct community *c)
{
	struct error err;
	unsigned bits = 0;
	assert_true(store_commit(c->writer, &bits, &err));
	stack_changed(c->stack, bits);
	community_draw(c);
}

static void queue(struct community *c, struct change change)
{
	struct error err;
	change.id = change_new_id();
	change.created_ms = change.due_ms = now_ms;
	begin(c);
	assert_true(outbox_store_send(c->writer, &change, &err));
	end(c);
}

static void check_on_screen(struct community *c, const char *name, const char *want)
{
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	if (strstr(sbuf_str(&all), want) == NULL)
		fail_msg("%s: \"%s\" is not on the screen:\n%s", name, want, sbuf_str(&all));
	sbuf_fini(&all);
}

static void what_waits_is_shown_and_says_so(void **state)
{
	static const struct {
		const char *name;
		struct target to;
		struct change change;
		const char *want;
	} rows[] = {
		{"calendar", {.screen = "calendar"}, {.kind = CHANGE_ATTENDANCE, .topic_id = 6, .post_id = 601,
			.number = 1}, "Intervisie kring 06, you are coming, waiting"},
		{"meeting", {.screen = "event", .id = 601},
			{.kind = CHANGE_ATTENDANCE, .topic_id = 6, .post_id = 601, .number = 1},
				"Your answer has not been sent yet."},
		{"answer", {.screen = "sign_up", .id = 601},
			{.kind = CHANGE_ATTENDANCE, .topic_id = 6, .post_id = 601, .number = 2}, "Maybe, your answer, waiting"},
		{"vote", {.screen = "vote", .id = 201},
			{.kind = CHANGE_VOTE, .topic_id = 2, .post_id = 201, .title = "poll", .names = "a2"},
				"Donderdag, chosen"},
		{"vote not sent", {.screen = "vote", .id = 201},
			{.kind = CHANGE_VOTE, .topic_id = 2, .post_id = 201, .title = "poll", .names = "a2"},
				"Change your vote, waiting"},
		{"profile", {.screen = "profile"}, {.kind = CHANGE_PROFILE, .title = "field:1", .body = "advies",
			.original = "coach"}, "Wat ik doe: advies, waiting"},
		{"posts of an ignored member", {.screen = "topic", .id = 1, .number = 1},
			{.kind = CHANGE_MEMBER_LEVEL, .names = "lid02", .number = 2},
				"You do not want to see posts of this member."},
		{"outbox, a field", {.screen = "outbox"}, {.kind = CHANGE_PROFILE, .title = "field:1", .body = "advies"},
			"Your profile: Wat ik doe"},
		{"outbox, what every site has", {.screen = "outbox"}, {.kind = CHANGE_PROFILE, .title = "location",
			.body = "Ede"}, "Your profile: Place"},
		{"month of the last change", {.screen = "profile"},
			{.kind = CHANGE_PROFILE, .title = "field:1", .body = "advies", .original = "coach"},
				"Last changed in March 2026."},
		{"member", {.screen = "member_level", .id = 3}, {.kind = CHANGE_MEMBER_LEVEL, .names = "lid03",
			.number = 2}, "Do not show, chosen, waiting"},
		{"ignored member", {.screen = "member", .id = 3}, {.kind = CHANGE_MEMBER_LEVEL, .names = "lid03",
			.number = 2}, "You do not want to see posts of this member."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = signs_new(&rows[i].to);
		c->config.density = DENSITY_COMPACT;
		queue(c, rows[i].change);
		check_on_screen(c, rows[i].name, rows[i].want);
		community_free(c);
	}
}

static void what_is_chosen_stays_when_posts_are_fetched(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "vote", .id = 201});
	press_all(c, "Down Enter");
	stack_changed(c->stack, STORE_POSTS);
	press_all(c, "End Enter");
	CHECK_STRING("sent", sbuf_str(&given), "send vote topic=2 post=201 title=poll names=a1 original=\n");
	community_free(c);
}

/* "coach" is not chosen because "loopbaancoach" is. */
static void a_choice_is_a_whole_word_of_the_value(void **state)
{
	static const char *const work[] = {"coach", "loopbaancoach", "coach voor teams"};
	static const struct user_field field = {.id = 4, .name = "Werk", .type = "multiselect", .editable = true,
		.options = work, .option_count = COUNT(work)};
	struct community *c = signs_new(&(struct target){.screen = "start"});
	struct error err;
	begin(c);
	assert_true(user_field_store_put(c->writer, &field, 1, &err));
	struct field_value value = {4, "loopbaancoach, trainer"};
	assert_true(member_store_put(c->writer, &(struct member){.id = 1, .username = "lid01", .field = &value,
		.field_count = 1, .complete = true}, &err));
	end(c);
	stack_go(c->stack, &(struct target){.screen = "profile_choice", .text = "field:4"});
	press_all(c, "Down Enter End Enter");
	CHECK_STRING("sent", sbuf_str(&given),
		"send profile title=field:4 body=coach, loopbaancoach original=loopbaancoach, trainer\n");
	community_free(c);
}

static void a_refused_answer_needs_the_member(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "calendar"});
	c->config.density = DENSITY_COMPACT;
	community_change(c, (struct change){.id = 77, .kind = CHANGE_ATTENDANCE, .topic_id = 6, .post_id = 601,
		.number = 1}, CHANGE_REFUSED);
	stack_changed(c->stack, STORE_OUTBOX);
	community_draw(c);
	check_on_screen(c, "calendar", "Intervisie kring 06, needs you");
	community_free(c);
}

static void an_answer_that_was_refused_later_says_why(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "sign_up", .id = 601});
	struct error err, full;
	struct change change = {.id = 77, .kind = CHANGE_ATTENDANCE, .topic_id = 6, .post_id = 601, .number = 1,
		.created_ms = now_ms, .due_ms = now_ms};
	assert_false(fail(&full, ERR_INVALID, "Deze bijeenkomst is vol."));
	begin(c);
	assert_true(outbox_store_send(c->writer, &change, &err));
	assert_true(outbox_store_set_sending(c->writer, 77, now_ms, &err));
	assert_true(outbox_store_set_refused(c->writer, 77, &full, &err));
	end(c);
	check_on_screen(c, "answer", "The site refused your answer");
	check_on_screen(c, "why", "Deze bijeenkomst is vol.");
	press_all(c, "Home Down Enter");
	CHECK_STRING("read in full", c->stack->message, "Deze bijeenkomst is vol.");
	stack_go(c->stack, &(struct target){.screen = "event", .id = 601});
	community_draw(c);
	check_on_screen(c, "meeting", "The site refused your answer: Deze bijeenkomst is vol.");
	community_free(c);
}

static void notes_are_found_and_lead_to_what_they_are_about(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "notes"});
	struct error err;
	begin(c);
	assert_true(note_store_put(c->writer, NOTE_MEMBER, 3, "Belt liever niet.\nMail eerst.", now_ms, &err));
	assert_true(note_store_put(c->writer, NOTE_POST, 203, "Later vragen", now_ms + 1000, &err));
	end(c);
	check_on_screen(c, "post", "Onderwerp 02 over samenwerken in de regio, post 3");
	check_on_screen(c, "member", "Lid 03 van de Kring");
	check_on_screen(c, "one line", "Belt liever niet. Mail eerst.");
	press_all(c, "Home Enter");
	CHECK_STRING("the post", stack_top(c->stack)->ops->name, "topic");
	CHECK_INT("the post", stack_top(c->stack)->target.number, 3);
	community_draw(c);
	check_on_screen(c, "the note stands below the post", "Your note, only on this computer: Later vragen");
	press_all(c, "Esc / 'belt' Enter Enter");
	CHECK_STRING("the member", stack_top(c->stack)->ops->name, "member");
	community_draw(c);
	check_on_screen(c, "the note stands on the profile", "Mail eerst.");
	press(c, "p");
	CHECK_STRING("the note", editor_text(&stack_top(c->stack)->editor), "Belt liever niet.\nMail eerst.");
	community_free(c);
}

static void a_part_that_was_refused_is_changed_and_sent_again(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "outbox"});
	community_change(c, (struct change){.id = 88, .kind = CHANGE_PROFILE, .title = "field:1", .body = "fout",
		.original = "coach"}, CHANGE_REFUSED);
	stack_changed(c->stack, STORE_OUTBOX);
	press_all(c, "Home E");
	CHECK_STRING("the part", stack_top(c->stack)->ops->name, "profile_field");
	CHECK_STRING("as it was sent", field_text(&stack_top(c->stack)->answer), "fout");
	press_all(c, "C-u 'goed' Enter");
	CHECK_STRING("sent", sbuf_str(&given), "send profile title=field:1 body=goed original=coach\n");
	sbuf_reset(&given);
	stack_go(c->stack, &(struct target){.screen = "profile_field", .text = "field:1"});
	press_all(c, "C-u 'coach' Enter");
	CHECK_STRING("as the site has it", sbuf_str(&given), "drop 88\n");
	community_free(c);
}

static void nothing_is_written_without_an_outbox(void **state)
{
	struct community *c = signs_new(&(struct target){.screen = "member", .id = 3});
	c->host.outbox = NULL;
	press(c, "p");
	CHECK_STRING("no note", stack_top(c->stack)->ops->name, "member");
	assert_true(c->stack->message[0] != '\0');
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vote_goes_out_with_the_row_below_the_options),
		cmocka_unit_test(signing_up_is_one_answer),
		cmocka_unit_test(why_nobody_can_sign_up_is_said),
		cmocka_unit_test(signing_up_offline_says_what_can_happen),
		cmocka_unit_test(what_is_seen_of_a_member_is_a_quiet_choice),
		cmocka_unit_test(a_part_of_the_profile_is_sent_by_itself),
		cmocka_unit_test(enter_alone_in_line_mode_keeps_the_value),
		cmocka_unit_test(a_part_of_the_profile_can_be_chosen),
		cmocka_unit_test(a_longer_text_of_the_profile_is_a_draft_until_it_is_sent),
		cmocka_unit_test(the_profile_leads_to_the_way_each_part_is_changed),
		cmocka_unit_test(a_text_that_is_too_long_is_not_sent),
		cmocka_unit_test(a_note_is_kept_on_this_computer),
		cmocka_unit_test(what_waits_is_shown_and_says_so),
		cmocka_unit_test(what_is_chosen_stays_when_posts_are_fetched),
		cmocka_unit_test(a_choice_is_a_whole_word_of_the_value),
		cmocka_unit_test(a_refused_answer_needs_the_member),
		cmocka_unit_test(an_answer_that_was_refused_later_says_why),
		cmocka_unit_test(notes_are_found_and_lead_to_what_they_are_about),
		cmocka_unit_test(a_part_that_was_refused_is_changed_and_sent_again),
		cmocka_unit_test(nothing_is_written_without_an_outbox),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
