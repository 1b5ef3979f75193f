#!/usr/bin/env python3
"""A new language is one file: a catalogue beside the others is offered, chosen and shown, with dates as it writes them.
And the language of the computer can be chosen again.

    test_languages.py KRINGD KRING SOURCE_ROOT"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from kring import Kring
from test_login import run_parts

ROOT = sys.argv.pop(3)
sys.path.insert(0, os.path.join(ROOT, "tests", "unit"))
from plain_language import parse_po, read  # noqa: E402

CODE, NAME, SENTENCE = "xx", "Xixisch", "kring xixi Xixisch."
# Their own order, and their own signs.
OWN = {"English": NAME, "kring is in English.": SENTENCE, "en": CODE, "%s %d %s %d": "%4$d/%3$s/%2$d/%1$s",
       "%02d:%02d to %02d:%02d": "%d'%02d~%d'%02d", "%s, %s": "%2$s @ %1$s", "%s (%s)": "%s <%s>"}


def turned(text):
    """The sentence as the new language has it; ends and values stay."""
    inner = text.strip()
    if not inner or inner in OWN:
        return OWN.get(text, text)
    at = text.index(inner)
    return text[:at] + "{" + inner + "}" + text[at + len(inner):]


def catalogue(source):
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"', ""]
    for e in parse_po(read(source)):
        lines.append("msgid " + json.dumps(e["msgid"], ensure_ascii=False))
        if e["msgid_plural"]:
            lines.append("msgid_plural " + json.dumps(e["msgid_plural"], ensure_ascii=False))
            lines += ["msgstr[%d] %s" % (i, json.dumps(turned(e[k]), ensure_ascii=False))
                      for i, k in enumerate(("msgid", "msgid_plural"))]
        else:
            lines.append("msgstr " + json.dumps(turned(e["msgid"]), ensure_ascii=False))
        lines.append("")
    return "\n".join(lines)


class Build:
    """A kring as it stands in its build folder, with one language more: nothing but a file is added."""

    def __init__(self, program):
        self.dir = tempfile.mkdtemp(prefix="kring-languages-")
        build = os.path.dirname(os.path.dirname(os.path.abspath(program)))
        for folder in ("app", "po", "community/sync"):
            os.makedirs(os.path.join(self.dir, folder))
        self.program = os.path.join(self.dir, "app", "kring")
        shutil.copy(program, self.program)
        open(os.path.join(self.dir, "build.ninja"), "w").close()
        os.symlink(os.path.join(build, "po", "nl"), os.path.join(self.dir, "po", "nl"))
        os.symlink(os.path.join(build, "community/sync/kring-sync.so"), os.path.join(self.dir, "community/sync/kring-sync.so"))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        shutil.rmtree(self.dir, ignore_errors=True)

    def add_language(self):
        text, folder = os.path.join(self.dir, CODE + ".po"), os.path.join(self.dir, "po", CODE, "LC_MESSAGES")
        os.makedirs(folder)
        with open(text, "w", encoding="utf-8") as f:
            f.write(catalogue(os.path.join(ROOT, "po", "nl.po")))
        subprocess.run(["msgfmt", "-o", os.path.join(folder, "kring.mo"), text], check=True)


def numbers(out):
    """The numbered choices of the last list that was shown."""
    return {name: number for number, name in re.findall(r"^(\d+)\. (.*)$", out, re.M)}


def before_it_is_there(kringd, program):
    with Build(program) as build, Kring(build.program) as kring:
        kring.settings("language: %s\n" % CODE)
        ended = kring.run("config", "check")
        yield ended.code == 1 and "auto, en, nl" in ended.out, "a language that is not there is said", ended
        build.add_language()
        ended = kring.run("config", "check")
        yield ended.code == 0 and "{All settings can be used.}" in ended.out, "one file more, and it is spoken", ended
        ended = kring.run("config", "sample")
        yield "# auto, en, nl, %s\n" % CODE in ended.out, "it stands in the sample", ended
        kring.settings("width: 3\nlanguage: %s\n" % CODE)
        ended = kring.run("config", "check")
        yield "{choose a number from 40 to 80}" in ended.out, "what is wrong is said in it", ended


def chosen_at_the_first_start(kringd, program):
    with Build(program) as build, Kring(build.program) as kring:
        build.add_language()
        os.unlink(os.path.join(kring.config, "kring", "config.yaml"))
        ended = kring.run("--text", text="q\n")
        found = numbers(ended.out)
        yield list(found) == ["English", "Nederlands", NAME, "As your computer"] and SENTENCE in ended.out, "it is offered", ended
        ended = kring.run("--text", text=found[NAME] + "\nq\n")
        yield "{First steps, step 2 of 4: {the look}}" in ended.out, "it is chosen, and shown at once", ended
        with open(os.path.join(kring.config, "kring", "config.yaml")) as f:
            yield f.read() == "language: %s\n" % CODE, "it is kept", ""
        ended = kring.run("--text", text="q\n")
        yield "{First steps, step 2 of 4: {the look}}" in ended.out, "and shown the next time", ended


def of_the_computer(kringd, program):
    with Build(program) as build, Kring(build.program) as kring:
        build.add_language()
        kring.settings("")
        for variables in ({"LC_ALL": "xx_XX.UTF-8"}, {"LANGUAGE": "yy:xx:nl"}, {"LC_ALL": "", "LANG": "xx@latin"}):
            ended = kring.run("--help", env=variables)
            yield "{This text}" in ended.out, "the computer's language %s" % variables, ended


def dates(kringd, program):
    with Build(program) as build, Kring(build.program, CODE) as kring:
        build.add_language()
        kring.login(kringd.url, kringd.key("sanne"), kringd.ca)
        kring.run("sync")
        ended = kring.run("events")
        yield re.search(r"\d+'\d\d~\d+'\d\d <\{.*\}> @ 20\d\d/\{\w+\}/\d+/\{\w+\}", ended.out) is not None, \
            "dates and times as the language writes them", ended


def settings_to(kring, choice, **env):
    """Through the settings screen; what was said after the choice."""
    typed, ended = [], kring.run("--text", text="q\n", env=env)
    for names in (("Settings", "Instellingen"), ("Language", "Taal"), (choice,)):
        found = numbers(ended.out)
        typed.append(next(number for name, number in found.items() if name.startswith(names)))
        ended = kring.run("--text", text="\n".join(typed + ["q"]) + "\n", env=env)
    return ended


def as_the_computer_again(kringd, program):
    for variables, wanted in (({"LC_ALL": "nl_NL.UTF-8"}, "Taal is nu: Zoals je computer."),
                              ({"LC_ALL": "C.UTF-8", "LANGUAGE": "nl"}, "Taal is nu: Zoals je computer."),
                              ({"LC_ALL": "nl_NL.UTF-8", "LANGUAGE": "en"}, "Language is now: As your computer."),
                              ({"LC_ALL": "C.UTF-8"}, "Language is now: As your computer.")):
        with Kring(program) as kring:
            kring.settings("language: %s\n" % ("en" if wanted[0] == "T" else "nl"))
            ended = settings_to(kring, "Zoals" if wanted[0] == "L" else "As your", **variables)
            yield wanted in ended.out, "the language of the computer again, with %s" % variables, ended


PARTS = (before_it_is_there, chosen_at_the_first_start, of_the_computer, dates, as_the_computer_again)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
