"""The commands that write: what they answer, what the site then has, and that it has it once.

usage: test_commands_write.py KRINGD KRING"""
import contextlib
import json
import os
import sqlite3
import subprocess
import sys

from kring import Kring
from kringd import Kringd, Report

# Waiting and taking back go by the real clock.
os.environ.pop("KRING_NOW", None)
TOPIC, CLOSED, EVENT = "20", "40", "894"


class Test(Report):
    def __init__(self, server, member):
        super().__init__()
        self.server, self.member = server, member
        self.admin, self.key = server.key(), server.key("sanne")

    def run(self, *words, text="", code=0):
        """The JSON document of a command that ends like this."""
        done = self.member.run(*words, "--json", text=text)
        self.check(done.code == code and done.bad_character() is None, " ".join(words[:3]) + " ends with %d" % code, done)
        self.err = done.err
        return json.loads(done.out) if done.out else {}

    def item(self, *words, text="", code=0, state="done"):
        """The one item of the outbox that a command is about."""
        rows = self.run(*words, text=text, code=code).get("outbox", [])
        if not self.check(len(rows) == 1 and rows[0]["state"] == state, "it is " + state, rows):
            return {"id": "0"}
        return rows[0]

    def posts(self, topic):
        status, answer = self.server.ask("/t/%s.json?include_raw=1&print=true" % topic, self.key)
        return answer["post_stream"]["posts"] if status == 200 else []

    def raws(self, topic):
        return [p["raw"] for p in self.posts(topic)]


def shapes(t):
    row = t.item("post", "--category", "opdrachten", "--title", "Een titel met een \x1b[31mkleur erin", "--tag", "techniek",
                 text="Een tekst die lang genoeg is.\r\n\r\nEn een tweede alinea.\n\n")
    t.equal((row["kind"], row["held"]), ("topic", False), "kind and held")
    post = t.posts(row["topic_id"])[0]
    t.equal(post["raw"], "Een tekst die lang genoeg is.\n\nEn een tweede alinea.", "the text as it was given")
    status, topic = t.server.ask("/t/%d.json" % row["topic_id"], t.key)
    t.check("\x1b" not in topic["title"], "no escape in the title", topic["title"])
    t.equal([tag["name"] if isinstance(tag, dict) else tag for tag in topic["tags"]], ["techniek"], "the tag")
    row = t.item("reply", TOPIC, "--to", "2", text="Een antwoord aan nummer twee.")
    post, = [p for p in t.posts(TOPIC) if p["id"] == row["post_id"]]
    t.equal((post["post_number"], post["reply_to_post_number"]), (row["post_number"], 2), "the numbers of the reply")
    row = t.item("message", "thijs_m", "@Beheer", "--title", "Een vraag aan jullie", text="Hebben jullie hier tijd voor?")
    status, topic = t.server.ask("/t/%d.json" % row["topic_id"], t.key)
    names = sorted(u["username"] for u in topic["details"]["allowed_users"])
    t.equal((topic["archetype"], names), ("private_message", ["beheer", "sanne", "thijs_m"]), "who gets the message")
    for answer, word in (("going", "going"), ("interested", "interested"), ("none", None)):
        t.equal(t.item("rsvp", EVENT, answer)["status"], word, "the answer in the document")
        status, event = t.server.ask("/discourse-post-event/events/%s.json" % EVENT, t.key)
        mine = (event["event"].get("watching_invitee") or {}).get("status")
        t.equal(mine, word, "the answer at the site")


def wrong(t):
    t.run("reply", "999999", text="Een antwoord dat nergens heen gaat.", code=1)
    t.run("reply", TOPIC, code=1)
    t.run("reply", TOPIC, "--to", "x", text="Een antwoord", code=2)
    t.run("post", "--category", "geen", "--title", "Een titel", text="Een tekst die lang genoeg is.", code=1)
    t.check("Opdrachten" in t.err, "the categories there are", t.err)
    t.run("message", "niemand", "--title", "Een titel", text="Een tekst.", code=1)
    t.run("outbox", "--drop", "999", code=1)
    bad = subprocess.run([t.member.program, "reply", TOPIC], input=b"geen \xff\xfe tekst", env=t.member.env, timeout=60,
                         capture_output=True)
    t.equal((bad.returncode, b"UTF-8" in bad.stderr), (1, True), "a text that is not UTF-8")
    t.equal(t.run("reply", TOPIC, text="x" * 1100000, code=1), {}, "a text that is far too long is not queued")


def said_why(t):
    """kring knows these reasons itself; the site's own words are in its own language."""
    text = "Dezelfde tekst, twee keer achter elkaar."
    t.item("reply", TOPIC, text=text)
    row = t.item("reply", TOPIC, text=text, code=1, state="refused")
    t.check("You sent the same text a short while ago. The site says: " in t.err, "a text twice", t.err)
    t.run("outbox", "--drop", row["id"])
    t.item("post", "--category", "algemeen", "--title", "Een titel die er twee keer is", text="Een tekst, lang genoeg voor een.")
    t.run("sync")
    row = t.item("post", "--category", "algemeen", "--title", "Een titel die er twee keer is", text="Een andere lange tekst.",
                 code=1, state="refused")
    t.check("There is a topic with this title already." in t.err, "a title twice", t.err)
    t.run("outbox", "--drop", row["id"])
    t.check(row["id"] not in [r["id"] for r in t.run("outbox")["outbox"]], "what was dropped is gone")


def refused_and_again(t):
    text = "Een antwoord in een gesloten onderwerp."
    row = t.item("reply", CLOSED, text=text, code=1, state="refused")
    t.equal((row["error"]["http_status"], row["raw"]), (422, text), "why, and the text")
    t.item("outbox", "--retry", row["id"], code=1, state="refused")
    t.server.ask("/t/%s/status.json" % CLOSED, body={"status": "closed", "enabled": False}, method="PUT",
                 headers={"Api-Key": t.admin, "Api-Username": "beheer"})
    t.item("outbox", "--retry", row["id"])
    t.run("outbox", "--retry", row["id"], code=1)
    t.equal(t.raws(CLOSED).count(text), 1, "it is there once")


def taken_back(t):
    row = t.item("reply", TOPIC, text="Een antwoord dat weer weg gaat.")
    t.item("outbox", "--undo", row["id"])
    gone = [p for p in t.posts(TOPIC) if p["id"] == row["post_id"] and not p["user_deleted"]]
    t.equal(gone, [], "a reply that is undone")
    waiting = t.item("reply", TOPIC, "--offline", text="Een antwoord dat wacht.", code=3, state="waiting")
    t.run("outbox", "--drop", waiting["id"], code=1)
    t.run("outbox", "--undo", waiting["id"], "--offline")
    rows = {r["id"]: r["state"] for r in t.run("outbox")["outbox"]}
    t.equal(rows[waiting["id"]], "draft", "what waited is a draft")
    t.run("outbox", "--drop", waiting["id"])
    t.check(waiting["id"] not in [r["id"] for r in t.run("outbox")["outbox"]], "a draft that is thrown away")
    t.run("sync")
    t.check("Een antwoord dat wacht." not in t.raws(TOPIC), "it was never sent")


def many_at_once(t):
    texts = ["Antwoord %d van een heleboel tegelijk." % i for i in range(8)]
    running = [subprocess.Popen([t.member.program, "reply", TOPIC], stdin=subprocess.PIPE, env=t.member.env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in texts]
    for process, text in zip(running, texts):
        process.stdin.write(text.encode())
        process.stdin.close()
    codes = [process.wait(90) for process in running]
    errors = [process.stderr.read().decode() for process in running]
    t.equal(codes, [0] * len(texts), "eight at once end well %s" % "".join(errors))
    raws = t.raws(TOPIC)
    t.equal([raws.count(text) for text in texts], [1] * len(texts), "each is there once")


def notes(t):
    t.run("note", "member", "thijs_m", text="Ken ik van de beurs.\n\nTweede regel.")
    t.run("note", "post", str(t.posts(TOPIC)[0]["id"]), text="Nog eens lezen.")
    t.run("note", "member", "niemand", text="Niets", code=1)
    t.run("note", "group", "x", code=2)
    rows = t.run("notes")["notes"]
    t.equal(sorted(r["kind"] for r in rows), ["member", "post"], "both notes")
    t.equal([r["text"] for r in t.run("notes", "beurs")["notes"]], ["Ken ik van de beurs.\n\nTweede regel."], "one by a word")
    t.run("note", "member", "thijs_m")
    t.equal([r["kind"] for r in t.run("notes")["notes"]], ["post"], "a note without a text goes")


def other_days(t):
    """A site that takes nothing at the moment, that holds texts for a moderator, or that is not there."""
    t.server.stop()
    row = t.item("reply", TOPIC, text="Geschreven zonder verbinding.", code=3, state="waiting")
    t.equal(row["error"]["kind"], "offline", "why it waits")
    port = t.server.url.rsplit(":", 1)[1]
    t.server.start("--listen", "127.0.0.1:" + port, "--read-only")
    row = t.item("outbox", "--retry", row["id"], code=3, state="waiting")
    t.equal(row.get("error", {}).get("kind"), "readonly", "why it waits now")
    t.server.stop()
    t.server.start("--listen", "127.0.0.1:" + port)
    t.item("outbox", "--retry", row["id"])
    t.equal(t.raws(TOPIC).count("Geschreven zonder verbinding."), 1, "it is there once")
    t.server.stop()
    with contextlib.closing(sqlite3.connect(os.path.join(t.server.data, "kringd.sqlite"))) as db:
        db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('approve_unless_trust_level', '4')")
        db.commit()
    t.server.start("--listen", "127.0.0.1:" + port)
    t.equal(t.item("reply", TOPIC, text="Dit wacht op een moderator.")["held"], True, "a moderator looks first")
    with open(os.path.join(t.member.account, "key"), "w") as key:
        key.write("0" * 32)
    t.item("reply", TOPIC, text="Geschreven met een oude sleutel.", code=4, state="waiting")


def main(kringd, kring):
    with Kringd(kringd) as server, Kring(kring) as member:
        server.start()
        member.login(server.url, server.key("sanne"), server.ca)
        member.run("sync")
        t = Test(server, member)
        for part in (shapes, wrong, said_why, refused_and_again, taken_back, many_at_once, notes, other_days):
            print("# " + part.__name__)
            part(t)
        return t.end()


sys.exit(main(*sys.argv[1:3]))
