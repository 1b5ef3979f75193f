#include "fullscreen.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "begin.h"
#include "charset.h"
#include "clock.h"
#include "mem.h"
#include "panic.h"
#include "place_store.h"
#include "setting_link.h"
#include "stack.h"
#include "str.h"
#include "term.h"
#include "text.h"

/* A paste comes in pieces; what waits for the next one is bounded. */
enum { ProgressMs = 2000, MaxKeys = 4096, BurstKeys = 32, BurstWaitMs = 15, PasteWaitMs = 200, LongestReadMs = 2000,
	WriteMs = 2000 };

struct loop {
	struct program *program;
	struct term *term;
	struct canvas *canvas;
	struct stack *stack;
	unsigned pending;      /* STORE_* that the screens do not know of yet */
	bool draw;             /* something is marked for drawing */
	int64_t drawn_ms;      /* monotonic, of the last progress line */
	struct sbuf place;     /* as last kept */
	struct key key[MaxKeys]; /* as last read */
	const char *theme;     /* the name of the one that is shown */
	int cursor;            /* as shown */
};

static volatile sig_atomic_t got_winch, got_end, got_stop, got_cont;

/* For a crash, when nothing can be translated any more: in the bytes of the terminal. */
static struct sbuf crash_words;

static void on_signal(int number)
{
	if (number == SIGWINCH)
		got_winch = 1;
	else if (number == SIGTSTP)
		got_stop = 1;
	else if (number == SIGCONT)
		got_cont = 1;
	else
		got_end = number;
}

static void on_crash(int number)
{
	term_restore_raw();
	if (write(STDERR_FILENO, crash_words.p, crash_words.n) < 0)
		errno = 0;
	signal(number, SIG_DFL);
	raise(number);
}

static void prepare_crash_words(void)
{
	struct sbuf text = {0};
	sbuf_addf(&text, "kring: %s %s %s\n", _("kring stopped, because something in it went wrong."),
		_("What you wrote is kept, except perhaps the last two seconds."), _("Start kring again."));
	sbuf_fini(&crash_words);
	charset_encode(&crash_words, sbuf_str(&text), text.n);
	sbuf_fini(&text);
}

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

/* The watched signals come in only while the loop waits. */
static void take_signals(sigset_t *waiting)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP, SIGXCPU, SIGALRM,
		SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGIO};
	sigset_t block;
	sigemptyset(&block);
	for (size_t i = 0; i < COUNT(watched); i++) {
		sigaction(watched[i], &(struct sigaction){.sa_handler = on_signal}, NULL);
		sigaddset(&block, watched[i]);
	}
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigaction(crashes[i], &(struct sigaction){.sa_handler = on_crash, .sa_flags = (int)SA_RESETHAND}, NULL);
	sigprocmask(SIG_BLOCK, &block, waiting);
	for (size_t i = 0; i < COUNT(watched); i++)
		sigdelset(waiting, watched[i]);
}

/* There is no full screen after all. */
static void give_signals_back(const sigset_t *waiting)
{
	for (size_t i = 0; i < COUNT(watched); i++)
		signal(watched[i], SIG_DFL);
	sigprocmask(SIG_SETMASK, waiting, NULL);
}

/* For when the network part takes long to end. */
static void let_interrupt(void)
{
	sigset_t interrupt;
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	signal(SIGINT, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &interrupt, NULL);
}

/* A window that is too small shows one sentence; what stood in it stays in its place meanwhile. */
static void resize(struct loop *l)
{
	int rows, cols;
	term_size(l->term, &rows, &cols);
	canvas_resize(l->canvas, rows, cols);
	if (rows >= STACK_MIN_ROWS && cols >= STACK_MIN_COLS)
		stack_resize(l->stack, rows, cols);
	l->draw = true;
}

/* SIGTSTP and not SIGSTOP: it stops the whole job, and nothing where no shell could start it again. */
static void suspend(struct loop *l)
{
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	stack_save_texts(l->stack);
	l->pending |= network_wait(&l->program->network, l->program->posted, WriteMs);
	setting_link_wait(l->program, WriteMs);
	term_suspend(l->term);
	signal(SIGTSTP, SIG_DFL);
	kill(0, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigaction(SIGTSTP, &(struct sigaction){.sa_handler = on_signal}, NULL);
	sigemptyset(&stop);
	sigaddset(&stop, SIGCONT);
	sigtimedwait(&stop, NULL, &(struct timespec){0});
	term_resume(l->term);
	resize(l);
}

/* SIGSTOP cannot be seen, but what comes after it can: a shell had the terminal meanwhile. */
static void take_terminal_again(struct loop *l)
{
	term_resume(l->term);
	resize(l);
}

/* The member may have chosen another one. */
static void follow_choices(struct loop *l)
{
	const struct config *c = &l->program->config;
	if (c->theme != l->theme)
		term_set_theme(l->term, theme_find(c->theme));
	if (c->cursor != l->cursor)
		term_set_cursor(l->term, c->cursor == CURSOR_HIDDEN);
	if (program_follow_symbols(l->program))
		stack_resize(l->stack, l->canvas->rows, l->canvas->cols);
	l->theme = c->theme;
	l->cursor = c->cursor;
}

static void draw(struct loop *l)
{
	follow_choices(l);
	stack_settle(l->stack);
	stack_draw(l->stack, l->canvas);
	term_draw(l->term, l->canvas);
	l->draw = false;
}

/* What changed becomes visible with the member's next key, not by itself. */
static void apply_changes(struct loop *l)
{
	struct program *p = l->program;
	program_reopen_store(p);
	if (l->pending == 0 && program_store_moved(p))
		l->pending = STORE_ALL;
	stack_changed(l->stack, l->pending);
	l->pending = 0;
}

/* Where the member is goes to the store, so that the same place can open again. */
static void keep_place(struct loop *l)
{
	struct sbuf now = {0};
	stack_save(l->stack, &now);
	if (strcmp(sbuf_str(&now), sbuf_str(&l->place)) != 0)
		network_post(&l->program->network, &(struct sync_intent){.kind = SYNC_PLACE, .name = "screen",
			.value = sbuf_str(&now)});
	sbuf_fini(&l->place);
	l->place = now;
}

/* Keys that are for the program and not for a screen. */
static bool program_key(struct loop *l, const struct key *k)
{
	if (k->code == KEY_EOF)
		l->program->leaving = true;
	else if (k->code == KEY_RESIZE)
		resize(l);
	else if (key_is_ctrl(k, 'l'))
		term_repaint(l->term);
	else if (key_is_ctrl(k, 'z'))
		suspend(l);
	else
		return false;
	return true;
}

static void handle_keys(struct loop *l, size_t n)
{
	bool fresh = false;
	l->program->ctx.now_ms = clock_now_ms();
	for (size_t i = 0, used; i < n && !l->program->leaving; i += used) {
		used = 1;
		if (program_key(l, &l->key[i]))
			continue;
		if (!fresh)
			apply_changes(l);
		fresh = true;
		used = stack_typed(l->stack, &l->key[i], n - i);
		if (used == 0) {
			stack_key(l->stack, &l->key[i]);
			used = 1;
		}
	}
	l->draw |= n > 0;
}

static bool more_comes(const struct loop *l, size_t n, int64_t begun)
{
	int wait = l->stack->pasting ? PasteWaitMs : n >= BurstKeys ? BurstWaitMs : 0;
	if (l->program->leaving || clock_mono_ms() - begun > LongestReadMs)
		return false;
	return n == MaxKeys || (wait > 0 && poll(&(struct pollfd){.fd = term_fd(l->term), .events = POLLIN}, 1,
		wait) > 0);
}

static void read_keys(struct loop *l)
{
	int64_t begun = clock_mono_ms();
	size_t n;
	do {
		n = term_read(l->term, l->key, MaxKeys);
		handle_keys(l, n);
	} while (more_comes(l, n, begun));
	if (l->draw)
		keep_place(l);
}

static void say_error(struct loop *l, const struct error *err)
{
	stack_say(l->stack, "%s %s %s", err->what, error_kept(err), error_todo(err));
}

/* What was said of something else since the member asked to fetch stays until the next key; true: there is such. */
static bool drop_fetching(struct loop *l)
{
	if (strcmp(l->stack->message, _("Fetching new items.")) == 0)
		l->stack->message[0] = '\0';
	return l->stack->message[0] != '\0';
}

static void say_result(struct loop *l)
{
	struct error err;
	apply_changes(l);
	bool other = drop_fetching(l);
	stack_settle(l->stack);
	if (network_trouble(&l->program->network, &err) || network_calendar_trouble(&l->program->network, &err))
		say_error(l, &err);
	else if (!other && l->stack->status[0] == '\0')
		stack_say(l->stack, "%s", _("Done. Everything is up to date."));
	l->program->ctx.waiting = false;
	l->draw = true;
}

/* The one case in which the screen changes without a key: work that the member started and waits for. */
static void watch_work(struct loop *l)
{
	struct program *p = l->program;
	if (!p->ctx.waiting)
		return;
	if (!network_busy(&p->network)) {
		say_result(l);
	} else if (p->config.progress != PROGRESS_OFF && clock_mono_ms() - l->drawn_ms >= ProgressMs) {
		program_reopen_store(p);
		drop_fetching(l);
		l->drawn_ms = clock_mono_ms();
		l->draw = true;
	}
}

/* What the member did shows as soon as it is in the store. A text that is being written shows itself. */
static void watch_own_work(struct loop *l)
{
	struct program *p = l->program;
	struct error err;
	if (p->posted == 0)
		return;
	bool trouble = network_trouble(&p->network, &err);
	if (!trouble && network_written(&p->network) < p->posted)
		return;
	p->posted = 0;
	if (trouble)
		say_error(l, &err);
	if (!trouble && stack_top(l->stack)->ops->kind == SCREEN_EDIT)
		return;
	apply_changes(l);
	l->draw = true;
}

static void watch_login(struct loop *l)
{
	if (l->program->login == NULL)
		return;
	stack_changed(l->stack, STORE_SITE);
	l->draw = true;
}

static void handle_signals(struct loop *l)
{
	if (got_winch)
		resize(l);
	if (got_cont)
		take_terminal_again(l);
	if (got_stop)
		suspend(l);
	if (got_end)
		l->program->leaving = true;
	got_winch = got_stop = got_cont = 0;
}

/* NULL: there is nothing to keep, so nothing wakes kring. */
static const struct timespec *time_to_keep(const struct loop *l, struct timespec *out)
{
	int64_t due = stack_due_ms(l->stack), left = due - clock_mono_ms();
	if (due == 0)
		return NULL;
	*out = (struct timespec){.tv_sec = left > 0 ? left / 1000 : 0, .tv_nsec = left > 0 ? left % 1000 * 1000000 : 0};
	return out;
}

/* What is said of it is shown at once: the next key takes it away. */
static void keep_texts(struct loop *l)
{
	int64_t due = stack_due_ms(l->stack);
	if (due == 0 || clock_mono_ms() < due)
		return;
	uint64_t said = str_hash(l->stack->message, strlen(l->stack->message));
	stack_save_texts(l->stack);
	l->draw |= said != str_hash(l->stack->message, strlen(l->stack->message));
}

static void wait_for_something(struct loop *l, const sigset_t *waiting)
{
	struct pollfd fds[] = {{.fd = term_fd(l->term), .events = POLLIN}, {.fd = l->program->network.wake_read,
		.events = POLLIN}, {.fd = term_owed_fd(l->term), .events = POLLOUT}};
	struct timespec left;
	int n = ppoll(fds, COUNT(fds), time_to_keep(l, &left), waiting);
	handle_signals(l);
	keep_texts(l);
	if (n <= 0)
		return;
	if (fds[1].revents != 0) {
		l->pending |= network_changed(&l->program->network);
		watch_work(l);
		watch_login(l);
		watch_own_work(l);
		l->draw |= setting_link_tell(l->program);
	}
	if (fds[0].revents != 0)
		read_keys(l);
	l->draw |= fds[2].revents != 0;
}

static void show_problems(struct loop *l)
{
	struct program *p = l->program;
	struct arena a = {0};
	if (p->problems != NULL)
		stack_say(l->stack, _("A setting cannot be used: %s. %s"), config_problem_short(p->problems, &a),
			config_problem_advice());
	else if (theme_find(p->config.theme) == NULL)
		stack_say(l->stack, _("There is no theme \"%s\". kring uses no colours."), p->config.theme);
	else if (p->account != NULL && p->store == NULL && p->store_error.kind != ERR_NOT_FOUND)
		say_error(l, &p->store_error);
	else if (p->warnings != NULL)
		stack_say(l->stack, _("A theme may be hard to read: %s."), config_problem_short(p->warnings, &a));
	else if (begin_says(p, &a) != NULL)
		stack_say(l->stack, "%s", begin_says(p, &a));
	arena_fini(&a);
}

static void reopen_place(struct loop *l)
{
	struct program *p = l->program;
	struct arena a = {0};
	if (p->store != NULL && p->config.reopen == REOPEN_PLACE) {
		stack_restore(l->stack, place_store_get(p->store, "screen", &a));
		stack_save(l->stack, &l->place);
	}
	arena_fini(&a);
}

static void start_network(struct loop *l)
{
	struct error err;
	if (program_start(l->program, &err))
		return;
	stack_say_error(l->stack, &err);
	l->draw = true;
}

int fullscreen_run(struct program *p, struct error *err)
{
	struct loop l = {.program = p, .theme = p->config.theme, .cursor = p->config.cursor};
	sigset_t waiting;
	int rows, cols;
	if (!network_init(&p->network, err))
		return 1;
	take_signals(&waiting);
	l.term = term_open(&(struct term_options){.theme = theme_find(p->config.theme),
		.no_colour = !str_empty(getenv("NO_COLOR")), .hidden_cursor = p->config.cursor == CURSOR_HIDDEN}, err);
	if (l.term == NULL) {
		give_signals_back(&waiting);
		return -1;
	}
	p->term = l.term;
	prepare_crash_words();
	panic_set_hook(term_restore_raw);
	term_size(l.term, &rows, &cols);
	l.canvas = canvas_new(rows, cols);
	program_connect(p);
	l.stack = stack_new(&p->ctx, rows, cols);
	reopen_place(&l);
	program_welcome(p);
	begin_after_absence(p);
	show_problems(&l);
	draw(&l);
	start_network(&l);
	begin_visit(p);
	while (!p->leaving) {
		if (l.draw)
			draw(&l);
		wait_for_something(&l, &waiting);
	}
	begin_end_visit(p);
	panic_set_hook(NULL);
	p->term = NULL;
	term_close(l.term);
	let_interrupt();
	setting_link_end(p);
	stack_free(l.stack);
	canvas_free(l.canvas);
	sbuf_fini(&l.place);
	sbuf_fini(&crash_words);
	return got_end != 0 && got_end != SIGTERM && got_end != SIGHUP ? 128 + got_end : 0;
}
