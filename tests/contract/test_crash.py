#!/usr/bin/env python3
"""What kringd said is there, is there after a SIGKILL; and it ends at once when it is asked to.

    test_crash.py KRINGD"""
import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse

from kringd import KeyPair, Kringd, Report, Visitor, ended

TOPICS, POSTS = 25, 800  # four batches of an import


def running_with(word):
    """The processes that have the word in their command."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                with open("/proc/%s/cmdline" % name, "rb") as file:
                    if word.encode() in file.read():
                        found.append(int(name))
            except OSError:
                continue
    return found


def children_of(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
        return file.read().split()


def check_login(report, kringd):
    """A session and a key, each killed right after the answer."""
    pair = KeyPair(kringd.dir)
    visitor = Visitor(kringd)
    visitor.log_in("sanne")
    kringd.kill()
    kringd.start()
    page = visitor.open("/user-api-key/new?" + urllib.parse.urlencode(pair.request()))
    report.check(page.forms and page.forms[0]["action"] == "/user-api-key", "the session lives on after SIGKILL", page.text)
    key = pair.open(visitor.send(page, "approve").code)
    kringd.kill()
    kringd.start()
    status, body = kringd.ask("/session/current.json", key)
    report.equal((status, (body or {}).get("current_user", {}).get("username")), (200, "sanne"), "a new key works after SIGKILL")
    kringd.ask("/user-api-key/revoke.json", key, body={})
    kringd.kill()
    kringd.start()
    report.equal(kringd.ask("/session/current.json", key)[0], 403, "a key that was taken back stays so after SIGKILL")
    by_command = kringd.key("noor")
    report.equal(kringd.ask("/session/current.json", by_command)[0], 200, "a key from the command works while kringd runs")


def poll_request(host, key, chunked):
    body = json.dumps({"/latest": 0})
    head = ["POST /message-bus/kring-%d/poll HTTP/1.1" % chunked, "Host: " + host.netloc, "User-Api-Key: " + key,
            "Content-Type: application/json", "Content-Length: %d" % len(body), *([] if chunked else ["Dont-Chunk: true"])]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def check_stop(report, kringd):
    """SIGTERM while two programs wait for news, one has sent half a request and one has said nothing."""
    key, host = kringd.key("sanne"), urllib.parse.urlsplit(kringd.url)
    with contextlib.ExitStack() as open_ones:
        connect = lambda: open_ones.enter_context(socket.create_connection((host.hostname, host.port), 10))
        secure = lambda: open_ones.enter_context(kringd.context.wrap_socket(connect(), server_hostname=host.hostname))
        connect()
        waiting, half = [secure(), secure()], secure()
        half.sendall(b"GET /latest.json HTTP/1.1\r\nHost: ")
        for chunked, one in enumerate(waiting):
            one.sendall(poll_request(host, key, chunked))
        for _ in range(3):
            kringd.ask("/srv/status", key)
        waiting[0].settimeout(0.2)
        try:
            report.check(False, "the poll waits", waiting[0].recv(4096))
        except TimeoutError:
            report.check(True, "the poll waits")
        report.equal(children_of(kringd.process.pid), [], "kringd has no child")
        code, seconds = kringd.stop(signal.SIGTERM)
        report.equal(code, 0, "SIGTERM during a long poll ends with 0")
        report.check(seconds < 2, "within 2 seconds", "%.1f s" % seconds)
    report.equal(running_with(kringd.data), [], "no process is left")


def check_init(report, program):
    """Making the sample, killed as early as there is something and after its first half; then again."""
    for half in (False, True):
        with Kringd(program, sample=None) as kringd:
            if half:
                kringd.run("init")
            else:
                command = [program, "init", "--data", kringd.data, "--sample", "nl"]
                with ended(subprocess.Popen(command, stdout=subprocess.DEVNULL)) as process:
                    while process.poll() is None and not os.path.exists(os.path.join(kringd.data, "kringd.sqlite")):
                        time.sleep(0.001)
                    process.send_signal(signal.SIGKILL)
                report.equal(process.returncode, -signal.SIGKILL, "init was killed")
            kringd.run("init", "--sample", "nl")
            kringd.start()
            status, body = kringd.ask("/latest.json", kringd.key("sanne"))
            report.check(status == 200 and len(body["topic_list"]["topics"]) == 30, "the sample is there after all", status)


def write_forum(path):
    """A forum in which topics were written at the same time, so that every batch has posts of many topics."""
    with open(path, "w", encoding="utf-8") as file:
        for topic in range(1, TOPICS + 1):
            posts = [{"post_number": n, "username": "lid%d" % ((n * 7 + topic) % 40),
                      "created_at": "2020-%02d-%02dT%02d:%02d:00.000Z" % (1 + n // 70, 1 + n % 28, topic % 24, n % 60),
                      "cooked": "<p>Bericht %d over fietsen in onderwerp %d</p>" % (n, topic)} for n in range(1, POSTS + 1)]
            file.write(json.dumps({"topic_id": topic, "title": "Onderwerp %d" % topic, "posts": posts}) + "\n")


def import_until(kringd, path, steps):
    """Imports; SIGKILL after as many steps as given, None: to the end. How many steps there were, and the exit status."""
    command = [kringd.program, "import", "--data", kringd.data, path]
    with ended(subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)) as process:
        seen = 0
        for _ in process.stderr:
            seen += 1
            if seen == steps:
                process.send_signal(signal.SIGKILL)
        return seen, process.wait(50)


def check_import(report, program):
    with Kringd(program, sample=None) as kringd:
        path = os.path.join(kringd.dir, "forum.jsonl")
        write_forum(path)
        counts = []
        for steps in (1, 2, 3, None):
            seen, code = import_until(kringd, path, steps)
            with sqlite3.connect(os.path.join(kringd.data, "kringd.sqlite")) as db:
                counts.append(db.execute("SELECT count(*) FROM post WHERE topic_id <= ?", (TOPICS,)).fetchone()[0])
            db.close()
            print("# import %s: status %d, %d posts are there" % ("to the end" if steps is None else "killed", code, counts[-1]))
            report.equal(code, 0 if steps is None else -signal.SIGKILL, "the import ended as meant")
        report.check(any(0 < n < TOPICS * POSTS for n in counts), "it was killed halfway", counts)
        with sqlite3.connect(os.path.join(kringd.data, "kringd.sqlite")) as db:
            one = lambda sql: db.execute(sql).fetchone()
            report.equal(one("SELECT count(*), count(DISTINCT topic_id * 10000 + post_number) FROM post WHERE topic_id <= %d"
                             % TOPICS), (TOPICS * POSTS,) * 2, "every post once")
            report.equal(one("SELECT count(*) FROM post WHERE topic_id <= %d AND cooked <> '<p>Bericht ' || post_number ||"
                             " ' over fietsen in onderwerp ' || topic_id || '</p>'" % TOPICS), (0,), "with its own text")
            report.equal(one("SELECT min(posts_count), max(posts_count), max(highest_post_number) FROM topic WHERE id <= %d"
                             % TOPICS), (POSTS,) * 3, "topics count their posts")
            report.equal(one("SELECT count(*) FROM user WHERE username LIKE 'lid%'"), (40,), "every writer once")
            report.equal(one("SELECT count(*) FROM post_search WHERE post_search MATCH 'fietsen'"), (TOPICS * POSTS,),
                         "every post is found once")
            report.equal(one("PRAGMA integrity_check"), ("ok",), "the database is whole")
        db.close()


def main():
    report = Report()
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        check_login(report, kringd)
        check_stop(report, kringd)
    check_init(report, sys.argv[1])
    check_import(report, sys.argv[1])
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
