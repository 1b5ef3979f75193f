#!/usr/bin/env python3
"""On a computer with more users: kring says at the start when others can read its files, in both modes, and what to do.

    test_private.py KRINGD KRING"""
import os
import sys

from kring import Kring
from terminal import Window
from test_login import run_parts

WARNING, ADVICE = "Others on this computer may read some files of kring.", "chmod -R go= ~/.local/share/kring"


def key_file(kring):
    for folder, _, names in os.walk(kring.data):
        if "key" in names:
            return os.path.join(folder, "key")
    raise FileNotFoundError("key")


def says(kring):
    with Window(kring, "--offline") as window:
        window.see("More options")
        return WARNING in window.text, window.text


def readable_files(kringd, program):
    with Kring(program) as kring:
        kring.login(kringd.url, kringd.key("sanne"), kringd.ca)
        said, text = says(kring)
        yield not said, "nothing is said of files that are private", text
        os.chmod(key_file(kring), 0o644)
        said, text = says(kring)
        yield said and ADVICE in " ".join(text.split()), "the warning and what to do", text
        ended = kring.run("--text", "--offline", text="q\n")
        yield WARNING in ended.out and ADVICE in ended.out, "in text mode too", ended
        ended = kring.run("doctor", "--offline")
        yield WARNING in ended.out, "and in the report", ended
        os.chmod(key_file(kring), 0o600)
        ended = kring.run("--text", "--offline", text="q\n")
        yield WARNING not in ended.out, "no longer when it is closed", ended


PARTS = (readable_files,)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
