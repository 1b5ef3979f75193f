#!/usr/bin/env python3
"""Colours as a terminal gets them: each theme on terminals with few and many colours, NO_COLOR, and a theme of one's own.

    test_themes.py KRINGD KRING"""
import os
import re
import sys

from kring import Kring
from terminal import Window
from test_login import run_parts

THEMES = {"terminal": False, "zwart-wit": False, "rustig-donker": True, "rustig-licht": True, "licht": True, "donker": True,
          "hoog-contrast": True}
TERMINALS = ("vt100", "xterm", "xterm-16color", "xterm-256color", "xterm-direct")
SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
OWN = "title: Mijn avond\nbackground: \"#303030\"\ntext: \"#707070\"\naccent: 109\nsoft: 244\nerror: 174\n"


def coloured(raw):
    """The parts of the sequences that set a colour."""
    found = []
    for m in SGR.finditer(raw):
        numbers = [int(n) for n in re.split(rb"[;:]", m.group(1)) if n]
        if any(30 <= n <= 38 or 40 <= n <= 48 or 90 <= n <= 107 for n in numbers):
            found.append(m.group(0))
    return found


def bytes_with(kring, theme, terminal, env=None):
    kring.settings("language: en\ntheme: %s\n" % theme)
    with Window(kring, env={"TERM": terminal, **(env or {})}) as window:
        window.see("Settings")
        window.type("q")
        window.end()
        return window.raw


def seven_themes(kringd, program):
    with Kring(program) as kring:
        for theme, has in THEMES.items():
            for terminal in TERMINALS:
                raw = bytes_with(kring, theme, terminal)
                wanted = has and terminal != "vt100"
                yield bool(coloured(raw)) == wanted, "%s on %s" % (theme, terminal), coloured(raw)[:3] or raw[-300:]


def no_color(kringd, program):
    with Kring(program) as kring:
        for theme in THEMES:
            raw = bytes_with(kring, theme, "xterm-256color", {"NO_COLOR": "1"})
            yield b"Settings" in raw and not coloured(raw), "%s with NO_COLOR" % theme, coloured(raw)[:3]
        raw = bytes_with(kring, "donker", "xterm-256color", {"NO_COLOR": ""})
        yield coloured(raw), "an empty NO_COLOR says nothing", raw[-200:]


def own_theme(kringd, program):
    with Kring(program) as kring:
        folder = os.path.join(kring.config, "kring", "themes")
        os.makedirs(folder, 0o700)
        with open(os.path.join(folder, "avond.yaml"), "w") as f:
            f.write(OWN)
        kring.settings("language: en\ntheme: avond\n")
        ended = kring.run("config", "check")
        yield ended.code == 0 and "avond.yaml: the contrast is" in ended.out, "little contrast is a warning", ended
        with Window(kring, env={"TERM": "xterm-256color"}) as window:
            yield window.see("A theme may be hard to read"), "and said at the start", window.text
            yield coloured(window.raw), "it is used", window.raw[-200:]
            window.choose("Settings")
            window.see("How kring works")
            window.choose("Colours")
            yield window.see("Mijn avond, chosen"), "and one of the choices", window.text
        with open(os.path.join(folder, "kapot.yaml"), "w") as f:
            f.write("background: blue\n")
        ended = kring.run("config", "check")
        yield ended.code == 1 and "kapot.yaml:1: background" in ended.out, "a broken one is said with its line", ended


PARTS = (seven_themes, no_color, own_theme)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
