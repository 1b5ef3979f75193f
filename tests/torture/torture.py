#!/usr/bin/env python3
"""Nothing that a member writes is lost, and nothing is there twice: kring is killed again and again while it sends, through
a network and a server that fail in every way. Afterwards each change is on the server once, or still in the outbox.

    torture.py KRINGD KRING WRITE_OUTBOX [--kills N] [--seed N] [--seconds N] [--keep]

Ends with 1 when something is lost, doubled or changed. --seconds: stops killing after so long."""
import argparse
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "contract"))
from kring import Kring  # noqa: E402
from kringd import Kringd  # noqa: E402
from outbox import (DONE, EDIT, MERGED, MESSAGE, REFUSED, REPLY, SENDING, TOPIC, UNSURE, WAITING, Ground, Item, Member, copies,  # noqa: E402
                    has, marks)
from proxy import FAULTS, MOMENTS, Proxy  # noqa: E402

KEPT = 3  # exit status of a command that wrote to the outbox and sent nothing
OPEN = (WAITING, SENDING, UNSURE)
RUN_SECONDS = 1  # a kring that was not killed by then is killed
PASSES_SECONDS = 0.06
CALM_ROUNDS, CALM_SECONDS = 40, 300


def database(path, mode="ro"):
    return contextlib.closing(sqlite3.connect("file:%s?mode=%s" % (path, mode), uri=True, timeout=30))


class Torture:
    def __init__(self, words, kringd, kring):
        self.words, self.kringd, self.kring = words, kringd, kring
        self.random = random.Random(words.seed)
        self.kills = self.timed_kills = self.runs = 0
        self.crashes, self.processes = [], []

    # Preparing

    def prepare(self):
        ground = Ground(self.kringd, self.random, min(40 + self.words.kills // 4, 260))
        self.member = Member(ground, self.random, "k%x" % self.words.seed)
        login = self.kring.login(self.proxy.url, ground.keys["anna"], self.kringd.ca, "anna")
        synced = self.kring.run("sync", "--no-limits")
        if login.code or synced.code:
            sys.exit("kring cannot begin: %s / %s" % (login, synced))

    def start_command(self, item, *more):
        """kring as a script calls it, to write this; None when there is no command for it."""
        words, text = item.command(self.member.ground.category_name)
        if words is None:
            return None
        self.said.seek(0)
        with tempfile.TemporaryFile() as given:
            given.write(text.encode())
            given.seek(0)
            return subprocess.Popen([self.words.kring, *words, *more], env=self.kring.env, stdin=given,
                                    stdout=subprocess.DEVNULL, stderr=self.said)

    def adopt(self, item):
        """What a command wrote has a number of its own; what is not in the outbox was never written."""
        with database(self.kring.store) as store:
            row = store.execute("SELECT id FROM outbox WHERE instr(body, ?) > 0", (item.mark,)).fetchone()
        if row is None:
            self.member.written.remove(item)
        else:
            item.id = row[0]
        return row is not None

    def write(self, count):
        """Like a member: some changes into the outbox, at times while kring sends."""
        items = []
        for item in (i for i in (self.member.next() for _ in range(count)) if i is not None):
            process = self.start_command(item, "--offline") if self.random.random() < 0.08 else None
            if process is None:
                items.append(item)
            elif self.end_of(process) != KEPT or not self.adopt(item):
                self.crashes.append("kring does not write: " + self.words_of_error())
        self.put(items)

    def put(self, items):
        done = subprocess.run([self.words.write_outbox, self.kring.account], input="".join(i.line() for i in items), text=True,
                              capture_output=True)
        if done.returncode or done.stdout.split() != [str(i.id) for i in items]:
            sys.exit("write_outbox: %s" % done.stderr)

    # Running and killing

    def start(self, stays=False):
        """kring sync; or the program that a member keeps open, which sends in a thread of its own."""
        words = ["--text"] if stays else ["sync", "--no-limits"]
        return subprocess.Popen([self.words.kring, *words], env=self.kring.env, stdout=subprocess.DEVNULL, stderr=self.said,
                                stdin=subprocess.PIPE if stays else subprocess.DEVNULL)

    def kill(self):
        """SIGKILL for every kring that runs; did one live?"""
        living = [p for p in self.processes if p.poll() is None]
        for p in living:
            p.send_signal(signal.SIGKILL)
        self.kills += bool(living)
        return bool(living)

    def words_of_error(self):
        self.said.seek(0)
        return self.said.read()[-2000:].decode(errors="replace")

    def end_of(self, process):
        code = process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if code < 0 and code != -signal.SIGKILL:
            self.crashes.append("ended with %d: %s" % (code, self.words_of_error()))
        return code

    def time_passes(self):
        """Nobody waits here: what is put off for a while is tried soon."""
        with database(self.kring.store, "rw") as store, store:
            store.execute("UPDATE outbox SET next_ms = 0 WHERE state IN (?, ?)", (WAITING, UNSURE))

    def states(self):
        with database(self.kring.store) as store:
            return dict(store.execute("SELECT id, state FROM outbox"))

    def run_once(self):
        """One or two krings send, until a kill or their end."""
        how = self.random.random()
        self.processes = [self.start(self.random.random() < 0.12) for _ in range(2 if self.random.random() < 0.15 else 1)]
        typed = self.member.next() if self.random.random() < 0.2 else None
        command = self.start_command(typed) if typed is not None else None
        if command is not None:
            self.processes.append(command)
        self.runs += 1
        self.proxy.note("run %d: %s" % (self.runs, ", ".join(str(p.pid) for p in self.processes)))
        until = time.monotonic() + RUN_SECONDS
        if how < 0.35:
            until = time.monotonic() + self.random.uniform(0.005, 0.3)
        elif how < 0.9:  # half of these get there without other trouble
            self.proxy.wild = self.random.random() < 0.5
            self.proxy.arm(self.random.choice(MOMENTS), self.random.choice([1, 1, 1, 1, 2, 3]), self.random.random() < 0.8,
                           self.kill)
        if self.random.random() < 0.2:
            self.write(1)
        self.wait_until(until)
        self.proxy.disarm()
        self.proxy.wild = True
        if self.kill():
            self.proxy.note("killed by the clock")
            self.timed_kills += 1
        for p in self.processes:
            self.end_of(p)
        if command is not None:
            self.adopt(typed)
        elif typed is not None:
            self.put([typed])

    def wait_until(self, until):
        """Until every kring has ended, or so late."""
        later = time.monotonic() + PASSES_SECONDS
        while time.monotonic() < until and any(p.poll() is None for p in self.processes):
            time.sleep(0.002)
            if time.monotonic() > later:
                self.time_passes()
                later = time.monotonic() + PASSES_SECONDS

    def rage(self):
        """Until there were enough kills, or time is up."""
        self.proxy.wild = self.proxy.recording = True
        begun, shown = time.monotonic(), 0
        while self.kills < self.words.kills and time.monotonic() - begun < self.words.seconds:
            self.rules()
            self.member.settle(self.states())
            self.write(self.random.choice([0, 1, 1, 2, 3]))  # about as many as get away
            self.time_passes()
            self.run_once()
            if self.kills // 100 > shown:
                shown = self.kills // 100
                print("# %d kills, %d written, %.0f s" % (self.kills, len(self.member.written), time.monotonic() - begun), flush=True)
        self.proxy.wild = False

    def rules(self):
        """In half of the runs the server takes the same text twice, so that only kring keeps it from being there twice. In
        some a moderator has to look at it first."""
        chosen = {"unique_posts_mins": self.random.choice("05"), "approve_unless_trust_level": self.random.choice("00000002")}
        with database(os.path.join(self.kringd.data, "kringd.sqlite"), "rw") as server, server:
            server.executemany("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                               " SET value = excluded.value", list(chosen.items()))

    def calm(self):
        """The network is well again, and nobody kills."""
        for _ in range(CALM_ROUNDS):
            self.time_passes()
            self.processes = [self.start()]
            self.wait_until(time.monotonic() + CALM_SECONDS)
            if self.kill():
                self.crashes.append("a calm sync does not end")
            self.last = "exit %d, %s" % (self.end_of(self.processes[0]), self.words_of_error())
            if not any(state in OPEN for state in self.states().values()):
                return

    # Judging

    def judge(self):
        trouble = {"LOST": [], "DOUBLED": [], "CHANGED": [], "REFUSED BUT THERE": [], "SENT BUT NOT KEPT": []}
        counts = {"delivered": 0, "still waiting": 0, "refused": 0}
        path = os.path.join(self.kringd.data, "kringd.sqlite")
        with database(self.kring.store) as store, database(path) as server:
            rows = {r[0]: r[1:] for r in store.execute("SELECT id, state, body, merged_by, error_what, kind FROM outbox")}
            me, = server.execute("SELECT id FROM user WHERE username = 'anna'").fetchone()
            last = {item.key: item for item in self.member.written if item.key is not None}
            for item in self.member.written:
                self.judge_one(item, rows, server, me, last, trouble, counts)
            trouble["SENT BUT NOT KEPT"] = [Item(0, REPLY, mark=mark) for mark in
                                            sorted(marks(server, self.member.tag) - {i.mark for i in self.member.written})]
            whole = store.execute("PRAGMA integrity_check").fetchone() + server.execute("PRAGMA integrity_check").fetchone()
        return trouble, counts, whole

    def judge_one(self, item, rows, server, me, last, trouble, counts):
        row = rows.get(item.id)
        while row is not None and row[0] == MERGED:
            row = rows.get(row[2])
        state = row[0] if row is not None else None
        newest = item.key is None or last[item.key] is item
        if item.kind in (TOPIC, REPLY, MESSAGE):
            there = copies(server, me, item)
            if there > 1:
                trouble["DOUBLED"].append(item)
            if there and state == REFUSED:
                trouble["REFUSED BUT THERE"].append(item)
            if state in (DONE, None) and not there:
                trouble["LOST"].append(item)
        elif state in (DONE, None) and newest and not has(server, me, item):
            trouble["LOST"].append(item)
        if state in (*OPEN, REFUSED) and newest and item.mark is not None and item.mark not in row[1]:
            trouble["CHANGED"].append(item)
        name = {REFUSED: "refused", DONE: "delivered", None: "delivered"}.get(state, "still waiting")
        counts[name] += 1

    def tell(self, trouble, counts, whole):
        p = self.proxy
        print("runs %d, kills %d: %d by the clock, %s" % (self.runs, self.kills, self.timed_kills, ", ".join(
            "%d %s" % (n, moment) for moment, n in p.kills.items())))
        print("requests %d, changes among them %d" % (p.requests, p.changes))
        print("faults: " + ", ".join("%d %s" % (n, fault) for fault, n in p.counts.items()))
        kinds = {}
        for item in self.member.written:
            kinds[item.kind] = kinds.get(item.kind, 0) + 1
        print("written %d: %d topics, %d replies, %d messages, %d edits, %d other changes" % (
            len(self.member.written), kinds.get(TOPIC, 0), kinds.get(REPLY, 0), kinds.get(MESSAGE, 0), kinds.get(EDIT, 0),
            sum(n for k, n in kinds.items() if k not in (TOPIC, REPLY, MESSAGE, EDIT))))
        print(", ".join("%s %d" % pair for pair in counts.items()))
        print(", ".join("%s %d" % (name, len(items)) for name, items in trouble.items()))
        for name, items in trouble.items():
            for item in items[:20]:
                print("  %s: kind %d, id %d, key %s, mark %s" % (name, item.kind, item.id, item.key, item.mark))
        self.tell_refused()
        for crash in self.crashes[:3]:
            print("CRASH " + crash)
        if whole != ("ok", "ok"):
            print("DAMAGED %r" % (whole,))

    def tell_refused(self):
        with database(self.kring.store) as store:
            for row in store.execute("SELECT kind, http_status, error_what, count(*) FROM outbox WHERE state = ?"
                                     " GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 12", (REFUSED,)):
                print("  refused: kind %d, status %d, %s (%d times)" % row)
            for row in store.execute("SELECT kind, state, http_status, error_what, count(*) FROM outbox WHERE state IN (1, 2, 3)"
                                     " GROUP BY 1, 2, 3, 4 LIMIT 12"):
                print("  waiting: kind %d, state %d, status %d, %s (%d times)" % row)

    def run(self):
        print("seed %d" % self.words.seed, flush=True)
        self.kringd.run("init")
        self.kringd.start()
        begun = time.monotonic()
        with Proxy(self.kringd, self.words.seed) as self.proxy, open(os.path.join(self.kring.dir, "said"), "w+b") as self.said:
            self.prepare()
            print("# prepared in %.1f s" % (time.monotonic() - begun), flush=True)
            self.rage()
            self.calm()
            self.kringd.stop()
            trouble, counts, whole = self.judge()
            self.tell(trouble, counts, whole)
        print("%.0f seconds" % (time.monotonic() - begun))
        bad = any(trouble.values()) or self.crashes or whole != ("ok", "ok")
        if counts["delivered"] == 0:
            print("nothing was delivered: %s" % self.last)
            bad = True
        return 1 if bad else 0


def main():
    words = argparse.ArgumentParser()
    for name in ("kringd", "kring", "write_outbox"):
        words.add_argument(name)
    words.add_argument("--kills", type=int, default=1000)
    words.add_argument("--seconds", type=float, default=3600)
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 1000000))
    words.add_argument("--keep", action="store_true", help="keep the community and the store, and say where")
    words = words.parse_args()
    with Kringd(words.kringd, sample=None) as kringd, Kring(words.kring) as kring:
        torture = Torture(words, kringd, kring)
        status = torture.run()
        if words.keep:
            with open(os.path.join(kring.dir, "journal"), "w") as f:
                f.writelines(line + "\n" for line in torture.proxy.journal)
            print("kept in " + shutil.copytree(kring.dir, "/tmp/kring-torture-%d" % words.seed))
            shutil.copytree(kringd.data, "/tmp/kring-torture-%d/kringd" % words.seed)
        return status


if __name__ == "__main__":
    sys.exit(main())
