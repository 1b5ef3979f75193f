#include "screens.h"

#include <stdio.h>
#include <string.h>

#include "login_port.h"
#include "stack.h"
#include "str.h"
#include "text.h"

/* One question at a time: address, way of logging in, then what that way needs. */
enum login_step { STEP_ADDRESS, STEP_METHOD, STEP_USERNAME, STEP_PASSWORD, STEP_NETWORK };

struct login_state {
	enum login_step step;
	enum login_port_method method;
	char address[500], username[200];
	struct login_port_view view;
};

static const struct login_port *port_of(const struct screen *s)
{
	return s->ctx->host == NULL ? NULL : s->ctx->host->login;
}

static void *self_of(const struct screen *s)
{
	return s->ctx->host->self;
}

static void login_open(struct screen *s)
{
	struct login_state *st = s->state;
	if (s->target.text != NULL)
		snprintf(st->address, sizeof st->address, "%s", s->target.text);
	else if (s->ctx->account != NULL)
		snprintf(st->address, sizeof st->address, "%s", s->ctx->account->url);
	field_set(&s->answer, st->address);
}

static void login_close(struct screen *s)
{
	if (port_of(s) != NULL)
		port_of(s)->end(self_of(s));
}

static void login_load(struct screen *s)
{
	struct login_state *st = s->state;
	s->title = _("Log in");
	if (port_of(s) == NULL || st->step != STEP_NETWORK)
		return;
	st->view = port_of(s)->view(self_of(s), &s->mem);
}

static void add_error(struct styled_builder *b, const struct error *err)
{
	styled_line(b, ROLE_ERROR, err->what);
	styled_line(b, ROLE_TEXT, error_kept(err));
	styled_line(b, ROLE_TEXT, error_todo(err));
	styled_blank(b);
}

static void add_step(struct styled_builder *b, const struct login_state *st)
{
	static const int number[] = {1, 2, 3, 4, 3};
	int total = st->method == LOGIN_PORT_PASSWORD ? 4 : 3;
	int now = st->step == STEP_NETWORK ? total : number[st->step];
	styled_addf(b, ROLE_MUTED, _("Question %d of %d"), now, total);
	styled_break(b);
	styled_blank(b);
}

/* Only who signed it is not known here; everything else is wrong for everybody. */
static bool asks_certificate(const struct login_state *st)
{
	return st->view.stage == LOGIN_PORT_FAILED && st->view.error.untrusted;
}

static void network_text(struct styled_builder *b, const struct login_state *st)
{
	const struct login_port_view *v = &st->view;
	if (v->again || v->stage == LOGIN_PORT_FAILED) {
		struct error err = v->error;
		if (asks_certificate(st))
			error_advise(&err, error_kept(&v->error),
				_("Ask your organiser for a file for this. Type where it is."));
		add_error(b, &err);
	}
	switch (v->stage) {
	case LOGIN_PORT_CODE:
		styled_line(b, ROLE_TEXT, _("Open this address in any browser, on any computer or phone:"));
		styled_line(b, ROLE_LINK, v->url);
		styled_blank(b);
		styled_line(b, ROLE_TEXT, _("Log in there and type this code:"));
		styled_line(b, ROLE_STRONG, v->code);
		styled_blank(b);
		styled_line(b, ROLE_TEXT, _("kring notices it by itself. Enter shows how far it is."));
		break;
	case LOGIN_PORT_PASTE_TEXT:
		if (st->method == LOGIN_PORT_DEVICE)
			styled_line(b, ROLE_TEXT, _("This community has no log-in with a code. Use a text instead."));
		styled_line(b, ROLE_TEXT, _("Open this address in a browser and log in there:"));
		styled_line(b, ROLE_LINK, v->url);
		styled_blank(b);
		styled_line(b, ROLE_TEXT, _("The site then shows a text. Copy it and paste it here. Enter gives it."));
		break;
	case LOGIN_PORT_FACTOR:
		styled_line(b, ROLE_TEXT, _("Your account has a second step. Type the code of your app."));
		break;
	case LOGIN_PORT_DONE:
		styled_addf(b, ROLE_TEXT, _("You are logged in as %s. Go back to the first screen."), v->username);
		break;
	case LOGIN_PORT_FAILED:
		if (!asks_certificate(st))
			styled_line(b, ROLE_TEXT, _("Go one step back to change it."));
		break;
	default:
		styled_line(b, ROLE_TEXT, _("Busy with logging in. Enter shows how far it is."));
	}
}

static void login_text(struct screen *s, struct styled_builder *b)
{
	const struct login_state *st = s->state;
	if (port_of(s) == NULL) {
		styled_line(b, ROLE_TEXT, _("Logging in is not possible here."));
		return;
	}
	add_step(b, st);
	switch (st->step) {
	case STEP_ADDRESS:
		styled_line(b, ROLE_TEXT, _("You need the address of your community, for example forum.example.nl."));
		break;
	case STEP_METHOD:
		styled_line(b, ROLE_TEXT, _("How do you want to log in?"));
		styled_line(b, ROLE_TEXT, _("1. With a code that you type in a browser"));
		styled_line(b, ROLE_TEXT, _("2. With your password, here"));
		styled_line(b, ROLE_TEXT, _("3. With a text that you copy from a browser"));
		break;
	case STEP_USERNAME:
	case STEP_PASSWORD:
		styled_line(b, ROLE_TEXT, _("Your password goes only to your community. kring does not keep it."));
		break;
	case STEP_NETWORK:
		network_text(b, st);
	}
}

static bool login_ask(struct screen *s, struct question *q)
{
	const struct login_state *st = s->state;
	static const char *const labels[] = {N_("Address of the community"), N_("Number"),
		N_("Username or e-mail address"), N_("Password")};
	if (port_of(s) == NULL)
		return false;
	if (st->step < STEP_NETWORK) {
		*q = (struct question){.label = _(labels[st->step]), .secret = st->step == STEP_PASSWORD,
			.needed = true};
		return true;
	}
	if (asks_certificate(st))
		*q = (struct question){.label = _("File with the certificate"), .needed = true};
	else if (st->view.stage == LOGIN_PORT_FACTOR || st->view.stage == LOGIN_PORT_PASTE_TEXT)
		*q = (struct question){.label = st->view.stage == LOGIN_PORT_FACTOR ? _("Code") : _("Text of the site"),
			.needed = true, .once = true};
	else
		return false;
	return true;
}

static void go_step(struct screen *s, enum login_step step)
{
	struct login_state *st = s->state;
	st->step = step;
	s->answer.secret = step == STEP_PASSWORD;
	s->answer.max_bytes = step == STEP_NETWORK ? 8000 : 0;
	field_set(&s->answer, step == STEP_ADDRESS ? st->address : step == STEP_METHOD ? "1"
		: step == STEP_USERNAME ? st->username : NULL);
	screen_reload(s);
}

static void connect(struct screen *s, const char *password)
{
	struct login_state *st = s->state;
	port_of(s)->start(self_of(s), st->method, st->address, st->username, password);
	go_step(s, STEP_NETWORK);
}

static void choose_method(struct screen *s, const char *text)
{
	struct login_state *st = s->state;
	int64_t n;
	if (!str_to_int(text, 1, 3, &n)) {
		screen_say(s, "%s", _("Type 1, 2 or 3."));
		go_step(s, STEP_METHOD);
		return;
	}
	st->method = n == 1 ? LOGIN_PORT_DEVICE : n == 2 ? LOGIN_PORT_PASSWORD : LOGIN_PORT_PASTE;
	if (st->method == LOGIN_PORT_PASSWORD)
		go_step(s, STEP_USERNAME);
	else
		connect(s, NULL);
}

static void give_answer(struct screen *s, const char *text)
{
	struct login_state *st = s->state;
	struct error err;
	if (!asks_certificate(st)) {
		port_of(s)->give(self_of(s), text);
	} else if (!str_empty(text) && !port_of(s)->trust(self_of(s), text, &err)) {
		screen_say(s, "%s %s %s", err.what, error_kept(&err), error_todo(&err));
		field_set(&s->answer, text);
	}
	screen_reload(s);
}

static void login_answer(struct screen *s, const char *text)
{
	struct login_state *st = s->state;
	if (str_empty(text) && st->step != STEP_NETWORK) {
		screen_say(s, "%s", _("Type an answer first, or go back."));
		return;
	}
	switch (st->step) {
	case STEP_ADDRESS:
		snprintf(st->address, sizeof st->address, "%s", text);
		go_step(s, STEP_METHOD);
		break;
	case STEP_METHOD:
		choose_method(s, text);
		break;
	case STEP_USERNAME:
		snprintf(st->username, sizeof st->username, "%s", text);
		go_step(s, STEP_PASSWORD);
		break;
	case STEP_PASSWORD:
		connect(s, text);
		break;
	case STEP_NETWORK:
		give_answer(s, text);
	}
}

/* The first questions are over too. */
static void leave_all(struct stack *stack, struct login_state *st)
{
	st->step = STEP_ADDRESS;
	stack_back(stack);
	if (stack_top(stack)->ops == &welcome_ops)
		stack_back(stack);
}

static bool login_back(struct screen *s)
{
	struct login_state *st = s->state;
	if (st->step == STEP_ADDRESS || port_of(s) == NULL)
		return false;
	if (st->view.stage == LOGIN_PORT_DONE) {
		leave_all(s->ctx->stack, st);
		return true;
	}
	if (st->step == STEP_NETWORK)
		port_of(s)->end(self_of(s));
	go_step(s, st->step == STEP_NETWORK && st->method == LOGIN_PORT_PASSWORD ? STEP_PASSWORD
		: st->step == STEP_NETWORK ? STEP_METHOD : st->step - 1);
	return true;
}

const struct screen_ops login_ops = {
	.name = "login", .kind = SCREEN_ASK, .state_size = sizeof(struct login_state), .aggregates = STORE_SITE,
	.open = login_open, .close = login_close, .load = login_load, .text = login_text, .ask = login_ask,
	.answer = login_answer, .back = login_back,
};
