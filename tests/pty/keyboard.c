#include "keyboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "encoding.h"
#include "mem.h"
#include "str.h"

/* Of ncurses: its own header has the name of ours. */
extern char *tigetstr(const char *name);

/* `capability`: what terminfo calls it; bytes: of xterm, and of terminals that have no such key. */
static const struct {
	const char *name, *bytes, *capability;
} named_keys[] = {
	{"Enter", "\r"}, {"Esc", "\033"}, {"Tab", "\t"}, {"BS", "\177", "kbs"}, {"Space", " "},
		{"Up", "\033OA", "kcuu1"},
	{"Down", "\033OB", "kcud1"}, {"Right", "\033OC", "kcuf1"}, {"Left", "\033OD", "kcub1"},
		{"Home", "\033OH", "khome"},
	{"End", "\033OF", "kend"}, {"PageUp", "\033[5~", "kpp"}, {"PageDown", "\033[6~", "knp"},
		{"Delete", "\033[3~", "kdch1"},
	{"F1", "\033OP", "kf1"}, {"F2", "\033OQ", "kf2"}, {"F3", "\033OR", "kf3"}, {"F4", "\033OS", "kf4"},
	{"F5", "\033[15~", "kf5"}, {"F6", "\033[17~", "kf6"}, {"F7", "\033[18~", "kf7"}, {"F8", "\033[19~", "kf8"},
	{"F9", "\033[20~", "kf9"}, {"F10", "\033[21~", "kf10"}, {"F12", "\033[24~", "kf12"}, {"lt", "<"},
	{"Paste", "\033[200~"}, {"EndPaste", "\033[201~"},
};

const char *keyboard_capability(const char *name)
{
	const char *bytes = name == NULL ? NULL : tigetstr(name);
	return bytes == (const char *)-1 ? NULL : bytes;
}

static void send_named(struct story *s, const char *name)
{
	if (strncmp(name, "C-", 2) == 0) {
		char c = (char)(name[2] & 0x1F);
		terminal_send(&s->term, &c, 1);
		return;
	}
	for (size_t i = 0; i < COUNT(named_keys); i++)
		if (strcmp(named_keys[i].name, name) == 0) {
			const char *own = keyboard_capability(named_keys[i].capability);
			const char *bytes = own == NULL ? named_keys[i].bytes : own;
			terminal_send(&s->term, bytes, strlen(bytes));
			return;
		}
	give_up(s, "no key is called <%s>", name);
}

static void type(struct story *s, const char *utf8, size_t n)
{
	struct sbuf bytes = {0};
	encoding_from_utf8(s->charmap, utf8, n, &bytes);
	terminal_send(&s->term, sbuf_str(&bytes), bytes.n);
	sbuf_fini(&bytes);
}

static void until_quiet(struct story *s)
{
	terminal_read(&s->term, 300);
	while (terminal_read(&s->term, 30))
		;
}

/* "\\e" is an escape, "\\xE9" a byte, "\\r" an Enter. */
static void add_bytes(const char *text, struct sbuf *out)
{
	for (; *text != '\0'; text++) {
		unsigned byte;
		if (sscanf(text, "\\x%2x", &byte) == 1) {
			sbuf_addc(out, (char)byte);
			text += 3;
		} else if (text[0] == '\\' && strchr("er", text[1]) != NULL && text[1] != '\0') {
			sbuf_addc(out, text[1] == 'e' ? '\033' : '\r');
			text++;
		} else {
			sbuf_addc(out, *text);
		}
	}
}

void step_send(struct story *s, char *rest)
{
	struct sbuf bytes = {0};
	add_bytes(story_unquote(rest), &bytes);
	terminal_send(&s->term, sbuf_str(&bytes), bytes.n);
	until_quiet(s);
	sbuf_fini(&bytes);
}

/* In pieces, cut at each "|", as over a line that is busy. */
void step_slowly(struct story *s, char *rest)
{
	enum { PieceMs = 100 };
	for (char *piece = strtok(story_unquote(rest), "|"); piece != NULL; piece = strtok(NULL, "|")) {
		struct sbuf bytes = {0};
		add_bytes(piece, &bytes);
		terminal_send(&s->term, sbuf_str(&bytes), bytes.n);
		usleep(PieceMs * 1000);
		sbuf_fini(&bytes);
	}
	until_quiet(s);
}

/* Each key waits until kring is quiet, as fingers do; an Esc is told apart from a function key by time. */
void step_keys(struct story *s, char *text)
{
	s->before_keys = s->term.raw.n;
	while (*text != '\0') {
		if (*text == '<' && strchr(text, '>') != NULL) {
			char *end = strchr(text, '>');
			*end = '\0';
			send_named(s, text + 1);
			text = end + 1;
		} else {
			size_t n = strcspn(text, "<");
			type(s, text, n == 0 ? 1 : n);
			text += n == 0 ? 1 : n;
		}
		until_quiet(s);
	}
}

void step_bytes(struct story *s, char *rest)
{
	size_t came = s->term.raw.n - s->before_keys;
	if (came == 0 || came > (size_t)atoi(rest))
		give_up(s, "%zu bytes came for the last keys", came);
}

/* Many lines in one go. Drawing them takes no more than one screen, however many there are. */
static void send_lines(struct story *s, const char *rest, bool marked)
{
	struct sbuf text = {0};
	int lines = atoi(rest);
	size_t before = s->term.raw.n, most = (size_t)(s->rows * s->cols * 2);
	sbuf_add(&text, marked ? "\033[200~" : "");
	for (int i = 1; i <= lines; i++)
		sbuf_addf(&text, "Dit is regel %d van een tekst die ergens anders geschreven is.\r", i);
	sbuf_add(&text, marked ? "\033[201~" : "");
	terminal_send(&s->term, sbuf_str(&text), text.n);
	sbuf_fini(&text);
	terminal_read(&s->term, 2000);
	while (terminal_read(&s->term, 300))
		;
	if (s->term.raw.n - before > most)
		give_up(s, "%zu bytes came for one drawing", s->term.raw.n - before);
}

void step_paste(struct story *s, char *rest)
{
	send_lines(s, rest, true);
}

void step_burst(struct story *s, char *rest)
{
	send_lines(s, rest, false);
}
