#!/usr/bin/env python3
"""The manual names every command, option, key and setting, and none that is not there.

    test_manual.py SOURCE_ROOT KRING KRINGD KEYS KEYS_NL

SOURCE_ROOT is the folder of the project, KRING and KRINGD the built programs, KEYS and KEYS_NL the pages about keys as
they were built.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from plain_language import parse_po, problems, read  # noqa: E402

ROOT, KRING, KRINGD = sys.argv[1], sys.argv[2], sys.argv[3]
KEYS = {"en": sys.argv[4], "nl": sys.argv[5]}
FOLDERS = {"en": os.path.join(ROOT, "man"), "nl": os.path.join(ROOT, "man", "nl")}
PAGES = ["kring.1.scd", "kring-config.5.scd", "kringd.8.scd"]
FLAG = re.compile(r"(?<![\w-])--[a-z0-9][a-z0-9-]*")


def page(language, name):
    return read(os.path.join(FOLDERS[language], name))


def source(*path):
    return read(os.path.join(ROOT, *path))


def sources(*folders):
    return "".join(read(f) for folder in folders
                   for f in sorted(glob.glob(os.path.join(ROOT, folder, "**", "*.c"), recursive=True)))


def output(*argv):
    env = dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8")
    return subprocess.run(argv, env=env, capture_output=True, timeout=60, check=True).stdout.decode("utf-8")


def key_names(language):
    """What a key is called, by its name in the tables."""
    names = dict(re.findall(r'\{KEY_\w+, "([^"]+)", N_\("([^"]+)"\)\}', source("tui", "key.c")))
    if language == "nl":
        dutch = {e["msgid"]: e["msgstr"][0] for e in parse_po(source("po", "nl.po"))}
        names = {name: dutch[says] for name, says in names.items()}
    return names


def settings():
    """name, choices, least, most, standard word."""
    enums = {}
    for body in re.findall(r"enum \w+ \{([^}]*)\}", source("config", "option.h")):
        enums.update({word.strip(): i for i, word in enumerate(body.split(","))})
    rows = []
    for m in re.finditer(r'\{"(\w+)", OPTION_(\w+), FIELD\(\w+\)(.*?)\n\t\t\.says', source("config", "option.c"), re.S):
        name, kind, rest = m.groups()
        choices = re.search(r'\.choices = "([^"]+)"', rest)
        numbers = {k: v for k, v in re.findall(r"\.(min|max|standard) = (\w+)", rest)}
        standard = numbers.get("standard", "")
        if kind == "CHOICE":
            standard = choices.group(1).split("|")[enums[standard]]
        elif kind == "BOOL":
            standard = {"true": "yes", "false": "no"}[standard]
        elif kind in ("TEXT", "LANGUAGE"):
            standard = re.search(r'\.standard_text = "([^"]*)"', rest).group(1)
        rows.append((name, choices.group(1).split("|") if choices else [], numbers.get("min"), numbers.get("max"), standard))
    return rows


def prose(text):
    """The paragraphs without markup, examples and lines of usage; a word to type is one word."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    out = []
    for block in re.split(r"\n\s*\n", text):
        lines = [l.strip() for l in block.splitlines()]
        if len(lines) > 1 and block.splitlines()[1].startswith("\t"):
            lines = lines[1:]
        elif not re.search(r"[.:]$", lines[-1]):
            continue
        out.append(re.sub(r"(?<!\w)_|_(?!\w)", "", re.sub(r"\*[^*]+\*", "x", " ".join(lines))))
    return out


class Manual(unittest.TestCase):
    maxDiff = None

    def named(self, text, words):
        self.assertEqual([], sorted(w for w in words if not re.search(r"\*%s\*" % re.escape(w), text)))

    @unittest.skipUnless(shutil.which("scdoc"), "scdoc is not here")
    def test_every_page_is_complete_in_both_languages(self):
        for language in FOLDERS:
            for name in PAGES:
                done = subprocess.run(["scdoc"], input=page(language, name).encode(), capture_output=True)
                self.assertEqual(0, done.returncode, name + ": " + done.stderr.decode())
        for name in PAGES:
            for mark in ("^# ", r"^\*.*\n\t", "^```"):
                counts = [len(re.findall(mark, page(language, name), re.M)) for language in FOLDERS]
                self.assertEqual(*counts, name + ": " + mark)

    @unittest.skipUnless(shutil.which("scdoc") and shutil.which("groff"), "scdoc and groff are not here")
    def test_every_page_is_set_without_warnings(self):
        for language in FOLDERS:
            for path in [os.path.join(FOLDERS[language], name) for name in PAGES] + [KEYS[language]]:
                roff = subprocess.run(["scdoc"], input=read(path).encode(), capture_output=True, check=True).stdout
                done = subprocess.run(["groff", "-k", "-ww", "-man", "-Tutf8"], input=roff, capture_output=True, check=True)
                self.assertEqual("", done.stderr.decode(), path)

    def flags(self, manual):
        """Those of kring and kringd, not of the programs around them."""
        return set(FLAG.findall(re.sub(r"(systemctl|runuser) .*", "", manual)))

    def test_commands_and_options_of_kring(self):
        text = output(KRING, "--help")
        commands = re.findall(r"^  (kring [a-z]+)", text, re.M)
        self.assertGreater(len(commands), 5)
        for language in FOLDERS:
            manual = page(language, "kring.1.scd")
            self.named(manual, commands + FLAG.findall(text))
            self.assertEqual(set(), self.flags(manual) - set(FLAG.findall(text)))
            self.assertEqual(set(), set(re.findall(r"\*(kring [a-z]+)\*", manual)) - set(commands))

    def test_commands_and_options_of_kringd(self):
        text = output(KRINGD, "--help")
        serve = output(KRINGD, "serve", "--help")
        commands = set(re.findall(r"^(kringd [a-z]+)", text, re.M))
        flags = set(FLAG.findall(text)) | set(FLAG.findall(serve))
        for f in glob.glob(os.path.join(ROOT, "server", "command_*.c")):
            flags |= {"--" + name for name in re.findall(r'\{"([a-z-]+)", (?:required|no)_argument', read(f))}
        self.assertGreater(len(flags), 20)
        for language in FOLDERS:
            manual = page(language, "kringd.8.scd")
            self.named(manual, commands | flags)
            self.assertEqual(set(), self.flags(manual) - flags - {"--ca-file"})
            self.assertEqual(set(), set(re.findall(r"\*(kringd [a-z]+)\*", manual)) - commands)
            for flag, standard in re.findall(r"^  (--[a-z0-9-]+) .*\((\S+)\)$", serve, re.M):
                self.assertRegex(manual, r"\*%s\* _\S+_\n\t.*: %s\.\n" % (flag, re.escape(standard)))

    def test_keys_of_every_screen(self):
        """The keys that work everywhere stand in kring(1); kring-keys(7) is printed from the tables."""
        everywhere = set(re.findall(r'\{"([^"]+)", "[a-z0-9-]+", N_\(', source("screens", "keys.c")))
        keys = set(re.findall(r'\{"([^"]+)", "[a-z0-9-]+", N_\(', sources("screens")))
        self.assertGreater(len(keys), len(everywhere))
        for language in FOLDERS:
            names = key_names(language)
            self.named(page(language, "kring.1.scd"), {names.get(k, k) for k in everywhere} | {"Tab", "Enter", "Home", "End"})
            self.named(read(KEYS[language]), {names.get(k, k) for k in keys})
            titles = re.findall(r"^# (.*)", read(KEYS[language]), re.M)
            self.assertEqual(sorted(set(titles)), sorted(titles))
        self.assertEqual(*[read(KEYS[language]).count("\n\t") for language in KEYS])

    def test_settings(self):
        rows = settings()
        self.assertEqual(source("config", "option.c").count("FIELD(") - 1, len(rows))
        for language in FOLDERS:
            manual = page(language, "kring-config.5.scd")
            found = dict(re.findall(r"^\*(\w+)\*: (.*\n(?:\t.*\n)+)", manual, re.M))
            self.assertEqual([r[0] for r in rows], list(found))
            for name, choices, least, most, standard in rows:
                text = found[name]
                for word in choices + [w for w in (least, most) if w]:
                    self.assertRegex(text, r"\b%s\b" % word, name)
                if standard:
                    self.assertRegex(text, r"Stand(?:ard|aard):\s+%s\." % re.escape(standard), name)

    def test_themes(self):
        names = re.findall(r'\.name = "([^"]+)"', source("tui", "theme.c"))
        self.assertGreater(len(names), 3)
        for language in FOLDERS:
            self.named(page(language, "kring-config.5.scd"), names)

    def test_exit_codes_and_environment(self):
        codes = re.findall(r"EXIT_\w+ = (\d)", source("app", "call.h"))
        self.assertEqual(["0", "1", "2", "3", "4"], codes)
        variables = re.findall(r'getenv\("(\w+)"\)', sources("base", "config", "tui", "app", "screens", "community"))
        variables += re.findall(r'xdg\("(\w+)"', source("config", "paths.c"))
        self.assertGreater(len(variables), 5)
        for language in FOLDERS:
            self.named(page(language, "kring.1.scd"), codes + variables)

    def test_fields_of_sync(self):
        fields = re.findall(r'json_add_\w+\(c->doc, "(\w+)"', source("app", "command_sync.c"))
        self.assertGreater(len(fields), 5)
        for language in FOLDERS:
            self.named(page(language, "kring.1.scd"), fields)

    def test_sentences_are_short_and_plain(self):
        for language in FOLDERS:
            found = [name + ": " + p for name in PAGES for text in prose(page(language, name)) for p in problems(text, language)]
            self.assertEqual([], found, "\n" + "\n".join(found))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
