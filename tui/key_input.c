#include "key_input.h"

#include <string.h>

#include "charset.h"
#include "mem.h"
#include "panic.h"
#include "utf8.h"
#include "width.h"

/* For what may follow an ESC: fingers are slower. For the rest of what has begun: no finger begins like that. */
enum { EscapeWaitMs = 25, RestWaitMs = 500 };

/* What xterm, VTE, the Linux console, PuTTY, tmux and screen send (xterm's ctlseqs; VT220). */
static const struct {
	const char *bytes;
	enum key_code code;
} usual[] = {
	{"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
	{"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
	{"\033[H", KEY_HOME}, {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
	{"\033[1~", KEY_HOME}, {"\033[4~", KEY_END}, {"\033[7~", KEY_HOME}, {"\033[8~", KEY_END},
	{"\033[3~", KEY_DELETE}, {"\033[5~", KEY_PAGE_UP}, {"\033[6~", KEY_PAGE_DOWN}, {"\033[Z", KEY_BACKTAB},
	{"\033OM", KEY_ENTER},
	{"\033OP", KEY_F1}, {"\033OQ", KEY_F1 + 1}, {"\033OR", KEY_F1 + 2}, {"\033OS", KEY_F1 + 3},
	{"\033[11~", KEY_F1}, {"\033[12~", KEY_F1 + 1}, {"\033[13~", KEY_F1 + 2}, {"\033[14~", KEY_F1 + 3},
	{"\033[[A", KEY_F1}, {"\033[[B", KEY_F1 + 1}, {"\033[[C", KEY_F1 + 2}, {"\033[[D", KEY_F1 + 3},
	{"\033[[E", KEY_F1 + 4}, {"\033[15~", KEY_F1 + 4}, {"\033[17~", KEY_F1 + 5}, {"\033[18~", KEY_F1 + 6},
	{"\033[19~", KEY_F1 + 7}, {"\033[20~", KEY_F1 + 8}, {"\033[21~", KEY_F1 + 9}, {"\033[23~", KEY_F1 + 10},
	{"\033[24~", KEY_F12}, {"\033[200~", KEY_PASTE_BEGIN}, {"\033[201~", KEY_PASTE_END},
};

static const struct {
	const char *capability; /* terminfo(5) */
	enum key_code code;
} learned[] = {
	{"kcuu1", KEY_UP}, {"kcud1", KEY_DOWN}, {"kcub1", KEY_LEFT}, {"kcuf1", KEY_RIGHT}, {"khome", KEY_HOME},
	{"kend", KEY_END}, {"kpp", KEY_PAGE_UP}, {"knp", KEY_PAGE_DOWN}, {"kdch1", KEY_DELETE}, {"kcbt", KEY_BACKTAB},
	{"kf1", KEY_F1}, {"kf2", KEY_F1 + 1}, {"kf3", KEY_F1 + 2}, {"kf4", KEY_F1 + 3}, {"kf5", KEY_F1 + 4},
	{"kf6", KEY_F1 + 5}, {"kf7", KEY_F1 + 6}, {"kf8", KEY_F1 + 7}, {"kf9", KEY_F1 + 8}, {"kf10", KEY_F1 + 9},
	{"kf11", KEY_F1 + 10}, {"kf12", KEY_F12},
};

/* Only what starts with ESC and more: single control characters have a fixed meaning. */
void key_input_learn(struct key_input *in, const char *(*capability)(const char *name))
{
	for (size_t i = 0; i < COUNT(learned) && in->own_count < KEY_INPUT_SEQUENCES; i++) {
		const char *bytes = capability(learned[i].capability);
		if (bytes == NULL || bytes[0] != '\033' || bytes[1] == '\0')
			continue;
		in->own[in->own_count].bytes = bytes;
		in->own[in->own_count++].code = learned[i].code;
	}
}

unsigned char *key_input_room(struct key_input *in, size_t *room)
{
	*room = KEY_INPUT_BYTES - in->pending_bytes;
	return in->pending + in->pending_bytes;
}

void key_input_fed(struct key_input *in, size_t bytes)
{
	ensure(bytes <= KEY_INPUT_BYTES - in->pending_bytes);
	in->pending_bytes += bytes;
}

static void take(struct key_input *in, size_t n)
{
	in->pending_bytes -= n;
	memmove(in->pending, in->pending + n, in->pending_bytes);
}

static bool starts(const struct key_input *in, const char *bytes)
{
	size_t n = strlen(bytes);
	return in->pending_bytes >= n && memcmp(in->pending, bytes, n) == 0;
}

/* The longest sequence that is there, KEY_NONE when there is none. */
static enum key_code known_sequence(const struct key_input *in, size_t *used)
{
	enum key_code code = KEY_NONE;
	*used = 0;
	for (size_t i = 0; i < in->own_count; i++) {
		if (strlen(in->own[i].bytes) > *used && starts(in, in->own[i].bytes)) {
			code = in->own[i].code;
			*used = strlen(in->own[i].bytes);
		}
	}
	for (size_t i = 0; i < COUNT(usual); i++) {
		if (strlen(usual[i].bytes) > *used && starts(in, usual[i].bytes)) {
			code = usual[i].code;
			*used = strlen(usual[i].bytes);
		}
	}
	return code;
}

/* Bytes that the UTF-8 character at p says it has. */
static size_t expected_bytes(unsigned char c)
{
	return c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
}

/* CSI to its final byte (ECMA-48 5.4); xterm's oldest mouse report is CSI M and three bytes. */
static size_t control_sequence(const unsigned char *p, size_t n)
{
	if (n > 2 && p[2] == 'M')
		return n < 6 ? 0 : 6;
	for (size_t i = 2; i < n; i++) {
		if (p[i] >= 0x40 && p[i] <= 0x7E && !(i == 2 && p[i] == '['))
			return i + 1;
		if (p[i] < 0x20)
			return i;
	}
	return 0;
}

/* Bytes of what an ESC and something else begin. 0: not whole yet. */
static size_t unknown_sequence(const struct key_input *in)
{
	const unsigned char *p = in->pending;
	if (p[1] == '[')
		return control_sequence(p, in->pending_bytes);
	size_t want = p[1] == 'O' ? 3 : 1 + expected_bytes(p[1]);
	return in->pending_bytes < want ? 0 : want;
}

/* OSC, DCS, SOS, PM and APC, which go on to BEL or to ESC and a backslash. */
static bool starts_string(const struct key_input *in)
{
	return !in->pasting && in->pending_bytes > 1 && memchr("]PX^_", in->pending[1], 5) != NULL;
}

/* The arrows with Shift or Ctrl held: CSI 1 ; modifier letter. */
static enum key_code modified(const unsigned char *p, size_t n)
{
	static const char letters[] = "ABCDHF";
	static const enum key_code codes[][6] = {
		{KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT, KEY_HOME, KEY_END},
		{KEY_UP, KEY_DOWN, KEY_WORD_RIGHT, KEY_WORD_LEFT, KEY_HOME, KEY_END},
	};
	if (n != 6 || p[2] != '1' || p[3] != ';' || (p[4] != '2' && p[4] != '5'))
		return KEY_NONE;
	const char *found = memchr(letters, p[5], sizeof letters - 1);
	return found == NULL ? KEY_NONE : codes[p[4] == '5'][found - letters];
}

enum step { STEP_KEY, STEP_SKIP, STEP_MORE };

/* Pasted text can have the mark for its end in it: the end is where nothing follows. */
static enum step paste_mark(struct key_input *in, enum key_code code, struct key *out)
{
	if (code == KEY_PASTE_END && in->pasting) {
		in->paste_ended = true;
		return STEP_SKIP;
	}
	in->pasting = code == KEY_PASTE_BEGIN;
	in->paste_ended = false;
	*out = (struct key){.code = code};
	return STEP_KEY;
}

static enum step end_paste(struct key_input *in, struct key *out)
{
	in->pasting = in->paste_ended = false;
	*out = (struct key){.code = KEY_PASTE_END};
	return STEP_KEY;
}

static enum step escape_alone(struct key_input *in, bool final, struct key *out)
{
	take(in, 1);
	/* The end of a paste can get lost on the line: Esc alone is a way out. */
	if (in->pasting)
		return final && in->pending_bytes == 0 ? end_paste(in, out) : STEP_SKIP;
	in->was_alone = final;
	*out = (struct key){.code = KEY_ESC};
	return STEP_KEY;
}

static enum step next_escape(struct key_input *in, bool final, struct key *out)
{
	size_t used, n = in->pending_bytes;
	enum key_code code = known_sequence(in, &used);
	unsigned char second = n > 1 ? in->pending[1] : '\0';
	if (n == 1 && !final)
		return STEP_MORE;
	if (code == KEY_NONE && (n == 1 || second == '\033' || (in->pasting && second != '[' && second != 'O')))
		return escape_alone(in, final, out);
	if (code == KEY_NONE && starts_string(in)) {
		in->in_string = true;
		used = 2;
	} else if (code == KEY_NONE) {
		used = unknown_sequence(in);
		code = modified(in->pending, used);
		if (used == 0 && !final)
			return STEP_MORE;
	}
	take(in, used == 0 ? n : used);
	if (code == KEY_PASTE_BEGIN || code == KEY_PASTE_END)
		return paste_mark(in, code, out);
	*out = (struct key){.code = code};
	return code == KEY_NONE || in->pasting ? STEP_SKIP : STEP_KEY;
}

/* An answer of the terminal is left out up to its end, or up to another sequence. */
static enum step next_of_string(struct key_input *in, bool final)
{
	for (size_t i = 0; i < in->pending_bytes; i++) {
		unsigned char c = in->pending[i];
		bool last = i + 1 == in->pending_bytes, end = c == '\033' && !last && in->pending[i + 1] == '\\';
		if (c == '\033' && last && !final) {
			take(in, i);
			return STEP_MORE;
		}
		if (c == '\a' || c == '\033' || c == 0x18) {
			in->in_string = false;
			take(in, c != '\033' ? i + 1 : end ? i + 2 : i);
			return STEP_SKIP;
		}
	}
	take(in, in->pending_bytes);
	return STEP_SKIP;
}

/* On a slow line an ESC can come long before the rest of its sequence; the rest is not text. */
static void join_to_escape(struct key_input *in)
{
	size_t used;
	if (!in->was_alone || in->pasting || in->pending_bytes < 2 || in->pending_bytes == KEY_INPUT_BYTES)
		return;
	memmove(in->pending + 1, in->pending, in->pending_bytes++);
	in->pending[0] = '\033';
	if ((in->pending[1] != '[' && in->pending[1] != 'O') || known_sequence(in, &used) == KEY_NONE)
		take(in, 1);
}

static enum step next_control(struct key_input *in, struct key *out)
{
	unsigned char c = in->pending[0];
	take(in, 1);
	*out = (struct key){0};
	if (c == '\r' || c == '\n')
		out->code = KEY_ENTER;
	else if (c == '\t')
		out->code = KEY_TAB;
	else if (in->pasting)
		return STEP_SKIP;
	else if (c == 0x7F || c == 0x08)
		out->code = KEY_BACKSPACE;
	else if (c >= 1 && c <= 26)
		*out = (struct key){.code = KEY_CTRL, .text = {(char)(c - 1 + 'a')}};
	return out->code == KEY_NONE ? STEP_SKIP : STEP_KEY;
}

static enum step next_single_byte(struct key_input *in, uint32_t cp, struct key *out)
{
	*out = (struct key){.code = KEY_TEXT};
	utf8_encode(out->text, cp);
	take(in, 1);
	return STEP_KEY;
}

static enum step next_text(struct key_input *in, bool final, struct key *out)
{
	const char *s = (const char *)in->pending;
	uint32_t single = charset_typed(in->pending[0]);
	if (single != 0)
		return next_single_byte(in, single, out);
	size_t want = expected_bytes(in->pending[0]);
	if (in->pending_bytes < want && !final)
		return STEP_MORE;
	if (!utf8_valid(s, want < in->pending_bytes ? want : in->pending_bytes)) {
		take(in, 1);
		return STEP_SKIP;
	}
	/* Marks that come in the same read belong to the character; one that comes later is a grapheme of
	 * its own. */
	size_t whole = want;
	while (whole < in->pending_bytes && in->pending[whole] >= 0x80) {
		size_t more = expected_bytes(in->pending[whole]);
		if (whole + more > in->pending_bytes || whole + more >= KEY_TEXT_BYTES || !utf8_valid(s + whole, more))
			break;
		whole += more;
	}
	int cols;
	size_t used = width_grapheme(s, whole, &cols);
	struct sbuf clean = {0};
	utf8_clean(&clean, s, used, 0, KEY_TEXT_BYTES - 1);
	*out = (struct key){.code = clean.n > 0 ? KEY_TEXT : KEY_NONE};
	memcpy(out->text, sbuf_str(&clean), clean.n);
	sbuf_fini(&clean);
	take(in, used);
	return out->code == KEY_NONE ? STEP_SKIP : STEP_KEY;
}

static enum step next_step(struct key_input *in, bool final, struct key *out)
{
	unsigned char c = in->pending[0];
	if (in->in_string)
		return next_of_string(in, final);
	return c == '\033' ? next_escape(in, final, out) : c < 0x20 || c == 0x7F ? next_control(in, out)
		: next_text(in, final, out);
}

bool key_input_next(struct key_input *in, bool final, struct key *out, int *wait_ms)
{
	*wait_ms = 0;
	join_to_escape(in);
	while (in->pending_bytes > 0) {
		in->was_alone = false;
		enum step step = next_step(in, final, out);
		if (step == STEP_KEY)
			return true;
		if (step == STEP_MORE) {
			*wait_ms = in->pending_bytes == 1 && in->pending[0] == '\033' && !in->in_string ? EscapeWaitMs
				: RestWaitMs;
			return false;
		}
	}
	if (in->paste_ended && final)
		return end_paste(in, out) == STEP_KEY;
	*wait_ms = in->paste_ended ? EscapeWaitMs : in->in_string && !final ? RestWaitMs : 0;
	in->in_string = in->in_string && !final;
	return false;
}
