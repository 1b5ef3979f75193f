#!/usr/bin/env python3
"""Logging in on the full screen: by code, with a password and second step, by paste; and the screen never stands still.

    test_login_screen.py KRINGD KRING"""
import os
import re
import sys
import time

from hostile_server import Hostile
from kring import Kring
from kringd import PASSWORD, Visitor
from terminal import Window, one_time_code
from test_login import CODE, approve, consent, in_lines, key_of, run_parts, sessions

ESC, CTRL_C, END = "\x1b", "\x03", "\x1b[F"
QUICK = 1.0  # seconds; a screen that waits for the network takes longer


def logged_out(kring, kringd, url=None):
    """The member was here before, so kring knows the site and its authority."""
    kring.login(url or kringd.url, kringd.key("sanne"), kringd.ca)
    kring.run("logout")


def open_methods(window):
    """From the first screen to the question how to log in."""
    good = window.see("More options") and window.choose("More options") and window.see("Log in at a community", key=END)
    good = good and window.choose("Log in at a community") and window.see("Address of the community", "https://")
    window.type("\r")
    return good and window.see("How do you want to log in?")


def shows_members(window):
    window.type(ESC)
    good = window.see("Calendar", key=ESC)
    return good and window.choose("Members") and window.see("Anneke", key="\x0c")


def by_code(kringd, program):
    with Kring(program) as kring:
        logged_out(kring, kringd)
        with Window(kring) as window:
            yield open_methods(window), "the question how", window.text
            window.type("\r")
            yield window.see("type this code"), "the code is shown", window.text
            code, address = re.search(CODE, window.text).group(0), window.address()
            yield address == kringd.url + "/user-api-key/activate", "and the address", window.text
            approve(kringd, address, code)
            yield window.see("You are logged in as sanne", key=" "), "goes on after the approval", window.text
            yield shows_members(window), "fetches and shows the members", window.text
            yield sessions(kringd, key_of(kring)) == "sanne", "the key is kept", ""


def by_code_refused(kringd, program):
    with Kring(program) as kring:
        logged_out(kring, kringd)
        with Window(kring) as window:
            open_methods(window)
            window.type("\r")
            window.see("type this code")
            approve(kringd, window.address(), re.search(CODE, window.text).group(0), button="deny")
            yield window.see("refused in the browser", "one step back", key=" "), "a refusal is said", window.text
            window.type(ESC)
            yield window.see("How do you want to log in?"), "and Esc goes back", window.text


def by_password(kringd, program):
    secret = re.search("[A-Z2-7]{16,}", kringd.run("user", "totp", "bilal")).group(0)
    right = one_time_code(secret)
    with Kring(program) as kring:
        logged_out(kring, kringd)
        with Window(kring) as window:
            open_methods(window)
            window.type("\x7f2\r")
            yield window.see("Username or e-mail"), "asks the name", window.text
            window.type("bilal\r")
            yield window.see("does not keep it"), "asks the password", window.text
            window.see("Password")
            window.type("nothing-like-it\r")
            yield window.see("klopt niet", "one step back", key=" "), "a wrong password is said", window.text
            window.type(ESC)
            window.see("Question 4 of 4", "Password")
            window.type(PASSWORD + "\r")
            yield window.see("second step", key="\x0c"), "asks the second step", window.text
            window.type("%06d\r" % ((int(right) + 1) % 1000000))
            yield window.see("The code is wrong", "second step"), "a wrong code is said", window.text
            window.type(right + "\r")
            yield window.see("You are logged in as bilal", key="\x0c"), "logged in", window.text
            yield PASSWORD.encode() not in window.raw, "the password is not shown", ""
            yield shows_members(window), "fetches and shows the members", window.text


def by_paste(kringd, program):
    with Kring(program) as kring:
        logged_out(kring, kringd)
        with Window(kring, rows=24, cols=80) as window:
            open_methods(window)
            window.type("\x7f3\r")
            yield window.see("Text of the site"), "asks for the text", window.text
            address = window.address()
            yield "nonce=" in address and address.endswith("padding=oaep"), "the whole address can be copied", window.text
            payload = consent(kringd, address, "jiska")
            window.type("\x1b[200~" + in_lines(payload[:-200]) + "\x1b[201~")
            window.read(0.3)
            window.type("\r")
            yield window.see("not complete", "Text of the site", key="\x0c"), "half a text is asked again", window.text
            window.type("\x1b[200~\n" + in_lines(payload) + "\n\x1b[201~")
            window.read(0.3)
            window.type("\r")
            yield window.see("You are logged in as jiska", key="\x0c"), "the pasted text logs in", window.text
            yield shows_members(window), "fetches and shows the members", window.text


def never_still(kringd, program):
    """A site that does not answer, and Esc at each moment: the screen is there at once."""
    def silent(path, answer):
        def write(handler):
            time.sleep(30)
        return write

    with Kring(program) as kring, Hostile(kringd) as site:
        logged_out(kring, kringd, site.url)
        with Window(kring) as window:
            open_methods(window)
            site.change(silent)
            window.type("\r")
            yield window.see("Busy with logging in"), "says that it is busy", window.text
            begun = time.monotonic()
            window.type(ESC)
            yield window.see("How do you want to log in?"), "Esc goes back", window.text
            yield time.monotonic() - begun < QUICK, "at once, though the site is silent", time.monotonic() - begun
            site.change(None)
            slowest = 0
            for moment in (0, 0.05, 0.1, 0.2, 0.4):
                window.type("\r")
                window.read(moment)
                begun = time.monotonic()
                window.type(ESC)
                window.see("How do you want to log in?")
                slowest = max(slowest, time.monotonic() - begun)
            yield slowest < QUICK, "and while a key pair is made", slowest
            print("# Esc took %.2f s at most" % slowest)


PARTS = (by_code, by_code_refused, by_password, by_paste, never_still)


if __name__ == "__main__":
    sys.exit(run_parts(PARTS))
