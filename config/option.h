#pragma once
#include <stdbool.h>

#include "arena.h"
#include "error.h"

enum mode { MODE_SCREEN, MODE_TEXT };
enum message { MESSAGE_PASS, MESSAGE_WAIT };
enum density { DENSITY_COMPACT, DENSITY_ROOMY };
enum symbols { SYMBOLS_ALL, SYMBOLS_ASCII };
enum cursor { CURSOR_VISIBLE, CURSOR_HIDDEN };
enum emoji { EMOJI_WORDS, EMOJI_CHARACTERS };
enum tables { TABLES_COLUMNS, TABLES_LINES };
enum progress { PROGRESS_LINE, PROGRESS_BAR, PROGRESS_OFF };
enum reopen { REOPEN_START, REOPEN_PLACE };
enum start { START_NORMAL, START_LOW_ENERGY };
enum bundled_notice { NOTICE_OFF, NOTICE_START };
enum capacity_unit { CAPACITY_NONE, CAPACITY_HOURS, CAPACITY_MEETINGS };
enum panels { PANELS_ONE, PANELS_SIDE };
enum post_order { ORDER_NEWEST, ORDER_OLDEST };

/* What the member can choose. Every field is a row of the option table, which feeds the parser, the checks,
 * the sample file and the manual. */
struct config {
	int mode, message, density, emoji, tables, progress, reopen, topic_order;
	int symbols, cursor;
	int panels;          /* enum panels: a list and a text beside each other, where the window is wide */
	int start;           /* enum start */
	int notice;          /* enum bundled_notice: what is new, in one sentence */
	int absence_days;    /* away so long: kring begins with what happened; 0: it does not */
	int key_repeat_guard; /* milliseconds in which the same key counts once; 0: off */
	int width;           /* columns of a text, 40-80 */
	int history_months;  /* how far back posts are kept here */
	int sync_minutes;    /* between two looks at the server; 0: only when the member asks */
	int grace_seconds;   /* in which what was sent can be taken back without a trace; 0: sent at once */
	int capacity;        /* enum capacity_unit: what a week of the member is counted in */
	int capacity_week;   /* hours or meetings */
	int weight_intervision, weight_meeting, weight_online;       /* how often a meeting of this kind counts */
	int recovery_intervision, recovery_meeting, recovery_online; /* hours */
	bool letters;        /* single letters as keys */
	bool confirm_letters; /* a letter key is done only after Enter */
	bool new_word;       /* the word "new" beside topics with unread posts */
	const char *language; /* a code, see languages.h; "auto": what the computer says */
	const char *theme;   /* a name; checked where themes are known */
	const char *site;    /* which account to open: a name under the data folder; "" the only or last one */
	const char *quiet_hours; /* "22:00-08:00": kring then looks at the server only when asked; "" none */
	const char *editor;  /* program for writing a longer text, started without a shell; "" $VISUAL or $EDITOR */
	int reminder_minutes;      /* in calendars for other programs, before each meeting; 0: none */
	const char *calendar_file; /* with the member's meetings, for other programs; "" none */
	const char *browser; /* program that opens a link, started without a shell; "" none */
	const struct key_choice *keys; /* of the member's own (key_choice.h); checked where screens are */
};

enum option_kind {
	OPTION_BOOL,
	OPTION_INT,
	OPTION_CHOICE,
	OPTION_TEXT,
	OPTION_KEYS,
	OPTION_LANGUAGE, /* a text: one of the languages there are, or "auto" */
};

struct option {
	const char *name;
	enum option_kind kind;
	unsigned offset;            /* in struct config */
	int min, max, standard;     /* OPTION_INT, and `standard` of OPTION_BOOL and OPTION_CHOICE */
	const char *choices;        /* OPTION_CHOICE: words separated by "|", in the order of the enum */
	const char *standard_text;  /* OPTION_TEXT, OPTION_LANGUAGE */
	/* OPTION_TEXT: false with a sentence; NULL: anything fits */
	bool (*check)(const char *value, struct error *err);
	const char *says;           /* one sentence, translated with _() */
	const char *title;          /* what a person calls it; translated with _() */
	const char *words;          /* OPTION_CHOICE: the choices in words, separated by "|"; translated as a whole */
	bool more;                  /* shown only after "More options" */
};

extern const struct option options_table[]; /* ends with a NULL name */

/* What the member did to a setting. */
enum option_change { OPTION_CHOSEN, OPTION_UNDONE, OPTION_RESTORED };

/* A line of the file that could not be used; the standard value holds. */
struct config_problem {
	const char *file, *key, *why;
	int line;
	const struct config_problem *next;
};

/* Adds a problem at the end of a list; line 0: the whole file. */
void config_problem_add(const struct config_problem ***tail, const char *file, int line, const char *key,
	const char *why, struct arena *a);
/* The standard values. */
void config_init(struct config *c);
/* Reads the file over the values in *c. A file that is absent changes nothing. Never fails: what cannot be
 * used is in *problems, in the order of the file. Texts live in the arena. */
void config_read(const char *path, struct config *c, struct arena *a, const struct config_problem **problems);
/* "path:line: key: why", for stderr and the notices. */
const char *config_problem_text(const struct config_problem *p, struct arena *a);
/* The same with only the file's own name, for a narrow row. */
const char *config_problem_short(const struct config_problem *p, struct arena *a);
/* What kring does without the setting, and what the member can do. */
const char *config_problem_advice(void);
/* One value by name; false with a sentence in err. */
bool config_set(struct config *c, const char *name, const char *value, struct arena *a, struct error *err);
/* NULL when there is no option of that name. */
const struct option *config_option(const char *name);
/* Whether the value is one of a list: then how many there are, and each as it stands in the file and in
 * words. Texts live in the arena. */
bool config_has_choices(const struct option *o);
int config_choice_count(const struct option *o);
const char *config_choice_value(const struct option *o, int index, struct arena *a);
const char *config_choice_words(const struct option *o, int index, struct arena *a);
/* All of them: "auto, en, nl". */
const char *config_choices(const struct option *o, struct arena *a);
/* The value in words: "Dutch", "no", "66". */
const char *config_show_words(const struct config *c, const struct option *o, struct arena *a);
/* The value as it would stand in the file. */
const char *config_show(const struct config *c, const struct option *o, struct arena *a);
