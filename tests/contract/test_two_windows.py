#!/usr/bin/env python3
"""One member with two windows of kring at once: what is written in either arrives once, and a window that dies takes
nothing with it.

    test_two_windows.py KRINGD KRING"""
import json
import os
import signal
import subprocess
import sys
import time

from kring import Kring
from kringd import Kringd, Report
from terminal import WAIT, Window

# Waiting goes by the real clock.
os.environ.pop("KRING_NOW", None)
START = "Intervision and meetings"  # stands on the first screen alone
TITLE = "Voorstel: een vaste dag zonder vergaderingen"
ESC, HOME, END, RIGHT, F4, F5, F9 = "\x1b", "\x1b[H", "\x1b[F", "\x1b[C", "\x1bOS", "\x1b[15~", "\x1b[20~"
LIKE = 2  # Discourse's number for it


class Desk(Window):
    """One of the windows."""

    def __init__(self, kring):
        super().__init__(kring, rows=24, cols=80)

    def go_start(self):
        until = time.monotonic() + WAIT
        while START not in self.text and time.monotonic() < until:
            self.type(ESC)
            self.read(0.15)
        return START in self.text

    def open_topic(self):
        if "Outbox, " in self.lines[0]:
            self.type("G")
            return self.see(TITLE, "r Reply")
        return (self.go_start() and self.choose("Board") and self.see("All topics") and self.choose("All topics")
                and self.see(TITLE) and self.choose(TITLE) and self.see("r Reply"))

    def open_outbox(self):
        self.go_start()
        self.type(END + "\r")
        return self.see("More options") and self.choose("Outbox") and self.see("Outbox, 1 of")

    def begin(self, text):
        """Writes a reply and leaves it open. What the other window keeps as a draft is not gone on with."""
        self.type("r")
        until = time.monotonic() + WAIT
        while "F4 Overview" not in self.text and "There is a draft" not in self.text and time.monotonic() < until:
            self.read(0.1)
        good = "There is a draft" not in self.text or self.choose("Begin a new text")
        good = good and self.see("F4 Overview")
        self.type(text)
        return good and self.see(text)

    def go_on(self, text):
        """Goes on with the draft of this topic."""
        self.type("r")
        return (self.see("There is a draft") and self.choose("Go on with this draft") and self.see("F4 Overview")
                and self.see(text))

    def send(self):
        self.type(F4)
        good = self.see("F9 Send")
        self.type(F9)
        return good and self.see("r Reply")

    def write(self, text):
        """Writes a reply, sends it and sees it in the topic."""
        good = self.begin(text) and self.send()
        self.type(END)
        return good and self.see(text, key=END)

    def like(self, number):
        self.type(HOME)
        good = self.see("post %d of " % number, key=RIGHT)
        self.type("l")
        return good and self.see("You like this post.")

    def fetch(self, text):
        """Sees a text in the topic after fetching."""
        self.type(F5)
        return self.see(text, key=F5 + END)

    def see_rows(self, word, wanted, key=None):
        """Waits for so many items of the outbox whose sentence begins with a word."""
        until, pressed = time.monotonic() + WAIT, time.monotonic()
        while sum(line.strip().startswith(word) for line in self.lines) != wanted:
            if time.monotonic() > until or not self.read(0.1):
                return False
            if key and time.monotonic() - pressed > 1:
                self.type(key)
                pressed = time.monotonic()
        return True


class Test(Report):
    def __init__(self, server, member):
        super().__init__()
        self.server, self.member, self.key = server, member, server.key("sanne")
        status, answer = server.ask("/latest.json?per_page=100", self.key)
        self.topic, = [t["id"] for t in answer["topic_list"]["topics"] if t["title"] == TITLE]
        self.others = [p["post_number"] for p in self.posts() if p["username"] != "sanne"]

    def posts(self):
        status, answer = self.server.ask("/t/%s.json?include_raw=1&print=true" % self.topic, self.key)
        return answer["post_stream"]["posts"]

    def liked(self):
        """The numbers of the posts that this member likes."""
        return [p["post_number"] for p in self.posts()
                if any(a["id"] == LIKE and a.get("acted") for a in p["actions_summary"])]

    def once(self, texts, what):
        """These texts stand on the server, each once, in this order; what comes between does not matter."""
        self.equal([p["raw"] for p in self.posts() if p["raw"] in texts], texts, what)

    def outbox(self):
        done = self.member.run("outbox", "--json")
        return json.loads(done.out)["outbox"] if done.code == 0 else []

    def arrive(self, window, wanted):
        """Fetches in a window until so many items of the outbox have arrived."""
        until = time.monotonic() + WAIT
        while sum(row["state"] == "done" for row in self.outbox()) != wanted and time.monotonic() < until:
            window.type(F5)
            window.read(0.5)
        return sum(row["state"] == "done" for row in self.outbox()) == wanted

    def all_arrived(self, what):
        self.equal({row["state"] for row in self.outbox()}, {"done"}, what)

    def start_again(self):
        self.server.start("--listen", "127.0.0.1:" + self.server.url.rsplit(":", 1)[1])


def one_writes(t, a, b):
    t.check(a.open_topic() and b.open_topic(), "both open the topic", a.text + b.text)
    t.check(a.write("Uit het eerste venster."), "one window sends a reply", a.text)
    t.check(b.fetch("Uit het eerste venster."), "the other shows it after fetching", b.text)
    t.once(["Uit het eerste venster."], "it is on the server once")


def both_offline(t, a, b):
    before = t.liked()
    first, second = [n for n in t.others if n not in before][:2]
    t.server.stop()
    texts = {a: ["Het eerste van het linker venster.", "Het tweede van het linker venster."],
             b: ["Het eerste van het rechter venster.", "Het tweede van het rechter venster."]}
    for i in range(2):
        for window, own in texts.items():
            t.check(window.write(own[i]), "without a connection: " + own[i], window.text)
    t.check(a.like(first) and b.like(second), "and each likes a post", a.text + b.text)
    for window in texts:
        t.check(window.open_outbox() and window.see_rows("Waiting", 6), "all six wait in the outbox", window.text)
    t.start_again()
    for window in texts:
        t.check(window.see_rows("Waiting", 0, F5) and t.arrive(window, 7), "all seven arrived", window.text)
    for own in texts.values():
        t.once(own, "each once, in the order of its window")
    t.equal(t.liked(), sorted(before + [first, second]), "both likes")
    t.all_arrived("nothing waits")


def one_dies(t, a, b):
    """A window is killed right after it sent something, while the other one is in the middle of a text."""
    half, rest, last = "De eerste helft,", " en de tweede helft.", "Geschreven vlak voor het einde."
    t.check(a.open_topic() and b.open_topic() and a.begin(half), "a text is half done", a.text + b.text)
    t.check(b.write(last), "the other window sends a reply", b.text)
    b.signal(signal.SIGKILL)
    t.equal(b.end(), -signal.SIGKILL, "and is killed")
    t.check(half in a.text, "the half text stands there", a.text)
    a.type(rest)
    t.check(a.see(half + rest) and a.send(), "it is finished and sent", a.text)
    t.check(a.fetch(half + rest) and a.open_outbox() and t.arrive(a, 9), "both arrived", a.text)
    t.check({half + rest, last} <= {p["raw"] for p in t.posts()}, "both are on the server")
    for text in (half + rest, last):
        t.once([text], "once: " + text)
    t.check(half not in [row.get("raw") for row in t.outbox()], "no half text stays behind", t.outbox())


def one_draft(t, a, b):
    """Both windows go on with the same draft: none of the words is lost, and the member hears of it."""
    first, left, right = "Samen begonnen,", " links verder.", " rechts verder."
    t.check(a.open_topic() and b.open_topic() and a.begin(first), "a text is begun", a.text + b.text)
    a.type(ESC)
    t.check(a.see("r Reply"), "and left", a.text)
    t.check(a.go_on(first) and b.go_on(first), "both windows go on with it", a.text + b.text)
    a.type(END + left)
    t.check(a.see(left), "one writes", a.text)
    until = time.monotonic() + WAIT
    while first + left not in [row.get("raw") for row in t.outbox()] and time.monotonic() < until:
        a.read(0.3)
    b.type(END + right)
    t.check(b.see("Yours is now a draft of its own."), "the other hears that its text is a draft of its own", b.text)
    t.equal(sorted(row.get("raw") for row in t.outbox() if row["state"] == "draft"), sorted([first + left, first + right]),
            "both texts are kept")
    t.check(b.send() and a.send(), "both are sent", a.text + b.text)
    for window in (a, b):
        t.check(window.open_outbox() and window.see_rows("Waiting", 0, F5) and window.see_rows("Being sent", 0, F5),
                "nothing waits in the window", window.text)
    for text in (first + left, first + right):
        t.once([text], "once: " + text)
    t.all_arrived("no draft stays behind")


def sync_beside(t, a, b):
    """The timer starts `kring sync`, at the moment that both windows have something to send."""
    texts = {a: "Naast de klok geschreven, links.", b: "Naast de klok geschreven, rechts."}
    t.server.stop()
    for window, text in texts.items():
        t.check(window.open_topic() and window.write(text), "without a connection: " + text, window.text)
    t.start_again()
    running = [subprocess.Popen([t.member.program, "sync"], env=t.member.env, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for _ in range(2)]
    for window in texts:
        window.type(F5)
    t.equal([process.wait(WAIT) for process in running], [0, 0], "the commands end well")
    for window in texts:
        t.check(window.open_outbox() and window.see_rows("Waiting", 0, F5) and window.see_rows("Being sent", 0, F5),
                "nothing waits in the window", window.text)
    for text in texts.values():
        t.once([text], "once: " + text)
    t.all_arrived("everything arrived")
    raws = [p["raw"] for p in t.posts()]
    t.equal(len(raws), len(set(raws)), "nothing in the topic stands there twice")


def left_behind(t):
    """A kring ended while its disk was full: what it could not keep is a draft the next time."""
    path, text = os.path.join(t.member.account, "unsaved.txt"), "Bijna kwijt geraakt."
    with open(path, "w") as f:
        f.write("== reply 4711 0 %s 0 0 0\n%s\n\n" % (t.topic, text))
    with Desk(t.member) as window:
        t.check(window.see("among your drafts now"), "it is said at the start", window.text)
        until = time.monotonic() + WAIT
        while os.path.exists(path) and time.monotonic() < until:
            window.read(0.2)
        t.check(not os.path.exists(path), "the file is gone")
        t.check(window.open_topic() and window.go_on(text), "and the text can be gone on with", window.text)
    t.equal([row.get("raw") for row in t.outbox() if row["state"] == "draft"], [text], "it is a draft")


def main(kringd, kring):
    with Kringd(kringd) as server, Kring(kring) as member:
        server.start()
        member.settings("language: en\ngrace_seconds: 0\n")
        member.login(server.url, server.key("sanne"), server.ca)
        member.run("sync")
        t = Test(server, member)
        with Desk(member) as a:
            with Desk(member) as b:
                for part in (one_writes, both_offline, one_dies):
                    print("# " + part.__name__)
                    part(t, a, b)
            with Desk(member) as b:
                for part in (one_draft, sync_beside):
                    print("# " + part.__name__)
                    part(t, a, b)
        print("# left_behind")
        left_behind(t)
        return t.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
