#!/usr/bin/env python3
"""The pages of kringd in chromium without scripts, with keys only, in Dutch and in English.

    test_browser.py KRINGD FOLDER

Pictures of every page come in FOLDER."""
import base64
import datetime
import hashlib
import hmac
import html.parser
import os
import sqlite3
import struct
import sys
import time
import urllib.parse

from browser import SHIFT, TAB, Browser
from kringd import PASSWORD, KeyPair, Kringd, Report

WORDS = {
    "nl": {"login": "Inloggen", "wrong": "De naam, het e-mailadres of het wachtwoord klopt niet.",
           "code": "Typ je wachtwoord opnieuw, en de code uit je app.", "used": "Een code werkt één keer.",
           "in": "Je bent ingelogd als", "activate": "Typ de code", "asks": "Een programma vraagt toegang",
           "may": "Alles lezen wat jij kunt lezen", "given": "Er is toegang gegeven", "none": "Er is geen toegang gegeven",
           "old": "Deze code is niet bekend of te oud.", "ready": "De sleutel is klaar", "absent": "Deze pagina bestaat niet",
           "late": "Dit formulier is verlopen", "often": "Je hebt dit te vaak gedaan. Wacht"},
    "en": {"login": "Log in", "wrong": "The name, e-mail address or password is not right.",
           "code": "Type your password again, and the code from your app.", "used": "Each code can be used once.",
           "in": "You are logged in as", "activate": "Type the code", "asks": "A program asks for access",
           "may": "Read everything that you can read", "given": "Access was given", "none": "No access was given",
           "old": "This code is not known or too old.", "ready": "The key is ready", "absent": "This page does not exist",
           "late": "This form is out of date", "often": "You have done this too many times. Wait"},
}
OUTLINE = 2  # CSS pixels that show where the focus is


def now():
    """Seconds, on the clock that kringd has."""
    fixed = os.environ.get("KRING_NOW")
    return datetime.datetime.fromisoformat(fixed.replace("Z", "+00:00")).timestamp() if fixed else time.time()


def one_time_code(secret):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(now()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 1000000)


class Structure(html.parser.HTMLParser):
    """What a page is made of, from its source."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.labels, self.inputs, self.bad, self.language = [], set(), [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.bad += ["<%s>" % tag] if tag in ("script", "style", "iframe", "img", "object") else []
        self.bad += ["%s on <%s>" % (n, tag) for n in values if n.startswith("on") or n in ("style", "accesskey")]
        self.bad += ["a tab order of its own"] if values.get("tabindex", "-1") != "-1" else []
        if tag == "html":
            self.language = values.get("lang")
        elif tag == "label":
            self.labels.add(values.get("for"))
        elif tag == "input" and values.get("type") != "hidden":
            self.inputs.append(values.get("id"))


class Visit:
    """One member's walk past all pages in one language."""

    def __init__(self, report, kringd, browser, language, pair, folder):
        self.report, self.kringd, self.browser, self.language, self.pair = report, kringd, browser, language, pair
        self.words, self.folder, self.count = WORDS[language], folder, 0

    def check(self, good, what, why=""):
        return self.report.check(good, "%s: %s" % (self.language, what), why)

    def look(self, name, *texts):
        """Everything that holds for every page; `texts` are words that stand on this one."""
        browser, page = self.browser, Structure(self.browser.source)
        self.count += 1
        problems = list(page.bad)
        problems += [] if page.language == self.language else ["lang is %s" % page.language]
        problems += [] if page.tags.count("h1") == 1 else ["%d h1" % page.tags.count("h1")]
        problems += [] if page.tags.count("main") == 1 else ["%d main" % page.tags.count("main")]
        problems += ["no label for %s" % i for i in page.inputs if i is None or i not in page.labels]
        problems += [] if browser.title.startswith(browser.text("h1")) else ["title %r" % browser.title]
        problems += ["asked for " + url for url in browser.requested() if not url.startswith(self.kringd.url + "/")]
        alert = browser.find("[role=alert]")
        problems += ["the focus is not on the alert"] if alert and browser.focused() not in alert else []
        shown = browser.text()
        problems += ["no %r" % text for text in texts if text not in shown]
        for width in (320, 1000):
            wide = browser.width(width)
            problems += ["%s wide in %d" % (wide, width)] if wide > width else []
            browser.picture(os.path.join(self.folder, "%s-%02d-%s-%d.png" % (self.language, self.count, name, width)))
        self.check(not problems, "the page %s" % name, problems)

    def focus_order(self, *wanted):
        """Tab goes through these names, in this order, each with a visible focus; Shift+Tab goes back."""
        names, thin = [], []
        for _ in wanted:
            self.browser.press(TAB)
            element = self.browser.focused()
            names.append(self.browser.property(element, "name") or self.browser.property(element, "pathname"))
            if self.browser.style(element, "outline-style") != "solid" or float(
                    self.browser.style(element, "outline-width").removesuffix("px")) < OUTLINE:
                thin.append(names[-1])
        self.check(tuple(names) == wanted and not thin, "Tab goes to %s" % ", ".join(wanted), (names, thin))
        for _ in wanted[1:]:
            self.browser.press((SHIFT, TAB))
        self.check(self.browser.property(self.browser.focused(), "name") == wanted[0], "Shift+Tab goes back")

    def send(self, *texts):
        """Types into the fields from the focused one on, then Enter."""
        for at, text in enumerate(texts):
            if at:
                self.browser.press(TAB)
            self.browser.write(text)
        self.browser.enter()

    def choose(self, button):
        """Tab to a button of the page's form, then Enter."""
        self.browser.tab_to("button[value=%s]" % button)
        self.browser.enter()

    def log_in(self, name, secret):
        browser, words = self.browser, self.words
        browser.open(self.kringd.url + "/")
        self.look("first", self.kringd.url)
        browser.tab_to("a[href='/login']")
        browser.enter()
        self.look("login", words["login"])
        self.focus_order("login", "password", "do")
        self.send(name, "not the password")
        self.look("wrong", words["wrong"])
        self.check(browser.property(browser.find("#login")[0], "value") == name, "the name stays in its field")
        browser.tab_to("#password")
        self.send(PASSWORD)
        self.look("second-factor", words["code"])
        browser.tab_to("#password")
        self.send(PASSWORD, "000000")
        self.look("second-factor-wrong", words["used"])
        browser.tab_to("#password")
        self.send(PASSWORD, one_time_code(secret))
        self.look("first-logged-in", words["in"] + " " + name)

    def start_device(self):
        status, answer = self.kringd.ask("/user-api-key/device.json", body=self.pair.request())
        if status != 200:
            raise RuntimeError("the device flow does not start: %s %s" % (status, answer))
        return answer

    def poll(self, started):
        return self.kringd.ask("/user-api-key/device/poll.json", body={"device_code": started["device_code"]})[1]

    def device(self):
        browser, words = self.browser, self.words
        started = self.start_device()
        self.check(self.poll(started) == {"status": "authorization_pending"}, "the program waits")
        browser.open(started["verification_uri"])
        self.look("code", words["activate"])
        self.focus_order("user_code", "do")
        self.send("AAAA-AAAA")
        self.look("code-wrong", words["old"])
        browser.tab_to("#user_code")
        self.send(started["user_code"].replace("-", " ").lower())
        self.look("consent", words["asks"], "kring", words["may"])
        self.focus_order("do", "do")
        self.choose("approve")
        self.look("given", words["given"])
        answer = self.poll(started)
        self.check(answer["status"] == "authorized" and self.works(answer["payload"]), "the program gets a key that works", answer)
        started = self.start_device()
        browser.open(started["verification_uri_with_request"])
        browser.tab_to("#user_code")
        self.send(started["user_code"])
        self.choose("deny")
        self.look("denied", words["none"])
        self.check(self.poll(started) == {"status": "access_denied"}, "the program hears that it was denied")
        browser.open(started["verification_uri"])
        browser.tab_to("#user_code")
        self.send(started["user_code"])
        self.look("code-again", words["old"])

    def expired(self):
        started = self.start_device()
        with sqlite3.connect(os.path.join(self.kringd.data, "kringd.sqlite"), timeout=10) as db:
            db.execute("UPDATE device_request SET created_ms = created_ms - ?", ((started["expires_in"] + 1) * 1000,))
        db.close()
        self.browser.open(started["verification_uri"])
        self.browser.tab_to("#user_code")
        self.send(started["user_code"])
        self.look("code-old", self.words["old"])
        self.check(self.poll(started) == {"status": "expired_token"}, "the program hears that the code is too old")

    def paste(self):
        self.browser.open(self.kringd.url + "/user-api-key/new?" + urllib.parse.urlencode(self.pair.request()))
        self.look("paste-consent", self.words["asks"], self.words["may"])
        self.choose("approve")
        self.look("paste", self.words["ready"])
        self.check(self.works(self.browser.text("pre code")), "the text on the page holds a key that works")

    def works(self, payload):
        return self.kringd.ask("/session/current.json", self.pair.open(payload))[0] == 200

    def log_out(self):
        self.browser.open(self.kringd.url + "/nowhere")
        self.look("absent", self.words["absent"])
        self.browser.open(self.kringd.url + "/")
        self.choose("logout")
        self.look("first-logged-out", self.words["login"])

    def refused(self):
        """A form that waited too long, and too many tries. The server allows one try a minute here."""
        browser = self.browser
        browser.open(self.kringd.url + "/login")
        browser.ask("DELETE", "/cookie")
        browser.tab_to("#login")
        self.send("robin", PASSWORD)
        self.look("form-too-old", self.words["late"])
        for _ in range(2):
            browser.open(self.kringd.url + "/login")
            browser.tab_to("#login")
            self.send("nobody-" + self.language, PASSWORD)
        self.look("too-often", self.words["often"])


def scripts_are_off(browser):
    browser.open("data:text/html,<title>off</title><script>document.title='on'</script>")
    off = browser.title == "off"
    browser.requested()
    return off


def main():
    folder, report = sys.argv[2], Report()
    os.makedirs(folder, exist_ok=True)
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        pair = KeyPair(kringd.dir)
        for language in WORDS:
            name = "robin-" + language
            kringd.run("user", "add", name, "--password-stdin", text=PASSWORD + "\n")
            secret = kringd.run("user", "totp", name)
            with Browser(language) as browser:
                report.check(scripts_are_off(browser), "chromium runs no scripts")
                visit = Visit(report, kringd, browser, language, pair, folder)
                visit.log_in(name, secret)
                visit.device()
                visit.expired()
                visit.paste()
                visit.log_out()
                kringd.stop()
                kringd.start("--limit-logins", "1")
                visit.refused()
                kringd.stop()
                kringd.start()
    print("# pictures are in " + folder)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
