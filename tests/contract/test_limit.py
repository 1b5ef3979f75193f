"""A site that says 429 in the middle of a first fill: kring sync waits as long as it asks, and goes on to the end.

usage: test_limit.py KRINGD KRING"""
import json
import os
import sys

from kring import Kring
from kringd import Kringd, Report

# Each run has its own clock, that of this computer: waiting is what is tested.
os.environ.pop("KRING_NOW", None)
# A first fill asks about 38 questions: one wait.
LIMIT = ("--limit-local", "--limit-ip-per-10s", "25")


def main(kringd, kring):
    report = Report()
    with Kringd(kringd, options=LIMIT) as server, Kring(kring) as member:
        server.start()
        report.equal(member.login(server.url, server.key("sanne"), server.ca).code, 0, "the login")
        done = member.run("sync", "--json")
        if report.equal(done.code, 0, "the end, after a wait"):
            result = json.loads(done.out)
            report.check(result["requests"] > 25, "more questions than go at once", result)
            report.check(result["complete"], "all of it", result)
            report.check(result["seconds"] > 2, "it waited", result)
        report.check(json.loads(member.run("status", "--json").out)["status"]["error"] is None, "no problem is left")
    return report.end()


sys.exit(main(*sys.argv[1:3]))
