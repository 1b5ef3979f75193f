#include "check.h"

#include "key.h"
#include "key_input.h"
#include "mem.h"

static void names_and_keys(void **state)
{
	static const struct {
		const char *name, *said;
	} rows[] = {
		{"q", "q"}, {"?", "?"}, {"é", "é"}, {"C-s", "Ctrl-S"}, {"ctrl-L", "Ctrl-L"}, {"F1", "F1"}, {"f12", "F12"},
		{"enter", "Enter"}, {"Esc", "Esc"}, {"Space", "space"}, {"Up", "arrow up"}, {"PageDown", "Page Down"},
		{"F", "F"}, {"S-Tab", "Shift-Tab"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct key k;
		struct sbuf said = {0};
		if (!key_parse(rows[i].name, &k))
			fail_msg("%s: not understood", rows[i].name);
		key_says(&k, &said);
		CHECK_STRING(rows[i].name, sbuf_str(&said), rows[i].said);
		sbuf_fini(&said);
	}
}

static void keys_of_screen_readers_cannot_be_bound(void **state)
{
	static const char *const names[] = {"Insert", "M-x", "A-x", "Alt-x", "C-M-x", "C-i", "C-m", "C-h", "C-1",
		"F13", "F0", "", "CapsLock", "qq", "\033"};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct key k;
		if (key_parse(names[i], &k))
			fail_msg("%s: taken", names[i]);
	}
}

/* Adds the keys of some more bytes; true: more is to come. */
static bool say_more(struct key_input *in, const char *bytes, bool final, struct sbuf *out)
{
	struct key k;
	int wait_ms;
	size_t room;
	memcpy(key_input_room(in, &room), bytes, strlen(bytes));
	key_input_fed(in, strlen(bytes));
	while (key_input_next(in, final, &k, &wait_ms)) {
		sbuf_add(out, out->n > 0 ? " " : "");
		if (k.code == KEY_PASTE_BEGIN || k.code == KEY_PASTE_END)
			sbuf_add(out, k.code == KEY_PASTE_BEGIN ? "(" : ")");
		key_says(&k, out);
	}
	return wait_ms > 0;
}

/* All keys of some bytes as one string. */
static void say_input(const char *bytes, struct sbuf *out)
{
	static struct key_input in;
	in = (struct key_input){0};
	sbuf_reset(out);
	sbuf_add(out, say_more(&in, bytes, false, out) ? "~" : "");
	say_more(&in, "", true, out);
}

static void bytes_become_keys(void **state)
{
	static const struct {
		const char *name, *bytes, *want;
	} rows[] = {
		{"letters", "ab", "a b"},
		{"accents", "é宽", "é 宽"},
		{"a letter with a mark", "e\xCC\x81", "e\xCC\x81"},
		{"arrows", "\033[A\033OB", "arrow up arrow down"},
		{"with Ctrl", "\033[1;5C\033[1;5D\033[1;5A", "Ctrl and arrow right Ctrl and arrow left arrow up"},
		{"function keys", "\033OP\033[11~\033[24~", "F1 F1 F12"},
		{"Linux console", "\033[[A\033[1~", "F1 Home"},
		{"Esc alone waits, then is Esc", "\033", "~ Esc"},
		{"a letter with Alt says nothing", "\033qx\033\xC3\xA9x\033\rx", "x x x"},
		{"two times Esc", "\033\033[A", "Esc arrow up"},
		{"half a sequence is dropped", "\033[12", "~"},
		{"mouse and focus say nothing", "\033[<0;1;1Mx\033[I", "x"},
		{"an answer of the terminal says nothing", "\033[?62;4cx", "x"},
		{"control keys", "\x13\x0C\r\n\t\x7F\x08", "Ctrl-S Ctrl-L Enter Enter Tab Backspace Backspace"},
		{"the oldest mouse says nothing", "\033[M !!x", "x"},
		{"a colour that nobody asked for", "\033]11;rgb:0000/0000/0000\033\\x\033]11;rgb:0/0/0\ax", "x x"},
		{"a version that nobody asked for", "\033P>|XTerm(390)\033\\x\033P1+r544e=78\033\\x", "x x"},
		{"other answers", "\033_Gi=1;OK\033\\x\033^q\033\\x\033Xq\033\\x", "x x x"},
		{"an answer without an end", "\033]11;rgb:", "~"},
		{"an answer cut off by a key", "\033]11;rgb:\033[A", "arrow up"},
		{"a paste is text", "\033[200~a\033[A\x13\nb\033[201~", "( a Enter b~ )"},
		{"a paste with an end in it is text", "\033[200~a\033[201~q\r\033[21~\033[201~", "( a q Enter~ )"},
		{"a paste with an answer in it", "\033[200~a\033]0;b\ac\033[201~", "( a ] 0 ; b c~ )"},
		{"Esc alone ends a paste that lost its end", "\033[200~a\033", "( a~ )"},
		{"bad UTF-8 is dropped", "\xFFz\xC3", "z~"},
		{"C1 controls are dropped", "\xC2\x9Bz", "z"},
	};
	struct sbuf out = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		say_input(rows[i].bytes, &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
	}
	sbuf_fini(&out);
}

/* A slow line brings the bytes in two pieces with more time between them than kring waits for. */
static void a_sequence_in_two_pieces_is_never_text(void **state)
{
	static const struct {
		const char *first, *second, *want;
	} rows[] = {
		{"\033[", "A", "arrow up"},
		{"\033O", "P", "F1"},
		{"\033[2", "1~", "F10"},
		{"\xC3", "\xA9", "\xC3\xA9"},
		{"\033]11;rgb", ":0\033\\x", "x"},
		{"\033]11;rgb\033", "\\x", "x"},
		{"\033[200~a\033[20", "1~", "( a )"},
		{"\033[200~a\033[201~", "q", "( a q )"},
	};
	struct sbuf out = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		static struct key_input in;
		in = (struct key_input){0};
		sbuf_reset(&out);
		say_more(&in, rows[i].first, false, &out);
		say_more(&in, rows[i].second, false, &out);
		say_more(&in, "", true, &out);
		CHECK_STRING(rows[i].first + 1, sbuf_str(&out), rows[i].want);
	}
	sbuf_fini(&out);
}

static void what_comes_after_a_lost_escape_is_a_key(void **state)
{
	static struct key_input in;
	struct sbuf out = {0};
	in = (struct key_input){0};
	say_more(&in, "\033", true, &out);
	say_more(&in, "[A", true, &out);
	CHECK_STRING("the rest", sbuf_str(&out), "Esc arrow up");
	say_more(&in, "[A", true, &out);
	CHECK_STRING("typed by itself", sbuf_str(&out), "Esc arrow up [ A");
	sbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_keys),
		cmocka_unit_test(keys_of_screen_readers_cannot_be_bound),
		cmocka_unit_test(bytes_become_keys),
		cmocka_unit_test(a_sequence_in_two_pieces_is_never_text),
		cmocka_unit_test(what_comes_after_a_lost_escape_is_a_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
