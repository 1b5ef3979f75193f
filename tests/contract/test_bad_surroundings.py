#!/usr/bin/env python3
"""What kring finds around it: windows that are far too small, terminals without a name, a locale without UTF-8, settings
that are no settings. kring says it, goes on as well as it can, and leaves the terminal as it was.

    test_bad_surroundings.py KRINGD KRING"""
import concurrent.futures
import os
import random
import signal
import subprocess
import sys
import time

from kring import CONTROL, Kring
from kringd import Kringd, Report

DOWN, ESC, F5 = "\x1bOB", "\x1b", "\x1b[15~"
WALK = (DOWN, "\r", "\r", DOWN, "\r", "\x1b[6~", ESC, ESC, ESC, ESC, "?", ESC)
SIZES = ((5, 20), (1, 1), (2, 200), (200, 2), (9, 40), (10, 39), (10, 40), (300, 600))


def sizes(report, kring):
    for rows, cols in SIZES:
        what = "a window of %d by %d" % (cols, rows)
        with kring.screen("--offline", rows=rows, cols=cols) as screen:
            screen.read(0.5)
            if (rows, cols) == (5, 20):
                report.check(screen.wait_for("Window too small.") and screen.wait_for("Needed: 40 by 10"), what + ": said",
                             screen.raw)
            screen.keys(*WALK, "q")
            report.equal(screen.end(), 0, what + ": ends well")
            report.check(screen.raw.count(b"\x1b[?1049h") == screen.raw.count(b"\x1b[?1049l"), what + ": the terminal is given back")
    with kring.screen("--offline") as screen:
        screen.wait_for("Members")
        screen.keys("\r")
        for rows, cols in SIZES + ((24, 80),):
            screen.resize(rows, cols)
            screen.keys(DOWN)
        report.check(screen.wait_for("Members, 1"), "sizes one after the other: the place is kept", screen.raw[-300:])
        screen.keys(ESC, "q")
        report.equal(screen.end(), 0, "sizes one after the other: ends well")


def terminals(report, kring):
    for term in ("dumb", "no-such-terminal", "", "../../etc/passwd", "x" * 5000):
        what = "TERM=%s" % term[:20]
        with kring.screen("--offline", env={"TERM": term}) as screen:
            report.check(screen.wait_for("text mode.") and screen.wait_for("1. Members"), what + ": text mode, and said", screen.raw)
            screen.keys("1\r", "<\r", "q\r")
            report.equal(screen.end(), 0, what + ": ends well")
            report.check(b"\x1b" not in screen.raw, what + ": no control sequences", screen.raw)
    for term in ("vt100", "linux", "xterm-256color", "tmux", "screen"):
        with kring.screen("--offline", env={"TERM": term}) as screen:
            report.check(screen.wait_for("Members"), "TERM=%s: the full screen" % term, screen.raw)
            screen.keys(*WALK, "q")
            report.equal(screen.end(), 0, "TERM=%s: ends well" % term)


def locales(report, kring):
    for name in ("C", "POSIX", "nl_NL.ISO-8859-1", "xx_YY.none", ""):
        env = {"LC_ALL": name, "LANG": name, "LC_CTYPE": name}
        what = "locale %s" % (name or "(none)")
        with kring.screen("--offline", env=env) as screen:
            screen.wait_for("Members")
            screen.keys(*WALK, "q")
            report.equal(screen.end(), 0, what + ": ends well")
            report.check(all(byte < 0x80 for byte in screen.raw), what + ": only ASCII on the screen", screen.raw[-200:])
        for command in (("topics",), ("members",), ("member", "sanne"), ("--text", "--offline")):
            done = kring.run(*command, text="1\n1\n<\n<\nq\n", env=env)
            report.check(done.code == 0 and done.out.isascii() and len(done.out) > 200, "%s, kring %s: only ASCII" % (what, command[0]),
                         done)


def no_home(report, kring):
    for env in ({"HOME": "", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}, {"HOME": "/nonexistent", "XDG_DATA_HOME": "relative"}):
        done = kring.run("topics", env=env)
        report.check(done.code in (1, 4) and done.err.startswith("kring: "), "without a home", done)


SETTINGS = (
    ("one wrong line", b"width: 300\ntheme: donker\n", ":1: width:"),
    ("an unknown setting", b"language: en\nnonsense: 1\n", ":2: nonsense:"),
    ("garbage", random.Random(5).randbytes(500), "config.yaml"),
    ("a tab", b"\twidth: 50\n", ":1:"),
    ("no end", b"theme: \"dark\n", "config.yaml:"),
    ("a list", b"- width\n- 50\n", "config.yaml"),
    ("references that grow", b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "config.yaml"),
    ("5,000 lists in each other", b"[" * 5000, "config.yaml"),
    ("3 MB", b"x: " + b"y" * 3000000, "config.yaml"),
    ("a zero byte", b"width: 80\0\n", "config.yaml"),
    ("control sequences", b"width: \"\\e[31m\"\n\"\\e]0;KRINGBAD\\a\": 1\n", ":1: width:"),
)


def settings(report, kring):
    path = os.path.join(kring.config, "kring", "config.yaml")
    for what, text, words in SETTINGS:
        with open(path, "wb") as f:
            f.write(text)
        done = kring.run("topics", "--offline")
        first, _, rest = done.err.partition("\n")
        good = done.code == 0 and len(done.out) > 1000 and words in first and "Correct the file." in rest
        report.check(good and not done.bad_character(), "settings with %s: said, and kring goes on" % what, done)
        with kring.screen("--offline", env={"LANG": "en_US.UTF-8"}) as screen:
            report.check(screen.wait_for("config.yaml"), "settings with %s: said on the full screen" % what, screen.raw[-500:])
            screen.keys(DOWN, "\r", ESC, "q")
            report.equal(screen.end(), 0, "settings with %s: the full screen" % what)
            report.check(b"\x1b]0" not in screen.raw and b"\x07" not in screen.raw, "settings with %s: no control sequences" % what)
        with open(path, "rb") as f:
            report.check(f.read() == text, "settings with %s: the file is left as it is" % what)
    os.unlink(path)
    os.mkdir(path)
    done = kring.run("topics", "--offline")
    report.check(done.code == 0 and "Correct the file." in done.err, "a folder in the place of the settings", done)
    os.rmdir(path)
    kring.settings("language: en\n")


def arguments(report, kring):
    for words in (("topic", "-1"), ("topic", "99999999999999999999"), ("topic", "x\x1b[31m"), ("member", "\x1b]0;x\x07"),
                  ("topics", "--limit", "0"), ("topics", "--limit", "99999999999"), ("topics", "--since", "2026-99-99"),
                  ("search", "\""), ("search", "* OR NEAR("), ("search", "x" * 100000), ("search", "\x1b[2J"),
                  ("event", "-9223372036854775808"), ("\x1b]0;x\x07",), ("topics", "--category", "\u202ex"),
                  ("topics", "--site", "../../../etc")):
        for more in ((), ("--json",)):
            done = kring.run(*words, *more)
            report.check(done.code in (0, 1, 2, 4) and done.seconds < 10 and not CONTROL.search(done.out + done.err),
                         "kring %s" % " ".join(words)[:40].encode("unicode_escape").decode(), done)


def signals(report, kring):
    for number in (signal.SIGTERM, signal.SIGHUP):
        with kring.screen("--offline") as screen:
            screen.wait_for("Members")
            os.kill(screen.pid, number)
            report.equal(screen.end(), 0, "%s: ends well" % number.name)
            report.check(b"\x1b[?1049l" in screen.raw, "%s: the terminal is given back" % number.name)


def ended_alone(pid, seconds):
    """Ends without anybody reading its terminal."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False


def write_without_reading(screen):
    """More drawings than a terminal takes that somebody stopped with Ctrl-S."""
    for number in range(60):
        os.write(screen.fd, (DOWN if number % 2 else "\x0c").encode())
        time.sleep(0.01)


def stopped_terminal(report, kring):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with kring.screen("--offline") as screen:
            screen.wait_for("Members")
            screen.keys("\r")
            write_without_reading(screen)
            os.kill(screen.pid, number)
            ended = ended_alone(screen.pid, 15)
            report.check(ended, "%s while the terminal is stopped: ends" % number.name)
            screen.code = 0 if ended else None
    with kring.screen("--offline") as screen:
        screen.wait_for("Members")
        screen.keys("\r")
        write_without_reading(screen)
        time.sleep(3)
        screen.read(0.5)
        screen.raw = b""
        screen.keys("?")
        report.check(screen.wait_for("Help"), "a terminal that was stopped: kring goes on", screen.raw[-300:])
        screen.keys(ESC, "q")
        report.equal(screen.end(), 0, "a terminal that was stopped: ends well")


def little_memory(report, kring):
    for megabytes in range(12, 48, 4):
        what = "%d MB of memory" % megabytes
        with kring.screen("--offline", memory=megabytes << 20) as screen:
            for key in ("", *WALK, "q", "q"):
                screen.keys(key)
            code = screen.end()
            report.check(code in (0, 1, 127, -signal.SIGABRT), what + ": ends", "%s %r" % (code, screen.raw[-300:]))
            report.check(screen.raw.count(b"\x1b[?1049h") == screen.raw.count(b"\x1b[?1049l"), what + ": the terminal is given back")
            report.check(code != -signal.SIGABRT or b"Start kring again." in screen.raw or b"memory" in screen.raw, what + ": said",
                         screen.raw[-300:])


def no_output(report, kring):
    for how in (">&-", ">/dev/full"):
        for words in ("topics", "--text --offline"):
            done = subprocess.run(["sh", "-c", '"$0" %s %s' % (words, how), kring.program], env=kring.env, input=b"1\nq\n",
                                  capture_output=True, timeout=30)
            report.check(done.returncode == 1 and b"cannot be written" in done.stderr, "kring %s %s: said" % (words, how),
                         "%s %r" % (done.returncode, done.stderr))


def main():
    report = Report()
    with Kringd(sys.argv[1]) as kringd, Kring(sys.argv[2]) as kring:
        kringd.start()
        report.equal(kring.login(kringd.url, kringd.key("sanne"), kringd.ca).code, 0, "logged in")
        report.equal(kring.run("sync", "--no-limits").code, 0, "fetched")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for part in [pool.submit(part, report, kring) for part in (sizes, terminals, locales, no_home, arguments, signals,
                                                              stopped_terminal, little_memory, no_output)]:
                part.result()
        settings(report, kring)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
