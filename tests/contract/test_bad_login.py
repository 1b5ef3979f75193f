#!/usr/bin/env python3
"""Wrong passwords and keys, revoked and expired keys, wrong certificates, unknown hosts and addresses that are none: said in
three parts, nothing sent that should not be, and what was fetched stays.

    test_bad_login.py KRINGD KRING"""
import os
import shutil
import sqlite3
import subprocess
import sys

from hostile_server import Hostile
from kring import Kring
from kringd import PASSWORD, Kringd, Report
from test_bad_answers import three_parts


def said(report, done, code, words, what):
    good = done.code == code and words in done.err and three_parts(done.err) and not done.bad_character()
    report.check(good and not done.out, what + ": said in three parts", done)


def nothing_kept(report, kring, what):
    report.check(not os.path.exists(kring.data), what + ": no account is made", kring.data)


def passwords_and_keys(report, program, kringd):
    for what, words, option, text, code in (
            ("a wrong password", "wachtwoord", "--password-stdin", "fout", 4),
            ("an empty password", "No password", "--password-stdin", "", 1),
            ("a password of 7,000 characters", "too long", "--password-stdin", "x" * 7000, 1),
            ("a password of 100,000 characters", "too long", "--password-stdin", "x" * 100000, 1),
            ("a wrong key", "does not know this log-in", "--key-stdin", "a" * 32, 4),
            ("a key with a control sequence", "not a key", "--key-stdin", "abc\x1b]0;x\x07", 1),
            ("a password as a key", "does not know this log-in", "--key-stdin", PASSWORD, 4)):
        with Kring(program) as kring:
            done = kring.run("login", kringd.url, "--ca-file", kringd.ca, "--user", "sanne", option, text=text + "\n")
            said(report, done, code, words, what)
            nothing_kept(report, kring, what)
    with Kring(program) as kring:
        done = kring.run("login", kringd.url, "--ca-file", kringd.ca, "--user", "niemand", "--password-stdin", text="fout\n")
        said(report, done, 4, "wachtwoord", "an unknown name")


def expire_keys(kringd):
    """Every user API key that the server knows was good until 1970."""
    with sqlite3.connect(os.path.join(kringd.data, "kringd.sqlite")) as db:
        db.execute("UPDATE user_api_key SET expires_ms = 1")
    db.close()


def ended_keys(report, program, kringd):
    with Kring(program) as kring:
        key = kringd.key("sanne")
        report.equal(kring.login(kringd.url, key, kringd.ca).code, 0, "a good key")
        report.equal(kring.run("sync", "--no-limits").code, 0, "fetched")
        before = kring.run("topics", "--offline").out
        kringd.ask("/user-api-key/revoke", key, body={}, method="POST")
        for again in ("", ", again"):
            said(report, kring.run("sync"), 4, "does not know this log-in", "a revoked key" + again)
        report.equal(kring.run("topics", "--offline").out, before, "a revoked key: nothing is lost")
        report.check("any more" in kring.run("status").out, "a revoked key: kring status tells", kring.run("status"))
        with kring.screen(cols=100) as screen:
            screen.wait_for("Members")
            screen.keys("\x1b[15~")
            report.check(screen.wait_for("Log in again"), "a revoked key: said on the full screen", screen.raw[-500:])
            screen.keys("\r", "q")
            report.equal(screen.end(), 0, "a revoked key: reading on the full screen")
        done = kring.run("logout")
        report.check(done.code == 0, "a revoked key: logging out", done)
        said(report, kring.run("sync"), 4, "not logged in", "without a key")
        report.equal(kring.run("topics", "--offline").out, before, "logged out: nothing is lost")
        report.equal(kring.login(kringd.url, kringd.key("sanne"), kringd.ca).code, 0, "logged in again")
        done = kring.run("sync", "--no-limits")
        report.check(done.code == 0 and "New posts: 0" in done.out, "logged in again: goes on where it was", done)
        expire_keys(kringd)
        said(report, kring.run("sync"), 4, "does not know this log-in", "an expired key")
        report.equal(kring.run("topics", "--offline").out, before, "an expired key: nothing is lost")


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def certificate(folder, name, *options):
    """One that is signed by itself, and so is its own authority."""
    cert, key = os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key")
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
            "-subj", "/CN=" + name, *options)
    return cert, key


def expired(folder):
    """Signed to be good on one day in 2020. `openssl ca` is what can set both days."""
    ca, ca_key = certificate(folder, "authority", "-days", "3650")
    csr, cert, key = (os.path.join(folder, "expired." + end) for end in ("csr", "pem", "key"))
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", csr, "-subj",
            "/CN=127.0.0.1")
    config = os.path.join(folder, "ca.cnf")
    with open(config, "w") as f:
        f.write("[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n"
                "x509_extensions=e\n[p]\ncommonName=supplied\n[e]\nsubjectAltName=IP:127.0.0.1\n" % (folder, folder, folder))
    open(os.path.join(folder, "index"), "w").close()
    with open(os.path.join(folder, "serial"), "w") as f:
        f.write("01\n")
    openssl("ca", "-batch", "-config", config, "-cert", ca, "-keyfile", ca_key, "-in", csr, "-out", cert, "-startdate",
            "20200101000000Z", "-enddate", "20200102000000Z", "-notext")
    return ca, cert, key


def certificates(report, program, kringd):
    folder = os.path.join(kringd.dir, "certificates")
    os.mkdir(folder)
    other_cert, other_key = certificate(folder, "other.example", "-days", "30", "-addext", "subjectAltName=DNS:other.example")
    own_cert, own_key = certificate(folder, "stranger", "-days", "30", "-addext", "subjectAltName=IP:127.0.0.1")
    old_ca, old_cert, old_key = expired(folder)
    for what, ca, cert, key, words in (
            ("a certificate of an unknown authority", kringd.ca, own_cert, own_key, "kring cannot check it"),
            ("a certificate for another name", other_cert, other_cert, other_key, "for another name"),
            ("an expired certificate", old_ca, old_cert, old_key, "has expired")):
        with Kring(program) as kring, Hostile(kringd, cert=cert, key=key) as hostile:
            secret = "a-secret-that-stays-here"
            done = kring.run("login", hostile.url, "--ca-file", ca, "--user", "sanne", "--password-stdin", text=secret + "\n")
            said(report, done, 1, words, what)
            report.equal(hostile.seen, [], what + ": nothing was sent")
            nothing_kept(report, kring, what)
    with Kring(program) as kring:
        done = kring.run("login", kringd.url, "--user", "sanne", "--password-stdin", text="x\n")
        said(report, done, 1, "unknown issuer", "a community of which the authority is not given")
        for path in (os.path.join(folder, "none"), os.path.abspath(__file__)):
            done = kring.run("login", kringd.url, "--ca-file", path, "--user", "sanne", "--password-stdin", text="x\n")
            said(report, done, 1, "The file with certificates", "no authority in " + os.path.basename(path))
    changed_certificate(report, program, kringd, own_cert, own_key)


def changed_certificate(report, program, kringd, cert, key):
    """Somebody stands in between later: the key is not sent, and reading goes on."""
    with Kring(program) as kring:
        with Hostile(kringd) as good:
            kring.login(good.url, kringd.key("sanne"), kringd.ca)
            kring.run("sync", "--no-limits")
        before = kring.run("topics", "--offline").out
        with Hostile(kringd, cert=cert, key=key) as bad:
            kring.move(bad.url)
            said(report, kring.run("sync"), 1, "kring cannot check it", "a certificate that changed")
            report.equal(bad.seen, [], "a certificate that changed: nothing was sent")
        report.check(len(before) > 1000 and kring.run("topics", "--offline").out == before,
                     "a certificate that changed: nothing is lost")


def addresses(report, program):
    for address, code, words in (
            ("https://no-such-host.invalid", 3, "cannot be found"), ("https://127.0.0.1:1", 3, "does not answer"),
            ("no-such-host.invalid/forum", 3, "cannot be found"), ("ftp://voorbeeld.invalid", 1, "not a web address"),
            ("https://", 1, "not a web address"), ("", 1, "not a web address"), ("https://a b", 1, "not a web address"),
            ("javascript:alert(1)", 1, "not a web address"), ("https://naam:geheim@localhost", 1, "not a web address"),
            ("https://127.0.0.1:99999", 1, "not a web address"), ("https://\x1b[31mrood", 1, "not a web address"),
            ("https://" + "a" * 5000, 1, "not a web address"), ("::::", 1, "not a web address")):
        with Kring(program) as kring:
            done = kring.run("login", address, "--user", "sanne", "--password-stdin", text="x\n")
            said(report, done, code, words, "the address %r" % address[:40])
            nothing_kept(report, kring, "the address %r" % address[:40])


def main():
    report = Report()
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        passwords_and_keys(report, sys.argv[2], kringd)
        ended_keys(report, sys.argv[2], kringd)
        if shutil.which("openssl"):
            certificates(report, sys.argv[2], kringd)
        else:
            print("# skipped: openssl is not installed, so no wrong certificates")
        addresses(report, sys.argv[2])
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
