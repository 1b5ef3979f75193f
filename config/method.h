#pragma once
#include <stdbool.h>

#include "arena.h"
#include "option.h"

/* The methods of intervision: which phases there are, how long each takes, who speaks, what is asked, and the
 * words to read aloud. kring has ten; a member adds their own as files in the folder methods beside
 * config.yaml. */
enum method_speaker {
	SPEAKS_CASE_GIVER, SPEAKS_IN_TURN, SPEAKS_GROUP, SPEAKS_FACILITATOR, SPEAKS_NOBODY, SPEAKS_PAUSE,
	SPEAKS_NOT_SAID
};
enum method_unit { METHOD_MINUTES, METHOD_DAYS };
enum method_experience { EXPERIENCE_NONE, EXPERIENCE_SOME, EXPERIENCE_MUCH };
enum method_trust { TRUST_LOW, TRUST_MIDDLE, TRUST_HIGH };

struct method_phase {
	const char *name;
	const char *asks; /* what is asked of the group; "" when the method does not say */
	const char *say;  /* the words to read aloud; "" when the method does not say */
	int length;       /* in the unit of the method */
	enum method_speaker speaks;
};

struct method {
	const char *id, *name;
	const char *const *names; /* all it is known by, in both languages; ends with NULL */
	const char *use;  /* what it is for, in a sentence or two */
	const char *file; /* of the member; NULL for a method of kring */
	int group_min, group_max;
	enum method_experience experience;
	enum method_trust trust;
	enum method_unit unit;
	int total;        /* the lengths of all phases together */
	bool for_new_groups;
	const struct method_phase *phase;
	int count;
};

/* What is around every method that is counted in minutes, and who does what. */
struct method_role {
	const char *name, *does;
};
struct method_frame {
	struct method_phase opening, pause, close;
	int pause_every;  /* minutes that are the most without a pause */
	const struct method_role *role;
	int roles;
};

/* What is asked of who prepares a case, or of who looks back. */
enum method_answer { ANSWER_LINE, ANSWER_TEXT, ANSWER_METHOD, ANSWER_DAY, ANSWER_TICK, ANSWER_CHOICE };
struct method_question {
	const char *id, *label, *hint; /* hint: "" when none */
	enum method_answer answer;
	bool required;
	const char *const *choice;     /* ANSWER_CHOICE: ends with NULL */
};

struct methods {
	struct method_frame frame;
	const struct method_question *preparation, *look_back; /* end with {0} */
	const struct method *method; /* those of kring first, then the member's own by file name */
	int count;
};

/* The YAML of kring's own. */
extern const char methods_data[];

/* All texts are in `language` ("nl", otherwise English; a file of the member in one language keeps that one).
 * A file or phase that cannot be used is a problem and is left out. `problems` may be NULL. */
const struct methods *methods_load(const char *language, struct arena *a, const struct config_problem **problems);
/* Only the problems of the member's own files; costs nothing when there are none. */
void methods_check(const char *language, struct arena *a, const struct config_problem **problems);
/* By id, or by one of its names; case does not matter, nor what stands after the name. NULL when there is none. */
const struct method *method_named(const struct methods *all, const char *name);

/* Who speaks, in words: "in turn"; "" for NOT_SAID. */
const char *method_speaker_words(enum method_speaker speaks);

/* One step of a meeting: a phase of the method or of the frame, `from` minutes (METHOD_DAYS: days) after the
 * start. */
struct method_step {
	const struct method_phase *phase;
	int from, to;
};
struct method_plan {
	const struct method_step *step;
	int count;
	int total;
	bool framed; /* opening, pauses and close have time of their own */
};
/* The plan of a meeting that lasts `available` minutes (0: not known). The frame is left out when the meeting
 * is too short for it. */
struct method_plan method_plan_of(const struct methods *all, const struct method *m, int available,
	struct arena *a);
