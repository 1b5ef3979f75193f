#pragma once
#include "sbuf.h"
#include "terminal.h"

/* One story: an empty home, a site, and kring in a terminal. */
enum { WaitMs = 30000, MaxEnv = 64, MaxArgs = 64, MaxKept = 32 };

struct kept {
	char *name;
	struct sbuf text;
};

struct story {
	const char *path, *kring, *kringd;
	int line;
	const char *term_name; /* "xterm" unless told; its keys are sent */
	char dir[64];
	char *env[MaxEnv];
	int env_count;
	int rows, cols;
	const char *lang;
	const char *charmap;  /* of the terminal; NULL: UTF-8 */
	struct sbuf config;
	struct terminal term;
	size_t before_keys;   /* bytes that had come before the last keys */
	bool running;         /* the terminal has a program */
	pid_t server;
	char url[100];
	struct sbuf out, err; /* of the last `run` */
	struct kept kept[MaxKept]; /* by `keep` */
	int kept_count;
	int code;
};

/* Ends the story: it failed at this line. */
void give_up(struct story *s, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
/* Ends the story: this computer lacks what it needs. */
void story_skip(struct story *s, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
/* Words separated by spaces; "quoted words" are one. In place; returns how many. */
int story_split(char *text, char *argv[], int max);
/* "words" without the quotes; \" is a quote. In place. */
char *story_unquote(char *text);
