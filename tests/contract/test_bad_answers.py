#!/usr/bin/env python3
"""Answers that are no answers: kring says so in three parts, keeps what it had, stays small, and works again afterwards.

    test_bad_answers.py KRINGD KRING"""
import concurrent.futures
import gzip
import io
import sys

from hostile_server import Hostile
from kring import MOST_MB, Kring, high_water
from kringd import Kringd, Report

MB = 1024 * 1024


def zeros(megabytes):
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as f:
        for _ in range(megabytes):
            f.write(bytes(MB))
    return packed.getvalue()


def endless(head, announced=None):
    """200 MB, as long as the other side listens; how many MB each answer came to is kept in `heard`."""
    def change(path, answer):
        def write(handler):
            at = len(heard)
            heard.append(0)
            handler.send_response_only(200)
            handler.send_header("Content-Type", "application/json")
            if announced:
                handler.send_header("Content-Length", str(announced))
            handler.end_headers()
            try:
                handler.wfile.write(head)
                for sent in range(1, 201):
                    handler.wfile.write(b"x" * MB)
                    heard[at] = sent
            except OSError:
                pass
        return write
    heard = []
    change.heard = heard
    return change


def same(*words, **more):
    return lambda path, answer: answer.replace(*words, **more)


def half(path, answer):
    return answer.replace(answer.body[:len(answer.body) // 2])


def hang_up(path, answer):
    """The length promises more than comes."""
    def write(handler):
        handler.send_response_only(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(answer.body) + 100))
        handler.end_headers()
        handler.wfile.write(answer.body)
    return write


def circle(path, answer):
    return answer.replace("", status=302, Location=path)


CASES = (
    # name, change, words in the sentence, exit code
    ("a web page", same("<html><body>One moment</body></html>", "text/html; charset=utf-8"), "web page", 1),
    ("a web page that says it is JSON", same("<!DOCTYPE html><html></html>"), "not JSON", 1),
    ("half a JSON", half, "not complete", 1),
    ("half an answer", hang_up, "did not arrive complete", 3),
    ("200 MB", endless(b'{"a":"'), "too large", 1),
    ("200 MB, announced", endless(b'{"a":"', 200 * MB), "too large", 1),
    ("a gzip bomb", same(zeros(300), Content_Encoding="gzip"), "too large", 1),
    ("a broken gzip", same(b"\x1f\x8b no", Content_Encoding="gzip"), "unpacked", 1),
    ("10,000 nested arrays", same("[" * 10000 + "]" * 10000), "not JSON", 1),
    ("10,000 nested objects", same('{"a":' * 10000 + "1" + "}" * 10000), "not JSON", 1),
    ("7,000,000 numbers", same("[" + "0," * 7000000 + "0]"), "too large", 1),
    ("a word", same('"no"'), "not what was asked", 1),
    ("nothing", same(""), "not what was asked", 1),
    ("bytes", same(bytes(range(256)) * 40), "not JSON", 1),
    ("a circle of redirects", circle, "another address", 1),
    ("a server error", same("<h1>502</h1>", "text/html", 502), "not working", 3),
)


def three_parts(err):
    """What happened, what is kept, what to do: three sentences on the first line, and no shouting."""
    line = err.split("\n")[0]
    kept = any(words in line for words in ("is kept", "Nothing", "left as it is", "Your text", "was not used"))
    return line.startswith("kring: ") and line.count(". ") + line.endswith(".") >= 3 and kept and "!" not in line


def on_screen(name, kring):
    """Asking for news on the full screen: it is said, reading goes on, and it ends at once."""
    with kring.screen(cols=120) as screen:
        screen.wait_for("Members")
        screen.keys("\x1b[15~")
        lines = [(screen.wait_for("You can still read."), name + ": said on the full screen", screen.raw[-500:])]
        screen.keys("\r", "\x1bOB", "\r")
        lines.append((screen.wait_for("Title:"), name + ": reading goes on", screen.raw[-500:]))
        lines.append((high_water(screen.pid) < MOST_MB, name + ": %d MB at most on the full screen" % MOST_MB,
                      high_water(screen.pid)))
        screen.keys("\x1b[21~")
        lines.append((screen.end() == 0, name + ": the full screen ends well", screen.code))
    return lines


def run_case(case, programs, kringd, key):
    """Lines (good, what, why)."""
    name, change, words, code = case
    lines = []
    with Kring(programs[1]) as kring, Hostile(kringd) as hostile:
        done = kring.login(hostile.url, key, kringd.ca)
        lines.append((done.code == 0, name + ": logged in before", done))
        done = kring.run("sync", "--no-limits")
        lines.append((done.code == 0, name + ": fetched before", done))
        before = kring.run("topics", "--offline").out
        hostile.change(change)
        done = kring.measure("sync", "--no-limits")
        lines.append((done.code == code and words in done.err, name + ": said", done))
        lines.append((three_parts(done.err), name + ": said in three parts", done))
        lines.append((done.bad_character() is None, name + ": said without control characters", done.bad_character()))
        lines.append((done.megabytes < MOST_MB, name + ": %d MB at most" % MOST_MB, done.megabytes))
        after = kring.run("topics", "--offline").out
        lines.append((after == before and len(before) > 1000, name + ": nothing lost", after[:300]))
        lines += on_screen(name, kring)
        hostile.change(None)
        done = kring.run("sync", "--no-limits")
        lines.append((done.code == 0, name + ": works again", done))
        if hasattr(change, "heard"):
            lines.append((0 < len(change.heard) and max(change.heard) < 60, name + ": stopped early", change.heard))
    return lines


def run_elsewhere(programs, kringd, key):
    """A redirect to another host gets no key, and no question."""
    with Kring(programs[1]) as kring, Hostile(kringd) as other, Hostile(kringd) as hostile:
        kring.login(hostile.url, key, kringd.ca)
        hostile.change(lambda path, answer: answer.replace("", status=302, Location=other.url + path))
        done = kring.run("sync", "--no-limits")
        return [(done.code == 1 and three_parts(done.err), "a redirect to another host is said", done),
                (not other.seen, "a redirect to another host gets no key and no question", other.seen)]


def after_probe(change):
    return lambda path, answer: None if path.startswith("/user-api-key/new") else change(path, answer)


def run_login(case, programs, kringd, key):
    """The same answers when an address is tried for the first time."""
    name, change, _, _ = case
    lines = []
    for where, what in (("everywhere", change), ("after the first question", after_probe(change))):
        with Kring(programs[1]) as kring, Hostile(kringd, what) as hostile:
            done = kring.login(hostile.url, key, kringd.ca)
            good = done.code in (1, 3, 4) and three_parts(done.err) and not done.bad_character()
            lines.append((good, "logging in, %s %s: said in three parts" % (name, where), done))
    return lines


def main():
    programs = sys.argv[1:3]
    report = Report()
    with Kringd(programs[0]) as kringd:
        kringd.start()
        common = programs, kringd, kringd.key("sanne")
        with concurrent.futures.ThreadPoolExecutor(len(CASES) + 1) as pool:
            jobs = [pool.submit(run_elsewhere, *common)]
            jobs += [pool.submit(run, case, *common) for run in (run_case, run_login) for case in CASES]
            for job in jobs:
                for line in job.result():
                    report.check(*line)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
