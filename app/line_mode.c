#include "line_mode.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "begin.h"
#include "clock.h"
#include "command.h"
#include "line_answer.h"
#include "line_terminal.h"
#include "login_link.h"
#include "setting_link.h"
#include "stack.h"
#include "text.h"
#include "typed.h"
#include "utf8.h"

enum { WriteMs = 2000, FrameRows = 4, LineCols = 80, MaxLine = 8000 };

struct lines {
	struct program *program;
	struct stack *stack;
	struct line_view view;
	bool ended;           /* the input ended */
};

/* Nobody reads what is said any more: errno of then. */
static int deaf;

static void say(const char *text)
{
	if (deaf == 0 && !call_write(STDOUT_FILENO, text, strlen(text)))
		deaf = errno;
}

static void say_line(const char *text)
{
	say(text);
	say("\n");
}

/* One line without its end; false when the input ended. pressed: a key was pressed instead. */
static bool read_line(struct sbuf *out, bool secret, struct key *pressed)
{
	struct sbuf raw = {0};
	bool ok = typed_line(&raw, MaxLine, secret);
	if (secret || !line_terminal_key(sbuf_str(&raw), raw.n, pressed))
		utf8_clean(out, sbuf_str(&raw), raw.n, 0, MaxLine);
	if (raw.p != NULL)
		explicit_bzero(raw.p, raw.cap);
	sbuf_fini(&raw);
	return ok;
}

static bool more_is_typed(void)
{
	return poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, 0) > 0;
}

/* What the member did is in the store before the next question. Of a text that comes in at once only the end
 * is waited for. */
static void keep_work(struct lines *l)
{
	struct program *p = l->program;
	struct error err;
	if (stack_top(l->stack)->ops->kind == SCREEN_EDIT && more_is_typed())
		return;
	stack_save_texts(l->stack);
	setting_link_wait(p, WriteMs);
	setting_link_tell(p);
	if (p->posted == 0)
		return;
	stack_changed(l->stack, network_wait(&p->network, p->posted, WriteMs));
	p->posted = 0;
	if (network_trouble(&p->network, &err))
		stack_say_error(l->stack, &err);
}

/* Work that was asked for is waited for here, so that its result stands before the next question. */
static void wait_for_work(struct lines *l)
{
	struct program *p = l->program;
	struct error err;
	bool asked = p->ctx.waiting;
	while (p->ctx.waiting && network_busy(&p->network)) {
		poll(&(struct pollfd){.fd = p->network.wake_read, .events = POLLIN}, 1, 500);
		stack_changed(l->stack, network_changed(&p->network));
	}
	p->ctx.waiting = false;
	program_reopen_store(p);
	stack_changed(l->stack, network_changed(&p->network));
	if (program_store_moved(p))
		stack_changed(l->stack, STORE_ALL);
	login_link_wait(p);
	if (p->login != NULL)
		stack_changed(l->stack, STORE_SITE);
	if (asked && (network_trouble(&p->network, &err) || network_calendar_trouble(&p->network, &err)))
		stack_say_error(l->stack, &err);
}

/* Texts are cut for the window, as wide as it is now. */
static int fit_window(struct lines *l)
{
	int cols = line_terminal_cols(), fits = cols == 0 || cols > LineCols ? LineCols : cols;
	if (l->stack->cols != fits)
		stack_resize(l->stack, l->stack->rows, fits);
	return cols;
}

static void show(struct lines *l, struct question *asked)
{
	struct sbuf b = {0}, wrapped = {0};
	int cols = fit_window(l);
	line_view_show(&l->view, &b);
	stack_settle(l->stack);
	line_view_prompt(&l->view, asked, &b);
	line_terminal_wrap(sbuf_str(&b), cols, &wrapped);
	say(sbuf_str(&wrapped));
	sbuf_fini(&wrapped);
	sbuf_fini(&b);
}

static void step(struct lines *l)
{
	struct question q = {0};
	struct sbuf text = {0};
	struct key pressed = {.code = KEY_NONE};
	wait_for_work(l);
	stack_settle(l->stack);
	show(l, &q);
	l->ended = !read_line(&text, q.secret, &pressed);
	l->program->ctx.now_ms = clock_now_ms();
	if (!l->ended && pressed.code != KEY_NONE)
		line_answer_key(&l->view, &pressed);
	else if (!l->ended)
		line_answer(&l->view, sbuf_str(&text));
	keep_work(l);
	if (text.p != NULL)
		explicit_bzero(text.p, text.cap);
	sbuf_fini(&text);
}

int line_mode_run(struct program *p)
{
	struct error err;
	struct lines l = {.program = p};
	struct arena a = {0};
	if (!network_init(&p->network, &err))
		return EXIT_FAILED;
	program_connect(p);
	for (const struct config_problem *c = p->problems; c != NULL; c = c->next)
		say_line(config_problem_text(c, &a));
	if (p->problems != NULL)
		say_line(config_problem_advice());
	l.stack = stack_new(&p->ctx, LINE_PAGE_ROWS + FrameRows, LineCols);
	l.view.stack = l.stack;
	l.stack->lines = true;
	program_welcome(p);
	begin_after_absence(p);
	if (begin_says(p, &a) != NULL)
		stack_say(l.stack, "%s", begin_says(p, &a));
	if (!program_start(p, &err))
		stack_say_error(l.stack, &err);
	begin_visit(p);
	while (!p->leaving && !l.ended && deaf == 0) {
		program_follow_symbols(p);
		step(&l);
	}
	begin_end_visit(p);
	setting_link_end(p);
	stack_free(l.stack);
	arena_fini(&a);
	if (deaf == 0 || deaf == EPIPE)
		return EXIT_OK;
	fprintf(stderr, _("kring: The output cannot be written. What you wrote is kept. %s\n"), strerror(deaf));
	return EXIT_FAILED;
}
