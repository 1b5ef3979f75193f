#!/usr/bin/env python3
"""The sentences of kring: complete in every language, short, plain, and with one word for one thing.

    test_language.py SOURCE_ROOT KRING

SOURCE_ROOT is the folder of the project, KRING the built program.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from plain_language import INSTEAD, parse_po, problems, read, synonyms, unescape  # noqa: E402

ROOT, KRING = sys.argv[1], sys.argv[2]
PO = os.path.join(ROOT, "po")
FOLDERS = ["base", "config", "sql", "community", "tui", "screens", "app", "man"]
CALL = re.compile(r'(?:^|[^A-Za-z0-9_])(?:_|N_|ngettext)\((?:"|$)', re.M)
DIRECTIVE = re.compile(r"%(?:%|(?:\d+\$)?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|j|z|t)?[diouxXeEfgGcsp])")


def sources():
    try:
        out = subprocess.run(["git", "-C", ROOT, "ls-files", "--"] + FOLDERS, capture_output=True, text=True, check=True)
        files = out.stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        files = [os.path.relpath(os.path.join(d, f), ROOT) for folder in FOLDERS
                 for d, _, names in os.walk(os.path.join(ROOT, folder)) for f in names]
    files = [f for f in files if f.endswith((".c", ".h")) and os.path.exists(os.path.join(ROOT, f))]
    return sorted(f for f in files if CALL.search(read(os.path.join(ROOT, f))))


def template():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kring.pot")
        subprocess.run(["xgettext", "--from-code=UTF-8", "-k", "-k_", "-kN_", "-kngettext:1,2", "-D", ROOT, "-f",
                        os.path.join(PO, "POTFILES"), "-o", path], check=True, capture_output=True)
        return parse_po(read(path))


def glossary():
    rows = [line.split("\t") for line in read(os.path.join(PO, "glossary.tsv")).splitlines()
            if line and not line.startswith("#")]
    labels = {en.lower(): nl for kind, en, nl in rows if kind == "label"}
    terms = [(re.compile(en, re.I), re.compile(nl, re.I)) for kind, en, nl in rows if kind == "word"]
    return labels, terms


def plain(text):
    return text.strip().rstrip(".:").lower()


def languages():
    return sorted(name[:-len(".po")] for name in os.listdir(PO) if name.endswith(".po"))


def values(text):
    """The kinds of the values that stand in a sentence, in the order in which they are given."""
    found = []
    for i, directive in enumerate(d for d in DIRECTIVE.findall(text) if d != "%%"):
        place = re.match(r"%(\d+)\$", directive)
        found.append((int(place.group(1)) if place else i + 1, re.sub(r"%\d+\$|[\d.*#+ -]", "", directive).lstrip("%")))
    return sorted(found)


class Language(unittest.TestCase):
    maxDiff = None

    def none(self, found):
        self.assertEqual([], found, "\n" + "\n".join(found))

    def catalogue(self, language):
        return parse_po(read(os.path.join(PO, language + ".po")))

    def test_every_source_with_sentences_is_listed(self):
        listed = read(os.path.join(PO, "POTFILES")).split()
        self.assertEqual(sources(), listed, "run scripts/update-po")

    @unittest.skipUnless(shutil.which("xgettext"), "xgettext is not here")
    def test_every_sentence_is_translated(self):
        wanted = {(e["msgid"], e["msgid_plural"]) for e in template()}
        for language in languages():
            entries = self.catalogue(language)
            have = {(e["msgid"], e["msgid_plural"]) for e in entries
                    if e["msgstr"] and all(e["msgstr"]) and not e["obsolete"] and "fuzzy" not in e["flags"]}
            self.none(["%s lacks %r" % (language, m) for m in sorted(wanted - have)])
            self.none(["%s has too much: %r" % (language, m) for m in sorted(have - wanted)])

    def test_no_translation_is_doubtful_or_left_over(self):
        for language in languages():
            self.none([repr(e["msgid"]) for e in self.catalogue(language) if e["obsolete"] or "fuzzy" in e["flags"]])

    def test_the_catalogue_compiles(self):
        for language in languages():
            done = subprocess.run(["msgfmt", "--check", "-o", os.devnull, os.path.join(PO, language + ".po")],
                                  capture_output=True, text=True)
            self.assertEqual(0, done.returncode, done.stderr)

    def test_values_are_those_of_the_sentence(self):
        for language in languages():
            for e in self.catalogue(language):
                for i, text in enumerate(e["msgstr"]):
                    if not text:
                        continue
                    source = e["msgid_plural"] if i > 0 else e["msgid"]
                    self.assertEqual(values(source), values(text), source)
                    self.assertEqual(source.endswith("\n"), text.endswith("\n"), source)
                    self.assertEqual(source[:1] == " ", text[:1] == " ", source)

    def test_R23_R24_english_is_short_and_plain(self):
        found = []
        for e in self.catalogue(languages()[0]):
            for text in (e["msgid"], e["msgid_plural"]):
                found += problems(text, "en")
        self.none(found)

    def test_R23_R24_dutch_is_short_and_plain(self):
        self.none([p for e in self.catalogue("nl") for text in e["msgstr"] for p in problems(text, "nl")])

    def test_the_sentences_of_the_server_are_short_and_plain(self):
        text = read(os.path.join(ROOT, "server", "sentences.inc"))
        pairs = re.findall(r'\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\}', text)
        self.assertGreater(len(pairs), 20)
        self.none([p for _, nl in pairs for p in problems(unescape(nl), "nl")])

    def test_the_methods_are_short_and_plain(self):
        text = read(os.path.join(ROOT, "config", "data", "methods.yaml"))
        lines = re.findall(r"^[ -]*(?:\w+_)?(nl|en): (.+)$", text, re.M)
        self.assertGreater(len(lines), 300)
        self.none([p for language, line in lines for p in problems(line, language)])

    def test_keys_in_sentences_are_those_of_actions(self):
        """"Fetch with {fetch}." gets the member's own key: the name is that of an action, in both languages."""
        actions = set()
        for path in glob.glob(os.path.join(ROOT, "screens", "**", "*.c"), recursive=True):
            actions |= set(re.findall(r'\{"[^"]+", "([a-z0-9-]+)", N_\(', read(path)))
        named = 0
        for language in languages():
            for e in self.catalogue(language):
                keys = sorted(re.findall(r"\{([^}]*)\}", e["msgid"]))
                named += len(keys)
                self.assertLessEqual(set(keys), actions, e["msgid"])
                for text in e["msgstr"]:
                    self.assertEqual(keys, sorted(re.findall(r"\{([^}]*)\}", text)), e["msgid"])
        self.assertGreater(named, 20)

    def test_no_sentence_has_a_fixed_key(self):
        """Of the keys that can be another one; F1 always helps."""
        fixed = re.compile(r"\bF(?:[2-9]|1[0-2])\b|\b(?:with [b-zA-Z]|[Pp]ress [b-zA-Z/])(?=[ .,])")
        about_keys = re.compile("Ctrl-G|menu of F2")
        self.none([repr(e["msgid"]) for e in self.catalogue("nl")
                   if fixed.search(e["msgid"]) and not about_keys.search(e["msgid"])])

    def test_one_word_for_one_thing(self):
        labels, terms = glossary()
        found = []
        for e in self.catalogue("nl"):
            text = " / ".join(e["msgstr"])
            if not text:
                continue
            want = labels.get(plain(e["msgid"]))
            if want is not None:
                if plain(text) != plain(want):
                    found.append("%r is %r, not %r" % (e["msgid"], want, text))
                continue
            said = re.sub(r"\{[^}]*\}", "x", e["msgid"])
            for english, dutch in terms:
                if english.search(said) and not dutch.search(text):
                    found.append("%r: no %r in %r" % (e["msgid"], dutch.pattern, text))
        self.none(found)

    def test_no_other_word_for_the_same_thing(self):
        for language, rules in INSTEAD.items():
            for pattern, use, sentence in rules:
                self.assertTrue(synonyms(sentence, language), pattern)
        found = []
        for e in self.catalogue("nl"):
            for text in (e["msgid"], e["msgid_plural"]):
                found += synonyms(text, "en")
            for text in e["msgstr"]:
                found += synonyms(re.sub(r"\bkring (?:outbox|topics?|event)\b", "kring", text), "nl")
        text = read(os.path.join(ROOT, "server", "sentences.inc"))
        for _, nl in re.findall(r'\{"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\}', text):
            found += synonyms(unescape(nl), "nl")
        for language, line in re.findall(r"^[ -]*(?:\w+_)?(nl|en): (.+)$",
                                         read(os.path.join(ROOT, "config", "data", "methods.yaml")), re.M):
            found += synonyms(line, language)
        self.none(found)

    def test_the_same_sentence_has_one_translation(self):
        seen = {}
        for e in self.catalogue("nl"):
            key = plain(e["msgid"])
            text = plain(e["msgstr"][0])
            self.assertEqual(seen.setdefault(key, text), text, e["msgid"])

    def test_signing_up_is_for_meetings_only(self):
        self.none([repr(e["msgstr"]) for e in self.catalogue("nl")
                   if re.search(r"aanmeld|aangemeld|afmeld|afgemeld|aan te melden|af te melden", " ".join(e["msgstr"]), re.I)
                   and not re.search(r"sign|cancel", e["msgid"], re.I)])

    def help(self, **variables):
        env = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES")}
        with tempfile.TemporaryDirectory() as home:
            env.update(HOME=home, XDG_CONFIG_HOME=home, XDG_DATA_HOME=home, XDG_STATE_HOME=home, XDG_CACHE_HOME=home)
            env.update(variables)
            done = subprocess.run([KRING, "--help"], env=env, capture_output=True, timeout=60)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.decode("utf-8")

    def test_kring_speaks_dutch(self):
        want = next(e["msgstr"][0] for e in self.catalogue("nl") if e["msgid"] == "This text")
        for variables in ({"LANGUAGE": "nl", "LC_ALL": "C.UTF-8"}, {"LC_ALL": "nl_NL.UTF-8"}, {"LANG": "nl_BE.UTF-8"}):
            with self.subTest(variables):
                self.assertIn(want, self.help(**variables))
        for variables in ({"LANGUAGE": "en", "LC_ALL": "nl_NL.UTF-8"}, {"LC_ALL": "C"}, {}):
            with self.subTest(variables):
                self.assertIn("This text", self.help(**variables))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
