#!/usr/bin/env python3
"""A database that is broken, unreadable, read-only or of the future, a full disk: said in three parts, left as it is, and
kring works again when the cause is gone.

    test_bad_store.py KRINGD KRING"""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys

from kring import Kring
from kringd import Kringd, Report
from test_bad_answers import three_parts

NOBODY = 65534
F5 = "\x1b[15~"


class Member:
    """A member who has fetched everything once; `again()` brings the folder back to that."""

    def __init__(self, report, program, kringd, key, user=None):
        self.report, self.user, self.kring = report, user, Kring(program)
        if user is not None:
            self.give(user)
        done = self.run("login", kringd.url, "--ca-file", kringd.ca, "--user", "sanne", "--key-stdin", text=key + "\n")
        report.equal(done.code, 0, "logged in")
        report.equal(self.run("sync", "--no-limits").code, 0, "fetched")
        self.topics = self.run("topics", "--offline").out
        report.check(len(self.topics) > 1000, "there is something to lose")
        self.good, self.account, self.store = os.path.join(self.kring.dir, "good"), self.kring.account, self.kring.store
        shutil.copytree(self.account, self.good)

    def give(self, user):
        os.chmod(self.kring.dir, 0o755)
        for folder, _, files in os.walk(self.kring.dir):
            for path in [folder] + [os.path.join(folder, f) for f in files]:
                os.chown(path, user, user)

    def run(self, *words, **more):
        return self.kring.run(*words, user=self.user, **more)

    def again(self):
        os.chmod(self.account, 0o700)
        shutil.rmtree(self.account)
        shutil.copytree(self.good, self.account)
        if self.user is not None:
            self.give(self.user)

    def refused(self, what, words, *command, code=1):
        done = self.run(*command)
        self.report.check(done.code == code and words in done.err and three_parts(done.err) and not done.bad_character(),
                          "%s, kring %s: said in three parts" % (what, command[0]), done)

    def reads(self, what):
        done = self.run("topics", "--offline")
        self.report.check(done.code == 0 and done.out == self.topics, what + ": everything can be read", done)

    def fetches(self, what):
        done = self.run("sync", "--no-limits")
        self.report.check(done.code == 0, what + ": kring fetches again", done)
        self.reads(what + ", afterwards")


def content(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)


def newer(path):
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def broken_files(m):
    noise = random.Random(3).randbytes
    good = content(m.store)
    middle = len(good) // 3
    cases = (
        ("garbage", lambda path: write(path, noise(100000)), "damaged"),
        ("a text", lambda path: write(path, b"This is not a database.\n" * 1000), "damaged"),
        ("half a database", lambda path: write(path, good[:len(good) // 2]), "damaged"),
        ("a database with a hole", lambda path: write(path, good[:4096] + noise(2 * middle) + good[4096 + 2 * middle:]),
         "damaged"),
        ("a database of the future", newer, "newer version"),
    )
    for what, spoil, words in cases:
        m.again()
        spoil(m.store)
        before = content(m.store)
        for command in (("topics",), ("today",), ("search", "samen"), ("status",), ("sync",)):
            m.refused(what, words, *command)
        with m.kring.screen(cols=100) as screen:
            m.report.check(screen.wait_for(words) and screen.wait_for("End of list."), what + ": said on the full screen",
                           screen.raw[-600:])
            screen.keys("\r", F5, "\x1b", "q")
            m.report.equal(screen.end(), 0, what + ": the full screen ends well")
        m.report.check(content(m.store) == before, what + ": left as it is")
        os.rename(m.store, m.store + ".old")
        m.fetches(what + ", moved away")


def empty_file(m):
    m.again()
    write(m.store, b"")
    m.fetches("an empty database")


def permissions(m):
    """Root may do everything, so root does this as another."""
    store, folder, key = m.store, m.account, os.path.join(m.account, "key")
    m.again()
    os.chmod(store, 0)
    for command in ("topics", "status", "sync"):
        m.refused("an unreadable database", "cannot be opened", command)
    os.chmod(store, 0o600)
    m.fetches("an unreadable database, readable again")

    for what, paths in (("a read-only database", (store,)), ("a read-only folder", (folder,)),
                        ("a read-only database in a read-only folder", (store, folder))):
        m.again()
        for path in paths:
            os.chmod(path, 0o500 if path == folder else 0o400)
        m.reads(what)
        m.refused(what, "database", "sync")
        os.chmod(folder, 0o700), os.chmod(store, 0o600)
        m.fetches(what + ", writable again")

    m.again()
    os.chmod(folder, 0)
    m.refused("an unreadable folder", "cannot be read", "topics")
    os.chmod(folder, 0o700)
    m.reads("an unreadable folder, readable again")

    os.chmod(key, 0)
    m.refused("an unreadable key", "cannot be read", "sync")
    m.reads("an unreadable key")
    os.chmod(key, 0o644)
    m.refused("a key that others can read", "can be read by others", "sync")
    os.chmod(key, 0o600)
    m.fetches("a key that only its owner can read")


def largest_file(m):
    """A limit of the size of files, as a full disk without being root."""
    for limit in (20000, 200000, 900000):
        m.again()
        os.unlink(m.store)
        done = m.run("sync", "--no-limits", limit=limit)
        m.report.check(done.code == 1 and three_parts(done.err), "no file above %d bytes: said in three parts" % limit, done)
        m.fetches("files of any size again after %d" % limit)


def full_disk(report, program, kringd, key):
    kring = Kring(program)
    with kring:
        os.makedirs(kring.data, exist_ok=True)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", kring.data], capture_output=True)
        if mounted.returncode != 0:
            print("# skipped: a small disk cannot be mounted here")
            return
        try:
            on_small_disk(report, kring, kringd, key)
        finally:
            subprocess.run(["umount", kring.data], check=True)


def fill(path, leave):
    write(path, b"")
    disk = os.statvfs(os.path.dirname(path))
    write(path, bytes(max(0, disk.f_bavail * disk.f_bsize - leave)))


def on_small_disk(report, kring, kringd, key):
    filler = os.path.join(kring.data, "filler")
    report.equal(kring.login(kringd.url, key, kringd.ca).code, 0, "full disk: logged in while there is room")
    for leave in (0, 100000, 1000000):
        fill(filler, leave)
        done = kring.run("sync", "--no-limits")
        report.check(done.code == 1 and "disk is full" in done.err and three_parts(done.err),
                     "full disk with %d bytes left: said in three parts" % leave, done)
        done = kring.run("topics", "--offline")
        report.check(done.code in (0, 1, 3) and not done.bad_character(), "full disk: reading ends well", done)
    with kring.screen(cols=100) as screen:
        screen.wait_for("Members")
        screen.keys(F5)
        report.check(screen.wait_for("disk is full"), "full disk: said on the full screen", screen.raw[-600:])
        screen.keys("q")
        report.equal(screen.end(), 0, "full disk: the full screen ends well")
    os.unlink(filler)
    done = kring.run("sync", "--no-limits")
    report.check(done.code == 0, "full disk: goes on when there is room", done)
    topics = kring.run("topics", "--offline").out
    fill(filler, 0)
    report.equal(kring.run("topics", "--offline").out, topics, "full disk: what was fetched can be read")
    done = kring.run("login", kringd.url, "--ca-file", kringd.ca, "--user", "leila", "--key-stdin", text=kringd.key("leila") + "\n")
    report.check(done.code == 1 and "disk is full" in done.err and three_parts(done.err), "full disk: logging in", done)
    report.check(kring.run("status", "--offline", "--site", "sanne").code == 0, "full disk: the first account is still there")
    with open("/dev/full", "w") as full:
        done = subprocess.run([kring.program, "topics", "--offline"], stdout=full, stderr=subprocess.PIPE, env=kring.env, text=True)
        report.check(done.returncode == 1 and "cannot be written" in done.stderr, "output that cannot be written", done)


def killed(m):
    """Killed in the middle of fetching, a few times: the next kring finds a good database."""
    for milliseconds in (30, 90, 150, 250, 400):
        m.again()
        os.unlink(m.store)
        process = subprocess.Popen([m.kring.program, "sync", "--no-limits"], env=m.kring.env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        m.fetches("killed after %d ms" % milliseconds)


def can_run(program, user):
    try:
        # By its whole path: it finds its own files by that.
        return subprocess.run([os.path.abspath(program), "--version"], user=user, capture_output=True).returncode == 0
    except PermissionError:
        return False


def main():
    report = Report()
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        key = kringd.key("sanne")
        mine = Member(report, sys.argv[2], kringd, key)
        with mine.kring:
            broken_files(mine)
            empty_file(mine)
            largest_file(mine)
            killed(mine)
        if os.geteuid() == 0:
            for path in (kringd.dir, kringd.data):
                os.chmod(path, 0o755)
            os.chmod(kringd.ca, 0o644)
            full_disk(report, sys.argv[2], kringd, key)
        else:
            print("# skipped: only root can mount a small disk")
        user = NOBODY if os.geteuid() == 0 else None
        if can_run(sys.argv[2], user):
            other = Member(report, sys.argv[2], kringd, key, user)
            with other.kring:
                permissions(other)
        else:
            print("# skipped: another user may not run kring where it was built")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
