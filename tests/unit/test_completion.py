#!/usr/bin/env python3
"""What a shell fills in is what kring --help names.

    test_completion.py KRING FOLDER

FOLDER has what zsh and fish get when kring is installed.
"""
import os
import re
import shutil
import subprocess
import sys
import unittest

KRING, FOLDER = sys.argv[1:]
ENV = dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8")


def output(*argv, **more):
    done = subprocess.run(argv, env=ENV, capture_output=True, timeout=60, check=True, **more)
    return done.stdout.decode("utf-8")


def usage():
    """The words of each command, by its name."""
    rows = re.findall(r"^  kring ([a-z]+)(.*)$", output(KRING, "--help"), re.M)
    return {name: set(re.findall(r"(?<![\w-])(--[a-z-]+|[a-z_]+(?=[|\]]|$)|(?<=\|)[a-z_]+)", rest)) for name, rest in rows}


def bash(*words):
    script = output(KRING, "completion", "bash") + "\nCOMP_WORDS=(\"$@\")\nCOMP_CWORD=$(($# - 1))\n_kring\n" \
        "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    return output("bash", "-c", script, "bash", "kring", *words).split()


class Completion(unittest.TestCase):
    def test_bash_fills_in_every_command_and_its_words(self):
        rows = usage()
        self.assertGreater(len(rows), 10)
        self.assertEqual(set(rows), {w for w in bash("") if not w.startswith("-")})
        for name, words in rows.items():
            self.assertEqual(words, set(bash(name, "")) - {"--json", "--site", "--offline", "--help", "--version"}, name)

    def test_bash_finishes_a_word(self):
        self.assertEqual(["topics", "topic"], bash("top"))
        self.assertEqual(["--category"], bash("topics", "--c"))
        self.assertEqual(["sync"], bash("--site", "forum.example", "sy"))

    def test_other_shells_can_read_theirs(self):
        for shell in ("zsh", "fish"):
            text = output(KRING, "completion", shell)
            for name in usage():
                self.assertRegex(text, r"\b%s\b" % name)
            if shutil.which(shell):
                output(shell, "-n", "/dev/stdin", input=text.encode())

    @unittest.skipUnless(shutil.which("fish"), "fish is not here")
    def test_fish_explains_in_the_language_of_the_shell(self):
        env = dict(ENV, LANGUAGE="nl", PATH=os.path.dirname(os.path.abspath(KRING)) + ":" + ENV["PATH"])
        done = subprocess.run(["fish", "-c", "source %s/kring.fish; complete -C 'kring doc'" % FOLDER], env=env,
                              capture_output=True, timeout=60)
        self.assertEqual("doctor\tControleren of kring hier kan werken\n", done.stdout.decode())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
