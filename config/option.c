#include "option.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "key_choice.h"
#include "languages.h"
#include "quiet.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "yaml_tree.h"

enum { MaxConfigBytes = 256 * 1024 };

#define FIELD(name) .offset = (unsigned)offsetof(struct config, name)

const struct option options_table[] = {
	{"mode", OPTION_CHOICE, FIELD(mode), .choices = "screen|text", .standard = MODE_SCREEN,
		.says = N_("The full screen, or questions and answers on plain lines."),
		.title = N_("How kring works"),
		.words = N_("On the full screen|As questions and answers")},
	{"language", OPTION_LANGUAGE, FIELD(language), .standard_text = "auto",
		.says = N_("The language of kring. It can also follow your computer."),
		.title = N_("Language")},
	{"width", OPTION_INT, FIELD(width), .min = 40, .max = 80, .standard = 66,
		.says = N_("The longest line of a text, in characters."),
		.title = N_("Width of a text")},
	{"density", OPTION_CHOICE, FIELD(density), .choices = "compact|roomy", .standard = DENSITY_ROOMY,
		.says = N_("An empty line between items, if the window is high enough, or none."),
		.title = N_("Space between items"),
		.words = N_("Compact|Roomy")},
	{"panels", OPTION_CHOICE, FIELD(panels), .choices = "one|side-by-side", .standard = PANELS_ONE,
		.says = N_("In a wide window a list can stand left and the opened text right."),
		.title = N_("Panels"),
		.words = N_("One|List and text beside each other"), .more = true},
	{"theme", OPTION_TEXT, FIELD(theme), .standard_text = "terminal",
		.says = N_("The colours of kring, or those of your terminal."),
		.title = N_("Colours")},
	{"message", OPTION_CHOICE, FIELD(message), .choices = "pass|wait", .standard = MESSAGE_PASS,
		.says = N_("The cursor can go to what kring says, until your next key."),
		.title = N_("What kring says"),
		.words = N_("The cursor stays where it is|The cursor goes to it"), .more = true},
	{"tables", OPTION_CHOICE, FIELD(tables), .choices = "columns|lines", .standard = TABLES_COLUMNS,
		.says = N_("A table in a post: in columns, or a line for each value."),
		.title = N_("Tables"),
		.words = N_("In columns, where they fit|A line for each value"), .more = true},
	{"emoji", OPTION_CHOICE, FIELD(emoji), .choices = "words|characters", .standard = EMOJI_WORDS,
		.says = N_("Show emoji as words or as characters."),
		.title = N_("Emoji"),
		.words = N_("As words|As characters"), .more = true},
	{"symbols", OPTION_CHOICE, FIELD(symbols), .choices = "all|ascii", .standard = SYMBOLS_ALL,
		.says = N_("kring can show only plain letters. The texts stay as they are."),
		.title = N_("Letters and signs"),
		.words = N_("As they are|Plain letters only"), .more = true},
	{"cursor", OPTION_CHOICE, FIELD(cursor), .choices = "visible|hidden", .standard = CURSOR_VISIBLE,
		.says = N_("Show the cursor. A hidden cursor still moves along, for speech and braille."),
		.title = N_("Cursor"),
		.words = N_("Visible|Hidden"), .more = true},
	{"letters", OPTION_BOOL, FIELD(letters), .standard = true,
		.says = N_("Use single letters as keys. Everything also works without them."),
		.title = N_("Letter keys")},
	{"keys", OPTION_KEYS, FIELD(keys),
		.says = N_("Keys of your own: the name of an action and its key. See kring-keys(7)."),
		.title = N_("Keys"), .more = true},
	{"new_word", OPTION_BOOL, FIELD(new_word), .standard = true,
		.says = N_("Show the word new beside a topic with posts you have not read."),
		.title = N_("The word \"new\"")},
	{"topic_order", OPTION_CHOICE, FIELD(topic_order), .choices = "newest|oldest", .standard = ORDER_NEWEST,
		.says = N_("Which topic stands at the top of a list."),
		.title = N_("Order of topics"),
		.words = N_("Newest at the top|Oldest at the top"), .more = true},
	{"progress", OPTION_CHOICE, FIELD(progress), .choices = "line|bar|off", .standard = PROGRESS_LINE,
		.says = N_("How kring shows work that you wait for."),
		.title = N_("Progress of work"),
		.words = N_("A line|A bar|Nothing"), .more = true},
	{"reopen", OPTION_CHOICE, FIELD(reopen), .choices = "start|place", .standard = REOPEN_START,
		.says = N_("Begin at the first screen, or where you were."),
		.title = N_("Where kring begins"),
		.words = N_("At the first screen|Where you were")},
	{"start", OPTION_CHOICE, FIELD(start), .choices = "normal|low_energy", .standard = START_NORMAL,
		.says = N_("With little energy the first screen shows at most three things for today."),
		.title = N_("First screen"),
		.words = N_("Everything|For little energy")},
	{"absence_days", OPTION_INT, FIELD(absence_days), .min = 0, .max = 365, .standard = 0,
		.says = N_("After so many days away kring begins with what happened. With 0 it does not."),
		.title = N_("Days away"), .more = true},
	{"quiet_hours", OPTION_TEXT, FIELD(quiet_hours), .standard_text = "", .check = quiet_check,
		.says = N_("In these hours kring fetches only when you ask. Write 22:00-08:00."),
		.title = N_("Quiet hours"), .more = true},
	{"notice", OPTION_CHOICE, FIELD(notice), .choices = "off|start", .standard = NOTICE_OFF,
		.says = N_("One sentence that says what is new for you, never in quiet hours."),
		.title = N_("One notice"),
		.words = N_("None|When kring starts"), .more = true},
	{"confirm_letters", OPTION_BOOL, FIELD(confirm_letters), .standard = false,
		.says = N_("A letter key first says what it does. Enter does it."),
		.title = N_("Letter keys need Enter"), .more = true},
	{"key_repeat_guard", OPTION_INT, FIELD(key_repeat_guard), .min = 0, .max = 2000, .standard = 0,
		.says = N_("Milliseconds in which the same key counts once. With 0 every press counts."),
		.title = N_("Same key counts once"), .more = true},
	{"history_months", OPTION_INT, FIELD(history_months), .min = 1, .max = 240, .standard = 12,
		.says = N_("How many months of posts kring keeps here."),
		.title = N_("Months kept here"), .more = true},
	{"sync_minutes", OPTION_INT, FIELD(sync_minutes), .min = 0, .max = 1440, .standard = 2,
		.says = N_("Minutes between two times of fetching. With 0 only when you ask."),
		.title = N_("Minutes between fetching"), .more = true},
	{"grace_seconds", OPTION_INT, FIELD(grace_seconds), .min = 0, .max = 600, .standard = 15,
		.says = N_("Seconds in which you can take back what you sent. With 0 kring sends at once."),
		.title = N_("Time to take back")},
	{"site", OPTION_TEXT, FIELD(site), .standard_text = "",
		.says = N_("Which community kring opens, when you have more than one."),
		.title = N_("Community"), .more = true},
	{"editor", OPTION_TEXT, FIELD(editor), .standard_text = "",
		.says = N_("The program for writing longer texts. Without it kring uses VISUAL or EDITOR."),
		.title = N_("Program for writing"), .more = true},
	{"browser", OPTION_TEXT, FIELD(browser), .standard_text = "",
		.says = N_("The program that opens a link."),
		.title = N_("Program for links"), .more = true},
	{"calendar_file", OPTION_TEXT, FIELD(calendar_file), .standard_text = "",
		.says = N_("A file with your meetings for another calendar program. kring keeps it up to date."),
		.title = N_("Calendar file"), .more = true},
	{"reminder_minutes", OPTION_INT, FIELD(reminder_minutes), .min = 0, .max = 40320, .standard = 0,
		.says = N_("Minutes before a meeting that another calendar program reminds you. With 0 it does not."),
		.title = N_("Reminder in other calendars"), .more = true},
	{"capacity", OPTION_CHOICE, FIELD(capacity), .choices = "none|hours|meetings", .standard = CAPACITY_NONE,
		.says = N_("What you count in a week, if you want that. Only you see it."),
		.title = N_("Capacity"),
		.words = N_("Not counted|In hours|In meetings")},
	{"capacity_week", OPTION_INT, FIELD(capacity_week), .min = 0, .max = 168, .standard = 8,
		.says = N_("How many hours or meetings fit in your week."),
		.title = N_("Capacity in a week"), .more = true},
	{"weight_intervision", OPTION_INT, FIELD(weight_intervision), .min = 0, .max = 10, .standard = 1,
		.says = N_("How often an intervision counts. With 2 it counts twice."),
		.title = N_("Weight of an intervision"), .more = true},
	{"weight_meeting", OPTION_INT, FIELD(weight_meeting), .min = 0, .max = 10, .standard = 1,
		.says = N_("How often a meeting on site counts. With 2 it counts twice."),
		.title = N_("Weight of a meeting on site"), .more = true},
	{"weight_online", OPTION_INT, FIELD(weight_online), .min = 0, .max = 10, .standard = 1,
		.says = N_("How often an online meeting counts. With 2 it counts twice."),
		.title = N_("Weight of an online meeting"), .more = true},
	{"recovery_intervision", OPTION_INT, FIELD(recovery_intervision), .min = 0, .max = 72, .standard = 0,
		.says = N_("Hours of recovery after an intervision."),
		.title = N_("Recovery after an intervision"), .more = true},
	{"recovery_meeting", OPTION_INT, FIELD(recovery_meeting), .min = 0, .max = 72, .standard = 0,
		.says = N_("Hours of recovery after a meeting on site."),
		.title = N_("Recovery after a meeting on site"), .more = true},
	{"recovery_online", OPTION_INT, FIELD(recovery_online), .min = 0, .max = 72, .standard = 0,
		.says = N_("Hours of recovery after an online meeting."),
		.title = N_("Recovery after an online meeting"), .more = true},
	{0},
};

static int *int_field(struct config *c, const struct option *o)
{
	return (int *)((char *)c + o->offset);
}

static bool *bool_field(struct config *c, const struct option *o)
{
	return (bool *)((char *)c + o->offset);
}

static bool is_text(const struct option *o)
{
	return o->kind == OPTION_TEXT || o->kind == OPTION_LANGUAGE;
}

static const char **text_field(struct config *c, const struct option *o)
{
	return (const char **)((char *)c + o->offset);
}

static const struct key_choice **keys_field(struct config *c, const struct option *o)
{
	return (const struct key_choice **)((char *)c + o->offset);
}

void config_init(struct config *c)
{
	*c = (struct config){0};
	for (const struct option *o = options_table; o->name != NULL; o++) {
		if (o->kind == OPTION_BOOL)
			*bool_field(c, o) = o->standard != 0;
		else if (is_text(o))
			*text_field(c, o) = o->standard_text;
		else if (o->kind != OPTION_KEYS)
			*int_field(c, o) = o->standard;
	}
}

const struct option *config_option(const char *name)
{
	for (const struct option *o = options_table; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

/* The place of `word` in "a|b|c", or -1. */
static int choice_index(const char *choices, const char *word)
{
	size_t len = strlen(word);
	int i = 0;
	for (const char *s = choices;; s += strcspn(s, "|") + 1, i++) {
		size_t n = strcspn(s, "|");
		if (n == len && memcmp(s, word, n) == 0)
			return i;
		if (s[n] == '\0')
			return -1;
	}
}

static const char *choice_word(const char *choices, int index, struct arena *a)
{
	while (index-- > 0)
		choices += strcspn(choices, "|") + 1;
	return arena_strndup(a, choices, strcspn(choices, "|"));
}

bool config_has_choices(const struct option *o)
{
	return o->kind == OPTION_BOOL || o->kind == OPTION_CHOICE || o->kind == OPTION_LANGUAGE;
}

int config_choice_count(const struct option *o)
{
	int count = 1;
	if (o->kind == OPTION_BOOL)
		return 2;
	if (o->kind == OPTION_LANGUAGE)
		return 1 + language_count();
	for (const char *s = o->choices; (s = strchr(s, '|')) != NULL; s++)
		count++;
	return count;
}

const char *config_choice_value(const struct option *o, int index, struct arena *a)
{
	if (o->kind == OPTION_LANGUAGE)
		return index == 0 ? o->standard_text : language_code(index - 1);
	return choice_word(o->kind == OPTION_BOOL ? "yes|no" : o->choices, index, a);
}

const char *config_choice_words(const struct option *o, int index, struct arena *a)
{
	if (o->kind == OPTION_LANGUAGE)
		return index == 0 ? _("As your computer") : language_title(index - 1);
	return choice_word(o->kind == OPTION_BOOL ? _("Yes|No") : _(o->words), index, a);
}

const char *config_choices(const struct option *o, struct arena *a)
{
	const char *all = config_choice_value(o, 0, a);
	for (int i = 1; i < config_choice_count(o); i++)
		all = arena_printf(a, "%s, %s", all, config_choice_value(o, i, a));
	return all;
}

static bool set(struct config *c, const struct option *o, const char *value, struct arena *a, struct error *err)
{
	int64_t n;
	switch (o->kind) {
	case OPTION_BOOL:
		return yaml_word_bool(value, bool_field(c, o)) || fail(err, ERR_INVALID, _("choose yes or no"));
	case OPTION_INT:
		if (!str_to_int(value, o->min, o->max, &n))
			return fail(err, ERR_INVALID, _("choose a number from %d to %d"), o->min, o->max);
		*int_field(c, o) = (int)n;
		return true;
	case OPTION_CHOICE:
		if (choice_index(o->choices, value) < 0)
			return fail(err, ERR_INVALID, _("choose one of: %s"), config_choices(o, a));
		*int_field(c, o) = choice_index(o->choices, value);
		return true;
	case OPTION_LANGUAGE:
		if (!str_equal(value, o->standard_text) && !language_is_there(value))
			return fail(err, ERR_INVALID, _("choose one of: %s"), config_choices(o, a));
		*text_field(c, o) = arena_strdup(a, value);
		return true;
	case OPTION_TEXT:
		if (o->check != NULL && !o->check(value, err))
			return false;
		*text_field(c, o) = utf8_clean_arena(a, value, 0, 1000);
		return true;
	case OPTION_KEYS:
		*keys_field(c, o) = key_choice_parse(value, a);
		return true;
	}
	return false;
}

bool config_set(struct config *c, const char *name, const char *value, struct arena *a, struct error *err)
{
	const struct option *o = config_option(name);
	if (o == NULL)
		return fail(err, ERR_INVALID, _("kring does not know this setting"));
	return set(c, o, value, a, err);
}

void config_problem_add(const struct config_problem ***tail, const char *file, int line, const char *key,
	const char *why, struct arena *a)
{
	struct config_problem *p = ARENA_NEW(a, struct config_problem);
	*p = (struct config_problem){.file = arena_strdup(a, file), .key = utf8_clean_arena(a, key, 0, 100),
		.why = arena_strdup(a, why), .line = line};
	**tail = p;
	*tail = &p->next;
}

/* yaml_parse says "PATH:LINE: why". */
static void add_syntax_problem(const struct config_problem ***tail, const char *path, const char *why,
	struct arena *a)
{
	size_t n = strlen(path);
	char *end = NULL;
	long line = str_starts(why, path) && why[n] == ':' ? strtol(why + n + 1, &end, 10) : 0;
	bool split = line > 0 && line <= INT_MAX && str_starts(end, ": ");
	config_problem_add(tail, path, split ? (int)line : 0, "", split ? end + 2 : why, a);
}

void config_read(const char *path, struct config *c, struct arena *a, const struct config_problem **problems)
{
	struct sbuf text = {0};
	struct error err;
	const struct config_problem **tail = problems;
	*problems = NULL;
	if (!file_read(path, MaxConfigBytes, &text, &err)) {
		if (err.kind != ERR_NOT_FOUND)
			config_problem_add(&tail, path, 0, "", err.detail[0] != '\0' ? err.detail : err.what, a);
		sbuf_fini(&text);
		return;
	}
	const struct yaml *root = yaml_parse(path, sbuf_str(&text), text.n, a, &err);
	if (root == NULL)
		add_syntax_problem(&tail, path, err.what, a);
	else if (root->kind != YAML_MAP)
		config_problem_add(&tail, path, 0, "", _("write one setting a line: name: value"), a);
	else
		YAML_EACH (item, root) {
			if (str_equal(item->key, "keys"))
				key_choice_read(item, path, &c->keys, a, &tail);
			else if (item->kind != YAML_TEXT)
				config_problem_add(&tail, path, item->line, item->key, _("kring does not know this setting"), a);
			else if (!config_set(c, item->key, item->text, a, &err))
				config_problem_add(&tail, path, item->line, item->key, err.what, a);
		}
	sbuf_fini(&text);
}

static const char *problem_text(const struct config_problem *p, const char *file, struct arena *a)
{
	if (p->line == 0)
		return arena_printf(a, "%s: %s", file, p->why);
	if (p->key[0] == '\0')
		return arena_printf(a, "%s:%d: %s", file, p->line, p->why);
	return arena_printf(a, "%s:%d: %s: %s", file, p->line, p->key, p->why);
}

const char *config_problem_text(const struct config_problem *p, struct arena *a)
{
	return problem_text(p, p->file, a);
}

const char *config_problem_short(const struct config_problem *p, struct arena *a)
{
	const char *slash = strrchr(p->file, '/');
	return problem_text(p, slash == NULL ? p->file : slash + 1, a);
}

const char *config_problem_advice(void)
{
	return _("kring uses the standard for it. Correct the file.");
}

const char *config_show(const struct config *c, const struct option *o, struct arena *a)
{
	struct config *v = (struct config *)(uintptr_t)c;
	switch (o->kind) {
	case OPTION_BOOL:
		return *bool_field(v, o) ? "yes" : "no";
	case OPTION_INT:
		return arena_printf(a, "%d", *int_field(v, o));
	case OPTION_CHOICE:
		return choice_word(o->choices, *int_field(v, o), a);
	case OPTION_TEXT:
	case OPTION_LANGUAGE:
		return *text_field(v, o);
	case OPTION_KEYS:
		return key_choice_show(*keys_field(v, o), a);
	}
	return "";
}

const char *config_show_words(const struct config *c, const struct option *o, struct arena *a)
{
	struct config *v = (struct config *)(uintptr_t)c;
	if (o->kind == OPTION_BOOL)
		return config_choice_words(o, *bool_field(v, o) ? 0 : 1, a);
	if (o->kind == OPTION_CHOICE)
		return config_choice_words(o, *int_field(v, o), a);
	if (o->kind == OPTION_KEYS)
		return c->keys == NULL ? _("Standard") : _("With keys of your own");
	for (int i = 0; o->kind == OPTION_LANGUAGE && i < config_choice_count(o); i++)
		if (str_equal(*text_field(v, o), config_choice_value(o, i, a)))
			return config_choice_words(o, i, a);
	return config_show(c, o, a);
}
