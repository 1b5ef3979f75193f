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
	static const char *const names[] = {"Insert", "M-x", "A-x", "Alt-x", "C-M-x", "C-i", "C-m", "C-h", "C-1", "F13", "F0",
		"", "CapsLock", "qq", "\033"};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct key k;
		if (key_parse(names[i], &k))
			fail_msg("%s: taken", names[i]);
	}
}

/* All keys of some bytes as one string. */
static void say_input(const char *bytes, size_t n, struct sbuf *out)
{
	static struct key_input in;
	struct key k;
	bool waiting;
	size_t room;
	in = (struct key_input){0};
	memcpy(key_input_room(&in, &room), bytes, n);
	key_input_fed(&in, n);
	sbuf_reset(out);
	for (bool final = false;; final = true) {
		while (key_input_next(&in, final, &k, &waiting)) {
			sbuf_add(out, out->n > 0 ? " " : "");
			if (k.code == KEY_PASTE_BEGIN || k.code == KEY_PASTE_END)
				sbuf_add(out, k.code == KEY_PASTE_BEGIN ? "(" : ")");
			key_says(&k, out);
		}
		if (final)
			break;
		sbuf_add(out, waiting ? "~" : "");
	}
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
		{"Esc and a letter", "\033q", "Esc q"},
		{"two times Esc", "\033\033[A", "Esc arrow up"},
		{"half a sequence is dropped", "\033[12", "~"},
		{"mouse and focus say nothing", "\033[<0;1;1Mx\033[I", "x"},
		{"an answer of the terminal says nothing", "\033[?62;4cx", "x"},
		{"control keys", "\x13\x0C\r\n\t\x7F\x08", "Ctrl-S Ctrl-L Enter Enter Tab Backspace Backspace"},
		{"a paste is text", "\033[200~a\033[A\x13\nb\033[201~q", "( a Enter b ) q"},
		{"Esc alone ends a paste that lost its end", "\033[200~a\033", "( a~ )"},
		{"bad UTF-8 is dropped", "\xFFz\xC3", "z~"},
		{"C1 controls are dropped", "\xC2\x9Bz", "z"},
	};
	struct sbuf out = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		say_input(rows[i].bytes, strlen(rows[i].bytes), &out);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
	}
	sbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_keys),
		cmocka_unit_test(keys_of_screen_readers_cannot_be_bound),
		cmocka_unit_test(bytes_become_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
