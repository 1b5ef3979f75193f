#include "key_input.h"

#include <string.h>

#include "charset.h"
#include "mem.h"
#include "panic.h"
#include "utf8.h"
#include "width.h"

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

/* Bytes of an unknown sequence after ESC: CSI (ECMA-48 5.4) to its final byte, SS3 one more. 0: not whole
 * yet. */
static size_t unknown_sequence(const struct key_input *in)
{
	const unsigned char *p = in->pending;
	if (p[1] == 'O')
		return in->pending_bytes > 2 ? 3 : 0;
	for (size_t i = 2; i < in->pending_bytes; i++) {
		if (p[i] >= 0x40 && p[i] <= 0x7E && !(i == 2 && p[i] == '['))
			return i + 1;
		if (p[i] < 0x20)
			return i;
	}
	return 0;
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

static enum step next_escape(struct key_input *in, bool final, struct key *out)
{
	size_t used;
	enum key_code code = known_sequence(in, &used);
	bool sequence = in->pending_bytes > 1 && (in->pending[1] == '[' || in->pending[1] == 'O');
	if (code == KEY_NONE && sequence) {
		used = unknown_sequence(in);
		if (used > 0)
			code = modified(in->pending, used);
		if (used == 0 && !final)
			return STEP_MORE;
		if (used == 0 && in->pending_bytes > 2)
			used = in->pending_bytes;
	}
	if (used == 0) {
		if (in->pending_bytes == 1 && !final)
			return STEP_MORE;
		used = 1;
		code = KEY_ESC;
	}
	take(in, used);
	/* The end of a paste can get lost on the line: Esc alone is a way out. */
	if (in->pasting && code == KEY_ESC && final)
		code = KEY_PASTE_END;
	if (in->pasting && code != KEY_PASTE_END)
		return STEP_SKIP;
	if (code == KEY_PASTE_BEGIN || code == KEY_PASTE_END)
		in->pasting = code == KEY_PASTE_BEGIN;
	*out = (struct key){.code = code};
	return code == KEY_NONE ? STEP_SKIP : STEP_KEY;
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

/* Bytes that the UTF-8 character at p says it has. */
static size_t expected_bytes(unsigned char c)
{
	return c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
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

bool key_input_next(struct key_input *in, bool final, struct key *out, bool *waiting)
{
	*waiting = false;
	while (in->pending_bytes > 0) {
		unsigned char c = in->pending[0];
		enum step step = c == '\033' ? next_escape(in, final, out) :
			c < 0x20 || c == 0x7F ? next_control(in, out) : next_text(in, final, out);
		if (step == STEP_KEY)
			return true;
		if (step == STEP_MORE) {
			*waiting = true;
			return false;
		}
	}
	return false;
}
