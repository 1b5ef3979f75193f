#!/usr/bin/env python3
"""Answers that are JSON with wrong things in them: other types, missing fields, absurd numbers, the same id everywhere, bytes
that are no UTF-8, and control sequences in every text. kring neither crashes nor hangs, writes no control character to a
terminal or a pipe, and is whole again after the next good answers.

    test_bad_fields.py KRINGD KRING"""
import concurrent.futures
import json
import random
import sys

import mutate
from hostile_server import Hostile
from kring import MOST_MB, Kring
from kringd import Kringd, Report

COMMANDS = (("today",), ("topics",), ("members",), ("events",), ("events", "--past"), ("messages",), ("notices",),
            ("search", "samen"), ("search", "KRINGBAD"), ("status",))
ONE = (("topics", "topic", "id"), ("messages", "topic", "id"), ("members", "member", "username"), ("events", "event", "id"))
EACH = 3      # of every list so many are opened

DOWN, ESC, PAGE_DOWN = "\x1bOB", "\x1b", "\x1b[6~"


def bad(done, codes=(0, 1, 3, 4)):
    """Why this command did not end well, or None."""
    if done.code not in codes:
        return done
    return done.bad_character()


def rows(kring, command):
    try:
        document = json.loads(kring.run(command, "--json", "--offline").out)
        return next(iter(document.values()))
    except (ValueError, StopIteration):
        return []


def all_commands(kring):
    commands = list(COMMANDS)
    for many, one, name in ONE:
        commands += [(one, str(row[name])) for row in rows(kring, many)[:EACH] if row.get(name)]
    for command in commands:
        for more in ((), ("--json",)):
            why = bad(kring.run(*command, *more, "--offline"))
            if why is not None:
                return "%s: %s" % (command, why)
    return None


def text_mode(kring):
    """The same screens as questions and answers."""
    steps = "\n".join("1 1 ? < t < < 2 1 1 ? < < < 3 1 ? t < < < 4 1 < < 5 1 < < 6 1 < /samen 1 < < q".split()) + "\n"
    return bad(kring.run("--text", "--offline", text=steps), (0,))


def full_screen(kring):
    """Opens the first three things of everything on the start screen; what kring wrote, and how it ended."""
    with kring.screen("--offline", rows=24, cols=80) as screen:
        screen.read(1.0)
        for place in range(5):
            screen.keys("\x1b[H", *[DOWN] * place, "\r", "\r", DOWN, "\r", PAGE_DOWN, PAGE_DOWN, ESC, DOWN, "\r", "\r", PAGE_DOWN,
                        *[ESC] * 5)
        screen.keys("?", ESC, "q")
        code = screen.end()
        found = [mark for mark in mutate.MARKS if mark in screen.raw]
        if code != 0 or found or len(screen.raw) < 2000:
            return "ended with %s after %d bytes, wrote %r" % (code, len(screen.raw), found)
    return None


def run_mutation(name, seed, programs, kringd, key):
    lines = []
    what = "%s (%d)" % (name, seed)
    with Kring(programs[1]) as kring, Hostile(kringd) as hostile:
        done = kring.login(hostile.url, key, kringd.ca)
        lines.append((done.code == 0, what + ": logged in before", done))
        hostile.change(mutate.spoiled(getattr(mutate, name), random.Random(seed)))
        done = kring.measure("sync", "--no-limits", stop=20, seconds=30)
        lines.append((bad(done) is None, what + ": fetching ends", bad(done)))
        lines.append((done.megabytes < MOST_MB, what + ": %d MB at most" % MOST_MB, done.megabytes))
        why = all_commands(kring)
        lines.append((why is None, what + ": every command", why))
        why = text_mode(kring)
        lines.append((why is None, what + ": text mode", why))
        why = full_screen(kring)
        lines.append((why is None, what + ": full screen", why))
        hostile.change(None)
        done = kring.run("sync", "--no-limits")
        lines.append((done.code == 0, what + ": whole again", done))
    return lines


def run_words(programs, kringd, key):
    """What a site says when it refuses is shown without its control sequences."""
    lines = []
    words = "".join(mutate.EVIL)
    body = json.dumps({"errors": [words + "Nee."], "error_type": words, "message": words, "extras": {"wait_seconds": words}})
    for status in (400, 401, 403, 404, 409, 410, 418, 422, 500, 503):
        with Kring(programs[1]) as kring, Hostile(kringd) as hostile:
            kring.login(hostile.url, key, kringd.ca)
            hostile.change(lambda path, answer: answer.replace(body, status=status, Discourse_Logged_Out="1"))
            done = kring.measure("sync", "--no-limits", stop=8, seconds=15)
            lines.append((bad(done, (1, 3, 4)) is None, "refused with %d" % status, bad(done, (1, 3, 4))))
    with Kring(programs[1]) as kring, Hostile(kringd, mutate.spoiled(mutate.all_escapes, random.Random(1))) as hostile:
        for more in (("--device",), ("--paste",), ("--user", "sanne", "--password-stdin")):
            done = kring.run("login", hostile.url, "--ca-file", kringd.ca, *more, text="x\n\n", seconds=4)
            lines.append((done.bad_character() is None, "logging in with %s" % more[0], done.bad_character()))
    for name, headers in (("redirect", {"Location": "https://bad\x1b]0;KRINGBAD\x07.example/\u009b"}),
                          ("type", {"Content-Type": "text/\x1b]0;KRINGBAD\x07"})):
        with Kring(programs[1]) as kring, Hostile(kringd) as hostile:
            hostile.change(lambda path, answer: answer.replace("{}", status=302, **headers))
            done = kring.login(hostile.url, key, kringd.ca)
            lines.append((bad(done, (1, 3)) is None, "control characters in a header: " + name, bad(done, (1, 3))))
    return lines


def main():
    programs = sys.argv[1:3]
    report = Report()
    names = ("types", "missing", "numbers", "same_ids", "escapes", "all_escapes", "bad_bytes")
    with Kringd(programs[0]) as kringd:
        kringd.start()
        common = programs, kringd, kringd.key("sanne")
        with concurrent.futures.ThreadPoolExecutor(len(names) + 1) as pool:
            jobs = [pool.submit(run_words, *common)]
            jobs += [pool.submit(run_mutation, name, seed, *common) for seed in (1,) for name in names]
            for job in jobs:
                for line in job.result():
                    report.check(*line)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
