#!/usr/bin/env python3
"""What kring finds out about itself (`kring doctor`), and how a community leaves the computer (`kring wipe`).

    test_home.py KRINGD KRING"""
import json
import os
import sys

from kring import Kring
from test_login import run_parts

WORDS = {"good", "note", "trouble"}


def member(kringd, program, name="sanne"):
    kring = Kring(program)
    kring.env.pop("KRING_NOW", None)  # the site's Date is of today
    kring.login(kringd.url, kringd.key(name), kringd.ca, name)
    return kring


def findings(ended):
    return {f["what"]: f for f in json.loads(ended.out)["findings"]}


def examine(kring, *words, **more):
    ended = kring.run("doctor", "--json", *words, **more)
    return ended, findings(ended)


def overwrite(path, text, at=0):
    with open(path, "r+b") as f:
        f.seek(at)
        f.write(text)


def a_report_of_all(kringd, program):
    with member(kringd, program) as kring:
        ended, found = examine(kring)
        yield ended.code == 0, "all is well before the first fetch", ended
        yield found["store"]["state"] == "note", "the first fetch is advised", found["store"]
        kring.run("sync", "--no-limits")
        ended, found = examine(kring)
        wanted = ("terminal", "locale", "widths", "colours", "clock", "zone", "config", "space", "filesystem", "saving",
                  "saving_settings", "private", "store", "site", "key", "events", "polls", "directory")
        yield set(wanted) == set(found), "everything is looked at", sorted(set(wanted) ^ set(found))
        yield {f["state"] for f in found.values()} <= WORDS, "in three states", ended
        yield all(f["todo"] for f in found.values() if f["state"] == "trouble"), "what is wrong has what to do", ended
        plain = kring.run("doctor")
        private = [w for w in ("sanne", "127.0.0.1", kring.dir, os.uname().nodename) if w in plain.out + plain.err + ended.out]
        yield private == [], "nothing private is in it", private


def what_is_wrong(kringd, program):
    with member(kringd, program) as kring:
        kring.run("sync", "--no-limits")
        key, store = os.path.join(kring.account, "key"), os.path.join(kring.account, "kring.sqlite")
        for what, change, name, words in (
                ("TERM", {"TERM": "no-such-terminal"}, "terminal", "not known"),
                ("locale", {"LC_ALL": "xx_YY.UTF-8"}, "locale_missing", "xx_YY.UTF-8"),
                ("no UTF-8", {"LC_ALL": "C"}, "locale", "plain letters"),
                ("zone", {"TZ": "Mars/Olympus"}, "zone", "Mars/Olympus"),
                ("clock", {"KRING_NOW": "2019-01-01T00:00:00Z"}, "clock", "1 January 2019"),
                ("clock that went back", {"KRING_NOW": "2026-01-01T00:00:00Z"}, "clock", "earlier than when kring last fetched")):
            ended, found = examine(kring, env=change)
            # Without a terminal its name does not matter.
            good = name == "terminal" or found[name]["state"] != "good" and words in found[name]["says"] and found[name]["todo"]
            yield good, what, found.get(name)
        ended, found = examine(kring, limit=10)
        yield ended.code == 1 and found["saving"]["state"] == found["saving_settings"]["state"] == "trouble", "nothing can be saved", ended
        yield [n for n in os.listdir(kring.account) if n.startswith(".doctor")] == [], "no trial file is left", kring.account
        kring.settings("width: 3\n")
        ended, found = examine(kring)
        yield ended.code == 1 and found["config"]["state"] == "trouble", "a wrong setting", found["config"]
        kring.settings("language: en\n")
        os.chmod(key, 0o644)
        ended, found = examine(kring)
        yield ended.code == 1 and found["private"]["state"] == found["key"]["state"] == "trouble", "a key that others read", ended
        os.chmod(key, 0o600)
        with open(key, "w") as f:
            f.write("00000000000000000000000000000000\n")
        ended, found = examine(kring)
        yield found["site"]["state"] == "good" and "not know this key" in found["key"]["says"], "a key that was taken back", ended
        os.unlink(key)
        ended, found = examine(kring, "--offline")
        yield ended.code == 1 and "no key" in found["key"]["says"] and found["site"]["state"] == "note", "no key, offline", ended
        overwrite(store, b"\x55" * 4096 * 20, 4096 * 100)
        ended, found = examine(kring, "--offline")
        yield found["store"]["state"] == "trouble" and "kring.sqlite" in found["store"]["todo"], "a damaged copy", ended


def files(folder):
    return sorted(os.path.join(f, n) for f, _, names in os.walk(folder) for n in names)


def a_community_leaves(kringd, program):
    with member(kringd, program) as kring:
        calendar, own = os.path.join(kring.dir, "my.ics"), os.path.join(kring.dir, "own.ics")
        with open(own, "w") as f:
            f.write("BEGIN:VCALENDAR\r\nPRODID:-//somebody else//EN\r\nEND:VCALENDAR\r\n")
        kring.settings("language: en\ncalendar_file: %s\n" % calendar)
        kring.run("sync", "--no-limits")
        kring.run("note", "member", "leila", text="A note of my own.\n")
        before, account = files(kring.data), kring.account
        ended = kring.run("wipe")
        yield ended.code == 1 and files(kring.data) == before, "nothing is removed without yes", ended
        for words in (kringd.url, account, "1 private note", "the calendar file " + calendar, "0 drafts"):
            yield words in ended.err, "it is shown first: " + words, ended
        os.chmod(account, 0o755)
        yield "Others on this computer may have read" in kring.run("wipe").err, "others may have read it", ended
        kring.settings("language: en\ncalendar_file: %s\n" % own)
        yield "calendar file" not in kring.run("wipe").err, "a file of somebody else is not kring's", ended
        kring.settings("language: en\ncalendar_file: %s\n" % calendar)
        with open(os.path.join(account, "key")) as f:
            key = f.read().strip()
        ended = kring.run("wipe", "--yes", "--json")
        told = json.loads(ended.out)
        yield ended.code == 0 and told["removed"] and told["wipe"]["notes"] == 1, "it is removed", ended
        yield files(kring.data) == [] and not os.path.exists(calendar) and os.path.exists(own), "nothing of it is left", files(kring.data)
        yield kringd.ask("/session/current.json", key=key)[0] in (403, 404), "the site forgot the key", key
        yield kring.run("topics").code == 4, "kring knows no community any more", ended


def the_other_one_stays(kringd, program):
    with member(kringd, program) as kring:
        first = kring.account
        kring.login(kringd.url, kringd.key("leila"), kringd.ca, "leila")
        ended = kring.run("wipe", "--yes", "--site", "leila")
        yield ended.code == 0 and os.path.exists(first), "the other account is kept", ended
        ended = kring.run("topics")
        yield ended.code == 0, "and is the one that opens", ended


PARTS = (a_report_of_all, what_is_wrong, a_community_leaves, the_other_one_stays)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
