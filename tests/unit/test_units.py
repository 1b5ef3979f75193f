#!/usr/bin/env python3
"""systemd understands every line of the units, kringd's is hardened, and what they start is there.

    test_units.py SOURCE_ROOT KRING KRINGD
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT, PROGRAMS = sys.argv[1], {"kring": sys.argv[2], "kringd": sys.argv[3]}
UNITS = os.path.join(ROOT, "packaging", "systemd")
SYSTEM, USER = ["kringd.service"], ["kring-sync.service", "kring-sync.timer"]
MOST_EXPOSED = 20  # of 100, as systemd counts


def text(name):
    path = os.path.join(UNITS, name)
    with open(path if os.path.exists(path) else path + ".in") as f:
        return f.read()


def output(*argv):
    done = subprocess.run(argv, capture_output=True, timeout=60, env=dict(os.environ, LANGUAGE="en"))
    return done.stdout.decode()


class Units(unittest.TestCase):
    def setUp(self):
        # With a program that is there on every computer.
        folder = tempfile.TemporaryDirectory(prefix="kring-units-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in SYSTEM + USER:
            with open(self.path(name), "w") as f:
                f.write(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text(name), flags=re.M))

    def path(self, name):
        return os.path.join(self.folder, name)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not here")
    def test_systemd_understands_every_line(self):
        for more, names in (([], SYSTEM), (["--user"], USER)):
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", *more, *map(self.path, names)], capture_output=True,
                                  timeout=60, env=dict(os.environ, XDG_RUNTIME_DIR=self.folder))
            self.assertEqual([], [line for line in done.stderr.decode().splitlines() if self.folder in line])

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not here")
    def test_the_server_is_hardened(self):
        said = output("systemd-analyze", "security", "--offline=yes", "--no-pager", self.path("kringd.service"))
        level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
        self.assertLessEqual(float(level.group(1)) * 10, MOST_EXPOSED, said)

    def test_what_they_start_is_there(self):
        for name, program, words in re.findall(r"^(ExecStart)=@bindir@/(\w+) (.*)$", "".join(map(text, SYSTEM + USER)), re.M):
            self.assertRegex(output(PROGRAMS[program], "--help"), r"\b%s %s\b" % (program, words.split()[0]), name)
        options = re.findall(r"(?<!\w)--[a-z-]+", text("kringd.service"))
        with open(os.path.join(ROOT, "packaging", "debian", "kringd.default")) as f:
            options += re.findall(r"(?<!\w)--[a-z-]+", f.read())
        serve = output(PROGRAMS["kringd"], "serve", "--help")
        self.assertGreater(len(options), 4)
        self.assertEqual([], [o for o in options if not re.search(r"(?<!\S)%s\b" % o, serve)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
