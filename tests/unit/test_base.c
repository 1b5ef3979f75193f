#include "check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "base64.h"
#include "clock.h"
#include "entity.h"
#include "error.h"
#include "file.h"
#include "mem.h"
#include "rsa.h"
#include "sha.h"
#include "str.h"
#include "utf8.h"
#include "width.h"

static void the_gate_lets_only_harmless_text_through(void **state)
{
	static const struct {
		const char *name, *in, *want;
		unsigned flags;
	} rows[] = {
		{"plain", "Hallo Zoë", "Hallo Zoë", 0},
		{"escape sequence", "a\033[31mb", "a[31mb", 0},
		{"title by OSC", "\033]0;x\007y", "]0;xy", 0},
		{"C1 controls as UTF-8", "a\xC2\x9B" "31mb", "a31mb", 0},
		{"a bare C1 byte is not UTF-8", "a\x9B" "b", "a\xEF\xBF\xBD" "b", 0},
		{"shift out", "a\016b", "ab", 0},
		{"bidi override", "abc\xE2\x80\xAE" "def", "abcdef", 0},
		{"bidi isolate", "a\xE2\x81\xA6" "b", "ab", 0},
		{"zero-width space in a name", "n\xE2\x80\x8Bickname", "nickname", 0},
		{"soft hyphen", "ont\xC2\xADwerp", "ontwerp", 0},
		{"byte order mark", "\xEF\xBB\xBFx", "x", 0},
		{"tag characters", "x\xF3\xA0\x81\x81y", "xy", 0},
		{"line breaks become a space", "a\r\nb\nc\rd", "a b c d", 0},
		{"line breaks kept", "a\r\nb\rc\td", "a\nb\nc\td", UTF8_LINES},
		{"overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 0},
		{"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 0},
		{"emoji family keeps its joiners", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
			"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", 0},
		{"a joiner between letters goes", "a\xE2\x80\x8D" "b", "ab", 0},
		{"emoji selector stays", "\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4\xEF\xB8\x8F", 0},
		{"a selector after a letter goes", "a\xEF\xB8\x8F", "a", 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		utf8_clean(&out, rows[i].in, strlen(rows[i].in), rows[i].flags, 1000);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
}

static void the_gate_stops_on_a_whole_character(void **state)
{
	struct sbuf out = {0};
	utf8_clean(&out, "ééé", 6, 0, 5);
	CHECK_STRING("five bytes of room", sbuf_str(&out), "éé");
	sbuf_fini(&out);
	char cut[] = "Zo\xC3";
	utf8_cut_partial(cut);
	CHECK_STRING("half a character", cut, "Zo");
	char whole[] = "Zoë";
	utf8_cut_partial(whole);
	CHECK_STRING("a whole one", whole, "Zoë");
}

static void columns_are_counted_by_grapheme(void **state)
{
	static const struct {
		const char *name, *text;
		int cols;
	} rows[] = {
		{"ascii", "abc", 3},
		{"accents", "Zoë", 3},
		{"combining mark", "Zoe\xCC\x88", 3},
		{"CJK", "日本", 4},
		{"emoji", "\xF0\x9F\x99\x82", 2},
		{"emoji family", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", 2},
		{"flag", "\xF0\x9F\x87\xB3\xF0\x9F\x87\xB1", 2},
		{"heart with selector", "\xE2\x9D\xA4\xEF\xB8\x8F", 2},
		{"digit then accent", "1é", 2},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].name, width_cols(rows[i].text), rows[i].cols);
}

static void a_text_is_cut_to_columns_and_never_inside_a_grapheme(void **state)
{
	static const struct {
		const char *name, *text;
		int cols;
		const char *want;
	} rows[] = {
		{"shorter than the column", "Noor", 6, "Noor  "},
		{"cut in the middle", "Noor van Dam", 6, "Noor …"},
		{"wide character does not fit", "日本語", 4, "日… "},
		{"combining mark goes with its letter", "Zoe\xCC\x88y", 3, "Zo…"},
		{"one column", "Noor", 1, "N"},
		{"no room at all", "Noor", 0, ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		sbuf_add(&out, "");
		width_add(&out, rows[i].text, rows[i].cols, 1);
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
	CHECK_INT("before a combining mark", width_grapheme_before("Zoe\xCC\x88", 5), 3);
	CHECK_INT("before a letter", width_grapheme_before("Zoë", 2), 1);
	CHECK_INT("before the start", width_grapheme_before("Zoë", 0), 0);
}

static void folding_and_transliteration_keep_words_readable(void **state)
{
	char *folded = utf8_fold("ZOË Ångström ﬁets");
	CHECK_STRING("fold", folded, "zoe angstrom fiets");
	free(folded);
	assert_true(utf8_compare("Émile", "Ferdi") < 0);
	assert_int_equal(utf8_compare("Ana", "Ana"), 0);
	struct sbuf out = {0};
	utf8_to_ascii(&out, "Zoë – “één” € 5… 日");
	CHECK_STRING("ascii", sbuf_str(&out), "Zoe - \"een\" EUR 5... ?");
	sbuf_fini(&out);
}

static void every_form_of_a_time_is_read(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
		bool ok, naive;
	} rows[] = {
		{"2026-03-03T14:30:00Z", 1772548200000, true, false},
		{"2026-03-03T14:30:00.250Z", 1772548200250, true, false},
		{"2026-03-03T15:30:00.000+01:00", 1772548200000, true, false},
		{"2026-03-03 14:30:00 UTC", 1772548200000, true, false},
		{"2026-03-03T14:30:00", 1772548200000, true, true},
		{"2026-03-03", 1772496000000, true, true},
		{"0001-01-01T00:00:00Z", -62135596800000, true, false},
		{"9999-12-31T23:59:59Z", 253402300799000, true, false},
		{"2026-02-29", 0, false, false},
		{"2026-13-01", 0, false, false},
		{"2026-03-03T25:00:00Z", 0, false, false},
		{"2026-03-03T14:30:00 morgen", 0, false, false},
		{"morgen", 0, false, false},
		{"", 0, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t ms = 0;
		bool naive = false;
		CHECK_INT(rows[i].text, time_parse(rows[i].text, &ms, &naive), rows[i].ok);
		CHECK_INT(rows[i].text, ms, rows[i].ms);
		CHECK_INT(rows[i].text, naive, rows[i].naive);
	}
	assert_false(time_parse(NULL, &(int64_t){0}, NULL));
	for (int64_t s = -62135596800; s < 253402300799; s += 86400 * 37 + 12345) {
		struct civil c = civil_from_seconds(s);
		assert_true(civil_valid(&c));
		assert_int_equal(civil_to_seconds(&c), s);
	}
	assert_int_equal(civil_from_seconds(0).weekday, 3);
}

static void base64_reads_what_people_paste(void **state)
{
	struct sbuf out = {0};
	assert_true(base64_decode(&out, " aGFs\r\n bG8=\n"));
	CHECK_STRING("with line breaks", sbuf_str(&out), "hallo");
	sbuf_reset(&out);
	assert_true(base64_decode(&out, "_-8"));
	assert_int_equal(out.n, 2);
	sbuf_reset(&out);
	assert_false(base64_decode(&out, "aGFs*bG8="));
	sbuf_reset(&out);
	assert_false(base64_decode(&out, "aGFsb"));
	sbuf_reset(&out);
	base64_encode(&out, "hallo", 5);
	CHECK_STRING("encode", sbuf_str(&out), "aGFsbG8=");
	sbuf_fini(&out);
	char hex[SHA256_HEX];
	sha256_hex("abc", 3, hex);
	CHECK_STRING("sha256", hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_key_pair_opens_what_its_public_half_closed(void **state)
{
	struct error err;
	struct sbuf pem = {0}, closed = {0}, open = {0};
	struct rsa *mine = rsa_new(&err), *other = rsa_new(&err);
	rsa_public_pem(mine, &pem);
	struct rsa *public = rsa_from_pem(sbuf_str(&pem), &err);
	for (int padding = RSA_PKCS1; padding <= RSA_OAEP_SHA1; padding++) {
		sbuf_reset(&closed);
		sbuf_reset(&open);
		assert_true(rsa_encrypt(public, padding, "geheim", 6, &closed, &err));
		assert_true(rsa_decrypt(mine, padding, closed.p, closed.n, &open, &err));
		CHECK_STRING("opened", sbuf_str(&open), "geheim");
	}
	sbuf_reset(&open);
	assert_false(rsa_decrypt(other, RSA_OAEP_SHA1, closed.p, closed.n, &open, &err));
	assert_true(err.what[0] != '\0');
	assert_null(rsa_from_pem("-----BEGIN PUBLIC KEY-----\nnee\n", &err));
	rsa_free(mine);
	rsa_free(other);
	rsa_free(public);
	sbuf_fini(&pem);
	sbuf_fini(&closed);
	sbuf_fini(&open);
}

static void files_are_private_whole_and_never_through_a_link(void **state)
{
	char dir[] = "/tmp/kring-test-XXXXXX";
	assert_non_null(mkdtemp(dir));
	struct error err;
	char *deep = xasprintf("%s/a/b", dir), *path = xasprintf("%s/key", deep), *lock = xasprintf("%s/lock", deep);
	assert_true(dir_make_private(deep, &err));
	assert_true(file_write(path, "een", 3, &err));
	assert_true(file_write(path, "twee", 4, &err));
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct sbuf text = {0};
	assert_true(file_read(path, 100, &text, &err));
	CHECK_STRING("read back", sbuf_str(&text), "twee");
	assert_false(file_read(path, 3, &text, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	int first = file_lock(lock, 0, &err), second = file_lock(lock, 0, &err);
	assert_true(first >= 0);
	assert_int_equal(second, -1);
	assert_int_equal(err.kind, ERR_CONFLICT);
	close(first);
	assert_int_equal(chmod(deep, 0777), 0);
	assert_false(dir_make_private(deep, &err));
	assert_int_equal(err.kind, ERR_IO);
	unlink(lock);
	assert_int_equal(symlink(path, lock), 0);
	assert_int_equal(file_lock(lock, 0, &err), -1);
	assert_false(file_read("/nonexistent/x", 10, &text, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	sbuf_fini(&text);
	check_clean(dir);
	free(deep);
	free(path);
	free(lock);
}

static void an_arena_gives_zeroed_memory_for_one_lifetime(void **state)
{
	struct arena a = {0};
	for (int round = 0; round < 3; round++) {
		int *n = ARENA_ARRAY(&a, 5000, int);
		for (int i = 0; i < 5000; i++)
			assert_int_equal(n[i], 0);
		n[4999] = 7;
		int *more = arena_grow(&a, n, 5000, 6000, sizeof *n);
		assert_int_equal(more[4999], 7);
		CHECK_STRING("printf", arena_printf(&a, "%d-%s", 3, "x"), "3-x");
		assert_null(arena_strdup(&a, NULL));
		arena_reset(&a);
	}
	arena_fini(&a);
}

static void an_error_has_three_parts(void **state)
{
	struct error err;
	for (int kind = ERR_OFFLINE; kind <= ERR_CANCELLED; kind++) {
		assert_false(fail(&err, kind, "Er is geen verbinding."));
		assert_true(error_kept(&err)[0] != '\0');
		assert_true(error_todo(&err)[0] != '\0');
		assert_true(error_word(kind)[0] != '\0');
	}
	error_advise(&err, "Je tekst is bewaard.", "Probeer het later.");
	CHECK_STRING("kept", error_kept(&err), "Je tekst is bewaard.");
	CHECK_STRING("todo", error_todo(&err), "Probeer het later.");
}

static void character_references_become_text(void **state)
{
	static const struct {
		const char *in, *text;
		size_t bytes;
	} rows[] = {
		{"&amp;x", "&", 5}, {"&#233;", "é", 6}, {"&#xE9;", "é", 6}, {"&nbsp;", " ", 6}, {"&shy;", "", 5},
		{"&#27;", "", 0}, {"&#x9b;", "", 6}, {"&#8238;", "", 7}, {"&#xD800;", "", 0}, {"&onbekend;", "", 0},
			{"&", "", 0},
		{"&amp", "", 0}, {"&averyveryverylongname;", "", 0}, {"x", "", 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		CHECK_INT(rows[i].in, entity_decode(&out, rows[i].in), rows[i].bytes);
		CHECK_STRING(rows[i].in, sbuf_str(&out), rows[i].text);
		sbuf_fini(&out);
	}
}

static void numbers_are_whole_or_refused(void **state)
{
	int64_t v = 5;
	assert_true(str_to_int("-12", -20, 20, &v));
	assert_int_equal(v, -12);
	assert_false(str_to_int("12x", 0, 20, &v));
	assert_false(str_to_int("", 0, 20, &v));
	assert_false(str_to_int(" 3", 0, 20, &v));
	assert_false(str_to_int("99999999999999999999", 0, INT64_MAX, &v));
	assert_int_equal(v, -12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_gate_lets_only_harmless_text_through),
		cmocka_unit_test(the_gate_stops_on_a_whole_character),
		cmocka_unit_test(columns_are_counted_by_grapheme),
		cmocka_unit_test(a_text_is_cut_to_columns_and_never_inside_a_grapheme),
		cmocka_unit_test(folding_and_transliteration_keep_words_readable),
		cmocka_unit_test(every_form_of_a_time_is_read),
		cmocka_unit_test(base64_reads_what_people_paste),
		cmocka_unit_test(a_key_pair_opens_what_its_public_half_closed),
		cmocka_unit_test(files_are_private_whole_and_never_through_a_link),
		cmocka_unit_test(an_arena_gives_zeroed_memory_for_one_lifetime),
		cmocka_unit_test(an_error_has_three_parts),
		cmocka_unit_test(character_references_become_text),
		cmocka_unit_test(numbers_are_whole_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
