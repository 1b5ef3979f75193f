#!/usr/bin/env python3
"""Finding the community at an address; an older Discourse; two krings of one member.

    test_login_site.py KRINGD KRING"""
import contextlib
import http.server
import json
import re
import sys
import threading

from hostile_server import Handler, Hostile
from kring import Kring
from kringd import Kringd
from terminal import Talk, Window
from test_login import ADDRESS, consent, in_lines, key_of, run_parts, sessions


class InFolder(Handler):
    """The community lives in /forum; what is above it points there."""

    def upstream(self, body):
        if self.path.startswith("/forum/"):
            self.path = self.path[len("/forum"):]
            return super().upstream(body)
        answer = super().upstream(body)
        return answer.replace("", status=301, Location="/forum" + self.path)


class Plain(http.server.BaseHTTPRequestHandler):
    """Without TLS: sends everybody to the address that the server has."""

    def log_message(self, *words):
        pass

    def answer(self):
        self.send_response_only(301 if self.server.to else 200)
        if self.server.to:
            self.send_header("Location", self.server.to + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST = answer


@contextlib.contextmanager
def plain_http(to):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    server.daemon_threads, server.to = True, to
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield "127.0.0.1:%d" % server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def site_of(kring):
    done = kring.run("status", "--json")
    return json.loads(done.out)["status"]["site"] if done.code == 0 else str(done)


def logs_in(kringd, program, typed, wanted):
    with Kring(program) as kring:
        done = kring.login(typed, kringd.key("sanne"), kringd.ca)
        if done.code != 0:
            return False, "%s finds the site" % typed, done
        done = kring.run("sync")
        return done.code == 0 and site_of(kring) == wanted, "%s finds the site" % typed, (done, site_of(kring))


def addresses(kringd, program):
    bare = kringd.url[len("https://"):]
    for typed in (bare, kringd.url + "/", kringd.url.upper().replace("HTTPS", "Https"), " %s " % bare, kringd.url + "/latest",
                  kringd.url + "/t/een-onderwerp/12?u=sanne", bare + "/u/sanne/summary", kringd.url + "/forum/here"):
        yield logs_in(kringd, program, typed, kringd.url)


def redirected(kringd, program):
    with Hostile(kringd) as site:
        site.server.RequestHandlerClass = InFolder
        for typed in (site.url, site.url + "/forum", site.url + "/forum/", site.url + "/forum/latest"):
            yield logs_in(kringd, program, typed, site.url + "/forum")
    with plain_http(kringd.url) as address:
        yield logs_in(kringd, program, "http://" + address, kringd.url)


def no_community(kringd, program):
    def page(path, answer):
        answer.replace("<html><body>Welcome</body></html>", "text/html")

    def absent(path, answer):
        answer.replace("<h1>404</h1>", "text/html", 404)

    def half(path, answer):
        if path.startswith("/user-api-key/new"):
            answer.replace("", "text/html")

    key = kringd.key("sanne")
    with Hostile(kringd) as site, plain_http(None) as plain, Kring(program) as kring:
        for change, typed, words, code, what in (
                (page, site.url, "no Discourse community", 1, "a web page"), (absent, site.url, "no Discourse community", 1, "404"),
                (half, site.url, "no Discourse community", 1, "another program"),
                (None, "https://" + plain, "safe connection", 1, "https at a port without"),
                (None, "http://" + plain, "no Discourse community", 1, "something without https"),
                (None, "http://" + kringd.url[8:], "", None, "http at a port with https"),
                (None, "http://forum.invalid", "", 3, "an unknown host"), (None, "https://a b.nl", "web address", 1, "two words"),
                (None, "ftp://127.0.0.1", "web address", 1, "ftp"), (None, "", "web address", 1, "nothing")):
            site.change(change)
            done = kring.login(typed, key, kringd.ca)
            line = done.err.split("\n")[0]
            yield done.code == (code or done.code) and done.code and words in line and line.count(". ") >= 2, what, done
            yield key not in done.err and not any("User-Api-Key" in h for _, _, h in site.seen), what + ": no key was sent", ""


LISTS = (("topics", "--limit", "500"), ("members", "--limit", "500"), ("events",), ("events", "--past"), ("notices",), ("messages",),
         ("search", "intervisie"))


def rows(kring, *words):
    """What a list says, without what differs between servers: their addresses, and what the older one never tells (that
    an event takes whole days, and the past dates of a series)."""
    done = kring.run(*words, "--offline", "--json")
    if done.code != 0:
        return str(done)
    answer = json.loads(re.sub(r"127\.0\.0\.1:\d+", "HOST", done.out))
    for event in answer.get("events", ())[:]:
        if event["recurring"] and "--past" in words:
            answer["events"].remove(event)
        elif event["starts_at"][11:] in ("00:00:00Z", "22:00:00Z", "23:00:00Z"):
            event.update(all_day=None, starts_at=None, ends_at=None)
    return json.dumps(answer, indent=0)


def first_difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "%r, not %r" % (a[max(0, at - 200):at + 60], b[max(0, at - 200):at + 60])


def old_discourse(kringd, program):
    """The older generation: no log-in by code, other padding, other shapes; the same rows."""
    with Kring(program) as new, Kring(program) as old, Kringd(kringd.program) as kringd:
        kringd.start()
        new.login(kringd.url, kringd.key("yasmin"), kringd.ca)
        done = new.run("sync", "--json")
        yield done.code == 0 and json.loads(done.out)["complete"], "fetched from the newer one", done
        lists = [(words, rows(new, *words)) for words in LISTS]
        topics = [t["id"] for t in json.loads(new.run("topics", "--limit", "500", "--offline", "--json").out)["topics"]]
        texts = [(id_, rows(new, "topic", str(id_))) for id_ in topics[:25]]
        with Kringd(kringd.program, sample=None) as other:
            other.data, other.ca = kringd.data, kringd.ca
            other.start("--old-discourse")
            with Talk(old, "login", other.url, "--ca-file", kringd.ca, "--device") as talk:
                talk.hear("empty line")
                yield "no log-in with a code" in talk.err, "says that there is no log-in by code", talk
                address = re.search(ADDRESS, talk.err).group(0)
                yield "padding" not in address, "asks for no padding that it does not know", address
                talk.say(in_lines(consent(other, address, "yasmin")) + "\n\n")
                yield talk.end() == 0 and sessions(other, key_of(old)) == "yasmin", "logged in by paste", talk
            done = old.run("sync", "--json")
            yield done.code == 0 and json.loads(done.out)["complete"], "fetched from the older one", done
            for words, wanted in lists:
                got = rows(old, *words)
                yield got == wanted and len(got) > 100, " ".join(words), first_difference(got, wanted)
            different = [first_difference(rows(old, "topic", str(i)), t) for i, t in texts
                         if rows(old, "topic", str(i)) != t]
            yield not different and len(texts) == 25, "the same topics", different[:2]
            for _ in range(2):
                done = old.run("sync", "--json")
            yield json.loads(done.out)["requests"] == 1, "nothing new is one request", done
        for _ in range(2):
            done = new.run("sync", "--json")
        yield json.loads(done.out)["requests"] == 1, "nothing new is one request with the newer one too", done


def two_krings(kringd, program):
    """The full screen and `kring sync` beside it."""
    with Kring(program) as kring:
        kring.login(kringd.url, kringd.key("thijs_m"), kringd.ca)
        kring.run("sync")
        admin = kringd.key("noor")
        category = json.loads(kring.run("topics", "--limit", "1", "--offline", "--json").out)["topics"][0]["category_id"]
        with Window(kring) as window:
            yield window.see("Calendar"), "the full screen", window.text
            yield window.choose("More options") and window.see("Fetch new items") and window.choose("with new posts"), "is used", window.text
            for i in range(3):
                title = "Vergadering nummer %d van de proef" % (i + 1)
                status, made = kringd.ask("/posts.json", admin, {"title": title, "category": category,
                                                                 "raw": "Wie komt er ook naar bijeenkomst %d van deze proef?" % (i + 1)})
                yield status == 200, "a new topic", made
                done = kring.run("sync")
                yield done.code == 0, "kring sync beside the full screen", done
            yield window.see("nummer 3 van de proef", key="\x1b[H"), "shows the news", window.text
            window.keys("\x1b", "\x1b", "q")
            yield window.end() == 0, "and ends well", window.text


PARTS = (addresses, redirected, no_community, old_discourse, two_krings)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
