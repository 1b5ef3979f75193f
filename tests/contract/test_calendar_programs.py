"""The meetings of kring in other programs: khal and calcurse read the file and show the same times; what kring exports
beside it is what the formats say; the calendar file is kept up to date and never takes the place of another one.

usage: test_calendar_programs.py KRINGD KRING"""
import contextlib
import datetime
import json
import mailbox
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zoneinfo

from kring import Kring
from kringd import Kringd, Report

FROM, TO = datetime.date(2025, 3, 1), datetime.date(2027, 3, 1)
SERIES = """
INSERT INTO event(id, topic_id, name, starts_ms, ends_ms, timezone, all_day, show_local_time, recurrence, mine, status, closed,
 max_attendees, going, interested, not_going, invited, detailed) VALUES (?, 20, ?, ?, ?, ?, 0, 0, ?, 1, 0, 0, 0, 1, 0, 0, 0, 1)"""
HOSTILE = ["a\r\nBEGIN:VEVENT\r\nSUMMARY:boe", "\"aan;halen:d,\" \\n", "\x1b[31mrood", "END:VCALENDAR", "\u202eom",
           "%s%n{title}", "😀" * 400, "é" * 90]


class Test(Report):
    def __init__(self, server, member):
        super().__init__()
        self.server, self.member = server, member
        self.file = os.path.join(member.dir, "meetings.ics")

    def export(self, *words, code=0):
        done = self.member.run("export", *words)
        self.check(done.code == code, "export %s ends with %d" % (" ".join(words), code), done)
        return done

    def text(self):
        with open(self.file, newline="") as f:
            return f.read()


def milliseconds(zone, *when):
    return int(datetime.datetime(*when, tzinfo=zoneinfo.ZoneInfo(zone)).timestamp() * 1000)


def wanted(store, where, local):
    """Start, end and title of every date in the store, as a clock in the local zone shows it."""
    rows = set()
    with contextlib.closing(sqlite3.connect(store)) as db:
        found = db.execute("SELECT o.starts_ms, o.ends_ms, e.all_day, coalesce(nullif(e.name, ''), t.title), e.timezone,"
                           " e.recurrence, e.show_local_time FROM occurrence o JOIN event e ON e.id = o.event_id"
                           " LEFT JOIN topic t ON t.id = e.topic_id WHERE " + where).fetchall()
    for start, end, all_day, title, zone, recurrence, wall in found:
        end = end if end > start else start + 3600000
        show = zoneinfo.ZoneInfo("UTC" if all_day else zone or "UTC") if all_day or wall else local
        begin = datetime.datetime.fromtimestamp(start / 1000, show)
        if FROM <= begin.date() < TO:
            stop = datetime.datetime.fromtimestamp(end / 1000, show)
            form = "%Y-%m-%d" if all_day else "%Y-%m-%d %H:%M"
            rows.add((begin.strftime(form), stop.strftime(form), title, bool(recurrence), zone))
    return rows


def run(words, home, zone):
    return subprocess.run(words, capture_output=True, text=True, timeout=120, env={
        "HOME": home, "TZ": zone, "LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "XDG_CONFIG_HOME": home + "/.config", "XDG_DATA_HOME": home + "/.share", "XDG_CACHE_HOME": home + "/.cache"})


def khal_shows(t, file, zone):
    home = os.path.join(t.member.dir, "khal")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + "/.config/khal"), os.makedirs(home + "/calendar")
    with open(home + "/.config/khal/config", "w") as f:
        f.write("[calendars]\n[[kring]]\npath = %s/calendar\n[locale]\nlocal_timezone = %s\ndefault_timezone = %s\n"
                "timeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n"
                "datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                "[default]\nprint_new = False\n" % (home, zone, zone))
    done = run(["khal", "import", "--batch", "-a", "kring", file], home, zone)
    t.check(done.returncode == 0, "khal takes the file", done.stderr[-600:])
    done = run(["khal", "list", "--day-format", "", "--format", "{start-long}|{end-long}|{title}", str(FROM), str(TO)],
               home, zone)
    t.check(done.returncode == 0, "khal lists it", done.stderr[-600:])
    return {tuple(line.split("|", 2)) for line in done.stdout.splitlines() if line.count("|") >= 2}


def calcurse_shows(t, file, zone):
    home = os.path.join(t.member.dir, "calcurse")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home)
    done = run(["calcurse", "-q", "-D", home, "-i", file], home, zone)
    t.check(done.returncode == 0, "calcurse takes the file", done.stdout + done.stderr)
    form = "%(start:%Y-%m-%d %H:%M)|%(end:%Y-%m-%d %H:%M)|%m\n"
    done = run(["calcurse", "-q", "-D", home, "-Q", "--filter-type", "cal", "--from", FROM.strftime("%m/%d/%Y"), "--to",
                TO.strftime("%m/%d/%Y"), "--format-apt", form, "--format-recur-apt", form, "--format-event", "%m\n",
                "--format-recur-event", "%m\n"], home, zone)
    t.check(done.returncode == 0, "calcurse lists it", done.stderr)
    return {tuple(line.split("|", 2)) for line in done.stdout.splitlines() if line.count("|") >= 2}


def compare(t, what, got, expected):
    got, expected = set(got), set(expected)
    t.check(got == expected and expected, what + ": the same times",
            "not shown %s, not known %s" % (sorted(expected - got)[:5], sorted(got - expected)[:5]))


def same_times(t):
    with contextlib.closing(sqlite3.connect(t.member.store)) as db:
        for n, (zone, word) in enumerate((("Europe/Amsterdam", "every_week"), ("America/New_York", "every_two_weeks"),
                                          ("Australia/Sydney", "every_month"), ("Pacific/Auckland", "every_weekday"))):
            start = milliseconds(zone, 2026, 3, 3, 14, 30)
            db.execute(SERIES, (900001 + n, "Reeks in " + zone, start, start + 5400000, zone, word))
            step = {"every_week": 7, "every_two_weeks": 14, "every_month": 28}.get(word)
            for k in range(40 if step in (7, 14) else 0):
                day = datetime.date(2026, 3, 3) + datetime.timedelta(days=k * step)
                at = milliseconds(zone, day.year, day.month, day.day, 14, 30)
                db.execute("INSERT INTO occurrence(event_id, starts_ms, ends_ms, last_ms) VALUES (?, ?, ?, ?)",
                           (900001 + n, at, at + 5400000, at + 5400000))
        db.commit()
    for words, where in (((), "e.mine IN (1, 2)"), (("--all",), "1")):
        t.export("ics", *words, "--out", t.file)
        for zone in ("Europe/Amsterdam", "Pacific/Auckland"):
            rows = wanted(t.member.store, where, zoneinfo.ZoneInfo(zone))
            known = {r[2] for r in rows}
            if shutil.which("khal"):
                got = {r for r in khal_shows(t, t.file, zone) if r[2] in known}
                compare(t, "khal in " + zone, got & {r[:3] for r in rows} | {r for r in got if r[2] not in endless(rows)},
                        {r[:3] for r in rows})
            # calcurse repeats on the clock of the place where it runs: a series elsewhere is another one there.
            plain = {r[:3] for r in rows if len(r[0]) > 10 and not (r[3] and r[4] != zone)}
            if shutil.which("calcurse"):
                titles = {r[2] for r in plain}
                got = {r for r in calcurse_shows(t, t.file, zone) if r[2] in titles}
                compare(t, "calcurse in " + zone, got & plain | {r for r in got if r[2] not in endless(rows)}, plain)


def endless(rows):
    """A series without an end goes on in other programs after the last date that kring knows."""
    return {r[2] for r in rows if r[2].startswith("Reeks in ")}


def bad_events(t):
    """One event that is odd never costs the others."""
    with contextlib.closing(sqlite3.connect(t.member.store)) as db:
        rows = [(name, milliseconds("UTC", 2026, 5, 1 + n, 12, 0), "Europe/Amsterdam", None) for n, name in enumerate(HOSTILE)]
        year1 = -62135596800000
        rows += [("Jaar een", year1 + 43200000, "Europe/Amsterdam", "every_week"),
                 ("Jaar 9999", milliseconds("UTC", 9999, 12, 30, 12, 0), "Asia/Tokyo", "every_day"),
                 ("Geen zone", milliseconds("UTC", 2026, 6, 1, 12, 0), "Mars/Olympus", None),
                 ("Geen eind", milliseconds("UTC", 2026, 6, 2, 12, 0), "UTC", "every_day"),
                 ("Geen regel", milliseconds("UTC", 2026, 6, 3, 12, 0), "UTC", "soms;COUNT=1\nX:y")]
        for n, (name, start, zone, word) in enumerate(rows):
            db.execute(SERIES, (910001 + n, name, start, start - 5, zone, word))
            db.execute("INSERT INTO occurrence(event_id, starts_ms, ends_ms, last_ms) VALUES (?, ?, 0, ?)",
                       (910001 + n, start, start))
        db.execute("UPDATE event SET rrule = 'FREQ=DAILY;COUNT=100000' WHERE name = 'Geen eind'")
        db.commit()
    t.export("ics", "--out", t.file)
    lines = t.text().split("\r\n")
    t.check(all(len(line.encode()) <= 75 and "\n" not in line for line in lines), "lines of at most 75 bytes")
    t.check("kring does not know the time zone" in t.text().replace("\r\n ", ""), "an unknown zone is said")
    t.equal(sum(line == "END:VCALENDAR" for line in lines), 1, "one end")
    for program, shows in (("khal", khal_shows), ("calcurse", calcurse_shows)):
        if shutil.which(program):
            got = {r[2]: r[0] for r in shows(t, t.file, "Europe/Amsterdam")}
            for title, start in (("Geen zone", "2026-06-01 14:00"), ("Geen regel", "2026-06-03 14:00"),
                                 ("END:VCALENDAR", "2026-05-04 14:00")):
                t.equal(got.get(title), start, "%s shows %s" % (program, title))
    with contextlib.closing(sqlite3.connect(t.member.store)) as db:
        db.execute("DELETE FROM event WHERE id > 900000")
        db.execute("DELETE FROM occurrence WHERE event_id > 900000")
        db.commit()


def one_event(t):
    text = t.export("ics", "894").out
    t.equal((text.count("BEGIN:VEVENT"), "UID:calendar_event_894@" in text), (1, True), "the event that was asked")
    t.export("ics", "999999", code=1)
    for words in (("ics", "x"), ("ics", "894", "--all"), ("ics", "--all", "--mine"), ("ocs",), (), ("mbox",), ("vcf", "x")):
        t.export(*words, code=2)


def other_kinds(t):
    cards = t.export("vcf").out.replace("\r\n ", "").replace("\r\n", "\n")
    names = re.findall(r"^NICKNAME:(.*)$", cards, re.M)
    t.check(len(names) > 40 and "sanne" in names, "a card for each member", names)
    t.equal(cards.count("EMAIL"), 0, "no addresses of mail")
    t.export("mbox", "20", "--out", t.file)
    box = mailbox.mbox(t.file)
    status, topic = t.server.ask("/t/20.json?print=true", t.server.key("sanne"))
    t.equal(len(box), len(topic["post_stream"]["posts"]), "a message for each post")
    t.equal({m.get_content_charset() for m in box}, {"utf-8"}, "its characters")
    t.export("mbox", "999999", code=1)
    with contextlib.closing(sqlite3.connect(t.member.store)) as db:
        db.execute("INSERT INTO guide(event_id, starts_ms, part, text, changed_ms) VALUES (894, 0, 'note', 'Mijn vraag', 1)")
        db.execute("INSERT INTO agreement(category_id, text, agreed_ms) VALUES (1, 'Wij zwijgen erover', 1)")
        db.execute("INSERT INTO reminder(event_id, minutes) VALUES (894, 20)")
        db.commit()
    whole = json.loads(t.export("json").out)
    with contextlib.closing(sqlite3.connect(t.member.store)) as db:
        for table, names in (("post", ("posts", "message_posts")), ("topic", ("topics", "messages", "archived_messages"))):
            count, = db.execute("SELECT count(*) FROM " + table).fetchone()
            t.equal(sum(len(whole[name]) for name in names), count, "every " + table)
    t.equal((whole["meeting_notes"][0]["text"], whole["agreements"][0]["text"]), ("Mijn vraag", "Wij zwijgen erover"),
            "what is kept of meetings")
    t.check(any(e["id"] == 894 and e.get("reminder_minutes") == 20 for e in whole["events"]), "a reminder of one meeting")
    t.check("TRIGGER:-PT20M" in t.export("ics", "894").out, "it is in the calendar of that meeting")
    before = t.export("ics", "--out", t.file).out
    t.check(t.file in before and oct(os.stat(t.file).st_mode)[-3:] == "600", "a private file", before)
    t.export("ics", "--out", "/nowhere/at/all.ics", code=1)


def kept_up_to_date(t):
    t.member.settings("language: en\ncalendar_file: ~/kept.ics\nreminder_minutes: 45\n")
    t.file = os.path.join(t.member.dir, "kept.ics")
    t.member.run("rsvp", "894", "none")
    t.equal(t.member.run("sync").code, 0, "sync")
    first, state = t.text(), os.stat(t.file)
    t.check("TRIGGER:-PT45M" in first and oct(state.st_mode)[-3:] == "600", "the calendar file", oct(state.st_mode))
    t.member.run("sync")
    t.equal((os.stat(t.file).st_mtime_ns, os.stat(t.file).st_ino), (state.st_mtime_ns, state.st_ino), "not written again")
    t.member.run("rsvp", "894", "going")
    t.member.run("sync")
    t.check("calendar_event_894@" not in first and "calendar_event_894@" in t.text(), "a new answer is in it")
    t.member.run("rsvp", "894", "none")
    t.member.run("sync")
    t.check("calendar_event_894@" not in t.text(), "and goes again")
    for content in ("BEGIN:VCALENDAR\r\nPRODID:-//me//mine//EN\r\nEND:VCALENDAR\r\n", "not a calendar"):
        with open(t.file, "w", newline="") as f:
            f.write(content)
        done = t.member.run("sync")
        t.equal((done.code, t.text() == content, "not a calendar of kring" in done.err), (0, True, True), "a file of others stays")
    t.member.settings("language: en\ncalendar_file: kept.ics\n")
    done = t.member.run("sync")
    t.check(done.code == 0 and "full path" in done.err, "a full path is asked", done)
    t.member.settings("language: en\ncalendar_file: /nowhere/at/all.ics\n")
    done = t.member.run("sync")
    t.check(done.code == 0 and "/nowhere" in done.err, "a folder that is not there", done)


def main(kringd, kring):
    with Kringd(kringd) as server, Kring(kring) as member:
        server.start()
        member.login(server.url, server.key("sanne"), server.ca)
        member.run("sync")
        t = Test(server, member)
        for program in ("khal", "calcurse"):
            if not shutil.which(program):
                print("skipped: %s is not installed" % program)
        for part in (same_times, bad_events, one_event, other_kinds, kept_up_to_date):
            print("# " + part.__name__)
            part(t)
        return t.end()


sys.exit(main(*sys.argv[1:3]))
