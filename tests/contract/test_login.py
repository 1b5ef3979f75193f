#!/usr/bin/env python3
"""Logging in with commands: by code, by paste, with a password and second step, with a key; logging out again.

    test_login.py KRINGD KRING"""
import concurrent.futures
import glob
import json
import os
import re
import signal
import sqlite3
import stat
import sys
import termios

from hostile_server import Hostile
from kring import Kring, Screen
from kringd import PASSWORD, Kringd, Report, Visitor
from terminal import Talk, one_time_code

CODE = r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b"
ADDRESS = r"https://\S+"


def key_of(kring):
    with open(os.path.join(kring.account, "key")) as f:
        return f.read().strip()


def private(kring):
    """Files and folders that an other one on this computer can read."""
    open_ = []
    for root, folders, files in os.walk(os.path.join(kring.data, "kring")):
        for path, wanted in [(root, 0o700)] + [(os.path.join(root, f), 0o600) for f in files]:
            mode = stat.S_IMODE(os.stat(path).st_mode)
            if mode & 0o077 or mode & wanted != wanted:
                open_.append("%s is %o" % (path, mode))
    return open_


def of_process(pid):
    """Everything that others on this computer might see of a program: arguments and environment."""
    text = b""
    for name in ("cmdline", "environ"):
        with open("/proc/%d/%s" % (pid, name), "rb") as f:
            text += f.read()
    return text.decode(errors="replace")


def approve(kringd, address, code, username="sanne", button="approve"):
    """A member with a browser: opens the address, logs in, types the code, and presses a button."""
    visitor = Visitor(kringd)
    page = visitor.log_in(username, page=visitor.open(address))
    page = visitor.send(page, "look", user_code=code)
    return visitor.send(page, button), visitor


def sessions(kringd, key):
    """The name that a key stands for; the status when it stands for none."""
    status, answer = kringd.ask("/session/current.json", key)
    return answer["current_user"]["username"] if status == 200 else status


def done_well(ended):
    """What a part cannot go on without."""
    if ended.code != 0:
        raise RuntimeError(str(ended))
    return ended


def by_code(kringd, program):
    with Kring(program) as kring, Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, "--device") as talk:
        code = talk.hear(CODE)
        yield code is not None, "a code is shown", talk
        address = re.search(ADDRESS, talk.err).group(0)
        seen = of_process(talk.process.pid)
        approve(kringd, address, code.group(0))
        yield talk.end() == 0, "kring ends well when the code is approved", talk
        key = key_of(kring)
        yield sessions(kringd, key) == "sanne", "the key is the member's", sessions(kringd, key)
        yield not private(kring), "the key is private", private(kring)
        said = seen + talk.out + talk.err
        yield key not in said and "PRIVATE KEY" not in said, "the key is in no argument and in no output", said
        done = kring.run("status", "--json")
        status = json.loads(done.out)["status"] if done.code == 0 else {}
        yield status.get("username") == "sanne" and status.get("site") == kringd.url, "kring status knows who", done
        yield kring.run("sync").code == 0, "fetches with the key", ""


def by_code_refused(kringd, program):
    with Kring(program) as kring, Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, "--device") as talk:
        code = talk.hear(CODE).group(0)
        visitor = Visitor(kringd)
        page = visitor.log_in("noor", page=visitor.open(re.search(ADDRESS, talk.err).group(0)))
        page = visitor.send(page, "look", user_code="ZZZZ-9999" if code != "ZZZZ-9999" else "YYYY-8888")
        yield "niet bekend" in page.text, "a wrong code is not taken by the site", page.text
        page = visitor.send(page, "look", user_code=code)
        visitor.send(page, "deny")
        yield talk.end() == 1 and "refused in the browser" in talk.err, "a refused code ends with a sentence", talk
        yield not os.path.exists(os.path.join(kring.data, "kring")), "a refused log-in leaves nothing", talk


def by_code_expired(kringd, program):
    def short(path, answer):
        if path == "/user-api-key/device.json":
            answer.replace(json.dumps({**json.loads(answer.body), "expires_in": 1, "interval": 1}))

    def expired(path, answer):
        if path == "/user-api-key/device/poll.json":
            answer.replace('{"status":"expired_token"}')

    for what, change in (("by its clock", short), ("by the site", expired)):
        with Kring(program) as kring, Hostile(kringd, change) as site:
            with Talk(kring, "login", site.url, "--ca-file", kringd.ca, "--device") as talk:
                talk.end()
                yield talk.code == 4 and "expired" in talk.err, "a code that expired %s" % what, talk


def stopped(kringd, program):
    for words, what in ((("--device",), CODE), (("--paste",), "empty line")):
        with Kring(program) as kring, Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, *words) as talk:
            talk.hear(what)
            talk.signal(signal.SIGINT)
            talk.end()
            yield talk.code == 1 and "topped" in talk.err, "Ctrl-C while waiting (%s)" % words, talk
            yield not os.path.exists(os.path.join(kring.data, "kring")), "and nothing is kept", talk


def consent(kringd, address, username):
    """The text that the site shows after consent."""
    visitor = Visitor(kringd)
    page = visitor.send(visitor.log_in(username, page=visitor.open(address)), "approve")
    return page.code


def in_lines(payload, width=60):
    text = "".join(payload.split())
    return "\n".join(text[i:i + width] for i in range(0, len(text), width))


def by_paste(kringd, program):
    with Kring(program) as kring, Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, "--paste") as talk:
        talk.hear("empty line")
        payload = consent(kringd, re.search(ADDRESS, talk.err).group(0), "noor")
        yield len(payload) > 300, "the site shows a text", payload
        talk.say("\n" + in_lines(payload[:-200]) + "\n\n")
        yield talk.hear("(?s)not complete.*empty line") is not None, "half a text is asked again", talk
        talk.say("nonsense\n\n")
        yield talk.hear("(?s)not complete.*not complete.*empty line") is not None, "nonsense is asked again", talk
        talk.say("\n\n  " + in_lines(payload).replace("\n", "\r\n   ") + "\n\n")
        yield talk.end() == 0, "the whole text logs in, in lines with spaces", talk
        yield talk.err.count("not complete") == 2, "each wrong text is said once", talk
        yield sessions(kringd, key_of(kring)) == "noor", "the key is the member's", ""
    with Kring(program) as kring, Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, "--paste") as talk:
        talk.hear("empty line")
        talk.process.stdin.close()
        yield talk.end() == 1 and "No answer was given" in talk.err, "no text at all ends with a sentence", talk


def by_password(kringd, program):
    secret = re.search("[A-Z2-7]{16,}", kringd.run("user", "totp", "kees")).group(0)
    words = "login", kringd.url, "--ca-file", kringd.ca, "--user", "kees"
    right = one_time_code(secret)
    wrong = "%06d" % ((int(right) + 1) % 1000000)
    with Kring(program) as kring:
        done = kring.run(*words, "--password-stdin", text="nothing-like-it\n")
        yield done.code == 4 and "klopt niet" in done.err, "a wrong password", done
        with Screen([program, *words], kring.env, 24, 80) as screen:
            yield screen.wait_for("Password: "), "the password is asked", screen.raw
            os.write(screen.fd, (PASSWORD + "\r").encode())
            yield screen.wait_for("second step: "), "the second step is asked", screen.raw
            os.write(screen.fd, (wrong + "\r").encode())
            until = screen.raw.count(b"second step: ")
            while screen.raw.count(b"second step: ") == until and screen.read(0.2):
                pass
            os.write(screen.fd, (right + "\r").encode())
            code = screen.end(30)
            yield code == 0, "logged in with a password and a code", (code, screen.raw)
            yield b"The code is wrong" in screen.raw, "a wrong code is said", screen.raw
            yield screen.raw.count(b"second step: ") == 2, "the code is asked twice, not more", screen.raw
            yield PASSWORD.encode() not in screen.raw, "the password is not shown", screen.raw
        yield sessions(kringd, key_of(kring)) == "kees", "the key is the member's", ""
        yield not kringd.ask("/session/current.json")[1].get("current_user"), "and no session is left open", ""


def stopped_password(kringd, program):
    """Ctrl-C at a question that shows nothing gives the terminal back as it was."""
    with Kring(program) as kring:
        with Screen([program, "login", kringd.url, "--ca-file", kringd.ca, "--user", "carmen"], kring.env, 24, 80) as screen:
            screen.wait_for("Password: ")
            hidden = termios.tcgetattr(screen.fd)
            os.write(screen.fd, b"half\x03")
            code = screen.end()
            after = termios.tcgetattr(screen.fd)
            yield not hidden[3] & termios.ECHO, "a password is not shown", screen.raw
            yield code == 1, "Ctrl-C at the password ends kring", (code, screen.raw)
            yield after[3] & termios.ECHO, "and the terminal shows again what is typed", after
            yield b"half" not in screen.raw, "and what was typed was not shown", screen.raw


def by_key(kringd, program):
    key = kringd.key("jelle_f")
    with Kring(program) as kring:
        for wrong, what in (("0" * 32, "a key that does not exist"), ("not a key, this", "no key"), ("", "nothing")):
            done = kring.login(kringd.url, wrong, kringd.ca)
            yield done.code in (1, 4) and done.err.startswith("kring: ") and done.err.count(".") >= 3, what, done
        yield not os.path.exists(os.path.join(kring.data, "kring")), "a wrong key leaves nothing", os.listdir(kring.data) \
            if os.path.exists(kring.data) else ""
        done = kring.login(kringd.url, key, kringd.ca)
        yield done.code == 0 and key not in done.out + done.err, "a good key", done
        yield not private(kring), "the key is private", private(kring)


def logging_out(kringd, program):
    with Kring(program) as kring:
        done_well(kring.login(kringd.url, kringd.key("fatima_r"), kringd.ca))
        done_well(kring.run("sync"))
        key, before = key_of(kring), kring.run("topics", "--offline").out
        done = kring.run("logout")
        yield done.code == 0, "logging out", done
        yield sessions(kringd, key) == 403, "the site does not know the key any more", sessions(kringd, key)
        yield not os.path.exists(os.path.join(kring.account, "key")), "the key is gone here too", ""
        yield kring.run("topics", "--offline").out == before and len(before) > 500, "what was fetched is still read", before[:200]
        done = kring.run("sync")
        yield done.code == 4 and done.err.count(".") >= 3, "fetching asks to log in", done
        done = kring.run("logout")
        yield done.code in (0, 4), "logging out twice", done
        done = kring.login(kringd.url, kringd.key("fatima_r"), kringd.ca)
        yield done.code == 0 and kring.run("topics", "--offline").out == before, "logging in again keeps what was fetched", done


def again(kringd, program):
    """The second log-in at one site replaces the first key, and has an RSA key pair of its own."""
    publics = []
    with Kring(program) as kring:
        for _ in range(2):
            with Talk(kring, "login", kringd.url, "--ca-file", kringd.ca, "--paste") as talk:
                talk.hear("empty line")
                address = re.search(ADDRESS, talk.err).group(0)
                publics.append(re.search("public_key=[^&]+", address).group(0))
                talk.say(in_lines(consent(kringd, address, "esra")) + "\n\n")
                if talk.end() != 0:
                    raise RuntimeError(str(talk))
            if len(publics) == 1:
                first = key_of(kring)
                done_well(kring.run("sync"))
                before = kring.run("topics", "--offline").out
        second = key_of(kring)
        yield publics[0] != publics[1], "each log-in has an RSA key pair of its own", publics[0]
        yield first != second and sessions(kringd, second) == "esra", "the new key is kept", ""
        yield sessions(kringd, first) == 403, "the old key is gone at the site", sessions(kringd, first)
        yield kring.run("topics", "--offline").out == before and len(before) > 500, "what was fetched is kept", ""
        yield len(glob.glob(os.path.join(kring.data, "kring", "*", "*"))) == 1, "it is one account", ""
        done = kring.run("sync", "--json")
        yield json.loads(done.out)["requests"] <= 3, "and is not fetched again", done


def two_accounts(kringd, program):
    with Kring(program) as kring:
        for user in ("tobias", "leila"):
            done_well(kring.login(kringd.url, kringd.key(user), kringd.ca))
            done_well(kring.run("sync"))
        for user in ("tobias", "leila"):
            name = next(os.path.relpath(d, os.path.join(kring.data, "kring"))
                        for d in glob.glob(os.path.join(kring.data, "kring", "*", user)))
            done = kring.run("status", "--json", "--site", name)
            yield done.code == 0 and json.loads(done.out)["status"]["username"] == user, "--site chooses " + user, done
            yield kring.run("sync", "--site", user).code == 0, "fetches for " + user, ""
        done = kring.run("status", "--json")
        yield json.loads(done.out)["status"]["username"] == "leila", "the last one is the one that is used", done
        yield len(json.loads(done.out)["accounts"]) == 2, "both are named", done
        done = kring.run("topics", "--site", "127.0.0.1")
        yield done.code == 1 and "--site" in done.err, "a name that fits both is asked about", done
        done = kring.run("logout", "--site", "tobias")
        yield done.code == 0 and kring.run("sync", "--site", "tobias").code == 4, "one of them logs out", done
        yield kring.run("sync", "--site", "leila").code == 0, "the other one stays", ""


PARTS = (by_code, by_code_refused, by_code_expired, stopped, by_paste, by_password, stopped_password, by_key, logging_out, again,
         two_accounts)


def run(part, *common):
    try:
        return [(good, "%s: %s" % (part.__name__, what), why) for good, what, why in part(*common)]
    except Exception as problem:  # a part that breaks off is one failure
        return [(False, part.__name__, repr(problem))]


def run_parts(parts):
    """All parts at once against one kringd: argv has kringd, kring and, when not all, the names of the parts."""
    report, wanted = Report(), sys.argv[3:]
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
            jobs = [pool.submit(run, part, kringd, sys.argv[2]) for part in parts
                    if not wanted or part.__name__ in wanted]
            for job in jobs:
                for line in job.result():
                    report.check(*line)
    return report.end()


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
