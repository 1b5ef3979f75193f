#include "screens.h"

#include "first_run.h"
#include "languages.h"
#include "setting_value.h"
#include "str.h"
#include "text.h"
#include "theme.h"

/* The first questions, one at a time (target number: which). What is chosen holds at once; Esc stops, and the
 * next time kring goes on where it was. */
enum { Steps = 4, RowGoOn = 1, RowText = 2, RowTheme = 10, LookRows = 2 };

static int step_of(const struct screen *s)
{
	int n = s->target.number;
	return n < FIRST_RUN_LANGUAGE || n > FIRST_RUN_COMMUNITY ? FIRST_RUN_LANGUAGE : n;
}

static const char *title_of(struct screen *s, int step)
{
	static const char *const names[] = {NULL, N_("language"), N_("the look"), N_("community"), N_("logging in")};
	/* Translators: the second %d is how many steps there are; %s is what is asked. */
	return arena_printf(&s->mem, _("First steps, step %d of %d: %s"), step, Steps, _(names[step]));
}

static void welcome_load(struct screen *s)
{
	const int counts[] = {0, language_count() + 1, LookRows + (int)theme_count(), 3};
	int step = step_of(s);
	s->title = title_of(s, step);
	s->count = counts[step];
}

/* Each in its own language, so that everyone can choose; the last one is the computer's. */
static void language_rows(struct screen *s, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++) {
		int at = first + i;
		out[i] = at < language_count()
			? (struct row){.id = at + 1, .title = language_title(at), .detail = language_says(at)}
			: (struct row){.id = at + 1, .title = _("As your computer"),
			.detail = _("kring follows its language.")};
	}
}

/* The one that the computer asks for. */
static int welcome_first(struct screen *s)
{
	int at = language_count() - 1;
	if (step_of(s) != FIRST_RUN_LANGUAGE)
		return 0;
	while (at > 0 && !str_equal(language_code(at), _("en")))
		at--;
	return at;
}

static void look_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct row before[LookRows] = {
		{.id = RowGoOn, .title = _("Go on as it looks now"), .detail = _("You can change it later.")},
		{.id = RowText, .title = _("Questions and answers on plain lines"), .detail = _("For speech and braille.")},
	};
	for (int i = 0; i < n; i++) {
		int theme = first + i - LookRows;
		if (theme < 0) {
			out[i] = before[first + i];
			continue;
		}
		const struct theme *t = theme_at((size_t)theme);
		out[i] = (struct row){.id = RowTheme + theme, .title = theme_title(t),
			.detail = _("Choose it to see it here.")};
		if (str_equal(theme_name(t), s->ctx->config->theme))
			out[i].state = _("chosen");
	}
}

static void community_rows(int first, int n, struct row *out)
{
	static const struct row rows[] = {
		{.id = 1, .title = N_("Log in at my community"), .detail = N_("Step 4. You need its address.")},
		{.id = 2, .title = N_("Look around in a sample community"),
			.detail = N_("Only on this computer. Nothing is real.")},
		{.id = 3, .title = N_("Later"), .detail = N_("You go to the first screen.")},
	};
	for (int i = 0; i < n; i++)
		out[i] = (struct row){.id = rows[first + i].id, .title = _(rows[first + i].title),
			.detail = _(rows[first + i].detail)};
}

static void welcome_rows(struct screen *s, int first, int n, struct row *out)
{
	if (step_of(s) == FIRST_RUN_LANGUAGE)
		language_rows(s, first, n, out);
	else if (step_of(s) == FIRST_RUN_LOOK)
		look_rows(s, first, n, out);
	else
		community_rows(first, n, out);
}

static void next_step(struct screen *s)
{
	const struct host *h = s->ctx->host;
	int next = step_of(s) + 1;
	if (h != NULL && h->first_step != NULL)
		h->first_step(h->self, next);
	if (next == FIRST_RUN_DONE)
		screen_back(s);
	else
		screen_replace(s, &(struct target){.screen = "welcome", .number = next});
}

static void choose_language(struct screen *s, int64_t id)
{
	const struct option *o = config_option("language");
	if (setting_set(s, o, id <= language_count() ? language_code((int)id - 1) : o->standard_text))
		next_step(s);
}

static void choose_look(struct screen *s, int64_t id)
{
	if (id == RowText && !setting_set(s, config_option("mode"), "text"))
		return;
	if (id == RowGoOn || id == RowText) {
		next_step(s);
		return;
	}
	setting_set(s, config_option("theme"), theme_name(theme_at((size_t)(id - RowTheme))));
	screen_reload(s);
}

/* The last step is a screen of its own; this one has its own number again when the member comes back. */
static void log_in(struct screen *s)
{
	s->title = title_of(s, Steps);
	s->stale = true;
	screen_go(s, &(struct target){.screen = "login"});
}

static void choose_community(struct screen *s, int64_t id)
{
	const struct host *h = s->ctx->host;
	if (id == 1)
		log_in(s);
	else if (id == 2 && h != NULL && h->demo != NULL)
		h->demo(h->self);
	else
		next_step(s);
}

static void welcome_enter(struct screen *s, const struct row *row)
{
	static void (*const choose[])(struct screen *s, int64_t id) = {NULL, choose_language, choose_look,
		choose_community};
	choose[step_of(s)](s, row->id);
}

/* The step is in the title. */
static void welcome_position_text(const struct screen *s, struct sbuf *out)
{
}

const struct screen_ops welcome_ops = {
	.name = "welcome", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.load = welcome_load, .first = welcome_first,
	.rows = welcome_rows, .choices = true, .enter = welcome_enter, .position_text = welcome_position_text,
};
