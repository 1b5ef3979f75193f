#!/usr/bin/env python3
"""A disk that takes long: the screen goes on, nothing is called kept before it is, and kring ends when all is written.
And who changes the file meanwhile loses nothing.

    test_settings.py KRINGD KRING"""
import contextlib
import fcntl
import os
import sys

from kring import Kring
from terminal import Window
from test_login import run_parts

F10 = "\x1b[21~"


@contextlib.contextmanager
def slow_disk(kring):
    """Another kring has the folder, and does not give it back."""
    fd = os.open(os.path.join(kring.config, "kring"), os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    yield
    os.close(fd)


def file_of(kring):
    with open(os.path.join(kring.config, "kring", "config.yaml")) as f:
        return f.read()


def turn_letters_off(window):
    return window.choose("Settings") and window.see("How kring works") and window.choose("Letter keys") and \
        window.see("Yes, chosen") and window.choose("No") and window.see("No, chosen")


def a_slow_disk(kringd, program):
    with Kring(program) as kring, Window(kring) as window:
        with slow_disk(kring):
            yield turn_letters_off(window), "what is chosen holds at once", window.text
            yield "Letter keys is now" not in window.text, "it is not said to be kept", window.text
            window.type("\x1b")
            yield window.see("Letter keys: No"), "the screen goes on", window.text
            yield "letters" not in file_of(kring), "nothing is written yet", file_of(kring)
        yield window.see("Letter keys is now: No."), "it is said when it is kept", window.text
        yield file_of(kring).endswith("letters: no\n"), "and then it is", file_of(kring)


def leaving_waits(kringd, program):
    with Kring(program) as kring, Window(kring) as window:
        with slow_disk(kring):
            turn_letters_off(window)
            window.type(F10)
            yield window.end(2) is None, "kring waits for the disk", window.text
        yield window.end() == 0, "it ends when all is written", window.text
        yield file_of(kring).endswith("letters: no\n"), "and all is", file_of(kring)


def leaving_in_vain(kringd, program):
    with Kring(program) as kring, Window(kring) as window:
        with slow_disk(kring):
            turn_letters_off(window)
            window.type(F10)
            window.end(1)
            kring.settings("- a list\n")
        yield window.end() == 0, "it ends", window.text
        window.read(0.5)
        said = window.raw.decode("utf-8", "replace").split("\x1b[?1049l")[-1]
        yield "cannot be changed" in said and "The file is as it was." in said and "kring config check" in said, \
            "what could not be kept is said, with what to do", said
        yield file_of(kring) == "- a list\n", "and the file is as it was", file_of(kring)


def changed_by_another(kringd, program):
    with Kring(program) as kring, Window(kring) as window:
        window.choose("Settings")
        window.see("How kring works")
        kring.settings("# by hand\nlanguage: en\nwidth: 50   # mine\nown: 1\n")
        window.choose("Letter keys")
        window.see("Yes, chosen")
        window.choose("No")
        yield window.see("is now: No."), "a setting is kept", window.text
        yield file_of(kring) == "# by hand\nlanguage: en\nwidth: 50   # mine\nown: 1\nletters: no\n", \
            "beside what was written by hand meanwhile", file_of(kring)


PARTS = (a_slow_disk, leaving_waits, leaving_in_vain, changed_by_another)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
